"""How files become an index."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from datetime import date as date_type
from os import PathLike
from pathlib import Path
from typing import Any

from softpower.answer import Answer
from softpower.errors import UsageError
from softpower.given import Names, count, name, names, switch
from softpower.index.importing.choice import Years
from softpower.index.importing.options import OTHER_UNITS, Options
from softpower.index.importing.to_come import refuse_to_come
from softpower.watch import Watch, unwatched

UNITS = ("countries", OTHER_UNITS)
"""What may be ranked."""


def import_files(
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    into: str | PathLike[str] | None = None,
    as_: str | None = None,
    series: Names = (),
    latest: bool = False,
    year: str | int | None = None,
    all_years: bool = False,
    not_before: str | int | None = None,
    missing: Names = (),
    mark: Names = (),
    omit: Names = (),
    codes: str | None = None,
    layout: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    date: str | None = None,
    units: str | None = None,
    watch: Watch = unwatched,
) -> Answer:
    r"""Take the figures of files into the folder of an index, or say what is in them.

    The layout of each file is told from what is in it: those of the World Bank, Our World in Data,
    UNDP, the WHO, SDMX-CSV, COINr and the COIN Tool, and tables with a row for each country or for
    each figure. A folder that is there already keeps its directions, weights and notes.

    Parameters
    ----------
    files
        The path of a file, or several: CSV or ``.xlsx``.
    into
        The folder of the index, which may be new; nothing is written if ``None``.
    as_
        The id of the indicator, if there is one series.
    series
        The series that are taken, by code, title or id; all by default.
    latest
        Take the newest figure of each country, which is the default.
    year
        Take the figures of this year only.
    all_years
        Take those of the other years too, into ``history.csv``.
    not_before
        Take no figure of an earlier year.
    missing
        What stands for a missing figure, beside what usually does.
    mark
        Marks of footnotes, such as ``*``, which are taken off numbers and kept as notes of them.
    omit
        Countries and other names that are left out.
    codes
        The scheme that the codes of countries are of, such as ``ioc`` or ``cow-number``.
    layout, sheet, header, decimal, encoding
        The layout, the sheet of a workbook, the line of the headings, the decimal mark and the
        encoding of the text, where they cannot be told from the file.
    date
        When the files were downloaded, to be written down.
    units
        ``other`` where what is ranked is no countries but regions, cities or firms: they are taken
        as they are written, into ``units.csv``. A folder that is there says it itself.
    watch
        Hands on the steps of the work, and may show how far it has got.

    Raises
    ------
    UsageError
        If it must be said how a file is to be read; the message names the choices.
    InputError
        If a file cannot be read, or the folder cannot be written.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import softpower
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> file = folder / "ships.csv"
    >>> _ = file.write_text("country,2023,2024\nChile,3,4\nPeru,5,\n")
    >>> softpower.import_files(file).table("series").records()[0]["years"]
    '2023-2024'
    >>> softpower.import_files(file, into=folder / "fleet").title.endswith("1 indicator, 2 figures")
    True
    """
    from softpower.analysis.importing import import_files, inspect_files

    options = Options(
        years=_years(latest, year, all_years, not_before),
        name=_optional(as_, "as_"),
        sheet=_optional(sheet, "sheet"),
        header=None if header is None else count(header, "header"),
        layout=_optional(layout, "layout"),
        codes=_optional(codes, "codes"),
        decimal=_decimal(decimal),
        encoding=_optional(encoding, "encoding"),
        missing=names(missing, "missing"),
        mark=names(mark, "mark"),
        series=names(series, "series"),
        omit=names(omit, "omit"),
        date=_date(date),
        units=_units(units),
    )
    paths = _paths(files)
    if into is None:
        return inspect_files(paths, options, watch)
    return import_files(paths, Path(into), options, watch)


def _paths(files: Any) -> list[Path]:
    if isinstance(files, str | PathLike):
        return [Path(files)]
    found = list(files) if isinstance(files, Iterable) else []
    if not found or not all(isinstance(each, str | PathLike) for each in found):
        raise UsageError(
            f"`files` is {reprlib.repr(files)}, which names no file.",
            mend="Give the path of one, or several.",
        )
    return [Path(each) for each in found]


def _optional(given: Any, word: str) -> str | None:
    return None if given is None else name(given, word)


def _years(latest: bool, year: Any, all_years: bool, not_before: Any) -> Years:
    chosen = [
        word
        for word, given in (
            ("latest", switch(latest, "latest")),
            ("year", year is not None),
            ("all_years", switch(all_years, "all_years")),
        )
        if given
    ]
    if len(chosen) > 1:
        raise UsageError(
            f"`{chosen[0]}` and `{chosen[1]}` contradict each other.", mend="Give one of them."
        )
    if year is not None and not_before is not None:
        raise UsageError("`not_before` has no effect beside `year`.", mend="Give one of them.")
    return Years(
        None if year is None else _year(year, "year"),
        all_years,
        None if not_before is None else _year(not_before, "not_before"),
    )


def _year(given: Any, word: str) -> str:
    text = str(given).strip()
    if isinstance(given, bool) or not isinstance(given, str | int) or not text:
        raise UsageError(f"`{word}` is {given!r}.", mend="Give a year, such as 2024.")
    return text


def _date(given: Any) -> str | None:
    text = _optional(given, "date")
    if text is None:
        return None
    try:
        date = date_type.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`date` is {given!r}.", mend="Write it as in 2025-03-01.") from None
    refuse_to_come(date)
    return date.isoformat()


def _units(given: Any) -> str | None:
    if given not in (None, *UNITS):
        raise UsageError(f"`units` is {given!r}.", mend=f"Known: {' and '.join(UNITS)}.")
    return None if given is None else str(given)


def _decimal(given: Any) -> Any:
    if given not in (None, ".", ","):
        raise UsageError(f"`decimal` is {given!r}.", mend='Give "." or ",".')
    return given
