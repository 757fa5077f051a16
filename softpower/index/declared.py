"""What ``index.toml`` may say: one model per table, each key with its sentence."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationInfo,
    field_validator,
    model_validator,
)

from softpower.index.fields import (
    LARGEST_WEIGHT,
    ById,
    Id,
    InvalidValueError,
    MissingValue,
    Prose,
    Title,
    Url,
    WeightNumber,
    whole_ids,
)
from softpower.index.methodology import Methodology
from softpower.index.variant import Variant
from softpower.methods.aggregate import Aggregation
from softpower.methods.model import Model

TableName = Literal["figures", "history", "indicators", "published", "units", "variants"]
"""The tables that a folder may have, by the name of the file without its ending."""


class FiguresEntry(Model):
    """Where the figures are."""

    source: Id | None = Field(
        None, alias="from", description="Take the figures of the index of this id."
    )
    file: str | None = Field(
        None, description="The file inside the folder; figures.csv or figures.xlsx by default."
    )

    model_config = ConfigDict(populate_by_name=True)


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
        return whole_ids(entries, PillarEntry)


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
        return whole_ids(entries, models[str(info.field_name)])

    @field_validator("edition", mode="before")
    @classmethod
    def _edition_is_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
