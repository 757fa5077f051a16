"""What draws of weights take under a method, as the benchmark measured it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

PAGE = "explanation/speed.md"
"""The page of the guide that holds what ``tests/benchmarks/robustness.py`` printed."""
STEPS = {"scale": "normalise"}
"""The steps whose methods another field takes as well, by that field."""

_ROW = re.compile(r"^ +([a-z]+)=([a-z-]+)\S* +[\d.]+ us +([\d.]+) times *$", re.MULTILINE)


def cost(step: str, name: str) -> str:
    """Return how many times longer a draw takes than with means, in words; empty if unmeasured."""
    times = measured(_page()).get((step, name))
    if times is None:
        return ""
    subject = (
        "As a scale of scores, a draw of weights" if step == "normalise" else "A draw of weights"
    )
    longer = f"{times:.0f} times as long" if times >= 1.5 else "about as long"
    return f"{subject} takes {longer} as under the default (measured: softpower guide speed)."


def measured(text: str) -> dict[tuple[str, str], float]:
    """Return the first ratio of each method that a page shows, by step and name."""
    found: dict[tuple[str, str], float] = {}
    for field, name, times in _ROW.findall(text):
        found.setdefault((STEPS.get(field, field), name), float(times))
    return found


@cache
def _page() -> str:
    return files("softpower").joinpath("guide", PAGE).read_text(encoding="utf-8")
