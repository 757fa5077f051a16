"""Handing an index over to another program."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from softpower.answer import Answer
from softpower.api.words import Named, as_run
from softpower.errors import UsageError
from softpower.given import name


def export(run: Named, *, to: str, output: str | PathLike[str]) -> Answer:
    """Write an index for another program, and return which files were written.

    Parameters
    ----------
    run
        A run, an index, or the name of a run; a data package is made of the name of an index.
    to
        ``xlsx``, a workbook with formulas that compute the ranking; ``coinr``, the tables iData
        and iMeta of COINr; or ``datapackage``, the files of the index with a datapackage.json.
    output
        The workbook or the folder to make, at which nothing is yet.

    Raises
    ------
    SoftpowerError
        If anything named is not known, there is something at ``output``, or it cannot be written.

    Examples
    --------
    >>> import softpower, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> answer = softpower.export("hdi-2022", to="coinr", output=folder / "hdi")
    >>> [pathlib.Path(row["file"]).name for row in answer.table("files").records()]
    ['iData.csv', 'iMeta.csv']
    """
    from softpower.analysis.export.ask import export

    if not isinstance(output, str | PathLike):
        raise UsageError(f"`output` is {output!r}, which is no path.", mend="Give one.")
    return export(as_run(run), name(to, "to"), Path(output))
