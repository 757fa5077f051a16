"""The correlations of what is added up, and their principal components, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np

from softpower.analysis.shared.formatting import cell
from softpower.answer import Cell, Column, Table
from softpower.methods.model import Floats
from softpower.methods.weight.components import principal

Matrices = Iterable[tuple[str, list[str], Floats]]
"""The id of each sum, the ids of its parts, and the correlations of these (k x k)."""


def pair_table(matrices: Matrices) -> Table:
    """Return the correlation of each pair of parts of the same sum."""
    columns = (
        Column("sum", "Sum", whole=True),
        Column("one", "Part", whole=True),
        Column("other", "With", whole=True),
        Column("r", "r", "number", 3),
    )
    rows: list[tuple[Cell, ...]] = [
        (name, ids[i], ids[j], cell(r[i, j]))
        for name, ids, r in matrices
        for i, j in combinations(range(len(ids)), 2)
    ]
    title = "Correlations of the parts of each sum"
    return Table("correlations", title, columns, tuple(rows), ("Pearson's, over what both have.",))


def component_table(matrices: Matrices) -> Table:
    """Return the eigenvalues of the correlations of each sum, and what they explain."""
    columns = (
        Column("sum", "Sum", whole=True),
        Column("component", "Component", "integer"),
        Column("eigenvalue", "Eigenvalue", "number", 3),
        Column("share", "Explains", "percent"),
        Column("cumulated", "Together", "percent"),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, _, eigenvalues, _ in _analysed(matrices):
        share = eigenvalues / eigenvalues.sum()
        for k, (value, part, whole) in enumerate(
            zip(eigenvalues, share, np.cumsum(share), strict=True), start=1
        ):
            rows.append((name, k, float(value), float(part), float(whole)))
    return Table("components", "Principal components of each sum", columns, tuple(rows))


def loading_table(matrices: Matrices, least: float) -> Table:
    """Return the loadings of parts on components with an eigenvalue above some, the first always.

    Formula: the eigenvector times the root of the eigenvalue, so that its sum is not below zero.

    Source: OECD/JRC Handbook (2008), table 8.
    """
    columns = (
        Column("sum", "Sum", whole=True),
        Column("id", "Part", whole=True),
        Column("component", "Component", "integer"),
        Column("loading", "Loading", "number", 3),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, ids, eigenvalues, vectors in _analysed(matrices):
        kept = max(int(np.count_nonzero(eigenvalues > least + 1e-9)), 1)
        loadings = vectors * np.sqrt(eigenvalues)
        loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
        rows += [
            (name, ids[i], k + 1, float(loadings[i, k]))
            for k in range(kept)
            for i in range(len(ids))
        ]
    note = "Not rotated. Of components whose eigenvalue counts, and of the first."
    return Table("loadings", "Loadings", columns, tuple(rows), (note,))


def _analysed(matrices: Matrices) -> Iterator[tuple[str, list[str], Floats, Floats]]:
    """Yield each sum with its eigenvalues and vectors, but for those with unknown correlations."""
    for name, ids, r in matrices:
        if not np.isnan(r).any():
            yield (name, ids, *principal(r))
