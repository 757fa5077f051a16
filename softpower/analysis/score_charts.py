"""The charts of a ranking: bars, pillars, a map, or places against those of another ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.shared.charts import grid_of
from softpower.analysis.shared.formatting import score_digits, titled, unit_noun
from softpower.answer import Table
from softpower.charts import BarChart, Chart, MapChart, ScatterChart
from softpower.countries import all_countries
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.methods.model import Floats

SCORES, RANKS = "scores", "ranks"
"""What a map may show."""

OUTLIERS = 12
"""So many are labelled whose places differ most."""

_MAPPED = (
    "Equal Earth projection. Shapes and borders are those of Natural Earth (public domain) as it "
    "has them, disputed ones included; countries too small to be seen are dots."
)


def charts_of(
    run: Run,
    ranking: Ranking,
    rows: Sequence[int],
    table: Table,
    *,
    pillars: bool,
    mapped: str | None,
    against: Run | None,
    previous: Ranking | None,
    named: Sequence[int],
) -> tuple[Chart, ...]:
    """Return a chart of what is asked for; of the scores if it is nothing else."""
    found: list[Chart] = []
    scored = [i for i in rows if not np.isnan(ranking.scores[i])]
    if mapped is not None:
        found.append(_map(run, ranking, rows, mapped))
    if against is not None and previous is not None:
        found += _scatter((run, against), ranking, previous, rows, named)
    if pillars and rows:
        keys = [pillar.id for pillar in ranking.framework.top()]
        title = f"{titled(run)}: pillars"
        found.append(grid_of(table, "country", ["score", *keys], axis="Score", title=title))
    if not found and scored:
        digits = score_digits(run, ranking.scores)
        values = tuple(round(float(ranking.scores[i]), digits) for i in scored)
        names = tuple(ranking.units[i].name for i in scored)
        found.append(BarChart("scores", titled(run), names, values, axis="Score"))
    return tuple(found)


def _map(run: Run, ranking: Ranking, rows: Sequence[int], what: str) -> MapChart:
    """Return the scores or ranks of countries.

    Raises
    ------
    UsageError
        If what is ranked is no country, or has no such figures.
    """
    known = {each.iso3 for each in all_countries()}
    figures: Floats = ranking.scores if what == SCORES else ranking.ranks
    drawn = [i for i in rows if ranking.units[i].id in known and not np.isnan(figures[i])]
    if not drawn:
        nouns = unit_noun(run, plural=True)
        there = any(ranking.units[i].id in known for i in rows)
        says = f"No {what} of {nouns} are known" if there else f"{run.name} ranks no countries"
        other = SCORES if what == RANKS else RANKS
        raise UsageError(
            f"{says}, so that there is nothing to map.",
            mend=f"Take `map={other!r}`." if there else "Leave `map` out.",
        )
    digits = score_digits(run, ranking.scores) if what == SCORES else 1
    return MapChart(
        "map",
        f"{titled(run)}: {what}",
        tuple(ranking.units[i].name for i in drawn),
        tuple(ranking.units[i].id for i in drawn),
        tuple(round(float(figures[i]), digits) for i in drawn),
        axis="Score" if what == SCORES else "Rank",
        low_is_best=what == RANKS,
        caption=_MAPPED,
    )


def _scatter(
    runs: tuple[Run, Run],
    ranking: Ranking,
    previous: Ranking,
    rows: Sequence[int],
    named: Sequence[int],
) -> list[ScatterChart]:
    """Return the places of all that both rank; of those shown, the named or the farthest apart."""
    before = dict(zip((u.id for u in previous.units), previous.ranks, strict=True))
    other = np.array([before.get(unit.id, np.nan) for unit in ranking.units])
    shared = [i for i in range(len(ranking.units)) if not np.isnan(ranking.ranks[i] + other[i])]
    gaps = np.abs(ranking.ranks - other)
    apart = sorted((i for i in rows if i in shared and gaps[i]), key=lambda i: (-gaps[i], i))
    told = set(named or apart[:OUTLIERS])
    # The farthest apart come first, and so have the best spots for their labels.
    shared.sort(key=lambda i: (-gaps[i], i))
    if not shared:
        return []
    return [
        ScatterChart(
            "against",
            f"{titled(runs[0])} against {titled(runs[1])}",
            tuple(ranking.units[i].name for i in shared),
            tuple(float(ranking.ranks[i]) for i in shared),
            tuple(float(other[i]) for i in shared),
            tuple(i in told for i in shared),
            (f"Rank in {runs[0].name}", f"Rank in {runs[1].name}"),
            caption="" if named else f"Labelled: the {len(told)} whose ranks differ most.",
        )
    ]
