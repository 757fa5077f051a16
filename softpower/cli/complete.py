"""What the shell offers to complete: indices, variants, settings and weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem


def runs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the shipped indices, or after ``@`` the variants of one; paths complete too."""
    del ctx, param
    from softpower.index.find import shipped
    from softpower.index.name import split_name

    name = split_name(incomplete)
    if not name.variants:
        found = [CompletionItem(index) for index in shipped() if index.startswith(name.identifier)]
        return found or [CompletionItem(incomplete, type="file")]
    *before, last = name.variants
    return [
        CompletionItem(str(name._replace(variants=(*before, variant))))
        for variant in variants(name.identifier)
        if variant.startswith(last) and variant not in before
    ]


def settings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the fields of the methodology, or after ``=`` what one of them may be."""
    del param
    from softpower.index.methodology import Methodology
    from softpower.methods.model import methods_of

    key, equals, _ = incomplete.partition("=")
    fields = Methodology.model_fields
    if not equals:
        names = [f"{name}=" for name in (*fields, "framework")]
    elif key == "framework":
        found = declared(_index_at_hand(ctx))
        names = [f"{key}={name}" for name in found.get("frameworks", {})]
    elif key in fields:
        names = [f"{key}={m.name()}" for m in methods_of(fields[key].annotation)]
    else:
        names = []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def topics(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the pages of the guide that are stored, and the commands."""
    del param
    from softpower.guide.page import stored

    group = ctx.find_root().command
    commands = list(group.commands) if isinstance(group, click.Group) else []
    names = dict.fromkeys([*(page.name for page in stored()), *commands])
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def methods(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the steps and the methods, or after a step its methods."""
    del param
    from softpower.analysis.methods import methods_by_step

    steps = methods_by_step()
    typed = [str(name) for name in (ctx.params.get("names") or ctx.args)]
    among = {name: steps[name] for name in typed[:1] if name in steps} or steps
    names = [method.name() for found in among.values() for method in found]
    known = dict.fromkeys([*(() if typed else steps), *names])
    return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def weights(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the pillars of the index at hand."""
    del param
    found = declared(_index_at_hand(ctx))
    names = [f"{name}=" for name in found.get("pillars", {})]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def widths(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the widths of pictures that have names."""
    del ctx, param
    from softpower.render.figures.look import WIDTHS

    return [CompletionItem(name) for name in WIDTHS if name.startswith(incomplete)]


def regions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the regions, subregions and income groups of countries, and the groups they join."""
    del ctx, param
    from softpower.countries import all_countries, group_names

    places = [(each.region, each.subregion, each.income) for each in all_countries()]
    labels = sorted({label for each in places for label in each if label})
    typed = incomplete.casefold()
    return [
        CompletionItem(name)
        for name in (*labels, *group_names())
        if name.casefold().startswith(typed)
    ]


def indices(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the shipped indices and folders, without variants."""
    from softpower.index.name import split_name

    found = runs(ctx, param, incomplete)
    return [item for item in found if not split_name(str(item.value)).variants]


def layouts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the layouts that a file may have."""
    del ctx, param
    from softpower.index.layouts.recognise import LAYOUTS

    return [CompletionItem(name) for name in LAYOUTS if name.startswith(incomplete)]


def schemes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the schemes that codes of countries may be of."""
    del ctx, param
    from softpower.countries import all_schemes

    return [CompletionItem(name) for name in all_schemes() if name.startswith(incomplete)]


def _index_at_hand(ctx: click.Context) -> str:
    """Return the index that is already typed; click leaves it among the rest while it completes."""
    from softpower.index.name import split_name

    return split_name(str(ctx.params.get("run") or next(iter(ctx.args), ""))).identifier


def variants(name: str) -> list[str]:
    """Return the variants of an index, of its index.toml and its variants.csv."""
    import csv

    from softpower.errors import SoftpowerError
    from softpower.index.find import locate

    found = dict.fromkeys(declared(name).get("variants", {}))
    try:
        text = (locate(name) / "variants.csv").read_text(encoding="utf-8-sig")
        found |= dict.fromkeys(row.get("id", "") for row in csv.DictReader(text.splitlines()))
    except (SoftpowerError, OSError, ValueError, csv.Error):
        pass
    return [*found]


def declared(name: str) -> dict[str, dict[str, object]]:
    """Return what the index.toml of an index says, or nothing if it cannot be read."""
    import tomllib

    from softpower.errors import SoftpowerError
    from softpower.index.find import DECLARATION, locate

    try:
        path = locate(name)
        if path.is_file():
            return _declared_in(path)
        return tomllib.loads((path / DECLARATION).read_text(encoding="utf-8"))
    except (SoftpowerError, OSError, ValueError):
        return {}


def _declared_in(workbook: Path) -> dict[str, Any]:
    """Return what the sheet methodology of a workbook says, or nothing if it cannot be read."""
    from softpower.index.reading.store_workbook import WorkbookStore

    store = WorkbookStore(workbook)
    store.declaration()
    return store.stated
