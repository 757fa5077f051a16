"""What is in these files, and how do they become an index?"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from pathlib import Path
from shlex import quote
from typing import Any

from softpower import countries
from softpower.analysis.shared.formatting import enumerated
from softpower.answer import Answer, Column, Table
from softpower.counting import counted
from softpower.index.importing.change import Change, undated
from softpower.index.importing.choice import order
from softpower.index.importing.files import Import, read_files
from softpower.index.importing.options import Options
from softpower.index.importing.places import UNREADABLE, refuse_unreadable
from softpower.index.importing.plan import Plan, plan, settled
from softpower.index.importing.proposals import suggested
from softpower.index.importing.record import FEW, remarks
from softpower.index.importing.to_come import forecasts
from softpower.index.importing.writing import write
from softpower.index.layouts.ids import distinct
from softpower.index.text import shown
from softpower.version import __version__
from softpower.watch import Watch, unwatched

MOST_CHANGES = 30
"""So many figures that are others now are shown."""


def inspect_files(paths: Sequence[Path], options: Options, watch: Watch = unwatched) -> Answer:
    """Return what files hold; nothing is written.

    Raises
    ------
    SoftpowerError
        If a file cannot be read, or it must be said how.
    """
    files = read_files(paths, options, watch)
    noun = "Units" if options.other else "Countries"
    tables = (_files(files, noun), _series(files, noun), _left_out(files), _unreadable(files))
    notes = tuple(text for each in files for text in _notes(each, options, len(files) > 1))
    title = ", ".join(each.file for each in files)
    if not any(each.places.left(*UNREADABLE) for each in files):
        typed = " ".join([*(quote(str(path)) for path in paths), *options.typed])
        notes = (*notes, f"To take it into an index: softpower import {typed} --into FOLDER")
    provenance = _provenance(files, options)
    return Answer(f"{title}: nothing is written yet", tables, notes=notes, provenance=provenance)


def import_files(
    paths: Sequence[Path], folder: Path, options: Options, watch: Watch = unwatched
) -> Answer:
    """Write the figures of files into the folder of an index, and return what that changes.

    Raises
    ------
    SoftpowerError
        If a file cannot be read or it must be said how, or the folder cannot be written.
    """
    options = settled(folder, options)
    files = read_files(paths, options, watch)
    for each in files:
        refuse_unreadable(each.places, each.file, other=options.other)
    planned = plan(folder, files, options)
    write(planned)
    count = sum(len(each.entry.taken.figures) for each in planned.changes)
    title = f"{folder}: {counted(len(planned.changes), 'indicator')}, {counted(count, 'figure')}"
    notes = [
        text for each in files for text in _notes(each, options, len(files) > 1, _omitted(each))
    ]
    notes += [text for each in planned.changes for text in each.remarks]
    notes += undated(planned.changes)
    notes += [f"{options.years_taken}.", *_to_do(planned)]
    tables = (_indicators(planned.changes), _changes(planned.changes))
    return Answer(title, tables, notes=tuple(notes), provenance=_provenance(files, options, folder))


def _provenance(
    files: Sequence[Import], options: Options, folder: Path | None = None
) -> dict[str, Any]:
    sources = [each.gathered.told.source for each in files]
    return {
        "softpower": __version__,
        "files": [{"file": source.file, "sha256": source.sha256} for source in sources],
        **({"into": str(folder)} if folder is not None else {}),
        "options": options.stated,
    }


def _files(files: Sequence[Import], noun: str) -> Table:
    columns = (
        Column("file", "File"),
        Column("layout", "Layout"),
        Column("codes", "Codes"),
        Column("series", "Series", "integer"),
        Column("countries", noun, "integer"),
        Column("years", "Years"),
        Column("figures", "Figures", "integer"),
        Column("missing", "Missing", "integer"),
        Column("sha256", "SHA-256", detail=True),
    )
    return Table("files", "Files", columns, tuple(_of_file(each) for each in files))


def _of_file(file: Import) -> tuple[str | int, ...]:
    gathered = file.gathered
    source = gathered.told.source
    spans = [year for each in file.taken for year in each.span if year]
    known = {place.iso3 for place in file.places.found if place.iso3}
    return (
        f"{source.file} ({source.sheet})" if source.sheet else source.file,
        gathered.told.layout.id,
        file.places.scheme.title if file.places.scheme is not None else "none",
        len(file.taken),
        len(known),
        _span(min(spans, key=order), max(spans, key=order)) if spans else "",
        sum(each.count for each in file.taken),
        sum(gathered.missing.values()),
        source.sha256,
    )


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _series(files: Sequence[Import], noun: str) -> Table:
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Series"),
        Column("code", "Code", detail=True),
        Column("unit", "Unit"),
        Column("countries", noun, "integer"),
        Column("years", "Years"),
        Column("direction", "Words suggest"),
    )
    rows = []
    pairs = [(each, taken, each.about(taken)) for each in files for taken in each.taken]
    ids = distinct(about.id for _, _, about in pairs)
    for made, (_, taken, about) in zip(ids, pairs, strict=True):
        direction = about.fields.get("direction") or suggested(about.title)
        rows.append(
            (
                made,
                about.title,
                about.code,
                about.unit,
                len(taken.figures),
                _span(*taken.span),
                direction,
            )
        )
    return Table("series", "Series", columns, tuple(rows))


def _left_out(files: Sequence[Import]) -> Table:
    columns = (
        Column("why", "Why it is left out"),
        Column("count", "Names", "integer"),
        Column("names", "Which"),
    )
    left: dict[str, list[str]] = {}
    for each in files:
        for place in each.places.found:
            if not place.iso3 and place.kind not in UNREADABLE:
                left.setdefault(place.why, []).append(place.written)
        for what, why in each.gathered.told.layout.aside.items():
            left.setdefault(why, []).append(what)
        for name in each.gathered.read.texts:
            left.setdefault("it holds no number", []).append(each.gathered.about(name).title)
        if without := each.without:
            left.setdefault("it has no figure", []).extend(without)
    rows = tuple((why, len(names), ", ".join(names)) for why, names in left.items())
    return Table("left_out", "Left out", columns, rows, silent=True)


def _unreadable(files: Sequence[Import]) -> Table:
    columns = (
        Column("name", "Name", whole=True),
        Column("what", "What is not known"),
        Column("mend", "How to mend it"),
    )
    rows = tuple(
        (place.written, place.why, place.mend)
        for each in files
        for place in each.places.left(*UNREADABLE)
    )
    return Table("unknown", "Names that must be mended or left out", columns, rows, silent=True)


def _notes(file: Import, options: Options, several: bool, more: Sequence[str] = ()) -> list[str]:
    """Return what is said of a file, with its name if there are several."""
    about = file.gathered.told.layout.about
    later = forecasts(file.taken, options.date or about.downloaded)
    said = [*remarks(file), *later, *more]
    return [f"{file.file}: {text}" if several else text for text in said]


def _omitted(file: Import) -> list[str]:
    """Return in sentences which names, columns and lines are left out, if any are."""
    left = [
        place.written
        for place in file.places.found
        if not place.iso3 and place.kind not in UNREADABLE
    ]
    said = [f"{counted(len(left), 'name')} left out: {enumerated(left, FEW)}."] if left else []
    if texts := file.gathered.read.texts:
        about = file.gathered.about
        titles = [f"{about(name).title} ({shown(text)})" for name, text in texts.items()]
        said.append(f"Left out, as no cell is a number: {enumerated(titles, FEW)}.")
    if aside := file.gathered.told.layout.aside:
        said.append(f"Left out of the file: {enumerated([*aside], FEW)}.")
    return said


def _indicators(changes: Sequence[Change]) -> Table:
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Series"),
        Column("figures", "Figures", "integer"),
        Column("years", "Years"),
        Column("state", "State"),
        Column("added", "Added", "integer"),
        Column("changed", "Changed", "integer"),
        Column("removed", "Removed", "integer"),
        Column("direction", "Direction"),
    )
    rows = tuple(
        (
            each.entry.id,
            each.entry.series.title,
            len(each.entry.taken.figures),
            each.entry.years,
            "new" if each.new else "updated",
            each.added,
            len(each.changed),
            len(each.removed),
            each.direction,
        )
        for each in changes
    )
    return Table("indicators", "Indicators", columns, rows)


def _changes(changes: Sequence[Change]) -> Table:
    columns = (
        Column("indicator", "Indicator", whole=True),
        Column("code", "Code"),
        Column("country", "Country"),
        Column("before", "Before"),
        Column("after", "After"),
    )
    rows = [
        (each.entry.id, iso3, _name(iso3), before, after)
        for each in changes
        for iso3, before, after in [
            *((iso3, each.before[iso3], None) for iso3 in each.removed),
            *sorted(each.changed, key=_by_size),
        ]
    ]
    notes: tuple[str, ...] = ()
    if len(rows) > MOST_CHANGES:
        notes = (f"The first {MOST_CHANGES} of {len(rows):,}; figures.csv has all.",)
        rows = rows[:MOST_CHANGES]
    title = "Figures that are others now: those removed, and the largest changes first"
    return Table("changes", title, columns, tuple(rows), notes=notes, silent=True)


def _by_size(change: tuple[str, str, str]) -> float:
    """Return the key by which changes are sorted: the largest share of a figure comes first."""
    _, before, after = change
    try:
        was, now = float(before), float(after)
    except ValueError:
        return -inf
    return -abs(now - was) / max(abs(was), abs(now))


def _name(code: str) -> str:
    country = countries.find(code)
    return country.name if country is not None else code


def _to_do(planned: Plan) -> list[str]:
    """Return what a person must do next."""
    asked = planned.undecided
    if not asked:
        return []
    where = f"{planned.folder}/indicators.csv"
    what = "higher where more is better, or lower where less is, in place of the ?"
    then = f"softpower check {planned.folder}"
    return [f"State the direction of {enumerated(asked, FEW)} in {where}: {what}. Then: {then}"]
