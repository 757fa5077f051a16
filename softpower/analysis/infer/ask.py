"""Which weights are consistent with the scores or ranks that an index publishes?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from softpower.analysis.infer.tables import facts_table, weight_table, worst_table
from softpower.analysis.shared.admissible import Admissible, shift_in_words
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer
from softpower.engine.exact.changes import Change, smallest_change
from softpower.engine.exact.consistent import (
    Told,
    closest,
    intervals,
    open_directions,
    printed,
    told_by_ranks,
    told_by_scores,
)
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.published import SMALLEST_TOLERANCE, Published
from softpower.methods.model import Floats

PINNED = 0.1
"""Weights whose intervals are no wider than this, in points, are known."""

MOST_PRINTED = 6
"""Scores of more decimals are not taken for printed ones unless it is declared."""

MOST_DIGITS = 8
"""So many more decimals are tried."""


@dataclass(frozen=True, eq=False)
class Inferred:
    """What is published, and what follows from it for the weights."""

    form: WeightForm
    units: list[int]
    """The positions of those of which something is published."""
    published: Floats
    """Their scores or ranks."""
    half: float | None
    """By how much a score may be off; ``None`` if only ranks are used."""
    told: Told
    ends: Floats | None
    """The least and the most of each weight (k x 2); ``None`` if none are consistent."""
    nearest: Change | None
    """The consistent weights that are nearest to the run's own (L1)."""
    fitted: Floats
    """These weights, or those that come closest (k)."""
    excess: Floats
    """How far each unit of the form is beyond what is printed under them."""
    needed: int | None
    """How many more decimals would leave no interval wider than `PINNED`."""
    missing: int | None
    """How many more countries it would take for scores of any precision to pin the weights down."""


def infer(
    run: Run,
    admissible: Admissible,
    *,
    by_ranks: bool = False,
    tolerance: float | None = None,
) -> Answer:
    """Return which weights are consistent with what an index publishes.

    Parameters
    ----------
    run
        The run whose own published scores or ranks are taken.
    admissible
        Which weights may be other than stated, and how far.
    by_ranks
        Whether ranks are used though scores are known.
    tolerance
        By how much a score may be off; by default half a unit of the last printed decimal, or what
        the index declares where all decimals are known.

    Raises
    ------
    UsageError
        If nothing is published of what the run ranks.
    MethodError
        If scores are no linear form of the weights, or a quotient of two.
    """
    form = admissible.form(unrounded(run))
    published = run.index.published
    known = None if published is None else _known(form, published, by_ranks=by_ranks)
    if published is None or known is None:
        raise UsageError(
            f"Nothing is published of {run.index.id} that its weights could be inferred from.",
            mend="Put scores or ranks into published.csv, or name an index with `against`.",
        )
    units, values, scored = known
    half, counted, decimals = None, None, published.decimals
    if scored:
        if tolerance is None:
            decimals = counted = _counted(published, values)
            tolerance = published.tolerance if counted is None else 0.5 * 10.0**-counted
        half = tolerance
        told = told_by_scores(form, units, values - tolerance, values + tolerance)
    else:
        told = told_by_ranks(form, units, values)
    found = _solved(form, units, values, half, told, decimals)
    title = f"{titled(run)}: weights behind what is published"
    tables = [weight_table(found, title), facts_table(admissible, found)]
    if found.ends is None:
        tables.insert(1, worst_table(run, found))
    return Answer(
        title=title,
        tables=tuple(tables),
        notes=(*_notes(found), *_undeclared(published, counted)),
        provenance={
            **run.provenance(),
            "infer": {
                **admissible.record(),
                "by": "scores" if scored else "ranks",
                "tolerance": half,
            },
        },
        holds=found.ends is not None,
    )


def unrounded(run: Run) -> Run:
    """Return a run whose scores keep all their decimals: rounding is what is allowed for."""
    setup = run.setup
    if setup is None or setup.methodology.round is None:
        return run
    methodology = setup.methodology.model_copy(update={"round": None})
    return replace(run, setup=replace(setup, methodology=methodology))


def _known(
    form: WeightForm, published: Published, *, by_ranks: bool
) -> tuple[list[int], Floats, bool] | None:
    """Return of which units scores or ranks are known, these, and whether they are scores."""
    scored = published.known_scores > 0 and not by_ranks
    values = published.scores if scored else published.ranks
    found = dict(zip((unit.id for unit in published.units), values, strict=True))
    units = [at for at, unit in enumerate(form.units) if not np.isnan(found.get(unit.id, np.nan))]
    if len(units) < (1 if scored else 2):
        return None
    return units, np.array([found[form.units[at].id] for at in units]), scored


def _counted(published: Published, values: Floats) -> int | None:
    """Return the decimals that scores are rounded to: as declared, or else as many as they have.

    ``None`` if a tolerance is declared alone, or scores have more than printed ones do.
    """
    if published.decimals is not None or published.tolerance > SMALLEST_TOLERANCE:
        return published.decimals
    for decimals in range(MOST_PRINTED + 1):
        if np.array_equal(np.round(values, decimals), values):
            return decimals
    return None


def _undeclared(published: Published, counted: int | None) -> list[str]:
    if counted is None or published.decimals is not None:
        return []
    told = (
        f"The index does not declare to how many decimals it prints scores. They have {counted} at "
        f"most, and count as rounded to these; decimals = {counted} under [published] declares it, "
        "and `tolerance` allows for less or more."
    )
    return [told]


def _solved(
    form: WeightForm,
    units: list[int],
    values: Floats,
    half: float | None,
    told: Told,
    decimals: int | None,
) -> Inferred:
    ends = intervals(form.region, told.rows)
    if ends is None:
        fitted, excess = closest(form.region, told, len(form.units))
        if half is not None:
            scores = printed(form, form.scores(fitted))[units]
            beyond = np.abs(scores - values) - half
            excess[units] = np.where(excess[units] > 0, np.maximum(beyond, 0.0), 0.0)
        return Inferred(
            form, units, values, half, told, None, None, fitted, excess, needed=None, missing=None
        )
    nearest = smallest_change(form.region, told.rows)
    fitted = ends.mean(axis=1) / ends.mean(axis=1).sum() if nearest is None else nearest.weights
    missing = None if half is None else open_directions(form, units, fitted)
    needed = None
    if half and decimals is not None and not missing and widest(ends) > PINNED:
        needed = _digits(form, units, fitted, half)
    nothing = np.zeros(len(form.units))
    return Inferred(
        form, units, values, half, told, ends, nearest, fitted, nothing, needed, missing
    )


def widest(ends: Floats) -> float:
    """Return the width of the widest interval of a weight, in points."""
    return float(100 * (ends[:, 1] - ends[:, 0]).max())


def _digits(form: WeightForm, units: list[int], weights: Floats, half: float) -> int | None:
    """Return how many more decimals would pin weights down, if these were the true ones."""
    scores = printed(form, form.scores(weights))
    for more in range(1, MOST_DIGITS + 1):
        unit = 2 * half * 10.0**-more
        rounded = np.round(scores[units] / unit) * unit
        told = told_by_scores(form, units, rounded - unit / 2, rounded + unit / 2)
        ends = intervals(form.region, told.rows)
        if ends is None:
            return None
        if widest(ends) <= PINNED:
            return more
    return None


def _notes(found: Inferred) -> list[str]:
    notes = []
    if found.nearest is not None and found.nearest.size >= 1e-6:
        moved = shift_in_words(found.form, found.nearest.weights)
        notes.append(f"{moved} is the least that leads from the stated weights to consistent ones.")
    level = len(found.published) - len(set(found.published.tolist()))
    if found.half is None and level:
        notes.append("Nothing is concluded between units that share a published rank.")
    return notes
