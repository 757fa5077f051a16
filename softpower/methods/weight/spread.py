"""Weights by how much the values of each child differ between units."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.weight.base import Siblings
from softpower.methods.weight.derived import Cases, Derived, correlation, names_of


class Entropy(Derived):
    """A child counts the more, the more unevenly its values are spread over the units.

    Formula: ``w_j = (1 - e_j) / sum (1 - e)`` with ``e_j = -1/ln n sum_c p_cj ln p_cj`` and ``p_cj
    = y_cj / sum_c y_cj`` over the ``n`` units that have all values of the pillar; ``0 ln 0`` is
    zero.

    Assumes: a value of zero means nothing, as where figures are normalised from zero.

    Edge cases: Negative values are refused; a child without differences gets no weight.

    Source: Shannon (1948); Hwang & Yoon (1981), Multiple Attribute Decision Making.
    """

    least: ClassVar[int] = 2
    method: Literal["entropy"] = "entropy"

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return how far each entropy is from that of equal values."""
        _refuse_negative(siblings, cases, self.name())
        p = cases.x / cases.x.sum(axis=0)
        logs = np.log(p, out=np.zeros_like(p), where=p > 0)
        even = -(p * logs).sum(axis=0) / np.log(len(p))
        return np.maximum(1.0 - even, 0.0)


class Critic(Derived):
    """A child counts the more, the more its values differ and the less its siblings repeat them.

    Formula: ``w_j = C_j / sum C`` with ``C_j = sd(z_j) sum_i (1 - r_ij)``, where ``z`` are the
    values on the range of 0 to 1 and ``r`` their correlations, over the units that have all values
    of the pillar.

    Assumes: that siblings repeat one another along straight lines, as correlations measure it.

    Edge cases: A child without differences gets no weight; if all siblings move as one, there are
    no weights.

    Source: Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research
    22:763-770.
    """

    scale_free: ClassVar[bool] = True
    method: Literal["critic"] = "critic"

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return the spread of each child times its conflict with the others."""
        del siblings
        spread = cases.x.std(axis=0) / np.ptp(cases.x, axis=0)
        conflict = (1.0 - correlation(cases.x)).sum(axis=0)
        return np.where(conflict > 1e-12, spread * conflict, 0.0)


class StandardDeviation(Derived):
    """A child counts the more, the larger the standard deviation of its values.

    Formula: ``w_j = sd_j / sum sd`` over the units that have all values of the pillar. Values are
    taken as they are normalised: standard scores all weigh alike.

    Assumes: that what differs more says more, on one scale for all children.

    Edge cases: A child without differences gets no weight.

    Source: Diakoulaki, Mavrotas & Papayannakis (1995), Computers & Operations Research
    22:763-770.
    """

    together: ClassVar[bool] = True
    least: ClassVar[int] = 2
    method: Literal["standard-deviation"] = "standard-deviation"

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return the standard deviations."""
        del siblings
        return cases.x.std(axis=0)


class Gini(Derived):
    """A child counts the more, the larger the Gini coefficient of its values.

    Formula: ``w_j = G_j / sum G`` with ``G_j = sum_c sum_d |y_cj - y_dj| / (2 n^2 mean_j)`` over
    the ``n`` units that have all values of the pillar.

    Assumes: a value of zero means nothing, as where figures are normalised from zero.

    Edge cases: Negative values are refused; a child without differences gets no weight.

    Source: Gini (1912); Li & Chi (2009), on weights of indicators by their Gini coefficients.
    """

    least: ClassVar[int] = 2
    method: Literal["gini"] = "gini"

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return the Gini coefficients."""
        _refuse_negative(siblings, cases, self.name())
        x = np.sort(cases.x, axis=0)
        n = len(x)
        places = 2 * np.arange(1, n + 1) - n - 1
        return (places @ x) / (n * x.sum(axis=0))


def _refuse_negative(siblings: Siblings, cases: Cases, name: str) -> None:
    below = (cases.x < 0).any(axis=0)
    if below.any():
        child = names_of(siblings, cases)[int(np.argmax(below))]
        raise MethodError(
            f"{child} has negative values, for which weight = {name} is not defined.",
            mend="Normalise from zero (minmax), or set weight to another method.",
        )
