"""Samples of weights: how the weights of siblings vary when it is asked what they decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Method

if TYPE_CHECKING:
    from numpy.random import Generator

SMALL_SHAPE = 0.5
"""Gamma variates of a smaller shape are drawn as logarithms."""

LEAST_SPREAD, LEAST_SHARE = 1e-200, 1e-100
"""A concentration or a weight that is smaller still makes no difference to what is drawn."""


class SiblingSampling(Protocol):
    """How the weights of some siblings are drawn."""

    def __call__(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return drawn weights, count x k."""

    def from_uniform(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights that points of the unit cube stand for, both points x k."""


class WeightSampling(Method):
    """Nominal weights of siblings in, many drawn sets of weights out."""

    members: ClassVar[Mapping[str, str]] = {
        "bounds": "sample.Bounds",
        "dirichlet": "sample.Dirichlet",
        "simplex": "sample.Simplex",
        "polytope": "space.WeightSpace",
    }

    def among(self, ids: Sequence[str], weights: Floats) -> SiblingSampling:
        """Return how the weights of siblings with these ids and nominal weights are drawn."""
        del ids, weights
        return self

    def __call__(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return drawn weights, count x k, each row with sum 1.

        Parameters
        ----------
        generator
            Where the randomness comes from.
        weights
            The nominal weights of the k siblings, with sum 1. A weight of zero stays zero.
        count
            How many sets are drawn.
        """
        if weights.all():
            return self.positive(generator, weights, count)
        drawn = np.zeros((count, weights.size))
        some = np.flatnonzero(weights)
        drawn[:, some] = self.positive(generator, weights[some], count)
        return drawn

    def positive(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return drawn weights where all nominal ones are above zero."""
        raise NotImplementedError

    def from_uniform(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights that points of the unit cube stand for, both points x k.

        Independent uniform coordinates give weights of the same distribution as drawing them.
        """
        drawn = np.zeros(u.shape)
        some = np.flatnonzero(weights)
        drawn[:, some] = self.mapped(u[:, some], weights[some])
        return drawn

    def mapped(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights that points stand for where all nominal ones are above zero."""
        raise NotImplementedError


class Bounds(WeightSampling):
    """Every weight is off by up to so many percent of itself, up or down.

    Formula: ``w_j = v_j / sum v`` with ``v_j`` uniform from ``w0_j (1 - percent/100)`` to
    ``w0_j (1 + percent/100)``. Dividing by the sum keeps proportions within the bounds, and lets a
    single weight leave them a little.

    Assumes: that each weight is off on its own, whatever the others.

    Edge cases: A weight of zero stays zero.

    Source: OECD/JRC Handbook (2008), sec. 7.1; Saisana, Saltelli & Tarantola (2005).
    """

    positional: ClassVar[tuple[str, ...]] = ("percent",)
    method: Literal["bounds"] = "bounds"
    percent: float = Field(
        25.0, gt=0, le=100, description="By how many percent of itself a weight may be off."
    )

    def positive(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return weights uniform between the bounds, divided by their sum."""
        return self.mapped(generator.random((count, weights.size)), weights)

    def mapped(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights at these shares of the way from the lower to the upper bound."""
        return _shares(weights * (1 + self.percent / 100 * (2 * u - 1)))


class Dirichlet(WeightSampling):
    """Weights scattered around the nominal ones, the closer the higher the concentration.

    Formula: ``w ~ Dirichlet(c w0)``, so that the mean of ``w_j`` is ``w0_j`` and its squared
    coefficient of variation ``(1 - w0_j) / (w0_j (c + 1))``.

    Assumes: that all weights are equally well known, relative to their sizes.

    Edge cases: A weight of zero stays zero.

    Source: the textbook Dirichlet distribution; Kotz, Balakrishnan & Johnson (2000), ch. 49.
    """

    positional: ClassVar[tuple[str, ...]] = ("concentration",)
    method: Literal["dirichlet"] = "dirichlet"
    concentration: float = Field(
        50.0, gt=0, le=1e6, description="How closely drawn weights keep to the nominal ones."
    )

    def positive(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return gamma variates divided by their sum; small shapes are worked out in logarithms.

        A gamma variate of shape ``a`` is one of shape ``a + 1`` times ``U^(1/a)``, which would
        vanish among the numbers of a machine where ``a`` is small (Devroye, 1986, ch. IX).
        """
        shape = self._shape(weights)
        size = (count, weights.size)
        if shape.min() >= SMALL_SHAPE:
            return _shares(generator.standard_gamma(shape, size=size))
        logs = np.log(generator.standard_gamma(shape + 1, size=size))
        return _shares_of_logs(logs + np.log1p(-generator.random(size)) / shape)

    def mapped(self, u: Floats, weights: Floats) -> Floats:
        """Return the gamma quantiles of the points divided by their sum."""
        from scipy.special import gammaincinv, gammaln

        shape = self._shape(weights)
        quantiles = gammaincinv(shape, u)
        with np.errstate(divide="ignore"):
            least = (np.log(u) + gammaln(shape + 1)) / shape  # exact as the quantile goes to zero
            logs = np.where(quantiles > 1e-250, np.log(quantiles), least)
        return _shares_of_logs(np.maximum(logs, -1e300))

    def _shape(self, weights: Floats) -> Floats:
        """Return the shapes of gamma variates, large enough to divide logarithms by."""
        return max(self.concentration, LEAST_SPREAD) * np.maximum(weights, LEAST_SHARE)


class Simplex(WeightSampling):
    """Any weights at all, each set as likely as any other: no weighting is preferred.

    Formula: ``w ~ Dirichlet(1, ..., 1)``, the uniform distribution on ``w >= 0, sum w = 1``,
    whatever the nominal weights.

    Assumes: that nothing is known of the weights.

    Edge cases: A weight of zero stays zero.

    Source: Lahdelma, Hokkanen & Salminen (1998), European J. of Operational Research 106.
    """

    method: Literal["simplex"] = "simplex"

    def positive(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return exponential variates divided by their sum."""
        return _shares(generator.standard_exponential((count, weights.size)))

    def mapped(self, u: Floats, weights: Floats) -> Floats:
        """Return the exponential quantiles of the points divided by their sum."""
        del weights
        return _shares(-np.log1p(-np.minimum(u, 1 - 2.0**-53)))


def _shares_of_logs(logs: Floats) -> Floats:
    """Return amounts, given as logarithms, divided by the sum of their row."""
    return _shares(np.exp(logs - logs.max(axis=1, keepdims=True)))


def _shares(amounts: Floats) -> Floats:
    """Return amounts divided by the sum of their row; a row that vanished is shared equally."""
    total = np.einsum("ij->i", amounts)[:, None]  # sum(axis=1) is slow on short rows
    lost = ~(total[:, 0] > 0)
    if lost.any():
        amounts[lost] = 1.0
        total[lost] = amounts.shape[1]
    amounts /= total
    return amounts
