"""Weights that do not depend on figures: as the index states them, or all alike."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from softpower.methods.model import Floats
from softpower.methods.weight.base import Siblings, Weighting


class Given(Weighting):
    """The weights that the index states, divided by their sum within each parent.

    Points of a budget that several experts have shared out are stated as their mean.

    Formula: ``w_j = stated_j / sum stated`` over the children of one parent.

    Assumes: that those who state weights mean what a point of one child is worth in points of
    another.

    Edge cases: Children whose weights are all zero are refused.

    Source: OECD/JRC Handbook (2008), sec. 6.5 (budget allocation).
    """

    stated: ClassVar[bool] = True
    scale_free: ClassVar[bool] = True
    method: Literal["given"] = "given"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the stated weights, with sum 1."""
        del values
        return siblings.stated / siblings.stated.sum()


class Equal(Weighting):
    """Every indicator counts alike, so that a pillar weighs as much as it has indicators.

    Formula: ``w_j = n_j / sum n`` with ``n_j`` the number of indicators beneath child ``j``.

    Assumes: that no indicator repeats another one: what is there twice counts twice.

    Edge cases: An only child has all the weight.

    Source: OECD/JRC Handbook (2008), ch. 6, on equal weights.
    """

    scale_free: ClassVar[bool] = True
    method: Literal["equal"] = "equal"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return weights in proportion to the number of indicators."""
        del values
        return siblings.sizes / siblings.sizes.sum()


class EqualPerPillar(Weighting):
    """The children of each pillar count alike, so that every pillar weighs the same.

    Formula: ``w_j = 1 / k`` over the ``k`` children of one parent.

    Assumes: that pillars matter alike, however many indicators they have.

    Edge cases: An only child has all the weight.

    Source: OECD/JRC Handbook (2008), ch. 6, on equal weights.
    """

    scale_free: ClassVar[bool] = True
    method: Literal["equal-per-pillar"] = "equal-per-pillar"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return equal weights."""
        del values
        return np.full(siblings.sizes.size, 1.0 / siblings.sizes.size)
