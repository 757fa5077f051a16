"""Is the index sound? Chapter by chapter, the worst findings first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from softpower.analysis.audit import (
    coherence,
    comparisons,
    errors,
    figures,
    missing,
    reversal,
    validity,
    weights,
)
from softpower.analysis.audit.finding import LEVELS, Chapter, Check, Finding, Limits, Threshold
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import enumerated, titled
from softpower.analysis.shared.size import untold
from softpower.answer import Answer, Cell, Column, Table
from softpower.counting import counted
from softpower.engine.run import Run
from softpower.errors import UsageError, did_you_mean
from softpower.watch import Watch, unwatched

CHAPTERS: dict[str, tuple[Callable[[Subject], Chapter], tuple[Check, ...]]] = {
    "figures": (figures.examine, figures.CHECKS),
    "coherence": (coherence.examine, coherence.CHECKS),
    "weights": (weights.examine, weights.CHECKS),
    "missing": (missing.examine, missing.CHECKS),
    "reversal": (reversal.examine, reversal.CHECKS),
    "validity": (validity.examine, validity.CHECKS),
    "errors": (errors.examine, errors.CHECKS),
    "comparisons": (comparisons.examine, comparisons.CHECKS),
}
"""What examines each chapter, and what it looks for."""

THRESHOLDS: dict[str, Threshold] = {
    threshold.name: threshold
    for _, checks in CHAPTERS.values()
    for check in checks
    for threshold in check.thresholds
}
"""Every threshold by its name."""


def audit(
    run: Run,
    chapters: Sequence[str] = (),
    thresholds: Mapping[str, float] | None = None,
    yardsticks: tuple[Run, ...] = (),
    *,
    measures: bool = False,
    watch: Watch = unwatched,
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return what is doubtful about an index, the worst findings first.

    Parameters
    ----------
    run
        The run that is examined.
    chapters
        Which chapters, by name; all of them if none is named.
    thresholds
        Thresholds that differ from the usual ones, by name.
    yardsticks
        Runs that are said to measure the same.
    measures
        Whether the measures that the findings rest on are printed; every other form has them.
    watch
        Hands on what is computed for each unit, so that progress can be shown.
    tell
        Is told beforehand what is examined.

    Raises
    ------
    UsageError
        If a chapter or threshold is not known or has no effect, or the run is only published.
    MethodError
        If a method refuses the figures.
    """
    for name in chapters:
        if name not in CHAPTERS:
            raise UsageError(f"There is no chapter {name!r}.", mend=did_you_mean(name, CHAPTERS))
    limits = Limits.checked(thresholds or {}, THRESHOLDS)
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} is published, not computed: there are no figures to examine."
        )
    asked = [name for name in CHAPTERS if not chapters or name in chapters]
    _refuse_idle(limits, asked)
    tell(f"Examined one after the other: {enumerated(asked, len(asked))}.")
    subject = Subject.of(run, run.setup, limits, yardsticks, watch)
    found = {name: CHAPTERS[name][0](subject) for name in asked}
    findings = [(name, finding) for name, chapter in found.items() for finding in chapter.findings]
    findings.sort(key=lambda pair: _badness(limits, pair[1]))
    title = (
        f"{titled(run)}: audit, {counted(len(findings), 'finding') if findings else 'no findings'}"
    )
    notes = [f"{name}: {note}" for name, chapter in found.items() for note in chapter.notes]
    without = [name for name, chapter in found.items() if not (chapter.findings or chapter.notes)]
    if without:
        notes.append(f"Nothing is found in {enumerated(without)}.")
    tables = [_findings(title, findings, limits), _meanings(findings, limits)]
    rested = [table for chapter in found.values() for table in chapter.tables]
    tables += [replace(table, detail=not measures) for table in rested]
    return Answer(
        title=title,
        tables=tuple(tables),
        notes=tuple(notes),
        provenance={
            **run.provenance(),
            "audit": {
                "chapters": asked,
                "thresholds": {name: limits.of(each) for name, each in THRESHOLDS.items()},
                "yardsticks": [each.name for each in yardsticks],
            },
        },
        complete=all(
            chapter.complete and (chapter.fits or name not in chapters)
            for name, chapter in found.items()
        ),
    )


def _refuse_idle(limits: Limits, asked: Sequence[str]) -> None:
    """Refuse a threshold of a chapter that is not examined."""
    for name in limits.changed:
        of = [chapter for chapter, (_, checks) in CHAPTERS.items() if _has(checks, name)]
        if not set(of) & set(asked):
            raise UsageError(
                f"The threshold {name} has no effect, for it is of the chapter {enumerated(of)}.",
                mend=f'Examine that too (`chapter="{of[0]}"`), or leave the threshold out.',
            )


def _has(checks: Sequence[Check], threshold: str) -> bool:
    return any(each.name == threshold for check in checks for each in check.thresholds)


def _badness(limits: Limits, finding: Finding) -> tuple[int, float, str]:
    """Return by what findings are put in order, the worst having the least."""
    return (
        LEVELS.index(finding.check.level),
        -limits.excess(finding),
        finding.subject,
    )


def _findings(title: str, findings: list[tuple[str, Finding]], limits: Limits) -> Table:
    columns = (
        Column("level", "Level"),
        Column("chapter", "Chapter", detail=True),
        Column("check", "Check", detail=True),
        Column("about", "About", whole=True),
        Column("finding", "Finding"),
        Column("value", "Value", "number", 3, detail=True),
        Column("threshold", "Counts from", detail=True),
        Column("what", "What it says", detail=True),
        Column("why", "Why it matters", detail=True),
        Column("mend", "What to do", detail=True),
        Column("source", "Source", detail=True),
    )
    rows = tuple(
        (
            each.check.level,
            chapter,
            each.check.name,
            each.subject,
            f"{each.said} ({limits.written(each.check)})",
            each.value,
            limits.written(each.check),
            each.check.what,
            each.check.why,
            each.check.mend,
            each.check.sources(),
        )
        for chapter, each in findings
    )
    note = 'In brackets from where on it counts; another threshold: `threshold="NAME=VALUE"`.'
    return Table("findings", title, columns, rows, (note,), silent=True)


def _meanings(findings: list[tuple[str, Finding]], limits: Limits) -> Table:
    """Return what each kind of finding means, in the order of the findings."""
    columns = (Column("threshold", "Counts from"), Column("mend", "Meaning, and what to do"))
    rows: list[tuple[Cell, ...]] = []
    for kind in dict.fromkeys(finding.check for _, finding in findings):
        rows.append((limits.written(kind), f"{kind.what}. {kind.why}"))
        rows.append(("  what to do", kind.mend))
        rows.append(("  source", f"{kind.sources()}."))
    return Table("meanings", "What the findings mean", columns, tuple(rows), silent=True)
