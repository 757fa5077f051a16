"""Figures with outliers, and one or more examples of every treatment."""

from functools import partial

from helpers.outside import beside, table
from softpower.methods.treat import (
    BoxCox,
    Fences,
    LogTreatment,
    NoTreatment,
    PercentileWinsorise,
    Winsorise,
)

NAN = float("nan")
DATA = beside("methods/treat")
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


columns = partial(table, DATA)
OUTLIERS = columns("outliers")
X = OUTLIERS["x"]
