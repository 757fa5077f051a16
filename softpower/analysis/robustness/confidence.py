"""Which ranks may each unit have, given the standard errors of its figures?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from softpower import defaults
from softpower.analysis.shared.confidence import Apart, rank_sets, refuse_level, told_apart
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.given import estimates_given
from softpower.analysis.shared.multinomial import counted, told_apart_exactly
from softpower.analysis.shared.propagation import Estimates, Propagation, estimates
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Column, Filled, Table, by_column
from softpower.charts import IntervalChart
from softpower.engine.run import Run
from softpower.methods.model import Floats, Mask
from softpower.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Where the errors of scores are from: those of figures, unless they are given."""

    propagation: Propagation = "auto"
    covariance: Path | None = None
    """The table of the standard errors or the covariance of scores."""
    respondents: int | None = None
    """Of so many people the scores are shares."""

    def record(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        if self.covariance is not None:
            return {"covariance": str(self.covariance)}
        if self.respondents is not None:
            return {"respondents": self.respondents}
        return {"propagation": self.propagation}


def confidence_sets(
    run: Run,
    selection: Selection,
    uncertainty: Uncertainty,
    *,
    confidence: float,
    first: int,
    draws: int | None,
    seed: int,
    watch: Watch = unwatched,
) -> Answer:
    """Return confidence sets for ranks, and who could be among the first.

    A marginal set holds the true rank of its unit with the given confidence, whatever that of
    others is; simultaneous sets hold all true ranks at once. Who could be among the first are
    those whose simultaneous set begins there.

    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518, and
    Bazylik, Mogstad, Romano, Shaikh & Wilhelm (2021), NBER Working Paper 29519, for shares.

    Parameters
    ----------
    run
        The run whose ranks are asked about.
    selection
        What is shown.
    uncertainty
        Where the errors of scores are from.
    confidence
        In percent.
    first
        The places that count as the top.
    draws
        How often scores, and figures where their errors are simulated, are drawn; 4,000 and 2,000
        times if it is not said.
    seed
        Where random numbers start.
    watch
        Hands on what is scored, so that progress can be shown.

    Raises
    ------
    UsageError
        If there are no errors, or a name is not known.
    InputError
        If the table of errors is none.
    MethodError
        If a method refuses the figures.
    """
    refuse_level(confidence)
    known, apart = _known(run, uncertainty, confidence, draws, seed, watch)
    selection.refuse_unranked(known.ranking)
    own, together = rank_sets(apart.marginal), rank_sets(apart.simultaneous)
    ranking, place = known.ranking, {row: k for k, row in enumerate(known.rows)}
    order = [i for i in ranking.order() if i in place]
    shown = [(i, place[i]) for i in selection.among(ranking.units, order)]
    title = f"{titled(run)}: confidence sets for ranks, {confidence:g} %"
    return Answer(
        title=title,
        tables=(_table(run, known, shown, (own, together), title, confidence, first),),
        charts=(_chart(known, shown, own, title, confidence),),
        notes=(
            *_notes(run, known, together[0] <= first, first),
            *selection.remarks(ranking.units, len(shown)),
        ),
        provenance={
            **run.provenance(),
            "confidence": {
                "percent": confidence,
                "first": first,
                "draws": draws or defaults.CONFIDENCE_DRAWS,
                "seed": seed,
                **uncertainty.record(),
                "errors": known.how,
            },
        },
    )


def _known(
    run: Run,
    uncertainty: Uncertainty,
    confidence: float,
    draws: int | None,
    seed: int,
    watch: Watch,
) -> tuple[Estimates, Apart]:
    """Return scores with their errors, and who can be told apart."""
    if uncertainty.respondents is not None:
        counts, known = counted(run, uncertainty.respondents)
        return known, told_apart_exactly(counts, confidence, known.ranking.sense)
    if uncertainty.covariance is not None:
        known = estimates_given(run, uncertainty.covariance)
    else:
        how, many = uncertainty.propagation, draws or defaults.RESCORED
        known = estimates(run, how, draws=many, seed=seed, watch=watch)
    return known, told_apart(known, confidence, draws or defaults.CONFIDENCE_DRAWS, seed)


def _table(
    run: Run,
    known: Estimates,
    shown: Sequence[tuple[int, int]],
    sets: tuple[tuple[Floats, Floats], tuple[Floats, Floats]],
    title: str,
    confidence: float,
    first: int,
) -> Table:
    """Return the marginal and the simultaneous set of each unit, beside its score and its error."""
    ranking, (own, together) = known.ranking, sets
    rows, at = [i for i, _ in shown], [k for _, k in shown]
    digits = score_digits(run, ranking.scores)
    columns: list[Filled] = [
        (
            Column("rank", "Rank", rank_kind(ranking.ranks)),
            [rank_cell(ranking.ranks[i]) for i in rows],
        ),
        (unit_column(run), [ranking.units[i].name for i in rows]),
        (code_column(), [ranking.units[i].id for i in rows]),
        (Column("score", "Score", "number", digits), [cell(ranking.scores[i]) for i in rows]),
        (Column("error", "Error", "number", digits), [cell(known.errors[k]) for k in at]),
    ]
    if known.beside is not None:
        other = "By draws" if known.how == "delta" else "By delta"
        errors = [cell(known.beside[k]) for k in at]
        columns.append((Column("other_error", other, "number", digits), errors))
    columns += [
        (Column(key, head, "integer"), [int(ends[k]) for k in at])
        for key, head, ends in (
            ("low", "From", own[0]),
            ("high", "To", own[1]),
            ("all_low", "All from", together[0]),
            ("all_high", "All to", together[1]),
        )
    ]
    among = ["yes" if together[0][k] <= first else "no" for k in at]
    columns.append((Column("first", f"Top {first}?"), among))
    note = (
        f"From and to hold the true rank of one with {confidence:g} % confidence, all from and all "
        f"to those of all at once. Top {first}?: could it be among the first {first}?"
    )
    return by_column("confidence", title, columns, (note,))


def _notes(run: Run, known: Estimates, among: Mask, first: int) -> list[str]:
    """Return who could be among the first, and what the errors rest on."""
    units, nouns = known.ranking.units, unit_noun(run, plural=True)
    place = {row: k for k, row in enumerate(known.rows)}
    who = [units[i].name for i in known.ranking.order() if i in place and among[place[i]]]
    said = f"{len(who)} of {len(known.rows)} {nouns} could be among the first {first}"
    notes = [f"{said}: {enumerated(who, 12)}.", *known.notes]
    if known.exact:
        notes.append(
            f"The scores of {known.exact} of {len(known.rows)} {nouns} have no error, and count as "
            "exact."
        )
    return notes


def _chart(
    known: Estimates,
    shown: list[tuple[int, int]],
    own: tuple[Floats, Floats],
    title: str,
    confidence: float,
) -> IntervalChart:
    ranks = known.ranking.ranks
    places = tuple(float(ranks[i]) for i, _ in shown)
    low, high = (np.asarray(ends, float)[[k for _, k in shown]] for ends in own)
    return IntervalChart(
        "confidence",
        title,
        tuple(known.ranking.units[i].name for i, _ in shown),
        tuple(low.tolist()),
        tuple(((low + high) / 2).tolist()),
        tuple(high.tolist()),
        places,
        (f"{confidence:g} % set", "middle", "rank"),
        "Rank",
    )
