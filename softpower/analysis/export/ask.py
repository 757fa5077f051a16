"""Handing an index over to another program, as files that this program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from softpower.analysis.export.coinr import coinr
from softpower.analysis.export.datapackage import datapackage
from softpower.analysis.export.workbook import workbook
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer, Column, Table
from softpower.engine.run import Run
from softpower.errors import UsageError, did_you_mean
from softpower.index.find import is_index
from softpower.index.name import WORKBOOK
from softpower.index.patch import Setup
from softpower.index.writing import refuse_taken, write_file, write_folder

Form = Literal["coinr", "xlsx", "datapackage"]
FORMS: tuple[str, ...] = get_args(Form)
FILES = (WORKBOOK, ".csv", ".json", ".zip")
"""Endings that no folder is given on purpose."""


def export(run: Run, to: str, output: Path) -> Answer:
    """Write an index in a form of another program, and return which files were written.

    Raises
    ------
    UsageError
        If the form is not known, something is there already, or there is nothing to export.
    InputError
        If the files cannot be written.
    """
    if to not in FORMS:
        mend = did_you_mean(to, FORMS) or f"Known: {', '.join(FORMS)}."
        raise UsageError(f"There is no form {to!r} to export to.", mend=mend)
    refuse_taken(output)
    if to == "xlsx":
        if output.suffix.lower() != WORKBOOK:
            raise UsageError(f"{output} does not end in {WORKBOOK}.", mend="Let it end so.")
        data, notes = workbook(run, _computed(run))
        written = [write_file(output, data)]
    else:
        if output.suffix.lower() in FILES:
            raise UsageError(
                f"{TITLES[to]} takes a folder, and {output} ends as a file does.",
                mend="Leave the ending out.",
            )
        files, notes = coinr(run, _computed(run)) if to == "coinr" else _package(run)
        written = [*write_folder(output, files)]
    rows = tuple((str(path), path.stat().st_size) for path in written)
    columns = (Column("file", "File", whole=True), Column("bytes", "Bytes", "integer"))
    title = f"{titled(run)} for {TITLES[to]}"
    return Answer(
        title,
        (Table("files", title, columns, rows),),
        notes=tuple(notes),
        provenance=run.provenance(),
    )


TITLES = {"coinr": "COINr", "xlsx": "a spreadsheet", "datapackage": "Frictionless"}


def _computed(run: Run) -> Setup:
    """Return what a run is computed from, and refuse one that is only published."""
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} is published, not computed: there are no figures to export.",
            mend='Take `to="datapackage"`, which packs what is published.',
        )
    return run.setup


def _package(run: Run) -> tuple[dict[str, bytes], list[str]]:
    if run.variants or run.asked:
        raise UsageError(
            "A data package is the whole index, with all of its variants.",
            mend="Name the index alone.",
        )
    if not is_index(run.identifier):
        raise UsageError(
            f"{run.index.id} was made from a data frame, and has no files to pack.",
            mend='Take `to="xlsx"`.',
        )
    return datapackage(run.identifier)
