"""The folder of an index, new or there already, with the figures of files in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from softpower.errors import FolderError, InputError, Location, UsageError
from softpower.index.find import DECLARATION, is_bare, refuse_unfit
from softpower.index.ids import PATTERN, spelled
from softpower.index.importing.beginning import declaration, readme
from softpower.index.importing.change import Change, change
from softpower.index.importing.files import Import
from softpower.index.importing.options import OTHER_UNITS, Options
from softpower.index.importing.record import Entry, is_from, readme_of, series_in
from softpower.index.importing.table import Rows, read_rows
from softpower.index.layouts.ids import LONGEST, distinct
from softpower.index.reading.content import read_text
from softpower.index.reading.declaration import read_declaration
from softpower.index.reading.indicators import UNDECIDED
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import ENDINGS
from softpower.index.text import shown

FIGURES = ("indicator", "value", "year")
HISTORY = ("indicator", "year", "value")
UNITS = ("id", "name")
OTHERS = ("indicators.csv", "history.csv", "units.csv", "README.md", DECLARATION)
"""What may be written beside the figures."""
INDICATORS = ("id", "title", "direction", "unit", "source", "year", "url", "licence", "note")


@dataclass(frozen=True, slots=True)
class Plan:
    """The texts of the files that an import writes, and what they change."""

    folder: Path
    texts: Mapping[str, str]
    """By name of the file; one that is empty is taken away."""
    before: Mapping[str, bytes | None]
    """What these files held when it was planned, ``None`` for one that was not there."""
    changes: tuple[Change, ...]

    @property
    def undecided(self) -> list[str]:
        """Return the indicators of which it is not stated whether more is better."""
        return [each.entry.id for each in self.changes if each.direction == UNDECIDED]


def plan(folder: Path, files: Sequence[Import], options: Options) -> Plan:
    """Return what importing files into a folder writes; nothing is written yet.

    Raises
    ------
    UsageError
        If the name of a new folder, or of an indicator, is no id.
    InputError
        If a table of the folder cannot be added to.
    """
    declared, bare = (folder / DECLARATION).is_file(), is_bare(folder)
    if bare:
        _refuse_unlisted(folder)
    elif not declared:
        _refuse_name(folder)
    name = _file_of_figures(folder) if declared else "figures.csv"
    before = {each: held(folder / each) for each in (name, *OTHERS)}
    first = ("unit",) if options.other else ("country",)
    indicators = read_rows(folder, "indicators.csv", INDICATORS)
    figures = read_rows(folder, name, (*first, *FIGURES))
    history = read_rows(folder, "history.csv", (*first, *HISTORY))
    _refuse_wide(figures, Location(f"{folder.name}/{name}"))
    entries = _entries(files, indicators, options)
    changes = tuple(change(entry, indicators, figures, history, options) for entry in entries)
    for table in (figures, history):
        table.show_points("value")
    texts = {"indicators.csv": indicators.text, name: figures.text}
    if history.rows or (folder / "history.csv").exists():
        texts["history.csv"] = history.text if history.rows else ""
    pillars = {
        name: pillar for each in files for name, pillar in each.gathered.told.layout.pillars.items()
    }
    if not declared and not bare:
        texts[DECLARATION] = declaration(folder.name, entries, pillars, other=options.other)
    if options.other:
        texts["units.csv"] = _units(folder, files)
    document = folder / "README.md"
    said = read_text(folder, document) if document.is_file() else readme(folder.name)
    texts["README.md"] = readme_of(said, files, entries, options.date, options.years_taken)
    return Plan(folder, texts, {each: before[each] for each in texts}, changes)


def held(path: Path) -> bytes | None:
    """Return what a file holds, ``None`` if it is not there."""
    return path.read_bytes() if path.is_file() else None


def settled(folder: Path, options: Options) -> Options:
    """Return the options with what a folder that is there says is ranked.

    Raises
    ------
    UsageError
        If they say otherwise.
    """
    if not (folder / DECLARATION).is_file():
        return options
    declared, _ = read_declaration(
        read_text(folder, folder / DECLARATION), ProblemCollector(folder.name)
    )
    kind = declared.units if declared is not None else None
    if options.units is not None and kind not in (None, options.units):
        raise UsageError(
            f"`units` is {options.units!r}, and {folder.name}/{DECLARATION} says {kind}.",
            mend="Leave `units` out, or import into another folder.",
        )
    return replace(options, units=OTHER_UNITS if kind == OTHER_UNITS else options.units)


def _units(folder: Path, files: Sequence[Import]) -> str:
    """Return the table of what is ranked, with what files have beside what is in it."""
    table = read_rows(folder, "units.csv", UNITS)
    there = {row.get("id", "") for row in table.rows}
    found = {
        place.iso3: place.written for each in files for place in each.places.found if place.iso3
    }
    table.need(UNITS)
    new = [{"id": code, "name": name} for code, name in found.items() if code not in there]
    table.rows += new
    return table.text


def _refuse_name(folder: Path) -> None:
    refuse_unfit(folder.resolve().name)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already, and is no index.", mend="Take another name, or remove it."
        )


def _refuse_unlisted(folder: Path) -> None:
    """Refuse a folder of figures alone, whose indicators a list of new ones would leave out."""
    if not any((folder / f"indicators{ending}").exists() for ending in ENDINGS):
        raise InputError(
            "It is not there, and what an import adds must be told from what there is.",
            location=Location(f"{folder.name}/indicators.csv"),
            mend="Write it, with id,direction of the indicators that figures.csv has.",
        )


def _file_of_figures(folder: Path) -> str:
    """Return the name of the file of figures that an index has.

    Raises
    ------
    InputError
        If figures cannot be added to it, by what ``index.toml`` says of them.
    """
    problems = ProblemCollector(folder.name)
    declared, _ = read_declaration(read_text(folder, folder / DECLARATION), problems)
    if declared is None:
        raise FolderError(folder.name, problems.errors)
    said = Location(f"{folder.name}/{DECLARATION}")
    if declared.figures.source is not None:
        raise InputError(
            f"Its figures are those of {declared.figures.source}, and none of its own are added.",
            location=said,
            mend="Import into that index, or remove from under [figures].",
        )
    for table, reading in declared.files.items():
        if reading.decimal == ",":
            raise InputError(
                f"The comma is decimal in its {table}, and import writes figures with points.",
                location=said,
                mend=f"Write {table} with decimal points, and remove decimal.",
            )
    return declared.figures.file or "figures.csv"


def _refuse_wide(figures: Rows, location: Location) -> None:
    lacking = [title for title in ("indicator", "value") if title not in figures.header]
    if lacking:
        raise InputError(
            f"It has no column {' and no column '.join(lacking)}, so that no figure can be added "
            "with its year.",
            location=location,
            mend="Write one row for each figure: country, indicator, value, year.",
        )


def _entries(files: Sequence[Import], indicators: Rows, options: Options) -> list[Entry]:
    """Return the series with their ids: those that the folder has them under, or new ones."""
    found = [(each, taken) for each in files for taken in each.taken]
    there = [row.get("id", "") for row in indicators.rows]
    if options.name is not None:
        if not re.fullmatch(PATTERN, options.name) or len(options.name) > LONGEST:
            raise UsageError(
                f"`as_` is {options.name!r}, which is no id.",
                mend="Use letters and digits, with -, _ or . between them.",
            )
        return [Entry(spelled(options.name, there), *found[0])]
    made = distinct(each.about(taken).id for each, taken in found)
    entries = [Entry(spelled(name, there), *pair) for name, pair in zip(made, found, strict=True)]
    ids = [_id_there(entry, indicators.rows) or entry.id for entry in entries]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise UsageError(
            f"The files have the series {twice[0]} twice.",
            mend="Import them one after the other, each under an id of its own: `as_`.",
        )
    return [Entry(name, *pair) for name, pair in zip(ids, found, strict=True)]


def _id_there(entry: Entry, rows: Sequence[Mapping[str, str]]) -> str:
    """Return the id under which a folder has a series already; empty if it does not.

    A series is the same if its name is, and the file or its publisher.

    Raises
    ------
    UsageError
        If the folder has one of that name from elsewhere.
    """
    title = entry.series.known_as
    sources = {row.get("id", ""): row.get("source", "") for row in rows}
    named = [name for name, source in sources.items() if series_in(source) == title]
    same = [name for name in named if is_from(sources[name], entry)]
    others = named or [name for name in sources if name == entry.id]
    if len(same) == 1 or not others:
        return next(iter(same), "")
    raise UsageError(
        f"{others[0]} is in the folder already, and is not said to be from {entry.file.file}: "
        f"{shown(sources[others[0]], 200) if sources[others[0]] else 'it has no source'}.",
        mend=f"If these are newer figures of it, say `series={title!r}` and `as_={others[0]!r}`; "
        "if it is another indicator, give it another id.",
    )
