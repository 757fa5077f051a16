"""Which files a study is computed from, by their places in its package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from softpower.errors import InputError
from softpower.index.find import shipped_folder
from softpower.index.plain import plain_files
from softpower.index.reading.store_folder import FolderStore, store_of
from softpower.index.study import STUDY, Question, Study

INDICES = "indices"
"""The folder of a package in which the indices stand that came with softpower."""


def inputs_of(study: Study, located: Iterable[Path]) -> dict[str, bytes]:
    """Return what a study is computed from, its own file included.

    Parameters
    ----------
    study
        A study that has been asked.
    located
        Where the indices stand that were named meanwhile.

    Raises
    ------
    InputError
        If something stands outside the folder of the study, so that a package has no place for
        it, or if two things have one place.
    """
    found = {STUDY: study.text.encode()}
    parts = [*_of_indices(study, sorted(located)), *_of_words(study)]
    for name, data in parts:
        if found.setdefault(name, data) != data:
            raise InputError(
                f"Two files would be {name} in the package.",
                location=study.place(),
                mend="Rename the folder of your own.",
            )
    return found


def refuse_outside(study: Study) -> None:
    """Refuse words that name a file elsewhere, which a package does not reach.

    Raises
    ------
    InputError
        If a question has such a word.
    """
    for question in study.questions:
        for path in _paths(question):
            there = (study.folder / path).resolve()
            if _is_there(there) and not there.is_relative_to(study.folder):
                raise _outside(study, question, path)
            if path.is_absolute() and _is_there(path):
                raise _outside(study, question, path)


def refuse_unpacked(study: Study, files: Mapping[str, bytes]) -> None:
    """Refuse a study that asks for more than its package has.

    Raises
    ------
    InputError
        If an answer or an output is not in it.
    """
    for question in study.questions:
        for name in (question.answer, *question.outputs):
            if name not in files:
                raise InputError(
                    f"It asks for {name}, which is not in the package.",
                    location=question.location,
                    mend="Take the study as it was packed, or pack it again.",
                )


def _outside(study: Study, question: Question, path: Path) -> InputError:
    return InputError(
        f"{path} is not beside the study, and would not be in its package.",
        location=question.location,
        mend=f"Copy it into {study.folder.name}, and name it from there.",
    )


def _of_indices(study: Study, located: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of indices, each in its place."""
    come_along = shipped_folder().resolve()
    for path in located:
        if path.is_relative_to(come_along):
            place = f"{INDICES}/{path.name}"
        elif path.is_relative_to(study.folder):
            place = path.relative_to(study.folder).as_posix()
        else:
            raise InputError(
                f"The index {path} is not beside the study, and would not be in its package.",
                location=study.place(),
                mend=f"Copy it into {study.folder.name}, and name it from there.",
            )
        store = store_of(path)
        if not isinstance(store, FolderStore):
            yield place, path.read_bytes()
            continue
        for name, data in plain_files(store).items():
            yield f"{place}/{name}" if place != "." else name, data


def _of_words(study: Study) -> Iterator[tuple[str, bytes]]:
    """Yield the files that questions name, such as the weights of people."""
    for question in study.questions:
        for path in _paths(question):
            there = study.folder / path
            if _is_there(there) and there.is_file():
                yield there.resolve().relative_to(study.folder).as_posix(), there.read_bytes()


def _paths(question: Question) -> Iterator[Path]:
    """Yield what could be a path in the words of a question."""
    for word in question.words[1:]:
        for text in (word, word.partition("=")[2], word.rpartition("@")[0]):
            if text and "\0" not in text:
                yield Path(text)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
