"""The Shapley value: what each of several players contributes to an outcome, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np

from softpower.methods.model import Floats


def shapley(value: Sequence[float | Floats]) -> Floats:
    """Return the share of each player in the change from the empty coalition to the full one.

    Formula: ``phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))``, the
    mean of what player ``i`` adds over all orders in which the players can come in. The shares
    sum to ``v(all) - v(none)``.

    Source: Shapley (1953), Contributions to the Theory of Games II; Shorrocks (2013), J. Economic
    Inequality 11:99-126.

    Parameters
    ----------
    value
        The outcome of each of the 2^k coalitions, a number or an array: ``value[mask]`` is that
        of the players ``i`` whose bit ``1 << i`` is set in ``mask``.

    Returns
    -------
    numpy.ndarray
        One row for each of the k players; NaN where the outcome of a coalition is NaN.

    Raises
    ------
    ValueError
        If there are not 2^k outcomes.
    """
    lattice, players = _lattice(value)
    shares: Floats = np.empty((players, *lattice.shape[players:]))
    others = tuple(range(players - 1))
    sizes = sum(np.ogrid[(slice(2),) * len(others)], start=np.array(0))
    orders = np.array([1 / (players * comb(players - 1, size)) for size in range(players)])
    for player in range(players):
        added = _added(lattice, players, player)
        shares[player] = np.tensordot(orders[sizes], added, axes=(others, others))
    return shares


def first_in(value: Sequence[float | Floats]) -> Floats:
    """Return what each player adds when it comes first: ``v({i}) - v(none)``.

    Raises
    ------
    ValueError
        If there are not 2^k outcomes.
    """
    lattice, players = _lattice(value)
    alone = [_added(lattice, players, i)[(0,) * (players - 1)] for i in range(players)]
    return np.array(alone).reshape(players, *lattice.shape[players:])


def last_in(value: Sequence[float | Floats]) -> Floats:
    """Return what each player adds when it comes last: ``v(all) - v(all but i)``.

    Raises
    ------
    ValueError
        If there are not 2^k outcomes.
    """
    lattice, players = _lattice(value)
    last = [_added(lattice, players, i)[(1,) * (players - 1)] for i in range(players)]
    return np.array(last).reshape(players, *lattice.shape[players:])


def _lattice(value: Sequence[float | Floats]) -> tuple[Floats, int]:
    """Return the outcomes with one axis of length two per player, the last player first."""
    outcomes = np.asarray(value, dtype=np.float64)
    players = len(outcomes).bit_length() - 1
    if len(outcomes) != 1 << max(players, 0):
        raise ValueError(f"{len(outcomes)} outcomes are not one for each of 2^k coalitions")
    return outcomes.reshape((2,) * players + outcomes.shape[1:]), players


def _added(lattice: Floats, players: int, player: int) -> Floats:
    """Return what a player adds to every coalition of the others."""
    axis = players - 1 - player
    with_it, without_it = lattice.take(1, axis=axis), lattice.take(0, axis=axis)
    return np.asarray(with_it - without_it)
