"""Values that a score is not computed with, and the indicator that a method refuses."""

from __future__ import annotations

import numpy as np

from softpower.errors import Location, MethodError
from softpower.index.tree import Indicator
from softpower.methods.model import Floats, Mask


def refuse_overflow(values: Floats, there: Mask, about: str) -> None:
    """Refuse values that have left the range of numbers."""
    if not np.isfinite(values[there]).all():
        raise MethodError(
            "Its values are too large to compute with.",
            location=Location(key=about),
            mend="Take smaller parameters.",
        )


def refuse_lost(quotients: Floats, figures: Floats, by: Floats, indicator: Indicator) -> None:
    """Refuse quotients that are no numbers any more, or have lost digits."""
    for numbers in (quotients[figures != 0], by):
        sizes = np.abs(numbers[~np.isnan(numbers)])
        if not ((sizes >= np.finfo(float).tiny) & np.isfinite(sizes)).all():
            raise MethodError(
                f"Its figures divided by {indicator.denominator} are too large or too small to "
                "compute with.",
                location=Location(key=f"indicator {indicator.id}"),
                mend="Take another unit for one of them.",
            )


class at:  # noqa: N801  reads as a preposition
    """Gives an error of a method the indicator that it is about."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, MethodError) and not str(error.location):
            location = Location(key=f"indicator {self.indicator.id}")
            raise type(error)(error.what, location=location, mend=error.mend) from error
