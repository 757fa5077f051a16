"""The tree of an index: indicators under pillars, arranged by a framework."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from softpower.counting import counted
from softpower.index.ids import spelled
from softpower.index.indicator_row import Denominator
from softpower.methods.aggregate import Aggregation
from softpower.methods.normalise import Goalposts, Normalisation
from softpower.methods.transform import Transformation
from softpower.methods.treat import Treatment


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing measured: what it is, and how its figures are prepared."""

    id: str
    title: str
    weight: float = 1.0
    """The stated weight within the parent."""
    direction: int = 1
    """1 where more is better, -1 where less is."""
    unit: str = ""
    transform: Transformation | None = None
    treat: Treatment | None = None
    """What is done about its outliers, if not as the methodology says."""
    normalise: Normalisation | None = None
    """How it comes onto the common scale, if not as the methodology says."""
    denominator: Denominator | None = None
    goalposts: Goalposts | None = None
    target: float | None = None
    formula: str = ""
    """What it is computed from, if it has no figures of its own."""
    missing_values: tuple[float | str, ...] = ()
    """Codes that stand for a missing figure."""
    zero_fill: bool = False
    """Whether a zero says only that a list does not name the unit."""
    source: str = ""
    year: str = ""
    url: str = ""
    licence: str = ""
    note: str = ""


def operands(indicator: Indicator, known: Iterable[str]) -> tuple[str, ...]:
    """Return the figures that an indicator is divided by, and computed from by a formula.

    They are spelled as among those that are known.
    """
    divisor = indicator.denominator
    found = (divisor.figure,) if divisor is not None else ()
    if indicator.formula:
        from softpower.index.formula import parse_formula

        found = (*found, *(spelled(name, known) for name in parse_formula(indicator.formula).ids()))
    return found


@dataclass(frozen=True, slots=True)
class Pillar:
    """A node of the tree, with the pillars and indicators beneath it."""

    id: str
    title: str
    weight: float = 1.0
    """The stated weight within the parent."""
    children: tuple[Pillar | Indicator, ...] = ()
    aggregate: Aggregation | None = None
    """How its children add up, if the pillar says so itself."""
    summary: str = ""
    direction: int = 0
    """1 where a high score of it is good, -1 where a low one is, 0 for as what is above it."""
    unit: float = 1.0
    """What one of the weights of its children stands for where they are not parts of a sum."""

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators beneath, at any depth, from left to right."""
        found: list[Indicator] = []
        for child in self.children:
            if isinstance(child, Pillar):
                found.extend(child.indicators())
            else:
                found.append(child)
        return tuple(found)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Pillar | Indicator]]:
        """Yield this pillar and all beneath it with their depth, each before its children."""
        yield depth, self
        for child in self.children:
            if isinstance(child, Pillar):
                yield from child.walk(depth + 1)
            else:
                yield depth + 1, child

    def senses(self, above: int) -> dict[str, int]:
        """Return for this and all beneath whether high (1) or low (-1) values are good.

        ``above`` is what holds where a pillar does not say; indicators have the sense of theirs.
        """
        own = self.direction or above
        found = {self.id: own}
        for child in self.children:
            found |= child.senses(own) if isinstance(child, Pillar) else {child.id: own}
        return found

    def pillars(self) -> tuple[Pillar, ...]:
        """Return the pillars beneath, at any depth, each before its children."""
        return tuple(node for depth, node in self.walk() if depth and isinstance(node, Pillar))

    def depth(self) -> int:
        """Return how many levels of aggregation there are."""
        return max(depth for depth, _ in self.walk())


@dataclass(frozen=True, slots=True, repr=False)
class Framework:
    """One arrangement of indicators under pillars."""

    id: str
    title: str
    root: Pillar
    source: str = ""

    def __repr__(self) -> str:
        pillars, indicators = len(self.root.pillars()), len(self.indicators())
        made = f"{counted(pillars, 'pillar')}, {counted(indicators, 'indicator')}"
        return f"<Framework {self.id}: {self.title}, {made}>"

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators that are scored, from left to right."""
        return self.root.indicators()

    def top(self) -> tuple[Pillar, ...]:
        """Return the pillars directly under the index."""
        return tuple(child for child in self.root.children if isinstance(child, Pillar))


def without(pillar: Pillar, omitted: set[str]) -> Pillar:
    """Return the tree without the named nodes, nor the pillars that this leaves empty."""
    kept: list[Pillar | Indicator] = []
    for child in pillar.children:
        if child.id in omitted:
            continue
        if isinstance(child, Pillar):
            smaller = without(child, omitted)
            if smaller.children:
                kept.append(smaller)
        else:
            kept.append(child)
    return replace(pillar, children=tuple(kept))
