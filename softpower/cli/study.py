"""``softpower study``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from softpower.cli.command import Command, option, tell
from softpower.cli.forms import File, Form
from softpower.cli.options import OUTPUT
from softpower.cli.request import Request
from softpower.cli.steps import deliver

if TYPE_CHECKING:
    from softpower.answer import Answer
    from softpower.index.study import Study

EXAMPLE = """\
\b
A study is a file such as study.toml:
  title = "Who gains under equal weights?"
  authors = ["Ada Example"]
  date = 2026-11-27
\b
  [runs]
  base = "open-soft-power"
\b
  [[questions]]
  command = "compare {base} @equal-indicators --top 20"
  outputs = ["table1.tex", "figure1.svg"]"""


@click.command(
    cls=Command,
    short_help="All tables of a paper in one call, to pack and verify.",
    epilog=EXAMPLE,
    examples=(
        "softpower study run study.toml",
        "softpower study pack study.toml -o study.zip",
        "softpower study verify study.zip",
    ),
)
@click.argument(
    "action",
    type=click.Choice(["run", "pack", "verify"]),
    help="run writes the outputs beside the study; pack writes one file with all of it, and "
    "verify computes it again from that.",
)
@click.argument(
    "file",
    type=click.Path(path_type=Path),
    help="The study, or for verify its package, as one file or as a folder.",
)
@option(
    "-o",
    "--output",
    type=File(),
    metavar="FILE.zip",
    group=OUTPUT,
    help="With pack: the package to write.",
)
@option(
    "-f",
    "--format",
    "form",
    to="output.form",
    type=Form(),
    is_eager=True,
    group=OUTPUT,
    help="The form of what is said of it; a table by default.",
)
def study(request: Request, action: str, file: Path, output: Path | None) -> None:
    """Answer the questions of a study, pack it for a colleague, verify a package.

    Each question is a command as it is typed, and its outputs are files as -o writes them. A
    package holds the indices, the commands and versions, and every output with its hash. It is
    verified from itself alone, without a network, and the exit status is 3 where something differs
    beyond rounding. An output that needs a library which is not installed is named with what to
    install, the others are made, and the exit status is 3.
    """
    if (output is not None) != (action == "pack"):
        raise click.UsageError(
            "-o FILE.zip goes with pack, and pack needs it: softpower study pack study.toml -o "
            "study.zip"
        )
    if output is not None and output.suffix.lower() != ".zip":
        raise click.UsageError(f"A package ends in .zip: -o {output.with_suffix('.zip')}")
    if action == "run":
        answer = _run(file)
    elif action == "pack" and output is not None:
        answer = _pack(file, output)
    else:
        answer = _verify(file)
    deliver(answer, **request.output)


def _run(file: Path) -> Answer:
    """Write the outputs of a study beside it, once all of them are there."""
    from softpower.analysis.study.ask import ran
    from softpower.cli.asking import answered
    from softpower.index.own import refuse_own
    from softpower.index.study import read_study
    from softpower.render.files import write_whole

    asked = read_study(file)
    for question in asked.questions:
        for output in question.outputs:
            refuse_own(asked.folder / output)
    found, lacking = answered(asked)
    before = _outputs_there(asked)
    for each in found:
        for name, data in each.files.items():
            (asked.folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(asked.folder / name, data)
    return ran(asked, found, lacking, before)


def _pack(file: Path, output: Path) -> Answer:
    """Write the package of a study, once it has been verified."""
    from softpower.analysis.study.archive import zipped
    from softpower.analysis.study.inputs import inputs_of, refuse_outside
    from softpower.analysis.study.package import packed, refuse_lacking, refuse_uncited
    from softpower.cli.asking import answered
    from softpower.cli.progress import begun
    from softpower.index.find import located_from
    from softpower.index.reading.folder import read
    from softpower.index.study import read_study
    from softpower.render.files import refuse_unwritable, write_whole

    refuse_unwritable(output)
    asked = read_study(file)
    refuse_uncited(asked)
    refuse_outside(asked)
    with located_from() as located:
        found, lacking = answered(asked)
    refuse_lacking(lacking)
    indices = [read(path) for path in sorted(located)]
    files = packed(asked, found, inputs_of(asked, located), indices)
    begun("All of it is computed again from the package, as study verify does.")
    answer = _computed_again(str(output), files, again=True)
    if not answer.holds:
        tell("It is not written, for it does not come out again from itself:")
        return answer
    write_whole(output, zipped(files))
    stale = [n for n, data in _outputs_there(asked).items() if files[n] != data]
    for name in stale:
        tell(f"{name} beside the study is not what is packed. See: softpower study run {file}")
    tell(f"Written to {output}")
    return answer


def _verify(file: Path) -> Answer:
    """Compute a package again."""
    from softpower.analysis.study.archive import unpacked

    return _computed_again(str(file), unpacked(file))


def _computed_again(name: str, files: Mapping[str, bytes], *, again: bool = False) -> Answer:
    """Return what of a package comes out again, from its own inputs in a folder for the time."""
    from tempfile import TemporaryDirectory

    from softpower.analysis.study.ask import verified
    from softpower.analysis.study.inputs import INDICES, refuse_outside, refuse_unpacked
    from softpower.analysis.study.manifest import read_manifest
    from softpower.cli.asking import answered
    from softpower.index.find import located_from
    from softpower.index.study import STUDY, read_study

    manifest = read_manifest(files, name)
    with TemporaryDirectory(prefix="softpower-") as made:
        folder = Path(made).resolve()
        for each in manifest.inputs(files, name):
            (folder / each).parent.mkdir(parents=True, exist_ok=True)
            (folder / each).write_bytes(files[each])
        asked = read_study(folder / STUDY, f"{name}/{STUDY}")
        refuse_outside(asked)
        refuse_unpacked(asked, files)
        with located_from(folder / INDICES):
            found, lacking = answered(asked, again=again)
    return verified(name, manifest, files, found, lacking)


def _outputs_there(asked: Study) -> dict[str, bytes]:
    """Return the outputs that are there already."""
    names = [name for question in asked.questions for name in question.outputs]
    paths = {name: asked.folder / name for name in names}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
