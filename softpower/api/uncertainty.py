"""How sure a ranking is, and which choice matters to it most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from softpower import defaults
from softpower.analysis.shared.size import untold
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.answer import Answer
from softpower.api.space import Bounds, Within, people_space, stated_space
from softpower.api.varying import (
    Rounding,
    refuse_beside_people,
    refuse_idle,
    seed_of,
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

if TYPE_CHECKING:
    from softpower.analysis.shared.selection import Selection
    from softpower.engine.run import Run

MOST_SETS = 100_000
"""Confidence sets are from no more draws."""

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
    evidence = {
        "propagation": propagation,
        "covariance": covariance,
        "respondents": respondents,
    }
    if (
        switch(gaps, "gaps")
        or curve is not None
        or any(v is not None for v in (confidence, *evidence.values()))
    ):
        others = {
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
            "clusters": clusters,
            "threads": threads,
            "levels": levels,
            "interval": interval,
        }
        drawn = {"draws": draws, "seed": seed}
        figures = {
            "curve": curve,
            "gaps": gaps,
            "errors": errors,
            "confidence": confidence,
            **evidence,
        }
        return _of_figures(asked, selection, others, figures, drawn, first, watch)
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
    if weights == NONE:
        if not (rounding or errors) and asked.setup is not None:
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


def _of_figures(
    run: Run,
    selection: Selection,
    others: Mapping[str, object],
    figures: Mapping[str, Any],
    drawn: Mapping[str, int | None],
    first: int,
    watch: Watch,
) -> Answer:
    """Return the ranks of one under every choice, or those that figures leave open."""
    idle = {
        "errors": figures["errors"] or None,
        "confidence": figures["confidence"],
        "gaps": figures["gaps"] or None,
        "propagation": figures["propagation"],
        "covariance": figures["covariance"],
        "respondents": figures["respondents"],
    }
    if figures["curve"] is not None:
        vary = others["vary"]
        alone = {**others, "vary": None, "first": first}
        refuse_idle("a curve is of choices alone", **alone, **idle, **drawn)
        return _curve(run, selection, vary, name(figures["curve"], "curve"), watch)
    if figures["gaps"]:
        from softpower.analysis.robustness.gaps import gaps

        idle["gaps"] = None
        refuse_idle("missing figures are filled", **others, **idle, **drawn, first=first)
        return gaps(run, selection, watch)
    refuse_idle("confidence sets follow from errors of scores", **others)
    return _sets(run, selection, figures, drawn, first, watch)


def _sets(
    run: Run,
    selection: Selection,
    figures: Mapping[str, Any],
    drawn: Mapping[str, int | None],
    first: int,
    watch: Watch,
) -> Answer:
    """Return confidence sets for ranks from the one source of errors that is named."""
    from softpower.analysis.robustness.confidence import Uncertainty, confidence_sets
    from softpower.analysis.shared.propagation import PROPAGATIONS

    sources = {
        "errors": figures["errors"] or None,
        "covariance": figures["covariance"],
        "respondents": figures["respondents"],
    }
    named = [key for key, value in sources.items() if value is not None]
    if figures["confidence"] is None:
        raise UsageError(
            "Errors of scores are for confidence sets of ranks.",
            mend="Give their level as well: `confidence=95`.",
        )
    if len(named) != 1:
        both = " and ".join(f"`{key}`" for key in named)
        raise UsageError(
            f"{both} give errors twice."
            if named
            else "`confidence` is about sets of ranks that follow from standard errors.",
            mend="Say one of them."
            if named
            else "Say `errors` as well (or `covariance`, or `respondents`); the share of draws in "
            "an interval is `interval`.",
        )
    how = figures["propagation"]
    if named != ["errors"]:
        refuse_idle("errors of scores are given", propagation=how)
    if named == ["respondents"]:
        refuse_idle("exact sets are not drawn", **drawn)
    if how is not None and name(how, "propagation") not in PROPAGATIONS:
        raise UsageError(
            f"Errors are not carried to scores by {how!r}.",
            mend=did_you_mean(how, PROPAGATIONS) or f"Take one of {', '.join(PROPAGATIONS)}.",
        )
    draws = drawn["draws"]
    table = sources["covariance"]
    return confidence_sets(
        run,
        selection,
        Uncertainty(
            how or "auto",
            None if table is None else Path(table),
            optional_count(sources["respondents"], "respondents"),
        ),
        confidence=percent(figures["confidence"], "confidence"),
        first=first,
        draws=None if draws is None else count(draws, "draws", least=100, most=MOST_SETS),
        seed=seed_of(drawn["seed"]),
        watch=watch,
    )


def _curve(run: Run, selection: Selection, vary: Any, country: str, watch: Watch) -> Answer:
    """Return the ranks of one country under every combination of choices."""
    from softpower.analysis.robustness.curve import specification_curve

    refuse_idle(
        "a curve is of one country",
        country=selection.countries or None,
        region=selection.groups or None,
        top=selection.top,
    )
    if run.setup is None or not vary:
        raise UsageError(
            "`curve` is of choices of method that vary.",
            mend='Such as `vary="normalise=minmax,zscore"`, for an index that is computed.',
        )
    return specification_curve(run, variation(vary=vary), country, watch)


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
