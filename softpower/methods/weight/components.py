"""Weights from principal components: what indicators share, each part of it counted once."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from softpower.methods.model import Floats, Mask
from softpower.methods.weight.base import Siblings
from softpower.methods.weight.derived import Cases, Derived, correlation, names_of
from softpower.methods.weight.varimax import varimax

Assignment = Literal["square", "loading"]

KEPT = 256
"""The loadings of so many correlation matrices are kept."""


class Factors(Derived):
    """Weights from loadings on rotated factors, however these were found."""

    scale_free: ClassVar[bool] = True

    factors: int | None = Field(
        None,
        ge=1,
        description="How many factors are kept, as far as there are as many; by default those "
        "with an eigenvalue above 1 and more than 10 % of the variance, and further ones until "
        "they explain more than 60 %.",
    )
    assign: Assignment = Field(
        "square",
        description="Which factor a child belongs to: that with the largest square of its "
        "loading as a share of the factor's (square), or with the largest loading (loading).",
    )

    def loadings(self, r: Floats) -> Floats:
        """Return the loadings that a correlation matrix leads to, before rotation."""
        raise NotImplementedError

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return what each child has of its factor, times the factor's part in all factors."""
        del siblings
        return weights_of_loadings(loadings_of(self, correlation(cases.x)).rotated, self.assign)

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return how much is explained, and what makes that doubtful."""
        del weights
        rotated = loadings_of(self, correlation(cases.x)).rotated
        n, k = cases.x.shape
        count = rotated.shape[1]
        factors = "1 factor explains" if count == 1 else f"{count} factors explain"
        said = [f"{factors} {(rotated**2).sum() / k:.0%} of the variance"]
        own = rotated[np.arange(k), factor_of(rotated, self.assign)]
        against = [
            child
            for child, contrary in zip(
                names_of(siblings, cases), contrary_signs(rotated, own, self.assign), strict=True
            )
            if contrary
        ]
        return [*said, *doubts(n, k, against)]


class Loadings(NamedTuple):
    """What a correlation matrix leads to (children x factors)."""

    plain: Floats
    rotated: Floats


def loadings_of(method: Factors, r: Floats) -> Loadings:
    """Return the loadings that a correlation matrix leads to, worked out once for many scores."""
    return _found(method, len(r), r.tobytes())


@lru_cache(maxsize=KEPT)
def _found(method: Factors, size: int, r: bytes) -> Loadings:
    plain = method.loadings(np.frombuffer(r).reshape(size, size))
    both = Loadings(plain, varimax(plain))
    for each in both:
        each.setflags(write=False)
    return both


class PrincipalComponents(Factors):
    """Children that say much of what all of them share count more, each shared part counting once.

    Formula: ``w_j`` in proportion to ``L_jf^2 / sum_i L_if^2`` times the share of factor ``f`` in
    what the kept factors explain, where ``f`` is the factor that ``j`` belongs to; ``L`` are the
    first eigenvectors of the correlation matrix times the roots of their eigenvalues, after a
    varimax rotation with Kaiser normalisation. With ``pc1``, ``w_j`` is in proportion to the
    absolute size of ``j`` in the first eigenvector. Over the units that have all values of the
    pillar.

    Assumes: at least three units for each child, and children that all point the same way;
    otherwise a remark says so.

    Edge cases: A child without differences gets no weight.

    Source: OECD/JRC Handbook (2008), sec. 6.1; Nicoletti, Scarpetta & Boylaud (2000), OECD
    Economics Department Working Paper 226.
    """

    positional: ClassVar[tuple[str, ...]] = ("form",)
    method: Literal["pca"] = "pca"
    form: Literal["factors", "pc1"] = Field(
        "factors", description="Weights from rotated factors, or from the first component alone."
    )

    @model_validator(mode="after")
    def _no_factors_of_one_component(self) -> PrincipalComponents:
        if self.form == "pc1" and (self.factors is not None or self.assign != "square"):
            surplus = "assign" if self.factors is None else "factors"
            raise ValueError(f"{surplus} means nothing with form pc1, which has one component")
        return self

    def loadings(self, r: Floats) -> Floats:
        """Return the loadings on the components that are kept."""
        values, vectors = principal(r)
        count = retained(values, self.factors)
        return vectors[:, :count] * np.sqrt(values[:count])

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return what each child counts."""
        if self.form == "pc1":
            return np.abs(principal(correlation(cases.x))[1][:, 0])
        return super().strengths(siblings, cases)

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return how much is explained, and what makes that doubtful."""
        if self.form == "factors":
            return super().further(siblings, cases, weights)
        values, vectors = principal(correlation(cases.x))
        first = vectors[:, 0] * np.sign(vectors[:, 0].sum() or 1.0)
        against = [
            child for child, v in zip(names_of(siblings, cases), first, strict=True) if v < -1e-9
        ]
        explained = f"the first component explains {values[0] / values.sum():.0%} of the variance"
        return [explained, *doubts(len(cases.x), len(values), against)]


def principal(r: Floats) -> tuple[Floats, Floats]:
    """Return the eigenvalues of a correlation matrix, the largest first, and their vectors."""
    values, vectors = np.linalg.eigh(r)
    return np.maximum(values[::-1], 0.0), vectors[:, ::-1]


def retained(eigenvalues: Floats, factors: int | None = None) -> int:
    """Return how many factors are kept: so many, or those that the Handbook would keep.

    Source: OECD/JRC Handbook (2008), sec. 6.1: eigenvalues above 1, each above a tenth of the
    variance, together above 60 %.
    """
    if factors is not None:
        return min(factors, eigenvalues.size)
    share = eigenvalues / eigenvalues.sum()
    count = int(np.count_nonzero((eigenvalues > 1 + 1e-9) & (share > 0.1 + 1e-9)))
    together = int(np.searchsorted(np.cumsum(share), 0.6 + 1e-9, side="right")) + 1
    return min(max(count, together), eigenvalues.size)


def weights_of_loadings(rotated: Floats, assign: Assignment) -> Floats:
    """Return weights, up to a factor, from rotated loadings."""
    explained = (rotated**2).sum(axis=0)
    share = np.divide(rotated**2, explained, out=np.zeros_like(rotated), where=explained > 0)
    own = factor_of(rotated, assign)
    return share[np.arange(len(rotated)), own] * explained[own] / explained.sum()


def factor_of(rotated: Floats, assign: Assignment) -> Floats:
    """Return the factor that each child belongs to."""
    if assign == "loading":
        return np.argmax(np.abs(rotated), axis=1)
    explained = (rotated**2).sum(axis=0)
    share = np.divide(rotated**2, explained, out=np.zeros_like(rotated), where=explained > 0)
    return np.argmax(share, axis=1)


def contrary_signs(rotated: Floats, own: Floats, assign: Assignment) -> Mask:
    """Return which children load on their factor against most of what belongs to it."""
    factor = factor_of(rotated, assign)
    sums = np.array([own[factor == f].sum() for f in range(rotated.shape[1])])
    return own * sums[factor] < -1e-9


def doubts(n: int, k: int, against: list[str]) -> list[str]:
    """Return why weights from correlations may not mean much."""
    said = []
    if n < 3 * k:
        said.append(f"{n} units are few for {k} children")
    if against:
        verbs = ("goes", "counts") if len(against) == 1 else ("go", "count")
        said.append(f"{', '.join(against)} {verbs[0]} against the others and {verbs[1]} for them")
    return said
