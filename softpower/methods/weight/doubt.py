"""Benefit of the doubt: every unit is judged by the weights that suit it best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask
from softpower.methods.weight.base import Siblings, Weighting
from softpower.methods.weight.frontier import Frontier


class BenefitOfTheDoubt(Weighting):
    """Each unit is given the weights that are best for it, as long as nobody exceeds the best.

    Formula: ``s_c = max_w sum_j w_j y_cj`` where ``sum_j w_j y_ij <= best`` for every unit ``i``
    and ``w_j >= 0``, so that the weights need not sum to 1. With ``of = "weights"`` the bounds are
    ``lower <= w_j / sum w <= upper``, with ``of = "points"`` they are ``lower <= w_j y_cj / sum_i
    w_i y_ci <= upper``. Where several weights do as well, those count whose parts of their sum
    differ least, in squares, from equal ones. The unit that a child is measured in matters to
    bounds of weights and to which weights are most even, to no score otherwise.

    Assumes: values of zero for nothing, and a weighted sum at every level.

    Edge cases: A unit with gaps is compared with those that have what it has, under bounds widened
    by ``k`` over the number of its values; a gap weighs ``1 / k``. Negative values and bounds that
    no weights can meet are refused, and so is a unit too many of whose values are zero for bounds
    of points; one all of whose values are zero scores zero.

    Source: Melyn & Moesen (1991); Cherchye, Moesen, Rogge & Van Puyenbroeck (2007), Social
    Indicators Research 82:111-145; OECD/JRC Handbook (2008), ch. 6, eq. 19 to 22, with footnote
    29 on ``lower`` and ``upper``.
    """

    derived: ClassVar[bool] = True
    individual: ClassVar[bool] = True
    costly: ClassVar[bool] = True
    sums_only: ClassVar[bool] = True
    positional: ClassVar[tuple[str, ...]] = ("lower", "upper")
    method: Literal["benefit-of-the-doubt"] = "benefit-of-the-doubt"
    lower: float = Field(0.0, ge=0, le=1, description="The least part that a child may have.")
    upper: float = Field(1.0, gt=0, le=1, description="The largest part that a child may have.")
    of: Literal["weights", "points"] = Field(
        "weights", description="What these are parts of: the sum of weights, or the score."
    )
    best: float = Field(100.0, gt=0, description="The score of the best under their own weights.")

    @model_validator(mode="after")
    def _in_order(self) -> BenefitOfTheDoubt:
        if self.lower > self.upper:
            raise ValueError(f"lower {self.lower:g} is above upper {self.upper:g}")
        return self

    def fits(self, families: Sequence[tuple[str, ...]]) -> None:
        """Refuse bounds that the children of some pillar cannot meet."""
        for ids in families:
            k = len(ids)
            if k > 1 and k * self.lower > 1 + 1e-12:
                raise MethodError(
                    f"{k} siblings ({ids[0]} ...) cannot each have {self.lower:g} or more of 1.",
                    mend=f"Set weight.lower to at most {_rounded(1 / k, down=True):g}.",
                )
            if k > 1 and k * self.upper < 1 - 1e-12:
                raise MethodError(
                    f"{k} siblings ({ids[0]} ...) cannot sum to 1 with {self.upper:g} or less.",
                    mend=f"Set weight.upper to at least {_rounded(1 / k, down=False):g}.",
                )

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the weights that suit each unit best (units x k)."""
        self.fits([siblings.ids])
        if (values < 0).any():
            child = siblings.ids[int(np.argmax((values < 0).any(axis=0)))]
            raise MethodError(
                f"{child} has negative values, for which no frontier is defined.",
                mend="Normalise from zero (minmax).",
            )
        there = ~np.isnan(values)
        weights = np.full(values.shape, 1.0 / values.shape[1])
        patterns, which = np.unique(there, axis=0, return_inverse=True)
        for p, has in enumerate(patterns):
            some = np.flatnonzero(which.ravel() == p)
            if not has.any():
                continue
            peers = values[there[:, has].all(axis=1)][:, has]
            frontier = self._frontier(siblings, peers, has)
            for c in some:
                self._can_meet(siblings, values[c], frontier.upper)
            own = frontier.weights(values[np.ix_(some, has)])
            weights[some] = own.sum(axis=1, keepdims=True) / has.size
            weights[np.ix_(some, has)] = own * (np.count_nonzero(has) / has.size)
        return weights

    def _frontier(self, siblings: Siblings, peers: Floats, has: Mask) -> Frontier:
        k, have = len(siblings.ids), peers.shape[1]
        lower = self.lower * k / have if have > 1 else 0.0
        upper = min(self.upper * k / have, 1.0) if have > 1 else 1.0
        points = self.of == "points"
        if points and lower > 0 and (peers == 0).any():
            zeros = np.count_nonzero(peers == 0, axis=0)
            child = [name for name, there in zip(siblings.ids, has, strict=True) if there][
                int(np.argmax(zeros > 0))
            ]
            units = "1 unit" if zeros[zeros > 0][0] == 1 else f"{zeros[zeros > 0][0]} units"
            raise MethodError(
                f"{child} is zero for {units}, of which no weight makes {self.lower:g} of the "
                "score.",
                mend="Normalise from above zero (minmax:1), set weight.lower to 0, or set "
                "weight.of to weights.",
            )
        return Frontier(peers, lower, upper, points=points, best=self.best)

    def _can_meet(self, siblings: Siblings, y: Floats, upper: float) -> None:
        """Refuse a unit with too few values above zero for any to have as little as the bound."""
        above = [name for name, value in zip(siblings.ids, y, strict=True) if value > 0]
        if self.of != "points" or not 0 < len(above) * upper < 1 - 1e-12:
            return
        raise MethodError(
            f"A unit has nothing but zeros beside {', '.join(above)}, which no weights give "
            f"{upper:g} or less of the score{' each' if len(above) > 1 else ''}.",
            mend="Normalise from above zero (minmax:1), raise weight.upper, or set weight.of to "
            "weights.",
        )

    def remark(self, siblings: Siblings, values: Floats, weights: Floats) -> str:
        """Say how many units are best under weights of their own."""
        del siblings
        some = ~np.isnan(values).all(axis=1)
        y, w = values[some], weights[some]
        there = ~np.isnan(y)
        kept = (w * there).sum(axis=1) / w.sum(axis=1)
        scores = (w * np.where(there, y, 0.0)).sum(axis=1) / kept
        top = int(np.count_nonzero(scores >= self.best * (1 - 1e-9)))
        reach = "reaches" if top == 1 else "reach"
        return f"{top} of {scores.size} units {reach} {self.best:g} under weights of their own"


def _rounded(value: float, *, down: bool) -> float:
    """Return a bound that can be typed, on the safe side."""
    return (np.floor if down else np.ceil)(value * 1000) / 1000
