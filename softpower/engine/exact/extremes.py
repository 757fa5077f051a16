"""The best and the worst rank that admissible weights give a unit, with weights that do."""

from __future__ import annotations

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.changes import Change, change_to_rank_of_sums
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.quotients import (
    change_to_rank_of_quotients,
    extreme_rank_of_quotients,
)
from softpower.engine.exact.ranks import End, ExtremeRank, extreme_rank_of_sums


def extreme_rank(
    form: WeightForm, unit: int, end: End, seconds: float = np.inf, nodes: float = np.inf
) -> ExtremeRank:
    """Return the best or the worst rank of a unit, by the rule on ties of the methodology.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    unit
        The position among ``form.units``.
    end
        Which rank is asked for.
    seconds, nodes
        After this time, or so many nodes of programs, the best proof by then is returned; nodes
        are the same on every machine.
    """
    how = extreme_rank_of_sums if form.linear else extreme_rank_of_quotients
    budget = Budget.of(seconds, nodes)
    found = how(form, unit, end, budget)
    return found._replace(spent=budget.spent and not found.proven)


def change_to_rank(
    form: WeightForm,
    unit: int,
    rank: float,
    seconds: float = np.inf,
    end: End = "best",
    nodes: float = np.inf,
) -> Change | None:
    """Return the smallest change of weights, in sum, that gives a unit a rank or a better one.

    With ``end="worst"`` it is a rank or a worse one. Of quotients the ranks are those of weights of
    which every unit has figures for at least a thousandth.
    """
    how = change_to_rank_of_sums if form.linear else change_to_rank_of_quotients
    return how(form, unit, rank, Budget.of(seconds, nodes), end)
