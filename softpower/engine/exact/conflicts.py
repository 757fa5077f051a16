"""Inequalities that exclude each other, seen from the vertices of a region and without a solver."""

from __future__ import annotations

import numpy as np

from softpower.engine.exact.region import Region
from softpower.methods.model import Floats, Mask

SHORT = 1e-9
"""Two forms exclude each other if some mean of them is below zero by more than this throughout."""


def exclusive(region: Region, forms: Floats) -> Mask:
    """Return which of two forms are nowhere both zero or above in a region (rows x rows).

    Formula: forms ``f`` and ``g`` exclude each other if and only if ``t f + (1 - t) g`` is below
    zero at all vertices for some ``t`` between 0 and 1; each vertex bounds ``t`` on one side.
    Where a region has too many vertices none are told.

    Source: Gale (1960), The Theory of Linear Economic Models, ch. 2 (theorem of alternatives).
    """
    found = np.zeros((len(forms), len(forms)), dtype=bool)
    vertices = region.vertices
    if vertices is None:
        return found
    values = forms @ vertices.T
    for row, own in enumerate(values):
        found[row] = _excluded(own, values)
    np.fill_diagonal(found, val=False)
    return found & found.T


def _excluded(own: Floats, others: Floats) -> Mask:
    """Return which others exclude a form, by the values of all at vertices (others x vertices)."""
    above, below = (own >= 0) & (others < 0), (own < 0) & (others >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = others / (others - own)
    least = np.where(below, turn, 0.0).max(axis=1)
    most = np.where(above, turn, 1.0).min(axis=1)
    part = ((least + most) / 2)[:, None]
    return np.asarray((part * own + (1 - part) * others).max(axis=1) < -SHORT)


def cliques(exclusive: Mask) -> list[list[int]]:
    """Return sets of rows of which one at most can hold, such that every exclusive pair is in one.

    Of a set as a whole less is possible than of its pairs: half of each row satisfies all pairs.
    """
    found: list[list[int]] = []
    left = exclusive.copy()
    for row in np.argsort(-exclusive.sum(axis=1), kind="stable"):
        while left[row].any():
            members = [int(row), int(left[row].argmax())]
            fitting = exclusive[members].all(axis=0)
            while fitting.any():
                new = np.where(fitting, left[members].sum(axis=0), -1)
                members.append(int(new.argmax()))
                fitting &= exclusive[members[-1]]
            left[np.ix_(members, members)] = False
            found.append(members)
    return found
