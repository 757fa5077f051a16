"""The indices that come with softpower at a glance, without the libraries that a score stands on.

Their folders are sound, their tables CSV with what is ranked in the first column: nothing need be
checked to count it. The tests hold every glance against the index as it is read for all else.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from softpower.index.find import DECLARATION, shipped_folder
from softpower.index.text import NOT_SCORED


class Glance(NamedTuple):
    """What the folder of an index holds, counted."""

    id: str
    title: str
    publisher: str
    edition: str
    units: int
    indicators: int | None
    """How many the main framework scores; ``None`` where only results are known."""
    recomputable: bool
    published: bool
    partial: bool
    """Whether some of the published scores and ranks are not known."""
    reproduced: bool
    """Whether the figures give what was published, as far as the index says."""

    @property
    def reproducible(self) -> str:
        """Whether the published result can be computed again, in a few words."""
        return reproducible(
            recomputable=self.recomputable,
            published=self.published,
            partial=self.partial,
            reproduced=self.reproduced,
        )


def reproducible(*, recomputable: bool, published: bool, partial: bool, reproduced: bool) -> str:
    """Return in a few words whether a published result can be computed again."""
    if recomputable and published:
        return "yes" if reproduced else "differs"
    if recomputable:
        return "own index"
    return "partial" if partial else "totals only"


def glance(name: str) -> Glance:
    """Return what the folder of a shipped index holds."""
    folder = shipped_folder() / name
    declared = tomllib.loads((folder / DECLARATION).read_text(encoding="utf-8"))
    about = declared.get("published", {})
    figures, published = _rows(folder / "figures.csv"), _rows(folder / "published.csv")
    indicators = _rows(folder / "indicators.csv")
    scored = [row for row in indicators if row.get("pillar") != NOT_SCORED]
    return Glance(
        declared["id"],
        declared["title"],
        declared["publisher"],
        declared.get("edition", ""),
        len({next(iter(row.values())) for row in figures or published}),
        len(scored) if indicators else None,
        bool(figures),
        bool(published),
        _partial(published, about.get("units", len(published))),
        about.get("reproduced", True),
    )


def _rows(path: Path) -> list[Mapping[str, str]]:
    """Return the rows of a table, none where it is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _partial(published: list[Mapping[str, str]], ranked: int) -> bool:
    known = (sum(bool(row[key]) for row in published) for key in ("score", "rank"))
    return min(known) < ranked
