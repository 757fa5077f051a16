"""Reading ``published.csv``: the publisher's own scores and ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.errors import InputError, did_you_mean
from softpower.index.declared import PublishedEntry
from softpower.index.published import Published
from softpower.index.reading.findings import Findings
from softpower.index.reading.tables import Row, Sheet
from softpower.index.reading.units import UNIT_COLUMNS, Roll, unit_column, unit_of
from softpower.index.text import shown
from softpower.index.units import Unit
from softpower.methods.model import Floats

TEXT_COLUMNS = ("source", "note")
SMALLEST_TOLERANCE = 1e-9


def read_published(
    sheet: Sheet,
    entry: PublishedEntry,
    pillars: Sequence[str],
    roll: Roll,
    findings: Findings,
) -> Published | None:
    """Return what is known of the publisher's result, or ``None`` with errors noted."""
    column = unit_column(sheet, findings)
    if column is None:
        return None
    known = ("score", "rank", *pillars)
    _check_header(sheet, known, findings)
    units, rows = _units(sheet, column, roll, findings)
    numbers = {title: _numbers(sheet, rows, title, findings) for title in known}
    for unit, row, place in zip(units, rows, numbers["rank"], strict=True):
        if not np.isnan(place) and place < 1:
            findings.error(
                f"The rank of {unit.name} is below 1.",
                sheet.place(row.line, "rank"),
                "Ranks count from 1; leave the cell empty if it is not known.",
            )
    smallest = 0.5 * 10.0**-entry.decimals if entry.decimals is not None else 0.0
    return Published(
        units=units,
        scores=numbers["score"],
        ranks=numbers["rank"],
        pillars={p: numbers[p] for p in pillars if p in sheet.header},
        sources=_texts(sheet, rows, "source"),
        notes=_texts(sheet, rows, "note"),
        ranked=entry.units or len(units),
        decimals=entry.decimals,
        tolerance=max(smallest if entry.tolerance is None else entry.tolerance, SMALLEST_TOLERANCE),
        note=entry.note,
    )


def _check_header(sheet: Sheet, known: Sequence[str], findings: Findings) -> None:
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *TEXT_COLUMNS, *known):
            mend = did_you_mean(title, known) or "Remove it."
            findings.error(f"The column {shown(title)} is not known.", sheet.place(), mend)
    if "score" not in sheet.header and "rank" not in sheet.header:
        findings.error(
            "It has neither a column score nor a column rank.",
            sheet.place(),
            "Add what the publisher prints.",
        )
    if not sheet.rows:
        findings.error("It has no rows.", sheet.place(), "Add one for each country, or remove it.")


def _units(
    sheet: Sheet, column: int, roll: Roll, findings: Findings
) -> tuple[tuple[Unit, ...], list[Row]]:
    """Return the units of the rows, and the rows, without those that cannot be used."""
    units: dict[str, Unit] = {}
    rows: list[Row] = []
    for row in findings.rows(sheet):
        unit = unit_of(row, column, sheet, roll, findings)
        if unit is None:
            continue
        if unit.id in units:
            findings.error(
                f"{unit.name} stands there twice.",
                sheet.place(row.line, sheet.header[column]),
                "Keep one of the rows.",
            )
            continue
        units[unit.id] = unit
        rows.append(row)
    return tuple(units.values()), rows


def _numbers(sheet: Sheet, rows: list[Row], title: str, findings: Findings) -> Floats:
    out = np.full(len(rows), np.nan)
    if title in sheet.header:
        at = sheet.header.index(title)
        for i, row in enumerate(rows):
            try:
                number = sheet.number(row.cells[at])
            except InputError as error:
                findings.caught(error, sheet.place(row.line, title))
                continue
            out[i] = np.nan if number is None else number
    return out


def _texts(sheet: Sheet, rows: list[Row], title: str) -> tuple[str, ...]:
    if title not in sheet.header:
        return ("",) * len(rows)
    at = sheet.header.index(title)
    return tuple(row.cells[at] for row in rows)
