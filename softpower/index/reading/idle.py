"""What an index states and its methodology takes no notice of."""

from __future__ import annotations

from collections.abc import Callable

from softpower.errors import Location
from softpower.index.declared import IndexFile
from softpower.index.index import MAIN
from softpower.index.reading.indicators import IndicatorTable
from softpower.index.reading.problems import ProblemCollector
from softpower.index.text import listed
from softpower.index.tree import Framework, Pillar


def warn_of_idle_weights(
    declared: IndexFile,
    indicator_table: IndicatorTable,
    framework: Framework,
    problems: ProblemCollector,
    place: Callable[..., Location],
) -> None:
    """Note weights that are stated, and that neither the methodology nor a variant takes.

    ``place`` says where a key of ``index.toml`` stands.
    """
    varied = {key.partition(".")[0] for v in declared.variants.values() for key in v.methodology}
    if "weight" in varied:
        return
    stated = {name for name, entry in declared.pillars.items() if entry.weight is not None}
    stated |= {each.indicator for each in indicator_table.placings[MAIN] if each.weight is not None}
    idle = [
        child.id
        for level, pillar in framework.root.walk()
        if isinstance(pillar, Pillar)
        and not declared.methodology.weighting_at(level).takes([c.id for c in pillar.children])
        for child in pillar.children
        if child.id in stated
    ]
    if idle:
        problems.warn(
            f"Weights of {listed(idle, 6)} are stated, and the methodology takes others.",
            place("methodology", "weight"),
            "Set weight to given, or remove them.",
        )
