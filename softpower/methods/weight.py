"""Weighting: how much each child of a pillar counts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Method, Short


class Weighting(Method):
    """What is known of the children of one pillar in, their weights out."""

    stated: ClassVar[bool] = False
    """Whether the weights that the index states, and that a user sets, are used."""

    def __call__(self, stated: Floats, sizes: Floats, values: Floats) -> Floats:
        """Return the weights of the children of one pillar, with sum 1.

        Parameters
        ----------
        stated
            The weights that the index states (k children).
        sizes
            How many indicators are beneath each child (k); 1 for an indicator.
        values
            The values of the children (units x k), NaN where missing.
        """
        raise NotImplementedError


class Given(Weighting):
    """The weights that the index states, divided by their sum within each parent.

    Formula: ``w_j = stated_j / sum stated`` over the children of one parent.

    Source: OECD/JRC Handbook (2008), sec. 6.5 (budget allocation).
    """

    stated: ClassVar[bool] = True
    method: Literal["given"] = "given"

    def __call__(self, stated: Floats, sizes: Floats, values: Floats) -> Floats:
        """Return the stated weights, with sum 1."""
        del sizes, values
        return stated / stated.sum()


class Equal(Weighting):
    """Every indicator counts alike, so that a pillar weighs as much as it has indicators.

    Formula: ``w_j = n_j / sum n`` with ``n_j`` the number of indicators beneath child ``j``.

    Source: OECD/JRC Handbook (2008), sec. 6.1.
    """

    method: Literal["equal"] = "equal"

    def __call__(self, stated: Floats, sizes: Floats, values: Floats) -> Floats:
        """Return weights in proportion to the number of indicators."""
        del stated, values
        return sizes / sizes.sum()


class EqualPerPillar(Weighting):
    """The children of each pillar count alike, so that every pillar weighs the same.

    Formula: ``w_j = 1 / k`` over the ``k`` children of one parent.

    Source: OECD/JRC Handbook (2008), sec. 6.1.
    """

    method: Literal["equal-per-pillar"] = "equal-per-pillar"

    def __call__(self, stated: Floats, sizes: Floats, values: Floats) -> Floats:
        """Return equal weights."""
        del stated, values
        return np.full(sizes.size, 1.0 / sizes.size)


Weight = Annotated[Given | Equal | EqualPerPillar, Field(discriminator="method"), Short()]
"""Any weighting."""
