"""Weights that prove what is attainable: as few digits as will do, scored anew by ``score``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.parts import Weights
from softpower.engine.score import score_setup
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.weight.stated import Given

DECIMALS = range(1, 13)
"""Weights are written with so many decimals of a percent, the fewest that will do."""

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
    form: WeightForm, weights: Floats, holds: Callable[[Floats], bool]
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

    Returns
    -------
    dict
        By the id of a pillar, the weights of its children in percent; those of the solver as they
        are where no rounded ones will do.
    """
    local = {
        block.pillar: shares
        for block in form.region.root.blocks()
        if (block.polytope.high > block.polytope.low).any()
        for shares in [form.region.local(weights)[block.pillar]]
    }
    for decimals in DECIMALS:
        percent = {name: _rounded(100 * shares, decimals) for name, shares in local.items()}
        if _admissible(form, percent) and holds(ranks_under(form, _shares(percent))):
            return percent
    return {name: 100 * shares for name, shares in local.items()}


def _shares(percent: Mapping[str, Floats]) -> dict[str, Floats]:
    return {name: each / each.sum() for name, each in percent.items()}


def _rounded(percent: Floats, decimals: int) -> Floats:
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
        for name, each in percent.items()
    )
