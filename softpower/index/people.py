"""Weights that people stated: one row a person, a column for each pillar or indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from softpower.errors import FolderError, Location, Problem, did_you_mean
from softpower.index.ids import spelled
from softpower.index.tree import Pillar
from softpower.methods.model import Floats
from softpower.methods.space import WeightSpace

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
"""What the name of a file of people's weights ends with."""


def is_people(text: str) -> bool:
    """Say whether a text names a file, and no way to draw weights."""
    return text.strip().lower().endswith(ENDINGS)


@dataclass(frozen=True, eq=False)
class People:
    """What people stated: points of any sum, of which the shares count within each pillar."""

    file: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
    """What the columns are the weights of."""
    points: Floats
    """Persons x ids; no smaller than zero."""
    headings: tuple[Location, ...]
    """Where the column of each id begins."""
    places: tuple[Location, ...]
    """Where the row of each person is."""

    def record(self) -> dict[str, Any]:
        """Return what they stated as plain JSON values."""
        rows = (dict(zip(self.ids, map(float, row), strict=True)) for row in self.points)
        return {"file": self.file, "weights": dict(zip(self.names, rows, strict=True))}

    def local(self, root: Pillar) -> dict[str, Floats]:
        """Return the weights within each pillar that has a column, persons x children.

        Raises
        ------
        FolderError
            If a column is no pillar or indicator of the tree, its siblings have none, or a person
            gives no points at all within a pillar; each with its line.
        """
        at, problems = self._columns(root)
        found = {}
        for pillar in (root, *root.pillars()):
            children = [child.id for child in pillar.children]
            if named := [name for name in children if name in at]:
                problems += self._gaps(named[0], children, at)
                points = self.points[:, [at[name] for name in children if name in at]]
                problems += self._nothing(children, points)
                found[pillar.id] = points
        if problems:
            raise FolderError(self.file, problems)
        return {pillar: points / points.sum(axis=1)[:, None] for pillar, points in found.items()}

    def space(self, root: Pillar) -> WeightSpace:
        """Return the weights that are mixtures of theirs, within each pillar that has a column.

        Raises
        ------
        FolderError
            As `local`.
        """
        children = {pillar.id: pillar.children for pillar in (root, *root.pillars())}
        points = {
            child.id: tuple(shares.tolist())
            for pillar, found in self.local(root).items()
            for child, shares in zip(children[pillar], found.T, strict=True)
        }
        return WeightSpace(people=self.file, points=points)

    def _columns(self, root: Pillar) -> tuple[dict[str, int], list[Problem]]:
        """Return the column of each node that has one, and what columns are of none."""
        known = [child.id for pillar in (root, *root.pillars()) for child in pillar.children]
        at: dict[str, int] = {}
        problems = []
        for column, name in enumerate(self.ids):
            meant = spelled(name, known)
            if meant in known:
                at[meant] = column
                continue
            mend = did_you_mean(name, known) or f"Known: {', '.join(known)}."
            what = f"There is no pillar or indicator {name!r} here."
            problems.append(Problem(what, self.headings[column], mend))
        return at, problems

    def _gaps(
        self, named: str, children: Sequence[str], at: Mapping[str, int]
    ) -> Iterator[Problem]:
        for name in children:
            if name not in at:
                yield Problem(
                    f"There are weights of {named}, and none of its sibling {name}.",
                    self.headings[at[named]],
                    f"Add a column {name}, with 0 where a person gives it nothing.",
                )

    def _nothing(self, children: Sequence[str], points: Floats) -> Iterator[Problem]:
        for person in np.flatnonzero(points.sum(axis=1) <= 0):
            yield Problem(
                f"{self.names[person]} gives no points to any of {', '.join(children)}.",
                self.places[person],
                "Give some, or remove the row.",
            )
