"""The sections of a report that say where its figures are from, and how it is computed again."""

from __future__ import annotations

from collections.abc import Iterable

from softpower import defaults
from softpower.answer import Column, Table, facts
from softpower.api.reporting.subject import Subject
from softpower.document import Exhibit, Section
from softpower.version import __version__


def sources(subject: Subject) -> Section:
    """Return the sources of the figures, and the terms that they are under."""
    declared = subject.run.index.declared
    credit = subject.credit("show")
    tables = {table.name: table for table in subject.shown.tables}
    parts: list[str | Exhibit] = [
        text
        for text in (
            f"Cite as: {declared.citation}" if declared.citation else "",
            f"Licence: {declared.licence}" if declared.licence else "",
        )
        if text
    ]
    says = f"The totals are those that {declared.publisher or 'the publisher'} published."
    if "sources" in tables:
        table = _with_addresses(tables["sources"])
        parts.append(Exhibit(table, credit, first=subject.first, whole=True))
        count = len(table.rows)
        each = f"{count} series, each" if count > 1 else "one series,"
        says = f"The figures come from {each} under the terms of its publisher."
    if "terms" in tables:
        parts.append(Exhibit(tables["terms"], credit))
    return Section("sources", "Sources and licences", says, tuple(parts))


def _with_addresses(table: Table) -> Table:
    """Return the sources with what a table in the terminal has no room for."""
    keys = ("id", "years", "source", "licence", "url")
    at = [next(n for n, c in enumerate(table.columns) if c.key == key) for key in keys]
    columns = tuple(
        Column(c.key, c.title, c.kind, whole=c.whole) for c in (table.columns[n] for n in at)
    )
    return Table(
        table.name, table.title, columns, tuple(tuple(row[n] for n in at) for row in table.rows)
    )


def reproduction(subject: Subject, command: str, commands: Iterable[str]) -> Section:
    """Return how the report is made again, and every answer in it."""
    run = subject.run
    about = run.provenance()
    seed = subject.choices.drawing.get("seed", defaults.SEED)
    items = [
        ("This report", command),
        ("softpower", __version__),
        ("Index", about["index"]),
        ("Edition", about["edition"]),
        ("Hash of the index", about["hash"]),
        ("Seed", seed if subject.computed else None),
        ("Of yardsticks", ", ".join(f"{y.name} {y.index.hash}" for y in subject.yardsticks)),
    ]
    columns = (Column("command", "Command", whole=True),)
    listed = Table(
        "commands",
        "Every answer in this report by itself",
        columns,
        tuple((text,) for text in dict.fromkeys(commands)),
        ("-o FILE.json writes an answer at full precision, with all that is needed to repeat it.",),
    )
    return Section(
        "reproduction",
        "How to compute it again",
        f"softpower {__version__} and an index of this hash give this report again, byte for byte.",
        (Exhibit(facts("repeat", "What it was made with", items)), Exhibit(listed)),
    )
