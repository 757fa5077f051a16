"""The shape of a command: options in groups, examples in the help, errors in one place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from softpower.cli.progress import INTERRUPTED
from softpower.errors import SoftpowerError

LACK_OF_MEMORY = (
    "There is not enough memory for this. "
    "Ask for less at once: fewer units, combinations or stages."
)


class Option(click.Option):
    """An option that belongs to a group of the help."""

    def __init__(self, *args: Any, group: str = "Options", **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)


class Command(click.Command):
    """A command whose help shows examples that work."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        self.examples = tuple(examples)
        kwargs.setdefault("context_settings", {}).setdefault("max_content_width", 100)
        super().__init__(*args, **kwargs)

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

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command from the words of the command line; Ctrl-C is an exit status too."""
        inner: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return inner(*args, standalone_mode=False, **extra)
        try:
            status = inner(*args, standalone_mode=False, **extra)
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except click.Abort:
            click.echo("Interrupted: there is no answer yet.", err=True)
            status = INTERRUPTED
        sys.exit(status)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a person did wrong becomes a message and an exit status."""
        try:
            return super().invoke(ctx)
        except SoftpowerError as error:
            click.echo(f"Error: {printable(str(error))}", err=True)
            return ctx.exit(error.exit_status)
        except BrokenPipeError:
            raise
        except MemoryError:
            click.echo(f"Error: {LACK_OF_MEMORY}", err=True)
            return ctx.exit(1)
        except OSError as error:
            click.echo(f"Error: The output cannot be written: {error.strerror}.", err=True)
            return ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which people need them."""
        del ctx
        return list(self.commands)


def printable(text: str) -> str:
    """Return a text without control characters but line breaks."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def option(*names: str, group: str = "Options", **settings: Any) -> Callable[[Any], Any]:
    """Return a decorator that adds an option in a group of the help."""
    return click.option(*names, cls=Option, group=group, **settings)
