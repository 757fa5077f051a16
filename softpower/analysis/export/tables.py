"""The tables of an index as rows, for a workbook that is an index too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from softpower import countries
from softpower.analysis.export.sheets import Cell, Rows, as_cell
from softpower.engine.run import Run
from softpower.index.declared import FrameworkEntry, PublishedEntry
from softpower.index.index import Index
from softpower.index.indicator_row import IndicatorRow
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.request import write_value
from softpower.index.text import NOT_SCORED
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit
from softpower.index.variant import Variant
from softpower.methods.model import Method
from softpower.methods.normalise import Goalposts
from softpower.methods.short_form import as_toml, as_word

STATED = ("normalise", "weight", "aggregate")
"""The settings that are stated also where they are as usual, so that nothing need be assumed."""

GROUPS = ("region", "subregion", "income")
"""The groups that every country has, without being stated."""

FIELDS = tuple(
    name
    for name in IndicatorRow.model_fields
    if name not in ("id", "title", "formula", "missing_values")
)
"""The columns that a table of indicators may have beside those of its place in the tree; figures
stand there as they were computed, and without codes for those that are missing."""


def names_of(run: Run) -> list[Cell]:
    """Return the headings of the two columns that name the unit of each row."""
    return ["iso3", "country"] if run.index.declared.units == "countries" else ["code", "name"]


def published_rows(run: Run, framework: Framework) -> Rows:
    """Return the publisher's own result, with the pillars that the framework has."""
    published = run.index.published
    if published is None:
        return []
    known = {pillar.id for pillar in framework.root.pillars()}
    columns: dict[str, Any] = {
        "score": published.scores,
        "rank": published.ranks,
        **{name: values for name, values in published.pillars.items() if name in known},
        **{f"rank:{name}": v for name, v in published.pillar_ranks.items() if name in known},
        "class": published.classes,
        "source": published.sources,
        "note": published.notes,
    }
    columns = {
        title: of for title, of in columns.items() if any(as_cell(v) is not None for v in of)
    }
    rows: Rows = [[*names_of(run), *columns]]
    for i, unit in enumerate(published.units):
        rows.append([unit.id, unit.name, *(as_cell(of[i]) for of in columns.values())])
    return rows


def unit_rows(run: Run, units: Iterable[Unit]) -> Rows:
    """Return what is said of units that are no countries, or have groups of the index's own."""
    of = run.index.declared.units == "countries"
    own = [
        unit
        for unit in units
        if not of or countries.find(unit.id) is None or not set(unit.groups) <= set(GROUPS)
    ]
    groups = list(dict.fromkeys(name for unit in own for name in unit.groups))
    rows: Rows = [["id", "name", *groups]]
    rows += [[unit.id, unit.name, *(unit.groups.get(g) for g in groups)] for unit in own]
    return rows if own else []


def indicator_rows(setup: Setup, others: Mapping[str, Framework], index: Index) -> Rows:
    """Return one row for each indicator, with its place in the tree of the setup and in others."""
    places = {name: dict(_places(tree.root)) for name, tree in others.items()}
    extra = [f"{what}:{name}" for name in others for what in ("pillar", "weight")]
    head = ("id", "title", "pillar", "weight", *FIELDS, *extra)
    rows: Rows = [list(head)]
    scored = dict(_places(setup.framework.root))
    known = {item.id: item for item in setup.framework.indicators()}
    for tree in (*others.values(), *index.frameworks.values()):
        known = {item.id: item for item in tree.indicators()} | known
    known = dict(index.carried) | known
    ordered = [*scored, *(name for name in known if name not in scored)]
    for name in ordered:
        if name not in setup.figures.ids:
            continue
        item = known[name]
        pillar, weight = scored.get(name, (NOT_SCORED, None))
        row: list[Cell] = [name, item.title, pillar, weight]
        row += [_field(item, field) for field in FIELDS]
        for other in others:
            row += list(places[other].get(name, (NOT_SCORED, None)))
        rows.append(row)
    return rows


def _places(root: Pillar) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield the pillar and the weight of each indicator, from left to right."""
    for pillar in (root, *root.pillars()):
        for child in pillar.children:
            if isinstance(child, Indicator):
                yield child.id, (pillar.id, child.weight)


def _field(item: Indicator, name: str) -> Cell:
    """Return what is said of an indicator as a cell of the table has it."""
    value = getattr(item, name)
    if name == "direction":
        return "higher" if value > 0 else "lower"
    if value is None or value is False or value == "":
        return None
    if isinstance(value, bool):
        return "true"
    if isinstance(value, Goalposts):
        return f"{as_word(value.low)}..{as_word(value.high)}"
    if isinstance(value, Method):
        return write_value(value)
    return value if isinstance(value, float) else str(value)


def key_rows(run: Run, setup: Setup, *, whole: bool) -> Rows:
    """Return the keys of index.toml and their values; ``whole`` asks for all that is declared."""
    declared = run.index.declared
    rows: Rows = [["key", "value"]]
    for key in (
        *("id", "title", "publisher", "edition", "summary", "citation", "licence", "url"),
        "units",
    ):
        if getattr(declared, key):
            rows.append([key, getattr(declared, key)])
    usual = Methodology()
    for name in Methodology.model_fields:
        value = getattr(setup.methodology, name)
        if name in STATED or value != getattr(usual, name):
            rows += _flat(f"methodology.{name}", _plain(value, name))
    rows += _pillars("pillars", setup.framework.root)
    if whole:
        for name, framework in declared.frameworks.items():
            rows += _flat(f"frameworks.{name}", _stated(framework))
        for name, variant in declared.variants.items():
            rows += _flat(f"variants.{name}", _stated(variant))
    if run.index.published is not None:
        rows += _flat("published", _stated(declared.published))
    return rows


def _pillars(key: str, root: Pillar) -> Rows:
    rows: Rows = []
    for parent in (root, *root.pillars()):
        for child in parent.children:
            if not isinstance(child, Pillar):
                continue
            here = f"{key}.{child.id}"
            rows.append([f"{here}.title", child.title])
            rows.append([f"{here}.weight", child.weight])
            if parent.id:
                rows.append([f"{here}.parent", parent.id])
            if child.direction:
                rows.append([f"{here}.direction", "higher" if child.direction > 0 else "lower"])
            if child.aggregate is not None:
                rows.append([f"{here}.aggregate", write_value(child.aggregate)])
            if child.summary:
                rows.append([f"{here}.summary", child.summary])
    return rows


def _stated(entry: FrameworkEntry | Variant | PublishedEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def _plain(value: Any, key: str) -> Any:
    """Return the value of a setting as a cell has it, a method in its short form."""
    if hasattr(value, "model_dump") and not hasattr(value, "method"):
        return value.model_dump(mode="json", exclude_defaults=True)
    return value if isinstance(value, int | str | None) else write_value(value, key)


def _flat(key: str, value: Any) -> Iterator[list[Cell]]:
    """Yield the leaves of a value with their keys."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _flat(f"{key}.{name}", part)
    else:
        yield [key, as_toml(value) if isinstance(value, list) else value]
