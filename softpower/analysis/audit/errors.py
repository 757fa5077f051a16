"""How much of the figures, of the scores and of the ranks is error of measurement?"""

from __future__ import annotations

import numpy as np

from softpower import defaults
from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.confidence import Apart, rank_sets, told_apart
from softpower.analysis.shared.formatting import cell, code_column, rank_cell, unit_noun
from softpower.analysis.shared.propagation import Estimates, estimates
from softpower.answer import Cell, Column, Table
from softpower.methods.model import Floats
from softpower.methods.moments import is_constant

MOGSTAD = "Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518"

KNOWN = Check(
    "errors-known",
    "minor",
    "Few figures have a standard error",
    (Threshold("errors-known", 0.5, 0, 1),),
    "A figure without one counts as exact: ranks are less sure than the other findings say.",
    "Add what the source prints to figures.csv (standard_error).",
)
RELIABILITY = Check(
    "reliability",
    "moderate",
    "An indicator is in good part error of measurement",
    (Threshold("reliability", 0.7, 0, 1, "Nunnally (1978), Psychometric Theory"),),
    "Units differ by it as much by chance as in truth.",
    'Leave it out (`omit="ID"`), take a mean of several years, or give it less weight.',
    "Lord & Novick (1968), Statistical Theories of Mental Test Scores, ch. 3",
)
TOLD_APART = Check(
    "told-apart",
    "moderate",
    "Few pairs of units can be told apart",
    (Threshold("told-apart", 0.5, 0, 1),),
    "Most of the order could be chance.",
    "Print groups instead of ranks (score, with tiers), or sets (robustness, with confidence).",
    MOGSTAD,
)
RANK_SET = Check(
    "rank-set",
    "moderate",
    "A rank is known within wide bounds only",
    (Threshold("rank-set", 0.25, 0, 1, f"{OWN}: of the units that are ranked"),),
    "To print a single rank says more than the figures do.",
    "Print the set beside the rank (robustness, with errors and confidence).",
    MOGSTAD,
)
CHECKS = (KNOWN, RELIABILITY, TOLD_APART, RANK_SET)


def examine(subject: Subject) -> Chapter:
    """Return how far standard errors of figures leave scores and ranks open."""
    figures = subject.setup.figures
    columns = figures.positions(subject.ids)
    values = np.where(subject.ranked[:, None], figures.values[:, columns], np.nan)
    errors = np.where(np.isnan(values), np.nan, figures.errors[:, columns])
    if not (errors > 0).any():
        if (errors == 0).any():
            return Chapter(notes=("Standard errors are zero: figures count as exact.",))
        return Chapter(notes=("No figure has a standard error: what is noise cannot be told.",))
    findings: list[Finding] = []
    rows: list[tuple[Cell, ...]] = []
    for j, name in enumerate(subject.ids):
        known = float(np.mean(~np.isnan(errors[:, j][~np.isnan(values[:, j])])))
        if known == 0:
            continue
        share = reliability(values[:, j], errors[:, j])
        rows.append((name, known, cell(np.nanmedian(errors[:, j])), cell(share)))
        if share < subject.limits.first(RELIABILITY):
            said = f"{share:.0%} of the variance of its figures is not error"
            findings.append(Finding(RELIABILITY, name, share, said))
    told = float((~np.isnan(errors)).sum() / (~np.isnan(values)).sum())
    if told < subject.limits.first(KNOWN):
        said = f"{told:.0%} of the figures of ranked units have one"
        findings.append(Finding(KNOWN, subject.run.index.id, told, said))
    known_scores = estimates(subject.run, watch=subject.watch)
    apart = told_apart(known_scores, defaults.CONFIDENCE, defaults.CONFIDENCE_DRAWS, defaults.SEED)
    findings += _of_ranks(subject, known_scores, apart)
    tables = (_table(rows), _sets(subject, known_scores, apart))
    return Chapter(tuple(findings), tables, known_scores.notes)


def reliability(x: Floats, errors: Floats) -> float:
    """Return the share of the variance of figures that is not error of measurement.

    Formula: ``1 - mean(s^2) / var(x)`` over the figures that have a standard error, 0 at least;
    NaN where fewer than two have one, or they do not vary.

    Source: Lord & Novick (1968), Statistical Theories of Mental Test Scores, ch. 3.
    """
    both = ~(np.isnan(x) | np.isnan(errors))
    if np.count_nonzero(both) < 2 or is_constant(x[both]):
        return float("nan")
    return max(1 - float(np.mean(errors[both] ** 2) / np.var(x[both], ddof=1)), 0.0)


def _of_ranks(subject: Subject, known: Estimates, apart: Apart) -> list[Finding]:
    """Return what errors do to pairs and to ranks."""
    n, name = len(known.rows), subject.run.index.id
    nouns, limits = unit_noun(subject.run, plural=True), subject.limits
    if n < 2:
        return []
    found, pairs = [], n * (n - 1) // 2
    sure = np.count_nonzero(apart.simultaneous > 0) / pairs
    level = f"{defaults.CONFIDENCE:g} %"
    if sure < limits.first(TOLD_APART):
        some = f"{pairs:,} pair{'' if pairs == 1 else 's'}"
        said = f"{sure:.0%} of {some} can be told apart at {level} for all at once"
        found.append(Finding(TOLD_APART, name, sure, said))
    low, high = rank_sets(apart.marginal)
    width = high - low + 1
    at = int(np.argmax(width))
    if n > 2 and width[at] / n > limits.first(RANK_SET):
        who = known.ranking.units[known.rows[at]].name
        said = (
            f"{who} may be from {low[at]} to {high[at]} of {n} {nouns} at {level}, the middle one "
            f"spans {figure(np.median(width), 0)}"
        )
        found.append(Finding(RANK_SET, name, float(width[at] / n), said))
    return found


def _table(rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("id", "Indicator", whole=True),
        Column("known", "Have an error", "percent"),
        Column("error", "Middle error", "number", 3),
        Column("reliability", "Reliability", "number", 3),
    )
    note = "Reliability is the share of the variance of figures that is not error of measurement."
    return Table("reliability", "Errors of figures", columns, tuple(rows), (note,))


def _sets(subject: Subject, known: Estimates, apart: Apart) -> Table:
    columns = (
        Column("rank", "Rank", "integer"),
        code_column(of="unit"),
        Column("unit", unit_noun(subject.run).capitalize()),
        Column("error", "Error of the score", "number", 3),
        Column("low", "From", "integer"),
        Column("high", "To", "integer"),
    )
    low, high = rank_sets(apart.marginal)
    units, ranks = known.ranking.units, known.ranking.ranks
    cells: list[tuple[Cell, ...]] = [
        (
            rank_cell(ranks[i]),
            units[i].id,
            units[i].name,
            cell(known.errors[k]),
            int(low[k]),
            int(high[k]),
        )
        for k, i in enumerate(known.rows)
    ]
    cells.sort(key=lambda row: float(row[0] or 0))
    note = f"From and to hold the true rank of one with {defaults.CONFIDENCE:g} % confidence."
    return Table("errors", "Errors of scores", columns, tuple(cells), (note,))
