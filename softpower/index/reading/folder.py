"""Reading an index folder: every problem is collected before anything is said."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from softpower.errors import FolderError, InputError, Place, Problem, SoftpowerError, did_you_mean
from softpower.index.complaints import complaints
from softpower.index.declared import IndexFile
from softpower.index.figures import Figures
from softpower.index.find import DECLARATION, locate
from softpower.index.index import MAIN, Index
from softpower.index.patch import apply
from softpower.index.published import Published
from softpower.index.reading.figures import read_figures
from softpower.index.reading.findings import Findings
from softpower.index.reading.frameworks import build_framework
from softpower.index.reading.indicators import Catalogue, read_indicators
from softpower.index.reading.locate import Lines
from softpower.index.reading.published import read_published
from softpower.index.reading.tables import Sheet, contained, find_table, read_table, read_text
from softpower.index.reading.units import Roll, read_roll
from softpower.index.tree import Framework, Indicator

TABLES = ("indicators", "figures", "published", "units")


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
    findings = Findings(folder.resolve().name)
    try:
        text = read_text(folder, folder / DECLARATION)
    except InputError as error:
        mend = error.mend or f"An index folder holds a file {DECLARATION}."
        findings.error(error.what, error.place, mend)
        return None, findings.problems
    lines = Lines(text)
    declared = _declared(text, lines, findings)
    if declared is None:
        return None, findings.problems
    return _Folder(folder, declared, lines, findings, above).read(), findings.problems


def _declared(text: str, lines: Lines, findings: Findings) -> IndexFile | None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).rpartition(" (at ")
        line = text.count("\n") + 1
        if where.startswith("line "):
            line = int(where.removeprefix("line ").split(",")[0])
        findings.error(f"It is not well-formed TOML: {what}.", findings.file(DECLARATION, line))
        return None
    except RecursionError:
        findings.error("It is nested too deeply.", findings.file(DECLARATION))
        return None
    try:
        return IndexFile.model_validate(data)
    except ValidationError as error:
        for path, what, mend in complaints(error, IndexFile):
            place = findings.file(DECLARATION, lines.of(path), ".".join(path) or None)
            findings.error(what, place, mend)
        return None


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
        self.digest = hashlib.sha256()

    def read(self) -> Index | None:
        """Return the index, or ``None`` if its errors leave nothing to return."""
        declared, findings = self.declared, self.findings
        if declared.id != findings.folder:
            findings.warn(
                f"The id {declared.id} is not the name of the folder.",
                findings.file(DECLARATION, self.lines.of(["id"]), "id"),
                "Give both the same name, so that people find it.",
            )
        roll = read_roll(self.folder, declared.units, findings)
        source = self._source()
        catalogue = self._catalogue(source)
        figures = self._figures(source, catalogue, roll)
        frameworks = self._frameworks(catalogue) if catalogue is not None else {}
        published = self._published(frameworks, roll)
        if catalogue is None and published is None and not findings.errors:
            findings.error(
                "There are neither indicators nor published results.",
                Place(findings.folder),
                "Add indicators.csv and figures.csv, or published.csv.",
            )
        if catalogue is not None and figures is not None:
            self._check_references(catalogue, figures)
        if findings.errors:
            return None
        index = Index(
            declared=declared,
            frameworks=frameworks,
            carried=_carried(catalogue, frameworks),
            figures=figures,
            published=published,
            hash=self._hash(source),
        )
        self._check_variants(index)
        return index

    def _place(self, *path: str) -> Place:
        return self.findings.file(DECLARATION, self.lines.of(path), ".".join(path))

    def _sheet(self, stem: str) -> Sheet | None:
        """Return a table of the folder, ``None`` if it is absent or cannot be read."""
        try:
            path = find_table(self.folder, stem)
            return read_table(self.folder, path) if path is not None else None
        except InputError as error:
            self.findings.caught(error)
            return None

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
        above = (*self.above, self.folder.resolve())
        if folder in above:
            self.findings.error("The index takes its figures from itself.", place)
            return None
        source, problems = inspect(folder, above)
        if any(problem.level == "error" for problem in problems):
            self.findings.error(
                f"The index {name} has problems of its own.", place, f"See: softpower check {name}"
            )
            return None
        if source is None or source.figures is None:
            self.findings.error(
                f"The index {name} has no figures to take.", place, "Name another index."
            )
            return None
        return source

    def _catalogue(self, source: Index | None) -> Catalogue | None:
        sheet = self._sheet("indicators")
        if sheet is None:
            if self.declared.pillars and not self.findings.errors:
                self.findings.error(
                    "It is missing, though index.toml declares pillars.",
                    self.findings.file("indicators.csv"),
                    "Add one row for each indicator.",
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
    ) -> Figures | None:
        entry, findings = self.declared.figures, self.findings
        if entry.source is not None:
            if entry.file is not None:
                findings.error("It names both from and file.", self._place("figures"), "Keep one.")
            return source.figures if source is not None else None
        if catalogue is None:
            return None
        try:
            path = self._figures_path(entry.file)
            sheet = read_table(self.folder, path)
        except InputError as error:
            findings.caught(error)
            return None
        known = dict.fromkeys(catalogue.indicators)
        for indicator in catalogue.indicators.values():
            if indicator.denominator is not None:
                known.setdefault(indicator.denominator.figure)
        for variant in self.declared.variants.values():
            for change in variant.indicators.values():
                if change.denominator:
                    known.setdefault(change.denominator.partition("/")[0])
        return read_figures(sheet, known, roll, findings)

    def _figures_path(self, name: str | None) -> Path:
        if name is not None:
            path = self.folder / name
            if path.suffix.lower() not in (".csv", ".xlsx"):
                raise InputError(
                    "The file of figures must be .csv or .xlsx.", place=self._place("figures", "file")
                )
            return path
        path_found = find_table(self.folder, "figures")
        if path_found is None:
            raise InputError(
                "There is no such file.",
                place=self.findings.file("figures.csv"),
                mend="Add the figures, or name the index that has them under [figures] from.",
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
                    f"The name {MAIN} stands for [pillars].", self._place("frameworks", name)
                )
                continue
            built[name] = build_framework(
                name, entry.title, entry.source, entry.pillars, catalogue, self.lines, self.findings
            )
        return {name: framework for name, framework in built.items() if framework is not None}

    def _published(self, frameworks: Mapping[str, Framework], roll: Roll) -> Published | None:
        sheet = self._sheet("published")
        if sheet is None:
            return None
        pillars = [pillar.id for pillar in frameworks[MAIN].root.pillars()] if frameworks else []
        return read_published(sheet, self.declared.published, pillars, roll, self.findings)

    def _check_references(self, catalogue: Catalogue, figures: Figures) -> None:
        """Check that every indicator has figures and everything to be divided by."""
        sheet = catalogue.sheet
        line = {row.cells[sheet.header.index("id")]: row.line for row in sheet.rows}
        has = {
            name for name, column in zip(figures.ids, figures.values.T, strict=True)
            if (column == column).any()  # noqa: PLR0124  NaN is not equal to itself
        }
        for indicator in catalogue.indicators.values():
            at = line.get(indicator.id)
            if indicator.id not in has:
                self.findings.error(
                    f"The indicator {indicator.id} has no figure.",
                    sheet.place(at),
                    did_you_mean(indicator.id, has - set(catalogue.indicators)) or "Remove it.",
                )
            divisor = indicator.denominator
            if divisor is not None and divisor.figure not in has:
                self.findings.error(
                    f"The denominator {divisor.figure} has no figure.",
                    sheet.place(at, "denominator"),
                    did_you_mean(divisor.figure, has) or "Give its figures in figures.csv.",
                )
            elif not indicator.source:
                self.findings.warn(
                    f"The indicator {indicator.id} names no source.",
                    sheet.place(at, "source"),
                    "Name the publisher and series.",
                )

    def _check_variants(self, index: Index) -> None:
        for name, variant in index.variants.items():
            try:
                apply(index, variant)
            except SoftpowerError as error:
                self.findings.error(error.what, self._place("variants", name), error.mend)

    def _hash(self, source: Index | None) -> str:
        paths = [self.folder / DECLARATION]
        for stem in TABLES:
            path = find_table(self.folder, stem)
            if path is not None:
                paths.append(path)
        if self.declared.figures.file is not None:
            paths.append(self.folder / self.declared.figures.file)
        for path in paths:
            self.digest.update(path.name.encode())
            self.digest.update(contained(self.folder, path).read_bytes())
        if source is not None:
            self.digest.update(source.hash.encode())
        return self.digest.hexdigest()[:32]


def _carried(
    catalogue: Catalogue | None, frameworks: Mapping[str, Framework]
) -> dict[str, Indicator]:
    if catalogue is None:
        return {}
    scored = {indicator.id for indicator in frameworks[MAIN].indicators()}
    return {name: item for name, item in catalogue.indicators.items() if name not in scored}
