"""The sections of a report that say how far the ranking depends on what was chosen."""

from __future__ import annotations

from dataclasses import replace
from shlex import quote

from softpower.answer import Answer, Cell, Column, Table
from softpower.api.comparison import compare
from softpower.api.ranking import score
from softpower.api.reporting.subject import Subject, said
from softpower.charts import IntervalChart
from softpower.document import Credit, Exhibit, Section
from softpower.engine.run import Run

DRAWN = 12
"""So many lines between places can be told apart in a picture."""


def yardstick(subject: Subject) -> Section | None:
    """Return how the ranking agrees with those that are said to measure the same."""
    if not subject.yardsticks:
        return None
    found = [_held_against(subject, other) for other in subject.yardsticks]
    return Section(
        "yardstick",
        "Beside other rankings",
        " ".join(agreed for agreed, _ in found),
        sections=tuple(section for _, section in found),
    )


def _held_against(subject: Subject, other: Run) -> tuple[str, Section]:
    """Return how far the ranking agrees with one other, and the section about it."""
    run, region = subject.run, subject.choices.region
    answer = compare(run, other, region=region)
    scatter = score(run, against=other, region=region).charts
    charted = compare(run, other, region=region, top=DRAWN)
    beside = quote(other.name)
    credit = subject.credit("compare", beside, *subject.region_words())
    credit = replace(
        credit, source=f"{credit.source}; {other.index.publisher}, {other.index.title}"
    )
    picture = replace(credit, command=f"{credit.command} --top {DRAWN}")
    words = [f"--against {beside}", *subject.region_words()]
    beneath = replace(credit, command=subject.command("score", *words))
    agreement = answer.table("agreement")
    row = agreement.records()[0]
    agreed = (
        f"Over {row['units']} {subject.nouns} its ranks go with those of {other.index.title} at "
        f"{said(agreement, 'spearman', row['spearman'])} (Spearman; 1 is the same order), and are "
        f"{said(agreement, 'mean_shift', row['mean_shift'])} places apart on average."
    )
    names = ["agreement", "movers", "yardstick_2"]
    tables = [table for name in names for table in answer.tables if table.name == name]
    section = Section(
        f"yardstick-{other.index.id}",
        f"Beside {other.index.title}",
        _furthest(answer, other),
        (
            *(Exhibit(chart, beneath) for chart in scatter),
            *(Exhibit(chart, picture) for chart in charted.charts),
            *(Exhibit(table, credit) for table in tables if table.rows),
        ),
        notes=answer.notes,
    )
    return agreed, section


def _furthest(answer: Answer, other: Run) -> str:
    """Return who is furthest apart in two rankings."""
    rows = answer.table("movers").records()
    if not rows:
        return f"Nobody has another rank in {other.index.title}."
    most = max(rows, key=lambda row: abs(_number(row["movement"])))
    return (
        f"{most['country']} is furthest apart: rank {most['from']} here and {most['to']} there, "
        "among those that both rank."
    )


def variants(subject: Subject) -> Section | None:
    """Return how ranks shift under the variants that the index declares."""
    answer = subject.variants
    if answer is None:
        return None
    words = ["--all", *subject.region_words()]
    credit = subject.credit("compare", *words)
    picture = replace(credit, command=f"{credit.command} --top {DRAWN}")
    charted = compare(subject.run, all=True, region=subject.choices.region, top=DRAWN)
    agreement = answer.table("agreement")
    matrix = replace(answer.table("matrix"), title="Ranks under every variant")
    return Section(
        "variants",
        "Under other methodologies",
        _most_moving(agreement),
        (
            Exhibit(_declared(subject, agreement), credit),
            *(Exhibit(chart, picture) for chart in charted.charts),
            Exhibit(agreement, credit),
            Exhibit(matrix, credit, first=subject.first),
        ),
        notes=answer.notes,
    )


def _most_moving(agreement: Table) -> str:
    """Return which variant moves the ranks least, and which most."""
    rows = sorted(agreement.records(), key=lambda row: _number(row["mean_shift"]))
    least, most = rows[0], rows[-1]
    far = said(agreement, "mean_shift", most["mean_shift"])
    widest = said(agreement, "max_shift", most["max_shift"])
    if len(rows) == 1:
        return f"Under {most['run']} ranks move {far} places on average, {widest} at most."
    near = said(agreement, "mean_shift", least["mean_shift"])
    return (
        f"Under {len(rows)} variants of the methodology ranks move by {near} ({least['run']}) to "
        f"{far} places ({most['run']}) on average; the widest move under the latter is {widest} "
        "places."
    )


def _declared(subject: Subject, agreement: Table) -> Table:
    """Return what each variant is, why there is one, and how far it moves ranks."""
    shifts = {row["run"]: row["mean_shift"] for row in agreement.records()}
    rows: list[tuple[Cell, ...]] = [
        (row["id"], row["title"], row["reason"], shifts.get(row["id"]))
        for row in subject.shown.table("variants").records()
    ]
    columns = (
        Column("id", "Variant", whole=True),
        Column("title", "What it is"),
        Column("reason", "Why"),
        Column("shift", "Mean shift", "number", 2),
    )
    note = "Mean shift: places by which a rank differs on average from that of the index."
    return Table("declared", "The variants", columns, tuple(rows), (note,))


def choices(subject: Subject) -> Section | None:
    """Return what single choices do to each rank."""
    if not subject.computed:
        return None
    answer = compare(subject.run, each=True, region=subject.choices.region)
    words = ["--each", *subject.region_words()]
    credit = subject.credit("compare", *words)
    return Section(
        "choices",
        "One choice at a time",
        answer.notes[0] if answer.notes else "No single choice moves a rank.",
        (
            *_pictures(answer, subject, credit),
            Exhibit(answer.tables[0], credit, first=subject.first),
        ),
        notes=answer.notes[1:],
    )


def robustness(subject: Subject) -> Section | None:
    """Return how sure each rank is when weights are drawn at random."""
    if not subject.computed:
        return None
    answer = subject.robustness
    words = [*subject.choices.draw_words, *subject.region_words()]
    credit = subject.credit("robustness", *words)
    design = answer.table("design")
    facts = {str(row["fact"]): row["value"] for row in design.records()}
    says = (
        f"With {facts['Varied']} drawn {facts['Draws']} times, a rank moves "
        f"{facts['Mean shift']} on average."
    )
    table = answer.table("robustness")
    return Section(
        "robustness",
        "How sure a rank is",
        " ".join([says, *answer.notes[:1]]),
        (
            *_pictures(answer, subject, credit),
            Exhibit(table, credit, first=subject.first),
            Exhibit(design, credit),
        ),
        notes=answer.notes[1:],
    )


def _pictures(answer: Answer, subject: Subject, credit: Credit) -> list[Exhibit]:
    """Return the first rows of the intervals of an answer as pictures."""
    top = replace(credit, command=f"{credit.command} --top {subject.first}")
    return [
        Exhibit(first_rows(chart, subject.first), top)
        for chart in answer.charts
        if isinstance(chart, IntervalChart)
    ]


def first_rows(chart: IntervalChart, count: int) -> IntervalChart:
    """Return a chart with its first rows only."""
    return replace(
        chart,
        labels=chart.labels[:count],
        lows=chart.lows[:count],
        middles=chart.middles[:count],
        highs=chart.highs[:count],
        marks=chart.marks[:count],
    )


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
