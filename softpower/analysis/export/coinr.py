"""An index as the two tables that COINr, a package of R, builds a coin of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from softpower.analysis.export.figures import said_beside
from softpower.analysis.export.pillars import levels
from softpower.analysis.shared.formatting import enumerated
from softpower.engine.resolving import resolved
from softpower.engine.run import Run
from softpower.index.ids import spelled
from softpower.index.patch import Setup
from softpower.index.tree import Indicator, Pillar
from softpower.methods.weight.stated import Given

NA = "NA"
"""What R reads as missing."""

META = (
    *("Level", "iCode", "Parent", "Direction", "Weight", "Type"),
    *("iName", "Unit", "Denominator", "ScaleFactor"),
)
"""The columns of iMeta, in the order in which COINr's documentation has them."""

OPTIONAL = ("Unit", "Denominator", "ScaleFactor")
"""Columns that are left out where they say nothing, for R would take them for no texts."""

INDEX = "Index"
"""The code of the index itself."""


class Node(NamedTuple):
    """One row of iMeta."""

    level: int | None
    code: str
    parent: str = ""
    direction: int | None = None
    weight: float | None = None
    kind: str = "Indicator"
    name: str = ""
    unit: str = ""
    denominator: str = ""
    factor: float | None = None

    def cells(self) -> list[str]:
        """Return the cells of the row."""
        return ["" if cell is None else str(cell) for cell in self]


def coinr(run: Run, setup: Setup) -> tuple[dict[str, bytes], list[str]]:
    """Return iData.csv and iMeta.csv, and what must be known of them, in sentences.

    Source: Becker et al. (2022), J. Open Source Softw. 7, and the documentation of ``check_iData``
    and ``check_iMeta`` in COINr 1.1.
    """
    coin = _Coin(run, setup)
    nodes = [*coin.tree(), *coin.denominators(), *coin.groups()]
    targets = [item.target for item in setup.framework.indicators()]
    stated = dict(zip(coin.ids, targets, strict=True)) if None not in targets else {}
    columns = [list(column) for column in zip(*(node.cells() for node in nodes), strict=True)]
    meta = {
        title: column
        for title, column in zip(META, columns, strict=True)
        if title not in OPTIONAL or set(column) - {NA, ""}
    }
    if stated:
        meta["Target"] = [repr(stated[node.code]) if node.code in stated else "" for node in nodes]
    rows = [list(meta), *zip(*meta.values(), strict=True)]
    files = {"iData.csv": _csv(coin.data(nodes)), "iMeta.csv": _csv(rows)}
    return files, coin.notes()


class _Coin:
    def __init__(self, run: Run, setup: Setup) -> None:
        self.run = run
        self.setup = setup
        self.root = setup.framework.root
        self.depth = self.root.depth()
        self.renamed: list[str] = []
        self.carried: list[str] = []
        """Pillars that were put between an indicator and its own, so that levels are even."""
        self.taken: set[str] = {"uCode", "uName", "Time", *(u.id for u in setup.figures.units)}
        self.codes = {pillar.id: self._code(pillar.id or INDEX) for _, pillar in levels(self.root)}
        self.items = setup.framework.indicators()
        self.ids = [self._code(item.id) for item in self.items]
        self.codes |= {item.id: code for item, code in zip(self.items, self.ids, strict=True)}
        known = setup.figures.ids
        by = [spelled(i.denominator.figure, known) for i in self.items if i.denominator is not None]
        self.divisors = {name: self._code(f"{name}_by") for name in dict.fromkeys(by)}
        names = dict.fromkeys(name for unit in setup.figures.units for name in unit.groups)
        self.group_codes = {name: self._code(name) for name in names}
        self.weights = self._weights()

    def _code(self, name: str) -> str:
        """Return a name as R has one, which no other has."""
        code = re.sub(r"[^A-Za-z0-9_.]", "_", name)
        code = code if code[:1].isalpha() else f"x{code}"
        while code in self.taken:
            code += "_"
        self.taken.add(code)
        if code != name and not name.endswith("_by"):
            self.renamed.append(f"{name} is {code}")
        return code

    def _weights(self) -> dict[str, float]:
        """Return the weight of each node within its parent: as stated, or else as computed."""
        methodology = resolved(self.setup.methodology, self.setup.framework)
        pillars = list(levels(self.root))
        found = {child.id: child.weight for _, pillar in pillars for child in pillar.children}
        if all(isinstance(method, Given) for method in methodology.weight):
            return found
        return found | dict(self.run.score().local_weights)

    def tree(self) -> Iterator[Node]:
        """Yield the indicators, then the pillars, then the index."""
        above: list[Node] = []
        for depth, pillar in levels(self.root):
            for child in pillar.children:
                level = self.depth - depth
                parent, weight = self.codes[pillar.id], self.weights[child.id]
                if isinstance(child, Pillar):
                    above.append(self._pillar(child, level, parent, weight))
                    continue
                while level > 1:
                    code = self._code(f"{child.id}_{level}")
                    self.carried.append(code)
                    above.append(Node(level, code, parent, 1, weight, "Aggregate", child.title, ""))
                    level, parent, weight = level - 1, code, 1.0
                yield self._indicator(child, parent, weight)
        top = Node(self.depth + 1, self.codes[""], NA, 1, 1.0, "Aggregate", self.root.title)
        yield from sorted([*above, top], key=lambda node: node.level or 0)

    def _pillar(self, pillar: Pillar, level: int, parent: str, weight: float) -> Node:
        return Node(level, self.codes[pillar.id], parent, 1, weight, "Aggregate", pillar.title)

    def _indicator(self, item: Indicator, parent: str, weight: float) -> Node:
        by = item.denominator
        return Node(
            1,
            self.codes[item.id],
            parent,
            item.direction,
            weight,
            "Indicator",
            item.title,
            item.unit,
            self.divisors[spelled(by.figure, self.setup.figures.ids)] if by is not None else NA,
            by.per if by is not None else None,
        )

    def denominators(self) -> Iterator[Node]:
        """Yield what indicators are divided by."""
        for name, code in self.divisors.items():
            yield Node(None, code, NA, kind="Denominator", name=name, denominator=NA)

    def groups(self) -> Iterator[Node]:
        """Yield the groups that units belong to."""
        for name, code in self.group_codes.items():
            yield Node(None, code, NA, kind="Group", name=name, denominator=NA)

    def data(self, nodes: Sequence[Node]) -> Iterator[list[str]]:
        """Yield the rows of iData."""
        figures = self.setup.figures
        columns = {self.codes[item.id]: item.id for item in self.items}
        columns |= {code: name for name, code in self.divisors.items()}
        codes = [node.code for node in nodes if node.kind != "Aggregate"]
        numbers = [code for code in codes if code in columns]
        groups = {code: name for name, code in self.group_codes.items()}
        yield ["uCode", "uName", *groups, *numbers]
        values = figures.columns([columns[code] for code in numbers])
        for unit, row in zip(figures.units, values, strict=True):
            cells = [unit.groups.get(name) or NA for name in groups.values()]
            cells += [NA if np.isnan(value) else repr(float(value)) for value in row]
            yield [unit.id, unit.name, *cells]

    def notes(self) -> list[str]:
        """Return what the tables do not say, or say otherwise."""
        notes = []
        if self.renamed:
            notes.append(f"Names as R has them: {enumerated(self.renamed)}.")
        if self.carried:
            notes.append(
                "Between indicators and pillars of a higher level stand aggregates of one "
                f"indicator, for COINr skips no level: {enumerated(self.carried)}."
            )
        changed = [
            f"{item.id} ({item.transform.name()})"
            for item in self.items
            if item.transform is not None
        ]
        if changed:
            notes.append(f"Figures stand before their transforms: {enumerated(changed)}.")
        left = []
        if beside := said_beside(self.setup.figures):
            left.append(f"{enumerated([*beside, 'notes'])} of single figures")
        if self.setup.figures.history.rows:
            left.append("figures of other periods")
        if self.run.index.published is not None:
            left.append("the published result")
        if left:
            notes.append(f"COINr has no place for what is left out: {'; '.join(left)}.")
        notes.append(
            "COINr takes methods as code, so that they are not in the files: see softpower show "
            f"{self.run.name}"
        )
        return notes


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell or NA for cell in row] for row in rows)
    return out.getvalue().encode()
