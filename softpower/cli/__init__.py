"""The command line: a command parses, asks one question, and hands the answer to render."""

from __future__ import annotations

import gc
import os

import click

from softpower.cli.audit import audit
from softpower.cli.check import check
from softpower.cli.claim import claim
from softpower.cli.command import Group
from softpower.cli.compare import compare
from softpower.cli.explain import explain
from softpower.cli.explore import explore
from softpower.cli.export import export
from softpower.cli.flip import flip
from softpower.cli.guide import guide
from softpower.cli.import_ import import_
from softpower.cli.infer import infer
from softpower.cli.list import list_
from softpower.cli.methods import methods
from softpower.cli.new import new
from softpower.cli.reach import reach
from softpower.cli.report import report
from softpower.cli.reproduce import reproduce
from softpower.cli.robustness import robustness
from softpower.cli.schema import schema
from softpower.cli.score import score
from softpower.cli.sensitivity import sensitivity
from softpower.cli.show import show
from softpower.cli.streams import secure
from softpower.cli.study import study
from softpower.version import __version__

WELCOME = """\
softpower ranks countries by indices of soft power, and shows what the ranking is
made of: which indicators, which weights, how they are normalised and added up.
Every choice can be read, changed and stressed.

Try these first:

  softpower list                             the indices on hand
  softpower score open-soft-power --top 20   a ranking of real countries
  softpower show open-soft-power             what that index is made of
  softpower guide                            all that can be asked, with examples

All commands: softpower --help"""


@click.group(
    cls=Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.option("-v", "verbose", is_flag=True, help="With --version, also say what counts draws.")
@click.pass_context
def main(ctx: click.Context, version: bool, verbose: bool) -> None:
    """Rank countries by soft power, and see what the ranking is made of."""
    if version:
        click.echo(f"softpower, version {__version__}")
        if verbose:
            from softpower.engine.sampling.kernel.loading import in_words

            click.echo(f"Draws are counted by: {in_words()}")
        ctx.exit()
    if verbose:
        raise click.UsageError("-v goes with --version: softpower --version -v.")
    if ctx.invoked_subcommand is None:
        click.echo(WELCOME)


for title, commands in {
    "How do files become an index?": (import_, new, check),
    "What is the ranking, and what is it made of?": (list_, show, score, explain, reproduce),
    "How does it shift, and which choice moves it?": (compare, claim),
    "How much of it is noise in the method or the figures?": (robustness, sensitivity),
    "Which weights would overturn it?": (reach, flip, infer),
    "Is the index itself sound?": (audit,),
    "How is it shown, handed over and repeated?": (report, explore, export, study),
    "What can be chosen, and what do words mean?": (methods, schema, guide),
}.items():
    main.add_question(title, commands)


def run() -> None:
    """Run the command line."""
    secure()
    # Looking for pydantic plugins reads the metadata of every installed package at each start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Threads of the linear algebra cost more to start than they save on tables of countries.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Pictures are drawn for files, whatever a notebook draws on.
    os.environ.pop("MPLBACKEND", None)
    # A command is over before it would pay to look for cycles of garbage.
    gc.disable()
    main(prog_name="softpower")
