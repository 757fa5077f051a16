"""The files of a package: what is asked, what it is computed from, and what came out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from softpower.analysis.shared.resources import licence, resource
from softpower.analysis.study.crate import METADATA, crate
from softpower.analysis.study.manifest import (
    FORMAT,
    MANIFEST,
    Manifest,
    PackedFile,
    PackedQuestion,
    seed_of,
    sha256,
    versions,
)
from softpower.analysis.study.texts import citation, licences, readme
from softpower.answer import Answer
from softpower.errors import InputError, MissingExtraError
from softpower.index.index import Index
from softpower.index.study import Question, Study
from softpower.index.text import listed
from softpower.version import __version__

DESCRIPTOR = "datapackage.json"
TOLD = (MANIFEST, "README.md", "LICENCES.md", "CITATION.cff", DESCRIPTOR, METADATA)
"""The files that tell of a package and of the others."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What of a question could not be made here, and why."""

    question: Question
    outputs: tuple[str, ...]
    why: MissingExtraError


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a study with its answer, and the files that show it."""

    question: Question
    answer: Answer
    files: Mapping[str, bytes]
    """Its outputs by their names."""
    whole: bytes
    """The answer as JSON."""


def refuse_uncited(study: Study) -> None:
    """Refuse to pack what nobody could cite.

    Raises
    ------
    InputError
        If the study has no authors or no date.
    """
    for key, line in {"authors": 'authors = ["Your Name"]', "date": "date = 2026-11-27"}.items():
        if not getattr(study.declared, key):
            raise InputError(
                f'The key "{key}" is missing, by which a package is cited.',
                location=study.place(),
                mend=f"Add a line such as {line}",
            )


def refuse_lacking(lacking: Sequence[Lacking]) -> None:
    """Refuse to pack a study of which something could not be made.

    Raises
    ------
    InputError
        If there is such a thing, with its place and what to install.
    """
    for each in lacking:
        raise InputError(
            f"{listed(each.outputs)} cannot be made here. {each.why.what}",
            location=each.question.location,
            mend=each.why.mend,
        )


def packed(
    study: Study,
    answered: Sequence[Answered],
    inputs: Mapping[str, bytes],
    indices: Sequence[Index],
) -> dict[str, bytes]:
    """Return the files of the package of a study by their names."""
    indices = sorted(indices, key=lambda index: index.id)  # the same wherever they stand
    answers = {each.question.answer: each.whole for each in answered}
    outputs = {name: data for each in answered for name, data in each.files.items()}
    if taken := sorted({*inputs, *outputs} & set(TOLD)):
        raise InputError(
            f"{taken[0]} is a name that a package has of its own.",
            location=study.place(),
            mend=(
                "Take another name for the output."
                if taken[0] in outputs
                else "Put the index into a folder of its own beside the study."
            ),
        )
    if twice := sorted(set(inputs) & set(outputs)):
        raise InputError(
            f"{twice[0]} is written by a question, and is read by one.",
            location=study.place(),
            mend="Take another name for the output.",
        )
    questions = tuple(map(_question, answered))
    about = {
        "README.md": readme(study, indices, questions).encode(),
        "LICENCES.md": licences(study, indices).encode(),
        "CITATION.cff": citation(study, indices).encode(),
    }
    roles = {"input": inputs, "answer": answers, "output": outputs, "about": about}
    manifest = Manifest(
        format=FORMAT,
        versions=versions(),
        questions=questions,
        files={
            name: PackedFile(sha256=sha256(data), bytes=len(data), role=role)
            for role, files in roles.items()
            for name, data in sorted(files.items())
        },
    )
    files = {**inputs, **answers, **outputs, **about}
    files[MANIFEST] = _json(manifest.model_dump(mode="json"))
    files[DESCRIPTOR] = _json(_descriptor(study, files))
    files[METADATA] = _json(crate(study, files, manifest))
    return files


def _question(each: Answered) -> PackedQuestion:
    return PackedQuestion(
        command=str(each.answer.provenance["command"]),
        answer=each.question.answer,
        outputs=each.question.outputs,
        holds=each.answer.holds,
        complete=each.answer.complete,
        seed=seed_of(each.answer.provenance),
    )


def _descriptor(study: Study, files: Mapping[str, bytes]) -> dict[str, object]:
    """Return the descriptor of a data package."""
    declared = study.declared
    found = {
        "profile": "data-package",
        "name": slug(declared.title),
        "title": declared.title,
        "description": declared.summary,
        "homepage": declared.url,
        "created": f"{declared.date}T00:00:00Z",
        "contributors": [{"title": name, "role": "author"} for name in declared.authors],
        "licenses": [licence(declared.licence)] if declared.licence else None,
        "resources": [resource(name, data) for name, data in sorted(files.items())],
        "softpower": {"version": __version__},
    }
    return {key: value for key, value in found.items() if value}


def slug(title: str) -> str:
    """Return a title as a name in small letters."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.casefold()).split()
    return "-".join(words) or "study"


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
