"""Small tables of values as rankings that are functions of their weights."""

import csv
from pathlib import Path

import numpy as np

from helpers.hand_made import ALL_COUNT, figures_of, leaf, tree
from softpower.engine.exact.form import form_of
from softpower.engine.sampling.batch import Batch
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.space import WeightSpace

TAI = Path(__file__).parents[1] / "engine" / "data" / "tai_figures.csv"


def setup_of(columns, weights=None, **methodology):
    """Return a setup of columns as indicators without pillars, not normalised unless it says so."""
    methodology.setdefault("normalise", "none")
    methodology.setdefault("treat", "none")
    methodology.setdefault("coverage", ALL_COUNT)
    leaves = [leaf(name, 1.0 if weights is None else weights[name]) for name in columns]
    return Setup(figures_of(columns), tree(*leaves), Methodology(**methodology))


def form(columns, *stated, weights=None, pillars=("",), mixtures=None, **methodology):
    """Return such a table as a function of its weights, of which something may be stated.

    Or of mixtures of some weights (people x columns).
    """
    space = WeightSpace.parse(stated) if stated else WeightSpace.stated()
    if mixtures is not None:
        points = {name: tuple(shares) for name, shares in zip(columns, mixtures.T, strict=True)}
        space = WeightSpace(people="people.csv", points=points)
    return form_of(Batch(setup_of(columns, weights, **methodology)), space, pillars)


GOALPOSTS = {
    "patents": (0, 994),
    "royalties": (0, 272.6),
    "internet": (0, 232.4),
    "exports": (0, 80.8),
    "telephones": (0, np.log10(901)),
    "electricity": (np.log10(22), np.log10(6969)),
    "schooling": (0.8, 12),
    "university": (0.1, 27.4),
}
"""Saisana, Saltelli & Tarantola (2005), J. R. Statist. Soc. A 168:307-323, Table 1."""


def tai(*stated):
    """Return the countries, and the Technology Achievement Index as a function of its weights."""
    with TAI.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {}
    for name, (low, high) in GOALPOSTS.items():
        x = np.array([float(row[name]) for row in rows])
        x = np.log10(x) if name in {"telephones", "electricity"} else x
        columns[name] = np.clip((x - low) / (high - low), 0, 1)
    return [row["country"] for row in rows], form(columns, *stated)
