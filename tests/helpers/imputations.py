"""Figures to be filled, what is known of them, and one or more examples of every imputation."""

from functools import partial

import numpy as np

from helpers.outside import beside, table
from softpower.errors import MethodError
from softpower.methods.impute import (
    Constant,
    Em,
    GroupMean,
    GroupMedian,
    ImputationContext,
    MeanImputation,
    MedianImputation,
    NearestNeighbour,
    NoImputation,
    Regression,
)

NAN = float("nan")
DATA = beside("methods/impute")

EXAMPLES = {
    NoImputation: [{}],
    MeanImputation: [{}],
    MedianImputation: [{}],
    GroupMean: [{"by": "side"}],
    GroupMedian: [{"by": "side"}],
    NearestNeighbour: [{}, {"donors": 3}, {"donors": 2, "shared": 2}],
    Regression: [
        {},
        {"on": "i0"},
        {"on": "i1+carried"},
        {"clip": False},
        {"on": "carried", "stochastic": True},
    ],
    Em: [{}, {"clip": True}, {"by": "side", "iterations": 20}],
    Constant: [{}, {"value": -3.5}],
}
"""Parameters that each imputation is tried with."""

EVERY = [method(**given) for method, examples in EXAMPLES.items() for given in examples]


def sheet_of(x, groups=None, carried=None, units=None):
    """Return what is known of figures: units U0, U1, ..., indicators i0, i1, ...

    ``groups`` is the grouping ``side``, ``carried`` an indicator that is not scored.
    """
    count = len(x)

    def labels(by):
        assert by == "side"
        return tuple(groups or [""] * count)

    def figure(name):
        if name != "carried" or carried is None:
            raise MethodError(f"There are no figures of {name!r}.")
        return np.asarray(carried, float)

    ids = tuple(f"i{j}" for j in range(x.shape[1]))
    return ImputationContext(tuple(units or [f"U{i}" for i in range(count)]), ids, labels, figure)


def filled(method, x, groups=None, carried=None):
    """Return figures as a method fills them."""
    return method(x, sheet_of(x, groups, carried)).values


columns = partial(table, DATA)


def random_figures(seed, shape=(40, 5), share=0.3):
    """Return related indicators with gaps at random, the groups of the units, and a predictor."""
    rng = np.random.default_rng(seed)
    carried = rng.normal(size=shape[0])
    x = rng.normal(size=shape) + rng.normal(size=(shape[0], 1)) + 0.5 * carried[:, None]
    x[rng.random(shape) < share] = NAN
    return x, list(rng.choice(["a", "b", "c"], shape[0])), carried


FIGURES = np.array(
    [
        [1, 2, 5],
        [2, NAN, 1],
        [NAN, 3, 2],
        [4, 8, NAN],
        [5, 10, 3],
        [6, NAN, 4],
        [7, 14, NAN],
        [8, 15, 7],
    ]
)
"""Eight units in three groups, small enough to fill by hand."""
