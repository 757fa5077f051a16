"""What a package says of itself: what was asked, by which versions, and the hash of every file."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from softpower.analysis.study.archive import is_inside
from softpower.errors import InputError, Location
from softpower.methods.model import Model
from softpower.version import __version__

MANIFEST = "study.json"

FORMAT: Literal["softpower-study/1"] = "softpower-study/1"

LIBRARIES = ("numpy", "scipy", "matplotlib")
"""What numbers come from, and pictures; the latter need not be there."""


class PackedFile(Model):
    """One file of a package."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    role: Literal["input", "answer", "output", "about"]


class PackedQuestion(Model):
    """One question of a package."""

    command: str
    answer: str
    outputs: tuple[str, ...]
    holds: bool
    complete: bool
    seed: int | None


class Manifest(Model):
    """The file ``study.json`` of a package."""

    format: Literal["softpower-study/1"]
    versions: dict[str, str]
    questions: tuple[PackedQuestion, ...]
    files: dict[str, PackedFile]

    def inputs(self, files: Mapping[str, bytes], name: str) -> list[str]:
        """Return the names of what the answers are computed from, and refuse gaps.

        Raises
        ------
        InputError
            If a file is not there that the package says it has, or would stand outside of it.
        """
        for each, file in self.files.items():
            lacks = each not in files and file.role != "about"
            if lacks or not is_inside(each):
                raise InputError(
                    f"It has no file {each!r}, of which its {MANIFEST} speaks.",
                    location=Location(name),
                    mend="Fetch it again.",
                )
        return [each for each, file in self.files.items() if file.role == "input"]


def versions() -> dict[str, str]:
    """Return what computes here: softpower, Python and the libraries that numbers come from."""
    from importlib.metadata import version
    from importlib.util import find_spec

    libraries = {each: version(each) for each in LIBRARIES if find_spec(each) is not None}
    return {"softpower": __version__, "python": platform.python_version(), **libraries}


def sha256(data: bytes) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(data).hexdigest()


def seed_of(provenance: Mapping[str, Any]) -> int | None:
    """Return the seed of an answer, wherever its provenance has it."""
    for key, value in provenance.items():
        if key == "seed" and isinstance(value, int):
            return value
        if isinstance(value, Mapping) and (found := seed_of(value)) is not None:
            return found
    return None


def read_manifest(files: Mapping[str, bytes], name: str) -> Manifest:
    """Return what a package says of itself.

    Raises
    ------
    InputError
        If it is no package of a study, or one of a later softpower.
    """
    location = Location(name)
    if MANIFEST not in files:
        raise InputError(
            f"This is no package of a study: it has no {MANIFEST}.",
            location=location,
            mend="softpower study pack makes one.",
        )
    try:
        return Manifest.model_validate_json(files[MANIFEST])
    except ValidationError as error:
        raise InputError(
            f"Its {MANIFEST} is not as softpower {__version__} writes it: "
            f"{error.errors()[0]['msg']}.",
            location=location,
            mend="Take the package as it was packed, and the softpower that packed it or a later.",
        ) from error
