"""Figures from outside for normalisations: see data/SOURCES.md."""

from functools import partial

from helpers.outside import beside
from helpers.outside import table as columns

DATA = beside("methods/normalise")

table = partial(columns, DATA)
NAN = float("nan")
COINR = table("coinr")
HANDBOOK = table("handbook_table15")
EIGHT = 3
"""The row of the figure 8 in the vector of COINr."""
USA = 1
"""The row of the United States in table 15 of the Handbook."""
