"""What a weighting is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats, Method


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

    members: ClassVar[Mapping[str, str]] = {
        "given": "stated.Given",
        "equal": "stated.Equal",
        "equal-per-pillar": "stated.EqualPerPillar",
        "pca": "components.PrincipalComponents",
        "factor-analysis": "factors.FactorAnalysis",
        "entropy": "spread.Entropy",
        "critic": "spread.Critic",
        "standard-deviation": "spread.StandardDeviation",
        "gini": "spread.Gini",
        "ahp": "ahp.AnalyticHierarchy",
        "benefit-of-the-doubt": "doubt.BenefitOfTheDoubt",
        "drivers": "drivers.Drivers",
        "target-importance": "target.TargetImportance",
    }

    stated: ClassVar[bool] = False
    """Whether the weights that the index states, and that a user sets, are used."""

    derived: ClassVar[bool] = False
    """Whether the weights depend on the figures."""

    individual: ClassVar[bool] = False
    """Whether every unit has weights of its own."""

    costly: ClassVar[bool] = False
    """Whether the weights of a large index take seconds, so that some hundred runs take minutes."""

    sums_only: ClassVar[bool] = False
    """Whether the weights mean something in a weighted sum only."""

    scale_free: ClassVar[bool] = False
    """Whether the values of each child may be put on another scale, by a factor above zero and
    a shift, without a change of the weights."""

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
            Weights with sum 1 (k); or a row of weights of any sum for each unit (units x k), if
            these are individual.

        Raises
        ------
        MethodError
            If no weights, or a negative one, follow from the values.
        """
        raise NotImplementedError

    def remark(self, siblings: Siblings, values: Floats, weights: Floats) -> str:
        """Return what a reader should know of these weights, if anything."""
        del siblings, values, weights
        return ""

    def takes(self, ids: Sequence[str]) -> bool:
        """Say whether the stated weights of these siblings are used."""
        del ids
        return self.stated

    def names(self) -> tuple[str, ...]:
        """Return the ids of pillars, indicators and figures that the parameters name."""
        return ()

    def fits(self, families: Sequence[tuple[str, ...]]) -> None:
        """Refuse a tree, given as the ids of the children of every pillar, that it cannot weigh.

        Raises
        ------
        MethodError
            If the parameters and the tree do not go together.
        """
        del families


def in_proportion(strengths: Floats, ids: Sequence[str], name: str) -> Floats:
    """Return weights with sum 1 in proportion to what each child counts.

    Raises
    ------
    MethodError
        If one is negative, or all are zero.
    """
    if not np.isfinite(strengths).all():
        raise MethodError(
            "Its values are too large to compute weights with.",
            mend="Normalise the figures, or set weight to another method.",
        )
    lowest = int(np.argmin(strengths))
    if strengths[lowest] < 0:
        raise MethodError(
            f"The weight of {ids[lowest]} would be negative under weight = {name}.",
            mend="Leave it out, or set weight to another method.",
        )
    total = strengths.sum()
    if total <= 0:
        raise MethodError(
            f"None of its children has anything that weight = {name} could weigh it by.",
            mend="Set weight to another method.",
        )
    return strengths / total
