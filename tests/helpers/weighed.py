"""Siblings, and the technology achievement figures of the Handbook: see data/SOURCES.md."""

from functools import partial

import numpy as np
from scipy.optimize import linear_sum_assignment

from helpers.outside import beside
from helpers.outside import table as columns
from softpower.methods.weight import Siblings

DATA = beside("methods/weight")
TAI = (
    "patents",
    "royalties",
    "internet",
    "exports",
    "telephones",
    "electricity",
    "schooling",
    "university",
)


table = partial(columns, DATA)


def tai():
    """Return the figures of the eight indicators, two of them in logarithms (23 x 8)."""
    figures = table("tai")
    columns = [
        np.log10(figures[name]) if name in ("telephones", "electricity") else figures[name]
        for name in TAI
    ]
    return np.column_stack(columns)


def minmax(x):
    return (x - x.min(axis=0)) / np.ptp(x, axis=0)


def siblings(k, stated=None, figure=None, ids=None):
    """Return what is known of k children: the first k letters by default."""
    ids = ids or tuple("abcdefghijklmnopqrstuvwxyz"[:k])
    stated = np.ones(k) if stated is None else np.array(stated, float)
    return Siblings("", ids, stated, np.ones(k), (figure or {}).__getitem__)


def weigh(method, values, **known):
    values = np.asarray(values, float)
    return method(siblings(values.shape[1], **known), values)


def said(method, values, **known):
    values = np.asarray(values, float)
    children = siblings(values.shape[1], **known)
    return method.remark(children, values, method(children, values))


def aligned(computed, expected):
    """Return computed factors in the order and with the signs of expected ones."""
    match = computed.T @ expected
    order = linear_sum_assignment(-np.abs(match))[1]
    back = np.argsort(order)
    turned = computed[:, back]
    return turned * np.sign((turned * expected).sum(axis=0))
