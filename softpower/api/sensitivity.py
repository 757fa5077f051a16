"""Which of several choices matters most to a ranking."""

from __future__ import annotations

from softpower import defaults
from softpower.answer import Answer
from softpower.api.space import Bounds, Within, people_space, stated_space
from softpower.api.varying import Rounding, refuse_beside_people, refuse_idle, shared_by, variation
from softpower.api.words import Named, as_run
from softpower.given import Names, names, percent, switch
from softpower.index.people import is_people
from softpower.index.request import NONE
from softpower.watch import Watch, unwatched


def sensitivity(
    run: Named,
    *,
    vary: Names = (),
    weights: str | None = None,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    levels: Names = defaults.LEVELS,
    rounding: Rounding = (),
    errors: bool = False,
    draws: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    split: bool = False,
    of: Names = defaults.MEAN_SHIFT,
    confidence: float = defaults.CONFIDENCE,
    watch: Watch = unwatched,
) -> Answer:
    """Return which of several choices matters most to the ranks.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    vary, weights, within, bounds, ratio, order, levels, rounding, errors
        What varies, as for :func:`robustness`; at least two things, and no weights by default. Of
        weights that people stated a person's are drawn, each person's as likely.
    draws
        How many rankings are computed at most; 100,000 by default, 2,000 where figures vary.
    seed
        Another one than 1 gives other draws.
    threads
        How many share the work; the answer does not depend on it.
    split
        Whether the weights within each pillar are a factor of their own.
    of
        ``mean shift``, names of countries, or ``all`` for a table of all countries.
    confidence
        The level of the intervals of estimates, in percent.
    watch
        Hands results on; if it is interrupted, estimates are from the samples made so far.

    Raises
    ------
    UsageError
        If something named is not known, varies without effect, or varies alone.
    MethodError
        If a method refuses the figures under the run itself.

    Examples
    --------
    >>> import softpower
    >>> choices = ("aggregate=geometric,arithmetic", "normalise=goalposts,minmax")
    >>> answer = softpower.sensitivity("hdi-2022", vary=choices)
    >>> [row["factor"] for row in answer.tables[0].records()]
    ['normalise', 'aggregate']
    """
    from softpower.analysis.sensitivity.ask import sensitivity
    from softpower.analysis.sensitivity.tables import SensitivityView

    space = stated_space(within=within, bounds=bounds, ratio=ratio, order=order)
    asked = as_run(run)
    if weights is not None and is_people(str(weights)):
        refuse_beside_people(space=space)
        refuse_idle("people stated these weights", levels=levels)
        space, weights = people_space(weights, asked), None
    weights = NONE if weights is None and space is None else weights
    figures = rounding or switch(errors, "errors")
    if weights == NONE:
        if not figures:
            refuse_idle(
                draws=draws,
                seed=seed,
                threads=threads,
                levels=levels,
                confidence=None if confidence == defaults.CONFIDENCE else confidence,
            )
        refuse_idle("no weights are drawn", levels=levels)
    usual = defaults.RESCORED if figures else defaults.DRAWS
    varying = variation(
        vary=vary,
        weights=weights,
        space=space,
        levels=levels,
        rounding=rounding,
        errors=errors,
        draws=usual if draws is None else draws,
        seed=seed,
    )
    question = SensitivityView(
        names(of, "of"), switch(split, "split"), percent(confidence, "confidence")
    )
    return sensitivity(asked, varying, question, threads=shared_by(threads), watch=watch)
