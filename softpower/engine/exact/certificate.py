"""Weights that prove what is attainable: as few digits as will do, scored anew by ``score``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from softpower.engine.exact.changes import Change, Norm, smallest_change
from softpower.engine.exact.form import WeightForm
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.parts import Weights
from softpower.engine.score import score_setup
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.weight.stated import Given

MOST_DECIMALS = 13
"""Weights are written with fewer decimals of a percent, the fewest that will do."""

MOST_DECIMALS_OF_WHOLE = 5
"""Weights of zero are avoided by fewer decimals, for without a weight figures do not count."""

INWARDS = (0.0, 0.001, 0.01, 0.05)
"""So far weights are moved to the middle if that keeps them from being zero."""

MIXED = 5e-5
"""Written weights are no further from a mixture of what people stated than this."""

BEYOND = 1e-3
"""Written weights are no further beyond the smallest change than this."""

Local = Mapping[str, Floats]
"""Weights within a pillar by its id, with sum 1."""


def rescored(setup: Setup, ranking: Ranking, local: Local) -> Ranking:
    """Return the ranking of a setup under other weights, as ``score`` computes it.

    Parameters
    ----------
    setup
        The setup.
    ranking
        Its ranking under its own weights.
    local
        The weights within the pillars whose weights are others.
    """
    stated = all(isinstance(method, Given) for method in setup.methodology.weight)

    def weighed(pillar: Pillar) -> Pillar:
        own = [
            child.weight if stated else ranking.local_weights.get(child.id, 0.0)
            for child in pillar.children
        ]
        return replace(
            pillar,
            children=tuple(
                _with(weighed(child) if isinstance(child, Pillar) else child, weight)
                for child, weight in zip(pillar.children, local.get(pillar.id, own), strict=True)
            ),
        )

    tree = setup.framework
    framework = Framework(tree.id, tree.title, weighed(tree.root), tree.source)
    methodology = setup.methodology
    if not stated:
        methodology = methodology.model_copy(update={"weight": (Given(),)})
    return score_setup(Setup(setup.figures, framework, methodology))


def _with(node: Pillar | Indicator, weight: float) -> Pillar | Indicator:
    return replace(node, weight=float(weight))


def ranks_under(form: WeightForm, local: Local) -> Floats:
    """Return the ranks of a form's units as the batch scores them (units)."""
    weights: Weights = {name: drawn[None, :] for name, drawn in local.items()}
    return np.asarray(form.batch.ranks(form.batch.scores(weights), weights)[0])


def shortest(
    form: WeightForm,
    weights: Floats,
    holds: Callable[[Floats], bool],
    inwards: Sequence[float] = INWARDS,
    least: int = 1,
) -> dict[str, Floats]:
    """Return weights within each pillar, written with the fewest decimals that will do.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    weights
        Weights in the whole (k).
    holds
        Says of the ranks of the form's units whether they are what the weights are to prove.
    inwards
        By which shares of the way to the middle of what is admissible weights may be moved, to
        keep them from being zero.
    least
        The fewest decimals.

    Returns
    -------
    dict
        By the id of a pillar, the weights of its children in percent; those of the solver as they
        are where no rounded ones will do.
    """
    moving = [
        block
        for block in form.region.root.blocks()
        if (block.polytope.high > block.polytope.low).any()
    ]
    own = form.region.local(weights)
    local = {block.pillar: own[block.pillar] for block in moving}
    middle = {block.pillar: block.polytope.middle for block in moving}
    for whole in (True, False):
        for decimals in range(least, MOST_DECIMALS_OF_WHOLE if whole else MOST_DECIMALS):
            for share in inwards if whole else (0.0,):
                percent = {
                    name: rounded_percent(
                        100 * ((1 - share) * each + share * middle[name]), decimals
                    )
                    for name, each in local.items()
                }
                if whole and any((each <= 0)[middle[n] > 0].any() for n, each in percent.items()):
                    continue
                if _admissible(form, percent) and holds(ranks_under(form, _shares(percent))):
                    return percent
    return {name: 100 * shares for name, shares in local.items()}


def _shares(percent: Mapping[str, Floats]) -> dict[str, Floats]:
    return {name: each / each.sum() for name, each in percent.items()}


def rounded_percent(percent: Floats, decimals: int) -> Floats:
    """Return rounded percentages with sum 100, the largest remainders rounded up."""
    unit = 10.0**decimals
    down = np.floor(percent * unit + 1e-9)
    left = round(100 * unit - down.sum())
    order = np.argsort(-(percent * unit - down), kind="stable")
    down[order[:left]] += 1
    return np.asarray(np.round(down / unit, decimals))


def _admissible(form: WeightForm, percent: Mapping[str, Floats]) -> bool:
    blocks = {block.pillar: block.polytope for block in form.region.root.blocks()}
    return all(
        (each / 100 >= blocks[name].low - 1e-12).all()
        and (each / 100 <= blocks[name].high + 1e-12).all()
        and (blocks[name].rows @ each >= -1e-9).all()
        and (blocks[name].corners is None or blocks[name].off(each / 100) <= MIXED)
        for name, each in percent.items()
    )


def firm_change(
    form: WeightForm, forms: Floats, norm: Norm, holds: Callable[[Floats], bool]
) -> tuple[Change, dict[str, Floats] | None] | None:
    """Return the smallest change under which ``forms w >= 0``, and weights that can be written.

    The smallest change only makes units level. The weights go as much further as their decimals
    need for the ranks to be what they are to be, and stay above zero: what has no weight does not
    count for who has enough figures to be ranked.

    Returns
    -------
    tuple
        The change, and weights in percent within each pillar; ``None`` in place of these if units
        can be level at most, and in place of both if no change will do.
    """
    least = smallest_change(form.region, forms, norm)
    if least is None:
        return None
    above_zero = np.eye(form.region.size)[form.region.nominal > 0]
    rows = np.concatenate([forms, above_zero])
    sizes = np.abs(forms).max(axis=1) * form.region.size
    for decimals in range(2, 8):
        unit = 10.0**-decimals / 100
        margins = np.append(sizes * unit, np.full(len(above_zero), unit))
        found = smallest_change(form.region, rows, norm, margins)
        if found is None or found.size > least.size + BEYOND:
            continue
        percent = shortest(form, found.weights, holds, inwards=(0.0,), least=2)
        if holds(ranks_under(form, _shares(percent))):
            return least, percent
    return least, None
