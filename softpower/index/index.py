"""An index: everything that its folder declares, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from softpower.equality import ByValue
from softpower.errors import Location
from softpower.index.declared import IndexFile
from softpower.index.figures import Figures
from softpower.index.glance import reproducible
from softpower.index.methodology import Methodology
from softpower.index.published import Published
from softpower.index.tree import Framework, Indicator
from softpower.index.variant import Variant

MAIN = "main"
"""The id of the framework that ``[pillars]`` declares."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Index(ByValue):
    """What is declared in an index folder: trees, figures, methodology, variants, sources."""

    declared: IndexFile
    frameworks: Mapping[str, Framework]
    """The arrangements of the indicators, the main one first; none if only published."""
    carried: Mapping[str, Indicator]
    """Indicators that no pillar of the main framework holds, such as denominators."""
    figures: Figures | None
    published: Published | None
    hash: str
    """The first half of the SHA-256 of the folder's files, in hexadecimal."""
    remarks: tuple[str, ...] = ()
    """What whoever reads an answer must know of how the folder was read."""
    variant_places: Mapping[str, Location] = field(default_factory=dict)
    """Where each variant is declared."""

    def __repr__(self) -> str:
        source = self.figures if self.figures is not None else self.published
        count = len(source.units) if source is not None else 0
        what = ("country", "countries") if self.declared.units == "countries" else ("unit", "units")
        indicators = len(self.main.indicators()) if self.frameworks else 0
        measured = f"{indicators} indicator{'' if indicators == 1 else 's'}"
        made = f", {measured if indicators else 'published only'}"
        return f"<Index {self.id}: {self.title}, {count} {what[count != 1]}{made}>"

    @property
    def id(self) -> str:
        """The name of the index in commands."""
        return self.declared.id

    @property
    def title(self) -> str:
        """The name of the index with its edition."""
        declared = self.declared
        title = declared.title or self.id
        if not declared.edition or declared.edition in title:
            return title
        return f"{title} {declared.edition}"

    @property
    def publisher(self) -> str:
        """Who publishes it, in a sentence."""
        return self.declared.publisher or "a publisher that is not named"

    @property
    def methodology(self) -> Methodology:
        """The methodology that the index is published with."""
        return self.declared.methodology

    @property
    def variants(self) -> Mapping[str, Variant]:
        """The named patches."""
        return self.declared.variants

    @property
    def recomputable(self) -> bool:
        """Whether there are figures to compute scores from."""
        return self.figures is not None

    @property
    def reproducible(self) -> str:
        """Whether the published result can be computed again, in a few words."""
        published = self.published
        return reproducible(
            recomputable=self.recomputable,
            published=published is not None,
            partial=published is not None and bool(published.partial),
            reproduced=self.declared.published.reproduced,
        )

    @property
    def main(self) -> Framework:
        """The main framework."""
        return self.frameworks[MAIN]
