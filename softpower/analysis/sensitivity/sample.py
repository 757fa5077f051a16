"""What is kept of the outcomes of paired samples."""

from __future__ import annotations

import numpy as np

from softpower.analysis.sensitivity.design import Sampled
from softpower.analysis.sensitivity.effects import Effects, PairedSums, intervals
from softpower.methods.model import Floats


class Sample:
    """Sums over the rows of paired samples, and the rows themselves of the outcomes named first."""

    def __init__(self, named: int) -> None:
        self.named = named
        """Of so many outcomes the rows are kept, for intervals."""
        self.draws = 0
        """How many rankings were computed."""
        self.lost = 0
        """How many of them belong to rows of which no outcome is known."""
        self._sums = PairedSums()
        self._rows: list[Sampled] = []

    @property
    def rows(self) -> int:
        """How many rows count."""
        return self._sums.rows

    def add(self, block: Sampled) -> None:
        """Add the outcomes of some rows."""
        one, other, mixed = block.one, block.other, block.mixed
        failed = np.isnan(one) | np.isnan(other) | np.isnan(mixed).any(axis=0)
        kept = ~failed.all(axis=1)
        self.draws += block.draws
        self.lost += int(np.count_nonzero(~kept)) * (2 + len(mixed))
        one, other, mixed = one[kept], other[kept], mixed[:, kept]
        self._sums.add(one, other, mixed)
        first = slice(self.named)
        self._rows.append(Sampled(*(part[..., first].copy() for part in (one, other, mixed))))

    def effects(self) -> Effects:
        """Return the estimates of the effects on all outcomes."""
        return self._sums.effects()

    def intervals(
        self, *, level: float, resamples: int, seed: int
    ) -> dict[int, tuple[Floats, Floats]]:
        """Return those of first-order and total effects (2 x factors) by the outcomes named."""
        if not self.named:
            return {}
        one = np.concatenate([part.one for part in self._rows])
        other = np.concatenate([part.other for part in self._rows])
        mixed = np.concatenate([part.mixed for part in self._rows], axis=1)
        first, total = intervals(one, other, mixed, level=level, resamples=resamples, seed=seed)
        return {at: (first[..., at], total[..., at]) for at in range(self.named)}
