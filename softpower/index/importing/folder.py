"""The folder of an index, new or there already, with the figures of files in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from softpower import countries
from softpower.errors import FolderError, InputError, Location, Problem, UsageError
from softpower.index.find import DECLARATION, refuse_shipped
from softpower.index.importing.beginning import declaration, readme
from softpower.index.importing.files import Import
from softpower.index.importing.options import Options
from softpower.index.importing.record import Entry, fields_of, readme_of, series_in
from softpower.index.importing.table import Rows, naming, read_rows
from softpower.index.layouts.ids import distinct
from softpower.index.reading.folder import inspect
from softpower.index.reading.indicators import UNDECIDED
from softpower.index.reading.tables import cell_text

FIGURES = ("country", "indicator", "value", "year")
HISTORY = ("country", "indicator", "year", "value")
INDICATORS = ("id", "title", "direction", "unit", "source", "year", "url", "licence", "note")
_ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changes of one indicator."""

    entry: Entry
    new: bool
    added: int
    changed: tuple[tuple[str, str, str], ...]
    """Figures that are others now: alpha-3 code, before and after."""
    removed: tuple[str, ...]
    """Countries that have no figure any more."""
    before: Mapping[str, str]
    """The figures that the folder had, by alpha-3 code."""
    direction: str
    remarks: tuple[str, ...]
    """What is to be said of the series, where the folder said otherwise."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The texts of the files that an import writes, and what they change."""

    folder: Path
    texts: Mapping[str, str]
    """By name of the file; one that is empty is taken away."""
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
    there = (folder / DECLARATION).is_file()
    if not there:
        _refuse_name(folder)
    indicators = read_rows(folder, "indicators.csv", INDICATORS)
    figures = read_rows(folder, "figures.csv", FIGURES)
    history = read_rows(folder, "history.csv", HISTORY)
    _refuse_wide(figures, folder)
    entries = _entries(files, indicators, options)
    changes = tuple(_change(entry, indicators, figures, history, options) for entry in entries)
    texts = {"indicators.csv": indicators.text, "figures.csv": figures.text}
    if history.rows or (folder / "history.csv").exists():
        texts["history.csv"] = history.text if history.rows else ""
    pillars = {
        name: pillar for each in files for name, pillar in each.gathered.told.layout.pillars.items()
    }
    if not there:
        texts[DECLARATION] = declaration(folder.name, entries, pillars)
    document = folder / "README.md"
    before = document.read_text(encoding="utf-8") if document.is_file() else readme(folder.name)
    texts["README.md"] = readme_of(before, files, entries, options.date, options.years.words)
    return Plan(folder, texts, changes)


def _refuse_name(folder: Path) -> None:
    name = folder.resolve().name
    if not _ID.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of an index.",
            mend="Use only a-z, 0-9, - and _ between them.",
        )
    refuse_shipped(name)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already, and is no index.", mend="Take another name, or remove it."
        )


def _refuse_wide(figures: Rows, folder: Path) -> None:
    lacking = [title for title in ("indicator", "value") if title not in figures.header]
    if lacking:
        raise InputError(
            f"It has no column {' and no column '.join(lacking)}, so that no figure can be added "
            "with its year.",
            location=Location(f"{folder.name}/figures.csv"),
            mend="Write one row for each figure: country, indicator, value, year.",
        )


def _entries(files: Sequence[Import], indicators: Rows, options: Options) -> list[Entry]:
    """Return the series with their ids: those that the folder has them under, or new ones."""
    found = [(each, taken) for each in files for taken in each.taken]
    if options.name is not None:
        if not _ID.fullmatch(options.name) or len(options.name) > 60:
            raise UsageError(
                f"`as_` is {options.name!r}, which is no id.",
                mend="Use only a-z, 0-9, - and _ between them.",
            )
        return [Entry(options.name, *found[0])]
    known = {series_in(row.get("source", "")): row.get("id", "") for row in indicators.rows}
    codes = [each.about(taken).code or each.about(taken).title for each, taken in found]
    made = distinct(codes)
    ids = [known.get(code) or name for code, name in zip(codes, made, strict=True)]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise UsageError(
            f"The files have the series {twice[0]} twice.",
            mend="Import them one after the other, each under an id of its own: `as_`.",
        )
    return [Entry(name, *pair) for name, pair in zip(ids, found, strict=True)]


def _change(
    entry: Entry, indicators: Rows, figures: Rows, history: Rows, options: Options
) -> Change:
    """Put one indicator into the tables, and return what that changes."""
    before = {
        _country(row): row.get("value", "")
        for row in figures.rows
        if row.get("indicator") == entry.id
    }
    taken = entry.taken
    after = {iso3: cell_text(value) for iso3, (value, _, _) in taken.figures.items()}
    notes = any(note for _, _, note in taken.figures.values())
    figures.need(["year", *(["note"] if notes else [])])
    figures.replace("indicator", entry.id, [
        _row(figures, entry.id, iso3, value, year, note)
        for iso3, (value, year, note) in sorted(taken.figures.items())
    ])  # fmt: skip
    if any(note for _, note in taken.history.values()):
        history.need(["note"])
    newest = {(iso3, year) for iso3, (_, year, _) in taken.figures.items()}
    past = [
        _row(history, entry.id, iso3, value, year, note)
        for (iso3, year), (value, note) in sorted(taken.history.items())
    ]
    if options.years.all_years:
        history.replace("indicator", entry.id, past)
    else:
        history.rows = [
            row
            for row in history.rows
            if row.get("indicator") != entry.id
            or (_country(row), row.get("year", "")) not in newest
        ]
    row = next((row for row in indicators.rows if row.get("id") == entry.id), None)
    new = row is None
    if row is None:
        row = {"id": entry.id, "title": _plain(entry.series.title), "direction": UNDECIDED,
               "unit": entry.series.unit}  # fmt: skip
        fields = {k: v for k, v in entry.series.fields.items() if k not in ("source", "note")}
        row |= fields
        indicators.rows.append(row)
    remarks = _remarks(row, entry, new=new)
    row |= {key: text for key, text in fields_of(entry, options.date).items() if text}
    indicators.need(row)
    changed = tuple(
        (iso3, before[iso3], after[iso3])
        for iso3 in sorted(after)
        if iso3 in before and not _same(before[iso3], after[iso3])
    )
    added = sum(iso3 not in before for iso3 in after)
    removed = tuple(sorted(iso3 for iso3 in before if iso3 not in after))
    return Change(entry, new, added, changed, removed, before, row.get("direction", ""), remarks)


def _remarks(row: Mapping[str, str], entry: Entry, *, new: bool) -> tuple[str, ...]:
    """Return what is to be said of a series that the folder knows otherwise."""
    series, said = entry.series, []
    was = series_in(row.get("source", ""))
    now = series.code or series.title
    if not new and was != now:
        before = f"the series {was}" if was else "not imported"
        said.append(f"{entry.id} was {before}; it is the series {now} now.")
    unit = row.get("unit", "")
    if not new and series.unit and unit != series.unit:
        said.append(
            f"{entry.id} is in {unit or 'no unit'} in indicators.csv, which stays so, and in "
            f"{series.unit} in {entry.file.file}."
        )
    if entry.taken.figures and not entry.years:
        said.append(f"{entry.file.file} says no year of {entry.id}.")
    return tuple(said)


def _country(row: Mapping[str, str]) -> str:
    """Return the code of the country of a row, or what stands there."""
    for title in ("iso3", "code", "country", "name", "unit"):
        if text := row.get(title, ""):
            found = countries.find(text)
            return found.iso3 if found is not None else text
    return ""


def _row(
    table: Rows, indicator: str, iso3: str, value: float, year: str, note: str
) -> dict[str, str]:
    named = naming(table.header, iso3, countries.get(iso3).name)
    said = {"indicator": indicator, "value": cell_text(value), "year": year}
    return {**named, **said, **({"note": note} if note else {})}


def _same(before: str, after: str) -> bool:
    try:
        return float(before) == float(after)
    except ValueError:
        return before == after


def _plain(title: str) -> str:
    """Return a title that an index may have: on one line, short, with no square bracket."""
    line = " ".join(title.replace("[", "(").replace("]", ")").replace("<", "(").split())
    return line if len(line) <= 200 else f"{line[:199]}…"


def write(planned: Plan) -> tuple[Path, ...]:
    """Write what was planned: all of it, or nothing.

    The folder is first written beside itself and read as `check` reads it.

    Raises
    ------
    FolderError
        If the folder would have errors, other than directions that are still to be stated.
    InputError
        If it cannot be written.
    """
    folder = planned.folder
    try:
        folder.parent.resolve(strict=True)
        scratch = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        trial = scratch / folder.resolve().name
        if folder.is_dir():
            shutil.copytree(folder, trial, symlinks=False)
        else:
            trial.mkdir()
        for name, text in planned.texts.items():
            if text:
                (trial / name).write_text(text, encoding="utf-8", newline="\n")
            else:
                (trial / name).unlink(missing_ok=True)
        _refuse_errors(trial)
        if folder.is_dir():
            _replace(folder, trial, planned.texts)
        else:
            trial.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return tuple(folder / name for name, text in planned.texts.items() if text)


def _refuse_errors(folder: Path) -> None:
    _, problems = inspect(folder)
    errors = [each for each in problems if each.level == "error" and not _asks(each)]
    if errors:
        raise FolderError(folder.name, errors)


def _asks(problem: Problem) -> bool:
    """Say whether a problem is that a direction is still to be stated."""
    return problem.location.key == "column direction" and "no direction yet" in problem.what


def _replace(folder: Path, trial: Path, names: Iterable[str]) -> None:
    """Put new files in place of old ones; if one cannot be, the others are put back."""
    before = {
        name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names
    }
    try:
        for name in before:
            if (trial / name).exists():
                (trial / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except OSError:
        for name, data in before.items():
            if data is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(data)
        raise


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"The folder cannot be written: {error.strerror}.", location=Location(str(folder))
    )
