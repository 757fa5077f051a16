"""Does the order of two units hang on who else is listed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from softpower.analysis.audit.finding import Chapter, Check, Finding, Threshold
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import unit_noun
from softpower.analysis.shared.gaps import quotients
from softpower.analysis.shared.reversals import reversals, shared_ranks
from softpower.answer import Cell, Column, Table
from softpower.counting import counted
from softpower.engine.context import divisors
from softpower.engine.loading import changed
from softpower.engine.sampling.perturb import least_figures
from softpower.engine.score import score, score_setup
from softpower.errors import SoftpowerError
from softpower.index.figures import Figures
from softpower.methods.moments import is_constant

ARROW = "Arrow (1951), Social Choice and Individual Values (independence)"
WHY = "Two units change places although nothing about either has changed."
MEND = (
    'Take goalposts instead of the extremes of the list (`set={"normalise": "goalposts"}`), or '
    "weights that do not follow from it."
)


def _check(name: str, what: str) -> Check:
    source = "Belton & Gear (1983), Omega 11:228-230"
    return Check(name, "moderate", what, (Threshold(name, 0, 0, 1e9, ARROW),), WHY, MEND, source)


LEAVING = _check("leaving", "The order of others turns when a unit leaves the list")
CLONE = _check("clone", "The order of others turns when a unit is listed twice")
ANCHOR = _check("anchor", "The order of others turns when the best or the worst figure moves")
CHECKS = (LEAVING, CLONE, ANCHOR)

MOVED = 0.1
"""An anchor moves outwards by so much of the range of its indicator."""


def examine(subject: Subject) -> Chapter:
    """Return how many pairs turn without each unit in turn, and with a double of a few."""
    order = [i for i in subject.ranking.order() if subject.ranked[i]]
    nouns = unit_noun(subject.run, plural=True)
    if len(order) < 3:
        noun = unit_noun(subject.run, plural=len(order) != 1)
        return Chapter(notes=(f"With {len(order)} {noun} there are no others.",))
    left = dict(subject.watch(len(order), _leaving(subject, order), f"{nouns} left out"))
    picked = dict.fromkeys([order[0], order[len(order) // 2], order[-1]])
    doubled = {i: _doubled(subject, i) for i in picked}
    rows: list[tuple[Cell, ...]] = []
    findings, notes = [], []
    for check, turned, how in ((LEAVING, left, "without"), (CLONE, doubled, "with a double of")):
        known = {i: count for i, count in turned.items() if count is not None}
        units = subject.ranking.units
        rows += [(check.name, units[i].id, units[i].name, known[i]) for i in known]
        if len(known) < len(turned):
            gone = counted(len(turned) - len(known), "case has", "cases have")
            notes.append(f"{check.what}: {gone} no ranking.")
        some = [i for i in known if known[i]]
        if some and max(known.values()) > subject.limits.first(check):
            most = max(some, key=lambda i: known[i])
            pairs = f"{known[most]} pair{'' if known[most] == 1 else 's'}"
            said = f"in {len(some)} of {len(known)} cases, most {how} {units[most].name}: {pairs}"
            findings.append(Finding(check, subject.run.index.id, known[most], said))
    moved, lost = _anchors(subject)
    rows += [("anchor", *case) for case in moved]
    if lost:
        notes.append(f"{ANCHOR.what}: {counted(lost, 'case has', 'cases have')} no ranking.")
    findings += _of_anchors(subject, moved)
    table = _table(rows, nouns)
    return Chapter(tuple(findings), (table,), tuple(notes), complete=not notes)


class Moved(NamedTuple):
    """How many pairs of others turn as an extreme figure moves out."""

    indicator: str
    unit: str
    pairs: int


def _of_anchors(subject: Subject, moved: list[Moved]) -> list[Finding]:
    """Return one finding on the figure by which most pairs turn."""
    most = max(moved, key=lambda case: case.pairs, default=Moved("", "", 0))
    if most.pairs <= subject.limits.first(ANCHOR):
        return []
    some = sum(case.pairs > 0 for case in moved)
    pairs = f"{most.pairs} pair{'' if most.pairs == 1 else 's'}"
    said = (
        f"in {some} of {len(moved)} cases, most as {most.indicator} of {most.unit} moves out by "
        f"{MOVED:.0%} of the range: {pairs}"
    )
    return [Finding(ANCHOR, subject.run.index.id, most.pairs, said)]


def _anchors(subject: Subject) -> tuple[list[Moved], int]:
    """Return what the extreme figures of indicators do to others, and how many cases fail.

    Figures are those after denominators; one that would be less than it can be is no case.
    """
    setup, ranking = subject.setup, subject.ranking
    items, least = ranking.framework.indicators(), least_figures(setup)
    found, lost = [], 0
    own = np.where(subject.ranked[:, None], quotients(setup, ranking), np.nan)
    by = divisors(setup.figures, items)
    for j, (item, x) in enumerate(zip(items, own.T, strict=True)):
        if is_constant(x):
            continue
        step = MOVED * (np.nanmax(x) - np.nanmin(x))
        (column,) = setup.figures.positions([item.id])
        for row, way in ((int(np.nanargmax(x)), step), (int(np.nanargmin(x)), -step)):
            if x[row] + way < least.get(item.id, -np.inf):
                continue
            values = setup.figures.values.copy()
            values[row, column] += way * by[row, j]
            try:
                other = score_setup(replace(setup, figures=replace(setup.figures, values=values)))
            except SoftpowerError:
                lost += 1
                continue
            rows, before, after = shared_ranks(ranking, other, subject.methodology.ties)
            others = np.array(rows) != row
            pairs = reversals(before[others], after[others])
            found.append(Moved(item.id, ranking.units[row].name, pairs))
    return found, lost


def _leaving(subject: Subject, order: list[int]) -> Iterator[tuple[int, int | None]]:
    """Yield each unit with the number of pairs that turn without it; ``None`` if unranked."""
    for i in order:
        try:
            other = changed(subject.run, {}, omit=[subject.ranking.units[i].id]).score()
        except SoftpowerError:
            yield i, None
            continue
        _, before, after = shared_ranks(subject.ranking, other, subject.methodology.ties)
        yield i, reversals(before, after)


def _doubled(subject: Subject, row: int) -> int | None:
    """Return the number of pairs that turn with a double of a unit; ``None`` if unranked."""
    setup = subject.setup
    try:
        other = score(with_double(setup.figures, row), setup.framework, setup.methodology)
    except SoftpowerError:
        return None
    _, before, after = shared_ranks(subject.ranking, other, subject.methodology.ties)
    return reversals(before, after)


def with_double(figures: Figures, row: int) -> Figures:
    """Return figures in which one unit is listed twice, the second time under another id."""
    unit = figures.units[row]
    double = replace(unit, id=f"{unit.id} (double)", name=f"{unit.name} (double)")
    rows = [*range(len(figures.units)), row]
    return replace(
        figures,
        units=(*figures.units, double),
        values=np.array(figures.values[rows]),
        years=np.array(figures.years[rows]),
        sources=np.array(figures.sources[rows]),
        errors=np.array(figures.errors[rows]),
    )


def _table(rows: list[tuple[Cell, ...]], nouns: str) -> Table:
    columns = (
        Column("check", "Case"),
        Column("id", "Id", whole=True),
        Column("unit", "Unit"),
        Column("pairs", "Pairs that turn", "integer"),
    )
    rows.sort(key=lambda row: -int(row[3] or 0))
    note = f"Pairs are those of the other {nouns}, ranked anew among themselves."
    title = "Who leaves, who is listed twice, and which extreme figure moves"
    return Table("reversal", title, columns, tuple(rows), (note,))
