"""Recognising the units of an index, which are countries unless it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from softpower import countries
from softpower.errors import SoftpowerError, UsageError, did_you_mean
from softpower.index.declared import MARKUP
from softpower.index.reading.findings import Findings
from softpower.index.reading.tables import Row, Sheet, find_table, read_table
from softpower.index.text import shown
from softpower.index.units import Unit

UNIT_COLUMNS = ("iso3", "code", "unit", "country", "name")
"""What the column that names the unit may be called; the first one that is there counts."""


def of_country(country: countries.Country) -> Unit:
    """Return a country as a unit, with its region and income groups."""
    groups = {
        "region": country.region,
        "subregion": country.subregion,
        "income": country.income,
    }
    return Unit(country.iso3, country.name, MappingProxyType(groups))


class Roll:
    """The units that an index may name."""

    def __init__(self, declared: Mapping[str, Unit], *, any_name: bool, world: bool) -> None:
        self._declared = dict(declared)
        self._any_name = any_name
        self._world = world
        self._names = {countries.fold(unit.name): unit for unit in declared.values()}
        self._seen: dict[str, Unit] = {}

    def recognise(self, text: str) -> Unit:
        """Return the unit that a text names.

        Raises
        ------
        SoftpowerError
            If it names none, or could name two.
        """
        if text not in self._seen:
            self._seen[text] = self._find(text)
        return self._seen[text]

    def _find(self, text: str) -> Unit:
        if text in self._declared:
            return self._declared[text]
        if unit := self._names.get(countries.fold(text)):
            return unit
        if self._world:
            country = countries.recognise(text)
            return self._declared.get(country.iso3) or of_country(country)
        if self._any_name:
            _check_name(text)
            return Unit(text, text)
        known = [*self._declared, *(unit.name for unit in self._declared.values())]
        raise UsageError(
            f"{shown(text)} is not a unit of this index.",
            mend=did_you_mean(text, known) or "List it in units.csv.",
        )


def read_roll(folder: Path, kind: str, findings: Findings) -> Roll:
    """Return the units that the index may name, from units.csv and the table of countries."""
    declared: dict[str, Unit] = {}
    path = None
    try:
        path = find_table(folder, "units")
        if path is not None:
            declared = _declared(read_table(folder, path), kind, findings)
    except SoftpowerError as error:
        findings.caught(error)
    return Roll(declared, any_name=path is None, world=kind == "countries")


def _declared(sheet: Sheet, kind: str, findings: Findings) -> dict[str, Unit]:
    declared: dict[str, Unit] = {}
    if "id" not in sheet.header:
        findings.error("It has no column id.", sheet.place(), "Give every unit an id.")
        return declared
    for row in sheet.rows:
        cells = dict(zip(sheet.header, row.cells, strict=True))
        identifier = cells.pop("id")
        name = cells.pop("name", "")
        try:
            unit = _unit(identifier, name, cells, kind)
        except SoftpowerError as error:
            findings.caught(error, sheet.place(row.line))
            continue
        if unit.id in declared:
            findings.error(
                f"{shown(unit.id)} stands there twice.", sheet.place(row.line), "Remove one row."
            )
        declared[unit.id] = unit
    return declared


def _unit(identifier: str, name: str, groups: dict[str, str], kind: str) -> Unit:
    if not identifier:
        raise UsageError("The id is empty.")
    _check_name(identifier)
    _check_name(name)
    if kind == "countries":
        try:
            known = of_country(countries.recognise(identifier))
        except SoftpowerError:
            pass
        else:
            return Unit(known.id, name or known.name, MappingProxyType({**known.groups, **groups}))
    return Unit(identifier, name or identifier, MappingProxyType(groups))


def _check_name(text: str) -> None:
    if not all(character.isprintable() for character in text):
        raise UsageError(f"The name {shown(text)} holds a control character.")
    if MARKUP.search(text):
        raise UsageError(
            f"The name {shown(text)} looks like markup.", mend="Use round brackets, if any."
        )


def unit_column(sheet: Sheet, findings: Findings) -> int | None:
    """Return the position of the column that names the unit, or ``None`` with an error noted."""
    for name in UNIT_COLUMNS:
        if name in sheet.header:
            return sheet.header.index(name)
    findings.error(
        "No column names the country.",
        sheet.place(),
        "Call it country (or unit), and put the ISO 3166 code or the name into it.",
    )
    return None


def unit_of(row: Row, column: int, sheet: Sheet, roll: Roll, findings: Findings) -> Unit | None:
    """Return the unit that a row is about, or ``None`` with an error noted."""
    text = row.cells[column]
    place = sheet.place(row.line, sheet.header[column])
    if not text:
        findings.error("The cell is empty.", place, "Name the country, or remove the row.")
        return None
    try:
        return roll.recognise(text)
    except SoftpowerError as error:
        findings.caught(error, place)
        return None
