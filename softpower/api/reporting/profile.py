"""A report on one country: where its score comes from, and what would change its rank."""

from __future__ import annotations

from dataclasses import replace
from shlex import quote

from softpower.answer import Answer, Table
from softpower.api.comparison import compare
from softpower.api.reporting.pages import Elsewhere, standing
from softpower.api.reporting.subject import Subject
from softpower.api.weighing import reach
from softpower.counting import counted
from softpower.document import Exhibit, Section
from softpower.errors import SoftpowerError

MOVING = 20
"""So many choices are shown before the others are unfolded."""


def profile(subject: Subject, code: str) -> Section:
    """Return all that is said of one of several countries."""
    answer = subject.explained(code)
    made = [make(subject, code) for make in PROFILE.values()]
    return Section(
        f"country-{code}",
        answer.title.partition(f" in {subject.title}")[0],
        standing(answer),
        sections=tuple(
            replace(section, name=f"{section.name}-{code}")
            for section in made
            if section is not None
        ),
    )


def where(subject: Subject, code: str) -> Section:
    """Return where it stands: facts, neighbours and what their scores are made of."""
    answer = subject.explained(code)
    credit = subject.credit("explain", code)
    tables = _of(answer, "facts", "neighbours", "figures")
    charts = [Exhibit(chart, credit) for chart in answer.charts]
    return Section(
        "standing",
        "Where it stands",
        standing(answer),
        (*charts, *(Exhibit(table, credit) for table in tables)),
        notes=answer.notes,
    )


def pillars(subject: Subject, code: str) -> Section | None:
    """Return the pillars of its score."""
    tables = _of(subject.explained(code), "pillars")
    if not tables:
        return None
    tops = [row for row in tables[0].records() if not str(row["pillar"]).startswith(" ")]
    placed = sorted((r for r in tops if r["rank"] is not None), key=lambda r: _number(r["rank"]))
    says = "It has a value in none of the pillars."
    if placed:
        best, worst = placed[0], placed[-1]
        says = (
            f"It stands best in {best['pillar']} (rank {best['rank']} of {best['of']}) and worst "
            f"in {worst['pillar']} (rank {worst['rank']} of {worst['of']})."
        )
    columns = tuple(replace(c, bar=c.key == "value") for c in tables[0].columns)
    shown = replace(tables[0], columns=columns)
    return Section(
        "pillars",
        "Pillar by pillar",
        says,
        (Exhibit(shown, subject.credit("explain", code)),),
    )


def strengths(subject: Subject, code: str) -> Section | None:
    """Return what it is strong and weak at."""
    tables = [_titled(table) for table in _of(subject.explained(code), "strengths", "weaknesses")]
    if not tables:
        return None
    first = [str(table.records()[0]["title"]) for table in tables]
    return Section(
        "strengths",
        "Strengths and weaknesses",
        f"Its best rank is in {first[0]}, its worst in {first[1]}.",
        tuple(Exhibit(table, subject.credit("explain", code)) for table in tables),
    )


def _titled(table: Table) -> Table:
    """Return a table in which indicators are named in words beside their ids."""
    columns = tuple(
        replace(
            column,
            detail=column.key == "id",
            title="Indicator" if column.key == "title" else column.title,
        )
        for column in table.columns
    )
    return replace(table, columns=columns)


def choices(subject: Subject, code: str) -> Section | None:
    """Return what each single choice of method does to it."""
    if not subject.computed or not _is_ranked(subject, code):
        return None
    answer = compare(subject.run, each=True, country=code)
    credit = subject.credit("compare", "--each", f"--country {code}")
    return Section(
        "choices",
        "What one other choice would do",
        answer.notes[0],
        (Exhibit(answer.tables[0], credit, first=MOVING),),
        notes=answer.notes[1:],
    )


def certainty(subject: Subject, code: str) -> Section | None:
    """Return how sure its rank is, under other weights, variants and yardsticks."""
    if not _is_ranked(subject, code):
        return None
    beside = Elsewhere.of(subject).table(code)
    parts = [Exhibit(beside)] if beside.rows else []
    says = f"It has rank {beside.rows[0][1]} in every ranking shown." if beside.rows else ""
    if beside.rows:
        best = min(_number(row[1]) for row in beside.rows)
        worst = max(_number(row[2]) for row in beside.rows)
        says = f"Its rank lies between {best:g} and {worst:g} in what was tried."
    notes: tuple[str, ...] = ()
    if subject.computed:
        credit = subject.credit("robustness", *subject.choices.draw_words)
        try:
            parts += [Exhibit(table, credit) for table in _of(subject.robustness, "design")]
            far = reach(subject.run, code)
        except SoftpowerError as error:
            far, notes = None, (f"What other weights could do is not proven: {error}",)
        if far is not None:
            credit = subject.credit("reach", quote(code))
            parts += [Exhibit(table, credit) for table in _of(far, "weights")]
            row = far.tables[0].records()[0]
            says += (
                f" Of all weights that the pillars could have, the best give rank {row['best']}, "
                f"the worst {row['worst']}."
            )
            notes = far.notes
    return Section("certainty", "How sure its rank is", says.strip(), tuple(parts), notes=notes)


def figures(subject: Subject, code: str) -> Section | None:
    """Return every figure behind the score, and what was done to it."""
    tables = _of(subject.explained(code), "indicators", "steps")
    if not tables:
        return None
    credit = subject.credit("explain", code)
    count = len(tables[0].rows)
    return Section(
        "figures",
        "Every figure behind it",
        f"Its score is made of {counted(count, 'indicator')}, each with its year and its source.",
        tuple(Exhibit(table, credit) for table in tables),
    )


PROFILE = {
    "standing": where,
    "pillars": pillars,
    "strengths": strengths,
    "choices": choices,
    "certainty": certainty,
    "figures": figures,
}
"""The sections of a profile, in order."""


def _of(answer: Answer, *names: str) -> list[Table]:
    """Return the tables of some names that an answer has, in this order."""
    return [table for name in names for table in answer.tables if table.name == name and table.rows]


def _is_ranked(subject: Subject, code: str) -> bool:
    standing = subject.run.score()[code]
    return standing.rank is not None


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
