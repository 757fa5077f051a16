"""Does the index go with what it should go with, and with nothing simpler?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.statistics import (
    LEAST,
    partial_correlation,
    pearson,
    rank_correlation,
)
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.agreement import agreement
from softpower.analysis.shared.formatting import cell, unit_noun
from softpower.analysis.shared.reversals import shared_ranks
from softpower.answer import Cell, Column, Table
from softpower.engine.run import Run
from softpower.methods.model import Floats

POPULATION, GDP = "population", "gdp"
"""The ids of the figures of an index that tell how large and how rich its units are."""

COHEN = "Cohen (1988), Statistical Power Analysis"
CAMPBELL = "Campbell & Fiske (1959), Psychological Bulletin 56:81-105"

CONVERGENT = Check(
    "convergent",
    "moderate",
    "The ranking hardly agrees with one that should measure the same",
    (Threshold("convergent", 0.5, -1, 1, f"{COHEN}: large"),),
    "One of the two does not measure what both are said to measure.",
    "See where they part (compare), and say what each is about.",
    CAMPBELL,
)
PARTIAL = Check(
    "partial",
    "moderate",
    "Agreement with a yardstick is little more than size and wealth",
    (Threshold("partial", 0.3, -1, 1, f"{COHEN}: medium"),),
    "Both know that a country is large or rich, and little else in common.",
    "Divide by population or GDP what grows with them, or say so beside the ranking.",
    CAMPBELL,
)
SIMPLER = Check(
    "simpler",
    "moderate",
    "The ranking is nearly that of one figure",
    (Threshold("simpler", 0.9, 0, 1, f"{OWN}, as for parts that say the same"),),
    "The figure alone would say the same at once.",
    "Say what the index adds to it, or leave out what goes with it.",
    CAMPBELL,
)
SIZE = Check(
    "size",
    "minor",
    "An indicator goes with size or wealth",
    (
        Threshold(
            "size",
            0.6,
            0,
            1,
            "Becker et al. (2022), J. Open Source Software 7:4567 (COINr, get_denom_corr)",
        ),
    ),
    "It measures how large or rich a country is rather than what it does.",
    "Ask whether it should be divided by population or GDP (denominator in indicators.csv).",
)
CHECKS = (CONVERGENT, PARTIAL, SIMPLER, SIZE)


def examine(subject: Subject) -> Chapter:
    """Return how the ranking goes with yardsticks, with size and with wealth."""
    sizes, notes = _sizes(subject)
    findings: list[Finding] = []
    rows: list[tuple[Cell, ...]] = []
    for yardstick in subject.yardsticks:
        row, found, why = _with_yardstick(subject, yardstick, sizes)
        rows += row
        findings += found
        notes += why
    simple: list[tuple[Cell, ...]] = []
    for name, values in sizes.items():
        r = rank_correlation(subject.scores, values)
        simple.append((name, int((~np.isnan(values) & subject.ranked).sum()), cell(r)))
        if abs(r) > subject.limits.first(SIMPLER):
            said = f"Spearman's correlation with {name} is {figure(r)}"
            findings.append(Finding(SIMPLER, subject.run.index.id, abs(r), said))
    scales = {**sizes, **_denominators(subject, sizes)}
    for item in subject.indicators:
        found_sizes = {name: pearson(subject.good(item), v) for name, v in scales.items()}
        for name, r in found_sizes.items():
            if abs(r) > subject.limits.first(SIZE):
                said = f"r = {figure(r)} with the logarithm of {name}"
                findings.append(Finding(SIZE, item.id, abs(r), said))
    if not subject.yardsticks:
        notes.append("There is no yardstick to agree with or not: `yardstick` names one.")
    tables = tuple(t for t in (_yardsticks(rows, subject), _simpler(simple, subject)) if t.rows)
    complete = len(rows) == len(subject.yardsticks)
    return Chapter(tuple(findings), tables, tuple(notes), complete=complete)


def _sizes(subject: Subject) -> tuple[dict[str, Floats], list[str]]:
    """Return the logarithms of population and GDP per head, as far as the index has them."""
    people, product = subject.column(POPULATION), subject.column(GDP)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {}
        if people is not None:
            found[POPULATION] = np.where(people > 0, np.log(people), np.nan)
        if people is not None and product is not None:
            each = product / people
            found["GDP per head"] = np.where(each > 0, np.log(each), np.nan)
    if len(found) == 2:
        return found, []
    said = (
        f"{subject.run.index.id} has no figures named {POPULATION} and {GDP}: it is not held "
        "against size and wealth in full. They may be carried without a pillar."
    )
    return found, [said]


def _denominators(subject: Subject, sizes: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return the logarithms of what indicators are divided by, but for those that are sizes."""
    named = [item.denominator.figure for item in subject.indicators if item.denominator]
    found = {}
    for name in dict.fromkeys(named):
        values = subject.column(name)
        if values is not None and name not in sizes:
            with np.errstate(divide="ignore", invalid="ignore"):
                found[name] = np.where(values > 0, np.log(values), np.nan)
    return found


def _with_yardstick(
    subject: Subject, yardstick: Run, sizes: dict[str, Floats]
) -> tuple[list[tuple[Cell, ...]], list[Finding], list[str]]:
    """Return the row of a yardstick, what is found, and why nothing could be."""
    other = yardstick.score()
    kept, before, after = shared_ranks(subject.ranking, other, subject.methodology.ties)
    name = yardstick.name
    if len(kept) < LEAST:
        nouns = unit_noun(subject.run, plural=True)
        return [], [], [f"{name} ranks {len(kept)} of the same {nouns}: too few to agree or not."]
    held = agreement(before, after)
    theirs = np.full(len(subject.ranking.units), np.nan)
    theirs[kept] = -after
    given = np.column_stack(list(sizes.values())) if len(sizes) == 2 else None
    partial = (
        partial_correlation(subject.scores, theirs, given) if given is not None else float("nan")
    )
    r = float("nan") if held.spearman is None else held.spearman
    found = []
    if r < subject.limits.first(CONVERGENT):
        said = f"Spearman's correlation is {figure(r)} over {len(kept)}"
        found.append(Finding(CONVERGENT, name, r, said))
    if partial < subject.limits.first(PARTIAL):
        said = f"{figure(partial)} is left of {figure(r)} given population and GDP per head"
        found.append(Finding(PARTIAL, name, partial, said))
    row = (name, len(kept), held.spearman, cell(partial), held.kendall_tau_b, held.mean_shift)
    return [row], found, []


def _yardsticks(rows: list[tuple[Cell, ...]], subject: Subject) -> Table:
    columns = (
        Column("yardstick", "Yardstick", whole=True),
        Column("units", unit_noun(subject.run, plural=True).capitalize(), "integer"),
        Column("spearman", "Spearman", "number", 3),
        Column("partial", "Given size and wealth", "number", 3),
        Column("tau", "Kendall", "number", 3),
        Column("shift", "Mean shift", "number", 2),
    )
    note = (
        "The correlation given size and wealth is that of what is left of both rankings after a "
        "regression on the ranks in population and GDP per head."
    )
    return Table("yardsticks", "Agreement with yardsticks", columns, tuple(rows), (note,))


def _simpler(rows: list[tuple[Cell, ...]], subject: Subject) -> Table:
    columns = (
        Column("figure", "Figure"),
        Column("units", unit_noun(subject.run, plural=True).capitalize(), "integer"),
        Column("spearman", "Spearman", "number", 3),
    )
    return Table("simpler", "The ranking and single figures", columns, tuple(rows))
