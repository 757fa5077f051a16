"""Which ranks may each unit have, given the standard errors of its figures?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.shared.confidence import (
    OF_ERRORS,
    Estimates,
    estimates,
    rank_sets,
    told_apart,
)
from softpower.analysis.shared.formatting import (
    cell,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.answer import Answer, Cell, Column, IntervalChart, Table
from softpower.engine.run import Run
from softpower.methods.model import Floats, Mask


def confidence_sets(
    run: Run,
    selection: Selection,
    *,
    confidence: float,
    first: int,
    draws: int,
    seed: int,
    watch: Watch = unwatched,
) -> Answer:
    """Return confidence sets for ranks, and who could be among the first.

    A marginal set holds the true rank of its unit with the given confidence, whatever that of
    others is; simultaneous sets hold all true ranks at once. Who could be among the first are
    those whose simultaneous set begins there.

    Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518.

    Raises
    ------
    UsageError
        If no figure has a standard error, or a name is not known.
    MethodError
        If a method refuses the figures.
    """
    known = estimates(run, watch)
    selection.refuse_unranked(known.ranking)
    apart = told_apart(known, confidence, draws, seed)
    own, together = rank_sets(apart.marginal), rank_sets(apart.simultaneous)
    ranking, place = known.ranking, {row: k for k, row in enumerate(known.rows)}
    order = [i for i in ranking.order() if i in place]
    shown = [(i, place[i]) for i in selection.among(ranking.units, order)]
    title = f"{titled(run)}: confidence sets for ranks, {confidence:g} %"
    digits = score_digits(run, ranking.scores)
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(run),
        Column("id", "Code", whole=True, detail=True),
        Column("score", "Score", "number", digits),
        Column("error", "Error", "number", digits),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
        Column("all_low", "All from", "integer"),
        Column("all_high", "All to", "integer"),
        Column("first", f"Top {first}?"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            rank_cell(ranking.ranks[i]),
            ranking.units[i].name,
            ranking.units[i].id,
            cell(ranking.scores[i]),
            cell(known.errors[k]),
            *(int(ends[k]) for ends in (*own, *together)),
            "yes" if together[0][k] <= first else "no",
        )
        for i, k in shown
    ]
    note = (
        f"From and to hold the true rank of one with {confidence:g} % confidence, all from and all "
        f"to those of all at once. Top {first}?: could it be among the first {first}?"
    )
    return Answer(
        title=title,
        tables=(Table("confidence", title, columns, tuple(rows), (note,)),),
        charts=(_chart(known, shown, own, title, confidence),),
        notes=(
            *_notes(run, known, together[0] <= first, first),
            *selection.remarks(ranking.units),
        ),
        provenance={
            **run.provenance(),
            "confidence": {"percent": confidence, "first": first, "draws": draws, "seed": seed},
        },
    )


def _notes(run: Run, known: Estimates, among: Mask, first: int) -> list[str]:
    """Return who could be among the first, and what the errors rest on."""
    units, nouns = known.ranking.units, unit_noun(run, plural=True)
    place = {row: k for k, row in enumerate(known.rows)}
    who = [units[i].name for i in known.ranking.order() if i in place and among[place[i]]]
    said = f"{len(who)} of {len(known.rows)} {nouns} could be among the first {first}"
    notes = [f"{said}: {enumerated(who, 12)}.", OF_ERRORS]
    if known.exact:
        notes.append(
            f"{known.exact} of {len(known.rows)} {nouns} have no figure with a standard error, and "
            "count as exact."
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
