"""Statistics of one indicator that several methods rest on."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from softpower.methods.model import Floats


def is_constant(values: Floats) -> bool:
    """Say whether the figures that are there are all the same, to within 1e-12 of their size."""
    present = values[~np.isnan(values)]
    if present.size == 0:
        return True
    low, high = float(present.min()), float(present.max())
    return high - low <= 1e-12 * max(1.0, abs(low), abs(high))


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
    centred = present - present.mean()
    _, exponent = math.frexp(float(np.abs(centred).max()))
    centred = np.ldexp(centred, -exponent)  # powers stay within the range of numbers
    square = centred * centred
    m2 = float(square.mean())
    g1 = float((square * centred).mean()) / m2**1.5
    g2 = float((square * square).mean()) / m2**2 - 3
    if estimator == "population":
        return g1, g2
    skewness = g1 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
    return skewness, kurtosis
