"""The section of a report that has a page for each country: where it stands, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from softpower.analysis.explain.country import explain_each
from softpower.answer import Answer, Cell, Column, Table
from softpower.api.comparison import compare
from softpower.api.reporting.subject import Subject, said
from softpower.document import Exhibit, Section
from softpower.errors import SoftpowerError

LEFT_OUT = ("Run", "Rank", "Score", "Country", "Unit", "Published score", "Published rank")
"""Facts that the heading and the first sentence of a page have said."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The ranks that other answers of a report give each unit, by what they vary."""

    drawn: Mapping[str, tuple[Cell, Cell]]
    variants: Mapping[str, tuple[Cell, Cell]]
    yardsticks: Mapping[str, Mapping[str, Cell]]

    @classmethod
    def of(cls, subject: Subject) -> Elsewhere:
        """Return what a report knows of ranks under other choices."""
        variants = None if subject.costly else subject.variants
        return cls(
            _drawn(subject),
            _spans(variants, "best", "worst") if variants is not None else {},
            {
                run.index.title: _ranks(compare(subject.run, run, keep_ranks=True))
                for run in subject.yardsticks
            },
        )

    def table(self, code: str) -> Table:
        """Return the ranks of a unit under other choices."""
        rows: list[tuple[Cell, ...]] = []
        if code in self.drawn:
            rows.append(("Other weights, 90 % of the draws", *self.drawn[code]))
        if code in self.variants:
            rows.append(("Variants of the methodology", *self.variants[code]))
        rows += [
            (title, ranks[code], ranks[code])
            for title, ranks in self.yardsticks.items()
            if ranks.get(code) is not None
        ]
        columns = (
            Column("under", "Ranks under"),
            Column("best", "Best", "integer"),
            Column("worst", "Worst", "integer"),
        )
        return Table("elsewhere", "How sure the rank is", columns, tuple(rows))


def countries(subject: Subject) -> Section:
    """Return a page for each unit, best first."""
    ranking = subject.run.score()
    shown = [str(row["id"]) for row in subject.ranking.tables[0].records()]
    rows = {unit.id: row for row, unit in enumerate(ranking.units)}
    elsewhere = Elsewhere.of(subject)
    answers = explain_each(subject.run, [rows[code] for code in shown])
    pages = tuple(
        replace(page(subject, answer, code, elsewhere), printed=at < subject.first)
        for at, (code, answer) in enumerate(zip(shown, answers, strict=True))
    )
    cut = subject.first < len(pages)
    on_paper = f" Paper has the first {subject.first}; `top` prints more." if cut else ""
    return Section(
        "countries" if subject.noun == "country" else "units",
        f"{subject.nouns.capitalize()} one by one",
        f"A page for each of {len(pages)} {subject.nouns}: where its score comes from, what it is "
        f"strong and weak at, and how sure its rank is.{on_paper}",
        sections=pages,
    )


def page(subject: Subject, answer: Answer, code: str, elsewhere: Elsewhere) -> Section:
    """Return the page of a unit, of what explains its score."""
    tables = {table.name: table for table in answer.tables}
    facts = {str(row["fact"]): row["value"] for row in tables["facts"].records()}
    kept = [row for row in tables["facts"].rows if row[0] not in LEFT_OUT]
    name = answer.title.partition(f" in {subject.title}")[0]
    shown = [
        _brief(tables.get("pillars"), ("pillar", "value", "weight", "points", "rank"), bar="value"),
        elsewhere.table(code),
        _brief(tables.get("strengths"), ("title", "rank", "of"), title="Strengths"),
        _brief(tables.get("weaknesses"), ("title", "rank", "of"), title="Weaknesses"),
        _brief(tables.get("neighbours"), ("rank", "country", "score", "gap")),
        replace(tables["facts"], title="What is known", rows=tuple(kept)),
    ]
    rank = facts.get("Rank", "")
    return Section(
        f"country-{code}",
        f"{rank} {name}" if isinstance(rank, int | float) else f"– {name}",
        standing(answer),
        tuple(Exhibit(table) for table in shown if table is not None and table.rows),
        folded=True,
    )


def standing(answer: Answer) -> str:
    """Return who stands just above and just below a unit, and how far away."""
    title = f"{answer.title}."
    table = next((table for table in answer.tables if table.name == "neighbours"), None)
    rows = table.records() if table is not None else []
    own = next((at for at, row in enumerate(rows) if row["gap"] is None), None)
    if table is None or own is None:
        return title
    near = []
    if own > 0:
        gap = said(table, "gap", abs(_number(rows[own - 1]["gap"])))
        near.append(f"{gap} behind {rows[own - 1]['country']}")
    if own + 1 < len(rows):
        gap = said(table, "gap", abs(_number(rows[own + 1]["gap"])))
        near.append(f"{gap} ahead of {rows[own + 1]['country']}")
    score = said(table, "score", rows[own]["score"])
    return f"{title} Its score is {score}{', ' if near else ''}{' and '.join(near)}."


def _brief(
    table: Table | None, keys: tuple[str, ...], *, title: str = "", bar: str = ""
) -> Table | None:
    """Return a table with some of its columns and without its notes."""
    if table is None:
        return None
    kept = [at for at, column in enumerate(table.columns) if column.key in keys]
    columns = tuple(
        replace(table.columns[at], detail=False, bar=table.columns[at].key == bar) for at in kept
    )
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return Table(table.name, title or table.title, columns, rows)


def _drawn(subject: Subject) -> dict[str, tuple[Cell, Cell]]:
    """Return the ranks under drawn weights; none where a run has no weights to draw."""
    if not subject.computed:
        return {}
    try:
        return _spans(subject.robustness, "low", "high")
    except SoftpowerError:
        return {}


def _spans(answer: Answer, low: str, high: str) -> dict[str, tuple[Cell, Cell]]:
    """Return two ranks of each unit, the better one first."""
    rows = answer.tables[0].records()
    return {str(row["id"]): (row[low], row[high]) for row in rows}


def _ranks(answer: Answer) -> dict[str, Cell]:
    """Return the ranks in the second run of a comparison."""
    return {str(row["id"]): row["rank_2"] for row in answer.table("ranks").records()}


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
