"""Figures with outliers, and one or more examples of every treatment."""

import csv
from pathlib import Path

import numpy as np

from softpower.methods.treat import (
    BoxCox,
    Fences,
    LogTreatment,
    NoTreatment,
    PercentileWinsorise,
    Winsorise,
)

NAN = float("nan")
DATA = Path(__file__).parent / "data"
SOON = {"skewness": 0.3, "kurtosis": -2}
"""Thresholds that many figures reach."""

EXAMPLES = {
    NoTreatment: [{}],
    Winsorise: [
        {},
        {"points": 2, **SOON},
        {"otherwise": "keep", **SOON},
        {"force": 3},
        {"estimator": "population", **SOON},
    ],
    LogTreatment: [{"only": "all"}, SOON, {"only": "all", "shift": "one"}],
    BoxCox: [{"only": "all"}, SOON, {"exponent": -2, "only": "all", "shift": "one"}],
    PercentileWinsorise: [{}, {"low": 20, "high": 90}],
    Fences: [{}, {"k": 0.2}],
}
"""Parameters that each treatment is tried with."""

EVERY = [method(**given) for method, examples in EXAMPLES.items() for given in examples]


def columns(name):
    """Return the columns of a file of figures."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        key: np.array([float(row[key]) if row[key] else NAN for row in rows]) for key in rows[0]
    }


OUTLIERS = columns("outliers")
X = OUTLIERS["x"]
