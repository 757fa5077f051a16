"""Which choice matters: shares of the variance of ranks, exact or estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softpower.analysis.robustness.study import Study, Variation, Watch, study, unwatched
from softpower.analysis.robustness.words import varied
from softpower.analysis.sensitivity.design import Design, Factor, Sampled, joined
from softpower.analysis.sensitivity.effects import Effects, estimated, exact, intervals
from softpower.analysis.wording import cell, place, rank_kind, titled, unit_noun
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import find_unit
from softpower.methods.model import Floats

MEAN_SHIFT = "mean shift"
"""The mean number of places between the ranks and those of the run itself."""
ALL = "all"
"""Every country in one table."""
RESAMPLES = 999


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the factors."""

    of: Sequence[str] = (MEAN_SHIFT,)
    """``mean shift``, names of countries, or ``all`` for a table of all countries."""
    split: bool = False
    """Whether the weights within each pillar are a factor of their own."""
    confidence: float = 95.0
    """How many percent of bootstrap samples an interval of an estimate holds."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The effects of all factors on all outcomes, and how they were found."""

    study: Study
    factors: Sequence[Factor]
    effects: Effects
    exact: bool
    made: int
    lost: int
    partial: bool = False
    ends: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    """Intervals of first-order and total effects (2 x factors), by outcome."""
    rows: int = 0


def sensitivity(
    run: Run,
    variation: Variation,
    question: Question | None = None,
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
    question = question or Question()
    known = study(run, variation, watch)
    outcomes = _outcomes(known, question)
    sampled = variation.weights is not None or variation.disturbed
    found = (
        _estimated(known, variation, question, outcomes, threads, watch)
        if sampled
        else _exact(known, outcomes)
    )
    title = f"{titled(run)}: sensitivity{' (partial)' if found.partial else ''}"
    named = [name for name in question.of if name != ALL]
    tables = [
        _effects_table(found, question, at, f"{title} of {_what(known, row)}")
        for at, row in enumerate(outcomes[: len(named)])
    ]
    if ALL in question.of:
        tables.append(_every(found, outcomes, len(named)))
    tables.append(_design(found, variation))
    account = _account(found, variation, question)
    return Answer(
        title=tables[0].title,
        tables=tuple(tables),
        notes=tuple(_notes(found, outcomes, len(named))),
        provenance={**run.provenance(), "sensitivity": account},
    )


def _outcomes(known: Study, question: Question) -> list[int | None]:
    """Return the rows whose ranks are asked about; ``None`` stands for the mean shift."""
    ranking = known.ranking
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    asked: list[int | None] = []
    for name in question.of:
        if name == ALL:
            continue
        if name == MEAN_SHIFT:
            asked.append(None)
            continue
        i = row[find_unit(ranking.units, name).id]
        if np.isnan(ranking.ranks[i]):
            raise UsageError(f"{ranking.units[i].name} is not ranked.", mend="Name another.")
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


def _exact(known: Study, outcomes: Sequence[int | None]) -> _Found:
    if known.partial:
        raise KeyboardInterrupt
    choices = known.crossed.choices
    if len(choices) < 2:
        raise UsageError(
            "Effects are shared out among two or more factors.",
            mend="Add another choice (--vary KEY=VALUE,VALUE), or weights (--weights bounds:25).",
        )
    row = {unit.id: i for i, unit in enumerate(known.ranking.units)}
    levels, ranks = [], []
    for combination, scored in zip(known.crossed.cells, known.scored, strict=True):
        if not scored.refusal:
            levels.append(combination.levels)
            full = np.full(len(row), np.nan)
            full[[row[name] for name in scored.units]] = scored.ranks
            ranks.append(full)
    effects = exact(np.array(levels), _measure(known, np.array(ranks), outcomes))
    factors = [Factor(choice.key, ", ".join(choice.values)) for choice in choices]
    return _Found(known, factors, effects, True, len(levels), len(known.refused))


def _estimated(
    known: Study,
    variation: Variation,
    question: Question,
    outcomes: Sequence[int | None],
    threads: int | None,
    watch: Watch,
) -> _Found:
    design = Design(known, variation, split=question.split)
    if len(design.factors) < 2:
        raise UsageError(
            "Effects are shared out among two or more factors.",
            mend="Add a choice (--vary KEY=VALUE,VALUE), or take --split for the weights.",
        )
    parts: list[Sampled] = []
    partial = False
    total = design.rows * (2 + len(design.factors))
    blocks = design.blocks(lambda ranks: _measure(known, ranks, outcomes), threads)
    try:
        for block in watch(total, blocks):
            parts.append(block)  # noqa: PERF402  what there is by then counts
    except KeyboardInterrupt:
        if not parts:
            raise
        partial = True
    sample = joined(parts)
    failed = np.isnan(sample.one) | np.isnan(sample.other) | np.isnan(sample.mixed).any(axis=0)
    kept = ~failed.all(axis=1)
    if kept.sum() < 2:
        raise UsageError("No draw leads to a ranking.")
    one, other, mixed = sample.one[kept], sample.other[kept], sample.mixed[:, kept]
    ends = {
        column: intervals(
            one[:, column],
            other[:, column],
            mixed[..., column],
            level=question.confidence / 100,
            resamples=RESAMPLES,
            seed=variation.seed,
        )
        for column in range(len([name for name in question.of if name != ALL]))
    }
    lost = int(np.count_nonzero(~kept)) * (2 + len(design.factors))
    effects = estimated(one, other, mixed)
    return _Found(
        known, design.factors, effects, False, sample.draws, lost, partial, ends, len(one)
    )


def _what(known: Study, row: int | None) -> str:
    return "the mean shift of ranks" if row is None else f"the rank of {_name(known, row)}"


def _name(known: Study, row: int) -> str:
    return known.ranking.units[row].name


def _effects_table(found: _Found, question: Question, at: int, title: str) -> Table:
    effects = found.effects
    columns = [Column("factor", "Factor"), Column("values", "Values")]
    columns += _columns("first", "First-order", found, question)
    columns += _columns("total", "Total", found, question)
    if found.exact:
        columns.append(Column("shapley", "Shapley", "percent"))
    columns.append(Column("interactions", "Interactions", "percent", detail=True))
    rows: list[tuple[Cell, ...]] = []
    for i, factor in enumerate(found.factors):
        first, total = effects.first[i, at], effects.total[i, at]
        parts: list[Cell] = [factor.name, factor.values]
        for which, value in enumerate((first, total)):
            parts.append(cell(value))
            if not found.exact:
                low, high = found.ends[at][which][:, i]
                within = " to ".join(f"{np.round(100 * end) + 0.0:.0f}" for end in (low, high))
                parts += [None if np.isnan(low) else f"{within} %", cell(low), cell(high)]
        if found.exact:
            fair = effects.shapley
            parts.append(None if fair is None else cell(fair[i, at]))
        rows.append((*parts, cell(total - first)))
    order = np.argsort(-np.nan_to_num(effects.total[:, at]), kind="stable")
    name = "effects" if at == 0 else f"effects-{at + 1}"
    return Table(name, title, tuple(columns), tuple(rows[i] for i in order), (_sum(found, at),))


def _columns(key: str, title: str, found: _Found, question: Question) -> list[Column]:
    """Return the column of an effect, and those of its interval where it is an estimate."""
    column = Column(key, title, "percent")
    if found.exact:
        return [column]
    return [
        column,
        Column(f"{key}_interval", f"{question.confidence:g} %"),
        Column(f"{key}_low", "From", "percent", detail=True),
        Column(f"{key}_high", "To", "percent", detail=True),
    ]


def _sum(found: _Found, at: int) -> str:
    """Return what the single factors account for, and how much varies at all."""
    variance = found.effects.variance
    assert variance is not None  # noqa: S101
    if variance[at] == 0:
        return "It never varies, so that there is nothing to share out."
    alone = float(found.effects.first[:, at].sum())
    spread = float(np.sqrt(variance[at]))
    rest = ", interactions for the rest" if alone < 1 else ""
    return (
        f"Factors by themselves account for {100 * alone:.1f} % of the variance{rest}. "
        f"Standard deviation: {spread:.3g} places."
    )


def _every(found: _Found, outcomes: Sequence[int | None], start: int) -> Table:
    """Return the share of every factor in the variance of every country's rank."""
    ranking, effects = found.study.ranking, found.effects
    shares = effects.shapley if found.exact and effects.shapley is not None else effects.total
    assert effects.variance is not None  # noqa: S101
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        Column("country", unit_noun(found.study.run).capitalize()),
        Column("sd", "Std. dev.", "number", 2),
        Column("most", "Matters most", whole=True),
        *(Column(factor.name, factor.name, "percent", 0) for factor in found.factors),
    )
    rows: list[tuple[Cell, ...]] = []
    for at in range(start, len(outcomes)):
        row = outcomes[at]
        assert row is not None  # noqa: S101
        varies = bool(effects.variance[at] > 0)
        most = found.factors[int(np.argmax(shares[:, at]))].name if varies else None
        spread = cell(np.sqrt(effects.variance[at]))
        each = [cell(share) for share in shares[:, at]]
        rows.append((place(ranking.ranks[row]), _name(found.study, row), spread, most, *each))
    kind = "Shapley" if shares is effects.shapley else "Total"
    title = f"{kind} effects on the rank of each {unit_noun(found.study.run)}"
    return Table("countries", title, columns, tuple(rows))


def _design(found: _Found, variation: Variation) -> Table:
    if found.exact:
        made = f"{found.made:,} combinations, all of them: the effects are exact"
        if found.lost:
            made = f"{found.made:,} combinations of {found.made + found.lost:,}"
    else:
        made = f"{found.made:,} rankings at {found.rows:,} rows of paired Sobol samples"
    items: list[tuple[str, Cell]] = [
        ("Varied", varied(found.study, variation)),
        ("Computed", made),
        ("Failed", f"{found.lost:,}" if found.lost and not found.exact else None),
        ("Seed", None if found.exact else variation.seed),
        ("First-order", "what a factor accounts for by itself"),
        ("Total", "what it accounts for with all its interactions"),
        ("Shapley", "its fair share of the whole" if found.exact else None),
    ]
    return facts("design", "What was varied", items)


def _notes(found: _Found, outcomes: Sequence[int | None], named: int) -> list[str]:
    notes = []
    if found.partial:
        notes.append("Interrupted: estimates are from the samples made so far.")
    if found.exact and found.lost:
        notes += [f"No ranking with {text}" for text in found.study.refused[:3]]
        notes.append(
            f"{found.lost:,} of the combinations lead to no ranking. The others count alike, so "
            "that choices depend on one another: read the Shapley effects."
        )
    elif found.lost:
        notes.append(f"{found.lost:,} rankings could not be computed, or belong to such rows.")
    unranked = [
        _name(found.study, row)
        for at, row in enumerate(outcomes[:named])
        if row is not None
        and np.isnan(found.effects.first[:, at]).all()
        and found.effects.variance is not None
        and np.isnan(found.effects.variance[at])
    ]
    notes += [f"{name} is not ranked everywhere: its effects are not known." for name in unranked]
    return notes


def _account(found: _Found, variation: Variation, question: Question) -> dict[str, Any]:
    account: dict[str, Any] = {
        "choices": {c.key: list(c.values) for c in found.study.crossed.choices},
        "of": list(question.of),
        "exact": found.exact,
        "computed": found.made,
    }
    if not found.exact:
        account |= {
            "weights": variation.weights and variation.weights.model_dump(mode="json"),
            "rows": found.rows,
            "failed": found.lost,
            "seed": variation.seed,
            "confidence": question.confidence,
            "resamples": RESAMPLES,
        }
    if found.partial:
        account["partial"] = True
    return account
