"""What every normalisation is, and what it may know of an indicator beside its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from softpower.errors import MethodError
from softpower.methods.model import Floats, Method
from softpower.methods.moments import exponents, is_constant

Need = Literal["goalposts", "target", "history"]
"""What a normalisation may need to know that not every indicator states."""


class Goalposts(NamedTuple):
    """The figures of one indicator that stand for nothing achieved and for all achieved."""

    low: float
    high: float


class Context(NamedTuple):
    """What is known of one indicator beside its figures, on the scale of its figures."""

    direction: int = 1
    """1 where more is better, -1 where less is."""
    goalposts: Goalposts | None = None
    target: float | None = None
    """The figure that is to be reached."""
    reference: int | None = None
    """The row of the unit that others are compared with."""
    history: tuple[float, ...] = ()
    """The figures of other periods, or of the one that counts, in any order, none missing."""

    def times(self, power: int) -> Context:
        """Return the same of the figures times two to some power."""
        posts, target = self.goalposts, self.target
        return self._replace(
            goalposts=None if posts is None else Goalposts(*np.ldexp(posts, power).tolist()),
            target=None if target is None else float(np.ldexp(target, power)),
            history=tuple(np.ldexp(self.history, power).tolist()) if self.history else (),
        )

    def turned(self) -> Context:
        """Return the same of the figures times the direction, of which more is better."""
        if self.direction > 0:
            return self
        posts, target = self.goalposts, self.target
        return Context(
            1,
            None if posts is None else Goalposts(-posts.high, -posts.low),
            None if target is None else -target,
            self.reference,
            tuple(-figure for figure in self.history),
        )


PLAIN = Context()
"""Nothing is known beside the figures, of which more is better."""


class ConstantIndicatorError(MethodError):
    """The figures of an indicator do not differ enough to be told apart."""


class Normalisation(Method):
    """Figures of one indicator in, figures on the common scale out.

    The direction is applied here: where low figures are better, ``x`` becomes ``-x`` first (and
    goalposts, target and history with it), so that a high value is always good.
    """

    members: ClassVar[Mapping[str, str]] = {
        "none": "fixed.NoNormalisation",
        "minmax": "ranges.MinMax",
        "log-minmax": "ranges.LogMinMax",
        "goalposts": "fixed.GoalpostScale",
        "distance-to-target": "fixed.DistanceToTarget",
        "zscore": "deviations.ZScore",
        "robust": "deviations.Robust",
        "logistic": "deviations.Logistic",
        "rank": "places.RankScale",
        "borda": "places.BordaScores",
        "percentile": "places.Percentile",
        "quantile-band": "places.QuantileBand",
        "oecd-band": "places.OecdBand",
        "share-of-max": "ratios.ShareOfMax",
        "ratio": "ratios.Ratio",
        "relative-difference": "differences.RelativeDifference",
        "distance-to-reference": "differences.DistanceToReference",
        "above-below": "differences.AboveBelow",
        "mazziotta-pareto-adjusted": "differences.AdjustedMazziottaPareto",
    }

    invariant: ClassVar[Literal["none", "scale", "interval", "order"]] = "none"
    """What may be done to figures, and to all that is stated in their unit, without a change of
    values: nothing, a factor above zero, that and a shift, or anything that keeps their order."""

    stacked: ClassVar[bool] = False
    """Whether the figures of many draws (draws x units) are taken at once, each row by itself."""

    mirrored: ClassVar[bool] = True
    """Whether values have a middle, about which those of an indicator of which less is better may
    be turned."""

    def __call__(self, x: Floats, context: Context = PLAIN) -> Floats:
        """Return the normalised figures.

        Raises
        ------
        ConstantIndicatorError
            If the figures do not differ, and the method needs them to.
        MethodError
            If the figures are refused for another reason, or something is not known.
        """
        return self.valued(*self._sized(x, context))

    def valued(self, x: Floats, context: Context) -> Floats:
        """Return the normalised figures, which are of a size of about 1 if that is no matter."""
        return self.oriented(_turned(x, context), context.turned())

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the normalised figures of an indicator of which more is better."""
        raise NotImplementedError

    def remark(self, x: Floats, context: Context = PLAIN) -> str:
        """Return what a reader should know of these figures under this normalisation, if any."""
        x, context = self._sized(x, context)
        return self.remarked(_turned(x, context), context.turned())

    def remarked(self, x: Floats, context: Context) -> str:
        """Return the remark on an indicator of which more is better."""
        del x, context
        return ""

    def _sized(self, x: Floats, context: Context) -> tuple[Floats, Context]:
        """Return figures and what is known of them in a unit in which the largest is about 1."""
        if self.invariant not in ("scale", "interval"):
            return x, context
        stated = (*(context.goalposts or ()), context.target or 0.0, *context.history)
        power = -int(exponents(np.append(x, stated)))
        return np.ldexp(x, power), context.times(power)

    def settled(self, *, positive: bool) -> Normalisation:
        """Return the normalisation with the parameters filled in that depend on the aggregation."""
        del positive
        return self

    def middle(self) -> float:
        """Return the value that an indicator without any differences gets, if it is kept."""
        raise NotImplementedError

    def negative(self) -> bool:
        """Say whether some value is certain to be below zero, whatever the figures."""
        return False

    def least(self, direction: int) -> float:
        """Return the least figure that it takes of an indicator with this direction."""
        del direction
        return -np.inf

    def needs(self) -> tuple[Need, ...]:
        """Return what it must know of an indicator that not every indicator states."""
        return ()

    def unit(self) -> str | None:
        """Return the unit that others are compared with, as a person wrote it, if there is one."""
        return None

    def period(self) -> str | None:
        """Return the period whose figures alone statistics are of, if there is one."""
        over = getattr(self, "over", None)
        return str(over) if over is not None and is_period(over) else None


def _turned(x: Floats, context: Context) -> Floats:
    return x if context.direction > 0 else -x


class Ranged(Normalisation):
    """A normalisation onto a range."""

    low: float | None = Field(
        None,
        description="The lower end: 0, or a hundredth of the upper end (1 of 100) where an "
        "aggregation takes logarithms or reciprocals.",
    )
    high: float = Field(100.0, description="The upper end.")

    @model_validator(mode="after")
    def _upwards(self) -> Ranged:
        low = self.low or 0.0
        if low >= self.high:
            raise ValueError(f"the lower end {low:g} is not below the upper end {self.high:g}")
        return self

    def settled(self, *, positive: bool) -> Ranged:
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
        values: Floats = (self.high - low) * unit
        values += low
        return values

    def below_zero(self) -> bool:
        """Say whether the lower end is."""
        return self.low is not None and self.low < 0


def _period(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value


Over = Annotated[
    str, BeforeValidator(_period, json_schema_input_type=str | int), Field(min_length=1)
]
"""Which figures a statistic is of: ``sample``, ``all-periods``, or a period."""

OVER = (
    "Which figures statistics are of: sample, those that are scored; all-periods, also those of "
    "history.csv; or a period, such as 2014: those of that period alone, in either table."
)


def is_period(over: str) -> bool:
    """Say whether statistics are of the figures of one period alone."""
    return over not in ("sample", "all-periods")


def pooled(x: Floats, context: Context, over: str) -> Floats:
    """Return the figures that a statistic is of."""
    if over == "sample":
        return x
    if is_period(over) and not context.history:
        raise MethodError(
            f"It has no figures of {over}.",
            mend="Put them into history.csv, or set over to another period.",
        )
    if is_period(over):
        return np.array(context.history)
    if not context.history:
        raise MethodError(
            "It has no figures of other periods.",
            mend="Put them into history.csv (country, indicator, year, value), or set over to "
            "sample.",
        )
    return np.concatenate([x, context.history])


def ends_of(x: Floats) -> tuple[Floats, Floats]:
    """Return the least and the largest figure of each draw (draws x 1, or 1 for figures alone).

    Raises
    ------
    ConstantIndicatorError
        If the figures are all the same, or fewer than two, in any draw.
    """
    low, high = (
        pick.reduce(x, axis=-1, keepdims=True, initial=np.nan) for pick in (np.fmin, np.fmax)
    )
    doubt = ~(high - low > 1e-9 * np.maximum(np.abs(low), np.abs(high)))
    rows = np.atleast_2d(x)
    same = next((rows[k] for k in np.flatnonzero(doubt) if is_constant(rows[k])), None)
    if same is not None:
        count = int(np.count_nonzero(~np.isnan(same)))
        what = (
            "It has no figure."
            if count == 0
            else ("It has one figure only." if count == 1 else "All its figures are the same.")
        )
        raise ConstantIndicatorError(
            what,
            mend="Leave the indicator out, or set constant to drop or mid.",
        )
    return low, high


def refuse_constant(x: Floats) -> None:
    """Refuse figures that are all the same, or fewer than two, in any draw."""
    ends_of(x)


def refuse_empty(x: Floats) -> None:
    """Refuse figures of which there is none."""
    if np.isnan(x).all():
        raise ConstantIndicatorError("It has no figure.", mend="Leave the indicator out.")


def counted(number: int) -> str:
    """Return a number of figures in words."""
    return f"{number} {'figure' if number == 1 else 'figures'}"
