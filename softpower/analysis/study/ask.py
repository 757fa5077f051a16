"""What came of a study: its outputs as they were written, or as they came out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from softpower.analysis.study.changes import changes_between, explaining, ordered
from softpower.analysis.study.differences import (
    RELATIVE,
    Difference,
    Verdict,
    between_answers,
    between_files,
)
from softpower.analysis.study.manifest import Manifest, sha256, versions
from softpower.analysis.study.package import TOLD, Answered, Lacking
from softpower.answer import Answer, Cell, Column, Table
from softpower.index.study import Question, Study
from softpower.index.text import listed

SAID = {
    Verdict.SAME: "same bytes",
    Verdict.ROUNDING: "same to rounding",
    Verdict.WORDS: "words differ",
    Verdict.NUMBERS: "numbers differ",
}

NOT_MADE = "not made"
"""What is said of an output that needs a library which is not installed."""

ASKED = (Column("question", "Question"), Column("line", "Line", detail=True))
FILE = Column("file", "File", whole=True)


def ran(
    study: Study,
    answered: Sequence[Answered],
    missing: Sequence[Lacking],
    before: Mapping[str, bytes],
) -> Answer:
    """Return what a study wrote.

    Parameters
    ----------
    study, answered
        What was asked, with the answers.
    missing
        What could not be made here.
    before
        The outputs that were there.
    """
    rows: list[tuple[Cell, ...]] = []
    for each in answered:
        for name, data in each.files.items():
            known = before.get(name)
            state = "new" if known is None else "unchanged" if known == data else "changed"
            rows.append((name, state, _answered(each.answer), *_asked(each)))
    rows += [(n, NOT_MADE, None, *_unasked(each)) for each in missing for n in each.outputs]
    columns = (FILE, Column("state", "File is"), Column("answered", "Answered"), *ASKED)
    lacking = [each.question.number for each in answered if not each.answer.complete]
    notes = [
        *(
            f"Question {number} is answered from less than was asked; `allow_missing` in its "
            "command accepts it."
            for number in lacking
        ),
        *_not_made(missing),
    ]
    files = sum(len(each.files) for each in answered)
    made = f"{files} of {_count(len(rows), 'file')}" if missing else _count(files, "file")
    return Answer(
        f"{study.declared.title}: {_count(len(study.questions), 'question')}, {made}",
        (Table("outputs", "", columns, tuple(rows)),),
        notes=tuple(notes),
        provenance={"study": study.name, "hash": sha256(study.text.encode()), **versions()},
        complete=not (lacking or missing),
    )


def verified(
    name: str,
    manifest: Manifest,
    files: Mapping[str, bytes],
    answered: Sequence[Answered],
    missing: Sequence[Lacking],
) -> Answer:
    """Return what of a package came out again; it holds if nothing differs beyond rounding.

    Parameters
    ----------
    name
        How the package is called.
    manifest, files
        What the package says of itself, and what it holds.
    answered
        The questions with their answers, computed again.
    missing
        What could not be made here.
    """
    rows: list[tuple[Cell, ...]] = []
    worst: list[tuple[str, Difference]] = []
    for each in answered:
        behind = between_answers(files[each.question.answer], each.whole)
        for output, data in each.files.items():
            found = between_files(output, files[output], data, behind)
            worst.append((each.question.command, found))
            rows.append(
                (
                    output,
                    SAID[found.verdict],
                    found.count or None,
                    None if found.largest is None else f"{found.largest:.3g}",
                    found.place or None,
                    *_asked(each),
                )
            )
    again = sum(found.verdict <= Verdict.ROUNDING for _, found in worst)
    differ = len(rows) > again
    unmade = (NOT_MADE, None, None, None)
    rows += [(n, *unmade, *_unasked(each)) for each in missing for n in each.outputs]
    bare = all(found.verdict == Verdict.SAME for _, found in worst)
    columns = (
        FILE,
        Column("result", "Result"),
        Column("differ", "How many", kind="integer", detail=bare),
        Column("largest", "Largest", detail=bare),
        Column("place", "Where", detail=bare),
        *ASKED,
    )
    altered = altered_files(manifest, files)
    tables = [
        Table("outputs", "", columns, tuple(rows)),
        Table("altered", "Altered since it was packed", (FILE,), tuple((n,) for n in altered)),
        _changes(manifest, worst),
        _versions_table(manifest),
    ]
    return Answer(
        f"{name}: {again} of {_count(len(rows), 'output')} came out again",
        tuple(table for table in tables if table.rows),
        notes=(
            *_notes(manifest, worst, altered, added_files(manifest, files)),
            *_not_made(missing),
        ),
        provenance={"package": name, "packed_by": dict(manifest.versions), **versions()},
        holds=not (differ or altered),
        complete=not missing,
    )


def altered_files(manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """Return the files that are not as they were packed, or are no longer there."""
    return [
        name
        for name, known in manifest.files.items()
        if name not in files or sha256(files[name]) != known.sha256
    ]


def added_files(manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """Return the files that were not packed."""
    return [name for name in files if name not in {*manifest.files, *TOLD}]


def _notes(
    manifest: Manifest,
    worst: Iterable[tuple[str, Difference]],
    altered: Sequence[str],
    added: Sequence[str],
) -> Iterable[str]:
    verdicts = [found.verdict for _, found in worst]
    before, now = manifest.versions.get("softpower", ""), versions()["softpower"]
    beside = [name for name in altered if manifest.files[name].role == "about"]
    if within := [name for name in altered if name not in beside]:
        yield f"Altered since it was packed, from which a difference may come: {listed(within)}."
    if beside:
        yield f"Altered since it was packed, though nothing is computed from it: {listed(beside)}."
    if added:
        yield f"Not packed, but there now: {listed(added)}."
    if ordered(before) > ordered(now):
        yield f"It was packed by softpower {before}, which is later than this {now}: install that."
    if Verdict.ROUNDING in verdicts:
        yield (
            f"Same to rounding: numbers agree to {RELATIVE:g} of their size, ranks and words "
            "exactly, and printed numbers to one in the last digit."
        )
    same = max(verdicts, default=Verdict.SAME) <= Verdict.ROUNDING
    meddled = before == now and (altered or added)
    if not same and not meddled and not _explained(manifest, worst):
        others = [key for key, known in manifest.versions.items() if versions().get(key) != known]
        reason = f" What computes differs in {' and '.join(others)}." if others else ""
        yield f"No entry of the change log says why it differs.{reason}"


def _explained(
    manifest: Manifest, worst: Iterable[tuple[str, Difference]]
) -> list[tuple[Cell, ...]]:
    """Return the entries of the change log that concern what differs."""
    before, now = manifest.versions.get("softpower", "0"), versions()["softpower"]
    changes = changes_between(before, now)
    commands = dict.fromkeys(each for each, found in worst if found.verdict > Verdict.ROUNDING)
    return [
        (command, each.version, each.kind, each.what)
        for command in commands
        for each in explaining(changes, command)
    ]


def _changes(manifest: Manifest, worst: Iterable[tuple[str, Difference]]) -> Table:
    columns = (
        Column("command", "Command"),
        Column("version", "Since"),
        Column("changed", "Changed"),
        Column("what", "What the change log says"),
    )
    return Table("changes", "What made the difference", columns, tuple(_explained(manifest, worst)))


def _versions_table(manifest: Manifest) -> Table:
    now = versions()
    rows = tuple((key, known, now.get(key)) for key, known in manifest.versions.items())
    columns = (Column("what", "Computed by"), Column("then", "Then"), Column("now", "Now"))
    return Table("versions", "", columns, rows)


def _asked(each: Answered) -> tuple[str, str]:
    """Return a question in short, and as it is typed."""
    return _in_short(each.question), str(each.answer.provenance["command"])


def _unasked(each: Lacking) -> tuple[str, None]:
    """Return a question in short, which has no answer that says how it is typed."""
    return _in_short(each.question), None


def _in_short(question: Question) -> str:
    return f"{question.number} {question.command}"


def _not_made(missing: Sequence[Lacking]) -> list[str]:
    """Return what could not be made, and what to install for it."""
    return [f"{listed(each.outputs)}: {each.why}" for each in missing]


def _answered(answer: Answer) -> str:
    return "in part" if not answer.complete else "yes" if answer.holds else "with no"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
