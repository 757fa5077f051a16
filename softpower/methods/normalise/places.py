"""Normalisations by the order of the figures alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from softpower.methods.model import Floats
from softpower.methods.normalise.base import Context, Normalisation, Ranged
from softpower.methods.ties import rank

Shared = Literal["average", "min"]
"""How equal figures share places counted from the worst: by their mean, or the lowest."""


class RankScale(Normalisation):
    """The place among the units: 1 is the worst, or the best where low scores are best.

    Formula: 1 for the worst figure up to n for the best; ties share the mean of their places
    (``average``), or the lowest (``min``). In an index in which low scores are best (``direction =
    "lower"``) 1 is the best.

    Assumes: that only the order of the figures matters.

    Edge cases: Distances between figures are lost. In a constant indicator all share one place.

    Source: OECD/JRC Handbook (2008), sec. 5.1 and Table 15; fractional ranks as the Good Country
    Index uses them.
    """

    positional: ClassVar[tuple[str, ...]] = ("ties",)
    invariant = "order"
    mirrored = False
    stacked = True
    method: Literal["rank"] = "rank"
    ties: Shared = Field("average", description="How equal figures share ranks.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the ranks, 1 being the worst."""
        del context
        return ascending(x, self.ties)

    def middle(self) -> float:
        """Return zero; ranks are never refused."""
        return 0.0


class BordaScores(Normalisation):
    """How many other units do worse, as in an election in which every indicator votes.

    Formula: ``r - 1`` with the ascending rank ``r``, from 0 for the worst figure to n - 1 for the
    best, so that the weighted sum is the Borda count; ``share = true`` divides by n - 1. Ties share
    the mean of their places (``average``), or the lowest (``min``).

    Assumes: that only the order of the figures matters.

    Edge cases: A single figure gets 0, or a half of the share.

    Source: de Borda (1784), Memoire sur les elections au scrutin; OECD/JRC Handbook (2008), sec.
    6.12.
    """

    positional: ClassVar[tuple[str, ...]] = ("ties",)
    invariant = "order"
    mirrored = False
    stacked = True
    method: Literal["borda"] = "borda"
    ties: Shared = Field("average", description="How equal figures share points.")
    share: bool = Field(False, description="Whether points are divided by the most there can be.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the points, 0 being the worst."""
        del context
        return places_below(x, self.ties) if self.share else ascending(x, self.ties) - 1

    def middle(self) -> float:
        """Return zero; ranks are never refused."""
        return 0.0


class Percentile(Ranged):
    """The share of the other units that do worse.

    Formula: ``exclusive``: ``(r - 1) / (n - 1)`` with the ascending rank ``r``; ``handbook``: ``r /
    n`` with ties at their lowest rank; ``ecdf``: the share of figures at or below. All are spread
    over ``low`` to ``high``.

    Assumes: that only the order of the figures matters.

    Edge cases: A single figure gets a half (``exclusive``), or all.

    Source: OECD/JRC Handbook (2008), Table 15 (``handbook``); COINr's ``n_prank`` (``exclusive``
    with ``ties = "min"``).
    """

    positional: ClassVar[tuple[str, ...]] = ("kind",)
    invariant = "order"
    stacked = True
    method: Literal["percentile"] = "percentile"
    kind: Literal["exclusive", "handbook", "ecdf"] = Field(
        "exclusive", description="Which of the three definitions."
    )
    ties: Shared = Field(
        "average", description="How equal figures share ranks, for the exclusive kind."
    )

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the percentiles."""
        del context
        if self.kind == "exclusive":
            return self.spread(places_below(x, self.ties))
        return self.spread(handbook_share(x) if self.kind == "handbook" else share_at_or_below(x))


class QuantileBand(Ranged):
    """Bands that hold about equally many units each, such as fifths.

    Formula: band ``ceil(bands r / n)`` with the ascending rank ``r``, ties at their highest; the
    first band becomes ``low``, the last ``high``, with even steps between.

    Assumes: that differences within a band do not matter.

    Edge cases: Ties stay together, so that a band may be empty, and a constant indicator is in the
    last one.

    Source: OECD/JRC Handbook (2008), ch. 5, on categorical scales of percentiles.
    """

    positional: ClassVar[tuple[str, ...]] = ("bands",)
    invariant = "order"
    stacked = True
    method: Literal["quantile-band"] = "quantile-band"
    bands: int = Field(5, ge=2, le=100, description="How many bands there are.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the bands, on the range."""
        del context
        band = np.ceil(self.bands * rank(x, "modified", descending=False) / _many(x))
        return self.spread((band - 1) / (self.bands - 1))


Steps = Annotated[tuple[float, ...], Field(min_length=1, max_length=100)]

VALUES = (0.0, 20.0, 40.0, 50.0, 60.0, 80.0, 100.0)
"""What the Handbook gives the seven bands, from the lowest up."""


class OecdBand(Normalisation):
    """Seven bands of percentiles, narrow at the ends, each with a value of its own.

    Formula: with ``p = 100 r / n``, the ascending rank ``r`` with ties at their lowest: 100 from
    ``p = 95`` on, 80 from 85, 60 from 65, 50 from 35, 40 from 15, 20 from 5, and 0 below; or other
    ``cuts`` and ``values``. Left open, the lowest value is 1 and not 0 where an aggregation takes
    logarithms or reciprocals.

    Assumes: that differences within a band do not matter.

    Edge cases: A constant indicator is in the band of its first place.

    Source: OECD/JRC Handbook (2008), ch. 5 and Table 15.
    """

    invariant = "order"
    stacked = True
    method: Literal["oecd-band"] = "oecd-band"
    cuts: Steps = Field(
        (5.0, 15.0, 35.0, 65.0, 85.0, 95.0),
        description="The percentiles at which a new band starts, from the lowest up.",
    )
    values: Steps | None = Field(
        None,
        description="What the bands get, from the lowest up, one more than there are cuts; 0, 20, "
        "40, 50, 60, 80, 100 by default.",
    )

    @model_validator(mode="after")
    def _upwards(self) -> OecdBand:
        if len(self._values()) != len(self.cuts) + 1:
            raise ValueError(
                f"{len(self.cuts)} cuts make {len(self.cuts) + 1} bands, but there are "
                f"{len(self._values())} values"
            )
        for name, steps in (("cuts", self.cuts), ("values", self._values())):
            if any(upper <= lower for lower, upper in pairwise(steps)):
                raise ValueError(f"the {name} do not rise from one to the next")
        return self

    def settled(self, *, positive: bool) -> OecdBand:
        """Return the normalisation with its values filled in."""
        if self.values is not None:
            return self
        values = (1.0, *VALUES[1:]) if positive else VALUES
        return self.model_copy(update={"values": values})

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the values of the bands."""
        del context
        band = np.searchsorted(self.cuts, 100 * ascending(x, "min") / _many(x), side="right")
        values = np.array(self._values())[band]
        return np.where(np.isnan(x), np.nan, values)

    def middle(self) -> float:
        """Return the midpoint of the values."""
        return (self._values()[0] + self._values()[-1]) / 2

    def _values(self) -> tuple[float, ...]:
        return VALUES if self.values is None else self.values


def ascending(x: Floats, ties: Shared) -> Floats:
    """Return the ranks of figures, 1 for the smallest."""
    return rank(x, "average" if ties == "average" else "competition", descending=False)


def places_below(x: Floats, ties: Shared) -> Floats:
    """Return the share of the other figures that are smaller, from 0 to 1; a half for one alone."""
    n, below = _many(x), ascending(x, ties) - 1
    alone = np.where(np.isnan(below), np.nan, 0.5)
    return np.asarray(np.where(n > 1, below / np.maximum(n - 1, 1), alone))


def handbook_share(x: Floats) -> Floats:
    """Return the ascending rank, ties at their lowest, divided by the number of figures."""
    return ascending(x, "min") / _many(x)


def share_at_or_below(x: Floats) -> Floats:
    """Return the share of figures that are no larger."""
    return rank(x, "modified", descending=False) / _many(x)


def _many(x: Floats) -> Floats:
    """Return how many figures each draw has, but no less than 1, by which there is to be divided.

    That is draws x 1, or a single number of figures alone (units).
    """
    return np.maximum(1.0, np.count_nonzero(~np.isnan(x), axis=-1, keepdims=True))
