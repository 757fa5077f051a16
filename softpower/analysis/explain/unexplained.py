"""What is known of a country without a score of its own making: published only, or not ranked."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition, nodes
from softpower.analysis.explain.neighbours import neighbour_table
from softpower.analysis.explain.steps import (
    SILENT,
    described,
    described_columns,
    figures_in_words,
    silent_zeros,
    unused,
)
from softpower.analysis.shared.formatting import cell, enumerated, rank_cell, unit_noun
from softpower.analysis.shared.lists import Listed
from softpower.answer import Cell, Column, Table, facts
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.index.tree import Pillar
from softpower.methods.missing import MissingIfAny

Explained = tuple[tuple[Table, ...], tuple[str, ...]]
"""Tables, and the notes that go with them."""


def standing_in_words(run: Run, ranking: Ranking, row: int) -> str:
    """Return the rank of a unit as a phrase, such as ``rank 3 of 187``."""
    whole = Listed.of(run, ranking)
    if np.isnan(ranking.ranks[row]):
        return "not ranked" if whole.complete else "rank not known"
    return f"rank {rank_cell(ranking.ranks[row])} of {whole.size_in_words}"


def rank_facts(run: Run, ranking: Ranking, row: int) -> list[tuple[str, Cell]]:
    """Return rank and score as facts, and how many are ranked."""
    whole = Listed.of(run, ranking)
    size: Cell = whole.size
    if not whole.complete:
        size = f"{whole.size_in_words}; the ranks of {len(whole.ranks)} are known"
    unknown = "not ranked" if whole.complete else "not known"
    return [
        ("Rank", rank_cell(ranking.ranks[row]) or unknown),
        (f"Ranked {unit_noun(run, plural=True)}", size),
        ("Score", cell(ranking.scores[row])),
    ]


def published(run: Run, ranking: Ranking, row: int) -> Explained:
    """Return what the publisher says of a unit."""
    known = run.index.published
    assert known is not None  # noqa: S101  a run without figures has been published
    items: list[tuple[str, Cell]] = [
        ("Run", run.name),
        (unit_noun(run).capitalize(), ranking.units[row].name),
        *rank_facts(run, ranking, row),
        ("Source", known.sources[row]),
        ("Note", known.notes[row]),
    ]
    note = (
        f"Nothing more is known: {run.index.publisher} has published totals, neither the "
        "figures nor the weights behind them."
    )
    tables = [facts("facts", "", items)]
    if not np.isnan(ranking.ranks[row]):
        tables.append(neighbour_table(run, ranking, row))
    return tuple(tables), (*(n.text for n in ranking.notes if not n.subject), note)


def unranked(known: Decomposition, row: int) -> Explained:
    """Return why a unit is not ranked, and which of its figures are there."""
    ranking, coverage = known.ranking, known.methodology.coverage
    unit = ranking.units[row]
    evidence, found = known.evidence, known.found[row]
    asked = f"{coverage.country:.0%} of all indicators, {coverage.pillar:.0%} in every pillar"
    mend = 'lower what is asked for: `set={"coverage.country": 0.5, "coverage.pillar": 0.3}`'
    if isinstance(known.methodology.missing, MissingIfAny):
        asked, mend = (
            "every figure",
            ('let its weight go to the others: `set={"missing": "renormalise"}`'),
        )
    items: list[tuple[str, Cell]] = [
        ("Run", known.run.name),
        (unit_noun(known.run).capitalize(), unit.name),
        ("Rank", "not ranked"),
        ("Why", f"It {ranking.unranked[unit.id]}."),
        ("Asked for", asked),
        ("Figures", figures_in_words(known, row)),
        ("Missing", ", ".join(n for n, there in zip(known.ids, found, strict=True) if not there)),
        (SILENT, silent_zeros(known, row)),
    ]
    columns = (
        Column("pillar", "Pillar"),
        Column("id", "Id", whole=True),
        Column("found", "Figures", "integer"),
        Column("of", "Of", "integer"),
        Column("share", "Share", "percent", 0),
    )
    rows = []
    for depth, node in nodes(known):
        if isinstance(node, Pillar):
            own = evidence.beneath(known.beneath(node)).values
            title = "  " * (depth - 1) + node.title
            have, of = int(own.found[row].sum()), own.found.shape[1]
            rows.append((title, node.id, have, of, float(own.shares()[row])))
    tables = [facts("facts", "", items)]
    if rows:
        tables.append(Table("coverage", "Figures by pillar", columns, tuple(rows)))
    tables.append(_figures(known, row))
    idle = unused(known, row)
    told = (f"Found, and not used: {enumerated(idle)}.",) if idle else ()
    return tuple(tables), (*told, f"To score it all the same, {mend}")


def _figures(known: Decomposition, row: int) -> Table:
    rows = tuple(described(known, item, row) for item in known.ranking.framework.indicators())
    return Table("indicators", "Figures", described_columns(), rows)
