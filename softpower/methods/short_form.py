"""The short form of a method, read and written: ``zscore:100:10``.

Where the values of parameters hold what the short form is punctuated with, a method is written as
the table that a file would have: ``{ method = "drivers", outcome = "a/b" }``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from softpower.methods.model import Method

AMERICAN = {
    "normalize": "normalise",
    "winsorize": "winsorise",
    "license": "licence",
    "center": "centre",
}
"""American spellings that a command line may use for the British ones of the files."""

PLAIN = re.compile(r"[^\s:/,=*{}\[\]]+( [^\s:/,=*{}\[\]]+)*")
"""A value that nothing needs to be put around in a short form, nor where several are listed."""

BARE = re.compile(r"[A-Za-z0-9_-]+")
"""A key that TOML takes without quotation marks."""


def spell_out(text: str, family: type[Method]) -> dict[str, Any]:
    """Return the short form of a method as a mapping, for the models to validate.

    ``"power:2"`` becomes ``{"method": "power", "p": "2"}``, and ``"minmax:low=1"`` becomes
    ``{"method": "minmax", "low": "1"}``; a table may stand in a text as well.
    """
    table = _table(text.strip())
    if table is not None:
        return table
    name, *arguments = text.strip().split(":")
    name = AMERICAN.get(name, name)
    spelled: dict[str, Any] = {"method": name}
    if not arguments:
        return spelled
    known = name in family.members
    free: Iterable[str] = iter(family.member(name).positional if known else ())
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals:
            key, value = next(iter(free), argument), argument
        spelled[AMERICAN.get(key, key)] = value
    return spelled


def _table(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def short_form(method: Method) -> str:
    """Return a method as a person may write it, with the parameters that are not as usual."""
    fields = type(method).model_fields.items()
    stated = {name: getattr(method, name) for name, _ in fields if name != "method"}
    usual = {name: field.default for name, field in fields}
    return stating(
        type(method), {name: value for name, value in stated.items() if value != usual[name]}
    )


def stating(method: type[Method], values: Mapping[str, Any]) -> str:
    """Return a method as a person may write it with the values of some parameters."""
    texts = {name: as_word(value) for name, value in values.items()}
    if not all(map(PLAIN.fullmatch, texts.values())):
        return as_toml({"method": method.name(), **values})
    said = []
    for name in method.positional:
        if name not in texts:
            break
        said.append(texts.pop(name))
    return ":".join([method.name(), *said, *(f"{name}={text}" for name, text in texts.items())])


def levels_form(methods: Iterable[Method]) -> str:
    """Return the methods of the levels of a tree, from the top down: ``geometric/arithmetic``."""
    return "/".join(map(str, methods))


def split_outside(text: str, mark: str) -> list[str]:
    """Return the parts of a text between marks, of which those within brackets are none.

    Examples
    --------
    >>> split_outside('geometric/{ method = "drivers", outcome = "a/b" }', "/")
    ['geometric', '{ method = "drivers", outcome = "a/b" }']
    """
    parts, depth, quote, skip = [""], 0, "", False
    for letter in text:
        if quote:
            if letter == quote and not skip:
                quote = ""
            skip = letter == "\\" and quote == '"' and not skip
        elif depth and letter in "\"'":
            quote = letter
        else:
            depth = max(0, depth + (letter in "{[") - (letter in "}]"))
            if letter == mark and not depth:
                parts.append("")
                continue
        parts[-1] += letter
    return parts


def as_word(value: Any) -> str:
    """Return a single value as a word, without quotation marks."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ",".join(map(as_word, value))
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)


def as_toml(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, dict):
        parts = [
            f"{key if BARE.fullmatch(key) else _quoted(key)} = {as_toml(each)}"
            for key, each in value.items()
        ]
        return f"{{ {', '.join(parts)} }}" if parts else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_toml(each) for each in value)}]"
    return _quoted(value) if isinstance(value, str) else as_word(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
