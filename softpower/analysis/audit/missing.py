"""What would other ways to deal with missing figures have made of the ranking?"""

from __future__ import annotations

from typing import Any

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import cell, code_column, rank_cell, unit_noun
from softpower.analysis.shared.gaps import admissible, doubts, ends, missing_figures
from softpower.analysis.shared.reversals import shared_ranks
from softpower.answer import Cell, Column, Table
from softpower.counting import counted
from softpower.engine.loading import changed
from softpower.engine.ranking import Ranking
from softpower.errors import SoftpowerError
from softpower.methods.impute import Imputation, ImputationContext
from softpower.methods.impute.base import NoImputation
from softpower.methods.impute.neighbours import NearestNeighbour
from softpower.methods.impute.single import MeanImputation, MedianImputation
from softpower.methods.model import Floats

METHODS: dict[str, Imputation | None] = {
    "none": None,
    "mean": MeanImputation(),
    "median": MedianImputation(),
    "nearest-neighbour": NearestNeighbour(),
}
"""The quick ways, which are always compared; that of the run is as well."""

MASKED = 0.1
"""The share of the known figures that are hidden to see how well they are guessed."""
SEED = 1
"""Which figures these are."""

SHIFT = Check(
    "imputation-shift",
    "moderate",
    "A rank hangs on how missing figures are dealt with",
    (Threshold("imputation-shift", 0.1, 0, 1, f"{OWN}: of the units that are ranked"),),
    "The rank is made of guesses as much as of figures.",
    "Print a range of ranks instead (robustness, with impute varied), or find figures.",
    "OECD/JRC Handbook (2008), sec. 7.1",
)
ERROR = Check(
    "imputation-error",
    "moderate",
    "Missing figures are guessed no better than by the mean",
    (Threshold("imputation-error", 1.0, 0, 100, OWN),),
    "A guess that is worse than the mean adds noise to the ranking.",
    "Set impute to a method that guesses better (see the table of methods), or to none.",
    "OECD/JRC Handbook (2008), ch. 3",
)
RANGE = Check(
    "missing-range",
    "moderate",
    "What is missing could put a unit at quite another rank",
    (Threshold("missing-range", 0.25, 0, 1, f"{OWN}: of the units that are ranked"),),
    "Its rank is one of many that the figures allow.",
    "Print the range beside the rank (robustness, with gaps), or ask more of coverage.",
    "Manski (2003), Partial Identification of Probability Distributions, ch. 1 (bounds)",
)
CHECKS = (SHIFT, ERROR, RANGE)


def examine(subject: Subject) -> Chapter:
    """Return what other imputations do to ranks, and how well they guess figures that are known."""
    bare = changed(subject.run, {"impute": "none"})
    nouns = unit_noun(subject.run, plural=True)
    try:
        stage = bare.score().stages["treated"]
    except SoftpowerError as error:
        return Chapter(notes=(f"Without imputation there is no ranking: {error.what}",))
    known = stage.values[subject.ranked][:, [stage.ids.index(name) for name in subject.ids]]
    if not np.isnan(known).any():
        return Chapter(notes=(f"No figure is missing of the {nouns} that are ranked.",))
    sheet = _sheet(subject)
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    worst, of = (0.0, "", "", 0.0), subject.ranked.sum()
    errors = {}
    for name, method in _methods(subject).items():
        errors[name] = guessed(method, known, sheet) if method is not None else np.nan
        try:
            other = _imputed(subject, name)
        except SoftpowerError as error:
            notes.append(f"With impute = {name} there is no ranking: {error.what}")
            continue
        kept, before, after = shared_ranks(subject.ranking, other, subject.methodology.ties)
        shift = np.abs(after - before)
        at = int(np.argmax(shift))
        mover = subject.ranking.units[kept[at]].name
        rows.append(
            (
                name,
                float(shift.mean()),
                rank_cell(shift[at]),
                mover if shift[at] else None,
                cell(errors[name]),
            )
        )
        worst = max(worst, (float(shift[at]) / of, name, mover, float(shift[at])))
    findings = _findings(subject, worst, errors)
    complete = not notes
    try:
        spans = _ranges(subject)
    except SoftpowerError as error:
        notes.append(f"Filled with the best and the worst there is no ranking: {error.what}")
        spans, complete = [], False
    findings += _of_ranges(subject, spans)
    if open_ := doubts(subject.setup, subject.ranking):
        notes.append(
            "Ranks by the best and the worst that is missing are attained, but others may go "
            f"beyond them ({', '.join(open_)})."
        )
    tables = (_table(rows, known), _range_table(subject, spans))
    return Chapter(tuple(findings), tables, tuple(notes), complete=complete)


def _ranges(subject: Subject) -> list[tuple[int, int, float, float]]:
    """Return the row, the gaps, and the best and the worst rank of each ranked unit with gaps."""
    setup, ranking = subject.setup, subject.ranking
    bounds, lacking = admissible(setup, ranking), missing_figures(setup, ranking).sum(axis=1)
    rows = [i for i in ranking.order() if subject.ranked[i] and lacking[i]]
    outcomes = ends(setup, ranking, bounds, rows)
    what = f"{unit_noun(subject.run, plural=True)} with gaps"
    found = subject.watch(len(rows), outcomes, what)
    return [(i, int(lacking[i]), *both) for i, both in zip(rows, found, strict=True)]


def _of_ranges(subject: Subject, spans: list[tuple[int, int, float, float]]) -> list[Finding]:
    """Return one finding on the unit whose rank is most open."""
    if not spans:
        return []
    row, gaps, best, worst = max(spans, key=lambda span: span[3] - span[2])
    share = (worst - best + 1) / float(subject.ranked.sum())
    if share <= subject.limits.first(RANGE):
        return []
    who = subject.ranking.units[row].name
    said = f"{who} lacks {counted(gaps, 'figure')} and could be from {best:g} to {worst:g}"
    return [Finding(RANGE, subject.run.index.id, share, said)]


def _range_table(subject: Subject, spans: list[tuple[int, int, float, float]]) -> Table:
    columns = (
        code_column(of="unit"),
        Column("unit", unit_noun(subject.run).capitalize()),
        Column("missing", "Missing", "integer"),
        Column("best", "Best", "integer"),
        Column("worst", "Worst", "integer"),
    )
    units = subject.ranking.units
    rows = tuple(
        (units[i].id, units[i].name, gaps, rank_cell(best), rank_cell(worst))
        for i, gaps, best, worst in spans
    )
    note = (
        "Best: what is missing takes the best figure that ranked units have, and that of all "
        "others the worst; Worst: the other way round."
    )
    return Table("ranges", "Ranks by what is missing", columns, rows, (note,))


def _methods(subject: Subject) -> dict[str, Imputation | None]:
    """Return the ways to compare, that of the run as it sets it."""
    own = subject.methodology.impute
    return {**METHODS, own.name(): None if isinstance(own, NoImputation) else own}


def _imputed(subject: Subject, name: str) -> Ranking:
    """Return the ranking under another imputation, or the own one."""
    if name == subject.methodology.impute.name():
        return subject.ranking
    return changed(subject.run, {"impute": name}).score()


def _findings(
    subject: Subject, worst: tuple[float, str, str, float], errors: dict[str, float]
) -> list[Finding]:
    found = []
    share, name, mover, places = worst
    if share > subject.limits.first(SHIFT):
        said = f"{mover} moves {counted(places, 'place')} with impute = {name}"
        found.append(Finding(SHIFT, subject.run.index.id, share, said))
    own = subject.methodology.impute.name()
    if own in errors and errors[own] / errors["mean"] > subject.limits.first(ERROR):
        said = f"{own} is off by {figure(errors[own])} sd, the mean by {figure(errors['mean'])} sd"
        found.append(Finding(ERROR, own, errors[own] / errors["mean"], said))
    return found


def guessed(method: Imputation, known: Floats, sheet: ImputationContext) -> float:
    """Return how far figures are off that were hidden and guessed, in standard deviations.

    Formula: the root of the mean square of ``(guess - figure) / sd``, over a tenth of the known
    figures, with the deviation of each indicator's known figures; NaN where none is guessed.

    Parameters
    ----------
    method
        How gaps are filled.
    known
        Units x indicators; NaN is missing.
    sheet
        What its rows and columns are.
    """
    there = ~np.isnan(known)
    spread = np.array([column[~np.isnan(column)].std() for column in known.T])
    hidden = there & (np.random.default_rng(SEED).random(known.shape) < MASKED) & (spread > 0)
    try:
        filled = method(np.where(hidden, np.nan, known), sheet).values
    except SoftpowerError:
        return float("nan")
    off = ((filled - known) / np.where(spread > 0, spread, 1.0))[hidden]
    off = off[~np.isnan(off)]
    return float(np.sqrt((off**2).mean())) if off.size else float("nan")


def _sheet(subject: Subject) -> ImputationContext:
    """Return what the rows and columns are, ranked units only."""
    units = [u for u, yes in zip(subject.ranking.units, subject.ranked, strict=True) if yes]

    def groups(by: str) -> tuple[str, ...]:
        return tuple(unit.groups.get(by, "") for unit in units)

    def other(name: str) -> Any:
        return subject.setup.figures.columns([name])[subject.ranked, 0]

    return ImputationContext(tuple(u.id for u in units), tuple(subject.ids), groups, other)


def _table(rows: list[tuple[Cell, ...]], known: Floats) -> Table:
    columns = (
        Column("impute", "Impute", whole=True),
        Column("shift", "Mean shift", "number", 2),
        Column("largest", "Largest", "integer"),
        Column("mover", "Who"),
        Column("error", "Error in sd", "number", 2),
    )
    gaps = int(np.isnan(known).sum())
    note = (
        f"{gaps} of {known.size} figures of ranked units are missing. Shifts are in places, from "
        f"the ranking as it is. The error is that of guesses of {MASKED:.0%} of the known figures, "
        'in standard deviations. One way more, here and elsewhere: `set={"impute": "em"}`.'
    )
    return Table("missing", "Ways to deal with what is missing", columns, tuple(rows), (note,))
