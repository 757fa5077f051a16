"""Normalisations onto a scale that is stated and not taken from the figures alone."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.normalise.base import (
    Context,
    Need,
    Normalisation,
    Ranged,
    counted,
    refuse_empty,
)


class NoNormalisation(Normalisation):
    """Figures as they are, for indicators that share one unit or were scaled by the publisher.

    Formula: ``x``, or ``-x`` where low figures are better.

    Assumes: one unit for all indicators, or figures that were scaled before.

    Edge cases: Any figures are taken, and a constant is fine.

    Source: OECD/JRC Handbook (2008), ch. 5; Ebert & Welsch (2004) on when this is meaningful.
    """

    mirrored = False
    method: Literal["none"] = "none"

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the figures as they are."""
        del context
        return x

    def middle(self) -> float:
        """Return zero; figures as they are need no middle, for they are never refused."""
        return 0.0


class GoalpostScale(Ranged):
    """Fixed goalposts, stated for each indicator, stand for nothing and all achieved.

    Formula: ``low + (high - low) clip((x - a) / (b - a), 0, 1)`` with the goalposts ``a..b`` of the
    indicator (stated before its transform, and transformed with it); ``clip = false`` lets figures
    beyond the goalposts count.

    Assumes: that equal steps count equally, and goalposts that mean the same for every unit.

    Edge cases: Other units do not matter, and a constant is fine.

    Source: UNDP, Human Development Report, technical note 1; Saisana et al. (2005), Table 1.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    invariant = "interval"
    stacked = True
    method: Literal["goalposts"] = "goalposts"
    clip: bool = Field(True, description="Whether figures beyond a goalpost count as being on it.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the figures on the range between the goalposts."""
        share = self._share(x, context)
        return self.spread(np.clip(share, 0, 1) if self.clip else share)

    def remarked(self, x: Floats, context: Context) -> str:
        """Return how many figures lie beyond the goalposts."""
        share = self._share(x, context)
        beyond = int(np.count_nonzero((share < 0) | (share > 1)))
        clipped = ", clipped" if self.clip else ""
        return f"{counted(beyond)} beyond the goalposts{clipped}" if beyond else ""

    def needs(self) -> tuple[Need, ...]:
        """Return the goalposts."""
        return ("goalposts",)

    @staticmethod
    def _share(x: Floats, context: Context) -> Floats:
        if context.goalposts is None:
            raise MethodError(
                "It has no goalposts.",
                mend="Give them in the column goalposts of indicators.csv, for example 20..85.",
            )
        worst, best = context.goalposts
        if worst == best:
            raise MethodError("Its two goalposts are the same.", mend="Give two different ones.")
        return (x - worst) / (best - worst)


class DistanceToTarget(Ranged):
    """The way from the worst figure to a target that is stated for each indicator.

    Formula: ``low + (high - low) min((x - min) / (T - min), 1)`` with the target ``T`` of the
    indicator (stated before its transform, and transformed with it); ``clip = false`` lets what
    goes beyond the target count.

    Assumes: that equal steps count equally on the way to a target that is worth reaching.

    Edge cases: Refused where even the worst figure has reached the target. A constant short of it
    is at the lower end.

    Source: OECD/JRC Handbook (2008), sec. 5.4; COINr's ``n_dist2targ``, Becker et al. (2022), J.
    Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    invariant = "interval"
    method: Literal["distance-to-target"] = "distance-to-target"
    clip: bool = Field(True, description="Whether figures beyond the target count as being on it.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the shares of the way to the target, on the range."""
        share = self._share(x, context)
        return self.spread(np.minimum(share, 1) if self.clip else share)

    def remarked(self, x: Floats, context: Context) -> str:
        """Return how many figures lie beyond the target."""
        beyond = int(np.count_nonzero(self._share(x, context) > 1))
        clipped = ", clipped" if self.clip else ""
        return f"{counted(beyond)} beyond the target{clipped}" if beyond else ""

    def negative(self) -> bool:
        """Say yes where the worst figure becomes something below zero."""
        return self.below_zero()

    def needs(self) -> tuple[Need, ...]:
        """Return the target."""
        return ("target",)

    @staticmethod
    def _share(x: Floats, context: Context) -> Floats:
        target = stated_target(context)
        refuse_empty(x)
        worst = np.nanmin(x)
        if target <= worst:
            raise MethodError(
                "Even its worst figure has reached the target.",
                mend="State a target that is still to be reached, or leave the indicator out.",
            )
        return (x - worst) / (target - worst)


def stated_target(context: Context) -> float:
    """Return the target of an indicator, and refuse one without."""
    if context.target is None:
        raise MethodError(
            "It has no target.",
            mend="Give it in the column target of indicators.csv, for example 75.",
        )
    return context.target
