"""What an answer about very many units takes: said beforehand, or refused."""

from __future__ import annotations

from softpower.engine.sampling.histogram import most_bytes
from softpower.errors import UsageError

MUCH = 10**9
"""More bytes than this are worth a word beforehand."""
MOST_SHARES = 10_000_000
"""A table of the shares of all ranks has no more cells."""


def memory_needed(units: int, *, halves: bool) -> str:
    """Return how much memory it may take to count the ranks of so many units, if that is much."""
    most = most_bytes(units, halves=halves)
    if most <= MUCH:
        return ""
    return (
        f"Counting the ranks of {units:,} units takes up to {most / 1e9:,.1f} GB of memory, "
        "and less the fewer ranks each of them has."
    )


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
