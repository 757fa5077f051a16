"""Imputation: what stands in for a figure that is missing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from softpower.methods.impute.base import Filled, Imputation, NoImputation, Sheet, Stage
from softpower.methods.impute.em import Em
from softpower.methods.impute.neighbours import NearestNeighbour
from softpower.methods.impute.regression import Regression
from softpower.methods.impute.single import Constant, GroupMean, GroupMedian, Mean, Median
from softpower.methods.model import Short

__all__ = [
    "Constant",
    "Em",
    "Filled",
    "GroupMean",
    "GroupMedian",
    "Imputation",
    "Impute",
    "Mean",
    "Median",
    "NearestNeighbour",
    "NoImputation",
    "Regression",
    "Sheet",
    "Stage",
]

Impute = Annotated[
    NoImputation
    | Mean
    | Median
    | GroupMean
    | GroupMedian
    | NearestNeighbour
    | Regression
    | Em
    | Constant,
    Field(discriminator="method"),
    Short(),
]
"""Any imputation."""
