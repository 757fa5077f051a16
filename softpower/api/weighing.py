"""What weights could do to a ranking: the ranks within reach, and the smallest change of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from softpower import defaults
from softpower.answer import Answer
from softpower.api.space import Bounds, Within, people_space, stated_space
from softpower.api.varying import refuse_beside_people, refuse_idle, seed_of
from softpower.api.words import Named, as_run
from softpower.errors import UsageError
from softpower.given import Names, count, name, names, optional_count, positive, switch
from softpower.watch import Watch, unwatched

if TYPE_CHECKING:
    from softpower.analysis.shared.admissible import Admissible
    from softpower.methods.space import WeightSpace


def reach(
    run: Named,
    country: Names = (),
    *,
    all: bool = False,  # noqa: A002  the same word as on the command line
    top: int | None = None,
    region: Names = (),
    pairs: bool = False,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    weights: str | None = None,
    levels: Names | None = None,
    seconds: float = defaults.SECONDS,
    draws: int | None = None,
    seed: int | None = None,
    watch: Watch = unwatched,
) -> Answer:
    """Return the best and the worst rank that weights can give a country, with these weights.

    The ranks are proven, by mixed-integer programming, and scored anew.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    country, region, top
        Whose ranks are asked for: these countries, those of these groups, the first so many.
    all
        Those of all, as where something is stated of the weights and no country named.
    pairs
        Instead of ranks, what holds between these countries (all by default) under all admissible
        weights: tiers, pairs, and how far one may believe in other weights before a pair turns.
    within
        By how many percent of itself a weight may be off at most; any weights by default.
    bounds
        The least and the most percent of the parent: ``"culture=10..40"`` or
        ``{"culture": (10, 40)}``.
    ratio
        The least and the most of a quotient: ``"culture/digital=1..2"``.
    order
        Which weight is no smaller than which: ``"culture >= digital"``.
    weights
        A table of the weights that people stated (``people.csv``), as for :func:`robustness`: any
        mixture of these is admissible.
    levels
        Which weights may move: ``pillars`` (by default), ``indicators``, ``all``, or ids of
        pillars within which they may.
    seconds
        How long a single rank is searched for; after that its proven bound is told.
    draws, seed
        Instead of all proof: the best and the worst among so many draws of admissible weights, for
        methodologies whose ranks cannot be solved for.
    watch
        Hands on what is found, country by country; it may be interrupted.

    Raises
    ------
    UsageError
        If something named is not known, or what is stated of the weights cannot be.
    MethodError
        If the ranks of this methodology cannot be solved for.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.reach("elcano-2021", "China", within=25)
    >>> answer.table("reach").records()[0]["best"]
    3
    """
    from softpower.analysis.reach.ask import reach
    from softpower.analysis.reach.drawn import reach_drawn
    from softpower.analysis.shared.selection import Selection

    countries, groups = names(country, "country"), names(region, "region")
    top = optional_count(top, "top")
    chosen = bool(countries or groups or top)
    stated = within is not None or bounds or ratio or order or weights is not None
    if (switch(pairs, "pairs") or stated) and not chosen:
        all = True  # noqa: A001  whom nothing is said of
    if switch(all, "all") is chosen:
        raise UsageError(
            "`all` goes without names, `region` and `top`."
            if all
            else "No country is asked about.",
            mend="Leave it out." if all else "Name one, or take `all`.",
        )
    asked = as_run(run)
    people = people_space(weights, asked)
    admissible = admissible_weights(within, bounds, ratio, order, levels, people)
    selection = Selection(top, countries, groups)
    if pairs:
        from softpower.analysis.reach.pairs import pairs as compared

        refuse_idle("no rank is searched for", seconds=_unusual(seconds), draws=draws, seed=seed)
        return compared(asked, admissible, selection, watch)
    seconds = positive(seconds, "seconds")
    if draws is None:
        refuse_idle(seed=seed)
        return reach(asked, admissible, selection, seconds=seconds, watch=watch)
    refuse_idle("ranks are drawn, and none is searched for", seconds=_unusual(seconds))
    if people is not None:
        raise UsageError(
            "The weights are those that people stated, and are not drawn.",
            mend="Leave `draws` out.",
        )
    return reach_drawn(
        asked,
        admissible,
        selection,
        draws=count(draws, "draws", most=defaults.MOST_DRAWS),
        seed=seed_of(seed),
        watch=watch,
    )


def flip(
    run: Named,
    country: Names = (),
    *,
    rank: int | None = None,
    first: str | None = None,
    all: bool = False,  # noqa: A002  the same word as on the command line
    squares: bool = False,
    figures: bool = False,
    cost: str | None = None,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    weights: str | None = None,
    levels: Names | None = None,
    seconds: float = defaults.SECONDS,
    watch: Watch = unwatched,
) -> Answer:
    """Return the smallest change of weights that turns an order, or that no weights do.

    With ``figures`` it is the cheapest change of figures, of several together and of each alone.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    country
        Two countries: what puts the one that is behind above the other? Or one, with ``rank``.
    rank
        The rank that the country is to have, or a better one.
    first
        The country that is to be first.
    all
        For each country, what puts the next one above it.
    squares
        Whether the sum of the squares of changes is to be least (L2), and not that of changes (L1).
    figures
        Which figures of the country would have to change instead, and by how little.
    cost
        What a change of a figure is measured by: ``spread`` (by default), the range of the figures
        of all after their transform; ``achieved``, what others achieved over the years that the
        index has figures of; ``raw``, the figures themselves, if all have one unit.
    within, bounds, ratio, order, weights, levels
        Which weights are admissible, as for :func:`reach`.
    seconds
        How long is searched for the change that leads to a rank.
    watch
        Hands on what is found for each pair of ``all``, or for each of ``figures``.

    Raises
    ------
    UsageError
        If something named is not known, or is so already.
    MethodError
        If the ranks of this methodology cannot be solved for.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.flip("elcano-2021", ["Germany", "Japan"])
    >>> answer.table("words").records()[1]["value"]
    '1.17 points in sum (L1)'
    """
    from softpower.analysis.flip.ask import flip, flip_all
    from softpower.analysis.flip.figures import flip_figures
    from softpower.analysis.flip.goal import Goal
    from softpower.analysis.flip.ways import cost_named

    named = names(country, "country")
    rank = optional_count(rank, "rank")
    squares, seconds = switch(squares, "squares"), positive(seconds, "seconds")
    stated = within is not None or bounds or ratio or order or levels is not None
    stated = stated or weights is not None
    if switch(figures, "figures") and (all or stated):
        raise UsageError(
            "`figures` lets weights be, and asks about one country.",
            mend="Leave out `all` and what is stated of weights.",
        )
    if cost is not None and not figures:
        raise UsageError("`cost` measures changes of figures.", mend="Take `figures` too.")
    asked = (switch(all, "all"), first is not None, len(named) == 2, rank is not None)
    alone = len(named) == (1 if rank is not None else 2 if asked[2] else 0)
    if sum(asked) != 1 or not alone:
        raise UsageError(
            "More than one change is asked for."
            if sum(asked) > 1
            else "It is not said what is to change.",
            mend="Name two countries, the one that is ahead first; or one with `rank`; or take "
            "`first` with a name, or `all`.",
        )
    run = as_run(run)
    people = people_space(weights, run)
    admissible = admissible_weights(within, bounds, ratio, order, levels, people)
    norm: Literal["sum", "squares"] = "squares" if squares else "sum"
    if figures or (rank is None and first is None):
        refuse_idle("no rank is searched for", seconds=_unusual(seconds))
    if all and not figures:
        return flip_all(run, admissible, norm=norm, watch=watch)
    if first is not None:
        goal = Goal(name(first, "first"), rank=1)
    elif rank is not None:
        goal = Goal(named[0], rank=rank)
    else:
        goal = Goal(named[1], above=named[0])
    if figures:
        return flip_figures(run, goal, cost=cost_named(cost), norm=norm, watch=watch)
    return flip(run, admissible, goal, norm=norm, seconds=seconds)


def _unusual(seconds: float) -> float | None:
    return None if seconds == defaults.SECONDS else seconds


def admissible_weights(
    within: Within,
    bounds: Bounds,
    ratio: Bounds,
    order: Names,
    levels: Names | None,
    people: WeightSpace | None = None,
) -> Admissible:
    """Return the weights of which all is true that is stated, on the levels that are named.

    Or mixtures of those that people stated, and no others.

    Raises
    ------
    UsageError
        If a statement is not understood.
    """
    from softpower.analysis.shared.admissible import Admissible
    from softpower.index.request import parse_levels
    from softpower.methods.space import WeightSpace

    space = stated_space(within=within, bounds=bounds, ratio=ratio, order=order)
    if people is not None:
        refuse_beside_people(space=space, levels=levels)
        return Admissible(people)
    named = None
    if levels is not None:
        named = tuple(each for text in names(levels, "levels") for each in parse_levels(text))
    return Admissible(space or WeightSpace.stated(), named)
