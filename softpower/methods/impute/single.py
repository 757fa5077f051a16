"""Imputation of each indicator by itself: a statistic of its figures, or a constant."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.impute.base import Filled, Filling, ImputationContext, counted
from softpower.methods.model import Floats


class Statistic(Filling):
    """Fill every gap of an indicator with one statistic of its figures."""

    @property
    def bounded(self) -> bool:
        """Whether what is filled in lies within the range of the indicator: always."""
        return True

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the statistic of the available figures."""
        raise NotImplementedError

    def groups(self, sheet: ImputationContext) -> tuple[str, ...]:
        """Return the group of each unit; an empty one takes the statistic of all units."""
        return ("",) * len(sheet.units)

    def filled(self, x: Floats, sheet: ImputationContext) -> Filled:
        """Return the figures with every gap filled, but for indicators that have no figure."""
        labels = np.array(self.groups(sheet))
        filled, remarks = x.copy(), {}
        for j, name in enumerate(sheet.ids):
            column, gaps = x[:, j], np.isnan(x[:, j])
            if gaps.all():
                continue
            overall = self.statistic()(column[~gaps])
            alone = np.zeros(gaps.shape, dtype=bool)
            for label in np.unique(labels[gaps]):
                here = labels == label
                donors = column[here & ~gaps]
                if label and donors.size:
                    filled[here & gaps, j] = self.statistic()(donors)
                else:
                    filled[here & gaps, j] = overall
                    alone |= here & gaps & bool(label)
            if alone.any():
                lacking = ", ".join(np.unique(labels[alone]))
                remarks[name] = f"{counted(alone)} from all units, for lack of any in {lacking}"
        return Filled(filled, remarks)


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

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the mean."""
        return np.mean


class MedianImputation(Statistic):
    """The median of the indicator.

    Formula: ``x_cj = median_j`` over the units that have a figure.

    Assumes: that figures are missing by chance, whoever the unit is.

    Edge cases: An indicator without any figure stays missing.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["median"] = "median"
    positional: ClassVar[tuple[str, ...]] = ("stage",)

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the median."""
        return np.median


class GroupMean(GroupStatistic):
    """The mean of the indicator among the units of the same group.

    Formula: ``x_cj = mean_j`` over the units in the group of ``c`` that have a figure.

    Assumes: that figures are missing by chance within a group.

    Edge cases: Where a group has no figure all units count, which is noted, and so they do for a
    unit in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-mean"] = "group-mean"

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the mean."""
        return np.mean


class GroupMedian(GroupStatistic):
    """The median of the indicator among the units of the same group.

    Formula: ``x_cj = median_j`` over the units in the group of ``c`` that have a figure.

    Assumes: that figures are missing by chance within a group.

    Edge cases: Where a group has no figure all units count, which is noted, and so they do for a
    unit in no group.

    Source: OECD/JRC Handbook (2008), ch. 3; Little & Rubin (2002).
    """

    method: Literal["group-median"] = "group-median"

    def statistic(self) -> Callable[[Floats], np.floating]:
        """Return the median."""
        return np.median


class Constant(Filling):
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
