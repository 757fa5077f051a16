"""Whether claims about a ranking survive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from softpower import defaults
from softpower.answer import Answer
from softpower.api.space import Bounds, Within, stated_space
from softpower.api.varying import refuse_beside_people, refuse_idle, shared_by, variation
from softpower.api.words import Named, as_run
from softpower.errors import UsageError
from softpower.given import Names, names, switch
from softpower.index.people import is_people
from softpower.index.reading.people import read_people
from softpower.index.request import NONE
from softpower.watch import Watch, unwatched


def claim(
    run: Named,
    claims: Names,
    *,
    stack: bool = False,
    all: bool = False,  # noqa: A002  the same word as on the command line
    weights: str | None = None,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    levels: Names = defaults.LEVELS,
    draws: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    watch: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    watch_draws: Watch = unwatched,
) -> Answer:
    """Return whether claims survive every variant of the index, and in how much of all weights.

    Where scores are linear in the weights, it is proven beside whether a claim holds for all of
    them, for none, or which is the smallest change that turns it.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    claims
        Claims as a person writes them, such as ``"Norway > Iceland"``.
    stack
        Every set of variants that do not contradict each other is tried, not each alone.
    all
        With ``stack``, a row for every stack.
    weights
        How weights are drawn: ``simplex`` (by default), ``bounds:25``, ``dirichlet:50`` or
        ``none``; or the path of a table of weights that people stated, as for
        :func:`robustness`: how many of these support a claim?
    within, bounds, ratio, order
        Which weights are admissible, as for :func:`reach`; all by default.
    levels
        Which weights vary: ``all``, ``pillars``, ``indicators``, or ids of pillars.
    draws
        How often they are drawn; 20,000 times by default.
    seed
        Another one than 1 gives other draws.
    threads
        How many share the work; the answer does not depend on it.
    watch, watch_draws
        Hand the stacks, and what draws lead to, on one by one.

    Raises
    ------
    UsageError
        If a claim is not understood, or something named is not known.
    MethodError
        If a method refuses the figures under the run itself.

    Examples
    --------
    >>> import softpower
    >>> answer = softpower.claim("hdi-2022", "Norway > Iceland", weights="none")
    >>> answer.holds
    True
    """
    from softpower.analysis.claim.ask import claim

    stack, every = switch(stack, "stack"), switch(all, "all")
    if every and not stack:
        raise UsageError("`all` lists stacks, and so goes with `stack`.")
    asked = as_run(run)
    space = stated_space(within=within, bounds=bounds, ratio=ratio, order=order)
    if space is not None and asked.setup is None:
        raise UsageError(
            "There are no figures to weigh, so that nothing is to be stated of weights.",
            mend="Leave it out.",
        )
    people = None
    if weights is not None and is_people(str(weights)):
        if asked.setup is None:
            raise UsageError("There are no figures to weigh.", mend="Leave `weights` out.")
        refuse_beside_people(space=space)
        people, weights = read_people(Path(weights)), NONE
    if weights is None and space is None:
        weights = defaults.CLAIM_WEIGHTS
    if weights == NONE or asked.setup is None:
        refuse_idle(draws=draws, seed=seed, threads=threads, levels=levels)
    if draws is None:
        draws = defaults.CLAIM_DRAWS
    drawn = variation(weights=weights, space=space, levels=levels, draws=draws, seed=seed)
    return claim(
        asked,
        names(claims, "claims"),
        stacked=stack,
        every=every,
        watch=watch,
        weights=drawn if drawn.weights is not None else None,
        people=people,
        threads=shared_by(threads),
        watch_draws=watch_draws,
    )
