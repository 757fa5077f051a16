"""How sure a ranking is: how far its ranks depend on choices, on weights and on noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from softpower import defaults
from softpower.analysis.shared.size import untold
from softpower.answer import Answer
from softpower.api.instead import Question
from softpower.api.space import Bounds, Within, stated_space
from softpower.api.varying import Rounding, refuse_idle, shared_by, usual_draws, variation
from softpower.api.words import Named, as_run
from softpower.given import Names, count, names, optional_count, percent, switch
from softpower.index.request import NONE
from softpower.watch import Watch, unwatched

if TYPE_CHECKING:
    from softpower.engine.run import Run
    from softpower.methods.space import WeightSpace


def robustness(
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
    confidence: float | None = None,
    propagation: str | None = None,
    covariance: str | Path | None = None,
    respondents: int | None = None,
    curve: str | None = None,
    gaps: bool = False,
    leave_out: str | None = None,
    top: int | None = None,
    country: Names = (),
    region: Names = (),
    versus: Names = (),
    interval: float = defaults.INTERVAL,
    first: int = defaults.FIRST,
    acceptability: bool = False,
    clusters: int | None = None,
    watch: Watch = unwatched,
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return how far ranks depend on choices of method, on weights and on noise in the figures.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    vary
        Settings and the values that they take, each as ``"normalise=minmax,zscore"``.
    weights
        How weights vary: ``bounds:25`` (by default, if nothing else varies), ``dirichlet:50``,
        ``simplex``, ``none``, or what is stated of them: ``economic=15..50,military=15..50``; or
        the path of a table of the weights that people stated (``people.csv``): one row a person,
        a column for each pillar or indicator.
    within, bounds, ratio, order
        Which weights are admissible, as for :func:`reach`; they are drawn evenly from all of these.
    levels
        Which weights vary: ``all``, ``pillars``, ``indicators``, or ids of pillars.
    rounding
        The step to which figures were rounded: ``0.1``, ``"ID=0.1"`` or ``{"ID": 0.1}``. No figure
        becomes less than its transform, the treatment or the normalisation takes, nor zero where
        others are divided by it; zeros of a list (``zero_fill``) were not rounded.
    errors
        Whether figures vary by their standard errors.
    draws
        How often is drawn; 100,000 times by default, 2,000 where each draw is scored anew.
    seed
        Another one than 1 gives other draws.
    threads
        How many share the work; the answer does not depend on it.
    confidence
        Instead of intervals of draws: confidence sets for ranks at this level in percent, from
        the standard errors of figures (``errors``), or those of scores that follow.
    propagation
        How errors of figures are carried to scores: by the ``delta`` method, by ``simulation``, by
        ``both``, which says how far the two are apart, or as it fits (``auto``, by default): by the
        delta method where scores are smooth in the figures, by simulation elsewhere.
    covariance
        The path of a table of the standard errors of scores (``country,standard_error``), or of
        their covariances (a row and a column for each country).
    respondents
        Scores are shares of the answers of so many: exact sets (multinomial).
    curve
        Instead of shares: every combination of ``vary`` with the rank that it gives this country.
    gaps
        Instead of all this: the best and the worst rank if missing figures, imputed or not, took
        their best or worst admissible value.
    leave_out
        Instead of all this: leave one indicator, pillar or country out at a time.
    top, country, region
        What is shown: the first so many, these countries, those of these groups.
    versus
        Countries that each ``country`` is held against.
    interval
        How many percent of the draws an interval of ranks holds.
    first
        The places that count as the top.
    acceptability
        Whether the share of every rank and the central weights are listed.
    clusters
        With weights that people stated: how many clusters of them are told apart.
    watch
        Hands outcomes on; if it is interrupted, the answer is about the draws made so far.
    tell
        Is told beforehand if this may take much memory.

    Raises
    ------
    UsageError
        If something named is not known, or varies without effect.
    MethodError
        If a method refuses the figures under the run itself, or in every draw.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.robustness("hdi-2022", vary="aggregate=geometric,arithmetic")
    >>> answer.table("robustness").records()[0]["country"]
    'Switzerland'
    """
    from softpower.analysis.robustness.ask import robustness
    from softpower.analysis.robustness.view import RobustnessView
    from softpower.analysis.shared.selection import Selection

    asked = as_run(run)
    selection = Selection(
        optional_count(top, "top"), names(country, "country"), names(region, "region")
    )
    space = stated_space(within=within, bounds=bounds, ratio=ratio, order=order)
    errors, acceptability = switch(errors, "errors"), switch(acceptability, "acceptability")
    stated = {
        "vary": vary or None,
        "weights": weights,
        "within": within,
        "bounds": bounds or None,
        "ratio": ratio or None,
        "order": order or None,
        "rounding": rounding or None,
        "versus": versus or None,
        "acceptability": acceptability or None,
        "leave_out": leave_out,
        "clusters": optional_count(clusters, "clusters"),
        "threads": threads,
        "levels": levels,
        "interval": interval,
        "first": count(first, "first"),
        "errors": errors or None,
        "confidence": confidence,
        "curve": curve,
        "gaps": switch(gaps, "gaps") or None,
        "propagation": propagation,
        "covariance": covariance,
        "respondents": respondents,
        "draws": draws,
        "seed": seed,
    }
    answer = Question(asked, selection, space, stated, watch).answered()
    if answer is not None:
        return answer
    weights = _drawn(asked, space, stated)
    usual = usual_draws(asked, weights=str(weights), rounding=rounding, errors=errors)
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
    shown = RobustnessView(
        selection,
        names(versus, "versus"),
        percent(interval, "interval"),
        count(first, "first"),
        acceptability,
    )
    return robustness(asked, varying, shown, threads=shared_by(threads), watch=watch, tell=tell)


def _drawn(run: Run, space: WeightSpace | None, stated: Mapping[str, Any]) -> str | None:
    """Return how weights are drawn, and refuse what has no effect where they are not."""
    weights: str | None = stated["weights"]
    figures = stated["rounding"] or stated["errors"]
    if weights is None and space is None:
        alone = not (stated["vary"] or figures) and run.setup is not None
        weights = defaults.WEIGHTS if alone else NONE
    if weights == NONE:
        if not figures and run.setup is not None:
            refuse_idle(draws=stated["draws"], seed=stated["seed"], levels=stated["levels"])
        refuse_idle("no weights are drawn", levels=stated["levels"])
    return weights
