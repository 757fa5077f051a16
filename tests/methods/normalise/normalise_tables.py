"""Figures from outside for normalisations: see data/SOURCES.md."""

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


def table(name):
    """Return the columns of a file of figures, NaN where a cell is empty."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        column: np.array([float(row[column]) if row[column] else np.nan for row in rows])
        for column in rows[0]
        if column != "code"
    }


NAN = float("nan")
COINR = table("coinr")
HANDBOOK = table("handbook_table15")
EIGHT = 3
"""The row of the figure 8 in the vector of COINr."""
USA = 1
"""The row of the United States in table 15 of the Handbook."""
