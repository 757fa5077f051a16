"""Weights by how strongly each child drives an outcome."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from softpower.counting import counted
from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask
from softpower.methods.moments import exponents, is_constant
from softpower.methods.shapley import shapley
from softpower.methods.weight.base import Siblings
from softpower.methods.weight.derived import Cases, Derived, correlation, names_of

MOST_CHILDREN = 15
"""With more children there are too many subsets for an exact Shapley value."""

NOTHING = 1e-12
"""A part of the variance that is no more than rounding noise."""


class Drivers(Derived):
    """Children count by their part in explaining an outcome, such as a measured reputation.

    Formula: ``w_j = phi_j / sum phi`` over the units that have all values and the outcome. ``lmg``:
    ``phi_j`` is what ``j`` adds to the ``R^2`` of the regression of the outcome on the children, on
    average over all orders in which they can come in. ``johnson``: ``phi = L^o2 (L^-1 r)^o2`` with
    ``L`` the root of the correlation matrix of the children, ``r`` their correlations with the
    outcome, and ``o2`` for squares element by element. Both sum to ``R^2``.

    Assumes: that what goes with the outcome drives it, and more than five units for each child;
    a child that goes against the outcome counts like the others, or not at all. Remarks say so.

    Edge cases: A child without differences gets no weight, an outcome without differences is
    refused.

    Source: Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis;
    Gromping (2006), J. Statistical Software 17(1); Johnson (2000), Multivariate Behavioral
    Research 35:1-19.
    """

    positional: ClassVar[tuple[str, ...]] = ("outcome",)
    scale_free: ClassVar[bool] = True
    method: Literal["drivers"] = "drivers"
    outcome: str = Field(
        description="The id of the figures that are driven: any in figures.csv, scored or not.",
        examples=["reputation"],
    )
    better: Literal["higher", "lower"] = Field(
        "higher", description="Whether a high or a low outcome is the better one."
    )
    importance: Literal["auto", "lmg", "johnson"] = Field(
        "auto", description="How importance is measured: lmg up to 15 children, then johnson."
    )
    against: Literal["keep", "zero"] = Field(
        "keep", description="What a child that goes against the outcome gets: its weight, or none."
    )

    def spelled(self, spelling: Callable[[str], str]) -> Self:
        """Return the method with the id of the outcome spelled otherwise."""
        return self.model_copy(update={"outcome": spelling(self.outcome)})

    def names(self) -> tuple[str, ...]:
        """Return the id of the outcome."""
        return (self.outcome,)

    def counted(self, siblings: Siblings, values: Floats) -> Mask:
        """Return which units have an outcome."""
        del values
        return ~np.isnan(siblings.figure(self.outcome))

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return the part of each child in the explained variance of the outcome."""
        among, across = self.correlations(siblings, cases)
        n, k = cases.x.shape
        if n <= k + 1:
            raise MethodError(
                f"{counted(n, 'unit')} with all values and an outcome: too few for {k} children.",
                mend="Fill gaps with impute, or set weight to another method.",
            )
        if self.importance == "lmg" and k > MOST_CHILDREN:
            raise MethodError(
                f"It has {k} children, more than the {MOST_CHILDREN} that lmg takes.",
                mend="Set weight.importance to johnson.",
            )
        exact = self.importance != "johnson" and k <= MOST_CHILDREN
        parts = lmg(among, across) if exact else johnson(among, across)
        parts = np.where(parts > NOTHING, parts, 0.0)
        return np.where(across < 0, 0.0, parts) if self.against == "zero" else parts

    def correlations(self, siblings: Siblings, cases: Cases) -> tuple[Floats, Floats]:
        """Return the correlations among the children, and of each with the outcome."""
        outcome = siblings.figure(self.outcome)[cases.rows]
        if is_constant(outcome):
            raise MethodError(
                f"The outcome {self.outcome} is the same for all units that have everything.",
                mend="Take another outcome.",
            )
        outcome = np.ldexp(outcome, -exponents(outcome))
        sign = 1.0 if self.better == "higher" else -1.0
        whole = correlation(np.column_stack([cases.x, sign * outcome]))
        return whole[:-1, :-1], whole[:-1, -1]

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return how much of the outcome is explained, and what makes that doubtful."""
        del weights
        among, across = self.correlations(siblings, cases)
        n, k = cases.x.shape
        said = [f"its children explain {explained(among, across):.0%} of {self.outcome}"]
        if n <= 5 * k:
            said.append(f"{n} units are few for {k} children")
        against = [name for name, r in zip(names_of(siblings, cases), across, strict=True) if r < 0]
        if against:
            one = len(against) == 1
            goes, counts, gets = ("goes", "counts", "gets") if one else ("go", "count", "get")
            but = f"{gets} no weight" if self.against == "zero" else f"{counts} for it all the same"
            said.append(f"{', '.join(against)} {goes} against it and {but}")
        if self.outcome in siblings.ids:
            said.append(f"{self.outcome} is among its children and drives itself")
        return said


def explained(among: Floats, across: Floats) -> float:
    """Return the R^2 of the regression on all children."""
    inverse = np.linalg.pinv(among, rcond=1e-10, hermitian=True)
    return float(np.clip(across @ inverse @ across, 0, 1))


def lmg(among: Floats, across: Floats) -> Floats:
    """Return the Shapley value of R^2, from correlations among children and with the outcome."""
    k = len(across)
    fit = np.zeros(2**k)
    regular = np.linalg.eigvalsh(among)[0] > 1e-9
    for size in range(1, k + 1):
        subsets = np.array(list(combinations(range(k), size)))
        part = among[subsets[:, :, None], subsets[:, None, :]]
        r = across[subsets]
        if regular:
            beta = np.linalg.solve(part, r[:, :, None])[:, :, 0]
        else:
            beta = (np.linalg.pinv(part, rcond=1e-10, hermitian=True) @ r[:, :, None])[:, :, 0]
        fit[(1 << subsets).sum(axis=1)] = (beta * r).sum(axis=1)
    return shapley(list(fit))


def johnson(among: Floats, across: Floats) -> Floats:
    """Return Johnson's relative weights, from correlations among children and with the outcome."""
    values, vectors = np.linalg.eigh(among)
    root = np.sqrt(np.maximum(values, 0.0))
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=root > 1e-6)
    loading = (vectors * root) @ vectors.T
    beta = (vectors * inverse) @ vectors.T @ across
    return loading**2 @ beta**2
