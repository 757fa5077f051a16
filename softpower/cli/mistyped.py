"""What a person may mean who mistypes a line: said with the line to be typed instead."""

from __future__ import annotations

from collections.abc import Sequence

import click

from softpower.cli.stray import RULES, Words
from softpower.cli.wording import quoted

MEANT = {
    "chart": "score INDEX --chart",
    "countries": "score INDEX",
    "country": "explain INDEX COUNTRY",
    "create": "new FOLDER",
    "help": "--help",
    "index": "list",
    "indexes": "list",
    "indices": "list",
    "init": "new FOLDER",
    "pillars": "show INDEX",
    "plot": "score INDEX -o FILE.svg",
    "rank": "score INDEX",
    "ranking": "score INDEX",
    "rankings": "score INDEX",
    "ranks": "score INDEX",
    "top": "score INDEX --top 20",
    "uncertainty": "robustness INDEX",
    "validate": "check FOLDER",
    "variants": "show INDEX",
    "version": "--version",
    "versus": "explain INDEX COUNTRY --versus COUNTRY",
    "weights": "show INDEX",
    "why": "explain INDEX COUNTRY",
}
"""What to type for a word that people take for a command."""


def misplaced(ctx: click.Context, typed: Sequence[str], left: Sequence[str]) -> click.UsageError:
    """Return what is said of words that a command has no place for, with the line to be typed."""
    words = Words(ctx.command, tuple(typed), tuple(left), ctx.params.get("run"))
    for rule in RULES:
        if (found := rule(words)) is not None:
            what, right = found
            return click.UsageError(f"{what} Type: {_line(ctx, right)}", ctx)
    return click.UsageError(
        f"There is no place here for {' '.join(map(repr, left))}. What the command takes: "
        f"{ctx.command_path} --help",
        ctx,
    )


OPTIONS = {
    "--countries": "--country NAME, once for each",
    "--csv": "-f csv",
    "--drop": "--omit NAME",
    "--exclude": "--omit NAME",
    "--html": "-o FILE.html",
    "--iterations": "--draws N",
    "--json": "-f json",
    "--latex": "-f latex",
    "--markdown": "-f markdown",
    "--n": "--top N",
    "--plot": "--chart, or -o FILE.svg",
    "--samples": "--draws N",
    "--sims": "--draws N",
    "--simulations": "--draws N",
    "--variant": "INDEX@VARIANT",
    "--vs": "--versus NAME",
    "--without": "--omit NAME",
    "--xlsx": "-o FILE.xlsx",
}
"""What to type for a word that people take for an option."""


def refuse_behind_dashes(ctx: click.Context, typed: Sequence[str]) -> None:
    """Refuse options behind ``--``, which ends them, with the line to be typed.

    Raises
    ------
    click.UsageError
        If there are any.
    """
    at = typed.index("--")
    options = {name: param for param in ctx.command.params for name in param.opts}
    moved: list[str] = []
    kept: list[str] = []
    behind = iter(typed[at + 1 :])
    for word in behind:
        name, equals, _ = word.partition("=")
        param = options.get(name) if name.startswith("-") else None
        if not isinstance(param, click.Option):
            kept.append(word)
            continue
        moved.append(word)
        if not (equals or param.is_flag):
            moved += [value for value in (next(behind, None),) if value is not None]
    if moved:
        line = _line(ctx, (*typed[:at], *moved, *(("--", *kept) if kept else ())))
        raise click.UsageError(f"Options stand before the two dashes alone. Type: {line}", ctx)


def no_such_option(error: click.NoSuchOption, typed: Sequence[str]) -> click.UsageError:
    """Return what is said of an option that a command lacks: what to type, or who has it."""
    ctx = error.ctx
    if error.option_name in OPTIONS:
        meant = OPTIONS[error.option_name]
        return click.UsageError(f"There is no option {error.option_name}. Type: {meant}", ctx)
    options = {name for param in (ctx.command.params if ctx else ()) for name in param.opts}
    if ctx is not None and "--set" in options and (right := _as_setting(error, typed)):
        what = f"{error.option_name[2:]} is a setting, and no option."
        return click.UsageError(f"{what} Type: {_line(ctx, right)}", ctx)
    for at, word in enumerate(typed):
        long = f"-{word}"
        if ctx is not None and len(word) > 2 and long.partition("=")[0] in options:
            line = _line(ctx, (*typed[:at], long, *typed[at + 1 :]))
            return click.UsageError(f"{long} begins with two dashes. Type: {line}", ctx)
    above = ctx if ctx is None or isinstance(ctx.command, click.Group) else ctx.parent
    group = above.command if above is not None else None
    if ctx is None or not isinstance(group, click.Group):
        return error
    having = [
        name
        for name, command in group.commands.items()
        if any(error.option_name in param.opts for param in command.params)
    ]
    if not having:
        return error
    return click.UsageError(
        f"{ctx.info_name} has no option {error.option_name}. It goes with: {', '.join(having)}.",
        ctx,
    )


def _as_setting(error: click.NoSuchOption, typed: Sequence[str]) -> list[str]:
    """Return a line in which a setting is set that was taken for an option; nothing for others."""
    from softpower.engine.asked import is_setting

    name = error.option_name.removeprefix("--")
    if not is_setting(name):
        return []
    words = iter(typed)
    line: list[str] = []
    for word in words:
        option, equals, value = word.partition("=")
        if option == error.option_name:
            line += ["--set", f"{name}={value if equals else next(words, 'VALUE')}"]
        else:
            line.append(word)
    return line


def missing(error: click.MissingParameter, typed: Sequence[str]) -> click.UsageError:
    """Return what is said where an argument is missing: which indices there are."""
    from softpower.index.find import shipped

    ctx, param = error.ctx, error.param
    if ctx is None or param is None:
        return error
    if param.name in {"run", "runs", "index"}:
        ids = ", ".join(shipped())
        mend = f"Type: {_line(ctx, ('open-soft-power', *typed))}"
        return click.UsageError(f"Which index? {mend}\nOn hand: {ids}", ctx)
    word = next((word for word in typed if not word.startswith("-")), "")
    if param.name == "claims" and (" " in word or ">" in word or "<" in word):
        mend = _line(ctx, ("open-soft-power", *typed))
        return click.UsageError(f"The index comes before the claim. Type: {mend}", ctx)
    examples = getattr(ctx.command, "examples", ())
    such = f" Such as: {examples[0]}" if examples else ""
    return click.UsageError(f"{error.format_message()}{such}", ctx)


def no_such_command(ctx: click.Context, typed: Sequence[str]) -> click.UsageError:
    """Return what is said of a word that is no command: what to type instead."""
    from softpower.countries import find
    from softpower.errors import did_you_mean
    from softpower.index.find import identified, shipped
    from softpower.index.name import split_name

    word, *rest = typed
    group = ctx.command
    known = list(group.commands) if isinstance(group, click.Group) else []
    if word.casefold() == "help" and rest and rest[0] in known:
        mend = f"Type: softpower {rest[0]} --help"
    elif word.casefold() in MEANT:
        meant = MEANT[word.casefold()]
        if rest and "INDEX" in meant and not rest[0].isdecimal():
            meant = " ".join([meant.split()[0], *map(quoted, rest)])
        mend = f"Type: softpower {meant}"
    elif identified(split_name(word).identifier) in shipped():
        mend = f"It is an index. Type: softpower score {quoted(word)}"
    elif (country := find(word)) is not None:
        mend = f"It is a country. Type: softpower explain open-soft-power {quoted(country.name)}"
    else:
        mend = did_you_mean(word, known) or "Commands: softpower --help"
    return click.UsageError(f"There is no command {word!r}. {mend}", ctx)


def _line(ctx: click.Context, words: Sequence[str]) -> str:
    """Return a line to be typed."""
    return " ".join([ctx.command_path, *map(quoted, words)])
