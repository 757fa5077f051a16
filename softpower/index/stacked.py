"""Several patches as one: side by side, or one on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import Field

from softpower.errors import UsageError
from softpower.index.request import NONE, write_value
from softpower.index.variant import IndicatorPatch, Omit, Patch, PillarPatch

NodePatch = TypeVar("NodePatch", IndicatorPatch, PillarPatch)


class Stacked(Patch):
    """Several patches as one."""

    on_top: dict[str, frozenset[str]] = Field(default_factory=dict, exclude=True)
    """By what is left out, the weights that others had stated before: see `rearranged`."""


def left_out(patch: Patch) -> dict[str, frozenset[str]]:
    """Return what a patch leaves out of the tree, on top of which weights."""
    known = patch.on_top if isinstance(patch, Stacked) else {}
    names = (*patch.omit.indicators, *patch.omit.pillars)
    return {name: known.get(name, frozenset()) for name in names}


def stack(patches: Sequence[tuple[str, Patch]]) -> Stacked:
    """Return several named patches as one, applied from left to right.

    What one of them leaves out is left out on top of the weights of the others.

    Raises
    ------
    UsageError
        If two of them say different things of the same key.
    """
    said: dict[str, tuple[str, Any]] = {}
    merged: dict[str, Any] = {"methodology": {}, "weights": {}, "indicators": {}, "pillars": {}}
    omit: dict[str, tuple[str, ...]] = {"indicators": (), "pillars": (), "countries": ()}
    stated = {key for _, patch in patches for key in patch.weights}
    on_top: dict[str, frozenset[str]] = {}
    for name, patch in patches:
        weights = {f"weights.{key}": value for key, value in patch.weights.items()}
        for key, value in {**settings_of(patch), **weights}.items():
            other, before = said.setdefault(key, (name, value))
            if before != value:
                first, second = write_value(before, key), write_value(value, key)
                raise UsageError(
                    f"{other} and {name} disagree about {key}: {first} or {second}.",
                    mend="Take one of them, or set the key yourself.",
                )
        merged["framework"] = patch.framework or merged.get("framework")
        for part in ("methodology", "weights"):
            merged[part].update(getattr(patch, part))
        merged["indicators"] = overlaid(merged["indicators"], patch.indicators)
        merged["pillars"] = overlaid(merged["pillars"], patch.pillars)
        omit = {key: (*omit[key], *getattr(patch.omit, key)) for key in omit}
        for left in left_out(patch):
            on_top[left] = on_top.get(left, frozenset(stated)) - patch.weights.keys()
    return Stacked(**merged, omit=Omit(**omit), on_top=on_top)


def overlay(patch: Patch, asked: Patch) -> Stacked:
    """Return a patch with what was asked for on top: it wins where both say something."""
    kept = {
        key: value
        for key, value in patch.methodology.items()
        if key.partition(".")[0] not in asked.methodology
    }
    before = frozenset(patch.weights.keys() - asked.weights.keys())
    under = {name: stated - asked.weights.keys() for name, stated in left_out(patch).items()}
    over = {name: stated | before for name, stated in left_out(asked).items()}
    return Stacked(
        framework=asked.framework or patch.framework,
        methodology={**kept, **asked.methodology},
        weights={**patch.weights, **asked.weights},
        omit=Omit(
            indicators=(*patch.omit.indicators, *asked.omit.indicators),
            pillars=(*patch.omit.pillars, *asked.omit.pillars),
            countries=(*patch.omit.countries, *asked.omit.countries),
        ),
        indicators=overlaid(patch.indicators, asked.indicators),
        pillars=overlaid(patch.pillars, asked.pillars),
        on_top={**over, **under},
    )


def overlaid(
    before: Mapping[str, NodePatch], changes: Mapping[str, NodePatch]
) -> dict[str, NodePatch]:
    """Return changes of indicators or pillars with further ones on top, field by field."""
    merged = dict(before)
    for identifier, change in changes.items():
        stated = {key: getattr(change, key) for key in change.model_dump(exclude_none=True)}
        merged[identifier] = merged.get(identifier, type(change)()).model_copy(update=stated)
    return merged


KEPT_EMPTY = ("treat", "normalise")
"""The fields of an indicator of which ``none`` is a value, and an empty text removes the own."""


def settings_of(patch: Patch) -> dict[str, Any]:
    """Return what a patch sets, by the keys that a person writes: ``indicators.ID.treat``."""
    settings: dict[str, Any] = {"framework": patch.framework} if patch.framework else {}
    settings.update(patch.methodology)
    for kind in ("indicators", "pillars"):
        for name, change in getattr(patch, kind).items():
            for field, value in change:
                if value is not None:
                    removed = value == "" and field not in KEPT_EMPTY
                    settings[f"{kind}.{name}.{field}"] = NONE if removed else value
    return settings
