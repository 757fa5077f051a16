"""Which choice matters: shares of the variance of ranks, exact or estimated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower import defaults
from softpower.analysis.sensitivity.design import Factor, SobolDesign
from softpower.analysis.sensitivity.effects import exact
from softpower.analysis.sensitivity.sample import Sample
from softpower.analysis.sensitivity.tables import (
    ALL,
    RESAMPLES,
    SensitivityResults,
    SensitivityView,
    describe_measure,
    design_table,
    effects_chart,
    effects_table,
    every_country,
    extent,
    not_ranked_everywhere,
    notes_of,
    settings_record,
)
from softpower.analysis.shared.charts import grid_of
from softpower.analysis.shared.formatting import titled
from softpower.analysis.shared.selection import refuse_row_unranked
from softpower.analysis.shared.study import Study, study
from softpower.analysis.shared.variation import Variation
from softpower.answer import Answer
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.sampling.sweep import HOPELESS
from softpower.errors import MethodError, UsageError
from softpower.index.units import find_unit
from softpower.methods.model import Floats
from softpower.methods.space import WeightSpace
from softpower.watch import Watch, unwatched


def sensitivity(
    run: Run,
    variation: Variation,
    question: SensitivityView | None = None,
    *,
    threads: int | None = None,
    watch: Watch = unwatched,
) -> Answer:
    """Return which of the things that vary matters most to the ranks.

    Where choices alone vary, every combination is computed and the effects are exact. Where
    weights or figures vary too, they are estimated from paired samples, with intervals.

    Parameters
    ----------
    run
        The run whose ranking is put to the test.
    variation
        What varies; at least two factors. ``draws`` bounds the rankings that are computed.
    question
        Of what the variance is shared out; by default the mean shift of ranks.
    threads
        How many threads share the work; the answer does not depend on it.
    watch
        Hands results on, so that progress can be shown. If it is interrupted, estimates are from
        the samples made so far, and say so.

    Raises
    ------
    UsageError
        If something named is not known, varies without effect, or varies alone.
    MethodError
        If a method refuses the figures under the run itself.
    """
    question = question or SensitivityView()
    _refuse_single_choice(variation)
    known = study(run, variation, watch, lambda ranking: _outcomes(ranking, question))
    outcomes = _outcomes(known.ranking, question)
    found = (
        _estimated(known, variation, question, outcomes, threads, watch)
        if variation.drawn
        else _exact(known, outcomes)
    )
    title = f"{titled(run)}: sensitivity{extent(found)}"
    named = [name for name in question.of if name != ALL]
    titles = [f"{title} of {describe_measure(known, row)}" for row in outcomes[: len(named)]]
    tables = [effects_table(found, question, at, each) for at, each in enumerate(titles)]
    if ALL in question.of:
        tables.append(every_country(found, outcomes, len(named)))
    tables.append(design_table(found, variation))
    unknown = not_ranked_everywhere(found, outcomes[: len(named)])
    return Answer(
        title=tables[0].title,
        tables=tuple(tables),
        charts=(
            *(
                effects_chart(found, at, each)
                for at, each in enumerate(titles)
                if not np.isnan(found.effects.total[:, at]).all()
            ),
            *(
                grid_of(each, "country", [f.name for f in found.factors], axis="Effect, %")
                for each in tables
                if each.name == "countries"
            ),
        ),
        notes=(*notes_of(found), *_of_people(variation), *unknown),
        provenance={**run.provenance(), "sensitivity": settings_record(found, variation, question)},
        complete=not (found.lost or unknown),
    )


def _of_people(variation: Variation) -> list[str]:
    how = variation.weights
    if not (isinstance(how, WeightSpace) and how.people):
        return []
    apart = "within different pillars they may be those of different people"
    told = f"Weights are those that a person of {how.people} stated, each person's as likely"
    return [f"{told}; {apart}."]


def _refuse_single_choice(variation: Variation) -> None:
    """Refuse one choice alone, before any of it is tried."""
    if len(variation.choices) == 1 and not variation.drawn:
        raise UsageError(
            "Effects are shared out among two or more factors.",
            mend='Add another choice (`vary="KEY=VALUE,VALUE"`), or weights '
            f'(`weights="{defaults.WEIGHTS}"`).',
        )


def _outcomes(ranking: Ranking, question: SensitivityView) -> list[int | None]:
    """Return the rows whose ranks are asked about; ``None`` stands for the mean shift."""
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    asked: list[int | None] = []
    for name in question.of:
        if name == ALL:
            continue
        if name == defaults.MEAN_SHIFT:
            asked.append(None)
            continue
        i = row[find_unit(ranking.units, name).id]
        refuse_row_unranked(ranking, i)
        asked.append(i)
    if ALL in question.of:
        asked += [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
    return asked


def _measure(known: Study, ranks: Floats, outcomes: Sequence[int | None]) -> Floats:
    """Return outcomes (points x outcomes) of ranks (points x units); NaN where there is none."""
    there = ~(np.isnan(ranks) | np.isnan(known.ranking.ranks))
    away = np.sum(np.abs(ranks - known.ranking.ranks), axis=1, where=there)
    count = there.sum(axis=1)
    shift = np.divide(away, count, out=np.full(len(ranks), np.nan), where=count > 0)
    columns = [shift if row is None else ranks[:, row] for row in outcomes]
    return np.column_stack(columns)


def _exact(known: Study, outcomes: Sequence[int | None]) -> SensitivityResults:
    if known.partial:
        raise KeyboardInterrupt
    row = {unit.id: i for i, unit in enumerate(known.ranking.units)}
    levels, ranks = [], []
    for combination, scored in zip(known.grid.cells, known.scored, strict=True):
        if not scored.refusal:
            levels.append(combination.levels)
            full = np.full(len(row), np.nan)
            full[[row[name] for name in scored.units]] = scored.ranks
            ranks.append(full)
    weights = np.array(known.sweep.weights, dtype=np.float64)
    effects = exact(np.array(levels), _measure(known, np.array(ranks), outcomes), weights)
    factors = [Factor(choice.key, ", ".join(choice.written())) for choice in known.grid.choices]
    seen = [set(column) for column in zip(*levels, strict=True)]
    only = [
        f"{choice.key}={choice.written()[level]}"
        for choice, (level, *others) in zip(known.grid.choices, seen, strict=True)
        if not others
    ]
    return SensitivityResults(
        known, factors, effects, True, len(levels), len(known.refused), only=only
    )


def _estimated(
    known: Study,
    variation: Variation,
    question: SensitivityView,
    outcomes: Sequence[int | None],
    threads: int | None,
    watch: Watch,
) -> SensitivityResults:
    design = SobolDesign(known, variation, split=question.split)
    if len(design.factors) < 2:
        several = len({pillar.id for pillar, _ in known.axes}) > 1
        split = " Or take `split` for the weights." if several else ""
        raise UsageError(
            "Effects are shared out among two or more factors.",
            mend=f'Add a choice: `vary="KEY=VALUE,VALUE"`.{split}',
        )
    sample = Sample(len([name for name in question.of if name != ALL]))
    partial = False
    total = design.rows * (2 + len(design.factors))
    blocks = design.blocks(lambda ranks: _measure(known, ranks, outcomes), threads)
    try:
        for block in watch(total, blocks):
            sample.add(block)
            _refuse_hopeless(sample, design)
    except KeyboardInterrupt:
        if not sample.draws:
            raise
        partial = True
    if sample.rows < 2:
        raise MethodError(f"No draw leads to a ranking. {design.field.refusal}".strip())
    level = question.confidence / 100
    ends = sample.intervals(level=level, resamples=RESAMPLES, seed=variation.seed)
    return SensitivityResults(
        known,
        design.factors,
        sample.effects(),
        False,
        sample.draws,
        sample.lost,
        partial,
        ends,
        sample.rows,
    )


def _refuse_hopeless(sample: Sample, design: SobolDesign) -> None:
    """Stop where none of the first rankings could be computed."""
    why = design.field.refusal
    if why and sample.draws >= HOPELESS and not sample.rows:
        raise MethodError(f"Each of the first {sample.draws:,} draws fails. {why}")
