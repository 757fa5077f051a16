"""An end of what weights can reach, with weights that prove it and can be typed again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.analysis.shared.admissible import by_id
from softpower.engine.exact.certificate import ranks_under, rescored, shortest
from softpower.engine.exact.extremes import extreme_rank
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.ranks import End, ExtremeRank
from softpower.engine.run import Run

ENDS: tuple[End, End] = ("best", "worst")


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """An end of what a unit can reach, with the weights that prove it."""

    extreme: ExtremeRank
    percent: dict[str, float]
    """By id, within the parent."""
    confirmed: bool
    """Whether ``score`` gives the unit that rank under the weights as they are written."""


def certified(
    run: Run,
    form: WeightForm,
    unit: int,
    end: End,
    *,
    seconds: float = np.inf,
    nodes: float = np.inf,
    anew: bool = True,
) -> Certificate:
    """Return an end of what a unit can reach, with weights that prove it.

    Parameters
    ----------
    run
        The run whose weights move.
    form
        Its ranking as a function of them.
    unit
        The position among the units of the form.
    end
        Which rank is asked for.
    seconds, nodes
        How long it is searched for, and over how many nodes of programs.
    anew
        Whether the whole run is scored anew under the weights, and not the units of the form only.
    """
    extreme = extreme_rank(form, unit, end, seconds, nodes)
    written = shortest(form, extreme.weights, lambda ranks: bool(ranks[unit] == extreme.rank))
    local = {name: each / each.sum() for name, each in written.items()}
    if anew:
        assert run.setup is not None  # noqa: S101
        again = rescored(run.setup, form.batch.ranking, local).ranks[form.batch.scored[unit]]
    else:
        again = ranks_under(form, local)[unit]
    return Certificate(extreme, by_id(form, written), bool(again == extreme.rank))
