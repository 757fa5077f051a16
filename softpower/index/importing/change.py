"""What an import changes of one indicator in the tables of a folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from softpower import countries
from softpower.index.importing.options import Options
from softpower.index.importing.record import FEW, Entry, fields_of, series_in
from softpower.index.importing.table import Rows, naming
from softpower.index.reading.indicators import UNDECIDED
from softpower.index.reading.tables import cell_text
from softpower.index.text import listed


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


def change(
    entry: Entry, indicators: Rows, figures: Rows, history: Rows, options: Options
) -> Change:
    """Put one indicator into the tables, and return what that changes."""
    names = {place.iso3: place.written for place in entry.file.places.found}
    before = {_unit(row, options): row.get("value", "") for row in figures.of(entry.id)}
    taken = entry.taken
    after = {iso3: cell_text(value) for iso3, (value, _, _) in taken.figures.items()}
    notes = any(note for _, _, note in taken.figures.values())
    figures.need(["year", *(["note"] if notes else [])])
    figures.replace(entry.id, [
        _row(figures, entry.id, iso3, names[iso3], value, year, note)
        for iso3, (value, year, note) in sorted(taken.figures.items())
    ])  # fmt: skip
    if any(note for _, note in taken.history.values()):
        history.need(["note"])
    earlier = _periods(history, entry.id, options)
    newest = {(iso3, year) for iso3, (_, year, _) in taken.figures.items()}
    past = [
        _row(history, entry.id, iso3, names[iso3], value, year, note)
        for (iso3, year), (value, note) in sorted(taken.history.items())
    ]
    if options.years.all_years:
        history.replace(entry.id, past)
    else:
        kept = [
            row
            for row in history.of(entry.id)
            if (_unit(row, options), row.get("year", "")) not in newest
        ]
        history.replace(entry.id, kept)
    row = next((row for row in indicators.rows if row.get("id") == entry.id), None)
    new = row is None
    if row is None:
        row = {"id": entry.id, "title": _plain(entry.series.title), "direction": UNDECIDED,
               "unit": entry.series.unit}  # fmt: skip
        fields = {k: v for k, v in entry.series.fields.items() if k not in ("source", "note")}
        row |= fields
        indicators.rows.append(row)
    remarks = (
        *_remarks(row, entry, new=new),
        *_remarks_on_periods(entry.id, earlier, _periods(history, entry.id, options), newest),
    )
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
    now = series.known_as
    if not new and was != now:
        before = f"the series {was}" if was else "not imported"
        said.append(f"{entry.id} was {before}; it is the series {now} now.")
    unit = row.get("unit", "")
    if not new and series.unit and unit != series.unit:
        said.append(
            f"{entry.id} is in {unit or 'no unit'} in indicators.csv, which stays so, and in "
            f"{series.unit} in {entry.file.file}."
        )
    return tuple(said)


def undated(changes: Iterable[Change]) -> list[str]:
    """Return of which series each file says no year, for all of their figures or for some."""
    files: dict[str, tuple[list[str], list[str]]] = {}
    for entry in (each.entry for each in changes):
        figures = entry.taken.figures
        if lacking := sum(not year for _, year, _ in figures.values()):
            none, some = files.setdefault(entry.file.file, ([], []))
            if entry.years:
                some.append(f"{entry.id} for {lacking:,} of {len(figures):,} figures")
            else:
                none.append(entry.id)
    return [
        f"{file} says no year of {listed(names, FEW)}."
        for file, kinds in files.items()
        for names in kinds
        if names
    ]


def _periods(history: Rows, indicator: str, options: Options) -> dict[tuple[str, str], str]:
    """Return the figures of other periods, by unit and period."""
    return {
        (_unit(row, options), row.get("year", "")): row.get("value", "")
        for row in history.of(indicator)
    }


def _remarks_on_periods(
    indicator: str,
    before: Mapping[tuple[str, str], str],
    after: Mapping[tuple[str, str], str],
    newest: Collection[tuple[str, str]],
) -> list[str]:
    """Return what is to be said of figures of other periods that the folder had already."""
    gone = sum(key not in after and key not in newest for key in before)
    others = sum(key in after and not _same(text, after[key]) for key, text in before.items())
    if not gone and not others:
        return []
    said = f"Of the {len(before):,} figures of {indicator} in history.csv"
    return [f"{said}, {others:,} changed and {gone:,} are no longer there."]


def _unit(row: Mapping[str, str], options: Options) -> str:
    """Return the code of the country of a row, or what stands there."""
    for title in ("iso3", "code", "country", "name", "unit"):
        if text := row.get(title, ""):
            found = countries.find(text) if not options.other else None
            return found.iso3 if found is not None else text
    return ""


def _row(
    table: Rows, indicator: str, iso3: str, name: str, value: float, year: str, note: str
) -> dict[str, str]:
    country = countries.find(iso3)
    named = naming(table.header, iso3, country.name if country is not None else name)
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
