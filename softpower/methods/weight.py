"""Weighting: how much each child of a pillar counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Method, Short


class Siblings(NamedTuple):
    """The k children of one pillar, as a weighting sees them."""

    parent: str
    """The id of the pillar; empty for the index itself."""
    ids: tuple[str, ...]
    stated: Floats
    """The weights that the index states (k)."""
    sizes: Floats
    """How many indicators are beneath each child (k); 1 for an indicator."""
    figure: Callable[[str], Floats]
    """The figures (units) of any indicator of the index by its id, scored or not."""


class Weighting(Method):
    """What is known of the children of one pillar in, their weights out."""

    stated: ClassVar[bool] = False
    """Whether the weights that the index states, and that a user sets, are used."""

    derived: ClassVar[bool] = False
    """Whether the weights depend on the figures."""

    individual: ClassVar[bool] = False
    """Whether every unit has weights of its own."""

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the weights of the children of one pillar.

        Parameters
        ----------
        siblings
            What is known of the k children beside their values.
        values
            The values of the children (units x k), NaN where missing.

        Returns
        -------
        ndarray
            Weights with sum 1 (k), or a row of them for each unit (units x k).

        Raises
        ------
        MethodError
            If no weights, or a negative one, follow from the values.
        """
        raise NotImplementedError

    def remark(self, siblings: Siblings, values: Floats) -> str:
        """Return what a reader should know of these weights, if anything."""
        del siblings, values
        return ""


class Given(Weighting):
    """The weights that the index states, divided by their sum within each parent.

    Formula: ``w_j = stated_j / sum stated`` over the children of one parent.

    Source: OECD/JRC Handbook (2008), sec. 6.5 (budget allocation).
    """

    stated: ClassVar[bool] = True
    method: Literal["given"] = "given"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the stated weights, with sum 1."""
        del values
        return siblings.stated / siblings.stated.sum()


class Equal(Weighting):
    """Every indicator counts alike, so that a pillar weighs as much as it has indicators.

    Formula: ``w_j = n_j / sum n`` with ``n_j`` the number of indicators beneath child ``j``.

    Source: OECD/JRC Handbook (2008), sec. 6.1.
    """

    method: Literal["equal"] = "equal"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return weights in proportion to the number of indicators."""
        del values
        return siblings.sizes / siblings.sizes.sum()


class EqualPerPillar(Weighting):
    """The children of each pillar count alike, so that every pillar weighs the same.

    Formula: ``w_j = 1 / k`` over the ``k`` children of one parent.

    Source: OECD/JRC Handbook (2008), sec. 6.1.
    """

    method: Literal["equal-per-pillar"] = "equal-per-pillar"

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return equal weights."""
        del values
        return np.full(siblings.sizes.size, 1.0 / siblings.sizes.size)


Weight = Annotated[Given | Equal | EqualPerPillar, Field(discriminator="method"), Short()]
"""Any weighting."""
