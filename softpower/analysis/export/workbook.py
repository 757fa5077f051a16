"""An index as a workbook that computes its ranking anew, and that is an index itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from softpower.analysis.export.figures import (
    figure_rows,
    figures_at,
    history_rows,
    rows_of_figures,
    said_beside,
)
from softpower.analysis.export.pillars import add_pillars, weights
from softpower.analysis.export.preparation import prepare
from softpower.analysis.export.scores import add_ranking
from softpower.analysis.export.sheets import Fixed, Rows, Sheet
from softpower.analysis.export.stages import Stages
from softpower.analysis.export.tables import (
    indicator_rows,
    key_rows,
    published_rows,
    unit_rows,
)
from softpower.analysis.export.xlsx import to_bytes
from softpower.analysis.shared.formatting import enumerated
from softpower.engine.ranking import Ranking
from softpower.engine.resolving import resolved
from softpower.engine.run import Run
from softpower.index.figures import Figures
from softpower.index.index import MAIN
from softpower.index.patch import Setup
from softpower.index.reading.cells import letters_of
from softpower.index.units import Unit
from softpower.version import __version__

PERIODS = "other periods"
"""The sheet of the table history, a name that spreadsheet programs keep for themselves."""

HEADING = 1
"""The row of the headings of a table, counted from 1."""


def workbook(run: Run, setup: Setup) -> tuple[bytes, list[str]]:
    """Return a workbook that recomputes a run, and what must be known of it, in sentences."""
    sheets, notes = sheets_of(run, setup)
    return to_bytes(sheets, run.index.title), notes


def sheets_of(run: Run, setup: Setup) -> tuple[list[Sheet], list[str]]:
    """Return the sheets of a workbook that recomputes a run, and what must be known of it."""
    setup, ranking = _best_first(setup, run.score())
    whole = not run.variants and not run.asked
    others = {n: tree for n, tree in run.index.frameworks.items() if n != MAIN and whole}
    tables = {
        "figures": figure_rows(run, setup.figures),
        "indicators": indicator_rows(setup, others, run.index),
        "methodology": key_rows(run, setup, whole=whole),
        "units": unit_rows(run, _units(run, setup.figures)),
        "published": published_rows(run, setup.framework),
        PERIODS: history_rows(setup.figures),
    }
    if tables[PERIODS]:
        tables["methodology"].append(["files.history.sheet", PERIODS])
    where, brought = figures_at(tables["figures"], setup.figures, HEADING)
    stages = Stages(
        setup,
        ranking,
        where,
        _directions(tables["indicators"]),
        weights(ranking, resolved(setup.methodology, setup.framework), _stated(tables)),
    )
    at, covered = prepare(stages)
    add_ranking(stages, add_pillars(stages, at, covered))
    notes = _notes(stages, whole=whole)
    made = [Sheet(name, rows) for name, rows in tables.items() if rows]
    *between, last = stages.sheets
    about = Sheet("about", _about(run, notes), headings=0, wide=True)
    return [about, last, *made, *brought, *between], notes


def _units(run: Run, figures: Figures) -> list[Unit]:
    """Return the units that have figures or a published result."""
    units = {unit.id: unit for unit in figures.units}
    published = run.index.published.units if run.index.published is not None else ()
    return list({unit.id: unit for unit in (*published, *units.values())}.values())


def _notes(stages: Stages, *, whole: bool) -> list[str]:
    """Return what whoever opens the workbook must know."""
    notes = [
        f"Values in place of formulas on sheet {sheet}, by {method}"
        + (f": {', '.join(columns)}." if columns else ".")
        for (sheet, method), columns in stages.fixed.items()
    ]
    computed = [item.id for item in stages.indicators if item.formula]
    if computed:
        notes.append(f"Figures that a formula gave are values: {enumerated(computed)}.")
    derived = [name for name, weight in stages.weights.items() if isinstance(weight, Fixed)]
    if derived:
        notes.append(f"Weights that follow from the figures are values: {enumerated(derived)}.")
    if any(sheet == "treated" for sheet, _ in stages.fixed):
        notes.append("Outliers are not looked for again where a figure is changed.")
    left = [] if whole else ["the variants of the index"]
    if beside := said_beside(stages.setup.figures):
        kept = rows_of_figures(stages.setup.figures)
        left.append(f"{enumerated(['notes'] if kept else [*beside, 'notes'])} of single figures")
    return [*notes, *([f"Not in the workbook: {' and '.join(left)}."] if left else [])]


def _about(run: Run, notes: Sequence[str]) -> Rows:
    declared = run.index.declared
    facts = {
        "title": run.index.title,
        "publisher": declared.publisher,
        "licence": declared.licence,
        "citation": declared.citation,
        "run": run.name,
        "changes": run.changes,
        "hash": run.index.hash,
        "written by": f"softpower {__version__}",
        "how it works": "The sheets figures, indicators and methodology hold what is stated, the "
        "others are formulas, one step after the other, to the sheet ranking. Change a figure, a "
        "direction or a weight, and the ranking follows; a method is another formula, for which "
        "softpower export makes another workbook. Coloured cells are values that a method without "
        "a formula gave. softpower score takes this workbook for the index that it is.",
    }
    rows: Rows = [[key, value] for key, value in facts.items() if value]
    rows += [["note", note] for note in notes]
    return rows


def _directions(rows: Rows) -> dict[str, str]:
    """Return the formula of the direction of each indicator."""
    column = letters_of(rows[0].index("direction") + 1)
    return {
        str(row[0]): f'IF(indicators!{column}{at}="lower",-1,1)'
        for at, row in enumerate(rows[1:], start=HEADING + 1)
    }


def _stated(tables: Mapping[str, Rows]) -> dict[str, str]:
    """Return the cells that hold the weights of indicators and pillars."""
    column = letters_of(tables["indicators"][0].index("weight") + 1)
    found = {
        str(row[0]): f"indicators!{column}{at}"
        for at, row in enumerate(tables["indicators"][1:], start=HEADING + 1)
    }
    for at, row in enumerate(tables["methodology"][1:], start=HEADING + 1):
        key = str(row[0])
        if key.startswith("pillars.") and key.endswith(".weight"):
            found[key.removeprefix("pillars.").removesuffix(".weight")] = f"methodology!B{at}"
    return found


def _best_first(setup: Setup, ranking: Ranking) -> tuple[Setup, Ranking]:
    """Return what was scored and what came of it with the units from the best rank down."""
    order = list(ranking.order())
    figures = setup.figures
    arranged = Figures(
        tuple(figures.units[i] for i in order),
        figures.ids,
        figures.values[order],
        figures.years[order],
        figures.sources[order],
        figures.errors[order],
        figures.history,
        figures.doubts,
    )
    parts = ranking.contributions
    stages = {
        name: replace(stage, values=stage.values[order]) for name, stage in ranking.stages.items()
    }
    return replace(setup, figures=arranged), replace(
        ranking,
        units=arranged.units,
        scores=ranking.scores[order],
        ranks=ranking.ranks[order],
        pillars={name: values[order] for name, values in ranking.pillars.items()},
        unit_weights=ranking.unit_weights[order],
        totals=ranking.totals[order],
        contributions=None if parts is None else parts[order],
        stages=stages,
        imputed=ranking.imputed[order],
        individual={name: values[order] for name, values in ranking.individual.items()},
    )
