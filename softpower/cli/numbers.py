"""Numbers as a person types them."""

from __future__ import annotations

import math
from typing import Any

import click


class Percent(click.FloatRange):
    """A share between 0 and 100 percent, neither of them."""

    def __init__(self) -> None:
        super().__init__(0, 100, min_open=True, max_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that a text stands for."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):  # neither below a limit nor above one
            self.fail(f"{value!r} is not a number, such as 95.", param, ctx)
        return number


class Points(click.types.FloatParamType):
    """Percentage points, with or without a percent sign behind them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that a text stands for."""
        try:
            return float(str(value).strip().removesuffix("%"))
        except ValueError:
            self.fail(f"{value!r} is not a number, such as 10.", param, ctx)


class Count(click.IntRange):
    """A whole number within bounds, which may be written as ``100_000`` or ``1e5``."""

    def __init__(self, least: int = 1, most: int | None = None) -> None:
        super().__init__(least, most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that a text stands for."""
        bare = str(value).replace(",", "")
        if bare != str(value) and bare.isdecimal():
            self.fail(f"{value!r} has a comma in it; write {bare}.", param, ctx)
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not number.is_integer():
            self.fail(
                f"{value!r} is not a whole number, such as {max(20, self.min or 0)}.", param, ctx
            )
        if self.min is not None and number < self.min:
            self.fail(f"{value} is too small; the least is {self.min:,}.", param, ctx)
        if self.max is not None and number > self.max:
            self.fail(f"{value} is too large; the most is {self.max:,}.", param, ctx)
        return int(number)
