"""Imputation of each indicator by itself: a statistic of its figures, or a constant."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.impute.base import ColumnFilling, Filled, ImputationContext, counted
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import str_
    from numpy.typing import NDArray

    Texts = NDArray[str_]


class Statistic(ColumnFilling):
    """Fill every gap of an indicator with one statistic of its figures."""

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: always."""
        return True

    def statistic(self, x: Floats) -> Floats:
        """Return the statistic of the available figures of each draw (draws x figures)."""
        raise NotImplementedError

    def groups(self, sheet: ImputationContext) -> tuple[str, ...]:
        """Return the group of each unit; an empty one takes the statistic of all units."""
        return ("",) * len(sheet.units)

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with every gap filled, but for indicators that have no figure."""
        labels = np.array(self.groups(sheet))
        filled, remarks = x.copy(), {}
        for j, name in enumerate(sheet.ids):
            values, alone = self._column(x[None, :, j], labels)
            filled[:, j] = values[0]
            if alone.any():
                lacking = ", ".join(np.unique(labels[alone]))
                remarks[name] = f"{counted(alone)} from all units, for lack of any in {lacking}"
        return Filled(filled, remarks)

    def of_draws(self, x: Floats, sheet: ImputationContext) -> Floats:
        """Return many draws of the figures of one indicator (draws x units) with gaps filled."""
        return self._column(x, np.array(self.groups(sheet)))[0]

    def _column(self, x: Floats, labels: Texts) -> tuple[Floats, Mask]:
        """Return draws with gaps filled, and which units of a group have those of all instead."""
        gaps = np.isnan(x[0])
        filled, alone = x.copy(), np.zeros(gaps.shape, dtype=bool)
        if gaps.all():
            return filled, alone
        overall = self.statistic(np.compress(~gaps, x, axis=1))
        for label in np.unique(labels[gaps]):
            here = labels == label
            if label and (here & ~gaps).any():
                own = self.statistic(np.compress(here & ~gaps, x, axis=1))
                filled[:, here & gaps] = own[:, None]
            else:
                filled[:, here & gaps] = overall[:, None]
                alone |= here & gaps & bool(label)
        return filled, alone


class GroupStatistic(Statistic):
    """Fill every gap with a statistic of the unit's own group."""

    positional: ClassVar[tuple[str, ...]] = ("by",)
    by: str = Field(
        "region",
        description="The grouping: region, subregion, income, or a column of units.csv.",
    )

    def groups(self, sheet: ImputationContext) -> tuple[str, ...]:
        """Return the group of each unit."""
        return sheet.groups(self.by)


class MeanImputation(Statistic):
    """The mean of the indicator.

    Formula: ``x_cj = mean_j`` over the units that have a figure.

    Assumes: that figures are missing by chance, whoever the unit is.

    Edge cases: An indicator without any figure stays missing.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["mean"] = "mean"
    positional: ClassVar[tuple[str, ...]] = ("stage",)

    def statistic(self, x: Floats) -> Floats:
        """Return the mean of each draw."""
        return np.mean(x, axis=1)


class MedianImputation(Statistic):
    """The median of the indicator.

    Formula: ``x_cj = median_j`` over the units that have a figure.

    Assumes: that figures are missing by chance, whoever the unit is.

    Edge cases: An indicator without any figure stays missing.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["median"] = "median"
    positional: ClassVar[tuple[str, ...]] = ("stage",)

    def statistic(self, x: Floats) -> Floats:
        """Return the median of each draw."""
        return np.median(x, axis=1)


class GroupMean(GroupStatistic):
    """The mean of the indicator among the units of the same group.

    Formula: ``x_cj = mean_j`` over the units in the group of ``c`` that have a figure.

    Assumes: that figures are missing by chance within a group.

    Edge cases: Where a group has no figure all units count, which is noted, and so they do for a
    unit in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-mean"] = "group-mean"

    def statistic(self, x: Floats) -> Floats:
        """Return the mean of each draw."""
        return np.mean(x, axis=1)


class GroupMedian(GroupStatistic):
    """The median of the indicator among the units of the same group.

    Formula: ``x_cj = median_j`` over the units in the group of ``c`` that have a figure.

    Assumes: that figures are missing by chance within a group.

    Edge cases: Where a group has no figure all units count, which is noted, and so they do for a
    unit in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-median"] = "group-median"

    def statistic(self, x: Floats) -> Floats:
        """Return the median of each draw."""
        return np.median(x, axis=1)


class Constant(ColumnFilling):
    """The same number for every gap of every indicator, such as zero for what was not counted.

    Formula: ``x_cj = value``, in the unit that the indicator has at this stage; after normalisation
    (``stage = "normalised"``) 0 is the worst of a scale from 0 to 100.

    Assumes: that a gap means this very number.

    Edge cases: An indicator without any figure is filled as well.

    Source: OECD/JRC Handbook (2008), ch. 3, which warns that a missing figure is seldom a zero.
    """

    method: Literal["constant"] = "constant"
    positional: ClassVar[tuple[str, ...]] = ("value", "stage")
    value: float = Field(0.0, description="What is filled in.")

    def __call__(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with the number in every gap."""
        del sheet
        return Filled(np.where(np.isnan(x), self.value, x), {})

    def of_draws(self, x: Floats, sheet: ImputationContext) -> Floats:
        """Return many draws of the figures of one indicator with the number in every gap."""
        return self(x, sheet).values
