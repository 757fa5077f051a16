"""What ``index.toml`` may say: one model per table, each key with its sentence."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from softpower.index.ids import PATTERN, joined, twins
from softpower.index.methodology import Methodology, canonical
from softpower.index.text import MARKUP, invisible, shown
from softpower.methods.aggregate import Aggregation
from softpower.methods.model import Model
from softpower.methods.normalise import Goalposts, Normalisation
from softpower.methods.transform import Transformation
from softpower.methods.treat import Treatment

LARGEST_WEIGHT = 1e9


class InvalidValueError(ValueError):
    """A value that a model refuses, with how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(what, mend)

    def __str__(self) -> str:
        return f"{self.what}; {self.mend[:1].lower()}{self.mend[1:].rstrip('.')}"


def _printable(text: str) -> str:
    if found := invisible(text, allowed="\n\t"):
        raise InvalidValueError(f"{shown(text)} holds {found}", "Remove it.")
    return text


def _plain(text: str) -> str:
    _printable(text)
    if "\n" in text or "\t" in text:
        raise InvalidValueError(f"{shown(text)} holds a line break or tab", "Write it on one line.")
    if tag := MARKUP.search(text):
        raise InvalidValueError(
            f"{shown(text)} holds {shown(tag.group())}, which looks like markup",
            "Use round brackets, if any.",
        )
    return text


Id = Annotated[str, Field(pattern=PATTERN, max_length=60)]
"""A short name for files and commands: letters, digits, ``-``, ``_`` and ``.``."""

Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
"""A name for people: one line, without control characters or anything like markup."""

Prose = Annotated[str, AfterValidator(_printable)]
"""Sentences for people, without control characters."""

Url = Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_printable)]
"""A web address."""

WeightNumber = Annotated[float, Field(strict=True, ge=0)]

TableName = Literal["figures", "history", "indicators", "published", "units", "variants"]
"""The tables that a folder may have, by the name of the file without its ending."""

Target = Annotated[float, Field(strict=True, ge=-1e305, le=1e305)]
"""A figure that is to be reached, in the unit of the indicator."""


def _apart(entries: dict[str, T]) -> dict[str, T]:
    """Refuse ids that agree but for the spelling."""
    for one, other in twins(entries):
        raise InvalidValueError(
            f"{shown(one)} and {shown(other)} differ only in the case of letters",
            "Give one of them another id.",
        )
    return entries


def _whole_ids(entries: Any, model: type[Model] | None) -> Any:
    """Return a table by ids, of entries of a model if of any, with the ids in one piece.

    An entry that has a title and states none is called by its id.
    """
    fields = model.model_fields if model is not None else ()
    if not isinstance(entries, dict):
        return entries
    whole = joined(entries, fields)
    if "title" not in fields:
        return whole
    return {
        name: {"title": name, **entry} if isinstance(entry, dict) else entry
        for name, entry in whole.items()
    }


T = TypeVar("T")
ById = Annotated[dict[Id, T], AfterValidator(_apart)]
"""A table whose keys are ids of its own, no two of which agree but for the spelling."""


class FiguresEntry(Model):
    """Where the figures are."""

    source: Id | None = Field(
        None, alias="from", description="Take the figures of the index of this id."
    )
    file: str | None = Field(
        None, description="The file inside the folder; figures.csv or figures.xlsx by default."
    )

    model_config = ConfigDict(populate_by_name=True)


MissingValue = StrictInt | StrictFloat | StrictStr
"""A code for what is missing: a number however it is written, or a text whatever its case."""


class FileReading(Model):
    """How one table of the folder is to be read."""

    decimal: Literal[".", ","] | None = Field(
        None,
        description="The decimal mark of its numbers; the other one may stand between thousands. "
        "Found out from the numbers if left out, where they leave no doubt.",
    )
    sheet: Prose | None = Field(
        None,
        description="The sheet of a workbook; the first that is not hidden and holds something "
        "if left out.",
    )
    missing_values: tuple[MissingValue, ...] = Field(
        (),
        description='Codes for missing figures, such as ".." and -99; of figures and history.',
    )


class PublishedEntry(Model):
    """What is known of the publisher's own result, in published.csv."""

    units: int | None = Field(
        None, ge=1, description="How many units the publisher ranks; fewer here is a partial set."
    )
    decimals: int | None = Field(
        None, ge=0, le=12, description="Decimals that scores are printed with; full if left out."
    )
    tolerance: float | None = Field(
        None, ge=0, description="Largest difference of a score that still counts as agreement."
    )
    pillar_tolerance: float | None = Field(
        None, ge=0, description="The same for the scores of pillars; that of scores if left out."
    )
    reproduced: bool = Field(
        True, description="Whether the figures give it; false where they are known not to."
    )
    note: Prose = Field("", description="What a reader must know, such as known slips.")


class ClassesEntry(Model):
    """Classes of scores by cut points."""

    names: tuple[Title, ...] = Field(
        description="The classes, from that of the lowest scores to that of the highest."
    )
    cuts: tuple[FiniteFloat, ...] = Field(
        min_length=1, description="The lowest score of each class but the first."
    )
    source: Prose = Field("", description="Who says so.")

    @model_validator(mode="after")
    def _one_name_more(self) -> ClassesEntry:
        if any(one >= other for one, other in pairwise(self.cuts)):
            raise InvalidValueError(
                "the cuts do not rise", "Give them from the lowest to the highest."
            )
        if len(self.names) != len(self.cuts) + 1:
            raise InvalidValueError(
                f"{len(self.cuts)} cuts make {len(self.cuts) + 1} classes, and there are names of "
                f"{len(self.names)}",
                "Name each class.",
            )
        if len(set(self.names)) < len(self.names):
            raise InvalidValueError("a name stands twice", "Give each class its own.")
        return self


class PillarEntry(Model):
    """One pillar of a framework."""

    title: Title = Field("", description="The name of the pillar; its id if left out.")
    weight: WeightNumber | None = Field(
        None,
        le=LARGEST_WEIGHT,
        description="Its weight within the parent; all siblings have one, or none has.",
    )
    parent: Id | None = Field(
        None, description="The pillar above it; left out at the top. At most 20 lie so."
    )
    aggregate: Aggregation | None = Field(
        None, description="How its children add up, if not as the methodology says."
    )
    direction: Literal["higher", "lower"] | None = Field(
        None,
        description="Whether a high or a low score of it is good, if not as in what is above it: "
        "what is beneath it is turned that way, and its score is turned back when it is added up.",
    )
    summary: Prose = Field("", description="What it holds, in a sentence.")


class FrameworkEntry(Model):
    """A further arrangement of the same indicators."""

    title: Title = Field("", description="The name of the framework; its id if left out.")
    source: Prose = Field("", description="Where the arrangement comes from.")
    pillars: ById[PillarEntry] = Field(default_factory=dict, description="Its pillars.")

    @field_validator("pillars", mode="before")
    @classmethod
    def _ids_with_points(cls, entries: Any) -> Any:
        return _whole_ids(entries, PillarEntry)


class Omit(Model):
    """What is left out."""

    indicators: tuple[str, ...] = Field((), description="Ids of indicators.")
    pillars: tuple[str, ...] = Field((), description="Ids of pillars, with all beneath them.")
    countries: tuple[str, ...] = Field((), description="Countries, as a person writes them.")

    def __bool__(self) -> bool:
        return bool(self.indicators or self.pillars or self.countries)


class IndicatorPatch(Model):
    """Fields of one indicator that a variant states anew; an empty text removes one."""

    direction: Literal["higher", "lower"] | None = None
    transform: Transformation | Literal[""] | None = None
    treat: Treatment | Literal[""] | None = None
    normalise: Normalisation | Literal[""] | None = None
    denominator: str | None = None
    goalposts: str | None = None
    target: Target | Literal[""] | None = None
    zero_fill: bool | None = None


class PillarPatch(Model):
    """Fields of one pillar that a variant states anew; an empty text removes one."""

    aggregate: Aggregation | Literal[""] | None = None
    direction: Literal["higher", "lower"] | None = None


class Patch(Model):
    """Changes to a methodology, to weights and to the selection."""

    framework: str | None = Field(None, description="The framework to use.")
    methodology: dict[str, Any] = Field(
        default_factory=dict,
        description="Fields of the methodology; a dotted key changes one parameter.",
    )
    weights: dict[str, WeightNumber] = Field(
        default_factory=dict,
        description="Weights of pillars and indicators, in percent within the parent; siblings "
        "that are not named share the rest in their stated proportions.",
    )
    omit: Omit = Field(
        {}, validate_default=True, description="Indicators, pillars and countries left out."
    )
    indicators: dict[str, IndicatorPatch] = Field(
        default_factory=dict, description="Fields of indicators that are stated anew."
    )
    pillars: dict[str, PillarPatch] = Field(
        default_factory=dict, description="Fields of pillars that are stated anew."
    )

    @field_validator("weights", "indicators", "pillars", mode="before")
    @classmethod
    def _ids_with_points(cls, entries: Any, info: ValidationInfo) -> Any:
        models: dict[str, type[Model]] = {"indicators": IndicatorPatch, "pillars": PillarPatch}
        return _whole_ids(entries, models.get(str(info.field_name)))

    @field_validator("methodology")
    @classmethod
    def _one_key_for_each_setting(cls, changes: dict[str, Any]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for key, value in changes.items():
            if canonical(key) in known:
                raise InvalidValueError(
                    f"{shown(canonical(key))} is set twice", "Keep one of them."
                )
            known[canonical(key)] = value
        return known

    def __bool__(self) -> bool:
        return bool(
            self.framework
            or self.methodology
            or self.weights
            or self.omit
            or self.indicators
            or self.pillars
        )


class Variant(Patch):
    """A named patch, with the reason for it."""

    title: Title = Field("", description="The name of the variant; its id if left out.")
    reason: Prose = Field("", description="Why somebody would defend this choice, in a sentence.")
    source: Prose = Field("", description="Where the choice comes from.")


class VariantRow(Variant):
    """A variant that stands in variants.csv."""

    id: Id


class IndexFile(Model):
    """The whole of ``index.toml``."""

    model_config = ConfigDict(title="softpower index.toml")

    id: Id = Field("", description="The name of the index; that of its folder if left out.")
    title: Title = Field("", description="The name of the index for people; its id if left out.")
    publisher: Title = Field("", description="Who publishes it.")
    edition: Title = Field("", description="Which edition, such as a year.")
    summary: Prose = Field("", description="What it measures; the first sentence stands alone.")
    citation: Prose = Field("", description="How to cite it.")
    licence: Prose = Field("", description="The terms of the figures.")
    url: Url | None = Field(None, description="Where the publisher presents it.")
    units: Literal["countries", "other"] = Field(
        "countries", description="What is ranked; other units are listed in units.csv."
    )
    figures: FiguresEntry = Field({}, validate_default=True, description="Where the figures are.")
    files: dict[TableName, FileReading] = Field(
        default_factory=dict, description="How tables are to be read, where that is not clear."
    )
    published: PublishedEntry = Field(
        {}, validate_default=True, description="The publisher's own result."
    )
    classes: ClassesEntry | None = Field(
        None, description="The classes that scores are put into, on the published scale."
    )
    methodology: Methodology = Field(
        {}, validate_default=True, description="How figures become scores."
    )
    pillars: ById[PillarEntry] = Field(
        default_factory=dict, description="The pillars of the main framework."
    )
    frameworks: ById[FrameworkEntry] = Field(
        default_factory=dict, description="Further arrangements of the indicators."
    )
    variants: ById[Variant] = Field(
        default_factory=dict,
        description="Named patches, called with INDEX@NAME; those that state weights may stand in "
        "variants.csv.",
    )

    @field_validator("pillars", "frameworks", "variants", mode="before")
    @classmethod
    def _ids_with_points(cls, entries: Any, info: ValidationInfo) -> Any:
        models: dict[str, type[Model]] = {
            "pillars": PillarEntry,
            "frameworks": FrameworkEntry,
            "variants": Variant,
        }
        return _whole_ids(entries, models[str(info.field_name)])

    @field_validator("edition", mode="before")
    @classmethod
    def _edition_is_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


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
