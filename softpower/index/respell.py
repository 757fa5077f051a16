"""What names ids of an index, rewritten as the index spells them."""

from __future__ import annotations

from typing import TypeVar

from softpower.index.ids import Spelling
from softpower.index.index import Index
from softpower.index.methodology import Methodology
from softpower.index.variant import Patch

P = TypeVar("P", bound=Patch)


def spelled_patch(index: Index, patch: P) -> P:
    """Return a patch with the ids in it as an index spells them; those it does not have stay.

    Raises
    ------
    UsageError
        If two ids in it agree but for the spelling, and say something of the same.
    """
    nodes = Spelling(node.id for tree in index.frameworks.values() for _, node in tree.root.walk())
    omit = patch.omit
    stated = {
        "framework": patch.framework and Spelling(index.frameworks)(patch.framework),
        "weights": nodes.keys(patch.weights, "weight"),
        "indicators": nodes.keys(patch.indicators, "setting"),
        "pillars": nodes.keys(patch.pillars, "setting"),
        "omit": omit.model_copy(
            update={
                "indicators": tuple(map(nodes, omit.indicators)),
                "pillars": tuple(map(nodes, omit.pillars)),
            }
        ),
    }
    return patch.model_copy(update=stated)


def spelled_methodology(index: Index, methodology: Methodology) -> Methodology:
    """Return a methodology with the ids that its methods name as an index spells them."""
    ids = [node.id for tree in index.frameworks.values() for _, node in tree.root.walk()]
    spelling = Spelling([*ids, *(index.figures.ids if index.figures is not None else ())])
    return methodology.model_copy(
        update={
            "impute": methodology.impute.spelled(spelling),
            "tiebreak": tuple(map(spelling, methodology.tiebreak)),
            "weight": tuple(method.spelled(spelling) for method in methodology.weight),
        }
    )
