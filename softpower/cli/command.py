"""The shape of a command: options in groups, examples in the help, errors in one place."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from warnings import catch_warnings, simplefilter

import click

from softpower.cli.forms import in_csv, is_picture, refuse_unfit
from softpower.cli.progress import INTERRUPTED
from softpower.cli.request import Request
from softpower.errors import DoubtWarning, SoftpowerError

TYPED = "softpower.typed"
"""Where a command keeps the words that were typed, from its name on."""

TAKER = "softpower.taker"
"""Where a study says what takes the answer of a question, in place of a form or a file."""

LACK_OF_MEMORY = (
    "There is not enough memory for this. "
    "Ask for less at once: fewer units, combinations or stages."
)


class Option(click.Option):
    """An option that belongs to a group of the help.

    Parameters
    ----------
    group
        The heading in the help.
    to
        Where in the `Request` the value goes, such as ``selection.top``; it is a parameter of the
        command's own if left out.
    in_csv
        For how many of its values the one table of CSV has room, ``None`` for any number.
    drawn
        Whether a picture shows what it adds.
    shown_in
        Which tables show something of it, where ``--table`` may leave them out.
    """

    def __init__(
        self,
        *args: Any,
        group: str = "Options",
        to: str | None = None,
        in_csv: int | None = None,
        drawn: bool = True,
        shown_in: Callable[[str], bool] = bool,
        **kwargs: Any,
    ) -> None:
        self.group = group
        self.to = to
        self.in_csv = in_csv
        self.drawn = drawn
        self.shown_in = shown_in
        super().__init__(*args, **kwargs)

    def refuse_in_csv(self, value: Any) -> None:
        """Refuse values that ask for tables which CSV has no room for."""
        count = len(value) if isinstance(value, tuple) else bool(value)
        if self.in_csv is not None and count > self.in_csv:
            raise click.UsageError(
                f"CSV has room for one table, and not for what {self.opts[-1]} adds. Take -f json "
                "or -o FILE.xlsx."
            )

    def refuse_in_picture(self, value: Any) -> None:
        """Refuse a value that adds what a picture does not show."""
        if value and not self.drawn:
            raise click.UsageError(
                f"A picture does not show what {self.opts[-1]} adds. Leave it out, or take -f json "
                "or -o FILE.xlsx."
            )

    def refuse_beside_table(self, value: Any, table: str) -> None:
        """Refuse a value that adds nothing to the one table that is asked for."""
        if value and not self.shown_in(table):
            raise click.UsageError(
                f"The table {table} shows nothing of what {self.opts[-1]} adds. Leave out one of "
                "the two."
            )


class Command(click.Command):
    """A command whose help shows examples that work."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        self.examples = tuple(examples)
        kwargs.setdefault("context_settings", {}).setdefault("max_content_width", 100)
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, and refuse options of which less than they say would be done."""
        given = list(args)
        ctx.meta[TYPED] = [str(ctx.info_name), *given]
        if "--" in given and not ctx.resilient_parsing:
            from softpower.cli.mistyped import refuse_behind_dashes

            refuse_behind_dashes(ctx, given)
        ctx.allow_extra_args = True
        rest = self._read(ctx, args, given)
        if not ctx.resilient_parsing:
            if ctx.args:
                from softpower.cli.mistyped import misplaced

                raise misplaced(ctx, given, ctx.args)
            self._refuse_repeated(ctx, given)
            if TAKER not in ctx.meta:
                refuse_unfit(ctx.params)
            for param in self.params:
                if isinstance(param, Option):
                    value = ctx.params.get(str(param.name))
                    if is_picture(ctx.params):
                        param.refuse_in_picture(value)
                    elif in_csv(ctx.params) and not ctx.params.get("table"):
                        param.refuse_in_csv(value)
        return rest

    def _read(self, ctx: click.Context, args: list[str], given: list[str]) -> list[str]:
        """Read the arguments, and say what may be meant by those that are not known."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from softpower.cli.mistyped import no_such_option

            raise no_such_option(error, given) from error
        except click.BadOptionUsage as error:  # the parser does not say of which command
            raise click.BadOptionUsage(error.option_name, error.message, ctx) from error
        except click.MissingParameter as error:
            from softpower.cli.mistyped import missing

            raise missing(error, given) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command with its own parameters, and one request for those that it shares."""
        shared = [(p.to, str(p.name)) for p in self.params if isinstance(p, Option) and p.to]
        if shared:
            request = Request.of([(to, ctx.params.pop(name)) for to, name in shared])
            ctx.params["request"] = request
        return super().invoke(ctx)

    def _refuse_repeated(self, ctx: click.Context, args: list[str]) -> None:
        """Refuse an option that takes one value and is given a second one."""
        _, _, order = self.make_parser(ctx).parse_args(args)
        for param, count in Counter(order).items():
            once = isinstance(param, click.Option) and not (param.multiple or param.is_flag)
            if once and count > 1:
                raise click.UsageError(f"{param.opts[-1]} is given twice.", ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by group, then the examples."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                groups.setdefault(getattr(param, "group", "Options"), []).append(record)
        groups["Options"] = groups.pop("Options", [])
        for title, records in groups.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{example}\n")


class Group(click.Group):
    """The group of all commands, and the one place where an error becomes a message."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: dict[str, list[str]] = {}
        """The names of the commands by the question that they answer."""

    def add_question(self, title: str, commands: Sequence[click.Command]) -> None:
        """Add the commands that answer a question, under its title in the help."""
        for command in commands:
            self.add_command(command)
        self.questions[title] = [str(command.name) for command in commands]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by question, in the order in which people ask."""
        del ctx
        widest = max(map(len, self.commands))
        limit = formatter.width - 6 - widest
        for title, names in self.questions.items():
            formatter.write(f"\n{title}\n")
            with formatter.indentation():
                formatter.write_dl(
                    [(f"{n:{widest}}", self.commands[n].get_short_help_str(limit)) for n in names]
                )

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; what a person did wrong becomes a message, Ctrl-C too an exit status."""
        inner: Callable[..., Any] = _in_notes(super().main)
        if not extra.pop("standalone_mode", True):
            return inner(*args, standalone_mode=False, **extra)
        try:
            status = inner(*args, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            tell("Interrupted: there is no answer yet.")
            status = INTERRUPTED
        except SoftpowerError as error:
            from softpower.cli.wording import in_options
            from softpower.guide.errors import address_of

            tell_error(in_options(str(error)), address_of(error))
            status = error.exit_status
        except MemoryError:
            tell_error(LACK_OF_MEMORY, "no-memory")
            status = 1
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            tell_error(
                f"{place}The system refuses this: {error.strerror or error}.", "system-refuses"
            )
            status = 1
        sys.exit(status)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the command, and say which commands an option goes with."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from softpower.cli.mistyped import no_such_option

            raise no_such_option(error, given) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named, or refuse the word with what to type instead."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            from softpower.cli.mistyped import no_such_command

            raise no_such_command(ctx, args) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which people need them."""
        del ctx
        return list(self.commands)


def _in_notes(inner: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function without the warnings of doubts, which the answer has as notes."""

    def called(*args: Any, **extra: Any) -> Any:
        with catch_warnings():
            simplefilter("ignore", DoubtWarning)
            return inner(*args, **extra)

    return called


def tell(text: str) -> None:
    """Print on standard error what a person should know, without control characters."""
    shown = (c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
    click.echo("".join(shown), err=True)


def tell_error(text: str, address: str) -> None:
    """Print on standard error what went wrong, and where the guide says more about it."""
    tell(f"Error: {text}" + (f"\nSee: softpower guide {address}" if address else ""))


def option(
    *names: str, group: str = "Options", to: str | None = None, **settings: Any
) -> Callable[[Any], Any]:
    """Return a decorator that adds an option in a group of the help, and sends its value there."""
    return click.option(*names, cls=Option, group=group, to=to, **settings)


def together(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a decorator that adds several options, which the help shows in this order."""

    def decorated(function: Any) -> Any:
        for decorate in reversed(decorators):
            function = decorate(function)
        return function

    return decorated
