"""Do the indicators of a pillar belong together, and the pillars to the index?"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from softpower.analysis.audit.components import component_table, loading_table, pair_table
from softpower.analysis.audit.finding import Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.statistics import (
    alpha_without,
    correlations,
    cronbach,
    item_rest,
    pearson,
)
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import cell
from softpower.answer import Cell, Column, Table
from softpower.index.tree import Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.weight.components import principal

COINR = "Becker et al. (2022), J. Open Source Software 7:4567 (COINr, plot_corr)"
HANDBOOK = "OECD/JRC Handbook (2008)"

AGAINST = Check(
    "against",
    "severe",
    "What is added up goes against its own sum",
    (Threshold("against", 0.0, -1, 1, f"{HANDBOOK}, sec. 1.4"),),
    "Who has more of it is ranked lower: the sum hides it, whatever its weight says.",
    'See whether its direction is right; else leave it out (`omit="ID"`) or move it.',
)
WEAK = Check(
    "weak",
    "moderate",
    "What is added up hardly goes with its own sum",
    (Threshold("weak", 0.3, 0, 1, COINR),),
    "It is said to be part of what the sum means, and the sum does not show it.",
    "Move it to where it belongs, or give it a pillar of its own.",
)
TRADE_OFF = Check(
    "trade-off",
    "moderate",
    "Two parts of the same sum go against each other",
    (Threshold("trade-off", -0.4, -1, 0, COINR),),
    "What one adds the other takes away: the sum shows neither.",
    "See whether both directions are right, and whether one pillar can mean both.",
)
REDUNDANT = Check(
    "redundant",
    "minor",
    "Two parts of the same sum say the same",
    (Threshold("redundant", 0.9, 0, 1, f"{COINR.replace('plot_corr', 'get_corr_flags')}"),),
    "The same thing counts twice.",
    'Leave one of them out (`omit="ID"`), or let both share one weight.',
)
MISPLACED = Check(
    "misplaced",
    "minor",
    "An indicator goes with another pillar more than with its own",
    (Threshold("misplaced", 0.0, 0, 2, f"{HANDBOOK}, sec. 1.4"),),
    "It is part of its own pillar's score and still closer to another's.",
    "Ask whether it belongs there; a framework of your own can say so.",
)
ALPHA = Check(
    "alpha",
    "moderate",
    "The parts of a pillar do not measure one thing reliably",
    (Threshold("alpha", 0.7, 0, 1, f"Nunnally (1978), Psychometric Theory; {HANDBOOK}, p. 72"),),
    "It matters where indicators reflect something behind them (reflective); not where they "
    "make it up (formative).",
    "Say which of the two the pillar is; if reflective, leave out what lowers alpha.",
    "Cronbach (1951), Psychometrika 16:297-334",
)
ALPHA_WITHOUT = Check(
    "alpha-without",
    "minor",
    "A pillar would be more reliable without one of its parts",
    (Threshold("alpha-without", 0.05, 0, 1),),
    "The part does not measure what the others do; it matters where indicators are reflective.",
    'Leave it out (`omit="ID"`), or say what it is there for.',
    f"{HANDBOOK}, table 11",
)
DIMENSIONS = Check(
    "dimensions",
    "minor",
    "A pillar has more than one dimension",
    (Threshold("dimensions", 1.0, 0, 100, f"Kaiser (1960); {HANDBOOK}, sec. 6.1"),),
    "One score stands for things that move apart.",
    "Split it, or say that it is a sum of different things.",
)
CHECKS = (AGAINST, WEAK, TRADE_OFF, REDUNDANT, MISPLACED, ALPHA, ALPHA_WITHOUT, DIMENSIONS)


def examine(subject: Subject) -> Chapter:
    """Return how the parts of each sum go together, and with other sums."""
    findings: list[Finding] = []
    members: list[tuple[Cell, ...]] = []
    wholes: list[tuple[Cell, ...]] = []
    matrices: list[tuple[str, list[str], Floats]] = []
    for parent in subject.parents():
        x = np.column_stack([subject.good(child) for child in parent.children])
        with_sum = [pearson(column, subject.good(parent)) for column in x.T]
        r = correlations(x)
        matrices.append((_name(subject, parent), [child.id for child in parent.children], r))
        own, whole = _of_sum(subject, parent, r)
        findings += [*own, *_of_pairs(subject, parent, r)]
        wholes.append(whole)
        for j, child in enumerate(parent.children):
            said, nearest = _of_child(subject, parent, child, with_sum[j])
            findings += said
            rest = item_rest(r)[j] if not np.isnan(r).any() else np.nan
            less = alpha_without(r)[j] if not np.isnan(r).any() else np.nan
            with_index = pearson(x[:, j], subject.scores)
            figures = (with_sum[j], rest, less, with_index)
            members.append((child.id, _name(subject, parent), *map(cell, figures), *nearest))
    tables = (
        _sums(wholes),
        _members(members),
        pair_table(matrices),
        component_table(matrices),
        loading_table(matrices, subject.limits.first(DIMENSIONS)),
    )
    return Chapter(tuple(findings), tables, _notes(subject))


def _name(subject: Subject, parent: Pillar) -> str:
    return parent.id or subject.run.index.id


def _of_sum(subject: Subject, parent: Pillar, r: Floats) -> tuple[list[Finding], tuple[Cell, ...]]:
    """Return reliability and dimensions of what is added up to a pillar or the index."""
    name, k = _name(subject, parent), len(r)
    if np.isnan(r).any():
        return [], (name, k, None, None, None, None)
    alpha, eigenvalues = cronbach(r), principal(r)[0]
    share = float(eigenvalues[0] / eigenvalues.sum())
    found = []
    limits = subject.limits
    if alpha < limits.first(ALPHA):
        said = f"Cronbach's alpha is {figure(alpha)} for {k} parts"
        found.append(Finding(ALPHA, name, alpha, said))
    for child, without in zip(parent.children, alpha_without(r), strict=True):
        if without - alpha > limits.first(ALPHA_WITHOUT):
            said = f"alpha of {name} rises from {figure(alpha)} to {figure(without)} without it"
            found.append(Finding(ALPHA_WITHOUT, child.id, float(without - alpha), said))
    if eigenvalues[1] > limits.first(DIMENSIONS) + 1e-9:
        said = (
            f"the second eigenvalue is {figure(eigenvalues[1])}; the first component explains "
            f"{share:.0%}"
        )
        found.append(Finding(DIMENSIONS, name, float(eigenvalues[1]), said))
    several = int(np.count_nonzero(eigenvalues > limits.first(DIMENSIONS) + 1e-9))
    return found, (name, k, alpha, share, float(eigenvalues[1]), several)


def _of_pairs(subject: Subject, parent: Pillar, r: Floats) -> list[Finding]:
    """Return which parts of a sum go against each other, and which say the same."""
    found = []
    for i, j in combinations(range(len(r)), 2):
        one, other = parent.children[i].id, parent.children[j].id
        said = f"r = {figure(r[i, j])} with {other} in {_name(subject, parent)}"
        if r[i, j] < subject.limits.first(TRADE_OFF):
            found.append(Finding(TRADE_OFF, one, float(r[i, j]), said))
        if r[i, j] > subject.limits.first(REDUNDANT):
            found.append(Finding(REDUNDANT, one, float(r[i, j]), said))
    return found


def _of_child(
    subject: Subject, parent: Pillar, child: Pillar | Indicator, own: float
) -> tuple[list[Finding], tuple[Cell, Cell]]:
    """Return how a part goes with its sum, and the other pillar that it is nearest to."""
    found, limits = [], subject.limits
    said = f"r = {figure(own)} with {_name(subject, parent)}"
    if own < limits.first(AGAINST):
        found.append(Finding(AGAINST, child.id, own, said))
    elif own < limits.first(WEAK):
        found.append(Finding(WEAK, child.id, own, said))
    others = [p for p in subject.ranking.framework.top() if child not in p.children]
    if not parent.id or isinstance(child, Pillar) or not others:
        return found, (None, None)
    near = [pearson(subject.good(child), subject.good(other)) for other in others]
    if np.isnan(near).all():
        return found, (None, None)
    best = int(np.nanargmax(near))
    if near[best] - own > limits.first(MISPLACED):
        said = f"r = {figure(near[best])} with {others[best].id}, {figure(own)} with {parent.id}"
        found.append(Finding(MISPLACED, child.id, near[best] - own, said))
    return found, (others[best].id, near[best])


def _notes(subject: Subject) -> tuple[str, ...]:
    if subject.ranking.framework.top():
        return ()
    return ("There are no pillars: nothing is held against another pillar.",)


def _sums(rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("id", "Sum", whole=True),
        Column("parts", "Parts", "integer"),
        Column("alpha", "Alpha", "number", 3),
        Column("first", "First component", "percent"),
        Column("second", "Second eigenvalue", "number", 2),
        Column("above", "Above the threshold", "integer"),
    )
    note = (
        "Alpha is Cronbach's of standardised parts. Eigenvalues are those of their correlations, "
        "each over the units that have both."
    )
    return Table("sums", "What is added up", columns, tuple(rows), (note,))


def _members(rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("id", "Part", whole=True),
        Column("sum", "Sum", whole=True),
        Column("own", "With it", "number", 3),
        Column("rest", "With the rest", "number", 3),
        Column("alpha_without", "Alpha without", "number", 3),
        Column("index", "With the index", "number", 3),
        Column("other", "Nearest other pillar", whole=True),
        Column("with_other", "With that", "number", 3),
    )
    note = "Correlations of the ranked units, every value turned so that high is good."
    return Table("parts", "Parts and their sums", columns, tuple(rows), (note,))
