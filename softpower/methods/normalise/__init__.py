"""Normalisation: putting indicators of different units on one scale, high always being good."""

from __future__ import annotations

from softpower.methods.model import Method
from softpower.methods.normalise.base import (
    PLAIN,
    ConstantIndicatorError,
    Context,
    Goalposts,
    Need,
    Normalisation,
)

__all__ = ["PLAIN", "ConstantIndicatorError", "Context", "Goalposts", "Need", "Normalisation"]


def __getattr__(name: str) -> type[Method]:
    """Return the class of a method, which is imported when it is asked for."""
    return Normalisation.member_class(name)
