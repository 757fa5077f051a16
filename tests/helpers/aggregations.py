"""Figures from outside (see data/SOURCES.md), and one example at least of every aggregation."""

from functools import partial

import numpy as np

from helpers.outside import beside, records
from helpers.outside import table as columns
from softpower.methods.aggregate import (
    Arithmetic,
    BordaCount,
    Copeland,
    Geometric,
    Harmonic,
    Kemeny,
    MazziottaPareto,
    MeanMin,
    Minimum,
    OrderedWeights,
    Power,
    Promethee,
    Sum,
    Topsis,
    Vikor,
    WeightedMedian,
)

EXAMPLES = [
    Arithmetic(),
    Geometric(),
    Geometric(floor=2.0),
    Harmonic(),
    Sum(),
    Power(p=2),
    Power(p=-3.5),
    Power(p=0.3),
    Power(p=1e-8),
    WeightedMedian(),
    WeightedMedian(kind="lower"),
    Minimum(),
    OrderedWeights(weights="best-2"),
    OrderedWeights(weights="worst-2"),
    OrderedWeights(weights="most"),
    OrderedWeights(weights=[9, 5, 4, 3, 1, 1, 1, 1]),
    MeanMin(),
    MeanMin(alpha=0.9, beta=5),
    MazziottaPareto(),
    MazziottaPareto(penalty="plus"),
    MazziottaPareto(ddof=1, weighted=False),
    Topsis(),
    Topsis(scaling="vector"),
    Vikor(),
    Vikor(v=0.2),
    Promethee(),
    Promethee(function="u-shape", q=3),
    Promethee(function="v-shape", p=40),
    Promethee(function="level", q=3, p=20),
    Promethee(function="linear", q=3, p=20, gaps="pairs"),
    Promethee(function="gaussian", s=10),
    BordaCount(),
    BordaCount(gaps="pairs", indifference=2),
    Copeland(),
    Copeland(gaps="pairs"),
    Kemeny(),
    Kemeny(gaps="pairs"),
]
"""Every class with parameters that it can have; a class that is forgotten fails a test."""

DATA = beside("methods/aggregate")

table = partial(columns, DATA)


def texts(name, column):
    """Return a column of words."""
    return [row[column] for row in records(DATA, name)]


def matrix(name):
    """Return a file of figures, one row for each unit."""
    return np.column_stack(list(table(name).values()))


def spread(weights, count):
    """Return a row of weights, with sum 1, for each of so many units."""
    weights = np.asarray(weights, float)
    return np.tile(weights / weights.sum(), (count, 1))


def votes(*ballots):
    """Return the units of ballots as ``{"a": row, ...}``, figures and weights.

    A ballot is a number of voters and an order from best to worst, such as ``(3, "abc")``.
    """
    units = sorted(ballots[0][1])
    y = np.array([[-order.index(unit) for _, order in ballots] for unit in units], float)
    return units, y, spread([count for count, _ in ballots], len(units))


def order_of(units, scores):
    """Return the units from the highest score down."""
    return "".join(units[i] for i in np.argsort(-scores, kind="stable"))
