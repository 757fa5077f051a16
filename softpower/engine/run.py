"""A run: an index under a methodology, named ``INDEX[@VARIANT[+VARIANT...]]``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from softpower.engine.asked import as_arguments, as_phrases
from softpower.engine.cache import Cache
from softpower.engine.ranking import Note, Ranking
from softpower.engine.score import resolved, score_setup
from softpower.equality import ByValue
from softpower.errors import UsageError
from softpower.index.index import Index
from softpower.index.name import RunName, stack_name
from softpower.index.patch import (
    Setup,
    lost_breaks,
)
from softpower.index.text import listed
from softpower.index.tree import Framework, Pillar
from softpower.index.variant import Patch
from softpower.methods.normalise import Normalisation
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.version import __version__


class Scale(NamedTuple):
    """What decides on the scale of scores."""

    method: Normalisation
    sense: int
    """1 where the highest score is best, -1 where the lowest is."""
    summed: bool
    """Whether weights are not divided by their sum."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Run(ByValue):
    """An index with the patches that were asked for, ready to be scored."""

    index: Index
    identifier: str
    """The index as it was named: a shipped id or the path of a folder or workbook."""
    variants: tuple[str, ...]
    """The variants that are stacked on it, from left to right."""
    asked: Patch
    """What was changed beside the variants."""
    patch: Patch
    """All changes together."""
    setup: Setup | None
    """What the score is computed from; ``None`` for an index that is only published."""

    def __repr__(self) -> str:
        changed = f" ({self.changes})" if self.changes else ""
        return f"<Run {self.name}: {self.index.title}{changed}>"

    def _repr_html_(self) -> str:
        """Return the run as a notebook shows it."""
        from softpower.answer import facts

        declared = self.index.declared
        table = facts(
            "run",
            self.index.title,
            [
                ("Run", self.name),
                ("Changes", ", ".join(as_phrases(self.index, self.asked))),
                ("Publisher", declared.publisher),
                ("Summary", declared.summary),
            ],
        )
        return table._repr_html_()

    @property
    def name(self) -> str:
        """The run as it is written, with its variants."""
        return str(RunName(self.identifier, self.variants))

    @property
    def scale(self) -> Scale | None:
        """What decides on the scale of the scores; ``None`` where they are as published."""
        return None if self.setup is None else scale_of(self.setup)

    @property
    def in_a_word(self) -> str:
        """The run as it is written beside others, with its changes behind its name."""
        return ", ".join([self.name, *as_phrases(self.index, self.asked)])

    @property
    def changes(self) -> str:
        """The variants and changes in short, such as ``@geometric, normalise=zscore``."""
        said = [stack_name(self.variants)] if self.variants else []
        return ", ".join([*said, *as_phrases(self.index, self.asked)])

    @property
    def doubts(self) -> tuple[str, ...]:
        """What of the changes may have been meant otherwise, a sentence each."""
        small = {name: w for name, w in self.asked.weights.items() if 0 < w <= 1}
        return (
            *(
                f"{name}={weight:.12g} is {weight:.12g} percent; if a share of one is meant, write "
                f"{name}={100 * weight:.12g}."
                for name, weight in small.items()
            ),
            *self._uneven(),
            *(
                f"{name} is left out, and puts no equal scores in order."
                for name in self.lost_breaks
            ),
        )

    def _uneven(self) -> Iterator[str]:
        """Yield of which siblings all weights are stated, and sum to something else than 100.

        Weights that are rounded to a percent each may miss it by half of one each.
        """
        stated = self.asked.weights
        root = self.setup.framework.root if self.setup is not None and stated else None
        for pillar in (root, *root.pillars()) if root is not None else ():
            ids = {child.id: None for child in pillar.children}
            total = sum(stated.get(name, 0.0) for name in ids)
            if stated.keys() >= ids.keys() and abs(total - 100) > 0.5 * len(ids):
                said = listed([f"{name}={stated[name]:g}" for name in ids], 6)
                yield (
                    f"The weights {said} sum to {total:.6g} percent, and count by their shares of "
                    "that."
                )

    @property
    def lost_breaks(self) -> tuple[str, ...]:
        """What would put equal scores in order, had it not been left out."""
        if self.setup is None:
            return ()
        return tuple(lost_breaks(self.index, self.patch.methodology, self.setup))

    def score(self, cache: Cache | None = None) -> Ranking:
        """Return the ranking: computed, or as published where it cannot be computed.

        A ``cache`` that has scored other runs of the index shares what they have in common.

        Raises
        ------
        MethodError
            If a method refuses the figures.
        """
        if self.setup is None:
            return _as_published(self.index)
        rankings = _rankings.get()
        if rankings is None:
            return score_setup(self.setup, cache)
        if self not in rankings:
            rankings[self] = score_setup(self.setup, cache)
        return rankings[self]

    def provenance(self) -> dict[str, Any]:
        """Return all that is needed to repeat the run, as plain JSON values.

        ``softpower.load(provenance["run"], **provenance["changes"])`` is the same run.
        """
        about: dict[str, Any] = {
            "softpower": __version__,
            "run": self.name,
            "changes": as_arguments(self.index, self.asked),
            "index": self.index.id,
            "title": self.index.title,
            "publisher": self.index.declared.publisher,
            "edition": self.index.declared.edition,
            "hash": self.index.hash,
        }
        if self.setup is None:
            about["published"] = True
            return about
        about["framework"] = self.setup.framework.id
        methodology = resolved(self.setup.methodology, self.setup.framework)
        about["methodology"] = methodology.model_dump(mode="json")
        about["weights"] = {
            node.id: node.weight for depth, node in self.setup.framework.root.walk() if depth
        }
        return about


_rankings: ContextVar[dict[Run, Ranking] | None] = ContextVar("rankings", default=None)


@contextmanager
def scored_once() -> Iterator[None]:
    """Remember rankings meanwhile, so that several questions of a run score it once."""
    token = _rankings.set({})
    try:
        yield
    finally:
        _rankings.reset(token)


def scale_of(setup: Setup) -> Scale:
    """Return what decides on the scale of the scores of a setup."""
    methodology = resolved(setup.methodology, setup.framework)
    sense, root = methodology.sense, setup.framework.root
    if not isinstance(methodology.scale, NoNormalisation):
        return Scale(methodology.scale, sense, summed=False)
    again = methodology.renormalisation_at(0)
    between = root.depth() > 1 and not isinstance(again, NoNormalisation)
    summed = (root.aggregate or methodology.aggregation_at(0)).undivided
    return Scale(again if between else methodology.normalise, sense, summed=summed)


def _as_published(index: Index) -> Ranking:
    """Return the publisher's own scores and ranks as a ranking."""
    published = index.published
    if published is None:
        raise UsageError(f"{index.id} has neither figures nor published results.")
    count = len(published.units)
    notes = [f"As published by {index.publisher}, not recomputed.", published.note]
    if published.partial:
        notes.insert(0, f"{published.partial.capitalize()}.")
    return Ranking(
        units=published.units,
        scores=published.scores,
        ranks=published.ranks,
        framework=Framework("published", index.title, Pillar("", index.title)),
        pillars={},
        weights={"": 1.0},
        local_weights={},
        unit_weights=np.zeros((count, 0)),
        totals=published.scores,
        contributions=np.zeros((count, 0)),
        stages={},
        imputed=np.zeros((count, 0), dtype=bool),
        unranked={
            unit.id: "is not among the published ranks that are known"
            for unit, location in zip(published.units, published.ranks, strict=True)
            if np.isnan(location)
        },
        notes=tuple(Note("published", "", note) for note in notes if note),
        sense=index.methodology.sense,
    )
