"""Statistics of one indicator that several methods rest on, whatever unit it is measured in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import integer
    from numpy.typing import NDArray

    Whole = NDArray[integer[Any]]


def exponents(values: Floats, axis: int | None = None) -> Whole:
    """Return the power of two that is next above the largest size of the values; 0 for zeros.

    Values times two to minus that power are 1 at most. Nothing is rounded on the way there and
    back, and squares and fourth powers stay within the range of numbers: so methods may work on
    figures of any unit.
    """
    largest = np.max(np.abs(values), axis=axis, initial=0.0, where=~np.isnan(values))
    return np.asarray(np.frexp(largest)[1])


def is_constant(values: Floats, size: float = 0.0) -> bool:
    """Say whether the figures that are there are all the same, to within 1e-12 of their size.

    Those that are sums of parts may be so to within 1e-12 of the ``size`` of these.
    """
    present = values[~np.isnan(values)]
    if present.size == 0:
        return True
    low, high = float(present.min()), float(present.max())
    return high - low <= 1e-12 * max(size, abs(low), abs(high))


Estimator = Literal["sample", "population"]
"""Which moments: those of samples (G1, G2), or those of the figures themselves (g1, g2)."""


def skewness_and_kurtosis(values: Floats, estimator: Estimator = "sample") -> tuple[float, float]:
    """Return skewness and excess kurtosis; NaN below four figures, or where all are the same.

    Formula: ``g1 = m3/m2^1.5`` and ``g2 = m4/m2^2 - 3``; of a sample
    ``G1 = g1 sqrt(n(n-1))/(n-2)`` and ``G2 = (n-1)/((n-2)(n-3)) ((n+1) g2 + 6)``.

    Source: Joanes & Gill (1998), The Statistician 47:183-189: type 1 for the population, type 2
    for a sample (as Excel, SAS and SPSS).
    """
    present = values[~np.isnan(values)]
    n = present.size
    if n < 4 or is_constant(present):
        return float("nan"), float("nan")
    present = np.ldexp(present, -exponents(present))
    centred = present - present.mean()
    centred = np.ldexp(centred, -exponents(centred))
    square = centred * centred
    m2 = float(square.mean())
    g1 = float((square * centred).mean()) / m2**1.5
    g2 = float((square * square).mean()) / m2**2 - 3
    if estimator == "population":
        return g1, g2
    skewness = g1 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
    return skewness, kurtosis
