"""Are the figures fit to be added up: are they there, do they vary, are they of their time?"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.formatting import cell, enumerated, unit_noun
from softpower.answer import Cell, Column, Table
from softpower.counting import counted
from softpower.index.tree import Indicator
from softpower.methods.model import Floats
from softpower.methods.moments import skewness_and_kurtosis

COINR = "Becker et al. (2022), J. Open Source Software 7:4567 (COINr, get_stats)"

AVAILABILITY = Check(
    "availability",
    "moderate",
    "Few units have a figure of an indicator",
    (Threshold("availability", 0.65, 0, 1, COINR),),
    "What is not there is filled or left out, so that the indicator says little of many.",
    'Leave it out (`omit="ID"`), find figures, or say that it stands for few.',
)
PILLAR_AVAILABILITY = Check(
    "pillar-availability",
    "moderate",
    "Few figures of a pillar are there",
    (Threshold("pillar-availability", 0.65, 0, 1, f"{OWN}, as for indicators"),),
    "Its score is said to be of all units and rests on figures of some.",
    "Find figures, or leave out of it what few have (`omit`).",
    "OECD/JRC Handbook (2008), ch. 3",
)
OWN_AVAILABILITY = Check(
    "own-availability",
    "minor",
    "Ranked units have figures of few indicators",
    (Threshold("own-availability", 0.65, 0, 1, f"{OWN}, as for indicators"),),
    "Their ranks rest on less than those of others.",
    'Ask more of coverage (`set={"coverage.country": 0.65}`), or mark them.',
)
OUTLIERS = Check(
    "outliers",
    "moderate",
    "An indicator is skewed and heavy-tailed as it is normalised",
    (Threshold("skewness", 2.0, 0, 100, COINR), Threshold("kurtosis", 3.5, -3, 10_000, COINR)),
    "A few units take up the scale and the rest can hardly be told apart.",
    'Treat it (`set={"treat": "winsorise"}`), or take its logarithm.',
    "Joanes & Gill (1998), The Statistician 47:183-189 (G1 and G2)",
)
SAME = Check(
    "same",
    "minor",
    "Many units have the same figure",
    (Threshold("same", 0.5, 0, 1, f"{COINR}, there of zeros"),),
    "The indicator tells most units apart no more than a constant would.",
    "See whether the commonest figure is one, or stands for what is not known.",
)
ZEROS = Check(
    "zeros",
    "minor",
    "Many zeros say only that a list does not name the unit",
    (Threshold("zeros", 0.5, 0, 1, f"{COINR}, there of any zeros"),),
    "Most units are told apart from a few, and not from each other.",
    "Say what a zero means there (zero_fill in indicators.csv), or count what all have.",
)
CONSTANT = Check(
    "constant",
    "severe",
    "An indicator is the same for all",
    (Threshold("distinct", 2, 2, 1_000, "A constant has no information"),),
    "It has a weight and no influence.",
    'Leave it out (`omit="ID"`).',
)
AGE = Check(
    "age",
    "minor",
    "Figures are old beside the newest of the index",
    (Threshold("age", 5, 0, 200),),
    "The ranking mixes times and is said to be of one.",
    "Find newer figures, or say so beside the ranking.",
)
CHECKS = (
    AVAILABILITY,
    PILLAR_AVAILABILITY,
    OWN_AVAILABILITY,
    OUTLIERS,
    SAME,
    ZEROS,
    CONSTANT,
    AGE,
)

YEAR = re.compile(r"(?<!\d)(1[89]\d\d|2[01]\d\d)(?!\d)")


def examine(subject: Subject) -> Chapter:
    """Return what is to be said of the figures, indicator by indicator."""
    stages = subject.ranking.stages
    raw, ids = stages["selected"].values, subject.ids
    raw = raw[:, [stages["selected"].ids.index(name) for name in ids]]
    filled = getattr(subject.methodology.impute, "stage", None) == "transformed"
    before, after = (
        stages[name].values[:, [stages[name].ids.index(each) for each in ids]]
        for name in ("imputed" if filled else "transformed", "treated")
    )
    before = np.where(subject.ranked[:, None], before, np.nan)
    years = _years(subject)
    findings: list[Finding] = []
    rows: list[tuple[Cell, ...]] = []
    for j, item in enumerate(subject.indicators):
        year = float(np.nanmedian(years[:, j])) if (years[:, j] > 0).any() else np.nan
        old = float(np.nanmax(years) - year) if not np.isnan(year) else np.nan
        measures = _measures(raw[:, j], before[:, j], after[:, j])
        rows.append((item.id, item.title, *map(cell, measures[:-1]), int(measures[-1]), cell(year)))
        findings += _of_indicator(subject, item, raw[:, j], measures, old)
    pillars = _of_pillars(subject, raw)
    findings += [*pillars[0], *_of_units(subject, raw)]
    tables = (_table(rows), _coverage(pillars[1], subject))
    return Chapter(tuple(findings), tuple(table for table in tables if table.rows))


def _measures(raw: Floats, before: Floats, after: Floats) -> tuple[float, ...]:
    """Return availability, shares of the commonest figure and of zeros, moments, what is treated.

    Moments are those before and after the treatment of outliers, of the same units; what is
    treated is how many figures it changes.
    """
    present = raw[~np.isnan(raw)]
    commonest = Counter(present.tolist()).most_common(1)
    same = commonest[0][1] / present.size if commonest else np.nan
    zeros = float(np.mean(present == 0)) if commonest else np.nan
    moments = (*skewness_and_kurtosis(before), *skewness_and_kurtosis(after))
    changed = np.count_nonzero(~np.isnan(after) & (before != after))
    return (present.size / raw.size, same, zeros, *moments, float(changed))


def _of_indicator(
    subject: Subject, item: Indicator, raw: Floats, measures: tuple[float, ...], old: float
) -> list[Finding]:
    limits, name, zero_fill = subject.limits, item.id, item.zero_fill
    there, same, zeros, _, _, skewness, kurtosis, _ = measures
    nouns = unit_noun(subject.run, plural=True)
    found = []
    if there < limits.first(AVAILABILITY):
        said = f"{there:.0%} of {raw.size} {nouns} have a figure"
        found.append(Finding(AVAILABILITY, name, there, said))
    distinct = len(set(raw[~np.isnan(raw)].tolist()))
    if distinct < limits.first(CONSTANT):
        said = f"{distinct} different figure{'' if distinct == 1 else 's'}"
        found.append(Finding(CONSTANT, name, distinct, said))
    elif zero_fill and zeros > limits.first(ZEROS):
        said = f"{zeros:.0%} of {raw.size} {nouns} are not in its list"
        found.append(Finding(ZEROS, name, zeros, said))
    elif same > limits.first(SAME):
        commonest = Counter(raw[~np.isnan(raw)].tolist()).most_common(1)[0][0]
        said = f"{same:.0%} of its figures are {commonest:g}"
        found.append(Finding(SAME, name, same, said))
    kurtosis_limit = limits.of(OUTLIERS.thresholds[1])
    if abs(skewness) > limits.first(OUTLIERS) and kurtosis > kurtosis_limit:
        said = f"skewness {figure(skewness)}, excess kurtosis {figure(kurtosis)}"
        found.append(Finding(OUTLIERS, name, abs(skewness), said))
    if old > limits.first(AGE):
        said = f"half are {counted(old, 'year')} older than the newest, or more"
        found.append(Finding(AGE, name, old, said))
    return found


def _of_pillars(subject: Subject, raw: Floats) -> tuple[list[Finding], list[tuple[Cell, ...]]]:
    """Return how much of each pillar is there, and those of which little is."""
    findings: list[Finding] = []
    rows: list[tuple[Cell, ...]] = []
    there = ~np.isnan(raw[subject.ranked])
    for pillar in subject.ranking.framework.root.pillars():
        columns = [subject.ids.index(item.id) for item in pillar.indicators()]
        share = float(there[:, columns].mean())
        whole = float(there[:, columns].all(axis=1).mean())
        rows.append((pillar.id, len(columns), share, whole))
        if share < subject.limits.first(PILLAR_AVAILABILITY):
            said = f"{share:.0%} of its figures of ranked units are there"
            findings.append(Finding(PILLAR_AVAILABILITY, pillar.id, share, said))
    return findings, rows


def _coverage(rows: list[tuple[Cell, ...]], subject: Subject) -> Table:
    columns = (
        Column("id", "Pillar", whole=True),
        Column("indicators", "Indicators", "integer"),
        Column("available", "Available", "percent"),
        Column("whole", "Lack nothing", "percent"),
    )
    nouns = unit_noun(subject.run, plural=True)
    note = f"Of the figures of ranked {nouns}; the last column is the share of these {nouns}."
    return Table("coverage", "Figures by pillar", columns, tuple(rows), (note,))


def _of_units(subject: Subject, raw: Floats) -> list[Finding]:
    """Return one finding on all ranked units that have few figures."""
    there = (~np.isnan(raw)).mean(axis=1)
    limit = subject.limits.first(OWN_AVAILABILITY)
    few = [i for i in np.flatnonzero(subject.ranked) if there[i] < limit]
    if not few:
        return []
    few.sort(key=lambda i: (there[i], subject.ranking.units[i].name))
    named = [f"{subject.ranking.units[i].name} {there[i]:.0%}" for i in few]
    said = f"figures of {enumerated(named)}"
    return [Finding(OWN_AVAILABILITY, subject.run.index.id, float(there[few[0]]), said)]


def _years(subject: Subject) -> Floats:
    """Return the last year that each figure is of (units x indicators), NaN where not known."""
    figures = subject.setup.figures
    texts = figures.years[:, figures.positions([i for i in subject.ids if i in figures.ids])]
    known = [j for j, name in enumerate(subject.ids) if name in figures.ids]
    years = np.full((len(figures.units), len(subject.ids)), np.nan)
    for column, j in enumerate(known):
        for i, text in enumerate(texts[:, column]):
            found = YEAR.findall(text)
            if found:
                years[i, j] = max(map(int, found))
    return years


def _table(rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("id", "Indicator", whole=True),
        Column("title", "Title", detail=True),
        Column("available", "Available", "percent"),
        Column("same", "Commonest", "percent"),
        Column("zeros", "Zeros", "percent", detail=True),
        Column("skewness_before", "Skewness", "number", 2),
        Column("kurtosis_before", "Kurtosis", "number", 2),
        Column("skewness", "Skewness treated", "number", 2),
        Column("kurtosis", "Kurtosis treated", "number", 2),
        Column("treated", "Treated", "integer"),
        Column("year", "Year", "number", 0),
    )
    note = (
        "Available is the share of units that have a figure, Commonest the share of the figures "
        "that are the same, Treated how many the treatment of outliers changes. Moments are of "
        "what is ranked, Kurtosis in excess of that of a normal distribution. Year is the middle "
        "one."
    )
    return Table("figures", "Figures", columns, tuple(rows), (note,))
