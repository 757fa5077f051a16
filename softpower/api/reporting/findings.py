"""The section of a report that says what is doubtful about the index itself."""

from __future__ import annotations

from collections import Counter

from softpower.analysis.shared.formatting import enumerated
from softpower.answer import Answer, Cell, Column, Table
from softpower.api.auditing import audit as ask_audit
from softpower.api.reporting.subject import Subject
from softpower.document import Exhibit, Section


def audit(subject: Subject) -> Section | None:
    """Return the findings of the audit, the worst first, and what they mean."""
    if not subject.computed:
        return None
    answer = ask_audit(subject.run, yardstick=list(subject.yardsticks) or "none")
    findings = answer.table("findings")
    credit = subject.credit("audit", *_yardstick_words(subject))
    parts = []
    if findings.rows:
        parts = [
            Exhibit(_counted(findings), credit),
            Exhibit(_listed(findings), credit, first=subject.first),
            Exhibit(_meanings(findings), credit, first=subject.first),
        ]
    return Section(
        "audit",
        "What is doubtful about the index",
        _worst(answer),
        tuple(parts),
        notes=answer.notes,
    )


def _yardstick_words(subject: Subject) -> list[str]:
    """Return the yardsticks as they are typed."""
    names = [run.name for run in subject.yardsticks] or ["none"]
    return [f"--yardstick {name}" for name in names]


def _worst(answer: Answer) -> str:
    """Return how many findings there are, by their weight."""
    findings = answer.table("findings").records()
    if not findings:
        return "The audit finds nothing that passes its thresholds."
    levels = Counter(str(row["level"]) for row in findings)
    counts = enumerated([f"{count} {level}" for level, count in levels.items()])
    noun = "finding" if len(findings) == 1 else "findings"
    return (
        f"The audit has {counts} {noun}; each is a question to the makers of the index, not a "
        "verdict."
    )


def _counted(findings: Table) -> Table:
    """Return how many findings each chapter has, by level."""
    rows = findings.records()
    levels = list(dict.fromkeys(str(row["level"]) for row in rows))
    chapters = list(dict.fromkeys(str(row["chapter"]) for row in rows))
    counts = Counter((row["chapter"], row["level"]) for row in rows)
    columns = (
        Column("chapter", "Chapter"),
        *(Column(level, level.capitalize(), "integer") for level in levels),
    )
    cells: list[tuple[Cell, ...]] = [
        (chapter, *(counts[chapter, level] or None for level in levels)) for chapter in chapters
    ]
    return Table("counted", "Findings by chapter", columns, tuple(cells))


def _listed(findings: Table) -> Table:
    """Return each finding in words, with what was measured."""
    columns = (
        Column("level", "Level"),
        Column("about", "About", whole=True),
        Column("what", "What is doubtful"),
        Column("finding", "What was measured"),
    )
    rows = tuple(tuple(row[column.key] for column in columns) for row in findings.records())
    return Table("findings", "Findings, the worst first", columns, rows, findings.notes)


def _meanings(findings: Table) -> Table:
    """Return what each kind of finding means and what to do, once for each."""
    columns = (
        Column("what", "What is doubtful"),
        Column("why", "Why it matters"),
        Column("mend", "What to do"),
        Column("source", "Source"),
    )
    rows = {row["what"]: tuple(row[column.key] for column in columns) for row in findings.records()}
    return Table("meanings", "What the findings mean", columns, tuple(rows.values()))
