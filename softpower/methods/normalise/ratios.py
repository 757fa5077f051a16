"""Normalisations that divide each figure by one other figure."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from softpower.errors import MethodError
from softpower.methods.model import ABOVE_ZERO, Floats
from softpower.methods.normalise.base import Context, Need, Normalisation
from softpower.methods.normalise.references import TO, UNIT, Name, reference, unit_of


class _Quotient(Normalisation):
    """A figure divided by another one."""

    invariant = "scale"
    noun: ClassVar[str]
    lower: Literal["refuse", "inverse"] = Field(
        "refuse", description="What to do with an indicator of which less is better."
    )

    def valued(self, x: Floats, context: Context) -> Floats:
        """Return the quotients, the other way round where low figures are better."""
        if context.direction > 0:
            return self.oriented(x, context)
        if self.lower == "refuse":
            raise MethodError(
                f"{self.noun} has no meaning where low figures are better.",
                mend="Take minmax, or set normalise.lower to inverse.",
            )
        divisor = -self.compared(-x, context.turned())
        if not np.all(np.isnan(x) | (x > 0)) or divisor <= 0:
            raise MethodError(
                f"The inverse {self.noun.removeprefix('A ')} needs figures above zero.",
                mend="Take minmax.",
            )
        return self.full() * (divisor / x)

    def least(self, direction: int) -> float:
        """Return the least figure that has an inverse of its sign, where low figures are better."""
        return ABOVE_ZERO if direction < 0 else -np.inf

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the quotients of an indicator of which more is better."""
        divisor = self.compared(x, context)
        if divisor <= 0:
            raise MethodError(f"{self.noun} needs {self.words()} above zero.", mend="Take minmax.")
        return self.full() * (x / divisor)

    def compared(self, x: Floats, context: Context) -> float:
        """Return the figure that is divided by, where more is better."""
        raise NotImplementedError

    def full(self) -> float:
        """Return what that figure becomes."""
        raise NotImplementedError

    def words(self) -> str:
        """Return what that figure is called."""
        raise NotImplementedError


class ShareOfMax(_Quotient):
    """The figure as a share of the largest one, known as the distance to the leader.

    Formula: ``high x / max``; where low figures are better it is refused, or ``high min / x`` with
    ``lower = "inverse"`` (figures above zero only).

    Assumes: a unit with a true zero, which neither degrees Celsius nor logarithms have.

    Edge cases: Refused where the maximum is not above zero, and so is a constant indicator.

    Source: OECD/JRC Handbook (2008), sec. 5.4.
    """

    positional: ClassVar[tuple[str, ...]] = ("high",)
    noun = "A share of the maximum"
    method: Literal["share-of-max"] = "share-of-max"
    high: float = Field(100.0, gt=0, description="What the largest figure becomes.")

    def compared(self, x: Floats, context: Context) -> float:
        """Return the best figure."""
        return reference("leader", x, context)

    def full(self) -> float:
        """Return what the largest figure becomes."""
        return self.high

    def words(self) -> str:
        """Return what is divided by."""
        return "a maximum"

    def middle(self) -> float:
        """Return the midpoint of the scale."""
        return self.high / 2


class Ratio(_Quotient):
    """The figure as a multiple of another one: the mean, the worst, a target, one country's.

    Formula: ``base x / ref``; where low figures are better it is refused, or ``base ref / x`` with
    ``lower = "inverse"`` (figures above zero only). The ratio to the largest figure is
    ``share-of-max``.

    Assumes: a unit with a true zero, which neither degrees Celsius nor logarithms have.

    Edge cases: Refused where ``ref`` is not above zero or missing; a constant indicator is refused,
    save against a target or a unit.

    Source: OECD/JRC Handbook (2008), sec. 5.4 and Table 15.
    """

    positional: ClassVar[tuple[str, ...]] = ("to", "base")
    noun = "A ratio"
    method: Literal["ratio"] = "ratio"
    to: Name = Field("mean", description=f"{TO}mean, worst, target, {UNIT}")
    base: float = Field(100.0, gt=0, description="What the figure that is compared with becomes.")

    @field_validator("to")
    @classmethod
    def _not_the_leader(cls, to: str) -> str:
        if to == "leader":
            raise ValueError("the ratio to the leader is the method share-of-max")
        return to

    def compared(self, x: Floats, context: Context) -> float:
        """Return the figure that is compared with."""
        return reference(self.to, x, context)

    def full(self) -> float:
        """Return the base."""
        return self.base

    def words(self) -> str:
        """Return what is divided by."""
        return {"mean": "a mean", "worst": "a worst figure", "target": "a target"}.get(
            self.to, f"a figure of {self.to}"
        )

    def least(self, direction: int) -> float:
        """Return the least figure that it takes; above zero if the worst is divided by."""
        return ABOVE_ZERO if self.to == "worst" else super().least(direction)

    def middle(self) -> float:
        """Return the base."""
        return self.base

    def needs(self) -> tuple[Need, ...]:
        """Return the target, if figures are compared with it."""
        return ("target",) if self.to == "target" else ()

    def unit(self) -> str | None:
        """Return the unit that figures are compared with."""
        return unit_of(self.to)
