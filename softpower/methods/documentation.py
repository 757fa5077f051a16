"""What a method says of itself, read from its class, so that no list can go stale."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from softpower.methods.model import Method
from softpower.methods.short_form import as_word


@dataclass(frozen=True, slots=True)
class Documented:
    """What a method's class says of itself, paragraph by paragraph."""

    summary: str
    more: tuple[tuple[str, str], ...]
    """The other paragraphs: what each is about (such as ``Formula``), and what it says."""

    @property
    def formula(self) -> str:
        """The formula."""
        return dict(self.more).get("Formula", "")

    @property
    def source(self) -> str:
        """Where the method comes from."""
        return dict(self.more).get("Source", "")


def documented(method: type[Method], *, quotation: str = "") -> Documented:
    """Return what the docstring of a method says, with formulas and words between quotations."""
    paragraphs = [
        re.sub(r"\s+", " ", part).replace("``", quotation)
        for part in inspect.cleandoc(method.__doc__ or "").split("\n\n")
    ]
    more = []
    for part in paragraphs[1:]:
        about = re.match(r"([A-Z][a-z]+(?: [a-z]+)?): ", part)
        more.append((about[1], part[about.end() :]) if about else ("", part))
    return Documented(paragraphs[0], tuple(more))


def parameters(method: type[Method]) -> list[str]:
    """Return the names of the parameters of a method."""
    return [name for name in method.model_fields if name != "method"]


def example(method: type[Method]) -> dict[str, Any]:
    """Return the parameters of an example of a method: those that its short form names, and more.

    Values are those that the class gives as examples, or the defaults.
    """
    values = {}
    for name in (*method.positional, *parameters(method)):
        field = method.model_fields[name]
        if field.examples:
            values[name] = field.examples[0]
        elif name in method.positional and field.default is not None and not field.is_required():
            values[name] = field.default
    return values


def describe_method(method: Method) -> str:
    """Return what a method does, with its parameters, as a phrase."""
    settings = [
        f"{name} = {as_word(value)}"
        for name in parameters(type(method))
        if (value := getattr(method, name)) is not None
    ]
    summary = documented(type(method)).summary
    return f"{summary} ({', '.join(settings)})" if settings else summary
