"""Which unit each row of a table is about, where it has a code, a name, or both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

from softpower import countries
from softpower.errors import SoftpowerError
from softpower.index.reading.columns import naming_columns
from softpower.index.reading.misread import check_misread, likelier_scheme
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.table import Table
from softpower.index.reading.tables import LAID_OUT, RawTable, Row
from softpower.index.reading.titles import MEASURE, NAMES
from softpower.index.reading.units import UnitRegister
from softpower.index.text import shown
from softpower.index.units import Unit

ISO_CODES = "Write codes of ISO 3166, or remove the column where there is one with names."


class Naming:
    """The columns of a table that name the unit of each row.

    Where a row has several codes or names, all must name the same unit. One that is not known
    counts for nothing beside one that is, which is noted.
    """

    def __init__(
        self,
        table: Table,
        codes: list[int],
        names: list[int],
        register: UnitRegister,
    ) -> None:
        self.table = table
        self.codes = codes
        self.names = names
        self.register = register
        self.columns = [*codes, *names]
        self.title = table.header[self.columns[0]]
        """The heading of the column that counts first."""
        self._key = itemgetter(*self.columns)
        self._agreed: dict[str | tuple[str, ...], Unit] = {}
        self._said: dict[tuple[int, str], str] = {}
        self._beside: dict[tuple[int, str], str] = {}

    def unit(self, row: Row) -> Unit | None:
        """Return the unit that a row is about, or ``None`` with an error noted."""
        key = self._key(row.cells)
        unit = self._agreed.get(key)
        if unit is None:
            unit = self._alone(row) if len(self.columns) == 1 else self._together(row)
            if unit is not None:
                self._agreed[key] = unit
        return unit

    def plainly(self, texts: Sequence[str]) -> Unit | None:
        """Return the unit that each of its columns names, ``None`` if there is more to be said."""
        units = [self.register.judge(text) for text in texts]
        unit = units[0]
        if not isinstance(unit, Unit) or any(other != unit for other in units):
            return None
        alone = len(texts) == 1
        if not alone and any(map(str.isdecimal, texts)):
            return None
        if alone or not self.names:
            try:
                check_misread(texts[0], unit, self._schemes.get(self.columns[0]))
            except SoftpowerError:
                return None
        return unit

    def _alone(self, row: Row) -> Unit | None:
        """Return the unit of a row with one column that names it."""
        [at] = self.columns
        text = row.cells[at]
        try:
            unit = self.register.recognise(text)
        except SoftpowerError as error:
            self.table.caught(error, row, self.table.header[at])
            return None
        return self._unless_misread(unit, row, at)

    def _unless_misread(self, unit: Unit, row: Row, at: int) -> Unit | None:
        """Return the unit of a code, or ``None`` with an error noted if it may be of a scheme."""
        try:
            check_misread(row.cells[at], unit, self._schemes.get(at))
        except SoftpowerError as error:
            self.table.caught(error, row, self.table.header[at])
            return None
        return unit

    def _together(self, row: Row) -> Unit | None:
        """Return the unit of a row with several columns that name it, if they agree."""
        found = {at: self._judge(row, at) for at in self.columns if row.cells[at]}
        units = {at: unit for at, unit in found.items() if isinstance(unit, Unit)}
        if not units:
            at = max(found, default=self.columns[0], key=self.columns.index)
            try:
                self.register.recognise(row.cells[at])
            except SoftpowerError as error:
                self.table.caught(error, row, self.table.header[at])
            return None
        first, unit = next(iter(units.items()))
        for at, other in found.items():
            if not self._agree(unit, other, row, first, at):
                self._contradict(row, first, unit, at, other)
                return None
        for at in self.columns:
            if at not in units and (row.cells[at] or at in self.codes):
                self._ignore(row, at, found.get(at), first)
        named = any(at in units for at in self.names)
        return unit if named else self._unless_misread(unit, row, first)

    def _judge(self, row: Row, at: int) -> Unit | SoftpowerError:
        text = row.cells[at]
        if at in self.codes and self.register.world and text.isdecimal():
            country = countries.by_number().get(text.zfill(3)) if at in self._numbered else None
            if country is not None:
                text = country.iso3
        return self.register.judge(text)

    def _agree(
        self, unit: Unit, other: Unit | SoftpowerError, row: Row, first: int, at: int
    ) -> bool:
        """Say whether what another column says may be about the same unit."""
        if isinstance(other, countries.CountryError) and other.reason != "unknown":
            return any(label.endswith(f"({unit.id})") for label in other.candidates)
        if isinstance(other, SoftpowerError) or other.id == unit.id:
            return True
        if self.register.closed:
            return False
        text, beside = row.cells[first], row.cells[at]
        return (
            self._beside.setdefault((first, text), beside) == beside
            and self._beside.setdefault((at, beside), text) == text
        )

    def _contradict(
        self, row: Row, first: int, unit: Unit, at: int, other: Unit | SoftpowerError
    ) -> None:
        """Note that two columns of a row name different units."""
        header, texts = self.table.header, (row.cells[first], row.cells[at])
        if not self.register.closed:
            what = f"{shown(texts[0])} and {shown(texts[1])} stand beside others in other rows"
        else:
            means = other.name if isinstance(other, Unit) else "not"
            what = (
                f"The {header[first]} {shown(texts[0])} is {unit.name}, and the {header[at]} "
                f"{shown(texts[1])} is {means}"
            )
        mend = "Correct the one that is wrong."
        scheme = self._schemes.get(first)
        if scheme is not None:
            what = f"{what}; the codes of the column fit {scheme.title} better than ISO 3166"
            mend = ISO_CODES
        self.table.error(f"{what}.", mend, row, header[first])

    def _ignore(self, row: Row, at: int, error: Unit | SoftpowerError | None, first: int) -> None:
        """Note that what stands in a column counts for nothing beside the first that is known."""
        if isinstance(error, countries.CountryError) and error.reason == "ambiguous":
            return
        scheme, text = self._schemes.get(at), row.cells[at]
        kind, beside = ("code" if column in self.codes else "name" for column in (at, first))
        beside = f"other {kind}" if beside == kind else beside
        what = f"The {kind} {shown(text)} is not known" if text else f"The {kind} is empty"
        if text.isdecimal():
            what = f"{shown(text)} is not the M49 number of the country"
        elif text and kind == "code" and self.register.world:
            what = f"{shown(text)} is no code of ISO 3166"
            if scheme is not None:
                what = f"{what}, and the codes of the column fit {scheme.title} better"
        said = f"{what}; the {beside} beside it counts."
        said = self._said.setdefault((at, "" if text else "empty"), said)
        mend = "Correct it, or remove it." if text else "Write it, or remove the column."
        if kind == "code" and self.register.world:
            mend = ISO_CODES
        self.table.doubt(said, mend, row, self.table.header[at])

    @cached_property
    def _schemes(self) -> dict[int, countries.Scheme]:
        """The scheme that the codes of a column fit better than ISO 3166, if any does."""
        found: dict[int, countries.Scheme] = {}
        if not self.register.world:
            return found
        for at in self.columns:
            scheme = likelier_scheme(self._pairs(at))
            if scheme is not None:
                found[at] = scheme
        return found

    @cached_property
    def _numbered(self) -> set[int]:
        """The columns of numbers that are, by half or more, M49's for the countries beside them."""
        found = set()
        for at in self.codes:
            numbers = {(text, meant) for text, meant in self._pairs(at) if text.isdecimal()}
            known = [countries.by_number().get(text.zfill(3)) for text, _ in numbers]
            right = [
                country is not None and country.iso3 == meant
                for country, (_, meant) in zip(known, numbers, strict=True)
            ]
            if 2 * sum(right) >= len(right):
                found.add(at)
        return found

    def _pairs(self, at: int) -> set[tuple[str, str]]:
        """Return the texts of a column, each with the id of the unit that is named beside it."""
        beside = self.columns[-1]
        if beside in (at, *self.codes):
            return {(text, "") for text in self.table.texts(at)}
        texts = {*zip(self.table.texts(at), self.table.texts(beside), strict=True)}
        named = {(text, self.register.judge(name)) for text, name in texts}
        return {(text, unit.id if isinstance(unit, Unit) else "") for text, unit in named}


class UnitTable(Table):
    """A table of which each row is about a unit.

    Parameters
    ----------
    raw, problems
        As of every table.
    register
        The units that it may name.
    """

    def __init__(self, raw: RawTable, problems: ProblemCollector, register: UnitRegister) -> None:
        super().__init__(raw, problems)
        self.register = register

    @cached_property
    def naming(self) -> Naming | None:
        """The columns that name the unit, or ``None`` with an error noted."""
        codes, names = naming_columns(self, self.register)
        if not codes and not names:
            self.error(
                "No column names the country or unit.",
                "Call it country (or unit), and put the ISO 3166 code or the name into it. "
                + LAID_OUT,
            )
            return None
        found = Naming(self, codes, names, self.register)
        if not self.register.world:
            _doubt_columns(found)
        return found

    def unit(self, row: Row) -> Unit | None:
        """Return the unit that a row is about, or ``None`` with an error noted."""
        return self.naming.unit(row) if self.naming is not None else None

    def twice(self, unit: Unit, row: Row) -> None:
        """Note that a unit has a second row."""
        column = self.naming.title if self.naming is not None else None
        self.error(f"{unit.name} stands there twice.", "Keep one of the rows.", row, column)


def _doubt_columns(found: Naming) -> None:
    """Note which columns that may name what is ranked are not taken to do so."""
    table = found.table
    left = [title for title in (MEASURE, *NAMES) if title in table.at]
    left = [title for title in left if table.at[title] not in found.columns]
    if MEASURE in left:
        what = f"is taken for what figures are counted in, as there is a column {found.title}."
        mend = f"Remove the column that does not name what is ranked; call that one {MEASURE}."
        table.doubt(f"The column {MEASURE} {what}", mend)
    elif not found.register.closed:
        for title in left:
            what = f"counts for nothing, as the column {MEASURE} names what is ranked."
            mend = f"Remove the column {title}, or list what is ranked in units.csv."
            table.doubt(f"The column {title} {what}", mend)
