"""What pydantic found wrong, said in sentences with a place and a mend."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from softpower.errors import did_you_mean
from softpower.index.text import shown
from softpower.methods.model import Method


class Complaint(NamedTuple):
    """One thing wrong with a value: the path of its key, what is wrong, and the mend."""

    path: tuple[str, ...]
    what: str
    mend: str


def complaints(error: ValidationError, model: type[BaseModel]) -> list[Complaint]:
    """Return what is wrong, one complaint for each key."""
    found: dict[tuple[str, ...], Complaint] = {}
    for detail in error.errors(include_url=False):
        path, parent, here = _walk(model, detail["loc"])
        found.setdefault(path, Complaint(path, *_say(detail, path, parent, here)))
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
        if part in methods:
            here = methods[str(part)]
        elif (child := _child(here, part)) is not None or _is_key(here, part):
            path = (*path, str(part + 1) if isinstance(part, int) else part)
            parent, here = here, child
    return path, parent, here


def _methods(annotation: Any) -> dict[str, type[Method]]:
    return {
        member.name(): member
        for member in _members(annotation)
        if isinstance(member, type)
        and issubclass(member, Method)
        and "method" in member.model_fields
    }


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
    if kind == "extra_forbidden":
        return f'There is no key "{key}".', did_you_mean(key, known_keys(parent))
    if kind == "missing":
        return f'The key "{key}" is missing.', "Add it."
    if kind == "union_tag_invalid":
        tag = str(context["tag"])
        return f"There is no method {shown(tag)}.", did_you_mean(tag, _methods(here))
    if kind == "union_tag_not_found":
        return "It does not say which method.", 'Write method = "NAME".'
    if kind == "value_error":
        error = context["error"]
        what = str(getattr(error, "what", error))
        return f"{what[:1].upper()}{what[1:]}.", getattr(error, "mend", "")
    if kind == "string_pattern_mismatch" and str(context.get("pattern")).startswith("^[a-z0-9]"):
        return f"{shown(str(value))} is not an id.", "Use only a-z, 0-9, - and _ between them."
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"It should be a table, but it is {_quoted(value)}.", ""
    message = detail["msg"].replace("Input should", "It should")
    return f"{message}, but it is {_quoted(value)}.", ""


def _quoted(value: Any) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "a list"
    return "a table" if isinstance(value, dict) else type(value).__name__
