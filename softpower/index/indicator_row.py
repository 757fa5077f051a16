"""What a row of ``indicators.csv`` may say, and how its cells are read."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from softpower.index.fields import Id, InvalidValueError, MissingValue, Prose, Target, Title, Url
from softpower.index.text import shown
from softpower.methods.model import Model
from softpower.methods.normalise import Goalposts, Normalisation
from softpower.methods.transform import Transformation
from softpower.methods.treat import Treatment

DIRECTIONS = {
    "higher": 1, "high": 1, "positive": 1, "+": 1, "1": 1, "+1": 1, "": 1,
    "lower": -1, "low": -1, "negative": -1, "-": -1, "-1": -1,
}  # fmt: skip
"""How a file may say whether more is better."""


class Denominator(Model):
    """What an indicator is divided by: a figure, perhaps in units of so many."""

    figure: str
    per: float = Field(1.0, gt=0)

    def __str__(self) -> str:
        return self.figure if self.per == 1 else f"{self.figure}/{self.per:.12g}"


def _number(text: str) -> float:
    """Return a number as programs write it; ``float`` alone would take ``1_000`` and ``１``."""
    if text.strip().strip("0123456789.+-eE"):
        raise ValueError(text)
    return float(text)


def _code(text: str) -> float | str:
    try:
        return _number(text)
    except ValueError:
        return text


def parse_denominator(text: str) -> Denominator | None:
    """Return the denominator that ``population`` or ``population/1000`` stands for.

    Raises
    ------
    ValueError
        With a sentence, if the text is not of that form.
    """
    if not text:
        return None
    figure, slash, per = text.partition("/")
    try:
        number = _number(per) if slash else 1.0
    except ValueError:
        number = -1.0
    if not figure.strip() or not 1e-15 <= number <= 1e15:
        raise InvalidValueError(
            f"{shown(text)} is not a denominator",
            "Write the id of an indicator, such as population, or population/1000 for thousands.",
        )
    return Denominator(figure=figure.strip(), per=number)


def parse_goalposts(text: str) -> Goalposts | None:
    """Return the goalposts that ``20..85`` stands for.

    Raises
    ------
    ValueError
        With a sentence, if the text is not of that form.
    """
    if not text:
        return None
    low, dots, high = text.partition("..")
    try:
        posts = Goalposts(_number(low), _number(high)) if dots else None
    except ValueError:
        posts = None
    if posts is None or not all(abs(post) <= 1e305 for post in posts):
        raise InvalidValueError(
            f"{shown(text)} is not a pair of goalposts", "Write them as in 20..85."
        )
    if posts.low >= posts.high:
        raise InvalidValueError(
            f"The goalposts {shown(text)} do not run from a lower figure to a higher one",
            "Write the lower one first; the column direction says which is better.",
        )
    return posts


class IndicatorRow(Model):
    """One row of ``indicators.csv``, but for its place in the frameworks."""

    id: Id = Field(description="Its short name in files and commands.")
    title: Title = Field("", description="Its name for people; the id if left out.")
    direction: int = Field(1, description="Whether higher or lower is better: higher, lower.")
    unit: Prose = Field("", description="The unit of its figures.")
    transform: Transformation | None = Field(
        None, description="What is done to each figure, after the denominator: log, cap:100."
    )
    treat: Treatment | None = Field(
        None,
        description="A treatment of outliers for it alone; only such a one takes the logarithm of "
        "what transform logged already.",
    )
    normalise: Normalisation | None = Field(
        None, description="A normalisation for it alone, such as goalposts."
    )
    denominator: Denominator | None = Field(
        None,
        description="What it is divided by: the id of a figure, or population/1000 for per "
        "thousand.",
    )
    goalposts: Goalposts | None = Field(
        None, description="Two figures such as 20..85, in the unit before the transform."
    )
    target: Target | None = Field(
        None, description="What is to be reached, in the unit before the transform."
    )
    formula: Prose = Field(
        "", description="What it is computed from, in place of figures: (exports + imports) / gdp."
    )
    missing_values: tuple[MissingValue, ...] = Field(
        (), description="Codes for its missing figures, such as 0; -99."
    )
    zero_fill: bool = Field(
        False,
        description="Whether a zero says only that a list does not name the unit: it is scored, "
        "but over the whole index it counts for coverage neither as a figure nor as a gap.",
    )
    source: Prose = Field("", description="Who publishes the figures.")
    year: Prose = Field("", description="Of which year they are, or years.")
    url: Url | None = Field(None, description="Where they are found.")
    licence: Prose = Field("", description="The terms under which they may be used.")
    note: Prose = Field("", description="What a reader must know of them.")

    @field_validator("direction", mode="before")
    @classmethod
    def _direction(cls, value: Any) -> Any:
        if isinstance(value, str):
            if value.casefold() not in DIRECTIONS:
                raise InvalidValueError(
                    f"{shown(value)} is not a direction", "Write higher or lower."
                )
            return DIRECTIONS[value.casefold()]
        return value

    @field_validator("missing_values", mode="before")
    @classmethod
    def _codes(cls, value: Any) -> Any:
        """Accept a cell such as ``0; -99; n/a``."""
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(";")]
        return tuple(_code(part) for part in parts if part)

    @field_validator("formula")
    @classmethod
    def _formula(cls, value: str) -> str:
        if value:
            from softpower.index.formula import parse_formula

            parse_formula(value)
        return value

    @field_validator("denominator", mode="before")
    @classmethod
    def _denominator(cls, value: Any) -> Any:
        return parse_denominator(value) if isinstance(value, str) else value

    @field_validator("goalposts", mode="before")
    @classmethod
    def _goalposts(cls, value: Any) -> Any:
        return parse_goalposts(value) if isinstance(value, str) else value
