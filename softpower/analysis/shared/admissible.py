"""The weights that a question lets move: what is stated of them, and the ranking as their form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from softpower.analysis.shared.formatting import enumerated
from softpower.analysis.shared.levels import (
    moving,
    refuse_unknown_levels,
    refuse_unsayable,
    spelled_as,
)
from softpower.engine.exact.form import WeightForm, form_of
from softpower.engine.exact.quotients import LEAST_COUNTED
from softpower.engine.run import Run
from softpower.engine.sampling.batch import Batch
from softpower.errors import UsageError
from softpower.index.tree import Pillar
from softpower.methods.model import Floats
from softpower.methods.space import WeightSpace

SMALL = 5e-5
"""A weight that moves by less is not named."""


@dataclass(frozen=True, slots=True)
class Admissible:
    """Which weights may move, and how far."""

    space: WeightSpace = field(default_factory=WeightSpace.stated)
    levels: tuple[str, ...] | None = None
    """``pillars``, ``indicators``, ``all`` or ids of pillars; by default the weights of the
    children of the index, or those of which something is stated and their siblings."""

    def form(self, run: Run) -> WeightForm:
        """Return the ranking of a run as a function of these weights.

        Raises
        ------
        UsageError
            If what is stated cannot be, or nothing moves.
        MethodError
            If the methodology is none whose ranks are solved for.
        """
        if run.setup is None:
            raise UsageError(
                f"{run.index.id} is published, not computed: it has no weights to move."
            )
        batch = Batch(run.setup)
        space = spelled_as(self.space, [batch.root])
        assert isinstance(space, WeightSpace)  # noqa: S101
        asked = replace(self, space=space)
        form = form_of(batch, space, asked.pillars(batch.root))
        if not moving_blocks(form):
            raise _nothing_moves(space)
        return form

    def pillars(self, root: Pillar) -> tuple[str, ...]:
        """Return the pillars whose children's weights move.

        Raises
        ------
        UsageError
            If what is stated cannot be, or nothing moves.
        """
        if self.levels is not None:
            refuse_unknown_levels([root], self.levels)
        refuse_unsayable([root], self.levels or ("all",), self.space)
        found = self._pillars(root)
        if not found:
            if any(len(each.children) > 1 for each in (root, *root.pillars())):
                raise UsageError("There are no weights to move there.", mend='Take `levels="all"`.')
            raise UsageError(
                "Nothing has a sibling here, so that no weight can move.",
                mend="Ask about an index of two indicators or more.",
            )
        return found

    def _pillars(self, root: Pillar) -> tuple[str, ...]:
        if self.levels is not None:
            return moving(root, self.levels, self.space)
        named = self.space.names()
        return tuple(
            pillar.id
            for pillar in (root, *root.pillars())
            if len(pillar.children) > 1
            and (any(child.id in named for child in pillar.children) if named else pillar is root)
        )

    def told(self, form: WeightForm) -> str:
        """Return which weights move, in words."""
        count = sum(len(block.ids) for block in moving_blocks(form))
        mixed = "mixtures of those in " if self.space.people else ""
        return f"{count} weights ({mixed}{self.space.written()})"

    def record(self) -> dict[str, Any]:
        """Return what was stated as plain JSON values."""
        levels = None if self.levels is None else list(self.levels)
        return {"space": self.space.statements(), "levels": levels}


def _nothing_moves(space: WeightSpace) -> UsageError:
    if space.people:
        return UsageError(
            f"All people in {space.people} state the same weights, so that none moves.",
            mend="Give people who differ, or state what is true of weights (`within`, `bounds`).",
        )
    return UsageError(
        "No weight is free to move.",
        mend="Loosen what is stated; a weight of zero moves within stated `bounds` only.",
    )


def notes_on_weights(form: WeightForm) -> list[str]:
    """Return notes if weights are mixtures of stated ones, or stand in place of derived ones."""
    return [*_mixed_note(form), *_derived_note(form)]


def counted_note(form: WeightForm) -> list[str]:
    """Return a note if units lack different figures, on which weights proofs are about."""
    if form.linear:
        return []
    least = f"{100 * LEAST_COUNTED:g} %"
    about = f"proofs are about weights of which each has figures for {least} at least"
    return [f"Units lack different figures: {about}."]


def _mixed_note(form: WeightForm) -> list[str]:
    mixed = [b for b in form.region.root.blocks() if b.polytope.corners is not None]
    if not mixed:
        return []
    apart = ", within each pillar by itself" if len(mixed) > 1 else ""
    own = 'For each person\'s own: softpower robustness INDEX `weights="people.csv"`'
    return [f"Any mixture of the weights that people stated is admissible{apart}. {own}"]


def _derived_note(form: WeightForm) -> list[str]:
    names = [m.name() for m in form.batch.methodology.weight if not m.stated]
    if not names:
        return []
    derived = f"derived ones (weight = {'/'.join(names)})"
    return [f"These weights stand in place of {derived}; those that do not move stay as derived."]


def moving_blocks(form: WeightForm) -> list[Any]:
    """Return the blocks of siblings whose weights move."""
    blocks = form.region.root.blocks()
    return [each for each in blocks if (each.polytope.high > each.polytope.low).any()]


def titles(form: WeightForm) -> dict[str, str]:
    """Return the titles of all whose weights move, by id, in the order of the tree."""
    nodes = {node.id: node.title for _, node in form.batch.root.walk()}
    return {name: nodes[name] for block in moving_blocks(form) for name in block.ids}


def own_percent(form: WeightForm) -> dict[str, float]:
    """Return the run's own weights of all that move, in percent within the parent."""
    return by_id(form, {block.pillar: 100 * block.own for block in moving_blocks(form)})


def by_id(form: WeightForm, percent: Mapping[str, Floats]) -> dict[str, float]:
    """Return weights within pillars by the ids that they are of."""
    return {
        name: float(weight)
        for block in moving_blocks(form)
        for name, weight in zip(block.ids, percent[block.pillar], strict=True)
    }


def decimals(percent: Iterable[float], least: int = 2, most: int = 8) -> int:
    """Return with how many decimals weights are printed, so that they can be typed again."""
    values = list(percent)
    enough = (d for d in range(least, most) if all(round(v, d) == v for v in values))
    return next(enough, most)


def shift_in_words(form: WeightForm, weights: Floats, digits: int | None = None) -> str:
    """Return which weights give and which take, such as *Moving 2.1 points of weight from A to B*.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    weights
        Weights in the whole (k).
    digits
        How many decimals of the points are printed; by default a few of the first.
    """
    change = weights - form.region.nominal
    named = titles(form)
    ends = []
    for sign in (-1, 1):
        order = np.argsort(-sign * change, kind="stable")
        ends.append([named[form.ids[j]] for j in order if sign * change[j] > SMALL])
    points = 100 * change[change > SMALL].sum()
    told = f"{points:.1f}" if points >= 1 else f"{points:.2g}"
    if digits is not None:
        told = f"{points:.{digits}f}"
    root = form.region.root
    where = "" if not root.pillar else f" within {_title(form, root.pillar)}"
    noun = "point" if float(told) == 1 else "points"
    return (
        f"Moving {told} {noun} of weight{where} from {enumerated(ends[0])} to {enumerated(ends[1])}"
    )


def _title(form: WeightForm, name: str) -> str:
    return next(node.title for _, node in form.batch.root.walk() if node.id == name)
