"""Normalisation: putting indicators of different units on one scale, high always being good."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from softpower.methods.model import Short
from softpower.methods.normalise.base import (
    PLAIN,
    ConstantIndicatorError,
    Context,
    Goalposts,
    Need,
    Normalisation,
)
from softpower.methods.normalise.deviations import Logistic, Robust, ZScore
from softpower.methods.normalise.differences import (
    AboveBelow,
    AdjustedMazziottaPareto,
    DistanceToReference,
    RelativeDifference,
)
from softpower.methods.normalise.fixed import DistanceToTarget, GoalpostScale, NoNormalisation
from softpower.methods.normalise.places import (
    Borda,
    OecdBand,
    Percentile,
    QuantileBand,
    RankScale,
)
from softpower.methods.normalise.ranges import LogMinMax, MinMax
from softpower.methods.normalise.ratios import Ratio, ShareOfMax

__all__ = [
    "PLAIN",
    "AboveBelow",
    "AdjustedMazziottaPareto",
    "Borda",
    "ConstantIndicatorError",
    "Context",
    "DistanceToReference",
    "DistanceToTarget",
    "GoalpostScale",
    "Goalposts",
    "LogMinMax",
    "Logistic",
    "MinMax",
    "Need",
    "NoNormalisation",
    "Normalisation",
    "Normalise",
    "OecdBand",
    "Percentile",
    "QuantileBand",
    "RankScale",
    "Ratio",
    "RelativeDifference",
    "Robust",
    "ShareOfMax",
    "ZScore",
]

Normalise = Annotated[
    NoNormalisation
    | MinMax
    | LogMinMax
    | GoalpostScale
    | DistanceToTarget
    | ZScore
    | Robust
    | Logistic
    | RankScale
    | Borda
    | Percentile
    | QuantileBand
    | OecdBand
    | ShareOfMax
    | Ratio
    | RelativeDifference
    | DistanceToReference
    | AboveBelow
    | AdjustedMazziottaPareto,
    Field(discriminator="method"),
    Short(),
]
"""Any normalisation."""
