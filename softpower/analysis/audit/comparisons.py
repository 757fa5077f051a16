"""Do comparisons of units hang on weights that nobody can prove?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.audit.finding import OWN, Chapter, Check, Finding, Threshold, figure
from softpower.analysis.audit.subject import Subject
from softpower.analysis.shared.admissible import Admissible
from softpower.analysis.shared.comparisons import FIRM, Relations, relations
from softpower.analysis.shared.formatting import code_column, rank_cell, unit_noun
from softpower.answer import Cell, Column, Table
from softpower.engine.loading import changed
from softpower.errors import MethodError, UsageError

FOSTER = "Foster, McGillivray & Seth (2013), Econometric Reviews 32:35-56"
WHY = "Who is ahead is said by the weights, not by the figures."
MEND = (
    "Print what holds whatever the weights (reach, with pairs), or say why these weights are right."
)

DOMINANCE = Check(
    "dominance",
    "moderate",
    "Few comparisons hold whatever the weights",
    (Threshold("dominance", 0.5, 0, 1),),
    WHY,
    MEND,
    "Permanyer (2011), Review of Income and Wealth 57:306-326",
)
FIRMNESS = Check(
    "firm",
    "moderate",
    "Many comparisons turn with a little belief in other weights",
    (Threshold("firm", 0.75, 0, 1), Threshold("belief", FIRM, 0, 1)),
    WHY,
    MEND,
    f"{FOSTER} (epsilon contamination)",
)
SPAN = Check(
    "weight-range",
    "moderate",
    "Weights could put a unit nearly anywhere",
    (Threshold("weight-range", 0.5, 0, 1, f"{OWN}: of the units that are ranked"),),
    "Its rank says which weights were taken.",
    "Print the ranks within reach beside it (reach), for weights that can be defended.",
    FOSTER,
)
ALONE = (
    "The index has one part only, whose weight cannot move; "
    'reach with `levels="all"` moves the weights within it.'
)
CHECKS = (DOMINANCE, FIRMNESS, SPAN)


def examine(subject: Subject) -> Chapter:
    """Return which comparisons hold under all weights of the children of the index."""
    rounded = subject.methodology.round is not None
    run = changed(subject.run, {"round": None}) if rounded else subject.run
    if len(subject.ranking.framework.root.children) < 2:
        return Chapter(notes=(ALONE,))
    try:
        form = Admissible().form(run)
        form.comparisons(0)  # beliefs are of differences that are linear
        nouns = f"{unit_noun(subject.run, plural=True)} compared"
        found = relations(form, list(range(len(form.units))), subject.watch, nouns)
    except UsageError as error:
        return Chapter(notes=(error.what,))
    except MethodError as error:
        return Chapter(notes=(f"No figures: {error.what}",), fits=False)
    n = len(form.units)
    if n < 2:
        return Chapter(notes=("There is no pair to compare.",))
    notes = ("Scores are compared before they are rounded.",) if rounded else ()
    return Chapter(tuple(_findings(subject, found)), (_table(subject, found),), notes)


def _findings(subject: Subject, found: Relations) -> list[Finding]:
    limits, name, n = subject.limits, subject.run.index.id, len(found.units)
    pairs, findings = n * (n - 1) // 2, []
    held = np.count_nonzero(np.triu(found.always | found.always.T, 1)) / pairs
    many = f"of {pairs:,} pair{'' if pairs == 1 else 's'}"
    weights = len(found.form.ids)
    if held < limits.first(DOMINANCE):
        said = f"{held:.0%} {many} keep their order under all {weights} weights of the index"
        findings.append(Finding(DOMINANCE, name, held, said))
    belief = limits.of(FIRMNESS.thresholds[1])
    level = np.fmax(found.firmness, found.firmness.T)
    firm = np.count_nonzero(np.triu(level >= belief, 1)) / pairs
    if firm < limits.first(FIRMNESS):
        said = f"{firm:.0%} {many} hold until {belief:.0%} of the belief is in other weights"
        findings.append(Finding(FIRMNESS, name, firm, said))
    best, worst = _ends(found)
    at = int(np.argmax(worst - best))
    if n > 2 and (worst[at] - best[at] + 1) / n > limits.first(SPAN):
        said = (
            f"{found.form.units[at].name} is behind {best[at] - 1} of {n} "
            f"{unit_noun(subject.run, plural=True)} and ahead of {n - worst[at]} whatever the "
            f"weights; the middle one spans {figure(np.median(worst - best + 1), 0)} ranks"
        )
        findings.append(Finding(SPAN, name, float((worst[at] - best[at] + 1) / n), said))
    return findings


def _ends(found: Relations) -> tuple[np.ndarray, np.ndarray]:
    """Return between which ranks each unit lies, by whom it is always behind and ahead of."""
    return 1 + found.order.above.sum(axis=0), len(found.units) - found.order.above.sum(axis=1)


def _table(subject: Subject, found: Relations) -> Table:
    columns = (
        Column("rank", "Rank", "integer"),
        code_column(of="unit"),
        Column("unit", unit_noun(subject.run).capitalize()),
        Column("ahead", "Always ahead of", "integer"),
        Column("behind", "Always behind", "integer"),
        Column("best", "Best", "integer"),
        Column("worst", "Worst", "integer"),
    )
    best, worst = _ends(found)
    n, ranks = len(found.units), found.form.batch.nominal.ranks
    rows: list[tuple[Cell, ...]] = [
        (
            rank_cell(ranks[k]),
            unit.id,
            unit.name,
            int(n - worst[k]),
            int(best[k] - 1),
            int(best[k]),
            int(worst[k]),
        )
        for k, unit in enumerate(found.form.units)
    ]
    rows.sort(key=lambda row: float(row[0] or 0))
    note = (
        "Best and worst follow from who is always ahead and behind whatever the weights of the "
        "children of the index: no rank is beyond them."
    )
    return Table("comparisons", "Comparisons over all weights", columns, tuple(rows), (note,))
