"""Imputation: what stands in for a figure that is missing."""

from __future__ import annotations

from softpower.methods.impute.base import Filled, Imputation, ImputationContext, NoImputation, Stage
from softpower.methods.model import Method

__all__ = ["Filled", "Imputation", "ImputationContext", "NoImputation", "Stage"]


def __getattr__(name: str) -> type[Method]:
    """Return the class of a method, which is imported when it is asked for."""
    return Imputation.member_class(name)
