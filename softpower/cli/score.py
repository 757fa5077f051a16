"""``softpower score``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    drawing_options,
    missing_option,
    notes_option,
    output_options,
    run_argument,
    selection_options,
)
from softpower.cli.progress import told
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load

_RANKING, _WEIGHTS = "ranking", ("weights", "own_weights")
"""Tables of the answer, by their names."""


@click.command(
    cls=Command,
    examples=(
        "softpower score open-soft-power --top 20",
        "softpower score open-soft-power --set aggregate=geometric -w culture=30 -f csv",
        "softpower score gspi-2026 --against gspi-2025 --top 10",
        "softpower score hdi-2022 --stages -o hdi.xlsx",
        "softpower score open-soft-power --set weight=pca --weights --top 5",
    ),
)
@run_argument
@selection_options(
    country="This country, as code or name; with --region, as well as the region.",
    region="The countries of a region, subregion or income group, such as Asia, or of a group that "
    "they join, such as EU or BRICS@2010; or GROUPING=NAME, such as region=Asia, where several "
    "groupings have the name.",
)
@option(
    "--pillars",
    is_flag=True,
    shown_in=_RANKING.__eq__,
    group=SHOW,
    help="The scores of the pillars too.",
)
@option(
    "--stages",
    is_flag=True,
    in_csv=0,
    shown_in=_RANKING.__ne__,
    drawn=False,
    group=SHOW,
    help="Every stage of the calculation too.",
)
@option(
    "--weights",
    is_flag=True,
    in_csv=0,
    shown_in=_WEIGHTS.__contains__,
    drawn=False,
    group=SHOW,
    help="The weights of the tree too.",
)
@option(
    "--tiers",
    is_flag=True,
    drawn=False,
    shown_in=_RANKING.__eq__,
    group=SHOW,
    help="Groups that standard errors of figures do not tell apart, at 95 %.",
)
@option(
    "--against",
    metavar="INDEX[@VARIANT]",
    shown_in=_RANKING.__eq__,
    shell_complete=complete.runs,
    group=SHOW,
    help="Movement against another run, such as the edition before.",
)
@option(
    "--map",
    is_flag=False,
    flag_value="scores",
    type=click.Choice(["scores", "ranks"]),
    group=SHOW,
    help="A map of the world in a picture, with -o FILE.svg, .png or .pdf: of scores, or of ranks.",
)
@missing_option
@drawing_options
@notes_option
@change_options
@output_options
def score(
    request: Request,
    run: str,
    pillars: bool,
    stages: bool,
    weights: bool,
    tiers: bool,
    against: str | None,
    map: str | None,  # noqa: A002  the word of the command line
) -> None:
    """Rank the countries of an index.

    The methodology is the index's own, a variant of it (INDEX@VARIANT), or what you set here.
    """
    from softpower.api.ranking import score
    from softpower.api.words import as_run

    asked = load(run, **request.change)
    other = as_run(against, load(run), load) if against is not None else None
    answer = score(
        asked,
        **request.selection,
        pillars=pillars,
        stages=stages,
        weights=weights,
        tiers=tiers,
        against=other,
        map=map,
        tell=told,
    )
    deliver(answer, **request.output)
