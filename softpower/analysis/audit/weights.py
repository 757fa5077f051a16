"""Do weights mean what they say: does what has most weight matter most?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold
from softpower.analysis.audit.statistics import LEAST
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import cell
from softpower.answer import Cell, Column, Table
from softpower.methods.model import Floats
from softpower.methods.moments import is_constant
from softpower.methods.weight.curves import Curves, Estimator

PARUOLO = "Paruolo, Saisana & Saltelli (2013), J. Royal Statistical Society A 176:609-634"
TARGET = (
    'Take weights that give the stated importance (`set={"weight": "target-importance"}`), or '
    "state what the weights are meant to be."
)

SILENT = Check(
    "silent",
    "moderate",
    "An indicator hardly shows in the ranking",
    (Threshold("silent", 0.09, 0, 1, f"{OWN}: the square of a correlation of 0.3"),),
    "It could be left out, and nobody would see it in the scores.",
    'Leave it out (`omit="ID"`), or say that it is there for its own sake.',
    PARUOLO,
)
UNDER = Check(
    "importance-least",
    "moderate",
    "Something matters much less than its weight says",
    (Threshold("importance-least", 0.5, 0, 1),),
    "Readers take weights for importance, and here they are not.",
    TARGET,
    PARUOLO,
)
OVER = Check(
    "importance-most",
    "moderate",
    "Something matters much more than its weight says",
    (Threshold("importance-most", 2.0, 1, 1_000),),
    "Readers take weights for importance, and here they are not.",
    TARGET,
    PARUOLO,
)
CHECKS = (SILENT, UNDER, OVER)


def examine(subject: Subject) -> Chapter:
    """Return weight against importance for the parts of every sum.

    Formula: importance is the correlation ratio ``S_j``, the share of the variance of a sum that
    a curve over its part ``j`` explains, and ``S_j / sum S`` is held against the weight.
    """
    findings: list[Finding] = []
    rows: list[tuple[Cell, ...]] = []
    known: dict[str, float] = {}
    for parent in subject.parents():
        name = parent.id or subject.run.index.id
        sums = np.column_stack([subject.good(parent), subject.scores])
        x = np.column_stack([subject.good(child) for child in parent.children])
        linear = np.array([ratio("linear", column, sums[:, 0]) for column in x.T])
        spline, shown = np.array([ratios("spline", column, sums) for column in x.T]).T
        weights = np.array([subject.ranking.local_weights[c.id] for c in parent.children])
        total, stated = np.nansum(spline), np.nansum(weights)
        for j, child in enumerate(parent.children):
            weight = weights[j] / stated
            share = spline[j] / total if total > 0 else np.nan
            rows.append((child.id, name, *map(cell, (weight, share, linear[j], spline[j]))))
            if weight > 0:
                findings += _held(subject, child.id, name, float(weight), float(share))
            known[child.id] = float(shown[j])
    for item in subject.indicators:
        explained = known.get(item.id)
        if explained is None:  # it is the only part of its pillar
            explained = ratio("spline", subject.good(item), subject.scores)
        findings += _silent(subject, item.id, explained)
    return Chapter(tuple(findings), (_table(rows),))


def ratio(estimator: Estimator, x: Floats, y: Floats) -> float:
    """Return the correlation ratio: the share of the variance of y that a curve over x explains.

    Zero where either does not vary, NaN with fewer than four units that have both.
    """
    return float(ratios(estimator, x, y[:, None])[0])


def ratios(estimator: Estimator, x: Floats, sums: Floats) -> Floats:
    """Return the correlation ratio of each of some sums (columns), which share what curves need."""
    there = ~np.isnan(sums)
    if (there != there[:, :1]).any():
        return np.array([ratio(estimator, x, column) for column in sums.T])
    both = ~np.isnan(x) & there[:, 0]
    x, sums = x[both], sums[both]
    if x.size < LEAST:
        return np.full(sums.shape[1], np.nan)
    if is_constant(x):
        return np.zeros(sums.shape[1])
    curves, found = Curves(estimator, x, sums), np.zeros(sums.shape[1])
    for j, y in enumerate(sums.T):
        if not is_constant(y):
            part = curves.explained(np.eye(sums.shape[1])[j])[j, j]
            found[j] = np.clip(part / ((y - y.mean()) ** 2).sum(), 0.0, 1.0)
    return found


def _held(subject: Subject, name: str, parent: str, weight: float, share: float) -> list[Finding]:
    said = f"{weight:.1%} of the weight of {parent}, {share:.1%} of the importance"
    quotient = share / weight
    if quotient < subject.limits.first(UNDER):
        return [Finding(UNDER, name, quotient, said)]
    if quotient > subject.limits.first(OVER):
        return [Finding(OVER, name, quotient, said)]
    return []


def _silent(subject: Subject, name: str, explained: float) -> list[Finding]:
    if not explained < subject.limits.first(SILENT):
        return []
    said = f"a curve over it explains {explained:.1%} of the variance of scores"
    return [Finding(SILENT, name, explained, said)]


def _table(rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("id", "Part", whole=True),
        Column("sum", "Sum", whole=True),
        Column("weight", "Weight", "percent"),
        Column("importance", "Importance", "percent"),
        Column("linear", "S linear", "number", 3),
        Column("spline", "S spline", "number", 3),
    )
    note = (
        "S is the share of the variance of the sum that a line or a smooth curve over the part "
        "explains; importance is the latter as a share of all parts."
    )
    return Table("weights", "Weight and importance", columns, tuple(rows), (note,))
