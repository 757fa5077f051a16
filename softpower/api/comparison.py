"""Where a score comes from, and how a ranking shifts under another methodology."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from softpower.answer import Answer
from softpower.api.words import Named, as_run, as_runs
from softpower.errors import UsageError
from softpower.given import Names, name, names, optional_count, percent, switch

if TYPE_CHECKING:
    from softpower.analysis.compare.ask import ComparisonView
    from softpower.engine.run import Run


def compare(
    *runs: Named,
    all: bool = False,  # noqa: A002  the same word as on the command line
    each: bool = False,
    step: float | None = None,
    why: str | None = None,
    together: bool = False,
    top: int | None = None,
    country: Names = (),
    region: Names = (),
    keep_ranks: bool = False,
) -> Answer:
    """Return how the ranking shifts from the first run to the others.

    Parameters
    ----------
    *runs
        Runs, indices or names of runs; ``@VARIANT`` is one of the first one's index, and a pattern
        such as ``gspi-20*`` or ``@expert-*`` stands for all that match.
    all
        One run is compared with every variant of its index.
    each
        One run is compared with itself under every single choice: each variant, indicator or
        pillar left out, normalisation, aggregation, and each weight moved up and down. With
        ``country``, what each choice does to it; else the best and the worst for every country.
    step
        By how many percentage points of its parent ``each`` moves a weight; 10 if left out.
    why
        Which choice moved this country from the first run to each other; ``all`` for every one.
    together
        For ``why``, weights that are set are one choice, rather than one each.
    top, country, region
        What is shown: the first so many, these countries, those of these groups.
    keep_ranks
        Each run keeps the ranks of its own list, rather than of the countries that all rank.

    Raises
    ------
    SoftpowerError
        If something named is not known, or a run cannot be scored.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.compare("hdi-2022", "aggregate=arithmetic", why="China")
    >>> answer.notes[0]
    'China rises 1 place: 1 from aggregate = arithmetic.'
    """
    from softpower.analysis.compare.ask import ComparisonView, compare, compare_variants
    from softpower.analysis.compare.each import STEP, each_choice

    found = as_runs(runs)
    together = switch(together, "together")
    focus = ComparisonView(
        optional_count(top, "top"),
        names(country, "country"),
        names(region, "region"),
        switch(keep_ranks, "keep_ranks"),
    )
    if switch(each, "each"):
        if len(found) != 1 or all or why is not None or keep_ranks:
            raise UsageError("`each` takes one run, without `all`, `why` or `keep_ranks`.")
        return each_choice(found[0], STEP if step is None else percent(step, "step"), focus)
    if step is not None:
        raise UsageError("`step` goes with `each`.")
    if switch(all, "all"):
        if len(found) != 1 or why is not None:
            raise UsageError("`all` takes one run, without other runs, changes or `why`.")
        return compare_variants(found[0], focus)
    if len(found) < 2:
        raise UsageError(
            "One run alone has nothing to be compared with.",
            mend='Name another, such as "@geometric" or load(..., set=...), or take `all`.',
        )
    if why is not None:
        return _why(found, name(why, "why"), focus, together=together)
    if together:
        raise UsageError("`together` goes with `why`.", mend="Leave it out.")
    return compare(found, focus)


def _why(found: Sequence[Run], why: str, focus: ComparisonView, *, together: bool) -> Answer:
    """Return which choice moved a country, or every country."""
    from softpower.analysis.compare.why import EVERYONE
    from softpower.analysis.compare.why import why as ask_why

    if focus.keep_ranks:
        raise UsageError("`why` ranks by one rule, and does not go with `keep_ranks`.")
    if why.casefold() != EVERYONE and (focus.top or focus.countries or focus.groups):
        raise UsageError('`top`, `country` and `region` go with `why="all"`.')
    return ask_why(found, why, focus, together=together)


def explain(
    run: Named, country: str, *, versus: str | None = None, second: Named | None = None
) -> Answer:
    """Return where the score and rank of a country come from.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    country
        The country, as code or name.
    versus
        Another country: the answer is where the difference to it comes from.
    second
        Another run, such as the next edition: the answer is what changed, and what that did.

    Raises
    ------
    SoftpowerError
        If something named is not known, or a method refuses the figures.

    Examples
    --------
    >>> import softpower
    >>> softpower.explain("hdi-2022", "Norway").title
    'Norway in Human Development Index 2022: rank 2 of 193'
    """
    from softpower.analysis.explain.country import explain
    from softpower.analysis.explain.editions import editions
    from softpower.analysis.explain.versus import versus as ask_versus

    first = as_run(run)
    country = name(country, "country")
    if second is None:
        if versus is None:
            return explain(first, country)
        return ask_versus(first, country, name(versus, "versus"))
    if versus is not None:
        raise UsageError(
            "`versus` holds two names of one run against each other.",
            mend="Leave it out, or name one run only.",
        )
    return editions(first, as_run(second, first), country)
