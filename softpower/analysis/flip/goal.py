"""What a change is to lead to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """Who is to rise, and how far."""

    unit: str
    """The country that is to rise."""
    above: str | None = None
    """The country that it is to be above."""
    rank: int | None = None
    """The rank that it is to have, or a better one."""
