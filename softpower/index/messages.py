"""What pydantic found wrong, said in sentences with a place and a mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from softpower.errors import did_you_mean
from softpower.index.text import shown
from softpower.methods.model import Method, family_of

SCHEMA = "See: softpower schema"
METHODS = "See: softpower methods"

TOO_LARGE = 10**18
"""A whole number from which on its digits are not worth printing."""

TYPES = {
    "float": ("a number", "Write digits with a decimal point, without quotation marks."),
    "finite": ("a finite number", "Write digits with a decimal point."),
    "int": ("a whole number", "Write digits, without quotation marks."),
    "string": ("a text", "Write it in quotation marks."),
    "bool": ("true or false", "Write either."),
    "tuple": ("a list", 'Write it in square brackets, such as ["one", "two"].'),
    "list": ("a list", 'Write it in square brackets, such as ["one", "two"].'),
    "model": ("a table", "Write { KEY = VALUE }, or the keys beneath its name in square brackets."),
    "dict": ("a table", "Write { KEY = VALUE }, or the keys beneath its name in square brackets."),
}
"""What a value should be, and how to write it, by how the type of the complaint starts."""

LIMITS = {
    "greater_than_equal": ("ge", "small", "of at least"),
    "greater_than": ("gt", "small", "above"),
    "less_than_equal": ("le", "large", "of at most"),
    "less_than": ("lt", "large", "below"),
}
"""What a number is, and what it should be, where pydantic says that it is beyond a limit."""


class ValidationMessage(NamedTuple):
    """One thing wrong with a value: the path of its key, what is wrong, and the mend."""

    path: tuple[str, ...]
    what: str
    mend: str


def validation_messages(error: ValidationError, model: type[BaseModel]) -> list[ValidationMessage]:
    """Return what is wrong, one complaint for each key."""
    found: dict[tuple[str, ...], ValidationMessage] = {}
    for detail in error.errors(include_url=False):
        path, parent, here = _walk(model, detail["loc"])
        found.setdefault(path, ValidationMessage(path, *_say(detail, path, parent, here)))
    return list(found.values())


def known_keys(annotation: Any) -> list[str]:
    """Return the keys that a value of this type may have."""
    keys: list[str] = []
    for member in _members(annotation):
        if isinstance(member, type) and issubclass(member, BaseModel):
            keys.extend(field.alias or name for name, field in member.model_fields.items())
    return list(dict.fromkeys(keys))


def _members(annotation: Any) -> Iterator[Any]:
    """Yield what a type is one of, without annotations."""
    if get_origin(annotation) is Annotated:
        yield from _members(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            yield from _members(member)
    else:
        yield annotation


def _walk(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[tuple[str, ...], Any, Any]:
    """Return the keys of a place, the type that has the last key, and the type of its value."""
    path: tuple[str, ...] = ()
    parent: Any = None
    here: Any = model
    for part in loc:
        methods = _methods(here)
        if part == "[key]":  # the key itself is at fault, and its name is the part before
            continue
        if part in methods:
            here = methods[str(part)]
        elif (child := _child(here, part)) is not None or _is_key(here, part):
            path = (*path, str(part + 1) if isinstance(part, int) else part)
            parent, here = here, child
    return path, parent, here


def _methods(annotation: Any) -> dict[str, type[Method]]:
    family = family_of(annotation)
    return {name: family.member(name) for name in family.members} if family is not None else {}


def _child(annotation: Any, part: int | str) -> Any:
    """Return the type of one item or field of a type, or ``None`` if it has no such."""
    for member in _members(annotation):
        if get_origin(member) is (dict if isinstance(part, str) else tuple):
            return get_args(member)[1 if isinstance(part, str) else 0]
        if isinstance(member, type) and issubclass(member, BaseModel):
            for name, field in member.model_fields.items():
                if part in (name, field.alias):
                    return field.annotation
    return None


def _is_key(annotation: Any, part: int | str) -> bool:
    """Say whether a part that leads to no field was typed by a person, not made by pydantic."""
    fixed = any(isinstance(m, type) and issubclass(m, BaseModel) for m in _members(annotation))
    return fixed and isinstance(part, str) and not part.startswith(("literal[", "function-"))


def _say(detail: ErrorDetails, path: tuple[str, ...], parent: Any, here: Any) -> tuple[str, str]:
    """Return what is wrong, and the mend."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    key = path[-1] if path else ""
    if kind in ("extra_forbidden", "missing"):
        return _say_of_key(kind, key, parent)
    if kind.startswith("union_tag"):
        return _say_of_method(context.get("tag"), here)
    if kind == "value_error":
        error = context["error"]
        what = str(getattr(error, "what", error))
        return f"{what[:1].upper()}{what[1:]}.", getattr(error, "mend", "") or METHODS
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        return f"{_first(value)} is none of the choices.", f"Known: {', '.join(choices)}."
    if kind in LIMITS:
        name, what, bound = LIMITS[kind]
        return f"{_first(value)} is too {what}.", f"Write a number {bound} {context[name]:,.10g}."
    if kind.startswith("string_") and isinstance(value, str):
        return _say_of_text(kind, value, context)
    if kind == "too_short":
        return "It is empty.", "Give at least one."
    return _say_of_type(kind, value, here) or (f"It is refused: {detail['msg']}.", SCHEMA)


def _say_of_text(kind: str, value: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is wrong with a text."""
    if kind == "string_too_short":
        return "It is empty.", "Write a text."
    if kind == "string_too_long":
        return f"It has {len(value):,} characters.", f"Write at most {context['max_length']}."
    if str(context.get("pattern")).startswith("^https"):
        return f"{shown(value)} is not a web address.", "Write one that starts with https://"
    mend = "Use only the letters a to z, digits, and -, _ or . between them."
    return f"{shown(value)} is not an id.", mend


def _say_of_method(tag: object, here: Any) -> tuple[str, str]:
    """Return what is wrong with a table that names no method, or none that there is."""
    if tag is None:
        return "It does not say which method.", 'Write method = "NAME".'
    mend = did_you_mean(str(tag), _methods(here)) or METHODS
    return f"There is no method {shown(str(tag))}.", mend


def _say_of_key(kind: str, key: str, parent: Any) -> tuple[str, str]:
    """Return what is wrong with a key that is there and should not be, or the other way round."""
    method = parent if isinstance(parent, type) and issubclass(parent, Method) else None
    if kind == "missing" and method is not None:
        name = method.name()
        short = f"Write it after a colon: {name}:VALUE."
        whole = f'Write {{ method = "{name}", {key} = VALUE }}.'
        mend = short if key in method.positional else whole
        return f'The method {name} needs "{key}".', mend
    if kind == "missing":
        return f'The key "{key}" is missing.', "Add it."
    known = known_keys(parent)
    if method is not None:
        known.remove("method")
        what = f"The method {method.name()} has no parameter {shown(key)}."
        return what, did_you_mean(key, known) or "Remove it."
    return f"The key {shown(key)} is not known.", did_you_mean(key, known) or f"Remove it. {SCHEMA}"


def _say_of_type(kind: str, value: Any, here: Any) -> tuple[str, str] | None:
    """Return what is wrong with a value that is of another type than it should be."""
    if _methods(here):
        noun, mend = "the name of a method", 'Write "NAME" or { method = "NAME" }.'
    else:
        found = next((said for start, said in TYPES.items() if kind.startswith(start)), None)
        if found is None:
            return None
        noun, mend = found
    if isinstance(value, int) and abs(value) >= TOO_LARGE:
        return "It is too large a number.", "Correct it."
    return f"It should be {noun}, but it is {_quoted(value)}.", mend


def _first(value: Any) -> str:
    """Return a value as the first word of a sentence."""
    quoted = _quoted(value)
    return f"{quoted[:1].upper()}{quoted[1:]}" if quoted.startswith(("a ", "it")) else quoted


def _quoted(value: Any) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= TOO_LARGE:
        return "it"
    if isinstance(value, int | float | date | time):
        return str(value)
    if isinstance(value, list | tuple):
        return "a list"
    return "a table" if isinstance(value, dict) else type(value).__name__
