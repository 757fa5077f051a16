"""A ranking as a function of its movable weights: linear, or a quotient of two linear forms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from softpower.engine.exact.leaves import ASK_DRAWS, Leaves
from softpower.engine.exact.region import Block, Region
from softpower.engine.sampling.batch import Batch
from softpower.errors import MethodError
from softpower.index.tree import Pillar
from softpower.index.units import Unit
from softpower.methods.model import Floats
from softpower.methods.space import WeightSpace
from softpower.methods.statements import Ends
from softpower.methods.ties import rank

TRIALS = 16
"""So many sets of admissible weights are scored to see that the form ranks as `score` does."""

INEXACT = "an exact answer needs scores that are linear in the weights"


@dataclass(frozen=True, eq=False)
class WeightForm:
    """What units are ranked by: ``(values w) / (counted w)``, the larger the better."""

    batch: Batch
    region: Region
    """Where the weights may be."""
    ids: tuple[str, ...]
    """What each weight is that of (k)."""
    values: Floats
    """Units x k, in the order of ``batch.scored``; logarithms or powers under such means."""
    counted: Floats
    """What each unit has a value for, of the same shape; 1 throughout where nothing is missing."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that are ranked."""
        return tuple(self.batch.ranking.units[row] for row in self.batch.scored)

    @property
    def linear(self) -> bool:
        """Whether the scores of any two units are compared by a linear form."""
        return bool((self.counted == self.counted[:1]).all())

    def scores(self, weights: Floats) -> Floats:
        """Return what units are ranked by under weights (k), or sets of them (sets x k)."""
        with np.errstate(invalid="ignore"):  # nothing that counts is there: 0 / 0
            return np.asarray((weights @ self.values.T) / (weights @ self.counted.T))

    def comparisons(self, unit: int) -> Floats:
        """Return rows ``d`` (units x k): unit ``v`` is above this one where ``d_v w > 0``.

        Raises
        ------
        MethodError
            If some unit has values for other children than this one, so that it is no linear form.
        """
        if not self.linear:
            raise MethodError(
                f"Units lack different figures, so that their scores are quotients, and {INEXACT}.",
                mend='Fill the gaps (`set={"impute": "mean"}`), or let other weights vary '
                "(`levels`).",
            )
        return self.values - self.values[unit]


def form_of(batch: Batch, space: WeightSpace, pillars: Collection[str]) -> WeightForm:
    """Return the ranking of a setup as a function of weights.

    Parameters
    ----------
    batch
        The setup, made ready.
    space
        What is stated of the weights.
    pillars
        The pillars whose children's weights may move; the others keep theirs.

    Raises
    ------
    MethodError
        If scores are no such function, or a method of them takes no weights.
    UsageError
        If no weights are admissible.
    """
    tree = {pillar.id: pillar for pillar in (batch.root, *batch.root.pillars())}
    path = _path(batch.root, set(pillars))
    moving = [name for name in path if name in pillars]
    leaves = Leaves(batch, path)
    single = tree[moving[0]] if len(moving) == 1 else None
    if single is not None and not (single is not batch.root and leaves.flat_gaps):
        block = _block(batch, space, tree[moving[0]], set(moving), set())
        values, counted = leaves.within(single)
    else:
        block = _block(batch, space, batch.root, set(moving), set(path))
        values, counted = leaves.throughout(block)
    if batch.rows is not batch.scored:
        values, counted = values[batch.scored], counted[batch.scored]
    values = batch.methodology.sense * values
    region = Region(block)
    ids = [""] * region.size
    for each in block.blocks():
        for name, member in zip(each.ids, each.members, strict=True):
            if not isinstance(member, Block):
                ids[member] = name
    form = WeightForm(batch, region, tuple(ids), values, counted)
    _refuse_unlike(form)
    return form


def _path(root: Pillar, pillars: set[str]) -> list[str]:
    """Return the pillars whose children move, and those above them, from the root down."""
    return [
        pillar.id
        for pillar in (root, *root.pillars())
        if pillar.id in pillars or any(each.id in pillars for each in pillar.pillars())
    ]


def _block(
    batch: Batch, space: WeightSpace, pillar: Pillar, moving: set[str], path: set[str]
) -> Block:
    """Return the weights beneath a pillar, of which those on the path are blocks of their own."""
    column = 0

    def build(node: Pillar) -> Block:
        nonlocal column
        members: list[int | Block] = []
        for child in node.children:
            if isinstance(child, Pillar) and child.id in path:
                members.append(build(child))
            else:
                members.append(column)
                column += 1
        ids, own = batch.children[node.id], batch.weights[node.id]
        stated = space if node.id in moving else WeightSpace.stated(bounds=_pinned(ids, own))
        return Block(node.id, ids, stated.polytope(ids, own), tuple(members), own)

    return build(pillar)


def _pinned(ids: tuple[str, ...], own: Floats) -> dict[str, Ends]:
    return {name: (100 * weight, 100 * weight) for name, weight in zip(ids, own, strict=True)}


def _refuse_unlike(form: WeightForm) -> None:
    """Refuse a form that does not rank units as `score` does, under some sets of weights."""
    batch, blocks = form.batch, form.region.root.blocks()
    generator = np.random.default_rng(1)
    drawn = {
        block.pillar: block.polytope.sampled(generator.random((TRIALS, len(block.ids))))
        for block in blocks
    }
    ranks = batch.ranks(batch.scores(drawn), drawn)
    sets = np.array(
        [form.region.effective({name: w[t] for name, w in drawn.items()}) for t in range(TRIALS)]
    )
    size = np.abs(form.values).max(initial=0.0)
    if not np.array_equal(ranks, rank(form.scores(sets), batch.methodology.ties, magnitude=size)):
        raise MethodError(
            f"The methodology does more with weights than to multiply by them, and {INEXACT}.",
            mend=ASK_DRAWS,
        )
