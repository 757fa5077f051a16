"""What a figure is from: index, publisher, runs and version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def source_of(provenance: Mapping[str, Any]) -> str:
    """Return the indices that a provenance names, each once with its publisher and its runs."""
    found: dict[str, list[str]] = {}
    versions: dict[str, None] = {}
    for run in _runs(provenance):
        title = str(run.get("title") or run["index"])
        index = ", ".join(filter(None, (title, run.get("publisher"))))
        names = found.setdefault(index, [])
        name = _named(run)
        base, at, variant = name.partition("@")
        short = at + variant if at and names and names[0].partition("@")[0] == base else name
        if not {name, short} & set(names):
            names.append(short)
        if "softpower" in run:
            versions[f"softpower {run['softpower']}"] = None
    parts = [f"{index} ({'; '.join(names)})" for index, names in found.items()]
    return ". ".join([*parts, *versions]) + "." if parts else ""


def _runs(provenance: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the provenance of all runs, from the outside inwards."""
    if isinstance(provenance, Mapping):
        if "run" in provenance and "index" in provenance:
            yield provenance
        for value in provenance.values():
            yield from _runs(value)
    elif isinstance(provenance, Sequence) and not isinstance(provenance, str):
        for value in provenance:
            yield from _runs(value)


def _named(run: Mapping[str, Any]) -> str:
    """Return a run with what was changed of it."""
    changes = run.get("changes") or {}
    asked = [
        *(f"{key}={value}" for key, value in (changes.get("set") or {}).items()),
        *(f"{key}={value:g}" for key, value in (changes.get("weights") or {}).items()),
        *(f"without {name}" for name in changes.get("omit") or ()),
    ]
    return ", ".join([str(run["run"]), *asked])
