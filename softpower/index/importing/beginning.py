"""The files that a new folder starts with, beside its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from softpower.index.importing.proposals import suggested
from softpower.index.importing.record import Entry
from softpower.index.layouts.base import Pillar
from softpower.index.unsaid import UNSAID


def declaration(
    name: str, entries: Sequence[Entry], pillars: Mapping[str, Pillar], *, other: bool = False
) -> str:
    """Return ``index.toml`` for a new index of imported figures."""
    units = 'units = "other"             # what is ranked is no countries: see units.csv\n' * other
    tables = "".join(f"\n{_pillar(key, pillar)}" for key, pillar in pillars.items())
    return f"""\
id = {json.dumps(name)}
title = {json.dumps(name)}
publisher = "{UNSAID["publisher"]}"
edition = "1"
summary = "{UNSAID["summary"]}"
citation = "{UNSAID["citation"]}"
licence = "The terms of the figures: see README.md"
{units}
# The steps between figures and ranking; `softpower methods` lists what can stand here.
[methodology]
normalise = "minmax"        # every indicator from 0 (worst) to 100 (best)
weight = "given"            # the weights stated in indicators.csv, equal where none are
aggregate = "arithmetic"    # weighted means, level by level
impute = "none"             # a missing figure leaves its weight to its siblings
constant = "drop"           # an indicator whose figures do not differ is left out, and said
{_proposals(entries)}{tables}"""


def _proposals(entries: Sequence[Entry]) -> str:
    """Return comments that say which direction the words of the titles suggest."""
    asked = [entry for entry in entries if not entry.series.fields.get("direction")]
    if not asked:
        return ""
    lines = [
        f"#   {entry.id}: {suggested(entry.series.title) or 'no suggestion'}"
        f"   ({' '.join(entry.series.title.split())})"
        for entry in asked
    ]
    return "\n".join(
        [
            "",
            "# Write the direction of each indicator into indicators.csv in place of the question",
            "# mark: higher where more is better, lower where less is. The words of the titles",
            "# suggest, and nobody has checked it:",
            *lines,
            "",
        ]
    )


def _pillar(name: str, pillar: Pillar) -> str:
    lines = [f"[pillars.{name}]", f"title = {json.dumps(pillar.title, ensure_ascii=False)}"]
    if pillar.weight:
        lines.append(f"weight = {pillar.weight}")
    if pillar.parent:
        lines.append(f'parent = "{pillar.parent}"')
    return "\n".join([*lines, ""])


def readme(name: str) -> str:
    """Return the beginning of ``README.md``; what was imported is written below it."""
    return f"""\
# {name}

Say here, in the first line, what the index measures.

    softpower check {name}      # every problem, with its place and how to mend it
    softpower score {name}

## What is known to be wrong with it

Say what a reader must know.

## Sources

Written by `softpower import`; write above this line.
"""
