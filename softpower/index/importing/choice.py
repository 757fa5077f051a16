"""Which figures of a file are taken: the newest of each country, those of a year, or all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softpower.errors import InputError, Location, UsageError
from softpower.index.importing.gathered import Gathered
from softpower.index.importing.places import Places
from softpower.index.text import shown

_WHOLE = re.compile(r"-?[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Years:
    """Which years are wanted.

    Parameters
    ----------
    year
        The one year of which figures are taken; the newest of each country if ``None``.
    all_years
        Whether the others are taken too, into ``history.csv``.
    not_before
        No figure of an earlier year is taken.
    """

    year: str | None = None
    all_years: bool = False
    not_before: str | None = None

    @property
    def words(self) -> str:
        """Return what is taken, in words."""
        if self.year is not None:
            return f"The figures of {self.year} are taken"
        since = f", not before {self.not_before}" if self.not_before is not None else ""
        rest = "; those of other years go into history.csv" if self.all_years else ""
        return f"The newest figure of each country is taken{since}{rest}"


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures of one series that are taken, by country."""

    series: str
    figures: dict[str, tuple[float, str, str]]
    """Value, year and note by alpha-3 code."""
    history: dict[tuple[str, str], tuple[float, str]]
    """Value and note of other years, by alpha-3 code and year."""
    count: int
    """How many figures of countries there are, of all years."""
    span: tuple[str, str]
    """The first and the last year of which there are figures of countries; empty if of none."""
    older: int
    """How many countries have figures, but only before the years that are wanted."""
    repeated: int
    """How many figures stand there twice, with the same value."""
    undated: int = 0
    """How many figures are passed over for others that have a year, as they have none."""


def order(year: str) -> tuple[int, str]:
    """Return by what years are put into order: 2015 after 987, and texts as they are."""
    return (int(year), "") if _WHOLE.fullmatch(year) else (_leading(year), year)


def _leading(text: str) -> int:
    match = re.match(r"[0-9]{4}", text)
    return int(match[0]) if match else 0


def take(gathered: Gathered, places: Places, years: Years) -> list[Taken]:
    """Return the figures that are taken of each series.

    Raises
    ------
    InputError
        If a country has two figures of a series and year.
    UsageError
        If there is no figure of the year that is asked for.
    """
    iso3s = sorted({place.iso3 for place in places.found if place.iso3})
    at = {iso3: k for k, iso3 in enumerate(iso3s)}
    unit_of = np.array([at.get(place.iso3, -1) for place in places.found], dtype=np.int32)
    labels = sorted(set(gathered.years), key=order)
    ranks = {year: k for k, year in enumerate(labels)}
    rank = np.array([ranks[year] for year in gathered.years], dtype=np.int32)
    series, value = np.asarray(gathered.series), np.asarray(gathered.value)
    unit = unit_of[np.asarray(gathered.key)] if len(value) else np.empty(0, dtype=np.int32)
    year = rank[np.asarray(gathered.year)] if len(value) else np.empty(0, dtype=np.int32)
    known = np.flatnonzero((unit >= 0) & ~np.isnan(value))
    known = known[np.lexsort((known, year[known], unit[known], series[known]))]
    starts = np.searchsorted(series[known], np.arange(len(gathered.names) + 1))
    at_series = {name: k for k, name in enumerate(gathered.names)}
    taken = []
    for name in gathered.chosen:
        k = at_series[name]
        rows = known[starts[k] : starts[k + 1]]
        rows, repeated = _without_repeats(rows, unit, year, gathered, name)
        taken.append(_of_series(name, rows, iso3s, unit, labels, year, gathered, years, repeated))
    asked = years.year or (years.not_before and f"{years.not_before} or later")
    spans = sorted({year for each in taken for year in each.span if year}, key=order)
    if asked and taken and not any(each.figures for each in taken):
        has = f"It has figures of {spans[0]} to {spans[-1]}." if spans else ""
        raise UsageError(f"{gathered.told.source.file} has no figure of {asked}.", mend=has)
    return taken


def _without_repeats(
    rows: NDArray[np.int64],
    unit: NDArray[np.int32],
    year: NDArray[np.int32],
    gathered: Gathered,
    name: str,
) -> tuple[NDArray[np.int64], int]:
    """Return the rows without those that say again what another says; refuse contradictions."""
    if len(rows) < 2:
        return rows, 0
    before, after = rows[:-1], rows[1:]
    same = (unit[before] == unit[after]) & (year[before] == year[after])
    value = np.asarray(gathered.value)
    different = np.flatnonzero(same & (value[before] != value[after]))
    if len(different):
        first, second = int(before[different[0]]), int(after[different[0]])
        code, country = gathered.keys[gathered.key[second]]
        of_year = gathered.years[gathered.year[second]]
        when = f" of {of_year}" if of_year else ""
        raise InputError(
            f"{shown(country or code)} has a second figure{when} for "
            f"{gathered.about(name).title}: {value[second]:.6g}, and {value[first]:.6g} in line "
            f"{gathered.line[first]}.",
            location=Location(gathered.told.source.file, gathered.line[second]),
            mend="Keep one of them; or if a column tells them apart, keep the rows that you need.",
        )
    keep = np.concatenate(([True], ~same))
    return rows[keep], int(same.sum())


def _of_series(
    name: str,
    rows: NDArray[np.int64],
    iso3s: Sequence[str],
    unit: NDArray[np.int32],
    labels: Sequence[str],
    year: NDArray[np.int32],
    gathered: Gathered,
    years: Years,
    repeated: int,
) -> Taken:
    """Return the figures of one series, whose rows are in order of country and year."""
    found = np.unique(year[rows]).tolist()
    known = [labels[k] for k in found if labels[k]]
    span = (known[0], known[-1]) if known else ("", "")
    kept = rows[np.isin(year[rows], [k for k in found if _wanted(labels[k], years)])]
    newest = np.ones(len(kept), dtype=bool)
    newest[:-1] = unit[kept][1:] != unit[kept][:-1]
    figures = {
        iso3s[unit[row]]: (gathered.value[row], labels[year[row]], gathered.notes.get(row, ""))
        for row in kept[newest].tolist()
    }
    passed = kept[~newest].tolist()
    dated = [row for row in passed if labels[year[row]]]
    others = dated if years.all_years else []
    history = {
        (iso3s[unit[row]], labels[year[row]]): (gathered.value[row], gathered.notes.get(row, ""))
        for row in others
    }
    older = len(np.unique(unit[rows])) - len(figures)
    undated = len(passed) - len(dated)
    return Taken(name, figures, history, len(rows), span, older, repeated, undated)


def _wanted(year: str, years: Years) -> bool:
    if years.year is not None:
        return year == years.year
    return years.not_before is None or order(year) >= order(years.not_before)
