"""Asking the questions of a study, each as the command line would, with one reading of it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from softpower.cli.command import TAKER, Option
from softpower.cli.forms import refuse_unfit
from softpower.cli.progress import begun
from softpower.cli.steps import REMARKS

if TYPE_CHECKING:
    from softpower.analysis.study.package import Answered, Lacking
    from softpower.answer import Answer
    from softpower.index.study import Question, Study

ELSEWHERE = {
    "list": "what is installed is no part of a study",
    "check": "what is wrong with an index is told before a study is made",
    "import": "a study asks of an index that is there",
}
"""Commands with an answer that a study does not keep, and why."""


def answered(study: Study, *, again: bool = False) -> tuple[list[Answered], list[Lacking]]:
    """Return the questions of a study with their answers, and what of them cannot be made here.

    An index is read and scored once. What has to be installed for one output is no hindrance to
    the others.

    Parameters
    ----------
    study
        What is asked.
    again
        Whether the questions have been told already.

    Raises
    ------
    InputError
        If a question cannot be answered, with its place.
    """
    from softpower.analysis.study.package import Answered
    from softpower.engine.run import scored_once

    found: list[Answered | Lacking] = []
    with chdir(study.folder), scored_once():
        for question in study.questions:
            if not again:
                of = f"Question {question.number} of {len(study.questions)}"
                begun(f"{of}: {' '.join(question.words)}")
            found += _asked(question)
    made = [each for each in found if isinstance(each, Answered)]
    return made, [each for each in found if not isinstance(each, Answered)]


def _asked(question: Question) -> Iterator[Answered | Lacking]:
    """Yield a question with its answer, and what of it cannot be made; or refuse it."""
    from softpower.errors import InputError, SoftpowerError

    try:
        yield from _shown(question, *_answer(question))
    except click.ClickException as error:
        message = error.format_message()
        raise InputError(message, location=question.location) from error
    except SoftpowerError as error:
        from softpower.cli.wording import in_options

        raise InputError(in_options(str(error)), location=question.location) from error


def _shown(
    question: Question, answer: Answer, look: Mapping[str, Any]
) -> Iterator[Answered | Lacking]:
    """Yield an answer with the files that show it, as its command would write each with -o."""
    from softpower.analysis.study.package import Answered, Lacking
    from softpower.cli.wording import typed_line
    from softpower.errors import MissingExtraError
    from softpower.render.saving import rendered

    def written(output: str) -> bytes:
        line = typed_line([*question.words, "-o", output])
        told = {**answer.provenance, "command": line}
        whole = replace(answer, provenance=told, notes=answer.whole_notes)
        return rendered(whole, Path(output), **(look if output in question.outputs else {}))

    files: dict[str, bytes] = {}
    for output in question.outputs:
        try:
            files[output] = written(output)
        except MissingExtraError as error:
            yield Lacking(question, (output,), error)
    yield Answered(question, answer, files, written(question.answer))


def _answer(question: Question) -> tuple[Answer, Mapping[str, Any]]:
    """Return the answer of the command that a question names, and how its files are to look."""
    ctx = click.get_current_context()
    root = ctx.find_root()
    group = root.command
    assert isinstance(group, click.Group)  # noqa: S101 - the group of all commands
    name, command, rest = group.resolve_command(root, list(question.words))
    assert command is not None  # noqa: S101 - else it is refused
    _refuse_unfit(str(name), command)
    taken: list[tuple[Answer, Mapping[str, Any]]] = []

    def take(answer: Answer, *, partial: bool, **look: Any) -> None:
        if partial:
            raise click.Abort
        taken.append((answer, look))

    ctx.meta.pop(REMARKS, None)
    ctx.meta[TAKER] = take
    try:
        with command.make_context(name, rest, parent=root) as inner:
            _refuse_form(inner, question.outputs)
            command.invoke(inner)
    finally:
        del ctx.meta[TAKER]
    return taken[0]


def _refuse_unfit(name: str, command: click.Command) -> None:
    """Refuse a command that has no answer to keep."""
    outputs = any(isinstance(p, Option) and p.to == "output.output" for p in command.params)
    if name in ELSEWHERE or not outputs:
        why = ELSEWHERE.get(name, "it has no answer in tables or charts")
        raise click.UsageError(f"{name} is no question of a study: {why}.")


def _refuse_form(ctx: click.Context, outputs: Iterable[str]) -> None:
    """Refuse words that say what the outputs of the study say, or do not go with them."""
    for name, word in {"form": "-f", "output": "-o", "chart": "--chart"}.items():
        if ctx.params.get(name):
            raise click.UsageError(f"{word} is said by the outputs of the study. Leave it out.")
    for output in outputs:
        refuse_unfit({**ctx.params, "output": Path(output)})
