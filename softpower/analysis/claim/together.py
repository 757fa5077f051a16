"""Several claims as one: ``China above Japan and Germany``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from softpower.analysis.claim.kinds import Claim
from softpower.analysis.claim.standings import RankMatrix
from softpower.index.units import Unit
from softpower.methods.model import Floats, Mask


@dataclass(frozen=True, slots=True)
class Together(Claim):
    """Claims that hold together or not at all."""

    sentence: str
    parts: tuple[Claim, ...]
    """Two or more of one kind."""

    def __str__(self) -> str:
        return self.sentence

    def units(self) -> tuple[Unit, ...]:
        """Return the units of all parts, in the order of the sentence."""
        return tuple(dict.fromkeys(unit for part in self.parts for unit in part.units()))

    @property
    def counts_points(self) -> bool:
        """Whether any part is about scores."""
        return any(part.counts_points for part in self.parts)

    @property
    def needs_all(self) -> bool:
        """Whether any part needs every rank to be known."""
        return any(part.needs_all for part in self.parts)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where all parts are true."""
        return np.all([part.true(standings) for part in self.parts], axis=0)

    def distance(self, standings: RankMatrix) -> Floats:
        """Return the distance of the part nearest to failing, or farthest from being true."""
        true = np.array([part.true(standings) for part in self.parts])
        far = np.array([part.distance(standings) for part in self.parts])
        return np.where(true.all(axis=0), far.min(axis=0), np.where(true, 0.0, far).max(axis=0))


def listed(units: Sequence[Unit]) -> str:
    """Return names as a list: ``A, B and C``."""
    *first, last = (unit.name for unit in units)
    return f"{', '.join(first)} and {last}" if first else last
