"""Reading ``indicators.csv``: what each indicator is, and where the frameworks put it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from softpower.errors import InputError, did_you_mean
from softpower.index.complaints import complaints
from softpower.index.declared import IndicatorRow
from softpower.index.index import MAIN
from softpower.index.reading.findings import Findings
from softpower.index.reading.tables import Row, Sheet
from softpower.index.text import shown
from softpower.index.tree import Indicator

NOT_SCORED = "-"
"""What a cell of the column pillar says of an indicator that is carried but not scored."""

FIELDS = tuple(IndicatorRow.model_fields)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one framework puts an indicator."""

    indicator: str
    pillar: str
    """The id of the pillar; empty directly under the index."""
    weight: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The indicators of an index, and where each framework puts them."""

    indicators: Mapping[str, Indicator]
    placings: Mapping[str, tuple[Placing, ...]]
    sheet: Sheet
    refused: tuple[str, ...]
    """Ids of rows of which something was refused, so that nothing follows from them."""


def read_indicators(
    sheet: Sheet,
    frameworks: tuple[str, ...],
    inherited: Mapping[str, Indicator],
    findings: Findings,
) -> Catalogue | None:
    """Return the catalogue of a sheet, or ``None`` with errors noted if its rows have no id.

    Columns that it lacks come from ``inherited`` indicators.
    """
    _check_header(sheet, frameworks, findings)
    if "id" not in sheet.header:
        return None
    indicators: dict[str, Indicator] = {}
    placings: dict[str, list[Placing]] = {name: [] for name in frameworks}
    refused: list[str] = []
    for row in findings.rows(sheet):
        before = findings.count
        cells = dict(zip(sheet.header, row.cells, strict=True))
        indicator = _indicator(cells, row, sheet, inherited, findings)
        if indicator is None:
            refused.append(cells.get("id", ""))
            continue
        if indicator.id in indicators:
            findings.error(
                f"The indicator {shown(indicator.id)} stands there twice.",
                sheet.place(row.line, "id"),
                "Give each row an id of its own.",
            )
        indicators[indicator.id] = indicator
        for name in frameworks:
            placing = _placing(name, indicator.id, cells, row, sheet, findings)
            if placing is not None:
                placings[name].append(placing)
        if findings.count > before:
            refused.append(indicator.id)
    if not sheet.rows:
        findings.error("It lists no indicator.", sheet.place(), "Add one row for each.")
    settled = {name: tuple(placed) for name, placed in placings.items()}
    return Catalogue(indicators, settled, sheet, tuple(refused))


def column_of(framework: str, what: str) -> str:
    """Return the name of the column that holds the pillar or weight in a framework."""
    return what if framework == MAIN else f"{what}:{framework}"


def _check_header(sheet: Sheet, frameworks: tuple[str, ...], findings: Findings) -> None:
    known = [*FIELDS]
    for name in frameworks:
        known += [column_of(name, "pillar"), column_of(name, "weight")]
        if name != MAIN and column_of(name, "pillar") not in sheet.header:
            findings.error(
                f"The framework {name} has no column.",
                sheet.place(),
                f"Add a column {column_of(name, 'pillar')} with the pillar of each indicator.",
            )
    for title in sheet.header:
        if title not in known:
            mend = did_you_mean(title, known) or "Remove it."
            findings.error(f"The column {shown(title)} is not known.", sheet.place(), mend)
    if "id" not in sheet.header:
        findings.error("It has no column id.", sheet.place(), "Give every indicator an id.")


def _indicator(
    cells: Mapping[str, str],
    row: Row,
    sheet: Sheet,
    inherited: Mapping[str, Indicator],
    findings: Findings,
) -> Indicator | None:
    stated: dict[str, Any] = {key: cells[key] for key in FIELDS if cells.get(key)}
    if "id" not in stated:
        findings.error(
            "The id is empty.",
            sheet.place(row.line, "id"),
            "Give the indicator one, or remove the row.",
        )
        return None
    try:
        if "target" in stated:
            stated["target"] = sheet.number(row, sheet.header.index("target"))
        for column in ("denominator", "goalposts"):
            if column in stated:
                stated[column] = sheet.with_points(row, sheet.header.index(column))
    except InputError as error:
        findings.caught(error)
        return None
    try:
        read = IndicatorRow.model_validate(stated)
    except ValidationError as error:
        for path, what, mend in complaints(error, IndicatorRow):
            findings.error(what, sheet.place(row.line, path[0] if path else None), mend)
        return None
    fields = {key: value for key in FIELDS if (value := getattr(read, key)) is not None}
    if (base := inherited.get(read.id)) is not None:
        own = {key: value for key, value in fields.items() if key in sheet.header}
        return replace(base, weight=1.0, **own)
    fields["title"] = read.title or read.id
    return Indicator(**fields)


def _placing(
    framework: str,
    indicator: str,
    cells: Mapping[str, str],
    row: Row,
    sheet: Sheet,
    findings: Findings,
) -> Placing | None:
    column = column_of(framework, "pillar")
    pillar = cells.get(column, "")
    if pillar == NOT_SCORED or (framework != MAIN and not pillar):
        return None
    column = column_of(framework, "weight")
    weight = None
    try:
        if column in cells:
            weight = sheet.number(row, sheet.header.index(column))
    except InputError as error:
        findings.caught(error)
    if weight is not None and weight < 0:
        findings.error(
            f"The weight {weight:g} is negative.",
            sheet.place(row.line, column),
            "Where less is better, say lower in the column direction.",
        )
        weight = 0.0
    return Placing(indicator, pillar, weight, row.line)
