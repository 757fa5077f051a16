"""The weights that are admissible: within a share of themselves, between bounds, in an order."""

from __future__ import annotations

import re
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

if TYPE_CHECKING:
    from numpy.random import Generator

Ends = tuple[float] | tuple[float, float]
"""The least and the most that something may be, or the least alone."""

NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"({NUMBER})?\s*%?\s*\.\.\s*({NUMBER})?\s*%?|({NUMBER})\s*%?")
SHARE = re.compile(rf"(?:within\s*=\s*)?({NUMBER})\s*%")
ORDER = re.compile(r">=|<=|≥|≤")
FORM = "Write within=25%, ID=10..40, ID/OTHER=1..2 or 'ID>=OTHER'."


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
        problem = _problem(within, bounds or {}, ratios or {}, chains)
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
            *(f"{name}={_ends(ends)}" for name, ends in self.bounds.items()),
            *(f"{name}={_ends(ends)}" for name, ends in self.ratios.items()),
            *(">=".join(chain) for chain in self.order),
        ]

    def written(self) -> str:
        """Return what is stated as a person types it, ``simplex`` if nothing is."""
        return ",".join(self.statements()) or "simplex"

    @model_validator(mode="after")
    def _sayable(self) -> WeightSpace:
        problem = _problem(self.within, self.bounds, self.ratios, self.order)
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


def parse_ends(text: str) -> tuple[str, Ends]:
    """Return what ``ID=10..40`` or ``ID/OTHER=1..2`` is about, and the two ends.

    Raises
    ------
    UsageError
        If the text is not of that form.
    """
    name, equals, written = (part.strip() for part in text.partition("="))
    parts = [part.strip() for part in name.split("/")]
    found = RANGE.fullmatch(written)
    if not equals or found is None or not all(parts) or len(parts) > 2:
        raise UsageError(f"{text!r} states nothing about weights.", mend=FORM)
    if len(set(parts)) < len(parts):
        raise UsageError(f"{text!r} compares a weight with itself.", mend="Name two.")
    low, high, alone = found.groups()
    if alone is not None:
        return "/".join(parts), (float(alone), float(alone))
    least = float(low or 0)
    return "/".join(parts), (least,) if high is None else (least, float(high))


def parse_order(text: str) -> list[list[str]]:
    """Return the ids of ``A >= B >= C``, the largest weight first.

    Raises
    ------
    UsageError
        If the text is not of that form.
    """
    parts = [part.strip() for part in ORDER.split(text)]
    signs = {sign in {">=", "≥"} for sign in ORDER.findall(text)}
    if (
        len(parts) < 2
        or len(signs) != 1
        or not all(parts)
        or any(set("<>=") & set(p) for p in parts)
    ):
        raise UsageError(
            f"{text!r} is no order of weights.", mend="Write 'culture >= digital >= education'."
        )
    if len(set(parts)) < len(parts):
        raise UsageError(f"{text!r} names a weight twice.", mend="Name each once.")
    return [parts if signs == {True} else parts[::-1]]


def _ends(ends: Ends) -> str:
    if len(ends) == 2 and ends[0] == ends[1]:
        return as_word(ends[0])
    return f"{as_word(ends[0])}..{''.join(map(as_word, ends[1:]))}"


def _problem(
    within: float | None,
    bounds: Mapping[str, Ends],
    ratios: Mapping[str, Ends],
    order: tuple[tuple[str, ...], ...],
) -> UsageError | None:
    """Return what is wrong with statements about weights, if anything is."""
    if within is not None and not 0 < within <= 100:
        return UsageError(
            f"Weights cannot be off by {within:g} % of themselves.",
            mend="Give a number above 0, and at most 100.",
        )
    for name, ends in bounds.items():
        if not 0 <= ends[0] <= ends[-1] <= 100:
            return UsageError(
                f"{_ends(ends)} are no bounds of the weight of {name}.",
                mend=f"Give percent of its parent, the least first: {name}=10..40.",
            )
    for name, ends in ratios.items():
        if not 0 <= ends[0] <= ends[-1] or ends[-1] == 0 < len(ends) - 1:
            return UsageError(
                f"{_ends(ends)} are no bounds of {name}.",
                mend=f"Give the least first: {name}=1..2.",
            )
        parts = name.split("/")
        if len(parts) != 2 or not all(parts):
            return UsageError(f"{name!r} is no quotient of two weights.", mend=FORM)
    for chain in order:
        if len(chain) < 2 or not all(chain):
            return UsageError(f"{' '.join(chain)!r} is no order of weights.", mend=FORM)
    return None


def is_statement(text: str) -> bool:
    """Say whether a text states something about weights, and names no method."""
    return bool(text.lstrip().startswith("within=") or ".." in text or ORDER.search(text))
