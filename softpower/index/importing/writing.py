"""Writing what an import planned: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from softpower.errors import FolderError, InputError, Location, Problem
from softpower.index.importing.plan import Plan, held
from softpower.index.reading.folder import inspect


def write(planned: Plan) -> tuple[Path, ...]:
    """Write what was planned: all of it, or nothing.

    The folder is first written beside itself and read as `check` reads it.

    Raises
    ------
    FolderError
        If the folder would have errors, other than directions that are still to be stated.
    InputError
        If it cannot be written, or was changed since it was planned.
    """
    folder = planned.folder
    try:
        folder.parent.resolve(strict=True)
        scratch = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        with _alone(folder.parent):
            _write(planned, scratch / folder.resolve().name)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return tuple(folder / name for name, text in planned.texts.items() if text)


def _write(planned: Plan, trial: Path) -> None:
    """Write what was planned on trial, and then in its place."""
    folder = planned.folder
    if folder.is_dir():
        shutil.copytree(folder, trial, ignore_dangling_symlinks=True)
    else:
        trial.mkdir()
    for name, text in planned.texts.items():
        if text:
            (trial / name).write_text(text, encoding="utf-8", newline="\n")
        else:
            (trial / name).unlink(missing_ok=True)
    _refuse_changed(planned)
    _refuse_errors(trial)
    _refuse_changed(planned)
    if folder.is_dir():
        _replace(folder, trial, planned.texts)
    else:
        trial.rename(folder)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let no other import write into a folder meanwhile, where the system can see to that."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_changed(planned: Plan) -> None:
    """Refuse a folder of which the files are no longer what they were when it was planned."""
    if any(held(planned.folder / name) != data for name, data in planned.before.items()):
        raise InputError(
            "It was changed meanwhile, by another program or import.",
            location=Location(str(planned.folder)),
            mend="Import again, on top of that.",
        )


def _refuse_errors(folder: Path) -> None:
    _, problems = inspect(folder)
    errors = [each for each in problems if each.level == "error" and not _asks(each)]
    if errors:
        raise FolderError(folder.name, errors)


def _asks(problem: Problem) -> bool:
    """Say whether a problem is that a direction is still to be stated."""
    return problem.location.key == "column direction" and "no direction yet" in problem.what


def _replace(folder: Path, trial: Path, names: Iterable[str]) -> None:
    """Put new files in place of old ones; if one cannot be, the others are put back."""
    before = {
        name: (folder / name).read_bytes() if (folder / name).exists() else None for name in names
    }
    try:
        for name in before:
            if (trial / name).exists():
                (trial / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except OSError:
        for name, data in before.items():
            if data is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(data)
        raise


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"The folder cannot be written: {error.strerror or error}.", location=Location(str(folder))
    )
