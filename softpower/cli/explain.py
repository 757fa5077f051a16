"""``softpower explain``."""

from __future__ import annotations

import click

from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    drawing_options,
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
@drawing_options
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

    if not _is_run(run):
        _refuse_country(run, other)
    second = None
    if other is not None:
        if country is not None or _is_run(other):
            second = other
        else:
            country = other
    if country is not None and second is not None:
        _refuse_second_country(run, country, second)
    if country is None:
        example = f"{run} {second} --country NAME" if second else f"{run} NAME"
        raise UsageError("Whose score and rank?", mend=f"Name it: softpower explain {example}")
    from functools import partial

    from softpower.api.comparison import explain
    from softpower.api.words import as_run
    from softpower.index.name import full_name

    first = load(run, **request.change)
    changed = partial(load, **request.change)
    then = as_run(full_name(second, run), first, changed) if second is not None else None
    deliver(explain(first, country, versus=versus, second=then), **request.output)


def _refuse_country(word: str, other: str | None) -> None:
    """Say where a country belongs that stands, in one word or two, where an index should."""
    from softpower.countries import find
    from softpower.errors import UsageError

    index = other if other is not None and _is_run(other) else "open-soft-power"
    for text in (word, f"{word} {other}"):
        if (country := find(text)) is not None:
            name = f'"{country.name}"' if " " in country.name else country.name
            raise UsageError(
                f"{text!r} is a country, and no index.",
                mend=f"Name the index before it: softpower explain {index} {name}",
            )


def _refuse_second_country(run: str, country: str, word: str) -> None:
    """Say how a country is held against one that is named by an option."""
    from softpower.cli.wording import quoted
    from softpower.countries import find
    from softpower.errors import UsageError

    second = None if _is_run(word) else find(word)
    if second is not None and second == find(country):
        raise UsageError(
            f"{second.name} is named twice.", mend="Leave --country out, or name another."
        )
    if second is not None:
        raise UsageError(
            f"{word!r} is a second country.",
            mend=f"Write: softpower explain {run} {quoted(country)} --versus {quoted(word)}",
        )


def _is_run(word: str) -> bool:
    """Say whether a word names a run: an index, perhaps under a variant or changes."""
    from softpower.index.find import is_index
    from softpower.index.name import split_name

    return "=" in word or bool(split_name(word).variants) or is_index(word)
