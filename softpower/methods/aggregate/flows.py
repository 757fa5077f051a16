"""PROMETHEE: how far a unit is preferred to others, less how far they are preferred to it."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from softpower.methods.aggregate.base import Children
from softpower.methods.aggregate.pairs import (
    Pairwise,
    added_up,
    ahead,
    net_ahead,
    net_beyond,
    over_others,
)
from softpower.methods.model import Floats

THRESHOLDS = {
    "usual": (),
    "u-shape": ("q",),
    "v-shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
"""What each preference function needs to know."""


class Promethee(Pairwise):
    """How far a unit is preferred to the others on average, less how far they are to it.

    Formula: PROMETHEE II, the net flow ``(sum_b pi_ab - sum_b pi_ba) / (n - 1)`` with ``pi_ab =
    sum_j w_j P(y_aj - y_bj)``. ``P(d)`` is 0 for ``d <= 0`` and above: ``usual`` 1; ``u-shape`` 1
    beyond ``q``; ``v-shape`` ``d / p`` up to 1; ``level`` one half beyond ``q``, 1 beyond ``p``;
    ``linear`` ``(d - q) / (p - q)`` within 0 to 1; ``gaussian`` ``1 - exp(-d^2 / (2 s^2))``.
    Thresholds are in the units of the values, as normalised.

    Assumes: that thresholds say which differences matter.

    Edge cases: A single unit gets 0. With ``gaps = "pairs"`` the weights of each pair are divided
    by their sum over what both have. Values of other units matter, and leaving one out can reverse
    the order of two others.

    Source: Brans, Vincke & Mareschal (1986), European J. of Operational Research 24:228-238.
    """

    positional: ClassVar[tuple[str, ...]] = ("function", "q", "p", "s")
    method: Literal["promethee"] = "promethee"
    function: Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"] = Field(
        "usual", description="How a difference becomes a preference."
    )
    q: float | None = Field(None, ge=0, description="The largest difference that is indifferent.")
    p: float | None = Field(
        None, gt=0, description="The smallest difference that is preferred in full."
    )
    s: float | None = Field(None, gt=0, description="The spread of the gaussian function.")

    @model_validator(mode="after")
    def _thresholds(self) -> Promethee:
        needed = THRESHOLDS[self.function]
        for name in ("q", "p", "s"):
            given = getattr(self, name) is not None
            if given is not (name in needed):
                verb = "takes no" if given else "needs"
                raise ValueError(f"the preference function {self.function} {verb} {name}")
        if self.q is not None and self.p is not None and self.q >= self.p:
            raise ValueError(f"the threshold q = {self.q:g} is not below p = {self.p:g}")
        return self

    def negative(self, *, beneath: bool) -> bool:
        """Say yes, for the flows of all units sum to zero."""
        del beneath
        return True

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the net flow of each unit, from -1 to 1; 0 where all but noise cancels out."""
        if np.ptp(w, axis=0).any():
            largest = float(np.abs(y).max(initial=0.0))
            flows = self.net(y, w, lambda d: self.preference(d, largest))
            return self._mean(np.concatenate([part.sum(axis=1) for part in flows]))
        counted = w[0] > 0
        return self._mean(w[0, counted] @ self._alone(self.told(y, w)[:, counted].T))

    def of_draws(self, children: Children) -> Floats:
        """Return the net flows of many draws: without gaps, each child brings its own."""
        if children.whole:
            alone = self._by_ramps if self.function in ("v-shape", "linear") else self._alone
            return self._mean(added_up(children, alone))
        return self._mean(over_others(children, self._net))

    def _alone(self, values: Floats) -> Floats:
        """Return the net preference for units over all others by one child (rows x units)."""
        q, p = self.q or 0.0, self.p or 0.0
        if self.function in ("usual", "u-shape"):
            return net_ahead(values, q)
        if self.function == "level":
            return (net_ahead(values, q) + net_ahead(values, p)) / 2
        out = np.empty(values.shape)
        for row, own in zip(out, values, strict=True):
            row[:] = self._net(np.subtract.outer(own, own), np.abs(own).max()).sum(axis=1)
        return out

    def _by_ramps(self, values: Floats) -> Floats:
        """Return the same for a preference that rises in a straight line, from sums in order.

        It is the difference between a ramp from ``q`` on and one from ``p`` on.
        """
        q, p = self.q or 0.0, self.p or 0.0
        return (net_beyond(values, q) - net_beyond(values, p)) / (p - q)

    def _net(self, apart: Floats, largest: Floats | float) -> Floats:
        """Return the preference that differences give, less that which they give the other way."""
        preferred = self.preference(np.abs(apart), largest)
        return np.copysign(np.fmax(preferred, 0.0), apart)  # nothing where a value is missing

    @staticmethod
    def _mean(net: Floats) -> Floats:
        """Return means over the other units, in which noise is nothing."""
        return np.round(net / max(net.shape[-1] - 1, 1), 13) + 0.0

    def remark(self, y: Floats, w: Floats) -> str:
        """Return that the thresholds leave no differences, if so."""
        if not np.ptp(y[:, w.any(axis=0)], axis=0).any() or self(y, w).any():
            return ""
        return "all flows are zero: are the thresholds in the units of the values?"

    def preference(self, d: Floats, largest: Floats | float = 0.0) -> Floats:
        """Return the preference, from 0 to 1, that differences between values give.

        ``largest`` is the size of the values, by which a difference that is a threshold but for
        rounding is known.
        """
        q, p, s = self.q or 0.0, self.p or 0.0, self.s or 1.0
        if self.function in ("usual", "u-shape"):
            return ahead(q, largest)(d)
        if self.function == "level":
            return (ahead(q, largest)(d) + ahead(p, largest)(d)) / 2
        if self.function == "gaussian":
            return -np.expm1(-0.5 * (np.maximum(d, 0.0) / s) ** 2)
        return np.clip((d - q) / (p - q), 0.0, 1.0)
