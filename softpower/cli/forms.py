"""The forms in which an answer is given, and what goes with which."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click


class File(click.Path):
    """A file to write to, which ``-`` and a path that ends as folders do are not."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path of the file."""
        if value == "-":
            self.fail("without this option the answer is printed; ./- is a file.", param, ctx)
        if str(value).endswith(("/", os.sep)) or not str(value):
            self.fail(f"{value!r} is not the name of a file.", param, ctx)
        return super().convert(value, param, ctx)


class Form(click.Choice[str]):
    """A form in which an answer is printed, which those that only a file can have are not."""

    def __init__(self) -> None:
        super().__init__(["table", "csv", "json", "markdown", "latex"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the form that is named."""
        from softpower.render.saving import ENDINGS

        typed = str(value).casefold().removeprefix(".")
        meant = ENDINGS.get(f".{typed}", typed)
        if typed in BY_OTHER_NAMES:
            meant = BY_OTHER_NAMES[typed]
        if meant in ENDINGS.values() and meant not in self.choices:
            self.fail(f"{value} is a form of files: -o FILE.{meant}", param, ctx)
        if meant in self.choices and meant != value:
            self.fail(f"{value!r} is none of the forms. Did you mean -f {meant}?", param, ctx)
        return super().convert(value, param, ctx)


BY_OTHER_NAMES = {"excel": "xlsx", "text": "table", "plain": "table", "picture": "png"}
"""Forms as people call them who do not know their names."""


def writable(ctx: click.Context, param: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that cannot be written before any work is done for it."""
    del param
    if output is not None and not ctx.resilient_parsing:
        from softpower.index.own import refuse_own
        from softpower.render.saving import refuse_picture, refuse_unwritable

        form = ctx.params.get("form")
        if not any(each.name == "chart" for each in ctx.command.params):
            refuse_picture(output, form)
        refuse_unwritable(output, form)
        refuse_own(output)
    return output


def holds_a_report(ctx: click.Context, param: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that cannot hold a report before one is made."""
    del param
    if output is not None and not ctx.resilient_parsing:
        from softpower.index.own import refuse_own
        from softpower.render.documents import refuse_ending
        from softpower.render.files import refuse_unwritable

        refuse_ending(output)
        refuse_unwritable(output)
        refuse_own(output)
    return output


def in_csv(given: Mapping[str, Any]) -> bool:
    """Say whether an answer is asked for as CSV."""
    form, output = given.get("form"), given.get("output")
    return form == "csv" or (
        form is None and output is not None and output.suffix.lower() == ".csv"
    )


def has_charts(given: Mapping[str, Any]) -> bool:
    """Say whether an answer is asked for in a form that holds its charts."""
    output = given.get("output")
    ending = output.suffix.lower() if output is not None else ""
    return is_picture(given) or ending in {".html", ".json"} or given.get("form") == "json"


def is_picture(given: Mapping[str, Any]) -> bool:
    """Say whether an answer is asked for as a picture."""
    output = given.get("output")
    return output is not None and output.suffix.lower() in {".svg", ".png", ".pdf"}


def refuse_unfit(given: Mapping[str, Any]) -> None:
    """Refuse options that do not go with the form that is asked for, before any work is done."""
    form, output = given.get("form"), given.get("output")
    if given.get("chart") and (output is not None or form not in {None, "table"}):
        raise click.UsageError(
            "--chart draws below a table in the terminal or a pipe. For a picture in a file, take "
            "its ending: -o FILE.svg"
        )
    if given.get("map") and not has_charts(given):
        raise click.UsageError("A map needs a file: --map -o map.svg, .png, .pdf or .html.")
    for name in ("table", "columns"):
        if given.get(name) and is_picture(given):
            raise click.UsageError(f"--{name} chooses among tables, and a picture has none.")
    looks = [name for name in ("width", "title", "theme", "tall") if given.get(name) is not None]
    if "chart" in given and looks and not is_picture(given):
        raise click.UsageError(
            f"--{looks[0]} says how a picture looks, and goes with -o FILE.svg, .png or .pdf."
        )
    if given.get("bom") and (output is None or not in_csv(given)):
        raise click.UsageError("--bom marks a file of CSV, and goes with -o FILE.csv only.")
