"""Weights from maximum-likelihood factor analysis."""

from __future__ import annotations

from math import floor, sqrt
from typing import ClassVar, Literal

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.weight.base import Siblings
from softpower.methods.weight.components import Factors, loadings_of, principal, retained
from softpower.methods.weight.derived import Cases, correlation, names_of

LOWEST = 0.005
"""No child has less variance of its own than this, of 1."""


class FactorAnalysis(Factors):
    """As principal components, but with factors that explain only what children have in common.

    Formula: ``w_j`` as under ``pca``, with loadings ``L`` of the model ``R = L L' + psi`` that is
    most likely for normally distributed values; ``psi`` is kept at 0.005 or above. Over the units
    that have all values of the pillar, which must be more than there are children.

    Assumes: at least three units for each child, children that all point the same way, and none
    that its factors explain entirely (a Heywood case, which makes loadings depend on the bound);
    otherwise a remark says so.

    Edge cases: No more factors are kept than correlations of ``k`` children can tell apart; two
    children weigh alike.

    Source: OECD/JRC Handbook (2008), sec. 6.1; Lawley & Maxwell (1971), Factor Analysis as a
    Statistical Method.
    """

    positional: ClassVar[tuple[str, ...]] = ("factors",)
    method: Literal["factor-analysis"] = "factor-analysis"

    def loadings(self, r: Floats) -> Floats:
        """Return the loadings of the most likely model."""
        k = len(r)
        if k == 2:
            return np.sqrt(np.maximum(np.abs(r[:, [0]]), 1e-12)).max() * np.ones((2, 1))
        count = min(retained(principal(r)[0], self.factors), identified(k))
        return likely(r, count)[0]

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return what each child has of its factor, times the factor's part in all factors."""
        smallest = principal(correlation(cases.x))[0][-1]
        if cases.x.shape[1] > 2 and smallest < 1e-9:
            raise MethodError(
                "Some of its children follow from the others, so that no factors can be found.",
                mend="Leave one of them out, or set weight to pca.",
            )
        return super().strengths(siblings, cases)

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return how much is explained, and what makes that doubtful."""
        said = super().further(siblings, cases, weights)
        own = 1 - (loadings_of(self, correlation(cases.x)).plain ** 2).sum(axis=1)
        names = names_of(siblings, cases)
        whole = [n for n, rest in zip(names, own, strict=True) if rest <= LOWEST * 1.001]
        if whole and len(names) > 2:
            said.append(f"its factors explain {', '.join(whole)} entirely (a Heywood case)")
        return said


def identified(k: int) -> int:
    """Return how many factors the correlations of k children can tell apart at most."""
    return max(1, floor((2 * k + 1 - sqrt(8 * k + 1)) / 2 + 1e-9))


def likely(r: Floats, factors: int) -> tuple[Floats, Floats]:
    """Return the most likely loadings and the variances of the children's own.

    Formula: over ``psi`` the minimum of ``sum_{f>m} (t_f - ln t_f - 1)``, where ``t`` are the
    eigenvalues of ``psi^-1/2 R psi^-1/2``, the largest first.

    Source: Joreskog (1967), Psychometrika 32:443-482; Lawley & Maxwell (1971).
    """
    from scipy.optimize import minimize

    def model(psi: Floats) -> tuple[Floats, Floats]:
        root = np.sqrt(psi)
        values, vectors = np.linalg.eigh(r / np.outer(root, root))
        top = values[::-1][:factors]
        return values, root[:, None] * vectors[:, ::-1][:, :factors] * np.sqrt(
            np.maximum(top - 1, 0.0)
        )

    def misfit(psi: Floats) -> tuple[float, Floats]:
        values, loadings = model(psi)
        rest = values[: len(r) - factors]
        value = float((rest - np.log(rest) - 1).sum())
        slope = np.diag(loadings @ loadings.T + np.diag(psi) - r) / psi**2
        return value, slope

    start = (1 - 0.5 * factors / len(r)) / np.diag(np.linalg.inv(r))
    found = minimize(
        misfit,
        np.clip(start, LOWEST, 1.0),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST, 1.0)] * len(r),
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5000, "maxfun": 50000},
    )
    return model(found.x)[1], found.x
