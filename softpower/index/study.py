"""A study: questions that belong together, as ``study.toml`` declares them."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from softpower.errors import FolderError, InputError, Location, UsageError, did_you_mean
from softpower.index.fields import Id, InvalidValueError, Prose, Title, Url
from softpower.index.reading.content import read_text
from softpower.index.reading.declaration import validated
from softpower.index.reading.locate import Lines
from softpower.index.reading.problems import ProblemCollector
from softpower.methods.model import Model

STUDY = "study.toml"
"""What the file is called in a package."""

TAKEN = ("answers", "indices")
"""Folders of a package that hold no outputs."""

HELP = "softpower study --help"

_RUN = re.compile(r"\{([A-Za-z][\w-]*)\}")
_WINDOWS = re.compile(r'[<>:"|?*\\]')


Item = TypeVar("Item")


def _relative(path: str) -> str:
    """Return the path of an output as it is written, or refuse it."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or _WINDOWS.search(path):
        raise InvalidValueError(
            f"{path!r} is no place beside the study",
            'Write a name such as "table1.tex" or "tables/table1.tex".',
        )
    plain = str(PurePosixPath(path))
    if parts[0] in TAKEN or plain == STUDY:
        raise InvalidValueError(
            f"{path!r} is a name that a package has of its own", "Take another name."
        )
    return plain


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise InvalidValueError("it is empty", "Give at least one.")
    return items


Output = Annotated[str, AfterValidator(_relative)]


class QuestionFile(Model):
    """One ``[[questions]]``: the words of a command, and the files that its answer fills."""

    command: str = Field(min_length=1, description="What follows softpower on the command line.")
    outputs: Annotated[tuple[Output, ...], AfterValidator(_some)] = Field(
        description="Files for the answer; the ending says the form."
    )
    title: Title = Field("", description="What is asked, for the reader of the package.")


class StudyFile(Model):
    """What ``study.toml`` says."""

    title: Title
    authors: tuple[Title, ...] = Field((), description="Who wrote it.")
    date: dt.date | None = Field(None, description="The day of this version.")
    licence: Prose = Field("", description="The terms of the outputs, such as CC BY 4.0.")
    url: Url | None = Field(None, description="Where the paper is found.")
    summary: Prose = Field("", description="What it finds, in a sentence or two.")
    runs: dict[Id, str] = Field(
        default_factory=dict, description="Words that commands share, written there as {NAME}."
    )
    questions: Annotated[tuple[QuestionFile, ...], AfterValidator(_some)]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a study, with the runs that it names written out."""

    number: int
    words: tuple[str, ...]
    outputs: tuple[str, ...]
    title: str
    location: Location

    @property
    def command(self) -> str:
        """The name of the command that answers it."""
        return self.words[0]

    @property
    def answer(self) -> str:
        """The file of a package that holds its answer at full precision."""
        return f"answers/{self.number}.json"


@dataclass(frozen=True, slots=True)
class Study:
    """What a study declares, and where it stands."""

    declared: StudyFile
    folder: Path
    text: str
    lines: Lines
    name: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions, in their order."""
        return tuple(self._question(*each) for each in enumerate(self.declared.questions, 1))

    def place(self, *key: str) -> Location:
        """Return where a key stands in the file."""
        return Location(self.name, self.lines.of(key), ".".join(key) or None)

    def _question(self, number: int, asked: QuestionFile) -> Question:
        location = self.place("questions", str(number), "command")
        try:
            words = shlex.split(_RUN.sub(lambda found: self._run(found[1]), asked.command))
        except ValueError as error:
            raise InputError(
                "A quotation mark is opened and not closed.", location=location, mend="Close it."
            ) from error
        except UsageError as error:
            raise InputError(error.what, location=location, mend=error.mend) from error
        if words[:1] == ["softpower"]:
            words = words[1:]
        if not words:
            raise InputError("It asks nothing.", location=location, mend=f"See: {HELP}")
        return Question(number, tuple(words), asked.outputs, asked.title, location)

    def _run(self, name: str) -> str:
        if name not in self.declared.runs:
            known = self.declared.runs
            mend = did_you_mean(name, known) or f'Write {name} = "INDEX@VARIANT" under [runs].'
            raise UsageError(f"There is no run {{{name}}}.", mend=mend)
        return self.declared.runs[name]


def read_study(path: Path, name: str | None = None) -> Study:
    """Return a study that has been read and makes sense in itself.

    Parameters
    ----------
    path
        The file.
    name
        What messages call it, its path by default.

    Raises
    ------
    InputError
        If there is no such file, or it is no text.
    FolderError
        If keys are missing, unknown or of a wrong kind, or two outputs have one name.
    """
    name = name or str(path)
    if not path.is_file():
        raise InputError(
            "There is no such study.",
            location=Location(name),
            mend=f"It is a file such as study.toml; see: {HELP}",
        )
    text = read_text(path.resolve().parent, path.resolve())
    lines = Lines(text)

    def said(message: str) -> str:
        for other in ("softpower schema", "softpower methods", "what softpower new writes"):
            message = message.replace(other, HELP)
        return message.replace(f"//{path.name}", name)

    problems = ProblemCollector("/", said)
    declared = validated(text, StudyFile, path.name, lines, problems)
    if declared is not None:
        _refuse_twice(declared, lines, problems, path.name)
    if declared is None or problems.count:
        raise FolderError(name, problems.errors)
    study = Study(declared, path.resolve().parent, text, lines, name)
    for question in study.questions:  # says what is wrong before anything is computed
        del question
    return study


def _refuse_twice(declared: StudyFile, lines: Lines, problems: ProblemCollector, name: str) -> None:
    """Note outputs that two questions would write."""
    taken: dict[str, int] = {}
    for number, question in enumerate(declared.questions, 1):
        for output in question.outputs:
            first = taken.setdefault(output.casefold(), number)
            if first != number or question.outputs.count(output) > 1:
                line = lines.of(("questions", str(number), "outputs"))
                key = f"questions.{number}.outputs"
                what = f"{output} is written twice, first by question {first}."
                problems.error(what, problems.file(name, line, key), "Take another name.")
