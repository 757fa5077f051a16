"""The weights that are admissible: within a share of themselves, between bounds, in an order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field, model_validator

from softpower.errors import UsageError
from softpower.methods.model import Floats
from softpower.methods.polytope import Polytope
from softpower.methods.sample import SiblingSampling, WeightSampling
from softpower.methods.short_form import as_word
from softpower.methods.statements import (
    ORDER,
    SHARE,
    Ends,
    parse_ends,
    parse_order,
    problem_of,
    typed,
)

if TYPE_CHECKING:
    from numpy.random import Generator


class WeightSpace(WeightSampling):
    """All weights that satisfy what is stated of them, each set as likely as any other.

    Formula: uniform on the polytope of ``w >= 0, sum w = 1`` with ``w0_j (1 - within/100) <= w_j
    <= w0_j (1 + within/100)``, ``low_j <= w_j <= high_j`` (in percent of the parent), ``low <=
    w_i / w_j <= high`` and ``w_i >= w_j``, as far as they are stated. Unlike ``bounds``, no weight
    leaves its bounds. Drawn exactly where weights are free or in a plain order, and by
    hit-and-run elsewhere, whose memory of where it started is measured and must have faded. Of
    weights that people stated, all mixtures are admissible, and a person's own are drawn.

    Assumes: that what is stated is all that is known of the weights.

    Edge cases: Statements that no weights can meet are refused.

    Source: Smith (1984), Operations Research 32:1296-1308; Tervonen, van Valkenhoef, Basturk &
    Postmus (2013), European J. of Operational Research 224:552-559.
    """

    method: Literal["polytope"] = "polytope"
    within: float | None = Field(
        None, gt=0, le=100, description="By how many percent of itself a weight may be off."
    )
    bounds: Mapping[str, Ends] = Field(
        {}, description="The least and the most percent of the parent, by id."
    )
    ratios: Mapping[str, Ends] = Field(
        {}, description="The least and the most of a quotient, by ID/OTHER."
    )
    order: tuple[tuple[str, ...], ...] = Field(
        (), description="Ids from the largest weight to the smallest."
    )

    people: str = Field("", description="The file of people whose weights are mixed.")
    points: Mapping[str, tuple[float, ...]] = Field(
        {}, description="The weights that people stated, by id: within the parent, in their order."
    )

    @classmethod
    def stated(
        cls,
        *,
        within: float | None = None,
        bounds: Mapping[str, Ends] | None = None,
        ratios: Mapping[str, Ends] | None = None,
        order: Iterable[Sequence[str]] = (),
    ) -> WeightSpace:
        """Return the space of what is stated, all weights if nothing is.

        Raises
        ------
        UsageError
            If a share, bound or quotient is none.
        """
        chains = tuple(tuple(chain) for chain in order)
        problem = problem_of(within, bounds or {}, ratios or {}, chains)
        if problem is not None:
            raise problem
        return cls(within=within, bounds=bounds or {}, ratios=ratios or {}, order=chains)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> WeightSpace:
        """Return the space that statements stand for.

        Such are ``within=25%``, ``culture=10..40``, ``culture/digital=1..2``, ``culture>=digital``.

        Raises
        ------
        UsageError
            If a statement is not understood, or something is stated twice.
        """
        within: float | None = None
        bounds: dict[str, Ends] = {}
        ratios: dict[str, Ends] = {}
        order: list[list[str]] = []
        for text in (part.strip() for stated in texts for part in stated.split(",")):
            share = SHARE.fullmatch(text)
            if share is not None:
                if within is not None:
                    raise UsageError("Two shares are stated by which weights may be off.")
                within = float(share[1])
            elif ORDER.search(text):
                order += parse_order(text)
            else:
                name, ends = parse_ends(text)
                kind = ratios if "/" in name else bounds
                if name in kind:
                    raise UsageError(f"Bounds of {name} are stated twice.", mend="Keep one.")
                kind[name] = ends
        return cls.stated(within=within, bounds=bounds, ratios=ratios, order=order)

    def statements(self) -> list[str]:
        """Return what is stated, one by one, as `parse` reads it."""
        return [
            *([self.people] if self.people else []),
            *([f"within={as_word(self.within)}%"] if self.within is not None else []),
            *(f"{name}={typed(ends)}" for name, ends in self.bounds.items()),
            *(f"{name}={typed(ends)}" for name, ends in self.ratios.items()),
            *(">=".join(chain) for chain in self.order),
        ]

    def written(self) -> str:
        """Return what is stated as a person types it, ``simplex`` if nothing is."""
        return ",".join(self.statements()) or "simplex"

    @model_validator(mode="after")
    def _sayable(self) -> WeightSpace:
        problem = problem_of(self.within, self.bounds, self.ratios, self.order)
        if problem is not None:
            raise ValueError(problem.what)
        return self

    def respelled(self, spell: Callable[[str], str]) -> WeightSpace:
        """Return the same with every id as it is spelled in an index."""
        return WeightSpace(
            within=self.within,
            bounds={spell(name): ends for name, ends in self.bounds.items()},
            ratios={
                "/".join(map(spell, name.split("/"))): ends for name, ends in self.ratios.items()
            },
            order=tuple(tuple(map(spell, chain)) for chain in self.order),
            people=self.people,
            points={spell(name): shares for name, shares in self.points.items()},
        )

    def families(self) -> list[tuple[str, ...]]:
        """Return the ids that are named together, and so must have one parent."""
        return [
            *((name,) for name in (*self.points, *self.bounds)),
            *(tuple(name.split("/")) for name in self.ratios),
            *self.order,
        ]

    def names(self) -> list[str]:
        """Return the ids that are named, each once."""
        return list(dict.fromkeys(name for family in self.families() for name in family))

    def touches(self, ids: Collection[str]) -> bool:
        """Say whether something is stated of the weights of some siblings."""
        return self.within is not None or any(name in ids for name in self.names())

    def polytope(self, ids: Sequence[str], weights: Floats) -> Polytope:
        """Return the admissible weights of siblings, whose own weights have sum 1.

        A weight of zero stays zero, unless bounds are stated for it.

        Raises
        ------
        UsageError
            If no weights satisfy all that is stated.
        """
        if ids[0] in self.points:
            return Polytope.mixtures(self._stated_of(ids))
        low, high = np.zeros(len(ids)), np.where(weights > 0, 1.0, 0.0)
        if self.within is not None:
            low = np.maximum(low, weights * (1 - self.within / 100))
            high = np.minimum(high, weights * (1 + self.within / 100))
        at = {name: j for j, name in enumerate(ids)}
        for name, ends in self.bounds.items():
            if name in at:
                j = at[name]
                low[j] = max(low[j], ends[0] / 100)
                most = ends[1] if len(ends) == 2 else 100.0
                high[j] = min(high[j] if weights[j] > 0 else 1.0, most / 100)
        rows = [self._row(at, *each) for each in self._comparisons() if each[0] in at]
        found = Polytope.between(low, high, np.array(rows).reshape(-1, len(ids)))
        if found is None:
            said = ", ".join(self.statements())
            raise UsageError(
                f"No weights of {', '.join(ids)} satisfy all that is stated: {said}.",
                mend="Loosen a bound.",
            )
        return found

    def _stated_of(self, ids: Sequence[str]) -> Floats:
        """Return the weights of siblings that people stated (people x k)."""
        return np.array([self.points[name] for name in ids]).T

    def _comparisons(self) -> list[tuple[str, str, float]]:
        """Return each weight that is at least so many times another."""
        found = [(one, other, 1.0) for chain in self.order for one, other in pairwise(chain)]
        for name, ends in self.ratios.items():
            one, other = name.split("/")
            found.append((one, other, ends[0]))
            found += [(other, one, 1 / high) for high in ends[1:]]
        return [each for each in found if each[2] > 0]

    @staticmethod
    def _row(at: Mapping[str, int], one: str, other: str, times: float) -> Floats:
        row = np.zeros(len(at))
        row[at[one]], row[at[other]] = 1.0, -times
        return row

    def among(self, ids: Sequence[str], weights: Floats) -> SiblingSampling:
        """Return how the weights of some siblings are drawn; of people's, those of one of them."""
        if ids[0] in self.points:
            return _Listed(self._stated_of(ids))
        return _uniform(tuple(self.statements()), tuple(ids), tuple(weights.tolist()))


class _Listed:
    """The weights of some siblings that people stated, each person's as likely."""

    def __init__(self, stated: Floats) -> None:
        self.stated = stated

    def __call__(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return drawn weights, count x k."""
        return self.from_uniform(generator.random((count, weights.size)), weights)

    def from_uniform(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights of the people that points stand for, by their first coordinate."""
        del weights
        people = len(self.stated)
        return self.stated[np.minimum((u[:, 0] * people).astype(np.int64), people - 1)]


class _Uniform:
    """The admissible weights of some siblings, uniformly drawn."""

    def __init__(self, polytope: Polytope) -> None:
        self.polytope = polytope

    def __call__(self, generator: Generator, weights: Floats, count: int) -> Floats:
        """Return drawn weights, count x k."""
        return self.from_uniform(generator.random((count, weights.size)), weights)

    def from_uniform(self, u: Floats, weights: Floats) -> Floats:
        """Return the weights that points of the unit cube stand for, both points x k."""
        del weights
        return self.polytope.sampled(u)


@lru_cache(maxsize=1024)
def _uniform(stated: tuple[str, ...], ids: tuple[str, ...], weights: tuple[float, ...]) -> _Uniform:
    """Return how admissible weights are drawn, which every block of draws asks anew."""
    space = WeightSpace.parse(stated)
    return _Uniform(space.polytope(ids, np.array(weights)))
