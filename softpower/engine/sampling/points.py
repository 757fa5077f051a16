"""Rankings at given points of a design: a combination of choices, weights, a draw of figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import default_rng

from softpower.engine.cache import Cache
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.parts import Weights
from softpower.engine.sampling.sweep import LONGEST, FigureSampling, workers
from softpower.errors import MethodError, Problem
from softpower.index.patch import Setup
from softpower.methods.model import Floats
from softpower.methods.sample import WeightSampling

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Whole = NDArray[int64]

Axis = tuple[str, str]
"""A pillar and one of its children, whose weight is a coordinate of a point."""


@dataclass(frozen=True, slots=True)
class SamplePoints:
    """Points of a design; all arrays have one row for each."""

    setups: Whole
    """The position of the setup (points)."""
    weights: Floats
    """Coordinates of the weights in the unit cube (points x axes)."""
    figures: Whole
    """Which draw of the figures (points)."""

    def __len__(self) -> int:
        return self.setups.size


class RankEvaluator:
    """What is asked at points: setups, how weights and figures follow from coordinates."""

    def __init__(
        self,
        setups: Sequence[Setup],
        units: Sequence[str],
        sampling: WeightSampling | None = None,
        pillars: Sequence[Collection[str]] = (),
        axes: Sequence[Axis] = (),
        figure_sampling: FigureSampling | None = None,
        seed: int = 1,
        ready: Mapping[int, Batch] | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Make the setups ready.

        Parameters
        ----------
        setups
            The combinations of choices.
        units
            The ids of the units whose ranks are returned.
        sampling
            How coordinates stand for weights; ``None`` leaves weights as they are.
        pillars
            For each setup, the pillars whose children's weights vary.
        axes
            What the coordinates of weights are: all weights that vary in some setup.
        figure_sampling
            How figures are drawn; ``None`` leaves them as they are.
        seed
            A draw of figures depends on this and on its number only.
        ready
            Setups that were made ready before, by their position.
        cache
            What scores of the setups share.
        """
        self.setups = tuple(setups)
        self.sampling = sampling
        self.pillars = tuple(pillars)
        self.figure_sampling = figure_sampling
        self.seed = seed
        self._row = {name: i for i, name in enumerate(units)}
        self._cache = cache or Cache()
        self.refusal = ""
        """Why the last point that has no rank has none."""
        self._ready = dict(ready or {})
        self.axes = tuple(axes)
        self._column = {axis: k for k, axis in enumerate(self.axes)}

    def ranks(self, points: SamplePoints, threads: int | None = None) -> Floats:
        """Return the ranks at points (points x units); NaN where a unit has none.

        A point at which a method refuses the figures has no rank at all.
        """
        out = np.full((len(points), len(self._row)), np.nan)
        blocks: list[tuple[int, Whole]] = []
        for setup in np.unique(points.setups):
            there = np.flatnonzero(points.setups == setup)
            longest = 1 if self.figure_sampling is not None else LONGEST
            blocks += [(int(setup), there[k : k + longest]) for k in range(0, there.size, longest)]
        if self.figure_sampling is None:
            for setup in {setup for setup, _ in blocks}:
                self._batch(setup)
        with ThreadPoolExecutor(workers(threads) if self.figure_sampling is None else 1) as pool:
            for _ in pool.map(lambda block: self._fill(out, points, *block), blocks):
                pass
        return out

    def _batch(self, position: int) -> Batch | None:
        try:
            if position not in self._ready:
                self._ready[position] = Batch(self.setups[position], self._cache)
        except MethodError as error:
            self.refusal = str(Problem(error.what, error.location))
            return None
        return self._ready[position]

    def _fill(self, out: Floats, points: SamplePoints, position: int, rows: Whole) -> None:
        try:
            batch = self._perturbed(points, position, rows)
            if batch is None:
                return
            weights = self._weights(batch, position, points.weights[rows])
            scores = batch.scores(weights)
            ranks = batch.ranks(scores, weights)
        except MethodError as error:
            self.refusal = str(Problem(error.what, error.location))
            return
        units = [self._row[name] for name in batch.nominal.units]
        out[rows[:, None], units] = ranks

    def _perturbed(self, points: SamplePoints, position: int, rows: Whole) -> Batch | None:
        if self.figure_sampling is None:
            return self._batch(position)
        setup = self.setups[position]
        generator = default_rng([self.seed, int(points.figures[rows[0]])])
        figures = self.figure_sampling(setup.figures, generator)
        return Batch(Setup(figures, setup.framework, setup.methodology))

    def _weights(self, batch: Batch, position: int, coordinates: Floats) -> Weights:
        weights: dict[str, Floats] = {}
        if self.sampling is not None:
            for name in self.pillars[position]:
                own = batch.weights[name]
                if np.count_nonzero(own) > 1:
                    at = [self._column[name, child] for child in batch.children[name]]
                    siblings = self.sampling.among(batch.children[name], own)
                    weights[name] = siblings.from_uniform(coordinates[:, at], own)
        return weights or batch.repeated(len(coordinates))
