"""One setup under the weights of many people: how each of them ranks the units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from softpower.engine.sampling.batch import Batch
from softpower.index.patch import Setup
from softpower.index.people import People
from softpower.index.tree import Pillar
from softpower.methods.model import Floats


@dataclass(frozen=True, eq=False)
class PeopleRanks:
    """What people's weights lead to."""

    people: People
    batch: Batch
    local: dict[str, Floats]
    """Their weights by the id of the pillar within which they are (persons x children)."""
    scores: Floats
    """Persons x units, in the order of ``batch.scored``; NaN where a unit has none."""
    ranks: Floats

    @classmethod
    def of(cls, setup: Setup, people: People) -> PeopleRanks:
        """Score a setup under each person's weights; pillars without any keep their own.

        Raises
        ------
        FolderError
            If the weights are none of the tree.
        MethodError
            If a method refuses the figures, or has weights of its own.
        """
        batch = Batch(setup)
        local = people.local(batch.root)
        scores = batch.scores(local)
        return cls(people, batch, local, scores, batch.ranks(scores, local))

    def mean(self) -> dict[str, Floats]:
        """Return the mean of people's weights within each pillar."""
        return {name: weights.mean(axis=0) for name, weights in self.local.items()}

    def in_the_whole(self) -> Floats:
        """Return the share of each indicator in the index, persons x indicators."""
        return np.stack(list(_shares(self.batch, self.local, len(self.people.names))), axis=1)

    def apart(self) -> Floats:
        """Return the share of weight that would have to move between people (persons x persons)."""
        whole = self.in_the_whole()
        return np.stack([0.5 * np.abs(whole - each).sum(axis=1) for each in whole])


def _shares(batch: Batch, local: Mapping[str, Floats], count: int) -> list[Floats]:
    found: list[Floats] = []

    def descend(pillar: Pillar, share: Floats) -> None:
        own = np.broadcast_to(batch.weights[pillar.id], (count, len(pillar.children)))
        weights = local.get(pillar.id, own)
        for k, child in enumerate(pillar.children):
            if isinstance(child, Pillar):
                descend(child, share * weights[:, k])
            else:
                found.append(share * weights[:, k])

    descend(batch.root, np.ones(count))
    return found


def medoid(apart: Floats) -> int:
    """Return who is nearest to all others: the least sum of distances (persons x persons).

    Source: Kaufman & Rousseeuw (1987), Clustering by means of medoids.
    """
    return int(np.argmin(apart.sum(axis=1)))


def clusters(apart: Floats, count: int) -> list[int]:
    """Return the cluster of each person, from 1, by average linkage of their distances.

    Source: Sokal & Michener (1958), as scipy.cluster.hierarchy computes it.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(apart) < 2:
        return [1] * len(apart)
    tree = linkage(squareform(apart, checks=False), "average")
    found = fcluster(tree, count, criterion="maxclust")
    order = {label: at for at, label in enumerate(dict.fromkeys(found.tolist()), start=1)}
    return [order[label] for label in found.tolist()]
