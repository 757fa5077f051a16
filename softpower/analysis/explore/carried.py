"""Which methods a page computes by itself, and how it is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.model import Method

CARRIED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "treat": frozenset({"none", "winsorise"}),
        "normalise": frozenset(
            {"none", "minmax", "zscore", "rank", "borda", "percentile", "goalposts"}
        ),
        "missing": frozenset({"renormalise", "flat", "redistribute", "missing-if-any", "zero"}),
        "weight": frozenset({"given", "equal", "equal-per-pillar"}),
        "aggregate": frozenset(
            {"arithmetic", "sum", "geometric", "harmonic", "power", "median", "minimum", "mean-min"}
        ),
    }
)
"""The methods that the script of a page has, by the step that they do."""


def carries(step: str, method: Method) -> bool:
    """Say whether a page has a method, with these parameters."""
    return method.name() in CARRIED[step] and getattr(method, "over", "sample") == "sample"


def not_carried(setup: Setup) -> str:
    """Return the first method of a setup without which a page computes nothing, if there is one.

    Treatment, imputation and normalisation are none of these, as what they lead to can be told.
    """
    methodology = setup.methodology
    steps = [
        *(("aggregate", method) for method in aggregations(setup)),
        *(("normalise", method) for method in (methodology.scale, *methodology.renormalise)),
        ("missing", methodology.missing),
    ]
    for step, method in steps:
        if not carries(step, method):
            return f"{method.name()} needs more than the page carries"
    for weighting in methodology.weight:
        if weighting.individual:
            return f"weight = {weighting.name()} gives every unit weights of its own"
    return ""


def prepares(setup: Setup) -> bool:
    """Say whether a page can prepare figures by itself, whichever units are scored."""
    methodology, indicators = setup.methodology, setup.framework.indicators()
    return (
        methodology.impute.name() == "none"
        and all(carries("treat", item.treat or methodology.treat) for item in indicators)
        and all(
            carries("normalise", item.normalise or methodology.normalise) for item in indicators
        )
    )


def derives(methodology: Methodology) -> bool:
    """Say whether weights are computed from figures or judgements, by what a page has not."""
    return any(not carries("weight", method) for method in methodology.weight)


def aggregations(setup: Setup) -> Iterator[Aggregation]:
    """Yield every aggregation of a setup, of the levels and of pillars that have their own."""
    yield from setup.methodology.aggregate
    for pillar in (setup.framework.root, *setup.framework.root.pillars()):
        if pillar.aggregate is not None:
            yield pillar.aggregate


def tree_of(pillar: Pillar) -> dict[str, Any]:
    """Return a tree as plain data; what is known of indicators stands elsewhere."""
    return {
        "id": pillar.id,
        "title": pillar.title,
        "summary": pillar.summary,
        "weight": pillar.weight,
        "unit": pillar.unit,
        "direction": pillar.direction,
        "aggregate": None if pillar.aggregate is None else pillar.aggregate.model_dump(mode="json"),
        "children": [
            tree_of(child)
            if isinstance(child, Pillar)
            else {"id": child.id, "title": child.title, "weight": child.weight}
            for child in pillar.children
        ],
    }
