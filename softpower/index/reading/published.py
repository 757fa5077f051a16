"""Reading ``published.csv``: the publisher's own scores and ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.errors import InputError, did_you_mean
from softpower.index.declared import PublishedEntry
from softpower.index.published import Published
from softpower.index.reading.columns import UNIT_COLUMNS
from softpower.index.reading.naming import Naming, naming
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row
from softpower.index.reading.units import UnitRegister
from softpower.index.text import shown
from softpower.index.units import Unit
from softpower.methods.model import Floats

TEXT_COLUMNS = ("source", "note", "class")
SMALLEST_TOLERANCE = 1e-9


def read_published(
    sheet: RawTable,
    entry: PublishedEntry,
    pillars: Sequence[str],
    register: UnitRegister,
    problems: ProblemCollector,
) -> Published | None:
    """Return what is known of the publisher's result, or ``None`` with errors noted."""
    names = naming(sheet, register, problems)
    if names is None:
        return None
    in_pillars = {pillar: f"rank:{pillar}" for pillar in pillars}
    known = ("score", "rank", *pillars, *in_pillars.values())
    _check_header(sheet, known, problems)
    _check_pillars(sheet, pillars, problems)
    units, rows = _units(sheet, names, problems)
    numbers = {title: _numbers(sheet, rows, title, problems) for title in known}
    for title in ("rank", *in_pillars.values()):
        _check_ranks(sheet, units, rows, title, numbers[title], entry, problems)
    _check_told(sheet, [*numbers.values()], problems)
    told = int(np.count_nonzero(~np.isnan(np.vstack([*numbers.values()])).all(axis=0)))
    of_pillars = entry.pillar_tolerance
    lowest = int(np.ceil(np.nanmax(numbers["rank"], initial=0.0)))
    smallest = 0.5 * 10.0**-entry.decimals if entry.decimals is not None else 0.0
    tolerance = max(smallest if entry.tolerance is None else entry.tolerance, SMALLEST_TOLERANCE)
    return Published(
        units=units,
        scores=numbers["score"],
        ranks=numbers["rank"],
        pillars={p: numbers[p] for p in pillars if p in sheet.header},
        sources=_texts(sheet, rows, "source"),
        notes=_texts(sheet, rows, "note"),
        ranked=entry.units or max(told, lowest),
        decimals=entry.decimals,
        tolerance=tolerance,
        pillar_tolerance=max(tolerance if of_pillars is None else of_pillars, SMALLEST_TOLERANCE),
        note=entry.note,
        pillar_ranks={p: numbers[t] for p, t in in_pillars.items() if t in sheet.header},
        classes=_texts(sheet, rows, "class") if "class" in sheet.header else (),
        open_ended=entry.units is None and lowest > told,
    )


def _check_ranks(
    sheet: RawTable,
    units: tuple[Unit, ...],
    rows: list[Row],
    title: str,
    ranks: Floats,
    entry: PublishedEntry,
    problems: ProblemCollector,
) -> None:
    """Refuse ranks that cannot be places among so many units as the publisher ranks."""
    for unit, row, location in zip(units, rows, ranks, strict=True):
        if location < 1:
            problems.error(
                f"The rank of {unit.name} is below 1.",
                sheet.location(row.line, title),
                "Ranks count from 1; leave the cell empty if it is not known.",
            )
        elif entry.units is not None and location > entry.units:
            problems.error(
                f"The rank of {unit.name} is {location:g}, but the publisher ranks {entry.units} "
                "units in all.",
                sheet.location(row.line, title),
                "Correct the rank, or units under [published] in index.toml.",
            )
    known = int(np.count_nonzero(~np.isnan(ranks)))
    if entry.units is not None and known > entry.units:
        problems.error(
            f"It has {known} ranks, but the publisher ranks {entry.units} units in all.",
            sheet.location(),
            "Remove rows, or correct units under [published] in index.toml.",
        )


def _check_header(sheet: RawTable, known: Sequence[str], problems: ProblemCollector) -> None:
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *TEXT_COLUMNS, *known):
            mend = did_you_mean(title, known) or "Remove it."
            problems.error(f"The column {shown(title)} is not known.", sheet.location(), mend)
    if "score" not in sheet.header and "rank" not in sheet.header:
        problems.error(
            "It has neither a column score nor a column rank.",
            sheet.location(),
            "Add what the publisher prints.",
        )
    if not sheet.rows:
        problems.error(
            "It has no rows.", sheet.location(), "Add one for each country, or remove it."
        )


def _check_pillars(sheet: RawTable, pillars: Sequence[str], problems: ProblemCollector) -> None:
    """Refuse pillars that have the name of a column of another meaning."""
    for pillar in pillars:
        if pillar in sheet.header and pillar in ("score", "rank", *TEXT_COLUMNS):
            problems.error(
                f"The column {pillar} cannot hold the scores of a pillar {pillar}.",
                sheet.location(),
                "Give the pillar another id in index.toml.",
            )


def _check_told(sheet: RawTable, numbers: Sequence[Floats], problems: ProblemCollector) -> None:
    """Refuse rows that tell nothing; cells that cannot be read are problems of their own."""
    if sheet.rows and np.isnan(numbers).all() and not problems.count:
        problems.error(
            "It has neither a score nor a rank in any row.",
            sheet.location(),
            "Add what the publisher prints, or remove it.",
        )


def _units(
    sheet: RawTable, names: Naming, problems: ProblemCollector
) -> tuple[tuple[Unit, ...], list[Row]]:
    """Return the units of the rows, and the rows, without those that cannot be used."""
    units: dict[str, Unit] = {}
    rows: list[Row] = []
    for row in problems.rows(sheet):
        unit = names.unit(row)
        if unit is None:
            continue
        if unit.id in units:
            problems.error(
                f"{unit.name} stands there twice.",
                sheet.location(row.line, names.title),
                "Keep one of the rows.",
            )
            continue
        units[unit.id] = unit
        rows.append(row)
    return tuple(units.values()), rows


def _numbers(sheet: RawTable, rows: list[Row], title: str, problems: ProblemCollector) -> Floats:
    out = np.full(len(rows), np.nan)
    if title in sheet.header:
        at = sheet.header.index(title)
        for i, row in enumerate(rows):
            try:
                number = sheet.number(row, at)
            except InputError as error:
                problems.caught(error)
                continue
            out[i] = np.nan if number is None else number
    return out


def _texts(sheet: RawTable, rows: list[Row], title: str) -> tuple[str, ...]:
    if title not in sheet.header:
        return ("",) * len(rows)
    at = sheet.header.index(title)
    return tuple(row.cells[at] for row in rows)
