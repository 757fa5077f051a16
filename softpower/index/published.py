"""The publisher's own result, as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from softpower.equality import ByValue
from softpower.index.units import Unit
from softpower.methods.model import Floats

SMALLEST_TOLERANCE = 1e-9
"""What counts as agreement where nothing is declared."""


@dataclass(frozen=True, slots=True, eq=False)
class Published(ByValue):
    """Scores and ranks as printed, NaN where they are not known."""

    units: tuple[Unit, ...]
    scores: Floats
    ranks: Floats
    pillars: Mapping[str, Floats]
    """Printed scores of pillars, by id."""
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    ranked: int
    """How many units the publisher ranks; if that is not declared, as many as are told of."""
    decimals: int | None
    """Decimals that scores are printed with; ``None`` for full precision."""
    tolerance: float
    """Largest difference of a score that counts as agreement."""
    pillar_tolerance: float
    """The same for the score of a pillar."""
    note: str
    pillar_ranks: Mapping[str, Floats] = field(default_factory=dict)
    """Printed ranks in pillars, by id."""
    classes: tuple[str, ...] = ()
    """The class of each unit as printed, empty where it has none; none at all without a column."""
    open_ended: bool = False
    """Whether ranks are missing and nothing says how many units the publisher ranks."""

    @property
    def known_scores(self) -> int:
        """How many scores are known."""
        return int(np.count_nonzero(~np.isnan(self.scores)))

    @property
    def known_ranks(self) -> int:
        """How many ranks are known."""
        return int(np.count_nonzero(~np.isnan(self.ranks)))

    @property
    def partial(self) -> str:
        """What is missing, in words; empty where every score and rank is known."""
        if self.known_scores >= self.ranked and self.known_ranks >= self.ranked:
            return ""
        of = f"{'at least ' if self.open_ended else ''}{self.ranked}"
        return (
            f"partial: {self.known_scores} of {of} scores and {self.known_ranks} of {of} ranks "
            "are known"
        )
