"""Coverage: how many figures a unit must have to be scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Mask, Model

SLACK = 1e-12
"""So much below what is asked a share may be, for the sake of rounding."""


class Coverage(Model):
    """The least share of indicators with a figure, over the whole index and in every pillar.

    Formula: a unit is scored if ``available / indicators >= country`` over all indicators, and
    ``>= pillar`` over the indicators beneath each pillar. Figures count as they were found, not
    as they were imputed, and only those of indicators that have a weight. A zero of an indicator
    with ``zero_fill`` says only that a list does not name the unit, and does not prove that anybody
    looked: over the whole index it is neither available nor one of the indicators. To a pillar,
    which asks whether there are values to be added up, it is a value. A unit that falls short is
    listed without a score, and its figures enter no minimum, mean or other statistic.

    Source: OECD/JRC Handbook (2008), ch. 3; about two thirds is the practice of audited indices.
    """

    country: float = Field(
        0.65, ge=0, le=1, description="Least share of all indicators, from 0 to 1."
    )
    pillar: float = Field(
        0.5, ge=0, le=1, description="Least share of the indicators of each pillar, from 0 to 1."
    )
    below: Literal["unranked", "missing"] = Field(
        "unranked",
        description="A unit short in one pillar is unranked, or just has that pillar missing.",
    )


class Evidence(NamedTuple):
    """What is known of units before anything is done to their figures (units x indicators)."""

    found: Mask
    """Where there is a figure, and something to divide it by."""
    silent: Mask
    """Where the figure is a zero which says only that a list does not name the unit."""

    @staticmethod
    def of(figures: Floats, found: Mask, zero_fill: Sequence[bool]) -> Evidence:
        """Return the evidence of figures, for each indicator of which zeros are silent or not."""
        return Evidence(found, found & (figures == 0) & np.array(zero_fill, dtype=bool))

    def beneath(self, columns: Sequence[int]) -> Evidence:
        """Return the evidence of some of the indicators."""
        return Evidence(self.found[:, columns], self.silent[:, columns])

    @property
    def values(self) -> Evidence:
        """The evidence to a pillar, of which a silent zero is a value like any other."""
        return Evidence(self.found, np.zeros_like(self.silent))

    @property
    def counted(self) -> Mask:
        """Where a figure proves that something is known of a unit."""
        return self.found & ~self.silent

    def shares(self) -> Floats:
        """Return for each unit the share of indicators with a figure; 1 where there is none.

        Silent zeros are left aside; where nothing else is there the share is 0.
        """
        if self.found.shape[1] == 0:
            return np.ones(self.found.shape[0])
        asked = np.count_nonzero(~self.silent, axis=1)
        return np.asarray(np.count_nonzero(self.counted, axis=1) / np.maximum(asked, 1))

    def reaches(self, least: float) -> Mask:
        """Return which units have figures for at least such a share of the indicators."""
        return np.asarray(self.shares() >= least - SLACK)

    def short(self, row: int, where: str = "") -> str:
        """Return how few figures a unit has: ``has figures for 2 of 5 indicators in Culture``."""
        silent = int(np.count_nonzero(self.silent[row]))
        have, of = int(np.count_nonzero(self.counted[row])), self.found.shape[1] - silent
        aside = f", {silent} {'zero' if silent == 1 else 'zeros'} of lists aside" if silent else ""
        return f"has figures for {have} of {of} indicators{where and f' in {where}'}{aside}"
