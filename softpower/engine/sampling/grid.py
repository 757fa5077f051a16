"""Finite choices: every combination of the values that some settings are to take."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from itertools import product
from math import gcd, lcm, prod
from typing import Any, NamedTuple

from softpower.engine.cache import Cache
from softpower.engine.ranking import RankVector
from softpower.engine.run import Run, changed
from softpower.errors import Problem, SoftpowerError, UsageError
from softpower.index.methodology import canonical
from softpower.index.patch import parse_value

NONE = "none"
"""The value that leaves a variant or an omission out."""

VARIANT = "variant"
"""The key that adds a variant of the index."""

MOST = 100_000
"""More combinations than this are not tried."""

LEAST_WEIGHT = 1e-6
"""No value counts less than this, nor more than one over it."""

FINEST = 10**12
"""The weights of all combinations together are no larger, in whole numbers."""


class Factor(NamedTuple):
    """A setting and the values that it takes in turn."""

    key: str
    values: tuple[str, ...]
    weights: tuple[float, ...] = ()
    """How much each value counts; all alike if left out."""

    def __str__(self) -> str:
        return f"{self.key}={','.join(self.written())}"

    def written(self) -> tuple[str, ...]:
        """Return the values as they are written, with their weights."""
        if not self.weights:
            return self.values
        return tuple(
            value if weight == 1 else f"{value}*{weight:.12g}"
            for value, weight in zip(self.values, self.weights, strict=True)
        )

    def shares(self) -> tuple[Fraction, ...]:
        """Return the share of each value in the whole."""
        weights = [Fraction(str(weight)) for weight in self.weights or (1,) * len(self.values)]
        return tuple(weight / sum(weights) for weight in weights)


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


def parse_factor(text: str) -> Factor:
    """Return the choice that ``normalise=minmax,zscore`` stands for.

    A value that ends in ``*2`` counts twice as much as one without.

    Raises
    ------
    UsageError
        If the text is not of that form, or has fewer than two different values.
    """
    key, equals, rest = text.partition("=")
    key, written = key.strip(), tuple(value.strip() for value in rest.split(","))
    key = canonical(key)
    if not equals or not key or not all(written):
        raise UsageError(
            f"{text!r} is not a choice.", mend="Write KEY=VALUE,VALUE: normalise=minmax,zscore."
        )
    values, weights = zip(*(_weighed(key, value) for value in written), strict=True)
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise UsageError(f"{key} has the value {twice} twice.", mend="Name each value once.")
    if len(values) < 2 and not (key == VARIANT and "*" in rest):
        raise UsageError(
            f"{key} has one value only, and so does not vary.",
            mend=f"Add another after a comma, or fix it with --set {key}={values[0]}.",
        )
    return Factor(key, values, weights if set(weights) != {1.0} else ())


def _weighed(key: str, written: str) -> tuple[str, float]:
    """Return a value and its weight, such as 2 in ``minmax*2``."""
    value, star, number = (part.strip() for part in written.rpartition("*"))
    pattern = key == VARIANT and not number.replace(".", "", 1).isdecimal()
    try:
        weight = float(number)
    except ValueError:
        return written, 1.0
    if pattern or not value or not star:
        return written, 1.0
    if not LEAST_WEIGHT <= weight <= 1 / LEAST_WEIGHT:
        raise UsageError(
            f"{number} in {written!r} is no weight of a value.",
            mend=f"Write a number above zero, such as {value}*2.",
        )
    return value, weight


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
                    f"@{name} has two weights, {found[name]:g} and {weight:g}.",
                    mend="Name each variant once.",
                )
    if len(found) < 2:
        raise UsageError(f"{choice.values[0]!r} stands for one variant only.", mend="Add none.")
    weights = tuple(found.values()) if choice.weights else ()
    return Factor(choice.key, tuple(found), weights)


def _fitting(value: str, weight: float, run: Run) -> list[str]:
    """Return the variants that a value stands for, each of which has its weight."""
    name = value.removeprefix("@")
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
            variants += [value.removeprefix("@")] if value != NONE else []
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
