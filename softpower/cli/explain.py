"""``softpower explain``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    chart_option,
    output_options,
    run_argument,
)
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load


@click.command(
    cls=Command,
    examples=(
        "softpower explain open-soft-power China",
        "softpower explain open-soft-power China --versus Japan",
        'softpower explain gspi-2025 gspi-2026 --country "United States"',
        "softpower explain hdi-2022 Norway --set aggregate=arithmetic -f json",
    ),
)
@run_argument
@click.argument(
    "other",
    metavar="[COUNTRY | INDEX[@VARIANT]]",
    required=False,
    help="The country to explain, as code or name; or a second run, such as the next edition.",
)
@option(
    "--country",
    metavar="NAME",
    group=SHOW,
    help="The country to explain; between two runs it must be named so.",
)
@option(
    "--versus",
    metavar="NAME",
    group=SHOW,
    help="Where the difference to this other country comes from.",
)
@chart_option
@change_options
@output_options
def explain(
    request: Request, run: str, other: str | None, country: str | None, versus: str | None
) -> None:
    """Show where the score and rank of a country come from.

    From raw figures over weights to points; against another country, pillar by pillar and
    indicator by indicator; or between two runs: what changed, and how much each change did.
    """
    from softpower.errors import UsageError
    from softpower.index.name import full_name

    if not _is_run(run):
        _refuse_country(run)
    second = None
    if other is not None:
        if country is not None or _is_run(other):
            second = full_name(other, run)
        else:
            country = other
    if country is None:
        example = f"{run} {second} --country NAME" if second else f"{run} NAME"
        raise UsageError("Whose score and rank?", mend=f"Name it: softpower explain {example}")
    from softpower.api.comparison import explain

    first = load(run, **request.change)
    then = load(second, **request.change) if second is not None else None
    deliver(explain(first, country, versus=versus, second=then), **request.output)


def _refuse_country(word: str) -> None:
    """Say where a country belongs that stands where an index should."""
    from softpower.countries import find
    from softpower.errors import UsageError

    if (country := find(word)) is not None:
        name = f"'{country.name}'" if " " in country.name else country.name
        raise UsageError(
            f"{word!r} is a country, and no index.",
            mend=f"Name the index before it: softpower explain open-soft-power {name}",
        )


def _is_run(word: str) -> bool:
    """Say whether a word names a run: a shipped index or a folder of one, perhaps a variant."""
    from softpower.index.find import holds_index, shipped
    from softpower.index.name import split_name

    try:
        named = split_name(word).variants or word in shipped()
        return bool(named) or holds_index(Path(word))
    except (OSError, ValueError):
        return False
