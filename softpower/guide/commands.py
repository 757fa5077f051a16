"""Pages about commands and options, as the command line declares them."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict

import click

from softpower.guide.page import Page


def command_pages(group: click.Group) -> list[Page]:
    """Return a page for each command."""
    return [_page(group, command) for command in group.commands.values()]


def options_page(group: click.Group) -> Page:
    """Return the page of all options, each with the commands that take it."""
    meanings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for command in group.commands.values():
        for option in _options(command):
            value, meaning = _meaning(command, option)
            shown = f"`{option.opts[-1]} {value}`. {meaning}" if value else meaning
            meanings[_heading(option)][shown].append(str(command.name))
    text = ["# Options", "Every option of every command, and what it does."]
    for heading in sorted(meanings, key=lambda each: each.strip("`-")):
        text.append(f"## {heading}")
        for meaning, names in meanings[heading].items():
            text.append(f"{meaning}\n\nGoes with {_listed(names)}.")
    return Page("reference/options", "\n\n".join(text) + "\n", topics=True)


def _page(group: click.Group, command: click.Command) -> Page:
    context = click.Context(command, info_name=command.name, parent=click.Context(group))
    usage = " ".join(["softpower", str(command.name), *command.collect_usage_pieces(context)])
    text = [f"# softpower {command.name}", *_paragraphs(command.help or "")]
    text.append(f"```sh\n{usage}\n```")
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    if arguments:
        text.append("## Arguments")
        text.append("\n".join(f"- `{_metavar(e, context)}`: {e.help}" for e in arguments))
    by_group: dict[str, list[str]] = defaultdict(list)
    for option in _options(command):
        value, meaning = _meaning(command, option)
        spelled = ", ".join(f"`{each}`" for each in option.opts[:-1])
        spelled += f"{', ' if spelled else ''}`{option.opts[-1]}{f' {value}' if value else ''}`"
        line = f"- {spelled}: {meaning}"
        by_group[getattr(option, "group", "Options")].append(line)
    by_group["Options"] = by_group.pop("Options", [])
    for title, lines in by_group.items():
        if lines:
            text += [f"## {title}", "\n".join(lines)]
    if examples := getattr(command, "examples", ()):
        text += ["## Examples", "```sh\n" + "\n".join(examples) + "\n```"]
    return Page(f"reference/commands/{command.name}", "\n\n".join(text) + "\n")


def _options(command: click.Command) -> list[click.Option]:
    return [each for each in command.params if isinstance(each, click.Option) and not each.hidden]


def _heading(option: click.Option) -> str:
    return ", ".join(f"`{each}`" for each in sorted(option.opts, key=len, reverse=True))


def _metavar(argument: click.Argument, context: click.Context) -> str:
    return argument.make_metavar(context)


def _meaning(command: click.Command, option: click.Option) -> tuple[str, str]:
    """Return what the help says of an option: its value, and what it does."""
    shown, words = option.get_help_record(click.Context(command)) or ("", "")
    return shown.rpartition(option.opts[-1])[2].strip(), re.sub(r"\s+", " ", words).strip()


def _paragraphs(text: str) -> list[str]:
    parts = inspect.cleandoc(text).replace("\b\n", "").split("\n\n")
    return [re.sub(r"\s+", " ", part).replace("``", "`") for part in parts]


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
