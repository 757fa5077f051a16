"""What an imputation is: figures with gaps in, filled figures and what to say of them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Mask, Method
from softpower.methods.moments import exponents

Stage = Literal["raw", "transformed", "treated", "normalised"]


class ImputationContext(NamedTuple):
    """What the rows and columns of figures are, as an imputation sees them."""

    units: tuple[str, ...]
    """The ids of the units, row by row."""
    ids: tuple[str, ...]
    """The ids of the indicators, column by column."""
    groups: Callable[[str], tuple[str, ...]]
    """The group of each unit in a grouping, empty where it is in none."""
    figure: Callable[[str], Floats]
    """The figures (units) of any indicator of the index by its id, scored or not."""
    powers: tuple[int, ...] = ()
    """By which power of two the figures of each column have been made smaller, if they have."""


class Filled(NamedTuple):
    """Figures with fewer gaps or none."""

    values: Floats
    remarks: Mapping[str, str]
    """What a reader should know, by the id of the indicator; ``""`` stands for all of them."""


class Imputation(Method):
    """Figures with gaps in, figures with fewer or no gaps out."""

    members: ClassVar[Mapping[str, str]] = {
        "none": "base.NoImputation",
        "mean": "single.MeanImputation",
        "median": "single.MedianImputation",
        "group-mean": "single.GroupMean",
        "group-median": "single.GroupMedian",
        "nearest-neighbour": "neighbours.NearestNeighbour",
        "regression": "regression.Regression",
        "em": "em.Em",
        "constant": "single.Constant",
    }

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the figures of the indicator."""
        return False

    def __call__(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with the gaps filled that this method fills.

        Parameters
        ----------
        x
            Units x indicators; NaN is missing.
        sheet
            What its rows and columns are.

        Raises
        ------
        MethodError
            If a grouping or an indicator that the method names is not known.
        """
        raise NotImplementedError


class NoImputation(Imputation):
    """Gaps stay gaps; the setting ``missing`` says what they mean to the pillar above.

    Formula: ``x``.

    Assumes: that one rule on what is missing serves all gaps.

    Edge cases: A unit with many gaps is left to the setting ``coverage``.

    Source: OECD/JRC Handbook (2008), ch. 3.
    """

    method: Literal["none"] = "none"

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: nothing is."""
        return True

    def __call__(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures as they are."""
        del sheet
        return Filled(x, {})


class Filling(Imputation):
    """An imputation that fills gaps, at one stage of the calculation."""

    stage: Stage = Field(
        "treated",
        description="When gaps are filled: before denominators (raw), after transforms "
        "(transformed), after the treatment of outliers (treated), or after normalisation.",
    )

    def __call__(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with the gaps filled, whatever unit each indicator has."""
        powers = exponents(x, axis=0)
        values, remarks = self.filled(
            np.ldexp(x, -powers), sheet._replace(powers=tuple(powers.tolist()))
        )
        return Filled(np.where(np.isnan(x), np.ldexp(values, powers), x), remarks)

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return figures, the largest of each indicator being about 1, with the gaps filled."""
        raise NotImplementedError


class ColumnFilling(Filling):
    """An imputation that fills the gaps of each indicator from its own figures, if from any."""

    def of_draws(self, x: Floats, sheet: ImputationContext) -> Floats:
        """Return many draws of the figures of one indicator (draws x units) with gaps filled.

        In all of the draws the same are missing.
        """
        raise NotImplementedError


def clipped(values: Floats, figures: Floats) -> Floats:
    """Return values pulled to the range of the figures of an indicator."""
    return np.clip(values, np.nanmin(figures), np.nanmax(figures))


def counted(where: Mask, noun: str = "figure") -> str:
    """Return how many there are, with the noun."""
    count = int(np.count_nonzero(where))
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def joined(parts: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the remarks on each indicator as one, without those that have none."""
    return {name: "; ".join(said) for name, said in parts.items() if said}
