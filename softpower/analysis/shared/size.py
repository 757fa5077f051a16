"""What an answer about very many units takes: said beforehand, or refused."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from softpower.errors import MethodError, UsageError

if TYPE_CHECKING:
    from softpower.engine.sampling.design import FigureSampling, Sweep
    from softpower.index.patch import Setup

MUCH = 10**9
"""More bytes than this are worth a word beforehand."""
PER_COMBINATION = 28_000
"""Bytes that a combination of choices keeps: its run, and who is ranked how."""
PER_FIGURE = 520
"""Bytes that a figure takes in the tables of all stages, and in the file that they go to."""
LONG = 40.0
"""More seconds than this are worth a word beforehand..."""
TRIED = 16
"""...measured on so many draws..."""
TRIED_AT_ONCE = 160
"""...or on these, where they are scored at once."""
MOST_SHARES = 10_000_000
"""A table of the shares of all ranks has no more cells."""


def untold(text: str) -> None:
    """Tell nobody."""
    del text


def memory_needed(units: int, *, halves: bool) -> str:
    """Return how much memory it may take to count the ranks of so many units, if that is much."""
    from softpower.engine.sampling.histogram import most_bytes

    most = most_bytes(units, halves=halves)
    less = ", and less the fewer ranks each of them has"
    return _much(most, f"Counting the ranks of {units:,} units", less)


def time_needed(design: Sweep) -> str:
    """Return about how long the draws take if that is long and they are not mere products.

    It is measured: a few draws of the first setup are made for it.
    """
    from softpower.engine.sampling.draws import as_it_is

    setup, sampling = design.setups[0], design.sampling
    if not design.drawn or (sampling is None and as_it_is(setup)):
        return ""
    try:
        return _measured(design, setup)
    except MethodError:
        return ""


def _measured(design: Sweep, setup: Setup) -> str:
    from softpower.engine.sampling.batch import Batch
    from softpower.engine.sampling.sweep import drawn_weights

    sampling = design.sampling
    if design.figure_sampling is not None:
        return _of_figures(design, design.figure_sampling, setup)
    batch = design.ready.get(0) or Batch(setup, design.cache)
    why = batch.one_by_one or tuple(
        f"aggregate={each}"
        for each in dict.fromkeys(batch.methods.values())
        if each.pace != "products"
    )
    if sampling is None or not why:
        return ""
    count, how = (TRIED, "one by one ") if batch.one_by_one else (TRIED_AT_ONCE, "")
    weights = drawn_weights(batch, sampling, np.random.default_rng(design.seed), count)
    start = perf_counter()
    batch.scores(weights)
    seconds = (perf_counter() - start) / count * design.total
    return _long(seconds, f"Scoring {design.total:,} draws {how}({', '.join(why)})")


def _of_figures(design: Sweep, drawn: FigureSampling, setup: Setup) -> str:
    """Return how long draws of figures take, each with those of weights that share it."""
    from softpower.engine.sampling.sweep import drawn_weights
    from softpower.engine.sampling.tables import Tables
    from softpower.engine.score import score_setup

    generator, ranking = np.random.default_rng(design.seed), score_setup(setup, design.cache)
    sampling, shared, how = design.sampling, design.shared if design.sampling else 1, " one by one"
    tables = Tables(setup, ranking) if Tables.fits(setup, ranking) else None
    batch = tables.batch if tables is not None and sampling is not None else None
    start, count = perf_counter(), 1
    if tables is None:
        score_setup(setup)
    else:
        count, how = TRIED, ""
        y = tables.prepared(drawn.many(setup.figures, [generator] * count))
        if batch is None or sampling is None:
            tables.added(y, count)
        else:
            for draw in range(count):
                values = [each[0 if len(each) == 1 else draw] for each in y]
                weights = drawn_weights(batch, sampling, generator, shared)
                batch.of(np.column_stack(values)).scores(weights)
    seconds = (perf_counter() - start) / count / shared * design.total
    return _long(seconds, f"Scoring {design.total:,} draws of the figures{how}")


def _long(seconds: float, what: str) -> str:
    if seconds < LONG:
        return ""
    minutes = max(round(seconds / 60), 1)
    took = f"{minutes:,} {'minute' if minutes == 1 else 'minutes'}"
    return f"{what} takes about {took}; fewer draws take less."


def combinations_needed(count: int) -> str:
    """Return how much memory so many combinations of choices take, if that is much.

    Nothing is said of more than are ever tried.
    """
    from softpower.engine.sampling.grid import MOST

    if count > MOST:
        return ""
    return _much(count * PER_COMBINATION, f"Trying {count:,} combinations")


def stages_needed(units: int, indicators: int) -> str:
    """Return how much memory it takes to show every stage of so many figures, if that is much."""
    what = f"Showing every stage of {units:,} units and {indicators:,} indicators"
    return _much(units * indicators * PER_FIGURE, what)


def _much(size: float, what: str, less: str = "") -> str:
    return f"{what} takes up to {size / 1e9:,.1f} GB of memory{less}." if size > MUCH else ""


def refuse_too_many_shares(shown: int, units: int) -> None:
    """Refuse a table of the shares of all ranks that nobody could read, or hold in memory.

    Raises
    ------
    UsageError
        If it may have more cells than ``MOST_SHARES``.
    """
    if shown * units > MOST_SHARES:
        raise UsageError(
            f"The shares of {units:,} ranks for {shown:,} units are too large a table: "
            f"{MOST_SHARES:,} cells is the most.",
            mend=f"Take `top={MOST_SHARES // units}` or fewer, or name units with `country`.",
        )
