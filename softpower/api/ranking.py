"""What an index is made of, its ranking, and whether the published one comes out again."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike

from softpower import defaults
from softpower.analysis.shared.size import untold
from softpower.answer import Answer
from softpower.api.words import Named, as_run
from softpower.errors import UsageError
from softpower.given import Names, count, names, optional_count, switch


def check(index: str | PathLike[str]) -> Answer:
    """Return everything that is wrong with an index folder; it holds if there is no error.

    Parameters
    ----------
    index
        The path of a folder or a workbook, or the id of a shipped index.

    Raises
    ------
    UsageError
        If there is no such folder.

    Examples
    --------
    >>> import softpower
    >>> softpower.check("hdi-2022").holds
    True
    """
    from softpower.analysis.check import check

    if not isinstance(index, str | PathLike):
        raise UsageError(
            "`index` is neither the name of an index nor a folder.",
            mend="Name one; what is loaded or made from a frame has been checked.",
        )
    return check(str(index))


def show(run: Named) -> Answer:
    """Return what an index is made of: tree, methodology, variants, coverage, sources, terms.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.

    Raises
    ------
    SoftpowerError
        If the run is not known.

    Examples
    --------
    >>> import softpower
    >>> softpower.show("hdi-2022").table("about").records()[1]
    {'fact': 'Publisher', 'value': 'UNDP'}
    """
    from softpower.analysis.show import show

    return show(as_run(run))


def score(
    run: Named,
    *,
    top: int | None = None,
    country: Names = (),
    region: Names = (),
    pillars: bool = False,
    stages: bool = False,
    weights: bool = False,
    tiers: bool = False,
    against: Named | None = None,
    map: str | None = None,  # noqa: A002  the word for it
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return the ranking as a table, with movement against another run.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    top
        The first so many only.
    country, region
        These countries, and those of these regions, subregions, income groups or groups that
        countries join, such as ``EU`` or ``BRICS@2010``.
    pillars, stages, weights
        The scores of the pillars, every stage of the calculation, the weights of the tree too.
    tiers
        The tier of each country: groups that the standard errors of figures do not tell apart.
    against
        The run to which the movement is shown; ``@VARIANT`` is one of the same index. The chart
        has the places in both.
    map
        ``scores`` or ``ranks``: the chart is a map of the world that shows them.
    tell
        Is told beforehand if this may take much memory.

    Raises
    ------
    SoftpowerError
        If something named is not known, or a method refuses the figures.

    Examples
    --------
    >>> import softpower
    >>> softpower.score("hdi-2022", top=2).table("ranking").records()[0]
    {'rank': 1, 'id': 'CHE', 'country': 'Switzerland', 'score': 0.967, 'class': 'Very high'}
    """
    from softpower.analysis.score import RankingView, score

    first = as_run(run)
    view = RankingView(
        optional_count(top, "top"),
        names(country, "country"),
        names(region, "region"),
        switch(pillars, "pillars"),
        switch(stages, "stages"),
        switch(weights, "weights"),
        switch(tiers, "tiers"),
        _mapped(map),
    )
    other = None if against is None else as_run(against, first)
    return score(first, view, other, tell=tell)


def _mapped(given: str | None) -> str | None:
    if given not in {None, "scores", "ranks"}:
        raise UsageError(f"`map` is {given!r}.", mend="It is 'scores', 'ranks' or None.")
    return given


def reproduce(run: Named, *, worst: int = defaults.WORST) -> Answer:
    """Return how closely what is computed agrees with what is published; it holds if it does.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    worst
        How many rows to show, those that differ most first.

    Raises
    ------
    UsageError
        If there is nothing published, or nothing to compute from.

    Examples
    --------
    >>> import softpower
    >>> softpower.reproduce("hdi-2022").holds
    True
    """
    from softpower.analysis.reproduce import reproduce

    return reproduce(as_run(run), count(worst, "worst", least=0))
