"""Finite choices: every combination of the values that some settings are to take."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from softpower.engine.ranking import Scored
from softpower.engine.run import Run, changed
from softpower.engine.scorer import Scorer
from softpower.errors import Problem, SoftpowerError, UsageError
from softpower.index.methodology import canonical
from softpower.index.patch import Setup, parse_value

NONE = "none"
"""The value that leaves a variant or an omission out."""

MOST = 100_000
"""More combinations than this are not tried."""


class Choice(NamedTuple):
    """A setting and the values that it takes in turn."""

    key: str
    values: tuple[str, ...]


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
class Crossed:
    """All combinations of some choices, the last choice varying fastest."""

    choices: tuple[Choice, ...]
    cells: tuple[Cell, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each choice has."""
        return tuple(len(choice.values) for choice in self.choices)

    def described(self, levels: Sequence[int]) -> str:
        """Return a combination in words."""
        return ", ".join(
            f"{choice.key}={choice.values[level]}"
            for choice, level in zip(self.choices, levels, strict=True)
        )


def parse_choice(text: str) -> Choice:
    """Return the choice that ``normalise=minmax,zscore`` stands for.

    Raises
    ------
    UsageError
        If the text is not of that form, or has fewer than two different values.
    """
    key, equals, rest = text.partition("=")
    key, values = key.strip(), tuple(value.strip() for value in rest.split(","))
    key = canonical(key)
    if not equals or not key or not all(values):
        raise UsageError(
            f"{text!r} is not a choice.", mend="Write KEY=VALUE,VALUE: normalise=minmax,zscore."
        )
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise UsageError(f"{key} has the value {twice} twice.", mend="Name each value once.")
    if len(values) < 2 and "*" not in rest:
        raise UsageError(
            f"{key} has one value only, and so does not vary.",
            mend=f"Add another after a comma, or fix it with --set {key}={values[0]}.",
        )
    return Choice(key, values)


def crossed(run: Run, choices: Sequence[Choice]) -> Crossed:
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
    for choice in choices:
        for value in choice.values:
            _with(run, [(choice.key, value)])
    cells = []
    for levels in product(*(range(len(choice.values)) for choice in choices)):
        values = [
            (choice.key, choice.values[level])
            for choice, level in zip(choices, levels, strict=True)
        ]
        try:
            cells.append(Cell(levels, _with(run, values)))
        except SoftpowerError as error:
            cells.append(Cell(levels, None, str(Problem(error.what, error.place))))
    return Crossed(tuple(choices), tuple(cells))


def _expanded(choice: Choice, run: Run) -> Choice:
    """Return a choice of variants with every pattern replaced by the variants that it fits."""
    if choice.key != "variant":
        return choice
    values: dict[str, None] = {}
    for value in choice.values:
        fits = [name for name in run.index.variants if fnmatchcase(name, value.removeprefix("@"))]
        if "*" in value and not fits:
            raise UsageError(f"No variant of {run.index.id} fits {value!r}.")
        values.update(dict.fromkeys(fits if "*" in value else [value.removeprefix("@")]))
    if len(values) < 2:
        raise UsageError(f"{choice.values[0]!r} stands for one variant only.", mend="Add none.")
    return Choice(choice.key, tuple(values))


def _with(run: Run, values: Sequence[tuple[str, str]]) -> Run:
    settings: dict[str, Any] = {}
    omit: list[str] = []
    variants: list[str] = []
    for key, value in values:
        if key == "omit":
            omit += [value] if value != NONE else []
        elif key == "variant":
            variants += [value.removeprefix("@")] if value != NONE else []
        else:
            settings[key] = parse_value(value)
    return changed(run, settings, omit=omit, variants=variants)


def scored(design: Crossed, scorer: Scorer) -> Iterator[Scored]:
    """Yield what each cell leads to, in order."""
    for cell in design.cells:
        if cell.run is None:
            yield Scored(refusal=cell.refusal)
            continue
        try:
            yield Scored.of(cell.run.score(scorer))
        except SoftpowerError as error:
            yield Scored(refusal=str(Problem(error.what, error.place)))


def refuse_without_effect(
    design: Crossed, found: Sequence[Scored], alike: Callable[[Setup, Setup], bool]
) -> None:
    """Refuse a choice, or a value of one, that never changes anything.

    Parameters
    ----------
    design
        The combinations.
    found
        What each of them leads to.
    alike
        Says whether two setups that lead to the same scores do so in draws as well.

    Raises
    ------
    UsageError
        If two values of a choice lead to the same scores and ranks in every combination, or a
        value never leads to a ranking.
    """
    grid = np.empty(len(found), dtype=object)
    grid[:] = found
    cube = grid.reshape(design.shape)
    cells = np.empty(len(found), dtype=object)
    cells[:] = [cell.run for cell in design.cells]
    cells = cells.reshape(design.shape)
    for axis, choice in enumerate(design.choices):
        slices = np.moveaxis(cube, axis, 0).reshape(len(choice.values), -1)
        runs = np.moveaxis(cells, axis, 0).reshape(len(choice.values), -1)
        for row, value in zip(slices, choice.values, strict=True):
            if all(each.refusal for each in row):
                raise UsageError(f"{choice.key}={value} leads to no ranking: {row[0].refusal}")
        for at, value in enumerate(choice.values):
            for other in range(at):
                same = all(a.same(b) for a, b in zip(slices[at], slices[other], strict=True))
                if same and _alike(runs[at], runs[other], alike):
                    raise UsageError(
                        f"{choice.key}={value} has no effect: it always leads to the same scores "
                        f"as {choice.key}={choice.values[other]}.",
                        mend="Leave it out.",
                    )


def _alike(
    one: Sequence[Run | None], other: Sequence[Run | None], alike: Callable[[Setup, Setup], bool]
) -> bool:
    """Say whether runs lead to the same in draws as well, pair by pair, as far as they run."""
    return all(
        alike(a.setup, b.setup)
        for a, b in zip(one, other, strict=True)
        if a is not None and b is not None and a.setup is not None and b.setup is not None
    )
