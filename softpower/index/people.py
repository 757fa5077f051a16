"""Weights that people stated: one row a person, a column for each pillar or indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from softpower.errors import UsageError, did_you_mean
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

    def record(self) -> dict[str, Any]:
        """Return what they stated as plain JSON values."""
        rows = (dict(zip(self.ids, map(float, row), strict=True)) for row in self.points)
        return {"file": self.file, "weights": dict(zip(self.names, rows, strict=True))}

    def local(self, root: Pillar) -> dict[str, Floats]:
        """Return the weights within each pillar that has a column, persons x children.

        Raises
        ------
        UsageError
            If a column is no pillar or indicator of the tree, its siblings have none, or a person
            gives no points at all within a pillar.
        """
        parents = {child.id: p for p in (root, *root.pillars()) for child in p.children}
        at: dict[str, int] = {}
        for column, name in enumerate(self.ids):
            known = spelled(name, parents)
            if known not in parents:
                raise UsageError(
                    f"{self.file}: there is no pillar or indicator {name!r} here.",
                    mend=did_you_mean(name, parents) or f"Known: {', '.join(parents)}.",
                )
            at[known] = column
        found = {}
        for pillar in dict.fromkeys(parents[name].id for name in at):
            children = [name for name, parent in parents.items() if parent.id == pillar]
            self._refuse_gaps(children, at)
            found[pillar] = self._shares(children, self.points[:, [at[name] for name in children]])
        return found

    def space(self, root: Pillar) -> WeightSpace:
        """Return the weights that are mixtures of theirs, within each pillar that has a column.

        Raises
        ------
        UsageError
            As `local`.
        """
        children = {pillar.id: pillar.children for pillar in (root, *root.pillars())}
        points = {
            child.id: tuple(shares.tolist())
            for pillar, found in self.local(root).items()
            for child, shares in zip(children[pillar], found.T, strict=True)
        }
        return WeightSpace(people=self.file, points=points)

    def _refuse_gaps(self, children: Sequence[str], at: Mapping[str, int]) -> None:
        without = [name for name in children if name not in at]
        if without:
            named = next(name for name in children if name in at)
            raise UsageError(
                f"{self.file}: there are weights of {named}, and none of its sibling {without[0]}.",
                mend=f"Add a column {without[0]}, with 0 where a person gives it nothing.",
            )

    def _shares(self, children: Sequence[str], points: Floats) -> Floats:
        totals = points.sum(axis=1)
        if (totals <= 0).any():
            person = self.names[int(np.argmax(totals <= 0))]
            raise UsageError(
                f"{self.file}: {person} gives no points to any of {', '.join(children)}.",
                mend="Give some, or remove the row.",
            )
        return np.asarray(points / totals[:, None])
