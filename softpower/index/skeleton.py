"""A new index folder that is whole from the start: real figures, ready to be replaced."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from softpower.errors import InputError
from softpower.index.figures import Figures
from softpower.index.find import locate, refuse_unfit
from softpower.index.index import Index
from softpower.index.plain import plain_files
from softpower.index.reading.folder import read
from softpower.index.reading.store_folder import store_of
from softpower.index.tree import Indicator
from softpower.index.unsaid import UNSAID
from softpower.index.writing import refuse_taken, write_folder

SOURCE = "open-soft-power"
COUNTRIES = ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM")
"""The ten members of ASEAN that the skeleton ranks."""

PILLARS = {
    "reach": ("Reach", ("visa_free_access", "world_heritage_sites")),
    "people": ("People", ("mean_years_schooling", "internet_users", "unemployment_rate")),
}
"""What the skeleton measures: enough to show pillars, weights, a transform and a direction."""


def create(path: Path, given: Path | None = None) -> tuple[Path, ...]:
    """Write a new index folder and return its files; all of them are written, or none.

    ``given`` is a workbook whose sheets are the tables of an index, which the folder then holds.

    Raises
    ------
    UsageError
        If the name is no id, or something is there already.
    FolderError
        If ``given`` is no such workbook, or has problems.
    InputError
        If the folder cannot be written.
    """
    refuse_name(path)
    name = path.name
    return write_folder(path, _skeleton(name) if given is None else _taken(name, given))


def refuse_name(path: Path) -> None:
    """Refuse the path of a new index folder whose name is no id, or at which something is.

    Raises
    ------
    UsageError
        If it is so, or an index has the name that comes with softpower.
    """
    refuse_unfit(path.name)
    refuse_taken(path)


def _taken(name: str, given: Path) -> dict[str, bytes]:
    """Return the files of a folder that holds what a workbook does."""
    read(given)
    return plain_files(store_of(given), name)


def _skeleton(name: str) -> dict[str, bytes]:
    source = read(locate(SOURCE))
    files = {
        "index.toml": _declaration(name),
        "indicators.csv": _indicators(source),
        "figures.csv": _figures(source),
        "README.md": _readme(name, source),
    }
    return {file: text.encode() for file, text in files.items()}


def _declaration(name: str) -> str:
    pillars = "\n\n".join(
        f'[pillars.{pillar}]\ntitle = "{title}"\nweight = {weight}'
        for (pillar, (title, _)), weight in zip(PILLARS.items(), (60, 40), strict=True)
    )
    return f"""\
id = "{name}"
title = "My index"
publisher = "{UNSAID["publisher"]}"
edition = "1"
summary = "{UNSAID["summary"]}"
citation = "{UNSAID["citation"]}"
licence = "The terms of the figures: see README.md"
# units = "other"           # if you rank regions, cities or universities, not countries

# The steps between figures and ranking; `softpower methods` lists what can stand here.
[methodology]
normalise = "minmax"        # every indicator from 0 (worst) to 100 (best)
weight = "given"            # the weights stated below
aggregate = "arithmetic"    # weighted means, level by level
impute = "none"             # a missing figure leaves its weight to its siblings

# Weights count within their parent; indicators.csv puts each indicator into a pillar.
{pillars}

# A variant is a named change: softpower score {name}@geometric
[variants.geometric]
title = "Geometric mean between the pillars"
reason = "A weak pillar is not made up for by a strong one."
methodology = {{ aggregate = ["geometric", "arithmetic"] }}
"""


def _chosen(source: Index) -> dict[str, Indicator]:
    found = {indicator.id: indicator for indicator in source.main.indicators()}
    return {name: found[name] for _, names in PILLARS.values() for name in names}


def _indicators(source: Index) -> str:
    header = (
        "id",
        "title",
        "pillar",
        "direction",
        "unit",
        "transform",
        "treat",
        "source",
        "url",
        "licence",
    )
    pillar_of = {name: pillar for pillar, (_, names) in PILLARS.items() for name in names}
    rows = [
        (
            item.id,
            item.title,
            pillar_of[item.id],
            "higher" if item.direction > 0 else "lower",
            item.unit,
            item.transform.name() if item.transform is not None else "",
            item.treat.name() if item.treat is not None else "",
            item.source,
            item.url,
            item.licence,
        )
        for item in _chosen(source).values()
    ]
    return _csv([header, *rows])


def _figures(source: Index) -> str:
    figures: Figures | None = source.figures
    if figures is None:
        raise InputError(f"The index {SOURCE} has no figures.")
    row = {unit.id: i for i, unit in enumerate(figures.units)}
    column = {name: j for j, name in enumerate(figures.ids)}
    rows: list[tuple[str, ...]] = [("country", "indicator", "value", "year")]
    for country in COUNTRIES:
        for name in _chosen(source):
            value = float(figures.values[row[country], column[name]])
            if not math.isnan(value):
                year = str(figures.years[row[country], column[name]])
                rows.append((country, name, f"{value:.15g}", year))
    return _csv(rows)


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _readme(name: str, source: Index) -> str:
    listed = "\n".join(
        f"- `{item.id}`: {item.title}. {item.source}." for item in _chosen(source).values()
    )
    return f"""\
# {name}

Say here, in the first line, what the index measures.

The folder starts out with real figures for the ten members of ASEAN, so that it works at once;
put your own in their place.

| file | what to write into it |
|---|---|
| `index.toml` | what the index is, its pillars and weights, its methodology, its variants |
| `indicators.csv` | one row for each indicator; edit it in a spreadsheet |
| `figures.csv` | one row for each figure, or one row for each country and a column per indicator |
| `history.csv` | optional: `country,indicator,year,value` of other years, to compare years |
| `published.csv` | optional: `country,score,rank` as printed, for `softpower reproduce` |

    softpower check {name}      # every problem, with its place and how to mend it
    softpower score {name}

## Sources

The figures are those of `{source.id}`:

{listed}

## What is known to be wrong with it

Five indicators do not make an index of anything; they show how one is built.
"""
