"""Finite choices: every combination of the values that some settings are to take."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from math import gcd, lcm, prod
from typing import Any

from softpower.engine.cache import Cache
from softpower.engine.loading import changed
from softpower.engine.ranking import RankVector
from softpower.engine.run import Run
from softpower.errors import Problem, SoftpowerError, UsageError
from softpower.index.name import parse_variant, stack_name
from softpower.index.request import LEAST_WEIGHT, NONE, VARIANT, Factor, parse_value

MOST = 100_000
"""More combinations than this are not tried."""

FINEST = 10**12
"""The weights of all combinations together are no larger, in whole numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One combination of values."""

    levels: tuple[int, ...]
    """The position of the value of each choice."""
    run: Run | None
    """The run under these values; ``None`` if they do not go together."""
    refusal: str = ""
    """Why they do not."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """All combinations of some choices, the last choice varying fastest."""

    choices: tuple[Factor, ...]
    cells: tuple[Cell, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each choice has."""
        return tuple(len(choice.values) for choice in self.choices)

    @property
    def weights(self) -> tuple[int, ...]:
        """How much each combination counts, in the smallest whole numbers."""
        if not any(choice.weights for choice in self.choices):
            return (1,) * len(self.cells)
        shares = [prod(each) for each in product(*(choice.shares() for choice in self.choices))]
        unit = lcm(*(share.denominator for share in shares))
        whole = [int(share * unit) for share in shares]
        common = gcd(*whole)
        return tuple(weight // common for weight in whole)

    def described(self, levels: Sequence[int]) -> str:
        """Return a combination in words."""
        return ", ".join(
            f"{choice.key}={choice.values[level]}"
            for choice, level in zip(self.choices, levels, strict=True)
        )


def full_factorial(run: Run, choices: Sequence[Factor]) -> Grid:
    """Return a run under every combination of some choices.

    A key is any field of the methodology (also a single parameter, such as ``normalise.high``),
    ``framework``, ``variant`` (a variant of the index, or none; ``expert-*`` stands for all whose
    names start so) or ``omit`` (an indicator, a pillar or a country to be left out, or none).

    Raises
    ------
    UsageError
        If a key or value is not known, or there are too many combinations.
    """
    choices = [_expanded(choice, run) for choice in choices]
    keys = [choice.key for choice in choices]
    for key in keys:
        if keys.count(key) > 1:
            raise UsageError(f"{key} varies twice.", mend="Name all its values at once.")
    size = math.prod(len(choice.values) for choice in choices)
    if size > MOST:
        many = f"{size:,}" if size < MOST**3 else "countless"
        raise UsageError(
            f"That makes {many} combinations; {MOST:,} is the most.", mend="Vary less at once."
        )
    _refuse_odd_weights(choices)
    alone = {
        (choice.key, value): _with(run, [(choice.key, value)])
        for choice in choices
        for value in choice.values
    }
    cells = []
    for levels in product(*(range(len(choice.values)) for choice in choices)):
        values = [
            (choice.key, choice.values[level])
            for choice, level in zip(choices, levels, strict=True)
        ]
        try:
            found = alone[values[0]] if len(values) == 1 else _with(run, values)
            cells.append(Cell(levels, found))
        except SoftpowerError as error:
            cells.append(Cell(levels, None, str(Problem(error.what, error.location))))
    return Grid(tuple(choices), tuple(cells))


def _refuse_odd_weights(choices: Sequence[Factor]) -> None:
    """Refuse weights that are none, or that only numbers too large to count with stand for."""
    for choice in choices:
        for weight in choice.weights:
            if not LEAST_WEIGHT <= weight <= 1 / LEAST_WEIGHT:
                raise UsageError(f"{weight:g} is no weight of a value of {choice.key}.")
    fineness = prod(lcm(*(share.denominator for share in choice.shares())) for choice in choices)
    if fineness > FINEST:
        raise UsageError(
            "The weights of the values are too fine to count with.",
            mend="Write them as small whole numbers, such as minmax*2,zscore*3.",
        )


def _expanded(choice: Factor, run: Run) -> Factor:
    """Return a choice of variants with every pattern replaced by the variants that it fits."""
    if choice.key != VARIANT:
        return choice
    found: dict[str, float] = {}
    for value, weight in zip(
        choice.values, choice.weights or (1.0,) * len(choice.values), strict=True
    ):
        for name in _fitting(value, weight, run):
            if found.setdefault(name, weight) != weight:
                raise UsageError(
                    f"{stack_name([name])} has two weights, {found[name]:g} and {weight:g}.",
                    mend="Name each variant once.",
                )
    if len(found) < 2:
        raise UsageError(f"{choice.values[0]!r} stands for one variant only.", mend="Add none.")
    weights = tuple(found.values()) if choice.weights else ()
    return Factor(choice.key, tuple(found), weights)


def _fitting(value: str, weight: float, run: Run) -> list[str]:
    """Return the variants that a value stands for, each of which has its weight."""
    name = parse_variant(value)
    whole = f"{name}*{weight:g}"
    odd = weight != 1 and not name.endswith("*")
    if odd and any(fnmatchcase(variant, whole) for variant in run.index.variants):
        raise UsageError(
            f"{whole!r} fits variants of {run.index.id}, and is {name!r} with a weight as well.",
            mend=f"Write {name}*[{whole[-1]}] for the former, or name the variants one by one.",
        )
    if "*" not in name:
        return [name]
    fits = [variant for variant in run.index.variants if fnmatchcase(variant, name)]
    if not fits:
        raise UsageError(f"No variant of {run.index.id} fits {value!r}.")
    return fits


def _with(run: Run, values: Sequence[tuple[str, str]]) -> Run:
    settings: dict[str, Any] = {}
    omit: list[str] = []
    variants: list[str] = []
    for key, value in values:
        if key == "omit":
            omit += [value] if value != NONE else []
        elif key == VARIANT:
            variants += [parse_variant(value)] if value != NONE else []
        else:
            settings[key] = parse_value(value)
    return changed(run, settings, omit=omit, variants=variants)


def scored(design: Grid, cache: Cache) -> Iterator[RankVector]:
    """Yield what each cell leads to, in order."""
    for cell in design.cells:
        if cell.run is None:
            yield RankVector(refusal=cell.refusal)
            continue
        try:
            yield RankVector.of(cell.run.score(cache))
        except SoftpowerError as error:
            yield RankVector(refusal=str(Problem(error.what, error.location)))
