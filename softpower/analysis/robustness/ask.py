"""Between which ranks does each country lie, and how sure is who is ahead of whom?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import prod

import numpy as np

from softpower.analysis.robustness.counts import Counts
from softpower.analysis.robustness.design import (
    design_table,
    extent,
    failures,
    findings,
    settings_record,
)
from softpower.analysis.robustness.tables import (
    acceptability,
    central_weights,
    chart,
    pair_table,
    rank_table,
)
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared.charts import grid_of
from softpower.analysis.shared.classes import classes_of, without_classes
from softpower.analysis.shared.formatting import titled
from softpower.analysis.shared.selection import refuse_row_unranked
from softpower.analysis.shared.size import (
    combinations_needed,
    memory_needed,
    refuse_too_many_shares,
    time_needed,
    untold,
)
from softpower.analysis.shared.study import Study, study
from softpower.analysis.shared.uninterrupted import uninterrupted
from softpower.analysis.shared.variation import Variation
from softpower.answer import Answer, Table
from softpower.charts import GridChart
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.sampling.sweep import sweep
from softpower.errors import MethodError, UsageError
from softpower.index.units import find_unit
from softpower.watch import Watch, unwatched


def robustness(
    run: Run,
    variation: Variation,
    focus: RobustnessView | None = None,
    *,
    threads: int | None = None,
    watch: Watch = unwatched,
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return how far ranks depend on what varies.

    Parameters
    ----------
    run
        The run whose ranking is put to the test.
    variation
        What varies.
    focus
        What is asked; by default 90 % intervals of all countries, and the top 10.
    threads
        How many threads share the work; the answer does not depend on it.
    watch
        Hands outcomes on, so that progress can be shown. If it is interrupted, the answer is
        about the draws made so far, and says so.
    tell
        Is told beforehand if this may take much memory, or long.

    Raises
    ------
    UsageError
        If something named is not known, or varies without effect.
    MethodError
        If a method refuses the figures under the run itself, or in every draw.
    """
    focus = focus or RobustnessView()
    if warning := combinations_needed(prod(len(choice.values) for choice in variation.choices)):
        tell(warning)
    known = study(run, variation, watch, lambda ranking: _shown(ranking, focus))
    ranking = known.ranking
    order, shown, asked = _shown(ranking, focus)
    units = len(ranking.units)
    if focus.acceptability:
        refuse_too_many_shares(len(shown), units)
    if warning := memory_needed(units, halves=known.halves):
        tell(warning)
    if warning := time_needed(known.sweep):
        tell(warning)
    near = _near(focus, order, shown)
    classes = classes_of(run, known.sweep.setups)
    counts = Counts(
        known, [*asked, *near], focus.first, central=focus.acceptability, classes=classes
    )
    try:
        partial = _counted(known, counts, threads, watch)
    except MethodError as error:
        raise MethodError(error.what, mend=_mend(variation)) from error
    title = f"{titled(run)}: robustness{extent(known, counts, partial=partial)}"
    tables = [rank_table(known, counts, focus, shown, title)]
    if asked:
        tables.append(pair_table(known, counts, asked, 0, "pairs", "Pairs"))
    if focus.acceptability:
        tables += [acceptability(known, counts, shown), *central_weights(known, counts)]
    if near:
        title_of = "Neighbours in the ranking"
        tables.append(pair_table(known, counts, near, len(asked), "neighbours", title_of))
    tables.append(design_table(known, counts, variation, focus, partial=partial))
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=(chart(known, counts, focus, shown), *_accepted(tables)),
        notes=(
            *failures(known, counts, partial=partial),
            *focus.selection.remarks(ranking.units, len(shown)),
            *([] if focus.selection.countries else findings(known, counts, focus)),
            *without_classes(run, classes),
        ),
        provenance={
            **run.provenance(),
            "robustness": settings_record(known, counts, variation, partial),
        },
        complete=not (known.refused or counts.failed),
    )


def _accepted(tables: Sequence[Table]) -> list[GridChart]:
    """Return the shares of draws with each rank as a chart, if they are among the tables."""
    return [
        grid_of(table, "country", [c.key for c in table.columns[2:]], axis="Share of draws, %")
        for table in tables
        if table.name == "acceptability"
    ]


def _shown(
    ranking: Ranking, focus: RobustnessView
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Return the ranked units in order, those that are shown, and the pairs that are asked about.

    Raises
    ------
    UsageError
        If a name is not known, or is that of a unit without a rank.
    """
    focus.selection.refuse_unranked(ranking)
    order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
    shown = list(focus.selection.among(ranking.units, order))
    asked = _asked(ranking, focus, shown)
    if focus.versus:
        shown = sorted({i for pair in asked for i in pair}, key=order.index)
    return order, shown, asked


def _near(
    focus: RobustnessView, order: Sequence[int], shown: Sequence[int]
) -> list[tuple[int, int]]:
    """Return each unit that is shown with the next one, unless the question is about a few."""
    if focus.versus or focus.selection.countries:
        return []
    asked = set(shown)
    return [pair for pair in pairwise(order) if pair[0] in asked]


def _counted(known: Study, counts: Counts, threads: int | None, watch: Watch) -> bool:
    """Count all draws, and say whether that was interrupted."""
    outcomes = sweep(known.sweep, counts.tally, threads=threads)
    try:
        for outcome in watch(known.sweep.total, outcomes) if known.sweep.drawn else outcomes:
            with uninterrupted():
                counts.add(outcome)
    except KeyboardInterrupt:
        if not counts.made:
            raise
        return True
    if not counts.made:
        raise MethodError(f"No draw leads to a ranking. {next(iter(counts.reasons))}")
    return known.partial


def _mend(variation: Variation) -> str:
    if not (variation.rounding or variation.everywhere):
        return ""
    return 'Take a smaller step, or name those that were rounded: `rounding="ID=STEP"`.'


def _asked(ranking: Ranking, focus: RobustnessView, shown: Sequence[int]) -> list[tuple[int, int]]:
    """Return each unit that is shown with each that it is held against."""
    if not focus.versus:
        return []
    if not focus.selection.countries:
        raise UsageError(
            "`versus` needs a name to hold against the others.",
            mend='Give it: `country="China", versus="Japan"`.',
        )
    units = ranking.units
    row = {unit.id: i for i, unit in enumerate(units)}
    others = [row[find_unit(units, text).id] for text in focus.versus]
    pairs = [(i, j) for i in shown for j in others if i != j]
    for i in {i for pair in pairs for i in pair}:
        refuse_row_unranked(ranking, i)
    if not pairs:
        raise UsageError(f"{units[others[0]].name} is compared with itself.", mend="Name two.")
    return pairs
