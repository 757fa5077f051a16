"""The best and the worst rank of single choices, and of all weights that are off by a step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from softpower import defaults
from softpower.analysis.compare.effects import Effects
from softpower.analysis.shared.admissible import Admissible, decimals
from softpower.analysis.shared.proven import ENDS, Certificate, certified
from softpower.answer import Cell, Table, facts
from softpower.engine.exact.form import WeightForm
from softpower.errors import SoftpowerError
from softpower.methods.space import WeightSpace

Proofs = dict[str, Any]


def extremes_of(
    effects: Effects, rows: Sequence[int], step: float
) -> tuple[tuple[Table, ...], Proofs]:
    """Return for some units the best and the worst of what was tried, and of all weights near by.

    Weights are those of the children of the index, each within ``step`` percentage points of its
    own and no less than zero. Their ends are proven where scores are linear in them.

    Returns
    -------
    tuple
        A table of facts, and what is proven as plain JSON values.
    """
    units = effects.ranking.units
    items: list[tuple[str, Cell]] = [(units[i].name, _of_choices(effects, i)) for i in rows]
    proofs: Proofs = {}
    try:
        form = _within(effects, step)
    except SoftpowerError as error:
        items.append((f"Weights within {step:g} points", f"nothing is proven: {error.what}"))
        return (facts("extremes", "Best and worst", items),), proofs
    for i in rows:
        unit = form.units.index(units[i])
        ends = [certified(effects.run, form, unit, end, nodes=defaults.NODES) for end in ENDS]
        said = " and ".join(
            f"{_told(each)} at {word}" for word, each in zip(ENDS, ends, strict=True)
        )
        items.append((f"{units[i].name}, all weights within {step:g} points", said))
        proofs[units[i].id] = {
            word: {
                "rank": each.extreme.rank,
                "bound": each.extreme.bound,
                "weights": each.percent,
            }
            for word, each in zip(ENDS, ends, strict=True)
        }
    return (facts("extremes", "Best and worst", items),), {
        "proven": proofs,
        "nodes": defaults.NODES,
    }


def _of_choices(effects: Effects, i: int) -> str:
    """Return the best and the worst rank among single choices, and which lead there."""
    ranks, own = effects.ranks[:, i], effects.ranking.ranks[i]
    told = []
    for word, k in (("best", _first(ranks)), ("worst", _first(-ranks))):
        there = float(ranks[k])
        better = there < own if word == "best" else there > own
        told.append(
            f"{there:g} at {word} ({effects.choices[k].label})"
            if better
            else f"{own:g} at {word} (as it is)"
        )
    return " and ".join(told)


def _first(ranks: np.ndarray) -> int:
    return int(np.argmin(np.where(np.isnan(ranks), np.inf, ranks)))


def _within(effects: Effects, step: float) -> WeightForm:
    """Return the ranking as a form of weights of the index that are off by at most a step."""
    tree = effects.ranking.framework.root
    own = effects.ranking.local_weights
    bounds = {
        child.id: (max(100 * own[child.id] - step, 0.0), min(100 * own[child.id] + step, 100.0))
        for child in tree.children
    }
    return Admissible(WeightSpace.stated(bounds=bounds)).form(effects.run)


def _told(end: Certificate) -> str:
    digits = decimals(end.percent.values())
    weights = ",".join(f"{name}={value:.{digits}f}" for name, value in end.percent.items())
    sure = end.extreme.proven and end.confirmed
    proven = "" if sure else f", not proven: at most {end.extreme.bound:g}"
    return f"{end.extreme.rank:g} ({weights}{proven})"
