"""Which weights are consistent with the scores or ranks that an index publishes?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from softpower.analysis.infer.solved import Inferred, solved
from softpower.analysis.infer.tables import facts_table, weight_table, worst_table
from softpower.analysis.shared.admissible import Admissible, shift_in_words
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer
from softpower.engine.exact.consistent import (
    told_by_ranks,
    told_by_scores,
)
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.published import SMALLEST_TOLERANCE, Published
from softpower.methods.model import Floats

MOST_PRINTED = 6
"""Scores of more decimals are not taken for printed ones unless it is declared."""


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
    found = solved(form, units, values, half, told, decimals)
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


def _notes(found: Inferred) -> list[str]:
    notes = []
    if found.nearest is not None and found.nearest.size >= 1e-6:
        moved = shift_in_words(found.form, found.nearest.weights)
        notes.append(f"{moved} is the least that leads from the stated weights to consistent ones.")
    level = len(found.published) - len(set(found.published.tolist()))
    if found.half is None and level:
        notes.append("Nothing is concluded between units that share a published rank.")
    return notes
