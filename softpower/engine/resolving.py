"""What a methodology and a tree leave open, settled by what they are used for."""

from __future__ import annotations

from dataclasses import replace

from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Pillar


def resolved(methodology: Methodology, framework: Framework) -> Methodology:
    """Return the methodology with nothing left open, as it is used for a framework."""
    return methodology.settled(positive=above_zero(methodology, framework))


def above_zero(methodology: Methodology, framework: Framework) -> bool:
    """Say whether some aggregation needs values above zero."""
    own = [pillar.aggregate for pillar in (framework.root, *framework.root.pillars())]
    return any(a is not None and a.needs_positive() for a in (*methodology.aggregate, *own))


def settled(pillar: Pillar, *, positive: bool) -> Pillar:
    """Return a tree in which indicators leave nothing open of how they are normalised."""
    children = tuple(
        settled(child, positive=positive)
        if isinstance(child, Pillar)
        else child
        if child.normalise is None
        else replace(child, normalise=child.normalise.settled(positive=positive))
        for child in pillar.children
    )
    return replace(pillar, children=children)
