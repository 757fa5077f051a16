"""The factors of a study of sensitivity, and what the ranking is at every point of its design."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from softpower.analysis.shared.study import Study
from softpower.analysis.shared.variation import Variation
from softpower.engine.sampling.points import RankEvaluator, SamplePoints
from softpower.errors import UsageError
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Whole = NDArray[int64]

BLOCK = 256
"""Most rows of the two samples that are evaluated between two looks at the clock."""
ROOM = 2_000_000
"""About so many ranks are held at once."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that varies by itself."""

    name: str
    values: str
    """The values that it takes, in words."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """The outcomes of some rows of the paired samples."""

    one: Floats
    """Rows x outcomes, of the first sample."""
    other: Floats
    mixed: Floats
    """Factors x rows x outcomes: the first sample with one factor from the second."""

    @property
    def draws(self) -> int:
        """How many rankings that took."""
        return len(self.one) * (2 + len(self.mixed))


class SobolDesign:
    """Paired samples of independent factors: choices, weights, figures.

    The samples are the two halves of the coordinates of a scrambled Sobol sequence, in which the
    weights of siblings are the coordinates of one factor.
    """

    def __init__(self, study: Study, variation: Variation, *, split: bool) -> None:
        """Lay the factors out.

        Parameters
        ----------
        study
            What varies, every combination of choices being possible.
        variation
            The same as it was asked for.
        split
            Whether the weights within each pillar are a factor of their own.

        Raises
        ------
        UsageError
            If some combination of choices leads to no ranking.
        """
        if study.refused:
            raise UsageError(
                f"Choices do not go together, {': '.join(study.refused[0])}",
                mend='Vary them as one choice, such as `vary="variant=@ONE,@OTHER"`.',
            )
        self.variation = variation
        plan = study.sweep
        units = [unit.id for unit in study.ranking.units]
        self.field = RankEvaluator(
            plan.setups,
            units,
            plan.sampling,
            plan.pillars,
            [(pillar.id, child.id) for pillar, child in study.axes],
            plan.figure_sampling,
            plan.seed,
            plan.ready,
            plan.cache,
        )
        self.shape = study.grid.shape
        self._ends = [
            np.cumsum(np.array(choice.shares(), dtype=np.float64))[:-1]
            for choice in study.grid.choices
        ]
        """Where in the unit interval one value of each choice gives way to the next."""
        self.factors: list[Factor] = [
            Factor(choice.key, ", ".join(choice.written())) for choice in study.grid.choices
        ]
        self._columns: list[list[int]] = [[k] for k in range(len(self.shape))]
        self._lay_weights(study, split=split)
        if plan.figure_sampling is not None:
            self.factors.append(Factor("figures", "drawn"))
            self._columns.append([])
        self.rows = self._rows(variation.draws)
        self._block = self._rows_at_once(len(units))
        self.width = len(self.shape) + len(self.field.axes)

    def _lay_weights(self, study: Study, *, split: bool) -> None:
        first = len(self.shape)
        titles = {pillar.id: pillar.title for pillar, _ in study.axes}
        groups: dict[str, list[int]] = {}
        for k, (pillar, _) in enumerate(self.field.axes):
            groups.setdefault(pillar if split else "", []).append(first + k)
        for pillar, columns in groups.items():
            within = f" within {titles.get(pillar, pillar) if pillar else 'the index'}"
            self.factors.append(
                Factor(f"weights{within if split else ''}", f"{len(columns)} drawn")
            )
            self._columns.append(columns)

    def _rows(self, draws: int) -> int:
        """Return the largest power of two that so many rankings allow."""
        each = len(self.factors) + 2
        if draws < 4 * each:
            raise UsageError(
                f"{draws} draws are too few for {len(self.factors)} factors.",
                mend=f"Take `draws={64 * each}` or more.",
            )
        return 1 << (draws // each).bit_length() - 1

    def _rows_at_once(self, units: int) -> int:
        """Return how many rows are evaluated at once: a power of two, as the sequence asks for."""
        most = ROOM // ((len(self.factors) + 2) * units)
        return min(BLOCK, 1 << max(most, 1).bit_length() - 1)

    def _coordinates(self) -> Iterator[tuple[Whole, Floats, Floats]]:
        """Yield block by block the numbers of some rows and their coordinates in both samples."""
        sampler = None
        if self.width:
            from scipy.stats.qmc import Sobol

            sampler = Sobol(2 * self.width, rng=np.random.default_rng(self.variation.seed))
        for start in range(0, self.rows, self._block):
            rows = np.arange(start, min(start + self._block, self.rows))
            drawn = np.empty((rows.size, 0)) if sampler is None else sampler.random(rows.size)
            yield rows, drawn[:, : self.width], drawn[:, self.width :]

    def blocks(
        self, measured: Callable[[Floats], Floats], threads: int | None
    ) -> Iterator[Sampled]:
        """Yield the outcomes of one block of rows after the other.

        Parameters
        ----------
        measured
            Returns the outcomes (points x outcomes) of ranks (points x units).
        threads
            How many threads share the work.
        """
        for rows, one, other in self._coordinates():
            samples = [self._points(rows, one), self._points(rows + self.rows, other)]
            samples += [self._mixed(rows, one, other, k) for k in range(len(self.factors))]
            together = SamplePoints(
                np.concatenate([each.setups for each in samples]),
                np.vstack([each.weights for each in samples]),
                np.concatenate([each.figures for each in samples]),
            )
            outcomes = measured(self.field.ranks(together, threads))
            parts = outcomes.reshape(len(samples), rows.size, -1)
            yield Sampled(parts[0], parts[1], parts[2:])

    def _mixed(self, rows: Whole, one: Floats, other: Floats, factor: int) -> SamplePoints:
        """Return points of the first sample with one factor from the second."""
        coordinates = one.copy()
        columns = self._columns[factor]
        coordinates[:, columns] = other[:, columns]
        perturbed = self.factors[factor].name == "figures"
        return self._points(rows + self.rows if perturbed else rows, coordinates)

    def _points(self, figures: Whole, coordinates: Floats) -> SamplePoints:
        choices = len(self.shape)
        levels = [
            np.searchsorted(ends, coordinates[:, k], side="right")
            for k, ends in enumerate(self._ends)
        ]
        setups = np.ravel_multi_index(levels, self.shape) if choices else np.zeros_like(figures)
        return SamplePoints(setups, coordinates[:, choices:], figures)
