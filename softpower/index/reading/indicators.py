"""Reading ``indicators.csv``: what each indicator is, and where the frameworks put it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from softpower.errors import InputError, did_you_mean
from softpower.index.declared import IndicatorRow
from softpower.index.index import MAIN
from softpower.index.messages import validation_messages
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row
from softpower.index.text import NOT_SCORED, listed, shown
from softpower.index.tree import Indicator

FIELDS = tuple(IndicatorRow.model_fields)

UNDECIDED = "?"
"""What the column direction says where it is still to be stated."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one framework puts an indicator."""

    indicator: str
    pillar: str
    """The id of the pillar; empty directly under the index."""
    weight: float | None
    line: int


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The indicators of an index, and where each framework puts them."""

    indicators: Mapping[str, Indicator]
    placings: Mapping[str, tuple[Placing, ...]]
    sheet: RawTable
    refused: tuple[str, ...]
    """Ids of rows of which something was refused, so that nothing follows from them."""


def read_indicators(
    sheet: RawTable,
    frameworks: tuple[str, ...],
    inherited: Mapping[str, Indicator],
    problems: ProblemCollector,
) -> IndicatorTable | None:
    """Return the indicators of a table, or ``None`` with errors noted if its rows have no id.

    Columns that it lacks come from ``inherited`` indicators.
    """
    _check_header(sheet, frameworks, problems)
    if "id" not in sheet.header:
        return None
    indicators: dict[str, Indicator] = {}
    placings: dict[str, list[Placing]] = {name: [] for name in frameworks}
    refused: list[str] = []
    for row in problems.rows(sheet):
        before = problems.count
        cells = dict(zip(sheet.header, row.cells, strict=True))
        indicator = _indicator(cells, row, sheet, inherited, problems)
        if indicator is None:
            refused.append(cells.get("id", ""))
            continue
        if indicator.id in indicators:
            problems.error(
                f"The indicator {shown(indicator.id)} stands there twice.",
                sheet.location(row.line, "id"),
                "Give each row an id of its own.",
            )
        indicators[indicator.id] = indicator
        for name in frameworks:
            placing = _placing(name, indicator.id, cells, row, sheet, problems)
            if placing is not None:
                placings[name].append(placing)
        if problems.count > before:
            refused.append(indicator.id)
    _refuse_undecided(sheet, problems)
    if not sheet.rows:
        problems.error("It lists no indicator.", sheet.location(), "Add one row for each.")
    settled = {name: tuple(placed) for name, placed in placings.items()}
    return IndicatorTable(indicators, settled, sheet, tuple(refused))


def _refuse_undecided(sheet: RawTable, problems: ProblemCollector) -> None:
    """Note which indicators have no direction yet."""
    if "direction" not in sheet.header:
        return
    id_at, at = sheet.header.index("id"), sheet.header.index("direction")
    rows = [row for row in sheet.rows if row.cells[at] == UNDECIDED]
    if rows:
        count = f"{len(rows):,} indicators have" if len(rows) > 1 else "One indicator has"
        problems.error(
            f"{count} no direction yet: {listed([row.cells[id_at] for row in rows], len(rows))}.",
            sheet.location(rows[0].line, "direction"),
            "Write higher where more is better, or lower where less is, in place of the ?.",
        )


def column_of(framework: str, what: str) -> str:
    """Return the name of the column that holds the pillar or weight in a framework."""
    return what if framework == MAIN else f"{what}:{framework}"


def _check_header(sheet: RawTable, frameworks: tuple[str, ...], problems: ProblemCollector) -> None:
    known = [*FIELDS]
    for name in frameworks:
        known += [column_of(name, "pillar"), column_of(name, "weight")]
        if name != MAIN and column_of(name, "pillar") not in sheet.header:
            problems.error(
                f"The framework {name} has no column.",
                sheet.location(),
                f"Add a column {column_of(name, 'pillar')} with the pillar of each indicator.",
            )
    for title in sheet.header:
        if title not in known:
            mend = did_you_mean(title, known) or "Remove it."
            problems.error(f"The column {shown(title)} is not known.", sheet.location(), mend)
    if "id" not in sheet.header:
        problems.error("It has no column id.", sheet.location(), "Give every indicator an id.")


def _indicator(
    cells: Mapping[str, str],
    row: Row,
    sheet: RawTable,
    inherited: Mapping[str, Indicator],
    problems: ProblemCollector,
) -> Indicator | None:
    stated: dict[str, Any] = {key: cells[key] for key in FIELDS if cells.get(key)}
    if stated.get("direction") == UNDECIDED:
        del stated["direction"]
    if "id" not in stated:
        problems.error(
            "The id is empty.",
            sheet.location(row.line, "id"),
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
        problems.caught(error)
        return None
    try:
        read = IndicatorRow.model_validate(stated)
    except ValidationError as error:
        for path, what, mend in validation_messages(error, IndicatorRow):
            problems.error(what, sheet.location(row.line, path[0] if path else None), mend)
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
    sheet: RawTable,
    problems: ProblemCollector,
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
        problems.caught(error)
    if weight is not None and weight < 0:
        problems.error(
            f"The weight {weight:g} is negative.",
            sheet.location(row.line, column),
            "Where less is better, say lower in the column direction.",
        )
        weight = 0.0
    return Placing(indicator, pillar, weight, row.line)
