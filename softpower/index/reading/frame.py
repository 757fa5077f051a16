"""An index from data frames: the tables of a folder, checked by the same rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from softpower.errors import FolderError, InputError, SoftpowerError, UsageError
from softpower.index.declared import IndexFile
from softpower.index.find import refuse_shipped
from softpower.index.index import MAIN, Index
from softpower.index.messages import validation_messages
from softpower.index.methodology import Methodology
from softpower.index.patch import apply, refuse_said_of_left_out
from softpower.index.reading.assumed import catalogue_of
from softpower.index.reading.codes import Coded
from softpower.index.reading.columnar import Frame, columns_of, loaded
from softpower.index.reading.figures import read_figures
from softpower.index.reading.formulas import operands, with_formulas
from softpower.index.reading.frameworks import build_framework
from softpower.index.reading.indicators import read_indicators
from softpower.index.reading.locate import Lines
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.references import check_references
from softpower.index.reading.table import Table
from softpower.index.reading.tables import Numbers, RawTable, Row, cell_text, tabular
from softpower.index.reading.titles import UNIT_COLUMNS
from softpower.index.reading.units import read_units
from softpower.index.respell import spelled_patch
from softpower.index.variant import Variant


def index_from(
    figures: Frame,
    *,
    id: str = "frame",  # noqa: A002  the same word as in index.toml
    title: str = "",
    publisher: str = "",
    edition: str = "",
    summary: str = "",
    units: str = "countries",
    indicators: Frame | Mapping[str, Mapping[str, Any]] | None = None,
    pillars: Mapping[str, Mapping[str, Any]] | None = None,
    methodology: Mapping[str, Any] | Methodology | None = None,
    variants: Mapping[str, Mapping[str, Any]] | None = None,
) -> Index:
    """Return an index that is made from data frames, as if they were the tables of a folder.

    Parameters
    ----------
    figures
        One row for each unit and one column for each indicator, or one row for each figure, as in
        ``figures.csv``: a frame of pandas or polars, a table of pyarrow, or the path of a Parquet
        file. Units are named by a column (``country``, ``iso3``, ``unit``) or by the labels of the
        rows that pandas knows. What is missing in the frame is a missing figure.
    id, title, publisher, edition, summary
        As in ``index.toml``; ``id`` is none of an index that comes with softpower.
    units
        ``countries``, which are recognised by code or name, or ``other``.
    indicators
        As in ``indicators.csv``: a frame with a column ``id``, or a mapping from id to the other
        columns. Every column of the figures is an indicator of its own if left out.
    pillars, methodology, variants
        As the tables of ``index.toml``.

    Raises
    ------
    UsageError
        If something other than the tables is not as it must be.
    FolderError
        With every problem of the tables.

    Examples
    --------
    >>> import pandas as pd
    >>> import softpower
    >>> frame = pd.DataFrame(
    ...     {"music": [90, 48, 20], "ships": [10, 48, 70]}, index=["Atlantis", "Lemuria", "Thule"]
    ... )
    >>> index = softpower.index_from(frame, units="other")
    >>> softpower.load(index, weights={"music": 20}).score().to_frame()["country"].to_list()
    ['Thule', 'Lemuria', 'Atlantis']
    """
    if isinstance(id, str):
        refuse_shipped(id)
    stated = {
        "id": id,
        "title": title or id,
        **({"publisher": publisher} if publisher else {}),
        **({"edition": edition} if edition else {}),
        "summary": summary,
        "units": units,
        "methodology": _plain(methodology),
        "pillars": pillars or {},
        "variants": variants or {},
    }
    declared = _declared(stated)
    problems = ProblemCollector(id)
    try:
        sheet = _table(figures, "figures")
        listed = _table(indicators, "indicators") if indicators is not None else None
    except InputError as error:
        problems.caught(error)
        raise FolderError(id, problems.errors) from error
    index = _index(declared, sheet, listed or catalogue_of(sheet), problems)
    if index is None or problems.errors:
        raise FolderError(id, problems.errors)
    spelled: dict[str, Variant] = {}
    for name, entry in index.variants.items():
        try:
            variant = spelled[name] = spelled_patch(index, entry)
            refuse_said_of_left_out(apply(index, variant).framework, variant)
        except SoftpowerError as error:
            raise UsageError(f"variants.{name}: {error.what}", mend=error.mend) from error
    return replace(index, declared=declared.model_copy(update={"variants": spelled}))


def _index(
    declared: IndexFile, sheet: RawTable, catalogue: RawTable, problems: ProblemCollector
) -> Index | None:
    """Return the index of its tables, or ``None`` with errors noted."""
    register = read_units(None, declared.units)
    indicators = read_indicators(Table(catalogue, problems), (MAIN,), {})
    if indicators is None:
        return None
    known = [*indicators.indicators, *indicators.refused]
    known += operands(indicators)
    known += [i.denominator.figure for i in indicators.indicators.values() if i.denominator]
    own = {name: item.missing_values for name, item in indicators.indicators.items()}
    blanked = Coded(sheet, (), own).blanked()
    figures, doubtful = read_figures(
        UnitTable(blanked, problems, register), list(dict.fromkeys(known))
    )
    framework = build_framework(MAIN, declared.title, "", declared.pillars, indicators, Lines(""))
    if register.mostly_unknown():
        problems.cause(
            "Most of the names are not countries.",
            sheet.location(),
            'If these are not countries, say units="other".',
        )
    if figures is None or framework is None:
        return None
    if not problems.count:
        figures = with_formulas(indicators, figures)
    check_references(indicators, figures, doubtful)
    scored = {item.id for item in framework.indicators()}
    return Index(
        declared=declared,
        frameworks={MAIN: framework},
        carried={name: i for name, i in indicators.indicators.items() if name not in scored},
        figures=figures,
        published=None,
        hash=_hash(declared, sheet, catalogue),
    )


def _declared(stated: Mapping[str, Any]) -> IndexFile:
    try:
        return IndexFile.model_validate(stated)
    except ValidationError as error:
        path, what, mend = validation_messages(error, IndexFile)[0]
        raise UsageError(f"{'.'.join(path)}: {what}", mend=mend) from error


def _plain(methodology: Mapping[str, Any] | Methodology | None) -> Any:
    """Return a methodology as plain values, whatever it was given as."""
    if isinstance(methodology, Methodology):
        return methodology.model_dump(exclude_unset=True)
    return {} if methodology is None else methodology


KEYS = {"figures": UNIT_COLUMNS, "indicators": ("id",)}
"""What the column may be called that says what a row is about; the labels of the rows if none."""


def _table(given: Any, name: str) -> RawTable:
    """Return a data frame, or a mapping from ids to fields, as a table."""
    if isinstance(given, Mapping) and all(isinstance(entry, Mapping) for entry in given.values()):
        fields = dict.fromkeys(key for entry in given.values() for key in entry)
        entries = ([key, *map(entry.get, fields)] for key, entry in given.items())
        return _tabular([["id", *fields], *entries], name)
    given = loaded(given, name)
    if not hasattr(given, "reset_index"):
        columns = columns_of(given, name)
        return _tabular([list(columns), *zip(*columns.values(), strict=True)], name)
    if given.index.nlevels > 1 or given.columns.nlevels > 1:
        raise UsageError(
            f"`{name}` has labels of more than one level.",
            mend="Give each row and each column one label: reset_index() makes columns of levels.",
        )
    keys = KEYS[name]
    if not any(str(title).casefold() in keys for title in given.columns):
        label = str(given.index.name)
        given = given.rename_axis(label if label.casefold() in keys else keys[-1]).reset_index()
    cells = given.astype("object").where(given.notna(), None).to_numpy().tolist()
    return _tabular([list(given.columns), *cells], name)


def _tabular(rows: Sequence[Sequence[Any]], name: str) -> RawTable:
    """Return rows of values as a table; the header is line 0, as the first row is row 1."""
    texts = [
        Row(line, ["" if value is None else cell_text(value) for value in cells])
        for line, cells in enumerate(rows)
    ]
    return tabular(texts, name, Numbers(name))


def _hash(declared: IndexFile, *sheets: RawTable) -> str:
    digest = hashlib.sha256(declared.model_dump_json().encode())
    for sheet in sheets:
        digest.update(f"[{sheet.header!r}".encode())
        for row in sheet.rows:
            digest.update(f", {row.cells!r}".encode())
        digest.update(b"]")
    return digest.hexdigest()[:32]
