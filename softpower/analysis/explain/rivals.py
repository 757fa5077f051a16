"""Whom a country overtook between two rankings, who overtook it, and who came or went."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.analysis.shared.formatting import rank_cell, unit_columns
from softpower.analysis.shared.lists import Listed
from softpower.answer import Cell, Column, Table, facts
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run


@dataclass(frozen=True, slots=True)
class Rivals:
    """The units around one unit that stands in two rankings, by where they were and are."""

    passed: tuple[str, ...]
    """Those that were ahead of it, and are no more."""
    passed_by: tuple[str, ...]
    """Those that were not ahead of it, and are now."""
    came: tuple[str, ...]
    """Those that are ranked only now."""
    went: tuple[str, ...]
    """Those that were ranked only then."""
    then: dict[str, float]
    """Earlier ranks, by id."""
    now: dict[str, float]
    """Later ranks, by id."""
    names: dict[str, str]


def rivals(then: Ranking, now: Ranking, unit: str) -> Rivals:
    """Return the units around one that is ranked in both rankings, best rank of today first."""
    earlier, later = _ranks(then), _ranks(now)
    both = [name for name in later if name in earlier and name != unit]
    was_ahead = {name for name in both if earlier[name] < earlier[unit]}
    is_ahead = {name for name in both if later[name] < later[unit]}
    return Rivals(
        passed=_sorted(was_ahead - is_ahead, later),
        passed_by=_sorted(is_ahead - was_ahead, later),
        came=_sorted(set(later) - set(earlier), later),
        went=_sorted(set(earlier) - set(later), earlier),
        then=earlier,
        now=later,
        names={u.id: u.name for ranking in (then, now) for u in ranking.units},
    )


def tally(then: Ranking, now: Ranking, unit: str, lists: tuple[Listed, Listed]) -> Table:
    """Return how many units account for the places gained or lost."""
    found, (only_now, only_then) = rivals(then, now, unit), _only(lists)
    items: list[tuple[str, Cell]] = [
        ("Overtook", len(found.passed)),
        ("Overtaken by", len(found.passed_by)),
        (f"Ranked {only_now}", _ahead(found.came, found.now, unit)),
        (f"Ranked {only_then}", _ahead(found.went, found.then, unit)),
    ]
    return facts("places", "", items)


def overtaking_table(run: Run, then: Ranking, now: Ranking, unit: str) -> Table:
    """Return whom a unit overtook and who overtook it, with their ranks."""
    found = rivals(then, now, unit)
    columns = (
        Column("what", "What happened"),
        *unit_columns(run),
        Column("then", "Then", "integer"),
        Column("now", "Now", "integer"),
        Column("movement", "Move", "movement"),
    )
    rows: list[tuple[Cell, ...]] = []
    for what, names in (("overtaken by it", found.passed), ("overtook it", found.passed_by)):
        for name in names:
            before, after = found.then[name], found.now[name]
            ranks = (rank_cell(before), rank_cell(after), rank_cell(before - after))
            rows.append((what, name, found.names[name], *ranks))
    return Table("overtaking", "Who passed whom", columns, tuple(rows))


def entries_table(
    run: Run, then: Ranking, now: Ranking, unit: str, lists: tuple[Listed, Listed]
) -> Table:
    """Return those ahead of a unit that are ranked, as far as known, only then or only now."""
    found, (only_now, only_then) = rivals(then, now, unit), _only(lists)
    columns = (
        Column("what", "Ranked"),
        *unit_columns(run),
        Column("rank", "Rank", "integer"),
    )
    rows = tuple(
        (what, name, found.names[name], rank_cell(ranks[name]))
        for what, names, ranks in (
            (only_now, found.came, found.now),
            (only_then, found.went, found.then),
        )
        for name in names
        if ranks[name] < ranks[unit]
    )
    complete = all(each.complete for each in lists)
    title = "Entries and exits ahead of it" if complete else "Ahead of it in one of the two alone"
    return Table("entries", title, columns, rows)


def _only(lists: tuple[Listed, Listed]) -> tuple[str, str]:
    """Return what may be said of a unit that has a rank only now, and of one only then.

    Where a list is known in part, a unit without a rank in it may have one all the same.
    """
    then, now = lists
    return (
        "only now" if then.complete else "only now, as far as known",
        "only then" if now.complete else "only then, as far as known",
    )


def _ahead(names: tuple[str, ...], ranks: dict[str, float], unit: str) -> str:
    """Return how many these are, and how many of them have a better rank than the unit."""
    ahead = sum(ranks[name] < ranks[unit] for name in names)
    return f"{len(names)}, of which {ahead} ahead of it" if names else "0"


def _ranks(ranking: Ranking) -> dict[str, float]:
    return {
        unit.id: float(rank)
        for unit, rank in zip(ranking.units, ranking.ranks, strict=True)
        if not np.isnan(rank)
    }


def _sorted(names: set[str], ranks: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (ranks[name], name)))
