"""Transforms of one indicator, chosen indicator by indicator, before anything is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import ABOVE_ZERO, Floats, Mask, Method


class Transformation(Method):
    """Figures of one indicator in, the same figures on another scale out."""

    members: ClassVar[Mapping[str, str]] = {
        "log": "transform.Log",
        "log10": "transform.Log10",
        "log1p": "transform.Log1p",
        "sqrt": "transform.Sqrt",
        "cap": "transform.Cap",
    }

    least: ClassVar[float] = -np.inf
    """No figure that is below this has a value."""

    def __call__(self, x: Floats) -> Floats:
        """Return the transformed figures, missing where missing."""
        raise NotImplementedError


def _refuse_unless(condition: Mask, what: str) -> None:
    if not condition.all():
        count = int(np.count_nonzero(~condition))
        raise MethodError(
            f"{count} of its figures {'is' if count == 1 else 'are'} not {what}.",
            mend="Take another transform (log1p allows zero) or leave it empty.",
        )


class Log(Transformation):
    """The natural logarithm.

    Formula: ``ln x``.

    Assumes: that ratios matter rather than differences: from 1 to 2 is as far as from 10 to 20.

    Edge cases: A figure that is zero or negative is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.1.
    """

    least: ClassVar[float] = ABOVE_ZERO
    method: Literal["log"] = "log"

    def __call__(self, x: Floats) -> Floats:
        """Return ``ln x``."""
        _refuse_unless(np.isnan(x) | (x > 0), "above zero")
        return np.log(x)


class Log10(Transformation):
    """The decimal logarithm; after any interval normalisation the same as ``log``.

    Formula: ``log10 x``.

    Assumes: that ratios matter rather than differences: from 1 to 2 is as far as from 10 to 20.

    Edge cases: A figure that is zero or negative is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.1.
    """

    least: ClassVar[float] = ABOVE_ZERO
    method: Literal["log10"] = "log10"

    def __call__(self, x: Floats) -> Floats:
        """Return ``log10 x``."""
        _refuse_unless(np.isnan(x) | (x > 0), "above zero")
        return np.log10(x)


class Log1p(Transformation):
    """The natural logarithm of one more, for counts that may be zero.

    Formula: ``ln(1 + x)``.

    Assumes: counts, of which one more means the same everywhere: it depends on the unit.

    Edge cases: A negative figure is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.1.
    """

    least: ClassVar[float] = 0.0
    method: Literal["log1p"] = "log1p"

    def __call__(self, x: Floats) -> Floats:
        """Return ``ln(1 + x)``."""
        _refuse_unless(np.isnan(x) | (x >= 0), "zero or above")
        return np.log1p(x)


class Sqrt(Transformation):
    """The square root, a milder pull on large figures than a logarithm.

    Formula: ``sqrt x``.

    Assumes: a unit with a true zero, such as counts.

    Edge cases: A negative figure is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.1.
    """

    least: ClassVar[float] = 0.0
    method: Literal["sqrt"] = "sqrt"

    def __call__(self, x: Floats) -> Floats:
        """Return ``sqrt x``."""
        _refuse_unless(np.isnan(x) | (x >= 0), "zero or above")
        return np.sqrt(x)


class Cap(Transformation):
    """A ceiling, for shares that lose their meaning above it (``cap:100``).

    Formula: ``min(x, at)``.

    Assumes: that what goes beyond the ceiling achieves nothing more.

    Edge cases: Figures at the ceiling and beyond come out alike.

    Source: common practice for gross ratios; stated by each index that uses it.
    """

    positional: ClassVar[tuple[str, ...]] = ("at",)
    method: Literal["cap"] = "cap"
    at: float = Field(description="The ceiling, in the unit of the indicator.", examples=[100])

    def __call__(self, x: Floats) -> Floats:
        """Return ``min(x, at)``."""
        return np.where(np.isnan(x), np.nan, np.minimum(x, self.at))
