"""Reading an index folder: every problem is collected before anything is said."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from softpower.errors import FolderError, InputError, Place, Problem, SoftpowerError
from softpower.index.declared import FiguresEntry, IndexFile, TableName
from softpower.index.figures import Figures
from softpower.index.find import DECLARATION, locate
from softpower.index.index import MAIN, Index
from softpower.index.patch import apply, refuse_weights_left_out
from softpower.index.published import Published
from softpower.index.reading.declaration import read_declaration
from softpower.index.reading.figures import read_figures
from softpower.index.reading.findings import Findings
from softpower.index.reading.frameworks import build_framework
from softpower.index.reading.history import read_history
from softpower.index.reading.indicators import Catalogue, read_indicators
from softpower.index.reading.locate import Lines
from softpower.index.reading.published import read_published
from softpower.index.reading.references import There, check_references
from softpower.index.reading.tables import (
    ENDINGS,
    Sheet,
    contained,
    find_table,
    read_table,
    read_text,
)
from softpower.index.reading.units import Roll, read_roll
from softpower.index.text import shown
from softpower.index.tree import Framework, Indicator

LONGEST_CHAIN = 8
"""So many indices may take their figures one from the other."""


def read(folder: Path) -> Index:
    """Return the index of a folder.

    Raises
    ------
    FolderError
        With every problem of the folder.
    """
    index, problems = inspect(folder)
    errors = [problem for problem in problems if problem.level == "error"]
    if index is None or errors:
        raise FolderError(str(folder), errors)
    return index


def inspect(folder: Path, above: tuple[Path, ...] = ()) -> tuple[Index | None, list[Problem]]:
    """Return the index of a folder as far as it can be read, and everything wrong with it."""
    folder = folder.resolve()
    findings = Findings(folder.name)
    try:
        text = read_text(folder, folder / DECLARATION)
    except InputError as error:
        mend = f"An index folder holds a file {DECLARATION}; see: softpower new"
        lexists = os.path.lexists(folder / DECLARATION)
        findings.error(error.what, error.place, error.mend if lexists else mend)
        return None, findings.problems
    declared, lines = read_declaration(text, findings)
    if declared is None:
        return None, findings.problems
    return _Folder(folder, declared, lines, findings, above).read(), findings.problems


class _Folder:
    """One folder while it is read."""

    def __init__(
        self,
        folder: Path,
        declared: IndexFile,
        lines: Lines,
        findings: Findings,
        above: tuple[Path, ...],
    ) -> None:
        self.folder = folder
        self.declared = declared
        self.lines = lines
        self.findings = findings
        self.above = above
        self.read_files = [folder / DECLARATION]
        """The files that the index is read from, of which its hash is made."""
        self.tables: set[TableName] = set()
        """The tables that are there."""
        self.remarks: list[str] = []

    def read(self) -> Index | None:
        """Return the index, or ``None`` if its errors leave nothing to return."""
        declared, findings = self.declared, self.findings
        if declared.id != findings.folder:
            findings.warn(
                f"The id {declared.id} is not the name of the folder.",
                findings.file(DECLARATION, self.lines.of(["id"]), "id"),
                "Give both the same name, so that people find it.",
            )
        path = self._path("units")
        units = self._sheet("units", path)
        lost = path is not None and units is None
        roll = read_roll(units, declared.units, findings, lost=lost)
        source = self._source()
        catalogue = self._catalogue(source)
        figures, doubtful = self._figures(source, catalogue, roll)
        frameworks = self._frameworks(catalogue) if catalogue is not None else {}
        published = self._published(frameworks, roll)
        if catalogue is None and published is None and not findings.count:
            findings.error(
                "There are neither indicators nor published results.",
                Place(findings.folder),
                "Add indicators.csv and figures.csv, or published.csv.",
            )
        figures = self._with_history(figures, catalogue, roll)
        if roll.mostly_unknown():
            findings.error(
                "Most of the names in the tables are not countries.",
                self._place("units"),
                f'If these are not countries, write units = "other" in {DECLARATION}.',
            )
        self._check_files()
        if catalogue is not None and figures is not None:
            check_references(catalogue, figures, doubtful, findings)
            self._check_divisors(figures, doubtful)
        self._check_files()
        if findings.count:
            return None
        if figures is not None:
            figures = replace(figures, doubts=(*figures.doubts, *findings.doubts))
        elif published is not None and findings.doubts:
            said = [published.note] if published.note else []
            published = replace(published, note=" ".join([*said, *findings.doubts]))
        index = Index(
            declared=declared,
            frameworks=frameworks,
            carried=_carried(catalogue, frameworks),
            figures=figures,
            published=published,
            hash=self._hash(source),
            remarks=(*(source.remarks if source is not None else ()), *self.remarks),
        )
        self._check_variants(index)
        return index

    def _place(self, *path: str) -> Place:
        return self.findings.file(DECLARATION, self.lines.of(path), ".".join(path))

    def _path(self, stem: str) -> Path | None:
        """Return the path of a table of the folder, ``None`` if it is absent or there are two."""
        try:
            path = find_table(self.folder, stem)
        except InputError as error:
            self.findings.caught(error)
            return None
        if path is not None:
            self.read_files.append(path)
        return path

    def _sheet(self, table: TableName, path: Path | None) -> Sheet | None:
        """Return a table of the folder, ``None`` if it is absent or cannot be read."""
        if path is None:
            return None
        try:
            sheet = read_table(self.folder, path, table, self.declared.files.get(table))
        except InputError as error:
            self.findings.caught(error)
            return None
        finally:
            self.tables.add(table)
        if sheet.remark is not None:
            self.findings.warn(sheet.remark.what, sheet.remark.place, sheet.remark.mend)
            self.remarks.append(str(sheet.remark))
        return sheet

    def _source(self) -> Index | None:
        """Return the index whose figures this one takes, if any."""
        name = self.declared.figures.source
        if name is None:
            return None
        place = self._place("figures", "from")
        try:
            folder = locate(name, near=self.folder).resolve()
        except SoftpowerError as error:
            self.findings.caught(error, place)
            return None
        above = (*self.above, self.folder)
        if folder == self.folder:
            self.findings.error(
                "The index takes its figures from itself.",
                place,
                "Name another, or remove the key.",
            )
            return None
        if folder in above or len(above) >= LONGEST_CHAIN:
            chain = " from ".join(path.name for path in (*above, folder))
            self.findings.error(
                f"The figures are never reached: {chain}.", place, "Name an index with figures."
            )
            return None
        source, problems = inspect(folder, above)
        first = next((problem for problem in problems if problem.level == "error"), None)
        if first is not None:
            self.findings.error(
                f"The index {name}, which has the figures, has problems of its own: {first}",
                place,
                "Mend that index first.",
            )
            return None
        if source is None or source.figures is None:
            self.findings.error(
                f"The index {name} has no figures to take.", place, "Name another index."
            )
            return None
        return source

    def _catalogue(self, source: Index | None) -> Catalogue | None:
        before = self.findings.count
        path = self._path("indicators")
        sheet = self._sheet("indicators", path)
        if sheet is None:
            needs = "declares pillars" if self.declared.pillars else "says where the figures are"
            needed = self.declared.pillars or self.declared.figures != FiguresEntry()
            if needed and self.findings.count == before:
                self.findings.error(
                    f"There is no such file, though {DECLARATION} {needs}.",
                    self.findings.file("indicators.csv"),
                    "Add it, with one row for each indicator.",
                )
            return None
        inherited: dict[str, Indicator] = {}
        if source is not None:
            inherited.update(source.carried)
            for framework in source.frameworks.values():
                inherited.update({item.id: item for item in framework.indicators()})
        frameworks = (MAIN, *self.declared.frameworks)
        return read_indicators(sheet, frameworks, inherited, self.findings)

    def _figures(
        self, source: Index | None, catalogue: Catalogue | None, roll: Roll
    ) -> tuple[Figures | None, Collection[str]]:
        """Return the figures, and the indicators of which something was refused."""
        entry, findings = self.declared.figures, self.findings
        if entry.source is not None:
            if entry.file is not None:
                findings.error("It names both from and file.", self._place("figures"), "Keep one.")
            return (source.figures if source is not None else None), ()
        path = self._figures_path(entry.file, needed=catalogue is not None)
        if catalogue is None or not catalogue.indicators:
            if catalogue is None and path is not None and not findings.count:
                findings.error(
                    "There are figures, but no indicators.csv that says what they are.",
                    findings.file(path.name),
                    "Add indicators.csv, with one row for each indicator.",
                )
            return None, ()
        sheet = self._sheet("figures", path)
        if sheet is None:
            return None, ()
        return read_figures(sheet, self._known(catalogue), roll, findings)

    def _with_history(
        self, figures: Figures | None, catalogue: Catalogue | None, roll: Roll
    ) -> Figures | None:
        """Return the figures with those of other periods, if there are any."""
        path, findings = self._path("history"), self.findings
        if path is None:
            return figures
        if self.declared.figures.source is not None:
            findings.error(
                "There are figures of other periods here, but the figures are taken from "
                f"{self.declared.figures.source}.",
                findings.file(path.name),
                "Put it into the folder of that index, beside the figures.",
            )
            return figures
        sheet = self._sheet("history", path)
        if sheet is None or catalogue is None or figures is None:
            if sheet is not None and not findings.count:
                findings.error(
                    "There are figures of other periods, but none to score.",
                    findings.file(path.name),
                    "Add indicators.csv and figures.csv, or remove it.",
                )
            return figures
        return replace(
            figures, history=read_history(sheet, self._known(catalogue), figures, roll, findings)
        )

    def _known(self, catalogue: Catalogue) -> list[str]:
        """Return the figures that there may be: indicators, and what they are divided by."""
        known = [*catalogue.indicators, *catalogue.refused]
        known += [
            indicator.denominator.figure
            for indicator in catalogue.indicators.values()
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

    def _figures_path(self, name: str | None, *, needed: bool) -> Path | None:
        """Return the path of the figures, ``None`` with an error noted."""
        findings = self.findings
        if name is not None:
            place = self._place("figures", "file")
            path = Path(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name:
                findings.error(
                    f"{shown(name)} may lead out of the index folder.",
                    place,
                    "Put the file into the folder, and write its name alone.",
                )
            elif path.suffix.lower() not in ENDINGS:
                findings.error(
                    f"{shown(name)} ends neither in .csv nor in .xlsx.", place, "Save it as either."
                )
            else:
                self.read_files.append(self.folder / path)
                return self.folder / path
            return None
        before = findings.count
        path_found = self._path("figures")
        if path_found is None and findings.count == before and needed:
            findings.error(
                "There is no such file.",
                findings.file("figures.csv"),
                "Add the figures, or name the index that has them under [figures] from.",
            )
        return path_found

    def _frameworks(self, catalogue: Catalogue) -> dict[str, Framework]:
        declared = self.declared
        built = {
            MAIN: build_framework(
                MAIN, declared.title, "", declared.pillars, catalogue, self.lines, self.findings
            )
        }
        for name, entry in declared.frameworks.items():
            if name == MAIN:
                self.findings.error(
                    f"The name {MAIN} stands for [pillars].",
                    self._place("frameworks", name),
                    "Give the framework another.",
                )
                continue
            built[name] = build_framework(
                name, entry.title, entry.source, entry.pillars, catalogue, self.lines, self.findings
            )
        return {name: framework for name, framework in built.items() if framework is not None}

    def _published(self, frameworks: Mapping[str, Framework], roll: Roll) -> Published | None:
        sheet = self._sheet("published", self._path("published"))
        if sheet is None:
            return None
        pillars = list(self.declared.pillars)
        if MAIN in frameworks:
            pillars = [pillar.id for pillar in frameworks[MAIN].root.pillars()]
        return read_published(sheet, self.declared.published, pillars, roll, self.findings)

    def _check_divisors(self, figures: Figures, doubtful: Collection[str]) -> None:
        """Check that there is something to divide by in the variants too."""
        there = There(figures, doubtful)
        for name, identifier, figure in self._divisors_of_variants():
            place = self._place("variants", name, "indicators", identifier, "denominator")
            there.check(figure, place, self.findings)

    def _check_files(self) -> None:
        """Check that tables are there of which it is said how to read them."""
        for table in self.declared.files:
            if table not in self.tables and not self.findings.count:
                self.findings.error(
                    f"It says how to read a table {table}, which is not there.",
                    self._place("files", table),
                    "Remove it.",
                )

    def _check_variants(self, index: Index) -> None:
        mend = "Correct the variant, or remove it."
        for name, variant in index.variants.items():
            try:
                refuse_weights_left_out(apply(index, variant), variant.weights)
            except SoftpowerError as error:
                self.findings.error(error.what, self._place("variants", name), error.mend or mend)

    def _hash(self, source: Index | None) -> str:
        digest = hashlib.sha256()
        for path in sorted(set(self.read_files)):
            digest.update(path.name.encode())
            digest.update(contained(self.folder, path).read_bytes())
        if source is not None:
            digest.update(source.hash.encode())
        return digest.hexdigest()[:32]


def _carried(
    catalogue: Catalogue | None, frameworks: Mapping[str, Framework]
) -> dict[str, Indicator]:
    if catalogue is None:
        return {}
    scored = {indicator.id for indicator in frameworks[MAIN].indicators()}
    return {name: item for name, item in catalogue.indicators.items() if name not in scored}
