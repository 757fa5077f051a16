"""A methodology with some of its settings changed, by the keys that a person writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from softpower.errors import UsageError, did_you_mean
from softpower.index.messages import validation_messages
from softpower.index.methodology import LEVELLED, Methodology, canonical, levels_of
from softpower.methods.model import family_of
from softpower.methods.short_form import spell_out

LEVEL = re.compile(r"[1-9]|1[0-9]|20")
"""The level of a tree as a part of a key, counted from the top."""


def patched(methodology: Methodology, changes: Mapping[str, Any]) -> Methodology:
    """Return a methodology with some of its fields changed.

    A key names a field (``normalise``) or, dotted, one parameter (``normalise.low``); the
    aggregation of one level is ``aggregate.1`` from the top. A table without ``method`` changes
    the parameters that it names and leaves the others.

    Raises
    ------
    UsageError
        If a key or value is not known, naming the nearest known one.
    """
    if not changes:
        return methodology
    data = methodology.model_dump()
    for dotted, value in sorted(changes.items(), key=lambda change: change[0].count(".")):
        field, *rest = canonical(dotted).split(".")
        if field not in data:
            known = [*Methodology.model_fields, "framework"]
            mend = did_you_mean(field, known)
            raise UsageError(f"There is no setting {dotted!r}.", mend=mend)
        data[field] = _merged(
            _spelled_out(field, data[field]) if rest else data[field], rest, value, dotted
        )
    try:
        return Methodology.model_validate(data)
    except ValidationError as error:
        first = validation_messages(error, Methodology)[0]
        raise UsageError(f"{'.'.join(first.path)}: {first.what}", mend=first.mend) from error


def _spelled_out(field: str, value: Any) -> Any:
    """Return a setting that was written in short as the tables and lists that it stands for."""
    family = family_of(Methodology.model_fields[field].annotation)
    if family is None:
        return value
    if field in LEVELLED:
        return [spell_out(v, family) if isinstance(v, str) else v for v in levels_of(value)]
    return spell_out(value, family) if isinstance(value, str) else value


def _merged(current: Any, path: Sequence[str], value: Any, dotted: str) -> Any:
    """Return the current value of a setting with the value at a path within it replaced."""
    if not path:
        if isinstance(value, dict) and isinstance(current, dict) and "method" not in value:
            return {**current, **value}
        return value
    key = path[0]
    if isinstance(current, list | tuple):
        level = int(key) if LEVEL.fullmatch(key) else 0
        if level == 0:
            raise UsageError(
                f"There is no setting {dotted!r}.", mend="Levels count from 1 at the top."
            )
        levels = list(current)
        while len(levels) < level:
            levels.append(levels[-1])
        below = levels[-1]
        levels[level - 1] = _merged(levels[level - 1], path[1:], value, dotted)
        return [*levels, below] if level == len(levels) else levels
    if not isinstance(current, dict):
        raise UsageError(f"There is no setting {dotted!r}.")
    return {**current, key: _merged(current.get(key), path[1:], value, dotted)}
