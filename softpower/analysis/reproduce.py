"""Does the published result come out again?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.wording import cell, place, unit_noun
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.published import Published
from softpower.methods.model import Floats, Mask

ROUNDING = 1e-9
"""Relative room for the last bit of the arithmetic, on top of the tolerance."""


def reproduce(run: Run, worst: int = 10) -> Answer:
    """Return how closely the computed scores and ranks agree with the published ones.

    Parameters
    ----------
    run
        The run to hold against the published result of its index.
    worst
        How many rows to show, those that differ most first.

    Raises
    ------
    UsageError
        If there is nothing published, or nothing to compute from.
    """
    published = run.index.published
    if published is None:
        raise UsageError(
            f"{run.index.id} has no published result to reproduce.",
            mend="Add published.csv to its folder.",
        )
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} cannot be recomputed. {published.note}".strip(),
            mend=f"Its published result: softpower score {run.index.id}",
        )
    ranking = run.score()
    held = _Held(run, ranking, published)
    table = held.table(worst, published.decimals)
    return Answer(
        title=f"{run.index.title}: recomputed against published",
        tables=(held.facts(run), table),
        notes=(published.note,) if published.note else (),
        provenance=run.provenance(),
        holds=held.agrees(),
    )


class _Held:
    """Computed and published results side by side, one row per published unit."""

    def __init__(self, run: Run, ranking: Ranking, published: Published) -> None:
        self.noun = unit_noun(run).capitalize()
        row = {unit.id: i for i, unit in enumerate(ranking.units)}
        at = [row.get(unit.id, -1) for unit in published.units]
        self.published = published
        self.units = published.units
        self.scores = _taken(ranking.scores, at)
        self.ranks = _taken(ranking.ranks, at)
        self.pillars = {
            name: _taken(ranking.pillars[name], at)
            for name in published.pillars
            if name in ranking.pillars
        }
        self.residuals = self.scores - published.scores
        self.compared = ~np.isnan(published.scores)
        self.off = _off(self.scores, published.scores, published.tolerance)
        self.ranks_off = _off(self.ranks, published.ranks, 0.0)
        scored = {
            u.id for u, s in zip(self.units, published.scores, strict=True) if not np.isnan(s)
        }
        self.unpublished = [
            unit.name
            for unit, value in zip(ranking.units, ranking.scores, strict=True)
            if not np.isnan(value) and unit.id not in scored
        ]

    def agrees(self) -> bool:
        """Say whether every published score and rank comes out again."""
        return not self.off.any() and not self.ranks_off.any()

    def facts(self, run: Run) -> Table:
        published, compared = self.published, int(self.compared.sum())
        with_rank = int(np.count_nonzero(~np.isnan(published.ranks)))
        items: list[tuple[str, Cell]] = [
            ("Run", run.name),
            ("Published scores compared", compared),
            (
                "Printed with",
                "full precision"
                if published.decimals is None
                else f"{published.decimals} decimals",
            ),
            ("Counts as agreement", f"a difference of up to {published.tolerance:g}"),
            ("Scores that agree", f"{compared - int(self.off.sum())} of {compared}"),
            ("Ranks that agree", f"{with_rank - int(self.ranks_off.sum())} of {with_rank}"),
            ("Largest difference", self._largest()),
        ]
        for name, values in self.pillars.items():
            gaps = np.abs(values - published.pillars[name])
            if not np.isnan(gaps).all():
                unit = self.units[int(np.nanargmax(gaps))].name
                text = f"{np.nanmax(gaps):.4g} ({unit})"
                items.append((f"Largest difference in {name}", text))
        if self.unpublished:
            items.append(("Scored, but not published", ", ".join(self.unpublished)))
        items.append(("Verdict", "reproduced" if self.agrees() else "differs beyond rounding"))
        return facts("summary", f"{run.index.title}: recomputed against published", items)

    def _largest(self) -> str:
        gaps = np.abs(self.residuals)
        if np.isnan(gaps).all():
            return "none to compare"
        return f"{np.nanmax(gaps):.4g} ({self.units[int(np.nanargmax(gaps))].name})"

    def table(self, worst: int, decimals: int | None) -> Table:
        """Return the rows that differ most: in rank first if any rank differs, then in score."""
        gap = np.where(np.isnan(self.residuals), 0.0, np.abs(self.residuals))
        shift = np.abs(self.ranks - self.published.ranks)
        shift = np.where(np.isnan(shift), 0.0, shift)
        lost = self.off & np.isnan(self.scores)
        order = np.lexsort((-gap, -shift, ~lost))[:worst]
        digits = 4 if decimals is None else decimals + 2
        columns = (
            Column("id", "Code"),
            Column("country", self.noun),
            Column("computed", "Computed", "number", digits),
            Column("published", "Published", "number", 4 if decimals is None else decimals),
            Column("difference", "Difference", "change", digits),
            Column("rank", "Rank", "integer"),
            Column("published_rank", "Published rank", "integer"),
        )
        rows = tuple(
            (
                self.units[i].id,
                self.units[i].name,
                cell(self.scores[i]),
                cell(self.published.scores[i]),
                cell(self.residuals[i]),
                place(self.ranks[i]),
                place(self.published.ranks[i]),
            )
            for i in order
        )
        return Table("rows", "The rows that differ most", columns, rows)


def _taken(values: Floats, at: list[int]) -> Floats:
    return np.array([values[i] if i >= 0 else np.nan for i in at])


def _off(computed: Floats, published: Floats, tolerance: float) -> Mask:
    """Return where a published figure does not come out again."""
    room = tolerance + ROUNDING * np.maximum(1.0, np.abs(published))
    there = ~np.isnan(published)
    off = there & ~(np.abs(computed - published) <= room)
    return np.asarray(off)
