"""Effects as tables, and what was varied to find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softpower import defaults
from softpower.analysis.sensitivity.design import Factor
from softpower.analysis.sensitivity.effects import MOST_FACTORS, Effects
from softpower.analysis.shared.draws import varied, weights_of_levels, without_ranking
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    rank_cell,
    rank_kind,
    scope,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.study import Study
from softpower.analysis.shared.variation import Variation
from softpower.answer import Cell, Column, Table, facts
from softpower.charts import BarChart
from softpower.errors import UsageError
from softpower.methods.model import Floats

ALL = "all"
"""Every country in one table."""
RESAMPLES = 999
"""How often rows are drawn anew for an interval."""


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """What is asked of the factors."""

    of: Sequence[str] = (defaults.MEAN_SHIFT,)
    """``mean shift``, names of countries, or ``all`` for a table of all countries."""
    split: bool = False
    """Whether the weights within each pillar are a factor of their own."""
    confidence: float = defaults.CONFIDENCE
    """How many percent of bootstrap samples an interval of an estimate holds."""

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 100:
            raise UsageError(
                f"{self.confidence:g} % is no level of an interval.",
                mend="Take a number between 0 and 100, such as 95.",
            )


@dataclass(frozen=True, slots=True, eq=False)
class SensitivityResults:
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
    only: Sequence[str] = ()
    """The value of each factor of which no other leads to a ranking."""


def effects_chart(found: SensitivityResults, at: int, title: str) -> BarChart:
    """Return the total effects of every factor on one outcome as bars."""
    total = found.effects.total[:, at]
    order = [i for i in np.argsort(-total, kind="stable") if not np.isnan(total[i])]
    return BarChart(
        name="effects" if at == 0 else f"effects-{at + 1}",
        title=title,
        labels=tuple(found.factors[i].name for i in order),
        values=tuple(100 * float(total[i]) for i in order),
        axis="Total effect, % of the variance",
    )


def describe_measure(known: Study, row: int | None) -> str:
    """Return what varies in an outcome, as a phrase."""
    return "the mean shift of ranks" if row is None else f"the rank of {_name(known, row)}"


def _name(known: Study, row: int) -> str:
    return known.ranking.units[row].name


def effects_table(
    found: SensitivityResults, question: SensitivityView, at: int, title: str
) -> Table:
    """Return the effects of every factor on one outcome."""
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
                ends = (f"{np.round(100 * end) + 0.0:.0f}" for end in (low, high))
                within = " to ".join(ends).replace("-", "−")
                parts += [None if np.isnan(low) else f"{within} %", cell(low), cell(high)]
        if found.exact:
            fair = effects.shapley
            parts.append(None if fair is None else cell(fair[i, at]))
        rows.append((*parts, cell(total - first)))
    order = np.argsort(-np.nan_to_num(effects.total[:, at]), kind="stable")
    name = "effects" if at == 0 else f"effects-{at + 1}"
    return Table(name, title, tuple(columns), tuple(rows[i] for i in order), (_sum(found, at),))


def _columns(
    key: str, title: str, found: SensitivityResults, question: SensitivityView
) -> list[Column]:
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


def _sum(found: SensitivityResults, at: int) -> str:
    """Return what the single factors account for, and how much varies at all."""
    variance = found.effects.variance
    if variance[at] == 0:
        return "It never varies, so that there is nothing to share out."
    alone = float(np.nansum(found.effects.first[:, at]))
    spread = float(np.sqrt(variance[at]))
    rest = ", interactions for the rest" if alone < 1 else ""
    return (
        f"Factors by themselves account for {100 * alone:.1f} % of the variance{rest}. "
        f"Standard deviation: {spread:.3g} places."
    )


def every_country(found: SensitivityResults, outcomes: Sequence[int | None], start: int) -> Table:
    """Return the share of every factor in the variance of every country's rank."""
    ranking, effects = found.study.ranking, found.effects
    shares = effects.shapley if found.exact and effects.shapley is not None else effects.total
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(found.study.run),
        code_column(),
        Column("sd", "Std. dev.", "number", 2),
        Column("most", "Matters most", whole=True),
        *(Column(factor.name, factor.name, "percent", 0) for factor in found.factors),
    )
    rows: list[tuple[Cell, ...]] = []
    for at in range(start, len(outcomes)):
        row = outcomes[at]
        assert row is not None  # noqa: S101
        varies = bool(effects.variance[at] > 0)
        most = found.factors[int(np.nanargmax(shares[:, at]))].name if varies else None
        spread = cell(np.sqrt(effects.variance[at]))
        each = [cell(share) for share in shares[:, at]]
        who = (rank_cell(ranking.ranks[row]), _name(found.study, row), ranking.units[row].id)
        rows.append((*who, spread, most, *each))
    kind = "Shapley" if shares is effects.shapley else "Total"
    title = f"{kind} effects on the rank of each {unit_noun(found.study.run)}"
    return Table("countries", title, columns, tuple(rows))


def design_table(found: SensitivityResults, variation: Variation) -> Table:
    """Return what was varied, and how the effects were found."""
    if found.exact:
        made = f"{found.made:,} combinations, all of them: the effects are exact"
        if found.lost:
            made = f"{found.made:,} combinations of {found.made + found.lost:,}"
    else:
        most = f" of at most {variation.draws:,}" if found.made < variation.draws else ""
        made = f"{found.made:,} rankings{most}, at {found.rows:,} rows of paired Sobol samples"
    items: list[tuple[str, Cell]] = [
        ("Varied", varied(found.study, variation)),
        ("Computed", made),
        ("Failed", f"{found.lost:,}" if found.lost and not found.exact else None),
        ("Seed", None if found.exact else variation.seed),
        ("First-order", "what a factor accounts for by itself"),
        ("Total", "what it accounts for with all its interactions"),
        ("Shapley", _shapley(found)),
    ]
    return facts("design", "What was varied", items)


def _shapley(found: SensitivityResults) -> str | None:
    if not found.exact:
        return None
    if found.effects.shapley is None:
        return f"not computed for more than {MOST_FACTORS} factors"
    return "its fair share of the whole"


def extent(found: SensitivityResults) -> str:
    """Return how much of what was asked for there is, to stand behind a title."""
    asked = found.made + found.lost if found.exact else found.made
    noun = "combinations" if found.exact else "rankings"
    return f"{scope(asked - found.lost, asked, noun)}{' (partial)' if found.partial else ''}"


def notes_of(found: SensitivityResults) -> list[str]:
    """Return what a reader must know of these effects."""
    notes = list(found.study.coinciding)
    if found.partial:
        notes.append("Interrupted: estimates are from the samples made so far.")
    if found.exact and found.lost:
        notes += without_ranking(found.study)
        notes.append(
            f"{found.lost:,} of the combinations lead to no ranking. The others alone count, so "
            "that choices depend on one another: read the Shapley effects."
        )
        notes += [
            f"Only {each} was computed: what this choice accounts for is not known."
            for each in found.only
        ]
    elif found.lost:
        notes.append(f"{found.lost:,} rankings could not be computed, or belong to such rows.")
    return notes


def not_ranked_everywhere(found: SensitivityResults, outcomes: Sequence[int | None]) -> list[str]:
    """Return of whom nothing can be said, as a sentence each."""
    unranked = [
        _name(found.study, row)
        for at, row in enumerate(outcomes)
        if row is not None
        and np.isnan(found.effects.first[:, at]).all()
        and np.isnan(found.effects.variance[at])
    ]
    return [f"{name} is not ranked everywhere: its effects are not known." for name in unranked]


def settings_record(
    found: SensitivityResults, variation: Variation, question: SensitivityView
) -> dict[str, Any]:
    """Return what was varied as plain JSON values."""
    record: dict[str, Any] = {
        "choices": {c.key: list(c.values) for c in found.study.grid.choices},
        "of": list(question.of),
        "exact": found.exact,
        "computed": found.made,
        **weights_of_levels(found.study),
    }
    if not found.exact:
        record |= {
            "weights": variation.weights and variation.weights.model_dump(mode="json"),
            "rows": found.rows,
            "failed": found.lost,
            "seed": variation.seed,
            "confidence": question.confidence,
            "resamples": RESAMPLES,
        }
    if found.partial:
        record["partial"] = True
    return record
