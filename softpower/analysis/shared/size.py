"""What an answer about very many units takes: said beforehand, or refused."""

from __future__ import annotations

from softpower.errors import UsageError

MUCH = 10**9
"""More bytes than this are worth a word beforehand."""
PER_COMBINATION = 28_000
"""Bytes that a combination of choices keeps: its run, and who is ranked how."""
PER_FIGURE = 520
"""Bytes that a figure takes in the tables of all stages, and in the file that they go to."""
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
