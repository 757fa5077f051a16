"""Pages about the files of an index, as their models say it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from softpower.analysis.methods import limits
from softpower.guide.page import Page
from softpower.index.declared import (
    ClassesEntry,
    FiguresEntry,
    FileReading,
    FrameworkEntry,
    IndexFile,
    PillarEntry,
    PublishedEntry,
)
from softpower.index.indicator_row import IndicatorRow
from softpower.index.methodology import Methodology
from softpower.index.variant import Variant
from softpower.methods.model import Method, Model, methods_of
from softpower.methods.short_form import as_word

TABLES: dict[str, type[Model]] = {
    "[methodology]": Methodology,
    "[pillars.ID]": PillarEntry,
    "[frameworks.ID]": FrameworkEntry,
    "[variants.ID]": Variant,
    "[figures]": FiguresEntry,
    "[files.TABLE]": FileReading,
    "[published]": PublishedEntry,
    "[classes]": ClassesEntry,
}
"""The tables of ``index.toml`` and the model of each."""

BELOW = {name.strip("[]").partition(".")[0] for name in TABLES}
"""Keys of the file that are tables, which have a section of their own."""


DECLARED = (
    "What an index declares. A key may be left out unless it says otherwise; one that is not known "
    "is refused."
)
PLACE = (
    "- `pillar`: The id of the pillar that it is under; `-` if it is carried along but not scored.",
    "- `weight`: Its weight within the pillar; all siblings have one, or none has.",
    "- `pillar:NAME`, `weight:NAME`: The same in the framework NAME.",
)


def declaration_page() -> Page:
    """Return the page on ``index.toml``, with a section for each of its tables."""
    text = [
        "# index.toml",
        DECLARED,
        "## `index.toml`",
        "\n".join(_keys(IndexFile, but=BELOW)),
    ]
    for title, model in TABLES.items():
        about = (model.__doc__ or "").partition("\n")[0]
        text += [f"## `{title}`", about, "\n".join(_keys(model))]
    return Page("reference/index-toml", "\n\n".join(text) + "\n", topics=True)


def indicators_page() -> Page:
    """Return the page on ``indicators.csv``, with all of its columns."""
    lines = [
        *_keys(IndicatorRow),
        *PLACE,
    ]
    text = [
        "# indicators.csv",
        "A row for each indicator; all columns but `id` may be left out.",
        "\n".join(lines),
    ]
    return Page("reference/indicators-csv", "\n\n".join(text) + "\n")


def _keys(model: type[Model], *, but: Container[str] = ()) -> Iterator[str]:
    """Yield a line for each field of a model."""
    for name, field in model.model_fields.items():
        if name not in but:
            said = "; ".join(filter(None, _values(field)))
            about = f"{field.description or ''} ({said})" if said else field.description or ""
            yield f"- `{field.alias or name}`: {about.strip()}"


def _values(field: FieldInfo) -> Iterator[str]:
    """Yield what a field may be and what it is if it is left out, in words."""
    annotation = field.annotation
    if methods_of(annotation):
        yield "a method"
    elif words := limits(annotation, field.metadata):
        yield from words
    elif kind := _kind(annotation):
        yield kind
    if field.is_required():
        yield "required"
    elif isinstance(field.default, (str, bool, Method)) and field.default != "":
        yield f"default {as_word(field.default)}"


def _kind(annotation: Any) -> str:
    """Return what sort of value a type stands for, where that is worth saying."""
    parts = [each for each in get_args(annotation) if each is not NoneType]
    if get_origin(annotation) is tuple:
        return "a list"
    if get_origin(annotation) is Literal or len(parts) > 1:
        return ""
    if annotation is bool:
        return "true or false"
    return _kind(parts[0]) if parts else ""
