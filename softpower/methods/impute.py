"""Imputation: what stands in for a figure that is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Method, Short

Stage = Literal["raw", "transformed", "treated", "normalised"]


class Imputation(Method):
    """Figures with gaps in, figures with fewer or no gaps out."""

    grouping: ClassVar[bool] = False
    """Whether it needs to know which group each unit is in."""

    def __call__(self, x: Floats, groups: Sequence[str]) -> Floats:
        """Return the figures (units x indicators) with the gaps filled that this method fills."""
        del groups
        return x


class NoImputation(Imputation):
    """Gaps stay gaps; the setting ``missing`` says what they mean to the pillar above.

    Formula: ``x``.

    Source: OECD/JRC Handbook (2008), ch. 3.
    """

    method: Literal["none"] = "none"


class _Fill(Imputation):
    """Fill every gap of an indicator with one statistic of its figures."""

    stage: Stage = Field(
        "treated",
        description="When gaps are filled: before denominators (raw), after transforms "
        "(transformed), after the treatment of outliers (treated), or after normalisation.",
    )

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the statistic of the available figures."""
        raise NotImplementedError

    def __call__(self, x: Floats, groups: Sequence[str]) -> Floats:
        """Return the figures with every gap filled, but for indicators that have no figure."""
        labels = np.array(groups) if self.grouping else np.zeros(x.shape[0])
        filled = x.copy()
        for j in range(x.shape[1]):
            column, gaps = x[:, j], np.isnan(x[:, j])
            if gaps.all():
                continue
            overall = self.statistic()(column[~gaps])
            for label in np.unique(labels[gaps]):
                here = labels == label
                donors = column[here & ~gaps]
                alone = not label or donors.size == 0
                filled[here & gaps, j] = overall if alone else self.statistic()(donors)
        return filled


class _GroupFill(_Fill):
    """Fill every gap with a statistic of the unit's own group."""

    grouping: ClassVar[bool] = True
    positional: ClassVar[tuple[str, ...]] = ("by",)
    by: str = Field(
        "region",
        description="The grouping: region, subregion, income, or a column of units.csv.",
    )


class Mean(_Fill):
    """The mean of the indicator.

    Formula: ``x_cj = mean_j`` over the units that have a figure.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["mean"] = "mean"
    positional: ClassVar[tuple[str, ...]] = ("stage",)

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the mean."""
        return np.mean


class Median(_Fill):
    """The median of the indicator.

    Formula: ``x_cj = median_j`` over the units that have a figure.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["median"] = "median"
    positional: ClassVar[tuple[str, ...]] = ("stage",)

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the median."""
        return np.median


class GroupMean(_GroupFill):
    """The mean of the indicator among the units of the same group.

    Formula: ``x_cj = mean_j`` over the units in the group of ``c`` that have a figure; over all
    units where the group has none, or where ``c`` is in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-mean"] = "group-mean"

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the mean."""
        return np.mean


class GroupMedian(_GroupFill):
    """The median of the indicator among the units of the same group.

    Formula: ``x_cj = median_j`` over the units in the group of ``c`` that have a figure; over
    all units where the group has none, or where ``c`` is in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-median"] = "group-median"

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the median."""
        return np.median


Impute = Annotated[
    NoImputation | Mean | Median | GroupMean | GroupMedian,
    Field(discriminator="method"),
    Short(),
]
"""Any imputation."""
