"""Figures from outside, which stand beside the tests that use them: see SOURCES.md there."""

import csv
from pathlib import Path

import numpy as np

WORDS = ("code", "indicator", "order")
"""The columns that hold words."""


def beside(folder):
    """Return where the figures stand that the tests of a folder use."""
    return Path(__file__).parents[1] / folder / "data"


def records(folder, name):
    """Return the rows of a file of figures."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(folder, name):
    """Return the numeric columns of a file of figures, NaN where a cell is empty."""
    rows = records(folder, name)
    return {
        column: np.array([float(row[column]) if row[column] else np.nan for row in rows])
        for column in rows[0]
        if column not in WORDS
    }
