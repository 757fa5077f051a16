"""Imputation by the units that are most alike in everything else."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.impute.base import Filled, Filling, ImputationContext, counted, joined
from softpower.methods.model import Floats, Mask
from softpower.methods.moments import is_constant

NAMED = 3
"""So many donors are named in a remark."""


class NearestNeighbour(Filling):
    """The figure of the unit that is most alike in the other indicators.

    Formula: ``x_cj = mean x_dj`` over the ``donors`` nearest units ``d`` that have a figure of
    ``j``, all there are if there are fewer. The distance of Gower is ``mean_i |x_ci - x_di| /
    range_i`` over the indicators ``i`` that both have, ``shared`` of them at least; one whose
    figures are all the same does not count.

    Assumes: units that are alike in what is known are alike in what is missing.

    Edge cases: Of units at the same distance (to twelve decimals) the first in the list of units
    gives, which is noted. A gap stays a gap where no unit can give.

    Source: Gower (1971), A general coefficient of similarity and some of its properties,
    Biometrics 27; OECD/JRC Handbook (2008), ch. 3 (hot deck).
    """

    method: Literal["nearest-neighbour"] = "nearest-neighbour"
    positional: ClassVar[tuple[str, ...]] = ("donors",)
    donors: int = Field(1, ge=1, description="How many units give; their mean is taken.")
    shared: int = Field(
        1, ge=1, description="Least number of indicators that a donor and the unit both have."
    )

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: always."""
        return True

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with the gaps filled for which there is a donor."""
        there = ~np.isnan(x)
        scaled = _scaled(x)
        filled = x.copy()
        given: dict[str, list[str]] = {name: [] for name in sheet.ids}
        lacking = np.zeros(x.shape, dtype=bool)
        tied = np.zeros(x.shape, dtype=bool)
        for i in np.flatnonzero(~there.all(axis=1)):
            distance = self._distances(scaled, int(i))
            order = np.argsort(distance, kind="stable")
            order = order[np.isfinite(distance[order])]
            for j in np.flatnonzero(~there[i]):
                able = order[there[order, j]]
                chosen = able[: self.donors]
                if not chosen.size:
                    lacking[i, j] = there[:, j].any()
                    continue
                filled[i, j] = x[chosen, j].mean()
                tied[i, j] = _decided_by_order(distance[able], chosen.size)
                names = "+".join(sheet.units[d] for d in chosen[:NAMED])
                more = "+..." if chosen.size > NAMED else ""
                given[sheet.ids[j]].append(f"{sheet.units[i]} from {names}{more}")
        return Filled(filled, _remarks(given, tied, lacking))

    def _distances(self, scaled: Floats, i: int) -> Floats:
        """Return the distance of one unit to each, infinite where they share too little."""
        apart = np.abs(scaled - scaled[i])
        shared = np.count_nonzero(~np.isnan(apart), axis=1)
        distance = np.full(shared.shape, np.inf)
        enough = shared >= self.shared
        distance[enough] = np.nansum(apart[enough], axis=1) / shared[enough]
        distance[i] = np.inf
        return np.asarray(np.round(distance, 12), dtype=np.float64)


def _scaled(x: Floats) -> Floats:
    """Return the figures divided by their range; NaN throughout where that is nothing."""
    scaled = np.full(x.shape, np.nan)
    for j in range(x.shape[1]):
        if not is_constant(x[:, j]):
            low, high = np.nanmin(x[:, j]), np.nanmax(x[:, j])
            scaled[:, j] = (x[:, j] - low) / (high - low)
    return scaled


def _decided_by_order(distances: Floats, taken: int) -> bool:
    """Say whether the last donor taken is as far off as the first one left."""
    return bool(taken < distances.size and distances[taken - 1] == distances[taken])


def _remarks(given: dict[str, list[str]], tied: Mask, lacking: Mask) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for j, (name, donors) in enumerate(given.items()):
        said[name] = [", ".join(donors)] if donors else []
        if tied[:, j].any():
            said[name].append(f"{counted(tied[:, j], 'tie')} between donors went to the first")
        if lacking[:, j].any():
            said[name].append(f"{counted(lacking[:, j])} left missing, for lack of a donor")
    return joined(said)
