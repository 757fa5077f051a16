"""What a patch may say of a methodology, of weights and of the selection; a variant has a name."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from softpower.index.fields import (
    Id,
    InvalidValueError,
    Prose,
    Target,
    Title,
    WeightNumber,
    whole_ids,
)
from softpower.index.methodology import canonical
from softpower.index.text import shown
from softpower.methods.aggregate import Aggregation
from softpower.methods.model import Model
from softpower.methods.normalise import Normalisation
from softpower.methods.transform import Transformation
from softpower.methods.treat import Treatment


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
        return whole_ids(entries, models.get(str(info.field_name)))

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
