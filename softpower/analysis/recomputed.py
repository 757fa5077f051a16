"""Computed and published results side by side: what agrees, what does not, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from softpower.analysis.shared.classes import classes_of
from softpower.analysis.shared.lists import Listed, may_be_one, rule_of_ties
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.index.published import Published
from softpower.index.units import Unit
from softpower.methods.model import Floats, Mask
from softpower.methods.ties import Ties, rank, rounded

ROUNDING = 1e-9
"""Relative room for the last bit of the arithmetic, on top of the tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Computed and published figures of the same units."""

    computed: Floats
    published: Floats
    tolerance: float

    @property
    def gaps(self) -> Floats:
        """Computed minus published; NaN where either is missing."""
        return np.asarray(self.computed - self.published)

    @property
    def compared(self) -> Mask:
        """Where there are both."""
        return ~np.isnan(self.gaps)

    @property
    def off(self) -> Mask:
        """Where they differ by more than the tolerance."""
        room = self.tolerance + ROUNDING * np.maximum(1.0, np.abs(self.published))
        return np.asarray(self.compared & ~(np.abs(self.gaps) <= room))

    @property
    def lost(self) -> Mask:
        """Where a published figure has no computed one beside it."""
        return np.isnan(self.computed) & ~np.isnan(self.published)


@dataclass(frozen=True, slots=True, eq=False)
class Ranks(Pair):
    """Computed and published ranks; NaN where they are not compared."""

    whole: bool
    """Whether these are places in the whole lists, rather than among the units that both rank."""
    broken: Mask
    """Where they differ only by the order, or the sharing of ranks, among equal scores."""
    rule: Ties | None
    """Another rule of ties by which all ranks would agree, if these do not and there is one."""
    decimals: int | None
    """Decimals that scores are rounded to before they are ranked, if ranks agree only then."""

    @property
    def off(self) -> Mask:
        """Where they differ, and not by ties alone."""
        return np.asarray(self.compared & (self.gaps != 0) & ~self.broken)


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """Published classes, and those that computed places lead to; empty where there is none."""

    computed: tuple[str, ...]
    """As many units have each as are published in it, the best places in the best class."""
    published: tuple[str, ...]
    cut: bool = False
    """Whether they are those of cut points instead."""

    @property
    def compared(self) -> Mask:
        """Where there are both."""
        return np.array([bool(name) for name in self.computed], dtype=bool)

    @property
    def off(self) -> Mask:
        """Where they differ."""
        pairs = zip(self.computed, self.published, strict=True)
        return np.array([bool(one) and one != other for one, other in pairs], dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Recomputed:
    """A run held against the published result of its index, one row per published unit."""

    units: tuple[Unit, ...]
    scores: Pair
    ranks: Ranks
    pillars: Mapping[str, Pair]
    """By the id of the pillar, where any of its scores is published."""
    pillar_ranks: Mapping[str, Ranks]
    """By the id of the pillar, where any rank in it is published."""
    classes: Classes
    only_computed: tuple[str, ...]
    """Names of units that have a score, of which nothing is published."""
    only_published: tuple[str, ...]
    """Names of units of which something is published, and that have no score."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All that is held side by side, but for classes."""
        return (self.scores, self.ranks, *self.pillars.values(), *self.pillar_ranks.values())

    @property
    def compared(self) -> bool:
        """Whether there is anything to compare."""
        return any(pair.compared.any() for pair in self.pairs)

    @property
    def off(self) -> bool:
        """Whether anything differs by more than rounding, and not by ties alone."""
        return any(pair.off.any() for pair in self.pairs) or bool(self.classes.off.any())

    @property
    def agrees(self) -> bool:
        """Whether whatever is published comes out again, but for ties."""
        complete = not self.only_published and not any(
            pair.lost.any()
            for pair in (self.scores, *self.pillars.values(), *self.pillar_ranks.values())
        )
        return self.compared and complete and not self.off


def recomputed(run: Run, ranking: Ranking, published: Published) -> Recomputed:
    """Return a run held against what is published of its index."""
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    at = [row.get(unit.id, -1) for unit in published.units]
    nothing = np.full(len(ranking.units), np.nan)
    scores = Pair(_taken(ranking.scores, at), published.scores, published.tolerance)
    pillars = {
        name: Pair(
            _taken(ranking.pillars.get(name, nothing), at), values, published.pillar_tolerance
        )
        for name, values in published.pillars.items()
        if not np.isnan(values).all()
    }
    in_pillars = {
        name: _ranks_in(run, ranking, published, name)
        for name, places in published.pillar_ranks.items()
        if not np.isnan(places).all()
    }
    told = [published.scores, published.ranks, *published.pillars.values()]
    told += published.pillar_ranks.values()
    known = np.any(~np.isnan(np.vstack(told)), axis=0).tolist()
    listed = {unit.id for unit, there in zip(published.units, known, strict=True) if there}
    ranks = _ranks(run, ranking, published)
    return Recomputed(
        units=published.units,
        scores=scores,
        ranks=ranks,
        pillars=pillars,
        pillar_ranks=in_pillars,
        classes=_classes_of(run, published, _taken(ranking.ranks, at), scores),
        only_computed=tuple(
            unit.name
            for unit, score in zip(ranking.units, ranking.scores, strict=True)
            if not np.isnan(score) and unit.id not in listed
        ),
        only_published=tuple(
            unit.name
            for unit, score in zip(published.units, scores.computed, strict=True)
            if np.isnan(score) and unit.id in listed
        ),
    )


def _ranks(run: Run, ranking: Ranking, published: Published) -> Ranks:
    """Return the ranks in the index side by side."""
    return _side_by_side(
        run,
        published,
        Listed.of(run, ranking),
        ranking.sense * ranking.scores,
        ranking,
        (published.ranks, ranking.sense * published.scores),
    )


def _ranks_in(run: Run, ranking: Ranking, published: Published, name: str) -> Ranks:
    """Return the ranks in a pillar side by side, among the units that are ranked in the index."""
    sense = ranking.framework.root.senses(ranking.sense).get(name, 1)
    nothing = np.full(len(ranking.units), np.nan)
    merits = sense * np.where(np.isnan(ranking.ranks), np.nan, ranking.pillars.get(name, nothing))
    places = rank(merits, rule_of_ties((run,)))
    own = {u.id: float(p) for u, p in zip(ranking.units, places, strict=True) if not np.isnan(p)}
    scores = published.pillars.get(name, np.full(len(published.units), np.nan))
    given = published.pillar_ranks[name]
    known = given, sense * scores
    found = _side_by_side(run, published, Listed(own, len(own)), merits, ranking, known)
    lost = np.isnan(found.computed)
    return replace(found, published=np.where(lost, given, found.published))


def _side_by_side(
    run: Run,
    published: Published,
    own: Listed,
    merits: Floats,
    ranking: Ranking,
    known: tuple[Floats, Floats],
) -> Ranks:
    """Return ranks side by side: as they are where both lists may rank the same units.

    Else they are places among the units that both rank, by the rule of ties of the run. Computed
    ``merits`` are scores of which the highest is best; ``known`` are the printed ranks and merits.
    """
    ties = rule_of_ties((run,))
    ranks, scores = known
    printed = {
        unit.id: float(place)
        for unit, place in zip(published.units, ranks, strict=True)
        if not np.isnan(place)
    }
    whole = may_be_one((Listed(printed, published.ranked, published.open_ended), own))
    kept = [name for name in own.ranks if whole or name in printed]
    # Ordinal ranks have lost the ties, which the scores still have.
    score = dict(zip((unit.id for unit in ranking.units), merits, strict=True))
    exact = np.array([score[name] if ties == "ordinal" else -own.ranks[name] for name in kept])

    def among(rule: Ties, merit: Floats = exact) -> Floats:
        places = dict(zip(kept, rank(merit, rule), strict=True))
        return np.array([places.get(unit.id, np.nan) for unit in published.units])

    given = np.where(np.isnan(among(ties)), np.nan, ranks)
    if not whole:
        given = rank(-given, ties)
    broken = _broken(given, scores, among("competition"), among("modified"))

    def off(places: Floats) -> bool:
        gaps = places - given
        return bool(np.any(~np.isnan(gaps) & (gaps != 0) & ~broken))

    computed = among(ties)
    rule = decimals = None
    if off(computed):
        rule = next((other for other in get_args(Ties) if not off(among(other))), None)
        if not np.isnan(scores).all() and published.decimals is not None:
            merit = rounded(np.array([score[name] for name in kept]), published.decimals)
            if not off(among(ties, merit)):
                computed, rule, decimals = among(ties, merit), None, published.decimals
    return Ranks(computed, given, 0.0, whole, broken & (computed != given), rule, decimals=decimals)


def _broken(given: Floats, scores: Floats, first: Floats, last: Floats) -> Mask:
    """Return which units of equal scores, also as published, are put in an order of their own.

    Their ranks are distinct, and no others than the places that they take up together.
    """
    broken = np.zeros(given.shape, dtype=bool)
    for place in np.unique(first[last > first]):
        tied = (first == place) & ~np.isnan(given)
        places = set(given[tied].tolist())
        ordered = len(places) == tied.sum() and places <= set(
            np.arange(place, last[tied].max(initial=0) + 1).tolist()
        )
        if ordered and len(np.unique(scores[tied & ~np.isnan(scores)])) <= 1:
            broken |= tied
    return broken


def _classes_of(run: Run, published: Published, places: Floats, scores: Pair) -> Classes:
    """Return classes by the cut points of the index, or as large as they are published.

    Where no class is printed, those of the printed scores are held against those of the computed.
    """
    cut = classes_of(run)
    if cut is None:
        return _classes(published.classes, places)
    there = ~np.isnan(scores.computed)
    printed = published.classes or tuple(str(name or "") for name in cut.named(scores.published))
    pairs = zip(cut.named(scores.computed), printed, there.tolist(), strict=True)
    found = tuple(str(name) if both and said else "" for name, said, both in pairs)
    return Classes(found, printed, cut=True)


def _classes(published: tuple[str, ...], places: Floats) -> Classes:
    """Return the classes that computed places lead to if each is as large as it is published.

    Classes are put in order by the mean computed place of their units. Units of equal places have
    the published class where that is among those of the places that they take up together.
    """
    there = [i for i, name in enumerate(published) if name and not np.isnan(places[i])]
    means = {
        name: np.mean([places[i] for i in there if published[i] == name])
        for name in {published[i] for i in there}
    }
    order = sorted((published[i] for i in there), key=lambda name: (means[name], name))
    by_place = sorted(there, key=lambda i: places[i])
    found = [""] * len(published)
    for at, i in enumerate(by_place):
        alike = {order[k] for k, other in enumerate(by_place) if places[other] == places[i]}
        found[i] = published[i] if published[i] in alike else order[at]
    return Classes(tuple(found), published)


def _taken(values: Floats, at: list[int]) -> Floats:
    return np.array([values[i] if i >= 0 else np.nan for i in at])
