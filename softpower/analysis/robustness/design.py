"""How often what was varied, what failed and what stands out: in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from softpower.analysis.robustness.counts import Counts
from softpower.analysis.robustness.tables import share_of
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared.draws import (
    MOST_REASONS,
    varied,
    weights_of_levels,
    without_ranking,
)
from softpower.analysis.shared.formatting import enumerated, scope
from softpower.analysis.shared.study import Study
from softpower.analysis.shared.variation import Variation
from softpower.answer import Cell, Table, facts
from softpower.counting import counted


def design_table(
    known: Study, counts: Counts, variation: Variation, focus: RobustnessView, *, partial: bool
) -> Table:
    """Return what was varied, how often, and what that does to the ranking as a whole."""
    ranking = known.ranking
    low, high = focus.ends()
    lower, upper = counts.quantile(low), counts.quantile(high)
    ranked = ~np.isnan(ranking.ranks) & ~np.isnan(lower)
    outside = ranked & ((ranking.ranks < lower) | (ranking.ranks > upper))
    shift = counts.shift(ranking.ranks)
    items: list[tuple[str, Cell]] = [
        ("Varied", varied(known, variation)),
        ("Ranks", _of_printed_scores(known)),
        ("Draws", _draws(known, counts, partial=partial)),
        ("Failed", f"{counts.failed:,}" if counts.failed else None),
        ("Seed", variation.seed if known.sweep.drawn else None),
        ("Mean shift", f"{np.nanmean(shift[ranked]):.2f} places"),
        (f"Same top {focus.first}", _kept(counts)),
        (
            "Rank outside its interval",
            f"{int(np.count_nonzero(outside))} of {int(np.count_nonzero(ranked))}",
        ),
    ]
    return facts("design", "What was varied", items)


def _of_printed_scores(known: Study) -> str | None:
    """Return how ranks of a published index differ from the printed ones, if they do."""
    published = known.run.index.published
    if known.run.setup is not None or published is None:
        return None
    printed = dict(zip((unit.id for unit in published.units), published.ranks, strict=True))
    ranks = known.ranking.ranks
    given = np.array([printed[unit.id] for unit in known.ranking.units])
    differ = int(np.count_nonzero(~np.isnan(given) & (given != ranks)))
    told = f"{differ} of {ranks.size} are printed otherwise"
    return f"by the printed scores, equal scores sharing one; {told}" if differ else None


def _kept(counts: Counts) -> str:
    same, ordered = (share_of(n, counts.total) for n in (counts.same_set, counts.same_order))
    return f"in {100 * same:.1f} % of the draws, in the same order in {100 * ordered:.1f} %"


def _draws(known: Study, counts: Counts, *, partial: bool) -> str:
    total = known.sweep.total if known.sweep.drawn else len(known.grid.cells)
    made = f"{counts.draws:,}"
    setups = len(known.sweep.setups)
    if partial:
        return f"{made} of {total:,}, interrupted"
    if not known.sweep.drawn:
        refused = len(known.refused)
        rest = f"; {refused} more lead to no ranking" if refused else ", all of them"
        return f"{made} combinations{rest}"
    if known.sweep.sampling is not None and known.sweep.figure_sampling is not None:
        made += f", {known.sweep.shared:,} of the weights for each of the figures"
    return made if setups == 1 else f"{made}, spread over {setups} combinations"


def extent(known: Study, counts: Counts, *, partial: bool) -> str:
    """Return how much of what was asked for there is, to stand behind a title."""
    tried = len(known.scored)
    lost = scope(tried - len(known.refused), tried, "combinations")
    failed = scope(counts.made, counts.draws, "draws")
    return f"{lost}{failed}{' (partial)' if partial else ''}"


def failures(known: Study, counts: Counts, *, partial: bool) -> list[str]:
    """Return what was not computed, and why."""
    notes = []
    if partial:
        notes.append("Interrupted: this is about the draws made so far.")
    notes += known.coinciding
    notes += without_ranking(known)
    for reason, count in list(counts.reasons.items())[:MOST_REASONS]:
        notes.append(f"{counted(count, 'draw')} failed: {reason}")
    return notes


def findings(known: Study, counts: Counts, focus: RobustnessView) -> list[str]:
    """Return who is least and who is most certain."""
    low, high = focus.ends()
    lower, upper = counts.quantile(low), counts.quantile(high)
    ranking = known.ranking
    wide = np.where(np.isnan(ranking.ranks), -1.0, upper - lower)
    widest = int(np.argmax(wide))
    firm = [
        ranking.units[i].name
        for i in ranking.order()
        if not np.isnan(ranking.ranks[i]) and lower[i] == upper[i] == ranking.ranks[i]
    ]
    if wide[widest] <= 0 and len(firm) == int(np.count_nonzero(wide >= 0)):
        return [f"No rank changes in {focus.interval:g} % of the draws."]
    span = f"rank {lower[widest]:g} to {upper[widest]:g} in {focus.interval:g} % of the draws"
    notes = [f"{ranking.units[widest].name} is the least certain: {span}."]
    if firm:
        verb = "keeps its rank" if len(firm) == 1 else "keep their ranks"
        notes.append(f"{enumerated(firm)} {verb} in {focus.interval:g} % of the draws.")
    return notes


def settings_record(
    known: Study, counts: Counts, variation: Variation, partial: bool
) -> dict[str, Any]:
    """Return what varied as plain JSON values."""
    record: dict[str, Any] = {
        "choices": {choice.key: list(choice.values) for choice in known.grid.choices},
        "draws": counts.draws,
        "failed": counts.failed,
        "seed": variation.seed,
    }
    if variation.weights is not None:
        record["weights"] = variation.weights.model_dump(mode="json")
        record["pillars"] = list(dict.fromkeys(pillar.id for pillar, _ in known.axes))
    if variation.perturbs:
        record["rounding"] = dict(variation.rounding)
        record["rounding_everywhere"] = variation.everywhere
        record["standard_errors"] = variation.errors
    record |= weights_of_levels(known)
    if known.coinciding:
        record["coinciding"] = list(known.coinciding)
    if known.refused:
        record["refused"] = [": ".join(each) for each in known.refused]
    if partial:
        record["partial"] = True
    return record
