"""The options that say what varies, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from softpower import defaults
from softpower.cli.command import option, together
from softpower.cli.numbers import Count

VARY = "Choose what varies"


def weight_options(
    sample: str | None = None, draws: int = defaults.DRAWS, *, people: bool = True
) -> Callable[[Any], Any]:
    """Return a decorator that adds the options that say how weights are drawn, and how often.

    ``people`` says whether the weights that people stated are taken as well.
    """
    table = "; or people.csv, the weights that people stated" if people else ""
    means = f"; {sample} by default" if sample else ""
    rescored = "" if sample else f", {defaults.RESCORED} where figures vary and are scored anew"
    return together(
        option(
            "--weights",
            to="drawing.weights",
            metavar="HOW",
            default=sample,
            group=VARY,
            help="How weights vary: bounds:25 (within 25 % of themselves), dirichlet:50, "
            f"simplex (any weights), none, what is stated of them: within=25%, a=15..50{table}"
            f"{means}.",
        ),
        option(
            "--levels",
            to="drawing.levels",
            default=defaults.LEVELS,
            metavar="LEVEL,...",
            group=VARY,
            help="Which weights vary: all, pillars, indicators, or those within the pillars "
            "of these ids.",
        ),
        space_options,
        draw_options(f"{draws} by default{rescored}"),
    )


def draw_options(often: str = f"{defaults.DRAWS} by default") -> Callable[[Any], Any]:
    """Return a decorator that adds the options that say how often is drawn, and from where on."""
    return together(
        option(
            "--draws",
            to="drawing.draws",
            type=Count(1, defaults.MOST_DRAWS),
            metavar="N",
            group=VARY,
            help=f"How often weights are drawn; {often}.",
        ),
        option(
            "--seed",
            to="drawing.seed",
            type=Count(0, defaults.LARGEST_SEED),
            metavar="N",
            group=VARY,
            help=f"Another seed gives other draws; {defaults.SEED} by default.",
        ),
        option(
            "--threads",
            to="drawing.threads",
            type=Count(1, defaults.MOST_THREADS),
            metavar="N",
            group=VARY,
            help="Threads that share the work; the answer does not depend on it.",
        ),
    )


space_options = together(
    option(
        "--within",
        to="space.within",
        metavar="PERCENT",
        group=VARY,
        help="Weights are off by at most so much of themselves, such as 25%.",
    ),
    option(
        "--bounds",
        to="space.bounds",
        metavar="ID=LOW..HIGH",
        multiple=True,
        group=VARY,
        help="A weight lies between these, in percent of its parent: culture=10..40.",
    ),
    option(
        "--ratio",
        to="space.ratio",
        metavar="ID/ID=LOW..HIGH",
        multiple=True,
        group=VARY,
        help="One weight is so many times another: culture/digital=1..2.",
    ),
    option(
        "--order",
        to="space.order",
        metavar="'ID >= ID'",
        multiple=True,
        group=VARY,
        help="One weight is no smaller than another: 'culture >= digital >= education'.",
    ),
)
"""The options that say which weights are admissible."""

moving_options = together(
    space_options,
    option(
        "--weights",
        metavar="FILE",
        group=VARY,
        help="Any mixture of the weights that people stated: people.csv, one row a person.",
    ),
    option(
        "--levels",
        metavar="LEVEL,...",
        group=VARY,
        help="Which weights move: pillars (by default), indicators, all, or those within the "
        "pillars of these ids.",
    ),
    option(
        "--seconds",
        type=click.FloatRange(min=0, min_open=True),
        default=defaults.SECONDS,
        metavar="N",
        group=VARY,
        help="How long a single rank is searched for, before its proven bound is told instead; "
        f"{defaults.SECONDS:g} by default.",
    ),
)
"""The options that say which weights a solver may move, and how long it may take."""

vary_options = together(
    option(
        "--vary",
        to="variation.vary",
        metavar="KEY=VALUE,VALUE",
        multiple=True,
        group=VARY,
        help="A setting and the values that it takes: any that --set takes, or "
        "variant=none,@ONE or omit=none,NAME; VALUE*2 counts twice.",
    ),
    weight_options(),
    option(
        "--rounding",
        to="variation.rounding",
        metavar="STEP",
        multiple=True,
        group=VARY,
        help="Figures vary within what rounding to this step hides; ID=STEP for one indicator.",
    ),
    option(
        "--errors",
        to="variation.errors",
        is_flag=True,
        group=VARY,
        help="Figures vary by their standard errors (column standard_error of figures.csv).",
    ),
)
"""The options that say which choices, weights and figures vary, and how often is drawn."""
