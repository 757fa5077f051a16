"""What a person typed that several commands ask for, in parts that a command hands on whole.

An option says by ``to`` where its value goes. Its words are read by `softpower.index.request` and
their meaning is the question's business: a request carries them from the one to the other. So a
command names none of the options that it shares, and one more of them touches no command::

    answer = score(load(run, **request.change), **request.selection)
    deliver(answer, **request.output)

The keys of a part are the parameters of what takes it. What a person does not state is left out,
and the default of the question holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict


class Change(TypedDict, total=False):
    """What differs from the methodology of the run that is named."""

    set: dict[str, Any]
    weights: dict[str, float]
    omit: tuple[str, ...]


class Selection(TypedDict, total=False):
    """What is shown of a ranking."""

    top: int
    country: tuple[str, ...]
    region: tuple[str, ...]


class Variation(TypedDict, total=False):
    """Which choices and figures vary."""

    vary: tuple[str, ...]
    rounding: tuple[str, ...]
    errors: bool


class Drawing(TypedDict, total=False):
    """How weights vary, and how often is drawn."""

    weights: str
    levels: str
    draws: int
    seed: int
    threads: int


class Space(TypedDict, total=False):
    """What is stated of the weights that may be."""

    within: str
    bounds: tuple[str, ...]
    ratio: tuple[str, ...]
    order: tuple[str, ...]


class Output(TypedDict, total=False):
    """In which form and where an answer is given, and whether it may be from less than asked."""

    form: str
    output: Path
    bom: bool
    notes: bool
    chart: bool
    table: str
    columns: tuple[str, ...]
    width: str
    title: str
    theme: str
    tall: bool
    allow_missing: bool


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What the shared options of a command say, by the part that each belongs to."""

    change: Change = field(default_factory=Change)
    selection: Selection = field(default_factory=Selection)
    variation: Variation = field(default_factory=Variation)
    drawing: Drawing = field(default_factory=Drawing)
    space: Space = field(default_factory=Space)
    output: Output = field(default_factory=Output)

    @classmethod
    def of(cls, typed: Iterable[tuple[str, Any]]) -> Request:
        """Return the request of values by their places, such as ``selection.top``."""
        parts: dict[str, Any] = {}
        for place, value in typed:
            part, key = place.split(".")
            if value is not None:
                parts.setdefault(part, {})[key] = value
        return cls(**parts)
