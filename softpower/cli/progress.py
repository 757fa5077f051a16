"""Showing how far long work has got, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

INTERRUPTED = 130
"""The exit status after Ctrl-C, when what was computed so far has been shown."""


def watched(total: int, outcomes: Iterable[Any]) -> Iterator[Any]:
    """Hand outcomes on, with a bar, the rate and the time left on a terminal."""
    from time import monotonic

    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} draws"),
        BarColumn(),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    start = monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate=0.0, visible=False)
        done = 0
        for outcome in outcomes:
            done += getattr(outcome, "draws", 1)
            passed = monotonic() - start
            if passed > 1:
                bar.update(task, completed=done, rate=done / passed, visible=True)
            yield outcome
