"""Which weights come closest to the ranking of another index, and how close?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from softpower.analysis.infer.ask import unrounded
from softpower.analysis.infer.tables import titles_of
from softpower.analysis.shared.admissible import Admissible
from softpower.analysis.shared.agreement import Agreement, agreement
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.counting import counted
from softpower.engine.exact.certificate import rescored, rounded_percent
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run
from softpower.errors import MethodError, UsageError
from softpower.methods.model import Floats
from softpower.methods.ties import rank

FOLDS = 10
"""So many parts are left out in turn."""

DECIMALS = 1
"""Weights are given in percent with so many decimals."""


class Line(NamedTuple):
    """Scores of the other index as ``start + slope * score under these weights``."""

    start: float
    slope: float
    weights: Floats


def fit(run: Run, admissible: Admissible, against: Run, *, by_ranks: bool = False) -> Answer:
    """Return the weights under which a run comes closest to another index.

    The least sum of squares between the scores of the other index and a straight line of those of
    the run, whose weights are not negative (non-negative least squares). It is cross-validated:
    every tenth country is left out in turn, and its score told from the others.

    Parameters
    ----------
    run
        The run whose weights are fitted.
    admissible
        Which weights; nothing may be stated of them.
    against
        The index that is to be met.
    by_ranks
        Whether its ranks are met, and not its scores.

    Raises
    ------
    UsageError
        If too few countries are in both, or something is stated of the weights.
    MethodError
        If scores are no weighted sums, or no weights have anything to do with the other index.

    Notes
    -----
    Source: Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23; Stone (1974), J. of the
    Royal Statistical Society B 36:111-147, on cross-validation.
    """
    form = admissible.form(unrounded(run))
    _refuse(form, admissible)
    units, target = _common(form, against, by_ranks=by_ranks)
    values = form.values[units]
    line = _line(values, target)
    told = _told_from_others(values, target)
    weights = rounded_percent(100 * line.weights, DECIMALS)
    assert run.setup is not None  # noqa: S101
    again = rescored(run.setup, form.batch.ranking, {form.region.root.pillar: weights / 100})
    rows = form.batch.scored[units]
    met = rank(target, "average")
    own = form.batch.ranking
    measured = {
        "Stated weights": agreement(rank(own.sense * own.scores[rows], "average"), met),
        "Fitted weights": agreement(rank(again.sense * again.scores[rows], "average"), met),
        "Cross-validated": agreement(rank(told, "average"), met),
    }
    title = f"{titled(run)}: weights closest to {titled(against)}"
    explained = 1 - float(((target - told) ** 2).sum() / ((target - target.mean()) ** 2).sum())
    kind = "ranks" if by_ranks else "scores"
    items: list[tuple[str, Cell]] = [
        ("Fitted to", f"the {kind} of {against.name}, {len(units)} countries"),
        ("Cross-validated", f"{FOLDS} parts left out in turn; R2 {explained:.3f}"),
    ]
    return Answer(
        title=title,
        tables=(
            _weights(form, line.weights, weights, title),
            _agreements(measured),
            facts("fit", "How it was fitted", items),
        ),
        notes=(_honest(against),),
        provenance={
            **run.provenance(),
            "infer": {
                **admissible.record(),
                "by": kind,
                "against": against.provenance(),
                "weights": dict(zip(form.ids, map(float, weights), strict=True)),
                "cross_validated": _record(measured["Cross-validated"]),
            },
        },
    )


def _honest(against: Run) -> str:
    return (
        f"This is a fit to {against.name}, and not the method of "
        f"{against.index.declared.publisher}: other weights may come about as close."
    )


def _refuse(form: WeightForm, admissible: Admissible) -> None:
    if admissible.space.statements():
        raise UsageError(
            "A fit takes any weights, and nothing may be stated of them.",
            mend="Leave `within`, `bounds`, `ratio` and `order` out.",
        )
    if not form.linear or len(form.region.root.blocks()) > 1:
        raise MethodError(
            "A fit needs scores that are a weighted sum over the weights of one pillar.",
            mend='Fill the gaps (`set={"impute": "mean"}`), or take `levels="pillars"`.',
        )


def _common(form: WeightForm, against: Run, *, by_ranks: bool) -> tuple[list[int], Floats]:
    """Return the units that both rank, and their scores or negative ranks in the other index."""
    other = against.score()
    known = -other.ranks if by_ranks else other.sense * other.scores
    found = dict(zip((unit.id for unit in other.units), known, strict=True))
    units = [at for at, unit in enumerate(form.units) if not np.isnan(found.get(unit.id, np.nan))]
    least = max(FOLDS, form.region.size + 2)
    if len(units) < least:
        raise UsageError(
            f"{counted(len(units), 'country is', 'countries are')} in both, and a fit of "
            f"{form.region.size} weights takes {least}.",
            mend="Name an index of more of the same countries.",
        )
    return units, np.array([found[form.units[at].id] for at in units])


def _line(values: Floats, target: Floats) -> Line:
    """Return the closest line of a weighted sum, by non-negative least squares."""
    from scipy.optimize import nnls

    middle = values.mean(axis=0)
    slopes, _ = nnls(values - middle, target - target.mean())
    slope = float(slopes.sum())
    if slope <= 0:
        raise MethodError("No weights bring the two indices nearer to each other than chance.")
    return Line(float(target.mean() - middle @ slopes), slope, slopes / slope)


def _told_from_others(values: Floats, target: Floats) -> Floats:
    """Return what the others tell of each unit: every tenth in order is left out in turn."""
    part = np.empty(len(target), dtype=int)
    part[np.argsort(-target, kind="stable")] = np.arange(len(target)) % FOLDS
    told = np.empty(len(target))
    for fold in range(FOLDS):
        out = part == fold
        line = _line(values[~out], target[~out])
        told[out] = line.start + line.slope * (values[out] @ line.weights)
    return told


def _weights(form: WeightForm, fitted: Floats, rounded: Floats, title: str) -> Table:
    own = 100 * form.region.nominal
    columns = (
        Column("title", "Weight of"),
        Column("id", "Id", whole=True),
        Column("own", "As stated", "number", 2, "%"),
        Column("fitted", "Fitted", "number", DECIMALS, "%"),
        Column("change", "Change", "change", 2),
        Column("exactly", "Fitted, exactly", "number", 4, "%", detail=True),
    )
    rows = tuple(
        (title_, name, float(o), float(r), float(r - o), float(100 * f))
        for title_, name, o, r, f in zip(
            titles_of(form), form.ids, own, rounded, fitted, strict=True
        )
    )
    return Table("weights", title, columns, rows)


def _agreements(measured: dict[str, Agreement]) -> Table:
    columns = (
        Column("weights", "Under"),
        Column("spearman", "Spearman", "number", 3),
        Column("kendall", "Kendall", "number", 3),
        Column("shift", "Mean shift", "number", 1),
        Column("top", "Of first 10", "percent"),
    )
    rows = tuple(
        (name, each.spearman, each.kendall_tau_b, each.mean_shift, each.top_overlap)
        for name, each in measured.items()
    )
    return Table("agreement", "How close they come", columns, rows)


def _record(each: Agreement) -> dict[str, Any]:
    return {"spearman": each.spearman, "kendall_tau_b": each.kendall_tau_b}
