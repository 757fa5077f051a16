"""Aggregation: adding the children of a pillar up to one value."""

from __future__ import annotations

from softpower.methods.aggregate.base import Aggregation
from softpower.methods.model import Method

__all__ = ["Aggregation"]


def __getattr__(name: str) -> type[Method]:
    """Return the class of a method, which is imported when it is asked for."""
    return Aggregation.member_class(name)
