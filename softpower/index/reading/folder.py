"""Reading an index folder: every problem is collected before anything is said."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from softpower.errors import FolderError, InputError, Location, Problem, SoftpowerError
from softpower.index.declared import FiguresEntry, IndexFile, TableName
from softpower.index.figures import Figures
from softpower.index.find import DECLARATION, locate
from softpower.index.index import MAIN, Index
from softpower.index.published import Published
from softpower.index.reading.figures import read_figures
from softpower.index.reading.frameworks import build_framework
from softpower.index.reading.history import read_history
from softpower.index.reading.indicators import IndicatorTable, read_indicators
from softpower.index.reading.locate import Lines
from softpower.index.reading.published import read_published
from softpower.index.reading.references import AvailableFigures, check_references
from softpower.index.reading.stores import Store, store_of
from softpower.index.reading.tables import ENDINGS, RawTable
from softpower.index.reading.units import UnitRegister, read_units
from softpower.index.text import shown
from softpower.index.tree import Framework, Indicator

LONGEST_CHAIN = 8
"""So many indices may take their figures one from the other."""


def read(folder: Path) -> Index:
    """Return the index of a folder or a workbook.

    Raises
    ------
    FolderError
        With every problem of it.
    """
    index, problems = inspect(folder)
    errors = [problem for problem in problems if problem.level == "error"]
    if index is None or errors:
        raise FolderError(str(folder), errors)
    return index


def inspect(folder: Path, above: tuple[Path, ...] = ()) -> tuple[Index | None, list[Problem]]:
    """Return the index of a folder as far as it can be read, and everything wrong with it."""
    store = store_of(folder)
    declared, lines = store.declaration()
    if declared is None:
        return None, store.problems.listed
    return _Folder(store, declared, lines, above).read(), store.problems.listed


class _Folder:
    """One folder, or the workbook in its place, while it is read."""

    def __init__(
        self, store: Store, declared: IndexFile, lines: Lines, above: tuple[Path, ...]
    ) -> None:
        self.store = store
        self.folder = store.path
        self.declared = declared
        self.lines = lines
        self.problems = store.problems
        self.above = above
        self.parts: list[str] = []
        """What holds the tables that the index is read from, of which its hash is made."""
        self.tables: set[TableName] = set()
        """The tables that are there."""
        self.remarks: list[str] = []

    def read(self) -> Index | None:
        """Return the index, or ``None`` if its errors leave nothing to return."""
        declared, problems = self.declared, self.problems
        if self.store.documented and declared.id != problems.folder:
            problems.warn(
                f"The id {declared.id} is not the name of the folder.",
                problems.file(DECLARATION, self.lines.of(["id"]), "id"),
                "Give both the same name, so that people find it.",
            )
        path = self._path("units")
        units = self._sheet("units", path)
        lost = path is not None and units is None
        register = read_units(units, declared.units, problems, lost=lost)
        source = self._source()
        indicator_table = self._catalogue(source)
        figures, doubtful = self._figures(source, indicator_table, register)
        frameworks = self._frameworks(indicator_table) if indicator_table is not None else {}
        published = self._published(frameworks, register)
        if indicator_table is None and published is None and not problems.count:
            problems.error(
                "There are neither indicators nor published results.",
                Location(problems.folder),
                "Add indicators.csv and figures.csv, or published.csv.",
            )
        figures = self._with_history(figures, indicator_table, register)
        if register.mostly_unknown():
            problems.error(
                "Most of the names in the tables are not countries.",
                self._place("units"),
                f'If these are not countries, write units = "other" in {DECLARATION}.',
            )
        self._check_files()
        if indicator_table is not None and figures is not None:
            check_references(indicator_table, figures, doubtful, problems)
            self._check_divisors(figures, doubtful)
        self._check_files()
        if problems.count:
            return None
        if figures is not None:
            figures = replace(figures, doubts=(*figures.doubts, *problems.doubts))
        elif published is not None and problems.doubts:
            said = [published.note] if published.note else []
            published = replace(published, note=" ".join([*said, *problems.doubts]))
        return Index(
            declared=declared,
            frameworks=frameworks,
            carried=_carried(indicator_table, frameworks),
            figures=figures,
            published=published,
            hash=self._hash(source),
            remarks=(*(source.remarks if source is not None else ()), *self.remarks),
            variant_places={name: self._place("variants", name) for name in declared.variants},
        )

    def _place(self, *path: str) -> Location:
        return self.problems.file(DECLARATION, self.lines.of(path), ".".join(path))

    def _path(self, table: TableName) -> str | None:
        """Return what holds a table of the folder, ``None`` if it is absent or there are two."""
        try:
            path = self.store.find(table, self.declared.files.get(table))
        except InputError as error:
            self.problems.caught(error)
            return None
        if path is not None:
            self.parts.append(path)
        return path

    def _sheet(self, table: TableName, path: str | None) -> RawTable | None:
        """Return a table of the folder, ``None`` if it is absent or cannot be read."""
        if path is None:
            return None
        try:
            sheet = self.store.table(path, table, self.declared.files.get(table))
        except InputError as error:
            self.problems.caught(error)
            return None
        finally:
            self.tables.add(table)
        if sheet.remark is not None:
            self.problems.warn(sheet.remark.what, sheet.remark.location, sheet.remark.mend)
            self.remarks.append(str(sheet.remark))
        return sheet

    def _source(self) -> Index | None:
        """Return the index whose figures this one takes, if any."""
        name = self.declared.figures.source
        if name is None:
            return None
        location = self._place("figures", "from")
        try:
            folder = locate(name, near=self.folder).resolve()
        except SoftpowerError as error:
            self.problems.caught(error, location)
            return None
        above = (*self.above, self.folder)
        if folder == self.folder:
            self.problems.error(
                "The index takes its figures from itself.",
                location,
                "Name another, or remove the key.",
            )
            return None
        if folder in above or len(above) >= LONGEST_CHAIN:
            chain = " from ".join(path.name for path in (*above, folder))
            self.problems.error(
                f"The figures are never reached: {chain}.", location, "Name an index with figures."
            )
            return None
        source, problems = inspect(folder, above)
        first = next((problem for problem in problems if problem.level == "error"), None)
        if first is not None:
            self.problems.error(
                f"The index {name}, which has the figures, has problems of its own: {first}",
                location,
                "Mend that index first.",
            )
            return None
        if source is None or source.figures is None:
            self.problems.error(
                f"The index {name} has no figures to take.", location, "Name another index."
            )
            return None
        return source

    def _catalogue(self, source: Index | None) -> IndicatorTable | None:
        before = self.problems.count
        path = self._path("indicators")
        sheet = self._sheet("indicators", path)
        if sheet is None:
            needs = "declares pillars" if self.declared.pillars else "says where the figures are"
            needed = self.declared.pillars or self.declared.figures != FiguresEntry()
            if needed and self.problems.count == before:
                self.problems.error(
                    f"There is no such file, though {DECLARATION} {needs}.",
                    self.problems.file("indicators.csv"),
                    "Add it, with one row for each indicator.",
                )
            return None
        inherited: dict[str, Indicator] = {}
        if source is not None:
            inherited.update(source.carried)
            for framework in source.frameworks.values():
                inherited.update({item.id: item for item in framework.indicators()})
        frameworks = (MAIN, *self.declared.frameworks)
        return read_indicators(sheet, frameworks, inherited, self.problems)

    def _figures(
        self, source: Index | None, indicator_table: IndicatorTable | None, register: UnitRegister
    ) -> tuple[Figures | None, Collection[str]]:
        """Return the figures, and the indicators of which something was refused."""
        entry, problems = self.declared.figures, self.problems
        if entry.source is not None:
            if entry.file is not None:
                problems.error("It names both from and file.", self._place("figures"), "Keep one.")
            return (source.figures if source is not None else None), ()
        path = self._figures_path(entry.file, needed=indicator_table is not None)
        if indicator_table is None or not indicator_table.indicators:
            if indicator_table is None and path is not None and not problems.count:
                problems.error(
                    "There are figures, but no indicators.csv that says what they are.",
                    problems.file(path),
                    "Add indicators.csv, with one row for each indicator.",
                )
            return None, ()
        sheet = self._sheet("figures", path)
        if sheet is None:
            return None, ()
        return read_figures(sheet, self._known(indicator_table), register, problems)

    def _with_history(
        self,
        figures: Figures | None,
        indicator_table: IndicatorTable | None,
        register: UnitRegister,
    ) -> Figures | None:
        """Return the figures with those of other periods, if there are any."""
        path, problems = self._path("history"), self.problems
        if path is None:
            return figures
        if self.declared.figures.source is not None:
            problems.error(
                "There are figures of other periods here, but the figures are taken from "
                f"{self.declared.figures.source}.",
                problems.file(path),
                "Put it into the folder of that index, beside the figures.",
            )
            return figures
        sheet = self._sheet("history", path)
        if sheet is None or indicator_table is None or figures is None:
            if sheet is not None and not problems.count:
                problems.error(
                    "There are figures of other periods, but none to score.",
                    problems.file(path),
                    "Add indicators.csv and figures.csv, or remove it.",
                )
            return figures
        return replace(
            figures,
            history=read_history(sheet, self._known(indicator_table), figures, register, problems),
        )

    def _known(self, indicator_table: IndicatorTable) -> list[str]:
        """Return the figures that there may be: indicators, and what they are divided by."""
        known = [*indicator_table.indicators, *indicator_table.refused]
        known += [
            indicator.denominator.figure
            for indicator in indicator_table.indicators.values()
            if indicator.denominator is not None
        ]
        known += [figure for *_, figure in self._divisors_of_variants()]
        return list(dict.fromkeys(known))

    def _divisors_of_variants(self) -> Iterator[tuple[str, str, str]]:
        """Yield each denominator that a variant states, after the ids of variant and indicator."""
        for name, variant in self.declared.variants.items():
            for identifier, change in variant.indicators.items():
                if change.denominator:
                    yield name, identifier, change.denominator.partition("/")[0].strip()

    def _figures_path(self, name: str | None, *, needed: bool) -> str | None:
        """Return what holds the figures, ``None`` with an error noted."""
        problems = self.problems
        if name is not None:
            location = self._place("figures", "file")
            path = Path(name)
            if not self.store.documented:
                problems.error(
                    "The figures of a workbook are in a sheet of it.",
                    location,
                    "Name the sheet under files.figures.sheet, or remove the row.",
                )
            elif path.is_absolute() or ".." in path.parts or "\\" in name:
                problems.error(
                    f"{shown(name)} may lead out of the index folder.",
                    location,
                    "Put the file into the folder, and write its name alone.",
                )
            elif path.suffix.lower() not in ENDINGS:
                problems.error(
                    f"{shown(name)} ends neither in .csv nor in .xlsx.",
                    location,
                    "Save it as either.",
                )
            else:
                self.parts.append(name)
                return name
            return None
        before = problems.count
        path_found = self._path("figures")
        if path_found is None and problems.count == before and needed:
            problems.error(
                "There is no such file.",
                problems.file("figures.csv"),
                "Add the figures, or name the index that has them under [figures] from.",
            )
        return path_found

    def _frameworks(self, indicator_table: IndicatorTable) -> dict[str, Framework]:
        declared = self.declared
        built = {
            MAIN: build_framework(
                MAIN,
                declared.title,
                "",
                declared.pillars,
                indicator_table,
                self.lines,
                self.problems,
            )
        }
        for name, entry in declared.frameworks.items():
            if name == MAIN:
                self.problems.error(
                    f"The name {MAIN} stands for [pillars].",
                    self._place("frameworks", name),
                    "Give the framework another.",
                )
                continue
            built[name] = build_framework(
                name,
                entry.title,
                entry.source,
                entry.pillars,
                indicator_table,
                self.lines,
                self.problems,
            )
        return {name: framework for name, framework in built.items() if framework is not None}

    def _published(
        self, frameworks: Mapping[str, Framework], register: UnitRegister
    ) -> Published | None:
        sheet = self._sheet("published", self._path("published"))
        if sheet is None:
            return None
        pillars = list(self.declared.pillars)
        if MAIN in frameworks:
            pillars = [pillar.id for pillar in frameworks[MAIN].root.pillars()]
        return read_published(sheet, self.declared.published, pillars, register, self.problems)

    def _check_divisors(self, figures: Figures, doubtful: Collection[str]) -> None:
        """Check that there is something to divide by in the variants too."""
        there = AvailableFigures(figures, doubtful)
        for name, identifier, figure in self._divisors_of_variants():
            location = self._place("variants", name, "indicators", identifier, "denominator")
            there.check(figure, location, self.problems)

    def _check_files(self) -> None:
        """Check that tables are there of which it is said how to read them."""
        for table in self.declared.files:
            if table not in self.tables and not self.problems.count:
                self.problems.error(
                    f"It says how to read a table {table}, which is not there.",
                    self._place("files", table),
                    "Remove it.",
                )

    def _hash(self, source: Index | None) -> str:
        digest = hashlib.sha256()
        for name, data in self.store.files(self.parts).items():
            digest.update(name.encode())
            digest.update(data)
        if source is not None:
            digest.update(source.hash.encode())
        return digest.hexdigest()[:32]


def _carried(
    indicator_table: IndicatorTable | None, frameworks: Mapping[str, Framework]
) -> dict[str, Indicator]:
    if indicator_table is None:
        return {}
    scored = {indicator.id for indicator in frameworks[MAIN].indicators()}
    return {name: item for name, item in indicator_table.indicators.items() if name not in scored}
