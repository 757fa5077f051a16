"""Reading ``indicators.csv``: what each indicator is, and where the frameworks put it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from softpower.errors import InputError
from softpower.index.ids import folded, spelled
from softpower.index.index import MAIN
from softpower.index.indicator_row import IndicatorRow
from softpower.index.messages import validation_messages
from softpower.index.reading.table import Table
from softpower.index.reading.tables import Row
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
    row: Row


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The indicators of an index, and where each framework puts them."""

    indicators: Mapping[str, Indicator]
    placings: Mapping[str, tuple[Placing, ...]]
    table: Table
    refused: tuple[str, ...]
    """Ids of rows of which something was refused, so that nothing follows from them."""


def read_indicators(
    table: Table, frameworks: tuple[str, ...], inherited: Mapping[str, Indicator]
) -> IndicatorTable | None:
    """Return the indicators of a table, or ``None`` with errors noted if its rows have no id.

    Columns that it lacks come from ``inherited`` indicators.
    """
    _check_header(table, frameworks)
    if "id" not in table.at:
        return None
    indicators: dict[str, Indicator] = {}
    names: dict[str, str] = {}
    placings: dict[str, list[Placing]] = {name: [] for name in frameworks}
    refused: list[str] = []
    for row in table.readable():
        before = table.problems.count
        cells = dict(zip(table.header, row.cells, strict=True))
        indicator = _indicator(cells, row, table, inherited)
        if indicator is None:
            refused.append(cells.get("id", ""))
            continue
        twin = names.setdefault(folded(indicator.id), indicator.id)
        if indicator.id in indicators or twin != indicator.id:
            pair = f"{shown(twin)} and {shown(indicator.id)}"
            table.error(
                f"The indicator {shown(twin)} stands there twice."
                if twin == indicator.id
                else f"The indicators {pair} differ only in the case of letters.",
                "Give each row an id of its own.",
                row,
                "id",
            )
        indicators[indicator.id] = indicator
        for name in frameworks:
            placing = _placing(name, indicator.id, cells, row, table)
            if placing is not None:
                placings[name].append(placing)
        if table.problems.count > before:
            refused.append(indicator.id)
    _refuse_undecided(table)
    if not table.rows:
        table.error("It lists no indicator.", "Add one row for each.")
    settled = {name: tuple(placed) for name, placed in placings.items()}
    made = _with_units(_with_divisors(indicators))
    return IndicatorTable(made, settled, table, tuple(refused))


def _with_units(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Return the indicators, of which formulas have a unit where it can be told."""
    found = dict(indicators)
    for name, indicator in indicators.items():
        if indicator.formula and not indicator.unit:
            from softpower.index.formula import parse_formula

            term = parse_formula(indicator.formula)
            units = {each: unit_of(each, found) for each in term.ids()}
            found[name] = replace(indicator, unit=term.unit(units) or "")
    return found


def unit_of(name: str, indicators: Mapping[str, Indicator]) -> str:
    """Return the unit of an indicator, empty where it is not known."""
    indicator = indicators.get(spelled(name, indicators))
    return indicator.unit if indicator is not None else ""


def _with_divisors(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Return the indicators with what they are divided by spelled in one way."""
    known, found = dict.fromkeys(indicators), dict(indicators)
    for name, indicator in indicators.items():
        divisor = indicator.denominator
        if divisor is not None:
            figure = spelled(divisor.figure, known)
            known[figure] = None
            named = divisor.model_copy(update={"figure": figure})
            found[name] = replace(indicator, denominator=named)
    return found


def _refuse_undecided(table: Table) -> None:
    """Note which indicators have no direction yet."""
    at = table.at.get("direction")
    rows = [row for row in table.rows if at is not None and row.cells[at] == UNDECIDED]
    if rows:
        count = f"{len(rows):,} indicators have" if len(rows) > 1 else "One indicator has"
        ids = listed([row.cells[table.at["id"]] for row in rows], len(rows))
        mend = "Write higher where more is better, or lower where less is, in place of the ?."
        table.error(f"{count} no direction yet: {ids}.", mend, rows[0], "direction")


def column_of(framework: str, what: str) -> str:
    """Return the name of the column that holds the pillar or weight in a framework."""
    return what if framework == MAIN else f"{what}:{folded(framework)}"


def _check_header(table: Table, frameworks: tuple[str, ...]) -> None:
    known = [*FIELDS]
    for name in frameworks:
        known += [column_of(name, "pillar"), column_of(name, "weight")]
        if name != MAIN and column_of(name, "pillar") not in table.at:
            table.error(
                f"The framework {name} has no column.",
                f"Add a column {column_of(name, 'pillar')} with the pillar of each indicator.",
            )
    table.refuse_unknown_columns(known, known)
    if "id" not in table.at:
        table.error("It has no column id.", "Give every indicator an id.")


def _indicator(
    cells: Mapping[str, str],
    row: Row,
    table: Table,
    inherited: Mapping[str, Indicator],
) -> Indicator | None:
    stated: dict[str, Any] = {
        key: cells[key]
        for key in FIELDS
        if cells.get(key) and (key, cells[key]) != ("direction", UNDECIDED)
    }
    if "id" not in stated:
        table.error("The id is empty.", "Give the indicator one, or remove the row.", row, "id")
        return None
    if " " in stated["id"]:
        stated = {"title": stated["id"], **stated, "id": stated["id"].replace(" ", "_")}
    try:
        if "target" in stated:
            stated["target"] = table.raw.number(row, table.at["target"])
        for column in ("denominator", "goalposts"):
            if column in stated:
                stated[column] = table.raw.with_points(row, table.at[column])
    except InputError as error:
        table.problems.caught(error)
        return None
    try:
        read = IndicatorRow.model_validate(stated)
    except ValidationError as error:
        for path, what, mend in validation_messages(error, IndicatorRow):
            table.error(what, mend, row, path[0] if path else None)
        return None
    fields = {key: value for key in FIELDS if (value := getattr(read, key)) is not None}
    if (base := inherited.get(spelled(read.id, inherited))) is not None:
        own = {key: value for key, value in fields.items() if key in table.at and key != "id"}
        return replace(base, weight=1.0, **own)
    fields["title"] = read.title or read.id
    return Indicator(**fields)


def _placing(
    framework: str,
    indicator: str,
    cells: Mapping[str, str],
    row: Row,
    table: Table,
) -> Placing | None:
    column = column_of(framework, "pillar")
    pillar = cells.get(column, "" if framework == MAIN else NOT_SCORED)
    if pillar == NOT_SCORED:
        return None
    column = column_of(framework, "weight")
    weight = table.number(row, column) if column in cells else None
    if weight is not None and weight < 0:
        table.error(
            f"The weight {weight:g} is negative.",
            "Where less is better, say lower in the column direction.",
            row,
            column,
        )
        weight = 0.0
    return Placing(indicator, pillar, weight, row)
