"""Reading an index folder: every problem is collected before anything is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from softpower.errors import FolderError, Location, Problem, SoftpowerError, UsageError
from softpower.index.declared import FiguresEntry, IndexFile
from softpower.index.figures import Figures
from softpower.index.find import DECLARATION, locate
from softpower.index.ids import folded
from softpower.index.index import MAIN, Index
from softpower.index.published import Published
from softpower.index.reading.assumed import assumptions, catalogue_of, years_in
from softpower.index.reading.figures import read_figures
from softpower.index.reading.files import IndexFiles
from softpower.index.reading.formulas import operands, with_formulas
from softpower.index.reading.frameworks import build_framework
from softpower.index.reading.history import read_history
from softpower.index.reading.idle import warn_of_idle_weights
from softpower.index.reading.indicators import IndicatorTable, read_indicators
from softpower.index.reading.locate import Lines
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.published import read_published
from softpower.index.reading.references import AvailableFigures, check_references
from softpower.index.reading.store import Store
from softpower.index.reading.store_folder import store_of
from softpower.index.reading.table import Table
from softpower.index.reading.tables import LAID_OUT, RawTable
from softpower.index.reading.units import UnitRegister, read_units
from softpower.index.reading.variants import VariantTable
from softpower.index.respell import spelled_patch
from softpower.index.text import listed
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
    reader = _Folder(store, declared, lines, above)
    index = reader.read()
    if store.problems.count and store.bare and reader.files.says_more():
        mend = "An index of more than figures and directions says so there; see: softpower new"
        store.problems.error("There is no such file.", store.problems.file(DECLARATION), mend)
    return index, store.problems.listed


class _Folder:
    """One folder, or the workbook in its place, while it is read."""

    def __init__(
        self, store: Store, declared: IndexFile, lines: Lines, above: tuple[Path, ...]
    ) -> None:
        self.folder = store.path
        self.declared = declared
        self.lines = lines
        self.problems = store.problems
        self.above = above
        self.files = IndexFiles(store, declared, lines)
        self.names_folder = store.documented
        place = self.files.place
        self.variant_places = {name: place("variants", name) for name in declared.variants}

    def read(self) -> Index | None:
        """Return the index, or ``None`` if its errors leave nothing to return."""
        problems = self.problems
        stated = self.names_folder and self.lines.of(["id"]) is not None
        if stated and self.declared.id != problems.folder:
            problems.warn(
                f"The id {self.declared.id} is not the name of the folder.",
                problems.file(DECLARATION, self.lines.of(["id"]), "id"),
                "Give both the same name, so that people find it.",
            )
        path = self.files.path("units")
        units = self.files.table("units", path)
        lost = path is not None and units is None
        table = Table(units, problems) if units is not None else None
        register = read_units(table, self.declared.units, lost=lost)
        source = self._source()
        indicator_table = self._catalogue(source)
        figures, doubtful = self._figures(source, indicator_table, register)
        frameworks = self._frameworks(indicator_table) if indicator_table is not None else {}
        self._variants(indicator_table)
        published = self._published(frameworks, register)
        if indicator_table is None and published is None and not problems.count:
            problems.error(
                "There are neither indicators nor published results.",
                Location(problems.folder),
                "Add indicators.csv and figures.csv, or published.csv.",
            )
        figures = self._with_history(figures, indicator_table, register)
        if indicator_table is not None and figures is not None and not problems.count:
            figures = with_formulas(indicator_table, figures)
        if register.mostly_unknown():
            problems.cause(
                "Most of the names in the tables are not countries.",
                self.files.place("units"),
                f'If these are not countries, write units = "other" in {DECLARATION}.',
            )
        self.files.check()
        if indicator_table is not None and figures is not None:
            check_references(indicator_table, figures, doubtful)
            self._check_divisors(figures, doubtful)
        self.files.check()
        if problems.count:
            return None
        if figures is not None and indicator_table is not None and source is None:
            listed = "indicators" in self.files.tables
            assumed = assumptions(self.declared, indicator_table, listed=listed)
            self.files.remarks += [self.files.store.said(assumed)] if assumed else []
        if figures is not None:
            figures = replace(figures, doubts=(*figures.doubts, *problems.doubts))
        elif published is not None and problems.doubts:
            said = [published.note] if published.note else []
            published = replace(published, note=" ".join([*said, *problems.doubts]))
        index = Index(
            declared=self.declared,
            frameworks=frameworks,
            carried=_carried(indicator_table, frameworks),
            figures=figures,
            published=published,
            hash=self.files.hash(source.hash if source is not None else ""),
            remarks=(*(source.remarks if source is not None else ()), *self.files.remarks),
            variant_places=self.variant_places,
        )
        return self._spelled(index)

    def _spelled(self, index: Index) -> Index:
        """Return the index with the ids in its variants as it spells them."""
        variants = {}
        for name, variant in index.variants.items():
            try:
                variants[name] = spelled_patch(index, variant)
            except UsageError as error:
                self.problems.caught(error, self.variant_places[name])
        return replace(index, declared=index.declared.model_copy(update={"variants": variants}))

    def _source(self) -> Index | None:
        """Return the index whose figures this one takes, if any."""
        name = self.declared.figures.source
        if name is None:
            return None
        location = self.files.place("figures", "from")
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
        path = self.files.path("indicators")
        sheet = self.files.table("indicators", path)
        if sheet is None and self.problems.count == before and not self.declared.pillars:
            sheet = self._every()
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
        return read_indicators(Table(sheet, self.problems), frameworks, inherited)

    def _every(self) -> RawTable | None:
        """Return a catalogue of all that there are figures of in the folder, if there are any."""
        if self.declared.figures.source is not None:
            return None
        path = self.files.path_of_figures(needed=False)
        sheet = self.files.table("figures", path)
        if sheet is None:
            return None
        if years := years_in(sheet):
            what = f"The headings {listed(years, 4)} are years, and would be taken for indicators."
            mend = f"Write one row for each figure: country, indicator, value, year. {LAID_OUT}"
            self.problems.error(what, Location(sheet.file), mend)
        return catalogue_of(sheet)

    def _figures(
        self, source: Index | None, indicator_table: IndicatorTable | None, register: UnitRegister
    ) -> tuple[Figures | None, Collection[str]]:
        """Return the figures, and the indicators of which something was refused."""
        entry, problems = self.declared.figures, self.problems
        if entry.source is not None:
            if entry.file is not None:
                place = self.files.place("figures")
                problems.error("It names both from and file.", place, "Keep one.")
            elif (path := self.files.path("figures")) is not None:
                problems.error(
                    f"There are figures here, but they are taken from {entry.source}.",
                    problems.file(path),
                    "Remove the file, or from under [figures] in index.toml.",
                )
            return (source.figures if source is not None else None), ()
        path = self.files.path_of_figures(needed=indicator_table is not None)
        if indicator_table is None or not indicator_table.indicators:
            return None, ()
        sheet = self.files.table("figures", path)
        if sheet is None:
            return None, ()
        blanked = self.files.without_codes("figures", sheet, indicator_table)
        table = UnitTable(blanked, problems, register)
        return read_figures(table, self._known(indicator_table))

    def _with_history(
        self,
        figures: Figures | None,
        indicator_table: IndicatorTable | None,
        register: UnitRegister,
    ) -> Figures | None:
        """Return the figures with those of other periods, if there are any."""
        path, problems = self.files.path("history"), self.problems
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
        sheet = self.files.table("history", path)
        if sheet is None or indicator_table is None or figures is None:
            if sheet is not None and not problems.count:
                problems.error(
                    "There are figures of other periods, but none to score.",
                    problems.file(path),
                    "Add indicators.csv and figures.csv, or remove it.",
                )
            return figures
        blanked = self.files.without_codes("history", sheet, indicator_table)
        table = UnitTable(blanked, problems, register)
        past = read_history(table, self._known(indicator_table), figures)
        return replace(figures, history=past)

    def _known(self, indicator_table: IndicatorTable) -> list[str]:
        """Return the figures that there may be: indicators, and what they are divided by."""
        known = [*indicator_table.indicators, *indicator_table.refused]
        known += [
            indicator.denominator.figure
            for indicator in indicator_table.indicators.values()
            if indicator.denominator is not None
        ]
        known += operands(indicator_table)
        known += [figure for *_, figure in self._divisors_of_variants()]
        first: dict[str, str] = {}
        for name in known:
            first.setdefault(folded(name), name)
        return list(first.values())

    def _divisors_of_variants(self) -> Iterator[tuple[str, str, str]]:
        """Yield each denominator that a variant states, after the ids of variant and indicator."""
        for name, variant in self.declared.variants.items():
            for identifier, change in variant.indicators.items():
                if change.denominator:
                    yield name, identifier, change.denominator.partition("/")[0].strip()

    def _frameworks(self, indicator_table: IndicatorTable) -> dict[str, Framework]:
        declared = self.declared
        title = declared.title or declared.id
        divided = not any(method.undivided for method in declared.methodology.aggregate)
        build = partial(
            build_framework, indicator_table=indicator_table, lines=self.lines, divided=divided
        )
        built = {
            MAIN: build(MAIN, title, "", declared.pillars),
        }
        for name, entry in declared.frameworks.items():
            if name == MAIN:
                self.problems.error(
                    f"The name {MAIN} stands for [pillars].",
                    self.files.place("frameworks", name),
                    "Give the framework another.",
                )
                continue
            built[name] = build(name, entry.title, entry.source, entry.pillars)
        found = {name: framework for name, framework in built.items() if framework is not None}
        if MAIN in found:
            place = self.files.place
            warn_of_idle_weights(declared, indicator_table, found[MAIN], self.problems, place)
        return found

    def _variants(self, indicator_table: IndicatorTable | None) -> None:
        """Add the variants of variants.csv to those that are declared."""
        sheet = self.files.table("variants", self.files.path("variants"))
        if sheet is None or (indicator_table is None and self.problems.count):
            return
        declared = self.declared
        known = [*declared.pillars]
        if indicator_table is not None:
            known += [*indicator_table.indicators, *indicator_table.refused]
        known += [pillar for entry in declared.frameworks.values() for pillar in entry.pillars]
        table = VariantTable(Table(sheet, self.problems), declared.variants, known)
        table.read()
        self.declared = self.declared.model_copy(update={"variants": table.variants})
        self.variant_places |= table.places

    def _published(
        self, frameworks: Mapping[str, Framework], register: UnitRegister
    ) -> Published | None:
        sheet = self.files.table("published", self.files.path("published"))
        if sheet is None:
            return None
        pillars = list(self.declared.pillars)
        if MAIN in frameworks:
            pillars = [pillar.id for pillar in frameworks[MAIN].root.pillars()]
        table = UnitTable(sheet, self.problems, register)
        return read_published(table, self.declared.published, pillars, self.declared.classes)

    def _check_divisors(self, figures: Figures, doubtful: Collection[str]) -> None:
        """Check that there is something to divide by in the variants too."""
        there = AvailableFigures(figures, doubtful)
        for name, identifier, figure in self._divisors_of_variants():
            location = self.files.place("variants", name, "indicators", identifier, "denominator")
            there.check(figure, location, self.problems)


def _carried(
    indicator_table: IndicatorTable | None, frameworks: Mapping[str, Framework]
) -> dict[str, Indicator]:
    if indicator_table is None:
        return {}
    scored = {indicator.id for indicator in frameworks[MAIN].indicators()}
    return {name: item for name, item in indicator_table.indicators.items() if name not in scored}
