"""What would other ways to deal with missing figures have made of the ranking?"""

from __future__ import annotations

from typing import Any

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import cell, rank_cell, unit_noun
from softpower.analysis.shared.reversals import shared_ranks
from softpower.answer import Cell, Column, Table
from softpower.engine.ranking import Ranking
from softpower.engine.run import changed
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
CHECKS = (SHIFT, ERROR)


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
    return Chapter(tuple(findings), (_table(rows, known),), tuple(notes), complete=not notes)


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
        said = f"{mover} moves {places:g} places with impute = {name}"
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
