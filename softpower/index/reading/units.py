"""Recognising the units of an index, which are countries unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from softpower import countries
from softpower.errors import SoftpowerError, UsageError, did_you_mean
from softpower.index.reading.misread import check_misread, likelier_scheme
from softpower.index.reading.table import Table
from softpower.index.reading.tables import Row
from softpower.index.text import MARKUP, invisible, shown
from softpower.index.units import Unit

LONGEST_NAME = 200

MOST_COMPARED = 5_000
"""Among so many units the nearest to a misspelt name is looked for; it takes a while."""

MANY = 3
"""From so many names that are no countries on, the index may be about something else."""


def of_country(country: countries.Country) -> Unit:
    """Return a country as a unit, with its region and income groups."""
    groups = {
        "region": country.region,
        "subregion": country.subregion,
        "income": country.income,
    }
    return Unit(country.iso3, country.name, groups)


class UnitRegister:
    """The units that an index may name."""

    def __init__(
        self, declared: Mapping[str, Unit], *, any_name: bool, world: bool, lost: bool = False
    ) -> None:
        """``lost`` says that units.csv was refused, so that no name can be found unknown."""
        self._declared = dict(declared)
        self._any_name = any_name
        self._world = world
        self.lost = lost
        self._names = {unit.name: unit for unit in declared.values()}
        self._folded = _unambiguous(declared.values())
        self._judged: dict[str, Unit | SoftpowerError] = {}
        self._refused: dict[str, SoftpowerError] = {}
        """What was found out about texts, and those of them that had to name a unit."""

    @property
    def world(self) -> bool:
        """Whether countries are known by their codes and names."""
        return self._world

    @property
    def closed(self) -> bool:
        """Whether a name must be known, so that a misspelt one is found out."""
        return (self._world or not self._any_name) and not self.lost

    def mostly_unknown(self) -> bool:
        """Say whether most of the names so far should be countries and are none."""
        unknown = [
            error
            for error in self._refused.values()
            if isinstance(error, countries.CountryError) and error.reason == "unknown"
        ]
        known = sum(isinstance(found, Unit) for found in self._judged.values())
        return len(unknown) >= MANY and len(unknown) > known

    def judge(self, text: str) -> Unit | SoftpowerError:
        """Return the unit that a text names, or why it names none."""
        found = self._judged.get(text)
        if found is None:
            try:
                found = self._find(text)
            except SoftpowerError as error:
                found = error
            self._judged[text] = found
        return found

    def recognise(self, text: str) -> Unit:
        """Return the unit that a text names.

        Raises
        ------
        SoftpowerError
            If it names none, or could name two.
        """
        found = self.judge(text)
        if isinstance(found, SoftpowerError):
            self._refused[text] = found
            raise found.with_traceback(None)
        return found

    def _find(self, text: str) -> Unit:
        if not text:
            raise UsageError(
                "The cell is empty.", mend="Name the country or unit, or remove the row."
            )
        if text in self._declared:
            return self._declared[text]
        named = self._names.get(text) if self._names else None
        if named is None and self._folded:
            named = self._folded.get(countries.fold(text))
        if named is not None:
            return named
        if self._world and not (self.lost and countries.find(text) is None):
            country = countries.recognise(text)
            return self._declared.get(country.iso3) or of_country(country)
        if self._any_name or self.lost:
            _check_name(text)
            return Unit(text, text)
        raise UsageError(
            f"{shown(text)} is not a unit of this index.",
            mend=self._nearest(text) or "List it in units.csv.",
        )

    def _nearest(self, text: str) -> str:
        if len(self._declared) > MOST_COMPARED:
            return ""
        names = (unit.name for unit in self._declared.values())
        return did_you_mean(text, [*dict.fromkeys((*self._declared, *names))])


def _unambiguous(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return the units by folded name, without the names that fold alike, such as C++ and C#."""
    folded: dict[str, list[Unit]] = {}
    for unit in units:
        folded.setdefault(countries.fold(unit.name), []).append(unit)
    return {name: found[0] for name, found in folded.items() if name and len(found) == 1}


def read_units(table: Table | None, kind: str, *, lost: bool = False) -> UnitRegister:
    """Return the units that the index may name, from units.csv and the table of countries.

    ``lost`` says that there is a units.csv which cannot be read.
    """
    declared: dict[str, Unit] | None = {}
    if table is not None:
        declared = _declared(table, kind)
    lost = lost or declared is None
    return UnitRegister(declared or {}, any_name=not declared, world=kind == "countries", lost=lost)


def _declared(table: Table, kind: str) -> dict[str, Unit] | None:
    """Return the units by id, or ``None`` with errors noted if some are missing."""
    if "id" not in table.at:
        table.error("It has no column id.", "Give every unit an id, and a name beside it.")
        return None
    if not table.rows:
        table.error("It lists no unit.", "Add one row for each, or remove it.")
    for title in table.header:
        try:
            _check_name(title)
        except SoftpowerError as error:
            table.caught(error)
    declared: dict[str, Unit] = {}
    names: set[str] = set()
    complete = True
    scheme = likelier_scheme(_ids(table)) if kind == "countries" else None
    for row in table.readable():
        cells = dict(zip(table.header, row.cells, strict=True))
        identifier = cells.pop("id")
        name = cells.pop("name", "")
        try:
            unit = _unit(identifier, name, cells, kind, scheme)
        except SoftpowerError as error:
            table.caught(error, row)
            complete = False
            continue
        for word in dict.fromkeys((unit.id, unit.name)):
            if word in names:
                mend = "Give each unit an id and a name of its own."
                table.error(f"{shown(word)} stands there twice.", mend, row)
            names.add(word)
        declared.setdefault(unit.id, unit)
        _doubt_groups(unit, kind, table, row)
    return declared if complete else None


def _ids(table: Table) -> Iterable[tuple[str, str]]:
    """Return the ids of a table, each with the code of the country that is named beside it."""
    at, name_at = table.at["id"], table.at.get("name")
    for row in table.rows:
        named = countries.find(row.cells[name_at]) if name_at is not None else None
        yield row.cells[at], named.iso3 if named is not None else ""


def _unit(
    identifier: str,
    name: str,
    groups: dict[str, str],
    kind: str,
    scheme: countries.Scheme | None,
) -> Unit:
    if not identifier:
        raise UsageError("The id is empty.", mend="Give the unit one, or remove the row.")
    for text in (identifier, name, *groups.values()):
        _check_name(text)
    if kind == "countries" and (country := countries.find(identifier)) is not None:
        known = of_country(country)
        other = countries.find(name)
        if other is not None and other != country:
            raise UsageError(
                f"The id {shown(identifier)} is {known.name}, and the name {shown(name)} is "
                f"{other.name}.",
                mend="Correct the one that is wrong; ids of countries are codes of ISO 3166.",
            )
        if other is None:
            check_misread(identifier, known, scheme)
        stated = {key: group for key, group in groups.items() if group or key not in known.groups}
        return Unit(known.id, name or known.name, {**known.groups, **stated})
    return Unit(identifier, name or identifier, groups)


def _doubt_groups(unit: Unit, kind: str, table: Table, row: Row) -> None:
    """Note it if a country is in another group than softpower's own table has it in."""
    country = countries.find(unit.id) if kind == "countries" else None
    own = of_country(country).groups if country is not None else {}
    for grouping, label in own.items():
        if unit.groups[grouping] != label:
            table.doubt(
                f"The column {grouping} puts countries into other groups than softpower does, "
                "whose groups the countries that are not listed stay in.",
                f"Call the column something else than {grouping}, if its groups are of another "
                "kind.",
                row,
            )


def _check_name(text: str) -> None:
    if len(text) > LONGEST_NAME:
        raise UsageError(
            f"The name {shown(text)} has {len(text):,} characters.",
            mend=f"Write at most {LONGEST_NAME}.",
        )
    if found := invisible(text):
        raise UsageError(f"The name {shown(text)} holds {found}.", mend="Remove it.")
    if tag := MARKUP.search(text):
        raise UsageError(
            f"The name {shown(text)} holds {shown(tag.group())}, which looks like markup.",
            mend="Use round brackets, if any.",
        )
