"""Rankings at given points of a design: a combination of choices, weights, a draw of figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator, default_rng

from softpower.engine.cache import Cache
from softpower.engine.ranking import RankVector
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.design import FigureSampling
from softpower.engine.sampling.draws import FigureDraws, WeightDraws
from softpower.engine.sampling.parts import Weights
from softpower.engine.sampling.sweep import LONGEST, workers
from softpower.engine.sampling.tables import Tables
from softpower.engine.sampling.workspace import Workspace
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
        self._made: dict[int, Tables | None] = {}
        self._workspace = Workspace()
        self.axes = tuple(axes)
        self._column = {axis: k for k, axis in enumerate(self.axes)}

    def ranks(self, points: SamplePoints, threads: int | None = None) -> Floats:
        """Return the ranks at points (points x units); NaN where a unit has none.

        A point at which a method refuses the figures has no rank at all.
        """
        out = np.full((len(points), len(self._row)), np.nan)
        blocks: list[tuple[int, Whole]] = []
        for setup in np.unique(points.setups).tolist():
            there = np.flatnonzero(points.setups == setup)
            there = there[np.argsort(points.figures[there], kind="stable")]
            longest = self._longest(setup)
            blocks += [(setup, there[k : k + longest]) for k in range(0, there.size, longest)]
        # Steps of figures are many and short, so that threads would wait for one another.
        with ThreadPoolExecutor(workers(threads) if self.figure_sampling is None else 1) as pool:
            for _ in pool.map(lambda block: self._fill(out, points, *block), blocks):
                pass
        return out

    def _longest(self, position: int) -> int:
        """Return at how many points of a setup ranks are found at once, and make it ready."""
        if self.figure_sampling is None:
            self._batch(position)
            return LONGEST
        tables = self._tables(position)
        return 1 if tables is None else tables.longest

    def _batch(self, position: int) -> Batch | None:
        try:
            if position not in self._ready:
                self._ready[position] = Batch(self.setups[position], self._cache)
        except MethodError as error:
            self.refusal = str(Problem(error.what, error.location))
            return None
        return self._ready[position]

    def _tables(self, position: int) -> Tables | None:
        """Return a setup made ready for draws of its figures, if that can be."""
        if position not in self._made:
            batch, setup = self._batch(position), self.setups[position]
            fits = batch is not None and Tables.fits(setup, batch.ranking)
            self._made[position] = Tables(setup, batch.ranking, batch) if batch and fits else None
        return self._made[position]

    def _fill(self, out: Floats, points: SamplePoints, position: int, rows: Whole) -> None:
        """Fill in the ranks at points of one setup: all together, or else at each by itself."""
        try:
            ranked, source = self._source(points, position, rows)
            ties = self.setups[position].methodology.ties
            block = Block(position, ranked, ties, rows.size, source, self._workspace)
            out[rows[:, None], [self._row[name] for name in ranked.units]] = block.ranks
        except MethodError:
            for row in rows.tolist():
                self._fill_one(out, points, position, row)

    def _source(
        self, points: SamplePoints, position: int, rows: Whole
    ) -> tuple[RankVector, WeightDraws | FigureDraws]:
        """Return who is ranked at points of one setup, and where their scores come from."""
        batch = self._ready.get(position)
        if batch is None:
            raise MethodError(self.refusal)
        weights = self._weights(batch, position, points.weights[rows])
        if self.figure_sampling is None:
            return batch.nominal, WeightDraws(batch, weights)
        tables = self._tables(position)
        if tables is None:
            raise MethodError("Its figures are scored one by one.")
        numbers, at = np.unique(points.figures[rows], return_inverse=True)
        generators = [self._generator(number) for number in numbers.tolist()]
        drawn = tables.prepared(self.figure_sampling.many(tables.setup.figures, generators))
        y = [values if len(values) == 1 else values[at] for values in drawn]
        return tables.nominal, tables.added(y, rows.size, weights if self.sampling else None)

    def _fill_one(self, out: Floats, points: SamplePoints, position: int, row: int) -> None:
        try:
            batch, setup = self._ready.get(position), self.setups[position]
            if self.figure_sampling is not None:
                generator = self._generator(int(points.figures[row]))
                figures = self.figure_sampling(setup.figures, generator)
                batch = Batch(Setup(figures, setup.framework, setup.methodology))
            if batch is None:
                return
            weights = self._weights(batch, position, points.weights[[row]])
            ranks = batch.ranks(batch.scores(weights), weights)
        except MethodError as error:
            self.refusal = str(Problem(error.what, error.location))
            return
        out[row, [self._row[name] for name in batch.nominal.units]] = ranks[0]

    def _generator(self, number: int) -> Generator:
        return default_rng([self.seed, number])

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
