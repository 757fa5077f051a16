"""The kinds of values that a declaration may hold: ids, texts, weights, tables by ids."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, StrictFloat, StrictInt, StrictStr

from softpower.index.ids import PATTERN, joined, twins
from softpower.index.text import MARKUP, invisible, shown
from softpower.methods.model import Model

T = TypeVar("T")

LARGEST_WEIGHT = 1e9


class InvalidValueError(ValueError):
    """A value that a model refuses, with how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(what, mend)

    def __str__(self) -> str:
        return f"{self.what}; {self.mend[:1].lower()}{self.mend[1:].rstrip('.')}"


def _printable(text: str) -> str:
    if found := invisible(text, allowed="\n\t"):
        raise InvalidValueError(f"{shown(text)} holds {found}", "Remove it.")
    return text


def _plain(text: str) -> str:
    _printable(text)
    if "\n" in text or "\t" in text:
        raise InvalidValueError(f"{shown(text)} holds a line break or tab", "Write it on one line.")
    if tag := MARKUP.search(text):
        raise InvalidValueError(
            f"{shown(text)} holds {shown(tag.group())}, which looks like markup",
            "Use round brackets, if any.",
        )
    return text


Id = Annotated[str, Field(pattern=PATTERN, max_length=60)]
"""A short name for files and commands: letters, digits, ``-``, ``_`` and ``.``."""

Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
"""A name for people: one line, without control characters or anything like markup."""

Prose = Annotated[str, AfterValidator(_printable)]
"""Sentences for people, without control characters."""

Url = Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_printable)]
"""A web address."""

WeightNumber = Annotated[float, Field(strict=True, ge=0)]

Target = Annotated[float, Field(strict=True, ge=-1e305, le=1e305)]
"""A figure that is to be reached, in the unit of the indicator."""


def _apart(entries: dict[str, T]) -> dict[str, T]:
    """Refuse ids that agree but for the spelling."""
    for one, other in twins(entries):
        raise InvalidValueError(
            f"{shown(one)} and {shown(other)} differ only in the case of letters",
            "Give one of them another id.",
        )
    return entries


def whole_ids(entries: Any, model: type[Model] | None) -> Any:
    """Return a table by ids, of entries of a model if of any, with the ids in one piece.

    An entry that has a title and states none is called by its id.
    """
    fields = model.model_fields if model is not None else ()
    if not isinstance(entries, dict):
        return entries
    whole = joined(entries, fields)
    if "title" not in fields:
        return whole
    return {
        name: {"title": name, **entry} if isinstance(entry, dict) else entry
        for name, entry in whole.items()
    }


ById = Annotated[dict[Id, T], AfterValidator(_apart)]
"""A table whose keys are ids of its own, no two of which agree but for the spelling."""

MissingValue = StrictInt | StrictFloat | StrictStr
"""A code for what is missing: a number however it is written, or a text whatever its case."""
