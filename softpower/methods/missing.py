"""What a missing value means to the pillar above it: where its weight goes, or no value at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from softpower.methods.model import Floats, Mask, Method


class MadeUp(NamedTuple):
    """What a weighted sum of what is there is given for what is missing."""

    times_itself: Floats | None = None
    """So many times itself."""
    times_mean: Floats | None = None
    """So many times the mean of what is there."""


class MissingRule(Method):
    """Weights of the children of a pillar in, what each counts for each unit out."""

    members: ClassVar[Mapping[str, str]] = {
        "renormalise": "missing.Renormalise",
        "redistribute": "missing.Redistribute",
        "flat": "missing.Flat",
        "missing-if-any": "missing.MissingIfAny",
        "zero": "missing.Zero",
    }

    effect: ClassVar[str]
    """What becomes of the weight of what is missing, as the end of a sentence."""

    proportional: ClassVar[bool] = True
    """Whether the weights of what is there stay in proportion to each other."""

    by_count: ClassVar[bool] = False
    """Whether it matters which children have a weight, however small that is."""

    across: ClassVar[bool] = False
    """Whether sums are divided once, over the whole index, by what counts in them."""

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights that count for each unit (units x k).

        Each row has the sum that it was given, or is zero throughout where the unit has no value
        in this pillar. A missing value that has a weight counts as zero.

        Parameters
        ----------
        weights
            Weights with sum 1 of the k children, or a row of them of any sum for each unit.
        known
            The share of the weight beneath each child for which there is a value (units x k): 1
            or 0 for an indicator, and 0 for a pillar without a value.
        """
        raise NotImplementedError

    def remark(self, weights: Floats, known: Floats | Mask) -> str:
        """Return what a reader should know of what is missing here, if anything."""
        del weights, known
        return ""

    @property
    def batched(self) -> bool:
        """Whether weighted means of many draws are made up for gaps all at once."""
        return True

    def complete(self, there: Mask) -> Mask:
        """Return which units have a value, from the children with a weight that are there."""
        return np.asarray(there.any(axis=1))

    def made_up(self, counted: Floats) -> MadeUp:
        """Return how what is missing is made up for, from what counts of the weights with sum 1.

        ``counted`` is the sum of the weights of what is there (of any shape).
        """
        del counted
        return MadeUp()


class Renormalise(MissingRule):
    """What is missing is left out, and its weight goes to its siblings in proportion to theirs.

    Formula: ``s = sum_j w_j y_j / sum_j w_j`` over the children ``j`` of a pillar that have a value
    (in logarithms for a geometric mean, and so on).

    Assumes: that what is missing would be like what is there in the same pillar.

    Edge cases: A pillar without any value is missing itself and is treated likewise one level up.

    Source: OECD/JRC Handbook (2008), ch. 3.
    """

    effect: ClassVar[str] = (
        "the weight goes to its siblings, or where a whole pillar is missing to the other pillars"
    )
    method: Literal["renormalise"] = "renormalise"

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights of what is there, divided by their sum."""
        return shared_out(np.where(known > 0, weights, 0.0), weights)

    def made_up(self, counted: Floats) -> MadeUp:
        """Return by how much dividing by what counts makes a sum larger."""
        return MadeUp(times_itself=1.0 / counted - 1.0)


class Flat(MissingRule):
    """What is missing is left out, and its weight goes to every other indicator in proportion.

    Formula: ``s = sum_j w_j y_j / sum_j w_j`` over the indicators ``j`` of the whole index that
    have a value, with their weights in the whole; level by level, a pillar's weight is multiplied
    by the share of the weight beneath it that has a value. Renormalising instead leaves each
    pillar its weight, however few of its indicators are there.

    Assumes: that what is missing would be like the rest of the whole index.

    Edge cases: A pillar without any value leaves all its weight to the others.

    Source: OECD/JRC Handbook (2008), ch. 3, on available cases; stated here for a tree.
    """

    proportional: ClassVar[bool] = False
    across: ClassVar[bool] = True
    effect: ClassVar[str] = "the weight goes to all other indicators, in other pillars as well"
    method: Literal["flat"] = "flat"

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights in proportion to what is known beneath."""
        return shared_out(weights * known, weights)


class Redistribute(MissingRule):
    """What is missing is left out, and its weight goes to its siblings in equal parts.

    Formula: ``w_j + (sum_m w_m) / n`` for the ``n`` children ``j`` of a pillar that have a weight
    and a value, with ``m`` those without a value.

    With ``in_turn`` gaps are closed one after another, in the order of the tree: for each ``m`` in
    turn ``w_j := w_j + w_m / (k - 1)`` for all ``k - 1`` siblings ``j`` with a stated weight, those
    removed before included, and ``w_m := 0``. What comes to a sibling after it has been removed
    is lost (it counts as zero), or with ``stray = "shared"`` goes to what is there in proportion.
    Passed on in equal parts for ever it would end as without ``in_turn``. With weights 0.4, 0.3,
    0.2, 0.1 and values 60, none, 30, none: 0.5, 0, 0.3, 0.2 after the first gap, then 17/30, 2/30,
    11/30, 0, so that the score is 45 (48.2 shared, and 48 if both gaps are closed at once).

    Assumes: that a gap says nothing, and that its siblings stand in for it alike.

    Edge cases: A pillar without any value is missing itself and is treated likewise one level up.

    Source: OECD/JRC Handbook (2008), ch. 3, on available cases; practice of single indices, in
    turn that of the Environmental Performance Index of 2016.
    """

    proportional: ClassVar[bool] = False
    by_count: ClassVar[bool] = True
    effect: ClassVar[str] = "the weight goes to its siblings in equal parts"
    method: Literal["redistribute"] = "redistribute"
    in_turn: bool = Field(
        False,
        description="Whether gaps are closed one after another, each in equal parts to all "
        "siblings, those removed before included.",
    )
    stray: Literal["lost", "shared"] = Field(
        "lost",
        description="With in_turn, whether what comes to siblings that were removed before is "
        "lost, or shared in proportion.",
    )

    @model_validator(mode="after")
    def _strays_in_turn(self) -> Redistribute:
        if self.stray == "shared" and not self.in_turn:
            raise ValueError("without in_turn = true nothing goes astray that could be shared")
        return self

    @property
    def batched(self) -> bool:
        """Whether many draws are made up for at once: not where the order of gaps matters."""
        return not self.in_turn

    def made_up(self, counted: Floats) -> MadeUp:
        """Return that the mean of what is there has the weight of what is not."""
        return MadeUp(times_mean=1.0 - counted)

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights of what is there, each with its parts of the rest."""
        there = (known > 0) & (weights > 0)
        if self.in_turn:
            found = np.where(there.any(axis=1, keepdims=True), _in_turn(weights, there), 0.0)
            return found if self.stray == "lost" else shared_out(found * there, weights)
        lost = np.where(there, 0.0, weights).sum(axis=1, keepdims=True)
        count = there.sum(axis=1, keepdims=True)
        return np.where(there, weights + lost / np.maximum(count, 1), 0.0)

    def remark(self, weights: Floats, known: Floats | Mask) -> str:
        """Return how many units lose a part of the weights."""
        if not self.in_turn:
            return ""
        lost = (known == 0) & (self(weights, known) > 0)
        count = int(np.count_nonzero(lost.any(axis=1)))
        if count == 0:
            return ""
        return f"{count} {'unit loses' if count == 1 else 'units lose'} weight to what is missing"


def _in_turn(weights: Floats, there: Mask) -> Floats:
    """Return weights (units x k) after each gap in turn has given its own to all its siblings."""
    weighty = np.broadcast_to(weights > 0, there.shape)
    found = np.where(weighty, weights, 0.0)
    others = np.maximum(weighty.sum(axis=1) - 1, 1)
    for gap in range(there.shape[1]):
        given = np.where(there[:, gap], 0.0, found[:, gap])
        found[:, gap] -= given
        receives = weighty.copy()
        receives[:, gap] = False
        found += receives * (given / others)[:, None]
    return found


class Zero(MissingRule):
    """What is missing counts as zero on the common scale, as if nothing had been achieved.

    Formula: ``s = sum_j w_j y_j`` with ``y_j = 0`` where it is missing.

    Assumes: that a figure is missing where there is nothing, which is harsh on a lack of
    statistics.

    Edge cases: A pillar without any value is missing itself, and so counts as zero one level up. On
    z-scores zero is the average, and in a geometric or harmonic mean it makes the score zero.

    Source: OECD/JRC Handbook (2008), ch. 3, which advises against it.
    """

    effect: ClassVar[str] = "it counts as zero"
    method: Literal["zero"] = "zero"

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights as they are, where there is any value."""
        there = ((known > 0) & (weights > 0)).any(axis=1, keepdims=True)
        return np.where(there, weights, 0.0)

    def remark(self, weights: Floats, known: Floats | Mask) -> str:
        """Return how many values count as zero."""
        missing = (known == 0) & (self(weights, known) > 0)
        count = int(np.count_nonzero(missing))
        if count == 0:
            return ""
        return f"{count} missing {'value counts' if count == 1 else 'values count'} as zero"


class MissingIfAny(MissingRule):
    """A value is missing if any value beneath it that has a weight is missing.

    Formula: ``s = sum_j w_j y_j`` where all ``y_j`` with ``w_j > 0`` are there, missing elsewhere.

    Assumes: that a score is of use only if it is whole.

    Edge cases: What has no weight may be missing.

    Source: OECD/JRC Handbook (2008), ch. 3 (case deletion); the practice of the HDI.
    """

    effect: ClassVar[str] = "everything above it is missing as well"
    by_count: ClassVar[bool] = True
    method: Literal["missing-if-any"] = "missing-if-any"

    def complete(self, there: Mask) -> Mask:
        """Return which units have all that has a weight."""
        return np.asarray(there.all(axis=1))

    def __call__(self, weights: Floats, known: Floats | Mask) -> Floats:
        """Return the weights where everything with a weight is there, and zero elsewhere."""
        there = known > 0
        lacking = np.any(~there & (weights > 0), axis=1)
        return shared_out(np.where(there & ~lacking[:, None], weights, 0.0), weights)


def shared_out(weights: Floats, of: Floats | None = None) -> Floats:
    """Return weights scaled to the sum of their row in ``of``, or to 1; rows of zeros stay."""
    total = weights.sum(axis=1, keepdims=True)
    if of is not None:
        total = total / of.sum(axis=-1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
