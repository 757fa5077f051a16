"""Figures: units x indicators, missing where missing, with year and source where known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.equality import ByValue
from softpower.index.units import Unit
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64, object_
    from numpy.typing import NDArray

    Texts = NDArray[object_]


def _nothing() -> Floats:
    return np.zeros((0, 0))


def placed(
    shape: tuple[int, int],
    places: NDArray[int64] | None,
    read: Sequence[float] | Sequence[str] | NDArray[Any] | None,
    otherwise: float | str,
) -> NDArray[Any]:
    """Return what was read of figures as an array, units x indicators.

    Parameters
    ----------
    shape
        How many units and indicators there are.
    places
        Where each belongs: its row times the number of indicators, plus its column.
    read
        What was read, one for each place; where nothing was, the array is one cell that stands for
        all of them.
    otherwise
        What stands everywhere else.
    """
    kind = np.float64 if isinstance(otherwise, float) else object
    if read is None or not len(read):
        return np.broadcast_to(np.array(otherwise, dtype=kind), shape)
    out = np.full(shape[0] * shape[1], otherwise, dtype=kind)
    out[places] = np.asarray(read, dtype=kind)
    return out.reshape(shape)


@dataclass(frozen=True, slots=True, eq=False)
class History(ByValue):
    """Figures of other periods than the one that is scored, of any units."""

    rows: tuple[tuple[str, str], ...] = ()
    """The id of the unit and the period of each row, as it is written."""
    ids: tuple[str, ...] = ()
    """The ids of the indicators, in the order of the columns."""
    values: Floats = field(default_factory=_nothing)
    """Rows x indicators; NaN is missing."""

    def __post_init__(self) -> None:
        self.values.flags.writeable = False

    def columns(self, ids: Sequence[str]) -> Floats:
        """Return the figures of these indicators, rows x ids; missing where there is none."""
        position = {name: j for j, name in enumerate(self.ids)}
        out = np.full((len(self.rows), len(ids)), np.nan)
        for k, name in enumerate(ids):
            if name in position:
                out[:, k] = self.values[:, position[name]]
        return out

    def without_units(self, omitted: Collection[str]) -> History:
        """Return the figures of other periods without some units."""
        kept = [i for i, (unit, _) in enumerate(self.rows) if unit not in omitted]
        return History(tuple(self.rows[i] for i in kept), self.ids, self.values[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Figures(ByValue):
    """A matrix of figures with the names of its rows and columns."""

    units: tuple[Unit, ...]
    ids: tuple[str, ...]
    """The ids of the indicators, in the order of the columns."""
    values: Floats
    """Units x indicators; NaN is missing."""
    years: Texts
    """The year of each figure, as it is written; empty where unknown."""
    sources: Texts
    """The source of each figure, where it differs from its indicator's; empty where unknown."""
    errors: Floats = field(default_factory=_nothing)
    """The standard error of each figure, units x indicators; NaN where unknown."""
    history: History = field(default_factory=History)
    """The figures of other periods, to which some normalisations look back."""
    doubts: tuple[str, ...] = ()
    """How their tables were read where they could be read otherwise, in sentences."""

    def __post_init__(self) -> None:
        if self.errors.shape != self.values.shape:
            object.__setattr__(self, "errors", placed(self.values.shape, None, None, np.nan))
        for array in (self.values, self.years, self.sources, self.errors):
            array.flags.writeable = False

    def columns(self, ids: Sequence[str]) -> Floats:
        """Return the figures of these indicators, units x ids."""
        return self.values[:, self.positions(ids)]

    def positions(self, ids: Sequence[str]) -> list[int]:
        """Return the columns of these indicators."""
        position = {name: j for j, name in enumerate(self.ids)}
        return [position[name] for name in ids]

    def without_units(self, omitted: Collection[str]) -> Figures:
        """Return the figures without some units."""
        kept = [i for i, unit in enumerate(self.units) if unit.id not in omitted]
        return Figures(
            tuple(self.units[i] for i in kept),
            self.ids,
            self.values[kept],
            self.years[kept],
            self.sources[kept],
            self.errors[kept],
            self.history.without_units(omitted),
            self.doubts,
        )
