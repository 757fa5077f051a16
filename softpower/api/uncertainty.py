"""How sure a ranking is, and which choice matters to it most."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from softpower import defaults
from softpower.analysis.shared.size import untold
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.answer import Answer
from softpower.api.space import Bounds, Within, stated_space
from softpower.api.varying import (
    Rounding,
    refuse_beside_people,
    refuse_idle,
    shared_by,
    usual_draws,
    variation,
)
from softpower.api.words import Named, as_run
from softpower.errors import UsageError, did_you_mean
from softpower.given import Names, count, name, names, optional_count, percent, switch
from softpower.index.people import is_people
from softpower.index.reading.people import read_people
from softpower.index.request import NONE

LEFT_OUT = ("indicators", "pillars", "countries")
"""What can be left out one at a time."""


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
    from softpower.analysis.robustness.leave_out import leave_out as ask_leave_out
    from softpower.analysis.shared.selection import Selection
    from softpower.analysis.shared.variation import RobustnessView

    asked = as_run(run)
    selection = Selection(
        optional_count(top, "top"), names(country, "country"), names(region, "region")
    )
    first, clusters = count(first, "first"), optional_count(clusters, "clusters")
    space = stated_space(within=within, bounds=bounds, ratio=ratio, order=order)
    errors, acceptability = switch(errors, "errors"), switch(acceptability, "acceptability")
    if weights is not None and is_people(str(weights)):
        from softpower.analysis.robustness.people import by_people

        refuse_beside_people(vary=vary, space=space, rounding=rounding, errors=errors)
        refuse_idle(
            "people stated these weights",
            draws=draws,
            seed=seed,
            levels=levels,
            threads=threads,
            interval=interval,
            versus=versus or None,
            acceptability=acceptability or None,
            leave_out=leave_out,
        )
        stated = read_people(Path(weights))
        return by_people(asked, stated, selection, first=first, groups=clusters)
    if clusters is not None:
        raise UsageError(
            "`clusters` are of people.",
            mend='Give the weights they stated: `weights="people.csv"`.',
        )
    if leave_out is not None:
        if vary or weights or space or rounding or errors or versus or acceptability:
            raise UsageError("`leave_out` goes with `top`, `country`, `region` and `first` only.")
        if name(leave_out, "leave_out") not in LEFT_OUT:
            raise UsageError(
                f"{leave_out!r} cannot be left out one at a time.",
                mend=did_you_mean(leave_out, LEFT_OUT),
            )
        refuse_idle(draws=draws, seed=seed, threads=threads, levels=levels, interval=interval)
        return ask_leave_out(asked, leave_out, selection, first)  # type: ignore[arg-type]
    if weights is None and space is None:
        alone = not (vary or rounding or errors) and asked.setup is not None
        weights = defaults.WEIGHTS if alone else NONE
    if weights == NONE and asked.setup is not None:
        if not (rounding or errors):
            refuse_idle(draws=draws, seed=seed, levels=levels)
        refuse_idle("no weights are drawn", levels=levels)
    usual = usual_draws(asked, weights=str(weights), rounding=rounding, errors=errors)
    return robustness(
        asked,
        variation(
            vary=vary,
            weights=weights,
            space=space,
            levels=levels,
            rounding=rounding,
            errors=errors,
            draws=usual if draws is None else draws,
            seed=seed,
        ),
        RobustnessView(
            selection,
            names(versus, "versus"),
            percent(interval, "interval"),
            first,
            acceptability,
        ),
        threads=shared_by(threads),
        watch=watch,
        tell=tell,
    )


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
        What varies, as for :func:`robustness`; at least two things, and no weights by default.
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
    weights = NONE if weights is None and space is None else weights
    figures = rounding or switch(errors, "errors")
    if weights == NONE:
        if not figures:
            refuse_idle(
                draws=draws, seed=seed, threads=threads, levels=levels, confidence=confidence
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
    return sensitivity(as_run(run), varying, question, threads=shared_by(threads), watch=watch)
