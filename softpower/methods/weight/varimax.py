"""Varimax: turning factors so that each indicator loads on few of them."""

from __future__ import annotations

import numpy as np

from softpower.methods.model import Floats

TOLERANCE = 1e-13
"""How little a step turns when there is no further to go."""

MOST_STEPS = 5000


def varimax(loadings: Floats, *, kaiser: bool = True) -> Floats:
    """Return loadings (indicators x factors) after a varimax rotation.

    Formula: ``L T`` with the orthogonal ``T`` that maximises the sum over factors of the variance
    of the squared loadings; with ``kaiser`` each row is divided by the root of its communality
    before, and multiplied by it afterwards. Signs and order of the factors have no meaning.

    Source: Kaiser (1958), Psychometrika 23:187-200; the iteration is that of orthogonal
    Procrustes rotations onto the gradient, as in Horst (1965), Factor
    Analysis of Data Matrices.
    """
    if loadings.shape[1] < 2:
        return loadings.copy()
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    scale = np.where(length > 0, length, 1.0) if kaiser else np.ones_like(length)
    start = loadings / scale
    turn = np.eye(loadings.shape[1])
    for _ in range(MOST_STEPS):
        before, turned = turn, start @ turn
        gradient = start.T @ (turned**3 - turned * (turned**2).mean(axis=0))
        left, _, right = np.linalg.svd(gradient)
        turn = left @ right
        if np.abs(turn - before).max() < TOLERANCE:
            break
    return (start @ turn) * scale
