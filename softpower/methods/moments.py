"""Statistics of one indicator that several methods rest on."""

from __future__ import annotations

import math

import numpy as np

from softpower.methods.model import Floats


def is_constant(values: Floats) -> bool:
    """Say whether the figures that are there are all the same, to within 1e-12 of their size."""
    present = values[~np.isnan(values)]
    if present.size == 0:
        return True
    low, high = float(present.min()), float(present.max())
    return high - low <= 1e-12 * max(1.0, abs(low), abs(high))


def skewness_and_kurtosis(values: Floats) -> tuple[float, float]:
    """Return the sample skewness G1 and excess kurtosis G2; NaN below four figures.

    Formula: ``G1 = g1 sqrt(n(n-1))/(n-2)`` and ``G2 = (n-1)/((n-2)(n-3)) ((n+1) g2 + 6)`` with
    ``g1 = m3/m2^1.5`` and ``g2 = m4/m2^2 - 3``.

    Source: Joanes & Gill (1998), The Statistician 47:183-189, type 2 (as Excel, SAS and SPSS).
    """
    present = values[~np.isnan(values)]
    n = present.size
    if n < 4 or is_constant(present):
        return float("nan"), float("nan")
    centred = present - present.mean()
    square = centred * centred
    m2 = float(square.mean())
    g1 = float((square * centred).mean()) / m2**1.5
    g2 = float((square * square).mean()) / m2**2 - 3
    skewness = g1 * math.sqrt(n * (n - 1)) / (n - 2)
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
    return skewness, kurtosis
