"""What every single choice leads to: the ranks and scores of all units under each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from softpower.analysis.compare.choices import Choice, single_choices
from softpower.analysis.shared.lists import rule_of_ties
from softpower.engine.cache import Cache
from softpower.engine.loading import changed
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import MethodError, Problem, SoftpowerError
from softpower.methods.model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """What single choices lead to; arrays are choices x units of the run."""

    run: Run
    ranking: Ranking
    choices: tuple[Choice, ...]
    """Those that lead to a ranking."""
    ranks: Floats
    """NaN where a unit is not ranked under the choice."""
    scores: Floats
    same_scale: tuple[bool, ...]
    """Whether scores under the choice may be subtracted from those of the run."""
    refused: tuple[Choice, ...]
    """Those that lead to none."""

    def places(self) -> Floats:
        """Return the places that each choice gains (positive) or loses each unit."""
        return self.ranking.ranks[None, :] - self.ranks

    def missed(self) -> list[Choice]:
        """Return the variants that lead to no ranking, though nothing in the run forbids them."""
        free = not (self.run.variants or self.run.asked)
        variants = [choice for choice in self.refused if choice.kind == "variant"]
        return [choice for choice in variants if free or choice.run is not None]

    def moving(self) -> Floats:
        """Return under how many choices each unit has another rank."""
        return np.count_nonzero(np.nan_to_num(self.places()), axis=0).astype(np.float64)


def effects_of(run: Run, step: float) -> Effects:
    """Return what every single choice of a computed run leads to.

    Raises
    ------
    MethodError
        If a method refuses the figures under the run itself, or under every choice.
    """
    cache = Cache()
    ranking = run.score(cache)
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    rule, scale = rule_of_ties((run,)), run.scale
    made: list[Choice] = []
    refused: list[Choice] = []
    ranks: list[Floats] = []
    scores: list[Floats] = []
    same: list[bool] = []
    for choice in single_choices(run, step):
        other = choice.run
        if other is None:
            refused.append(choice)
            continue
        try:
            if rule_of_ties((other,)) != rule:
                other = changed(other, {"ties": rule})
            found = other.score(cache)
        except SoftpowerError as error:
            why = str(Problem(error.what, error.location))
            refused.append(replace(choice, refusal=why))
            continue
        at = [row[unit.id] for unit in found.units]
        for kept, figures in ((ranks, found.ranks), (scores, found.scores)):
            spread = np.full(len(row), np.nan)
            spread[at] = figures
            kept.append(spread)
        made.append(choice)
        same.append(other.scale == scale and choice.kind != "aggregation")
    if not made:
        why = f" {refused[0].label}: {refused[0].refusal}" if refused else ""
        raise MethodError(f"No choice of {run.name} can be made otherwise.{why}")
    return Effects(
        run, ranking, tuple(made), np.stack(ranks), np.stack(scores), tuple(same), tuple(refused)
    )
