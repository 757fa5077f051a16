"""Weighting: how much each child of a pillar counts."""

from __future__ import annotations

from softpower.methods.model import Method
from softpower.methods.weight.base import Siblings, Weighting

__all__ = ["Siblings", "Weighting"]


def __getattr__(name: str) -> type[Method]:
    """Return the class of a method, which is imported when it is asked for."""
    return Weighting.member_class(name)
