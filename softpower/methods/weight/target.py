"""Weights under which children turn out as important as the index says that they are."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.weight.base import Siblings
from softpower.methods.weight.curves import Curves, Estimator
from softpower.methods.weight.derived import Cases, Derived, names_of

EXACT = 1e-6
"""The largest gap between importance and target that still counts as none."""

STARTS = 20
"""From how many places, drawn once and for all, a search starts that has not got there."""

ROUNDS = 12
"""How often at most curves are smoothed anew for the sum that was found."""


class TargetImportance(Derived):
    """Weights are chosen so that each child matters as much for the result as its stated weight.

    A child that goes along with its siblings matters more than its weight says.

    Formula: ``w`` with sum 1 that minimises ``sum_j (S_j / sum S - t_j)^2``, where ``t_j`` is the
    stated weight divided by their sum, and ``S_j`` the part of the variance of ``s = sum w_j y_j``
    that a curve of ``s`` over ``y_j`` explains (the correlation ratio): a line, a polynomial, or a
    cubic smoothing spline, as smooth as generalised cross-validation says for ``s``. Over the units
    that have all values of the pillar. The search starts from the stated weights and, if that does
    not get there, from equal ones, from each child raised in turn and from 20 places that are
    always the same; of equally good answers that nearest to the stated weights counts. A remark
    gives the importance that is attained, for it is not always the stated one; it is that in a
    weighted sum, whatever the aggregation.

    Assumes: that a child matters by the variance of the result that goes with it.

    Edge cases: A child with a stated weight of zero gets none; one without differences is refused
    if it should matter.

    Source: Paruolo, Saisana & Saltelli (2013), J. Royal Statistical Society A 176:609-634;
    Becker, Saisana, Paruolo & Vandecasteele (2017), Ecological Indicators 80:12-22.
    """

    stated: ClassVar[bool] = True
    together: ClassVar[bool] = True
    costly: ClassVar[bool] = True
    positional: ClassVar[tuple[str, ...]] = ("estimator",)
    method: Literal["target-importance"] = "target-importance"
    estimator: Estimator = Field("spline", description="The curve by which importance is measured.")

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return the weights under which importance is nearest to the targets."""
        targets = siblings.stated / siblings.stated.sum()
        idle = [
            name
            for name, varies, t in zip(siblings.ids, cases.varying, targets, strict=True)
            if t > 0 and not varies
        ]
        if idle:
            raise MethodError(
                f"{', '.join(idle)} is the same for every unit and cannot matter.",
                mend="Leave it out, or state a weight of zero.",
            )
        targets = targets[cases.varying]
        weights = np.zeros(targets.size)
        wanted = targets > 0
        weights[wanted] = fitted(self._curves(cases.x[:, wanted]), targets[wanted])
        return weights

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return the importance that the weights attain, and how far it is from the stated one."""
        stated = siblings.stated[cases.varying]
        wanted = stated > 0
        targets = stated[wanted] / stated.sum()
        if targets.size < 2:
            return []
        reached = importance(self._curves(cases.x[:, wanted]), weights[cases.varying][wanted])
        gap = float(np.abs(reached - targets).max())
        names = [n for n, w in zip(names_of(siblings, cases), wanted, strict=True) if w]
        parts = ", ".join(f"{n} {r:.3f}" for n, r in zip(names, reached, strict=True))
        how = "exactly as stated" if gap <= EXACT else f"not as stated, at most {gap:.3f} off"
        return [f"importance is {how}: {parts}"]

    def _curves(self, x: Floats) -> list[Curves]:
        return [Curves(self.estimator, column, x) for column in x.T]


def importance(curves: list[Curves], weights: Floats) -> Floats:
    """Return what part of all importance each child has under some weights."""
    return _shares(_forms(curves, weights), weights)


def fitted(curves: list[Curves], targets: Floats) -> Floats:
    """Return the weights with sum 1 whose importance is nearest to the targets.

    For given curves these are sought, then curves are chosen for them, until that is the same.
    """
    weights, forms = targets, _forms(curves, targets)
    best, least = targets, np.inf
    for _ in range(ROUNDS):
        weights = attained(forms, targets, weights)
        forms = _forms(curves, weights)
        gap = float(((_shares(forms, weights) - targets) ** 2).sum())
        if gap >= least - EXACT**4:
            break
        best, least = weights, gap
        if gap <= (EXACT / 10) ** 2:
            break
    return best


def attained(forms: Floats, targets: Floats, start: Floats) -> Floats:
    """Return the weights with sum 1 whose importance by some forms is nearest to the targets."""
    k = targets.size
    if k == 1:
        return np.ones(1)
    found = [_search(forms, targets, start)]
    if found[0][0] > EXACT**2:
        drawn = np.random.default_rng(0).dirichlet(np.ones(k), STARTS)
        others = (np.full(k, 1 / k), *((targets + np.eye(k)) / 2), *drawn)
        found += [_search(forms, targets, other) for other in others]
    best = min(misfit for misfit, _ in found)
    good = [weights for misfit, weights in found if misfit <= best + EXACT**2]
    return min(good, key=lambda weights: float(((weights - targets) ** 2).sum()))


def _forms(curves: list[Curves], weights: Floats) -> Floats:
    """Return what each child explains, as k matrices: see `Curves.explained`."""
    return np.array([curve.explained(weights) for curve in curves])


def _shares(forms: Floats, weights: Floats) -> Floats:
    shares = forms @ weights @ weights
    return np.asarray(shares / max(shares.sum(), np.finfo(float).tiny))


def _search(forms: Floats, targets: Floats, start: Floats) -> tuple[float, Floats]:
    """Return the sum of squared gaps and the weights that a search from one start ends at."""
    from scipy.optimize import least_squares

    def gaps(free: Floats) -> Floats:
        return _shares(forms, free) - targets

    def slopes(free: Floats) -> Floats:
        along = forms @ free
        shares = along @ free
        total = shares.sum()
        return np.asarray(2 * (along - np.outer(shares / total, along.sum(axis=0))) / total)

    found = least_squares(
        gaps,
        np.clip(start, 1e-3, 1 - 1e-3),
        jac=slopes,
        bounds=(0.0, 1.0),
        xtol=1e-14,
        ftol=1e-15,
        gtol=1e-14,
        max_nfev=300,
    )
    weights = found.x / found.x.sum()
    return float((gaps(weights) ** 2).sum()), weights
