"""Showing how far long work has got, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

INTERRUPTED = 130
"""The exit status after Ctrl-C, when what was computed so far has been shown."""

PATIENCE = 1.0
"""Seconds that work may take before its progress is shown."""


def watched(total: int, outcomes: Iterable[Any], what: str = "draws") -> Iterator[Any]:
    """Hand outcomes on, with a bar, the rate and the time left where that takes long.

    A bar counts what the work says that it goes through.
    """
    from time import monotonic

    if not sys.stderr.isatty():
        yield from outcomes
        return
    start, done, bar = monotonic(), 0, None
    try:
        for outcome in outcomes:
            done += getattr(outcome, "draws", 1)
            passed = monotonic() - start
            if passed > PATIENCE:
                bar = bar or _bar(total, what)
                bar.update(bar.task_ids[0], completed=done, rate=done / passed)
            yield outcome
    finally:
        if bar is not None:
            bar.stop()


def told(text: str) -> None:
    """Say something before long work starts."""
    from softpower.render.printing import print_note

    print_note(text, sys.stderr)


def begun(text: str) -> None:
    """Say on a terminal what long work begins with."""
    if sys.stderr.isatty():
        told(text)


def _bar(total: int, what: str) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(f"{{task.completed:,.0f}} of {{task.total:,.0f}} {what}"),
        BarColumn(),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=total, rate=0.0)
    bar.start()
    return bar
