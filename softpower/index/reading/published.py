"""Reading ``published.csv``: the publisher's own scores and ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.errors import did_you_mean
from softpower.index.declared import ClassesEntry, PublishedEntry
from softpower.index.ids import folded
from softpower.index.published import SMALLEST_TOLERANCE, Published
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.tables import Row
from softpower.index.reading.titles import UNIT_COLUMNS
from softpower.index.units import Unit
from softpower.methods.model import Floats

TEXT_COLUMNS = ("source", "note", "class")


def read_published(
    table: UnitTable,
    entry: PublishedEntry,
    pillars: Sequence[str],
    classes: ClassesEntry | None = None,
) -> Published | None:
    """Return what is known of the publisher's result, or ``None`` with errors noted."""
    if table.naming is None:
        return None
    in_pillars = {pillar: f"rank:{folded(pillar)}" for pillar in pillars}
    known = ("score", "rank", *map(folded, pillars), *in_pillars.values())
    _check_header(table, known)
    _check_pillars(table, pillars)
    units, rows = _units(table)
    numbers = {title: _numbers(table, rows, title) for title in known}
    for title in ("rank", *in_pillars.values()):
        _check_ranks(table, units, rows, title, numbers[title], entry)
    _check_told(table, [*numbers.values()])
    _doubt_order(table, units, rows, numbers["score"], numbers["rank"])
    if classes is not None and "class" in table.at:
        _check_classes(table, rows, classes.names)
    told = int(np.count_nonzero(~np.isnan(np.vstack([*numbers.values()])).all(axis=0)))
    of_pillars = entry.pillar_tolerance
    lowest = int(np.ceil(np.nanmax(numbers["rank"], initial=0.0)))
    smallest = 0.5 * 10.0**-entry.decimals if entry.decimals is not None else 0.0
    tolerance = max(smallest if entry.tolerance is None else entry.tolerance, SMALLEST_TOLERANCE)
    return Published(
        units=units,
        scores=numbers["score"],
        ranks=numbers["rank"],
        pillars={p: numbers[folded(p)] for p in pillars if folded(p) in table.at},
        sources=_texts(table, rows, "source"),
        notes=_texts(table, rows, "note"),
        ranked=entry.units or max(told, lowest),
        decimals=entry.decimals,
        tolerance=tolerance,
        pillar_tolerance=max(tolerance if of_pillars is None else of_pillars, SMALLEST_TOLERANCE),
        note=entry.note,
        pillar_ranks={p: numbers[t] for p, t in in_pillars.items() if t in table.at},
        classes=_texts(table, rows, "class") if "class" in table.at else (),
        open_ended=entry.units is None and lowest > told,
    )


def _check_ranks(
    table: UnitTable,
    units: tuple[Unit, ...],
    rows: list[Row],
    title: str,
    ranks: Floats,
    entry: PublishedEntry,
) -> None:
    """Refuse ranks that cannot be places among so many units as the publisher ranks."""
    for unit, row, rank in zip(units, rows, ranks, strict=True):
        if rank < 1:
            table.error(
                f"The rank of {unit.name} is below 1.",
                "Ranks count from 1; leave the cell empty if it is not known.",
                row,
                title,
            )
        elif entry.units is not None and rank > entry.units:
            table.error(
                f"The rank of {unit.name} is {rank:g}, but the publisher ranks {entry.units} "
                "units in all.",
                "Correct the rank, or units under [published] in index.toml.",
                row,
                title,
            )
    known = int(np.count_nonzero(~np.isnan(ranks)))
    if entry.units is not None and known > entry.units:
        table.error(
            f"It has {known} ranks, but the publisher ranks {entry.units} units in all.",
            "Remove rows, or correct units under [published] in index.toml.",
        )


def _doubt_order(
    table: UnitTable, units: tuple[Unit, ...], rows: list[Row], scores: Floats, ranks: Floats
) -> None:
    """Note ranks that go against the scores, whether high or low ones are best."""
    known = np.flatnonzero(~np.isnan(scores + ranks))
    known = known[np.lexsort((scores[known], ranks[known]))]
    found = [_against(sense * scores[known], ranks[known]) for sense in (1, -1)]
    wrong = min(found, key=len)
    if wrong:
        before, after = (int(known[at]) for at in wrong[0])
        more = f" So have {len(wrong) - 1:,} more." if wrong[1:] else ""
        table.doubt(
            f"{units[after].name} has rank {ranks[after]:g} and the score {scores[after]:g}, and "
            f"{units[before].name} rank {ranks[before]:g} and {scores[before]:g}: ranks and scores "
            f"are in different order.{more}",
            "Correct the one that is wrong; ranks are shown as they are.",
            rows[after],
            "rank",
        )


def _against(scores: Floats, ranks: Floats) -> list[tuple[int, int]]:
    """Return each place whose score is better than one of a better rank, after that one."""
    found, worst = [], 0
    for at in range(1, len(scores)):
        if scores[at] > scores[worst] and ranks[at] > ranks[worst]:
            found.append((worst, at))
        elif scores[at] < scores[worst]:
            worst = at
    return found


def _check_classes(table: UnitTable, rows: list[Row], names: Sequence[str]) -> None:
    """Say which printed class is none of those that the index declares: it cannot come out."""
    said = dict.fromkeys(names)
    for row, name in zip(rows, _texts(table, rows, "class"), strict=True):
        if name and name not in said:
            said[name] = None
            table.warn(
                f"The class {name!r} is not one of [classes] in index.toml.",
                did_you_mean(name, names) or f"Classes there: {', '.join(names)}.",
                row,
                "class",
            )


def _check_header(table: UnitTable, known: Sequence[str]) -> None:
    table.refuse_unknown_columns((*UNIT_COLUMNS, *TEXT_COLUMNS, *known), known)
    if "score" not in table.at and "rank" not in table.at:
        table.error(
            "It has neither a column score nor a column rank.", "Add what the publisher prints."
        )
    if not table.rows:
        table.error("It has no rows.", "Add one for each country, or remove it.")


def _check_pillars(table: UnitTable, pillars: Sequence[str]) -> None:
    """Refuse pillars that have the name of a column of another meaning."""
    for pillar in pillars:
        if folded(pillar) in table.at and folded(pillar) in ("score", "rank", *TEXT_COLUMNS):
            table.error(
                f"The column {pillar} cannot hold the scores of a pillar {pillar}.",
                "Give the pillar another id in index.toml.",
            )


def _check_told(table: UnitTable, numbers: Sequence[Floats]) -> None:
    """Refuse rows that tell nothing; cells that cannot be read are problems of their own."""
    if table.rows and np.isnan(numbers).all() and not table.problems.count:
        table.error(
            "It has neither a score nor a rank in any row.",
            "Add what the publisher prints, or remove it.",
        )


def _units(table: UnitTable) -> tuple[tuple[Unit, ...], list[Row]]:
    """Return the units of the rows, and the rows, without those that cannot be used."""
    units: dict[str, Unit] = {}
    rows: list[Row] = []
    for row in table.readable():
        unit = table.unit(row)
        if unit is None:
            continue
        if unit.id in units:
            table.twice(unit, row)
            continue
        units[unit.id] = unit
        rows.append(row)
    return tuple(units.values()), rows


def _numbers(table: UnitTable, rows: list[Row], title: str) -> Floats:
    out = np.full(len(rows), np.nan)
    if title in table.at:
        for i, row in enumerate(rows):
            number = table.number(row, title)
            out[i] = np.nan if number is None else number
    return out


def _texts(table: UnitTable, rows: list[Row], title: str) -> tuple[str, ...]:
    if title not in table.at:
        return ("",) * len(rows)
    return tuple(row.cells[table.at[title]] for row in rows)
