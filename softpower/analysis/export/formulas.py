"""Methods as formulas of a spreadsheet; a method that is none of these has none.

A formula stands for a method with the parameters that it knows. One with another parameter that
is not as usual, such as statistics over all periods, has no formula either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from softpower.index.tree import Indicator
from softpower.methods.aggregate import Aggregation
from softpower.methods.aggregate.means import Arithmetic, Geometric, Harmonic, Power
from softpower.methods.model import Floats, Model
from softpower.methods.normalise import Normalisation
from softpower.methods.normalise.deviations import ZScore
from softpower.methods.normalise.fixed import DistanceToTarget, GoalpostScale, NoNormalisation
from softpower.methods.normalise.places import BordaScores, Percentile, RankScale
from softpower.methods.normalise.ranges import MinMax
from softpower.methods.transform import Cap, Log, Log1p, Log10, Sqrt, Transformation


class Column(NamedTuple):
    """What the formula of a normalised figure may refer to."""

    all: str
    """The figures of all units."""
    direction: str
    """The cell that has 1 where more is better, -1 where less is."""
    first: str
    second: str
    """The two cells that have what is known of the whole column."""


class Normal(NamedTuple):
    """How a normalisation is written: what is known of a column, and what becomes of a figure."""

    labels: tuple[str, str]
    first: str
    second: str
    figure: Callable[[str], str]
    known: Callable[[Floats], tuple[float, float]]
    """The values of the two cells for figures in which gaps are NaN."""
    apart: bool = False
    """Whether figures that are all the same have no value by this formula."""


def usual(method: Model, *known: str) -> bool:
    """Say whether all parameters but the known ones are as they are by default."""
    return not unusual(method, *known)


def unusual(method: Model, *known: str) -> list[str]:
    """Return the parameters but the known ones that are not as they are by default."""
    kind = type(method)
    return [
        name
        for name, field in kind.model_fields.items()
        if name not in ("method", *known)
        and getattr(method, name)
        != (getattr(kind(), name) if field.validate_default else field.default)
    ]


def number(value: float) -> str:
    """Return a number as a formula has it."""
    return repr(float(value)).upper()


def transformed(transform: Transformation | None, x: str) -> str | None:
    """Return the formula of a transformed figure; ``None`` for a transform without one."""
    match transform:
        case None:
            return x
        case Log():
            return f"LN({x})"
        case Log10():
            return f"LOG10({x})"
        case Log1p():
            return f"LN(1+{x})"
        case Sqrt():
            return f"SQRT({x})"
        case Cap():
            return f"MIN({x},{number(transform.at)})"
    return None


def normal(method: Normalisation, column: Column, indicator: Indicator | None) -> Normal | None:
    """Return how a normalisation is written; ``None`` if it has no formula.

    ``indicator`` is what the figures are of, and ``None`` for the scores.
    """
    worst, best = _end(column, "MIN", "MAX"), _end(column, "MAX", "MIN")
    up = indicator is None or indicator.direction > 0
    match method:
        case NoNormalisation() if usual(method):
            return Normal(("", ""), "", "", lambda x: f"{column.direction}*{x}", _nothing)
        case MinMax() if usual(method, "low", "high"):
            figure = _spread(method, column)
            known = _ends if up else lambda x: _ends(x)[::-1]
            return Normal(("worst", "best"), worst, best, figure, known, apart=True)
        case GoalpostScale() if usual(method, "low", "high", "clip") and indicator is not None:
            posts = _stated(indicator, indicator.goalposts or ())
            if len(posts) < 2:
                return None
            (low, a), (high, b) = posts if up else posts[::-1]
            figure = _spread(method, column, "MAX(0,MIN(1,{}))" if method.clip else "{}")
            return Normal(("worst", "best"), low, high, figure, lambda _: (a, b))
        case DistanceToTarget() if usual(method, "low", "high", "clip") and indicator is not None:
            targets = _stated(indicator, () if indicator.target is None else (indicator.target,))
            if not targets:
                return None
            text, target = targets[0]
            figure = _spread(method, column, "MIN(1,{})" if method.clip else "{}")
            return Normal(
                ("worst", "target"),
                worst,
                text,
                figure,
                lambda x: (_ends(x)[0 if up else 1], target),
            )
        case ZScore() if usual(method, "mean", "sd", "centre", "ddof", "clip"):
            centre = "AVERAGE" if method.centre == "mean" else "MEDIAN"
            spread = "STDEV" if method.ddof else "STDEVP"
            return Normal(
                (method.centre, "standard deviation"),
                f"{centre}({column.all})",
                f"{spread}({column.all})",
                _deviation(method, column),
                lambda x: (
                    float(np.nanmean(x) if method.centre == "mean" else np.nanmedian(x)),
                    float(np.nanstd(x, ddof=method.ddof)),
                ),
                apart=True,
            )
        case RankScale() | BordaScores() | Percentile():
            return _placed(method, column)
    return None


def _nothing(x: Floats) -> tuple[float, float]:
    del x
    return 0.0, 0.0


def _ends(x: Floats) -> tuple[float, float]:
    return float(np.nanmin(x)), float(np.nanmax(x))


def _count(x: Floats) -> tuple[float, float]:
    return float(np.count_nonzero(~np.isnan(x))), 0.0


def _stated(indicator: Indicator, figures: Sequence[float]) -> list[tuple[str, float]]:
    """Return figures that are stated of an indicator after its transform: formulas and values."""
    method, found = indicator.transform, []
    for figure in figures:
        text = transformed(method, number(figure))
        if text is not None:
            value = figure if method is None else float(method(np.array([figure]))[0])
            found.append((text, value))
    return found


def _end(column: Column, more: str, less: str) -> str:
    return f"IF({column.direction}>0,{more}({column.all}),{less}({column.all}))"


def _spread(
    method: MinMax | GoalpostScale | DistanceToTarget, column: Column, clip: str = "{}"
) -> Callable[[str], str]:
    low, high = method.low or 0.0, method.high

    def figure(x: str) -> str:
        share = f"({x}-{column.first})/({column.second}-{column.first})"
        return f"{number(low)}+{number(high - low)}*{clip.format(share)}"

    return figure


def _deviation(method: ZScore, column: Column) -> Callable[[str], str]:
    mean, sd = method.mean or 0.0, 1.0 if method.sd is None else method.sd

    def figure(x: str) -> str:
        z = f"{column.direction}*({x}-{column.first})/{column.second}"
        if method.clip is not None:
            z = f"MAX({number(-method.clip)},MIN({number(method.clip)},{z}))"
        return f"{number(mean)}+{number(sd)}*{z}"

    return figure


def _placed(method: RankScale | BordaScores | Percentile, column: Column) -> Normal | None:
    """Return how places are written, counted from the worst figure."""

    def place(x: str) -> str:
        lowest = f"RANK({x},{column.all},IF({column.direction}>0,1,0))"
        if method.ties == "min":
            return lowest
        return f"({lowest}+(COUNTIF({column.all},{x})-1)/2)"

    count = f"COUNT({column.all})"
    named = ("figures", "")
    match method:
        case RankScale() if usual(method, "ties"):
            return Normal(named, count, "", place, _count)
        case BordaScores() if usual(method, "ties"):
            return Normal(named, count, "", lambda x: f"{place(x)}-1", _count)
        case Percentile() if usual(method, "low", "high", "ties"):
            low = method.low or 0.0
            span = method.high - low
            return Normal(
                named,
                count,
                "",
                lambda x: (
                    f"{number(low)}+{number(span)}*IF({column.first}>1,({place(x)}-1)/"
                    f"MAX(1,{column.first}-1),0.5)"
                ),
                _count,
            )
    return None


class Run(NamedTuple):
    """Neighbouring cells with the weights of children, and those with their values."""

    weights: str
    values: str


class Mean(NamedTuple):
    """The formula of a mean, and whether it works on whole ranges inside."""

    text: str
    array: bool


def mean(method: Aggregation, missing: str, runs: Sequence[Run]) -> Mean | None:
    """Return the formula of an aggregation under a rule for gaps; ``None`` without one."""
    there = "+".join(f"SUMPRODUCT({w},--ISNUMBER({y}))" for w, y in runs)
    whole = "+".join(f"SUM({w})" for w, _ in runs)
    match missing:
        case "renormalise":
            condition, weight = f"({there})>0", f"({there})"
        case "missing-if-any":
            gaps = "+".join(f"SUMPRODUCT(--({w}>0),1-ISNUMBER({y}))" for w, y in runs)
            condition, weight = f"AND(({there})>0,({gaps})=0)", f"({there})"
        case "zero" if isinstance(method, Arithmetic):
            condition, weight = f"({there})>0", f"({whole})"
        case _:
            return None
    match method:
        case Arithmetic() if usual(method):
            total = "+".join(f"SUMPRODUCT({w},{y})" for w, y in runs)
            return Mean(f'IF({condition},({total})/{weight},"")', array=False)
        case Geometric() if usual(method, "floor"):
            value = _powers(runs, None, method.floor, weight)
        case Harmonic() if usual(method, "floor"):
            value = _powers(runs, -1.0, method.floor, weight)
        case Power() if usual(method, "floor", "p"):
            power = None if abs(method.p) < 1e-12 else method.p
            value = _powers(runs, power, method.floor, weight)
        case _:
            return None
    return Mean(f'IF({condition},{value},"")', array=True)


def _powers(runs: Sequence[Run], power: float | None, floor: float | None, weight: str) -> str:
    """Return the formula of a power mean, the geometric one where there is no power."""

    def summed(term: str, otherwise: str = "0") -> str:
        return "+".join(
            f"SUM(IF(ISNUMBER({y}),{term.format(w=w, y=_floored(y, floor))},{otherwise}))"
            for w, y in runs
        )

    if power is None:
        inner = summed("IF({y}>0,{w}*LN(IF({y}>0,{y},1)),0)")
        value = f"EXP(({inner})/{weight})"
    else:
        inner = summed(f"IF({{y}}>0,{{w}}*IF({{y}}>0,{{y}},1)^{number(power)},0)")
        value = f"(({inner})/{weight})^{number(1 / power)}"
        if power > 0:
            return value
    zeros = summed("IF({y}=0,{w},0)")
    return f"IF(({zeros})>0,0,{value})"


def _floored(y: str, floor: float | None) -> str:
    return y if floor is None else f"IF({y}<{number(floor)},{number(floor)},{y})"
