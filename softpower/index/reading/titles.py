"""What the columns of a table of figures may be called, beside those of indicators."""

from __future__ import annotations

CODES = ("iso3", "code")
NAMES = ("country", "name")
MEASURE = "unit"
"""What is ranked; but in a long table that has another such column, what figures are counted in."""

UNIT_COLUMNS = (*CODES, *NAMES, MEASURE)
"""What the columns that name the unit may be called."""

LONG = ("indicator", "value")
LONG_EXTRA = ("year", "source", "note", "standard_error")
"""The columns of a table with one row for each figure, and those that it may have too."""

TEXTS = frozenset((*UNIT_COLUMNS, "indicator", "year", "source", "note"))
"""Columns that hold no numbers."""
