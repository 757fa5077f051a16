"""Which weights are behind a published ranking."""

from __future__ import annotations

from softpower.answer import Answer
from softpower.api.space import Bounds, Within
from softpower.api.varying import refuse_idle
from softpower.api.weighing import admissible_weights
from softpower.api.words import Named, as_run
from softpower.errors import UsageError
from softpower.given import Names, positive, switch


def infer(
    run: Named,
    *,
    against: Named | None = None,
    ranks: bool = False,
    tolerance: float | None = None,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    levels: Names | None = None,
) -> Answer:
    """Return the weights that are consistent with what an index publishes, or closest to another.

    What is published allows for rounding: a score lies within half a unit of its last decimal. If
    no weights are consistent with it, the answer has those that come closest, and does not hold.

    Parameters
    ----------
    run
        A run, an index, or the name of a run; its own published scores or ranks are taken.
    against
        Another index whose scores are to be met as closely as a straight line of the run's goes.
    ranks
        Whether ranks are used though scores are known.
    tolerance
        By how much a published score may be off, in points.
    within, bounds, ratio, order, levels
        Which weights are admissible, as for :func:`reach`.

    Raises
    ------
    UsageError
        If nothing is published, or something named is not known.
    MethodError
        If scores are no weighted sums.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.infer("elcano-2021")
    >>> [round(row["least"], 1) for row in answer.table("weights").records()]
    [43.0, 21.0, 36.0]
    """
    from softpower.analysis.infer.ask import infer
    from softpower.analysis.infer.fit import fit

    asked, ranks = as_run(run), switch(ranks, "ranks")
    admissible = admissible_weights(within, bounds, ratio, order, levels)
    if against is not None:
        refuse_idle("a fit allows for any difference", tolerance=tolerance)
        if (other := as_run(against)) == asked:
            raise UsageError(
                f"{asked.name} is held against itself.", mend="Name another index or variant."
            )
        return fit(asked, admissible, other, by_ranks=ranks)
    if ranks:
        refuse_idle("ranks are met exactly", tolerance=tolerance)
    half = None if tolerance is None else positive(tolerance, "tolerance")
    return infer(asked, admissible, by_ranks=ranks, tolerance=half)
