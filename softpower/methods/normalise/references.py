"""What figures are compared with: the leader, the mean, the worst, a target or one unit."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import AfterValidator, StringConstraints

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.normalise.base import Context, refuse_constant, refuse_empty
from softpower.methods.normalise.fixed import stated_target

WORDS = ("leader", "mean", "worst", "target")
"""What is no name of a unit."""


def _name(text: str) -> str:
    if not text.isprintable() or set(text) & set("[]<>"):
        raise ValueError("a name has no line breaks, control characters or brackets [ ] < >")
    return text


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_name),
]
"""One of the words, or a unit as a person writes it."""

TO = "What figures are compared with: "
UNIT = "or a unit, such as a country, by any of its names."


def unit_of(to: str) -> str | None:
    """Return the unit that is compared with, ``None`` for one of the words."""
    return None if to in WORDS else to


def reference(to: str, x: Floats, context: Context) -> float:
    """Return the figure that is compared with, where more is better.

    Raises
    ------
    ConstantIndicatorError
        If there are no figures, or all are the same and would be compared with themselves alone.
    """
    refuse_empty(x)
    if to in ("leader", "worst", "mean"):
        refuse_constant(x)
    if to == "leader":
        return float(np.nanmax(x))
    if to == "worst":
        return float(np.nanmin(x))
    if to == "mean":
        mean = float(np.nanmean(x))
        return mean if abs(mean) > 1e-12 * float(np.nanmax(np.abs(x))) else 0.0  # but for noise
    if to == "target":
        return stated_target(context)
    return figure_of_reference(to, x, context)


def figure_of_reference(name: str, x: Floats, context: Context) -> float:
    """Return the figure of the unit that others are compared with."""
    if context.reference is None:
        raise MethodError(
            f"There is no unit {name} to compare with here.",
            mend="Name a unit of the index.",
        )
    figure = float(x[context.reference])
    if np.isnan(figure):
        raise MethodError(
            f"{name} has no figure to compare with.",
            mend="Compare with another unit, impute, or leave the indicator out.",
        )
    return figure
