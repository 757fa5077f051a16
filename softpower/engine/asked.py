"""What is asked of a run beside its variants: read, as a title says it, and as `load` takes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from softpower.errors import UsageError, did_you_mean, nearest
from softpower.index.fields import LARGEST_WEIGHT
from softpower.index.ids import Spelling, spelled
from softpower.index.index import MAIN, Index
from softpower.index.messages import validation_messages
from softpower.index.methodology import Methodology, canonical
from softpower.index.request import NONE, plain_value, write_value
from softpower.index.respell import spelled_patch
from softpower.index.stacked import KEPT_EMPTY, settings_of
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit, find_unit, known_unit
from softpower.index.variant import IndicatorPatch, Omit, Patch, PillarPatch
from softpower.methods.model import Model
from softpower.methods.short_form import as_word

OF_NODES: Mapping[str, type[Model]] = {"indicators": IndicatorPatch, "pillars": PillarPatch}
"""Where the fields of indicators and of pillars are set, and what these may be."""

OMIT = "omit"
"""The key of what is left out, as a title and a run in one word say it."""

LONGEST = 80
"""A setting of more letters than this is cut off in a title."""


def as_patch(
    index: Index,
    settings: Mapping[str, Any],
    weights: Mapping[str, float],
    omit: Sequence[str],
    identifier: str,
) -> Patch:
    """Return the changes that settings, weights and omissions stand for.

    Pillars, indicators and frameworks may be named in letters of either case.

    Parameters
    ----------
    index
        The index that is changed.
    settings, weights, omit
        As `load` takes them.
    identifier
        The index as a person names it.

    Raises
    ------
    UsageError
        If anything named is not known, or a value makes no sense.
    """
    nodes = nodes_of(index)
    settings = dict(settings)
    _refuse_weights_as_settings(settings, nodes)
    framework = _framework(index, settings.pop("framework", None))
    listed = known_nodes(index.frameworks.get(framework or MAIN), identifier)
    of_nodes = {
        kind: _of_nodes(
            {key: settings.pop(key) for key in list(settings) if key.partition(".")[0] == kind},
            model,
        )
        for kind, model in OF_NODES.items()
    }
    try:
        asked = Patch.model_validate(
            {
                "framework": framework,
                "methodology": settings,
                "weights": _weights(index, weights, nodes, listed),
                "omit": _omitted(index, omit, nodes, listed),
                **of_nodes,
            }
        )
    except ValidationError as error:
        first = validation_messages(error, Patch)[0]
        raise UsageError(f"{'.'.join(first.path)}: {first.what}", mend=first.mend) from error
    return spelled_patch(index, asked)


def nodes_of(index: Index) -> dict[str, Pillar | Indicator]:
    """Return every pillar and indicator of an index by its id, whichever framework has it."""
    trees = [tree.root for tree in index.frameworks.values()]
    pillars = {pillar.id: pillar for tree in trees for pillar in tree.pillars()}
    return {**{item.id: item for tree in trees for item in tree.indicators()}, **pillars}


def is_setting(key: str) -> bool:
    """Say whether a key is that of a setting: of the methodology, of an indicator, a framework."""
    field = canonical(key).partition(".")[0]
    return field in ("framework", *OF_NODES) or field in Methodology.model_fields


def _refuse_weights_as_settings(settings: Mapping[str, Any], nodes: Collection[str]) -> None:
    """Refuse a setting that is named as a pillar or indicator, which has a weight."""
    for key, value in settings.items():
        name = spelled(key.removeprefix("weights."), nodes)
        if name in nodes and not is_setting(key):
            raise UsageError(
                f"{key!r} is no setting, but {name} has a weight, in percent.",
                mend=f'Write it so: `weights={{"{name}": {value!r}}}`.',
            )


def _framework(index: Index, name: Any) -> str | None:
    if name is None:
        return None
    if not isinstance(name, str):
        raise UsageError(
            f"{name!r} is not the name of a framework.",
            mend=f"Known: {', '.join(index.frameworks)}.",
        )
    return spelled(name, index.frameworks)


def _weights(
    index: Index,
    weights: Mapping[str, float],
    nodes: Mapping[str, Pillar | Indicator],
    listed: str,
) -> dict[str, float]:
    """Return weights by the ids as they are written, and refuse what has none."""
    found = Spelling(nodes).keys(weights, "weight")
    for name, weight in found.items():
        if nodes and name not in nodes:
            raise UsageError(
                f"{name!r} is no pillar or indicator of {index.id}.",
                mend=did_you_mean(name, nodes) or listed,
            )
        if not isinstance(weight, int | float) or not 0 <= weight <= LARGEST_WEIGHT:
            raise UsageError(
                f"The weight of {name} is {weight!r}.",
                mend=f"Give a number of percent from 0 to {LARGEST_WEIGHT:g}.",
            )
    return found


def _of_nodes(settings: Mapping[str, Any], model: type[Model]) -> dict[str, dict[str, Any]]:
    """Return the fields that ``indicators.ID.FIELD``, or ``pillars.ID.FIELD``, states anew."""
    known = list(model.model_fields)
    found: dict[str, dict[str, Any]] = {}
    for key, value in settings.items():
        kind, _, rest = key.partition(".")
        identifier, _, field = rest.rpartition(".")
        one = "an indicator" if model is IndicatorPatch else "a pillar"
        if not identifier:
            raise UsageError(
                f"{key!r} names no field of {one}.",
                mend=f"Write {kind}.ID.FIELD; fields are {', '.join(known)}.",
            )
        if field not in known:
            mend = did_you_mean(field, known)
            raise UsageError(f"{one.capitalize()} has no field {field!r} to be set.", mend=mend)
        nothing = value == NONE and field not in KEPT_EMPTY
        found.setdefault(identifier, {})[field] = "" if nothing else value
    return found


def _omitted(
    index: Index, names: Sequence[str], nodes: Mapping[str, Pillar | Indicator], listed: str
) -> Omit:
    """Return what is to be left out, each name as what it is: indicator, pillar or country."""
    units = index.figures.units if index.figures is not None else ()
    called = {text for unit in units for text in (unit.id, unit.name)}
    left: dict[str, list[str]] = {"indicators": [], "pillars": [], "countries": []}
    for text in names:
        name = text if text in called and text not in nodes else spelled(text, nodes)
        if name not in (text, *called) and name in nodes:
            _refuse_unit(units, text, name)
        if name not in nodes:
            left["countries"].append(_unit_id(index, name, nodes, listed))
        else:
            left["pillars" if isinstance(nodes[name], Pillar) else "indicators"].append(name)
    return Omit(**{kind: tuple(dict.fromkeys(ids)) for kind, ids in left.items()})


def _refuse_unit(units: Sequence[Unit], text: str, node: str) -> None:
    """Refuse what names a unit as well as a pillar or indicator that is spelled otherwise."""
    if (unit := known_unit(units, text)) is not None:
        raise UsageError(
            f"{text!r} could be {node} or {unit.name}.", mend="Write it as it is spelled there."
        )


def _unit_id(index: Index, name: str, nodes: Mapping[str, Pillar | Indicator], listed: str) -> str:
    if index.figures is None:
        return name
    units = index.figures.units
    try:
        return find_unit(units, name).id
    except UsageError as error:
        if getattr(error.__cause__, "reason", "unknown") != "unknown":  # two Koreas, or a group
            raise
        parts = [spelled(part.strip(), nodes) for part in name.split(",")]
        if len(parts) > 1 and all(part in nodes for part in parts):
            raise UsageError(
                f"{name!r} is {len(parts)} pillars or indicators.",
                mend=f"Name each by itself: `omit={parts}`.",
            ) from error
        close = nearest(name, list(nodes))
        mend = error.mend if nearest(name, [unit.name for unit in units]) else listed
        mend = f"Did you mean {' or '.join(close)}?" if close else mend
        raise UsageError(
            f"{name!r} is no pillar, indicator or unit of {index.id}.", mend=mend
        ) from error


def known_nodes(tree: Framework | None, identifier: str) -> str:
    """Return which pillars there are, and where the indicators are listed."""
    pillars = ", ".join(pillar.id for pillar in tree.root.pillars()) if tree is not None else ""
    said = f"Pillars: {pillars}. Indicators: " if pillars else "See: "
    return f"{said}softpower show {identifier}"


def as_phrases(index: Index, asked: Patch) -> list[str]:
    """Return each change in short, such as ``normalise=zscore`` and ``omit=Mu``."""
    settings = [f"{key}={write_value(value, key)}" for key, value in settings_of(asked).items()]
    return [
        *map(_cut, settings),
        *(f"{name}={as_word(weight)}" for name, weight in asked.weights.items()),
        *(f"{OMIT}={name}" for name in _left_out(index, asked)),
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
