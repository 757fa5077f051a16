"""Which variants of an index can be stacked, and added to a run, without contradiction."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.index import Index
from softpower.index.name import stack_name
from softpower.index.stacked import stack

MOST_STACKS = 4096
"""Stacks of so many variants are left out that there would be more than this."""

Stack = tuple[str, ...]
"""The names of variants that are added to a run, in the order in which they are declared."""


@dataclass(frozen=True, slots=True)
class Stacks:
    """Which variants can be added to a run."""

    consistent: tuple[Stack, ...]
    """By the number of variants, then in the order in which they are declared."""
    clashing: tuple[str, ...]
    skipped: int
    deepest: int | None


def stacks_of(run: Run, *, stacked: bool) -> Stacks:
    """Return the sets of variants that can be added to a run without contradiction.

    A set contradicts itself exactly where two of its members do, so that consistent sets grow
    from smaller ones. All sets of a size are returned, or none where there would be too many.
    """
    named = run.variants
    others = [name for name in run.index.variants if name not in named]
    free = [name for name in others if all(_agree(run.index, name, own) for own in named)]
    friends = {
        name: [other for other in free[at + 1 :] if _agree(run.index, name, other)]
        for at, name in enumerate(free)
    }
    level: list[Stack] = [(name,) for name in free]
    found = list(level)
    deepest = None
    while stacked and level:
        level = [
            (*members, other)
            for members in level
            for other in friends[members[-1]]
            if all(other in friends[member] for member in members)
        ]
        if len(found) + len(level) > MOST_STACKS:
            deepest = len(found[-1])
            break
        found += level
    largest = (deepest or len(others)) if stacked else 1
    looked_at = sum(comb(len(others), k) for k in range(1, largest + 1))
    clashing = tuple(name for name in others if name not in free)
    return Stacks(tuple(found), clashing, looked_at - len(found), deepest)


def _agree(index: Index, first: str, second: str) -> bool:
    """Say whether two variants of an index can be stacked."""
    try:
        stack([(stack_name([name]), index.variants[name]) for name in (first, second)])
    except UsageError:
        return False
    return True
