"""What was asked of a run beside its variants: as a title says it, and as `load` takes it."""

from __future__ import annotations

from typing import Any

from softpower.index.declared import Patch
from softpower.index.index import Index
from softpower.index.patch import settings_of
from softpower.index.request import plain_value, write_value
from softpower.methods.short_form import as_word

LONGEST = 80
"""A setting of more letters than this is cut off in a title."""


def as_phrases(index: Index, asked: Patch) -> list[str]:
    """Return each change in short, such as ``normalise=zscore`` and ``without Mu``."""
    settings = [f"{key}={write_value(value, key)}" for key, value in settings_of(asked).items()]
    return [
        *map(_cut, settings),
        *(f"{name}={as_word(weight)}" for name, weight in asked.weights.items()),
        *(f"without {name}" for name in _left_out(index, asked)),
    ]


def as_arguments(index: Index, asked: Patch) -> dict[str, Any]:
    """Return the changes as arguments of `load`, in plain JSON values."""
    changes = {
        "set": {key: plain_value(value, key) for key, value in settings_of(asked).items()},
        "weights": dict(asked.weights),
        "omit": _left_out(index, asked),
    }
    return {argument: value for argument, value in changes.items() if value}


def _cut(setting: str) -> str:
    return setting if len(setting) <= LONGEST else f"{setting[: LONGEST - 3].rstrip()}..."


def _left_out(index: Index, asked: Patch) -> list[str]:
    """Return what is left out: units by their ids, or by their names where a node has the id."""
    nodes = {node.id for tree in index.frameworks.values() for _, node in tree.root.walk()}
    names = {unit.id: unit.name for unit in (index.figures.units if index.figures else ())}
    omit = asked.omit
    units = [names.get(unit, unit) if unit in nodes else unit for unit in omit.countries]
    return [*omit.pillars, *omit.indicators, *units]
