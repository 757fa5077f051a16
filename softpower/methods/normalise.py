"""Normalisation: putting indicators of different units on one scale, high always being good."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from softpower.errors import MethodError
from softpower.methods.model import Floats, Method, Short
from softpower.methods.moments import is_constant
from softpower.methods.ties import rank


class Goalposts(NamedTuple):
    """The figures of one indicator that stand for nothing achieved and for all achieved."""

    low: float
    high: float


class ConstantIndicatorError(MethodError):
    """All figures of an indicator are the same, so that they cannot be told apart."""


class Normalisation(Method):
    """Figures of one indicator in, figures on the common scale out.

    The direction is applied here: where low figures are better, ``x`` becomes ``-x`` first (and
    goalposts change places), so that a high value is always good.
    """

    def __call__(
        self, x: Floats, *, direction: int = 1, goalposts: Goalposts | None = None
    ) -> Floats:
        """Return the normalised figures; ``direction`` is 1, or -1 where low is better."""
        del goalposts
        return self.oriented(direction * x)

    def oriented(self, x: Floats) -> Floats:
        """Return the normalised figures of an indicator of which more is better."""
        raise NotImplementedError

    def middle(self) -> float:
        """Return the value that an indicator without any differences gets, if it is kept."""
        raise NotImplementedError

    def negative(self) -> bool:
        """Say whether the parameters alone make values below zero certain."""
        return False

    def remark(self, x: Floats, *, direction: int = 1, goalposts: Goalposts | None = None) -> str:
        """Return what a reader should know of these figures under this normalisation, if any."""
        del x, direction, goalposts
        return ""


def _refuse_constant(x: Floats) -> None:
    if is_constant(x):
        count = int(np.count_nonzero(~np.isnan(x)))
        what = (
            "It has no figure."
            if count == 0
            else ("It has one figure only." if count == 1 else "All its figures are the same.")
        )
        raise ConstantIndicatorError(
            what,
            mend="Leave the indicator out, or set constant to drop or mid.",
        )


class _Ranged(Normalisation):
    """A normalisation onto a range."""

    low: float | None = Field(
        None,
        description="The lower end: 0, or a hundredth of the upper end (1 of 100) where an "
        "aggregation takes logarithms or reciprocals.",
    )
    high: float = Field(100.0, description="The upper end.")

    @model_validator(mode="after")
    def _upwards(self) -> _Ranged:
        low = self.low or 0.0
        if low >= self.high:
            raise ValueError(f"the lower end {low:g} is not below the upper end {self.high:g}")
        return self

    def settled(self, *, positive: bool) -> _Ranged:
        """Return the normalisation with its lower end filled in."""
        if self.low is not None:
            return self
        return self.model_copy(update={"low": self.high / 100 if positive else 0.0})

    def middle(self) -> float:
        """Return the midpoint of the range."""
        return ((self.low or 0.0) + self.high) / 2

    def spread(self, unit: Floats) -> Floats:
        """Return values from 0 to 1 spread over the range."""
        low = self.low or 0.0
        return low + (self.high - low) * unit


class NoNormalisation(Normalisation):
    """Figures as they are, for indicators that share one unit or were scaled by the publisher.

    Formula: ``x``, or ``-x`` where low figures are better.

    Source: OECD/JRC Handbook (2008), ch. 5; Ebert & Welsch (2004) on when this is meaningful.
    """

    method: Literal["none"] = "none"

    def oriented(self, x: Floats) -> Floats:
        """Return the figures as they are."""
        return x

    def middle(self) -> float:
        """Return zero; figures as they are need no middle, for they are never refused."""
        return 0.0


class MinMax(_Ranged):
    """The smallest figure becomes ``low``, the largest ``high``, with even steps between.

    Formula: ``low + (high - low) (x - min) / (max - min)``. A constant indicator is refused. A
    new unit can move every score.

    Source: OECD/JRC Handbook (2008), sec. 5.3; Saisana, Saltelli & Tarantola (2005), eq. 1a.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    method: Literal["minmax"] = "minmax"

    def oriented(self, x: Floats) -> Floats:
        """Return the figures on the range of the sample."""
        _refuse_constant(x)
        low, high = np.nanmin(x), np.nanmax(x)
        return self.spread((x - low) / (high - low))


class GoalpostScale(_Ranged):
    """Fixed goalposts, stated for each indicator, stand for nothing and all achieved.

    Formula: ``low + (high - low) clip((x - a) / (b - a), 0, 1)`` with the goalposts ``a..b`` of
    the indicator (stated before its transform, and transformed with it); ``clip = false`` lets
    figures beyond the goalposts count. Other units do not matter, and a constant is fine.

    Source: UNDP, Human Development Report, technical note 1; Saisana et al. (2005), Table 1.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    method: Literal["goalposts"] = "goalposts"
    clip: bool = Field(True, description="Whether figures beyond a goalpost count as being on it.")

    def __call__(
        self, x: Floats, *, direction: int = 1, goalposts: Goalposts | None = None
    ) -> Floats:
        """Return the figures on the range between the goalposts."""
        share = self._share(x, direction, goalposts)
        return self.spread(np.clip(share, 0, 1) if self.clip else share)

    def remark(self, x: Floats, *, direction: int = 1, goalposts: Goalposts | None = None) -> str:
        """Return how many figures lie beyond the goalposts."""
        share = self._share(x, direction, goalposts)
        beyond = int(np.count_nonzero((share < 0) | (share > 1)))
        if beyond == 0:
            return ""
        noun = "figure" if beyond == 1 else "figures"
        return f"{beyond} {noun} beyond the goalposts{', clipped' if self.clip else ''}"

    @staticmethod
    def _share(x: Floats, direction: int, goalposts: Goalposts | None) -> Floats:
        if goalposts is None:
            raise MethodError(
                "It has no goalposts.",
                mend="Give them in the column goalposts of indicators.csv, for example 20..85.",
            )
        worst, best = goalposts if direction > 0 else (goalposts.high, goalposts.low)
        if worst == best:
            raise MethodError("Its two goalposts are the same.", mend="Give two different ones.")
        return (x - worst) / (best - worst)


class ZScore(Normalisation):
    """Standard deviations above or below the mean (or the median).

    Formula: ``mean + sd (x - m) / s``, with ``m`` the mean or median and ``s`` the standard
    deviation (n - 1) of the figures. A constant indicator is refused. Left open, ``mean`` and
    ``sd`` are 0 and 1, or 100 and 10 where an aggregation takes logarithms or reciprocals.

    Source: OECD/JRC Handbook (2008), sec. 5.2; De Muro, Mazziotta & Pareto (2011) for 100 and
    10; Cevik & Padilha, IMF WP/24/212, for the median.
    """

    positional: ClassVar[tuple[str, ...]] = ("mean", "sd")
    method: Literal["zscore"] = "zscore"
    centre: Literal["mean", "median"] = Field("mean", description="What is subtracted.")
    mean: float | None = Field(None, description="What the centre becomes.")
    sd: float | None = Field(None, gt=0, description="What one standard deviation becomes.")
    ddof: int = Field(
        1, ge=0, le=1, description="1 for the sample's deviation, 0 for population's."
    )

    def settled(self, *, positive: bool) -> ZScore:
        """Return the normalisation with its mean and deviation filled in."""
        mean, sd = (100.0, 10.0) if positive else (0.0, 1.0)
        return self.model_copy(
            update={
                "mean": mean if self.mean is None else self.mean,
                "sd": sd if self.sd is None else self.sd,
            }
        )

    def oriented(self, x: Floats) -> Floats:
        """Return the standard scores."""
        _refuse_constant(x)
        middle = np.nanmean(x) if self.centre == "mean" else np.nanmedian(x)
        z = (x - middle) / np.nanstd(x, ddof=self.ddof)
        return self.middle() + (1.0 if self.sd is None else self.sd) * z

    def negative(self) -> bool:
        """Say yes where the centre becomes zero or less."""
        return (self.mean or 0.0) <= 0

    def middle(self) -> float:
        """Return what the centre becomes."""
        return self.mean or 0.0


class RankScale(Normalisation):
    """The place among the units, counted from the worst.

    Formula: 1 for the worst figure up to n for the best; ties share the mean of their places
    (``average``), or the lowest (``min``). Distances between figures are lost.

    Source: OECD/JRC Handbook (2008), sec. 5.1 and Table 15; fractional ranks as the Good Country
    Index uses them.
    """

    positional: ClassVar[tuple[str, ...]] = ("ties",)
    method: Literal["rank"] = "rank"
    ties: Literal["average", "min"] = Field("average", description="How equal figures share ranks.")

    def oriented(self, x: Floats) -> Floats:
        """Return the ranks, 1 being the worst."""
        return _ascending(x, self.ties)

    def middle(self) -> float:
        """Return zero; ranks are never refused."""
        return 0.0


class Percentile(_Ranged):
    """The share of the other units that do worse.

    Formula: ``exclusive``: ``(r - 1) / (n - 1)`` with the ascending rank ``r`` (a single figure
    gets a half); ``handbook``: ``r / n`` with ties at their lowest rank; ``ecdf``: the share of
    figures at or below. All are spread over ``low`` to ``high``.

    Source: OECD/JRC Handbook (2008), Table 15 (``handbook``); COINr's ``n_prank`` (``exclusive``
    with ``ties = "min"``).
    """

    positional: ClassVar[tuple[str, ...]] = ("kind",)
    method: Literal["percentile"] = "percentile"
    kind: Literal["exclusive", "handbook", "ecdf"] = Field(
        "exclusive", description="Which of the three definitions."
    )
    ties: Literal["average", "min"] = Field(
        "average", description="How equal figures share ranks, for the exclusive kind."
    )

    def oriented(self, x: Floats) -> Floats:
        """Return the percentiles."""
        n = np.count_nonzero(~np.isnan(x))
        if self.kind == "exclusive":
            places = _ascending(x, self.ties)
            share = (places - 1) / (n - 1) if n > 1 else np.where(np.isnan(x), np.nan, 0.5)
        elif self.kind == "handbook":
            share = _ascending(x, "min") / n
        else:
            share = rank(x, "modified", descending=False) / n
        return self.spread(share)


class ShareOfMax(Normalisation):
    """The figure as a share of the largest one.

    Formula: ``high x / max``; where low figures are better it is refused, or ``high min / x``
    with ``lower = "inverse"`` (figures above zero only). Refused where the maximum is not above
    zero. Meaningless for units without a true zero, such as degrees Celsius.

    Source: OECD/JRC Handbook (2008), sec. 5.4.
    """

    positional: ClassVar[tuple[str, ...]] = ("high",)
    method: Literal["share-of-max"] = "share-of-max"
    high: float = Field(100.0, gt=0, description="What the largest figure becomes.")
    lower: Literal["refuse", "inverse"] = Field(
        "refuse", description="What to do with an indicator of which less is better."
    )

    def __call__(
        self, x: Floats, *, direction: int = 1, goalposts: Goalposts | None = None
    ) -> Floats:
        """Return the shares of the maximum."""
        del goalposts
        if direction > 0:
            return self.oriented(x)
        if self.lower == "refuse":
            raise MethodError(
                "A share of the maximum has no meaning where low figures are better.",
                mend="Take minmax, or set normalise.lower to inverse.",
            )
        if not np.all(np.isnan(x) | (x > 0)):
            raise MethodError(
                "The inverse share of the maximum needs figures above zero.", mend="Take minmax."
            )
        _refuse_empty(x)
        return self.high * np.nanmin(x) / x

    def oriented(self, x: Floats) -> Floats:
        """Return the shares of the maximum."""
        _refuse_empty(x)
        largest = np.nanmax(x)
        if largest <= 0:
            raise MethodError(
                "A share of the maximum needs a maximum above zero.", mend="Take minmax."
            )
        return self.high * x / largest

    def middle(self) -> float:
        """Return the midpoint of the scale."""
        return self.high / 2


def _refuse_empty(x: Floats) -> None:
    if np.isnan(x).all():
        raise ConstantIndicatorError("It has no figure.", mend="Leave the indicator out.")


def _ascending(x: Floats, ties: str) -> Floats:
    return rank(x, "average" if ties == "average" else "competition", descending=False)


Normalise = Annotated[
    NoNormalisation | MinMax | GoalpostScale | ZScore | RankScale | Percentile | ShareOfMax,
    Field(discriminator="method"),
    Short(),
]
"""Any normalisation."""
