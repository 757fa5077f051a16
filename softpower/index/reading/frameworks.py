"""Building the tree of a framework from its pillars and where it puts the indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from softpower.errors import Location, did_you_mean
from softpower.index.declared import PillarEntry
from softpower.index.ids import spelled
from softpower.index.index import MAIN
from softpower.index.indicator_row import DIRECTIONS
from softpower.index.reading.indicators import IndicatorTable, column_of
from softpower.index.reading.locate import Lines
from softpower.index.text import shown
from softpower.index.tree import Framework, Indicator, Pillar

DEEPEST = 20
"""So many pillars may lie one within the other."""


def build_framework(
    name: str,
    title: str,
    source: str,
    entries: Mapping[str, PillarEntry],
    indicator_table: IndicatorTable,
    lines: Lines,
    *,
    divided: bool = True,
) -> Framework | None:
    """Return the tree of a framework, or ``None`` with errors noted.

    ``divided`` says that weights are divided by their sum, so that it does not matter.
    """
    builder = _Builder(name, entries, indicator_table, lines, divided=divided)
    if not builder.check():
        return None
    root = builder.pillar("", Pillar("", title))
    return Framework(name, title, root, source)


class _Builder:
    def __init__(
        self,
        name: str,
        entries: Mapping[str, PillarEntry],
        indicator_table: IndicatorTable,
        lines: Lines,
        *,
        divided: bool,
    ) -> None:
        self.divided = divided
        self.name = name
        self.entries = {
            name: entry.model_copy(update={"parent": spelled(entry.parent, entries)})
            if entry.parent is not None
            else entry
            for name, entry in entries.items()
        }
        self.indicator_table = indicator_table
        self.lines = lines
        self.problems = indicator_table.table.problems
        self.placings = tuple(
            replace(placing, pillar=spelled(placing.pillar, entries))
            for placing in indicator_table.placings[name]
        )

    def location(self, pillar: str) -> Location:
        path = (
            ["pillars", pillar]
            if self.name == MAIN
            else ["frameworks", self.name, "pillars", pillar]
        )
        return self.problems.file("index.toml", self.lines.of(path), ".".join(path))

    def check(self) -> bool:
        """Note everything that keeps the pillars and indicators from forming one tree, if any."""
        before = self.problems.count
        table = self.indicator_table.table
        for placing in self.placings:
            if placing.pillar and placing.pillar not in self.entries:
                table.error(
                    f"There is no pillar {shown(placing.pillar)}.",
                    did_you_mean(placing.pillar, self.entries)
                    or "Declare it in index.toml, or leave the cell empty.",
                    placing.row,
                    column_of(self.name, "pillar"),
                )
        for pillar, entry in self.entries.items():
            if not self.problems.full(self.location(pillar).file):
                self._check_pillar(pillar, entry)
        if self.indicator_table.refused:
            return False
        if not self.placings:
            column = column_of(self.name, "pillar")
            if (column in table.at or self.name == MAIN) and self.indicator_table.indicators:
                mend = "Put at least one into a pillar."
                table.error("No indicator is scored.", mend, column=column)
        elif self.problems.count == before:
            self._check_groups()
        return self.problems.count == before and bool(self.placings)

    def _check_pillar(self, pillar: str, entry: PillarEntry) -> None:
        """Note it if a pillar has no place in the tree, or its name is taken."""
        if entry.parent is not None and entry.parent not in self.entries:
            self.problems.error(
                f"Its parent {shown(entry.parent)} is not a pillar.",
                self.location(pillar),
                did_you_mean(entry.parent, [name for name in self.entries if name != pillar])
                or "Leave parent out.",
            )
        else:
            self._check_ancestors(pillar)
        if spelled(pillar, self.indicator_table.indicators) in self.indicator_table.indicators:
            self.problems.error(
                "An indicator has the same id.", self.location(pillar), "Rename one of them."
            )

    def _check_ancestors(self, pillar: str) -> None:
        """Note it if a pillar is above itself, or too deep."""
        above = self.entries[pillar].parent
        chain = [pillar]
        while above is not None and above in self.entries and len(chain) <= DEEPEST:
            if above == pillar:
                if pillar == next(name for name in self.entries if name in chain):
                    circle = " in ".join([*chain, pillar])
                    self.problems.error(
                        f"It lies within itself: {circle}.",
                        self.location(pillar),
                        "Give one of them another parent.",
                    )
                return
            chain.append(above)
            above = self.entries[above].parent
        if len(chain) > DEEPEST and len(set(chain)) == len(chain):
            location = self.location(pillar)
            self.problems.error(
                f"It lies more than {DEEPEST} pillars deep.",
                Location(location.file, location.line, "parent"),
                "Take out some of those above it.",
            )

    def _check_groups(self) -> None:
        for parent in ("", *self.entries):
            weights = self._weights(parent)
            location = self.location(parent) if parent else self.problems.file("index.toml")
            if not weights:
                self.problems.error(
                    "It holds no indicator and no pillar.",
                    location,
                    "Remove it, or put an indicator into it.",
                )
                continue
            stated = [weight for weight in weights.values() if weight is not None]
            bare = [child for child, weight in weights.items() if weight is None]
            name = f"the children of {parent}" if parent else "the children of the index"
            if stated and bare:
                more = f" and {len(bare) - 5} more" if len(bare) > 5 else ""
                listed = f"{', '.join(bare[:5])}{more} {'has' if len(bare) == 1 else 'have'}"
                self.problems.error(
                    f"Among {name}, {listed} no weight while others have.",
                    location,
                    "Give all of them a weight, or none.",
                )
            elif stated and sum(stated) == 0:
                self.problems.error(
                    f"The weights of {name} are all zero.",
                    location,
                    "Give one a weight above zero.",
                )
            elif stated and self.divided:
                self._check_sum(name, stated, parent, location)

    def _check_sum(self, name: str, stated: list[float], parent: str, location: Location) -> None:
        total = sum(stated)
        own = self.entries[parent].weight if parent else None
        expected = [1.0, 100.0, *([own] if own else [])]
        alike = min(stated) == max(stated)
        if not alike and all(abs(total - right) > 1e-6 * right for right in expected):
            self.problems.warn(
                f"The weights of {name} sum to {total:g}, neither 1 nor 100.",
                location,
                "They are divided by their sum; make sure that none is missing.",
            )

    def _weights(self, parent: str) -> Mapping[str, float | None]:
        """Return the stated weights of the children of a pillar, pillars first."""
        return self._children.get(parent, {})

    @cached_property
    def _children(self) -> dict[str, dict[str, float | None]]:
        children: dict[str, dict[str, float | None]] = {}
        for pillar, entry in self.entries.items():
            children.setdefault(entry.parent or "", {})[pillar] = entry.weight
        for placing in self.placings:
            children.setdefault(placing.pillar, {})[placing.indicator] = placing.weight
        return children

    def pillar(self, parent: str, bare: Pillar) -> Pillar:
        """Return a pillar with all that is beneath it."""
        children: list[Pillar | Indicator] = []
        for child, stated in self._weights(parent).items():
            weight = 1.0 if stated is None else stated
            if child in self.entries:
                entry = self.entries[child]
                sense = DIRECTIONS[entry.direction] if entry.direction else 0
                own = Pillar(child, entry.title, weight, (), entry.aggregate, entry.summary, sense)
                children.append(self.pillar(child, own))
            else:
                children.append(replace(self.indicator_table.indicators[child], weight=weight))
        return replace(bare, children=tuple(children))
