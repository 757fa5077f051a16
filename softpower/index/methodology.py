"""The methodology: every choice between figures and a ranking, as one plain value."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, field_validator

from softpower.methods.aggregate import Aggregation
from softpower.methods.coverage import Coverage
from softpower.methods.impute import Imputation
from softpower.methods.missing import MissingRule
from softpower.methods.model import Method, Model
from softpower.methods.normalise import Normalisation
from softpower.methods.short_form import AMERICAN, split_outside
from softpower.methods.ties import Ties
from softpower.methods.treat import Treatment
from softpower.methods.weight import Weighting


def levels_of(value: Any) -> Any:
    """Accept one method for all levels, or ``"geometric/arithmetic"`` from the top down."""
    if isinstance(value, str):
        return split_outside(value, "/")
    return [value] if isinstance(value, dict | Method) else value


def unrepeated(value: Any) -> Any:
    """Return the methods of levels without those that are repeated at the end."""
    if not isinstance(value, tuple):
        return value
    kept = len(value)
    while kept > 1 and value[kept - 1] == value[kept - 2]:
        kept -= 1
    return value[:kept]


def _nothing(value: Any) -> Any:
    return None if value == "none" else value


def _names(value: Any) -> Any:
    """Accept ``"none"``, or ids with commas between."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")] if value != "none" else []
    return value


Aggregations = Annotated[
    tuple[Aggregation, ...],
    BeforeValidator(levels_of, json_schema_input_type=Aggregation | list[Aggregation]),
    Field(min_length=1),
]
Weightings = Annotated[
    tuple[Weighting, ...],
    BeforeValidator(levels_of, json_schema_input_type=Weighting | list[Weighting]),
    Field(min_length=1),
]
Renormalisations = Annotated[
    tuple[Normalisation, ...],
    BeforeValidator(levels_of, json_schema_input_type=Normalisation | list[Normalisation]),
    Field(min_length=1),
]
Names = Annotated[tuple[str, ...], BeforeValidator(_names, json_schema_input_type=str | list[str])]
LEVELLED = ("weight", "renormalise", "aggregate")
"""The settings that may differ from level to level of the tree."""


def levels_held(setting: str, depth: int) -> int:
    """Return how many levels a setting says something of in a tree of so many.

    Scores of pillars enter no pillar of the lowest level.
    """
    return max(depth - 1, 1) if setting == "renormalise" else depth


def canonical(key: str) -> str:
    """Return the key of a setting as files write it, whichever way it is written.

    Examples
    --------
    >>> canonical("methodology.normalize.low"), canonical("aggregate.top")
    ('normalise.low', 'aggregate.1')
    """
    parts = key.removeprefix("methodology.").split(".")
    field, *rest = (AMERICAN.get(part, part) for part in parts)
    if field in LEVELLED and rest[:1] == ["top"]:
        rest[0] = "1"
    return ".".join([field, *rest])


class Methodology(Model):
    """How figures become scores, step by step; a variant is a patch of it."""

    model_config = ConfigDict(defer_build=False)  # built once, not again inside IndexFile

    coverage: Coverage = Field(
        {}, validate_default=True, description="How many figures a country must have to be scored."
    )
    treat: Treatment = Field(
        "none",
        validate_default=True,
        description="What is done about outliers; what a transform has logged is not logged again.",
    )
    impute: Imputation = Field(
        "none", validate_default=True, description="What stands in for missing figures."
    )
    normalise: Normalisation = Field(
        "minmax", validate_default=True, description="How indicators come onto one scale."
    )
    renormalise: Renormalisations = Field(
        "none",
        validate_default=True,
        description="How the scores of pillars come onto one scale again before they are added "
        "up: one method, or a list from the top of the tree down, of which the last serves all "
        "deeper levels. Where a pillar holds another, all its children are put onto it.",
    )
    weight: Weightings = Field(
        "given",
        validate_default=True,
        description="How much each child of a pillar counts: one method, or a list from the top "
        "of the tree down, of which the last serves all deeper levels.",
    )
    missing: MissingRule = Field(
        "renormalise",
        validate_default=True,
        description="What a value that is still missing means to the pillar above it.",
    )
    aggregate: Aggregations = Field(
        "arithmetic",
        validate_default=True,
        description="How children add up: one method, or a list from the top of the tree down, "
        "of which the last serves all deeper levels.",
    )
    scale: Normalisation = Field(
        "none", validate_default=True, description="How the final score is rescaled, if it is."
    )
    round: Annotated[
        Annotated[int, Field(ge=0, le=12)] | None,
        BeforeValidator(_nothing, json_schema_input_type=int | Literal["none"]),
    ] = Field(None, description="Decimals to which scores are rounded before they are ranked.")
    direction: Literal["higher", "lower"] = Field(
        "higher",
        description="Which scores are best. Where the lowest are, figures are normalised so that "
        "low values are good, and the lowest score has rank 1.",
    )
    tiebreak: Names = Field(
        "none",
        validate_default=True,
        description="Pillars and indicators that put equal scores in order: the better value of "
        "the first goes before, then of the next; ties says how what is still equal shares ranks.",
    )
    ties: Ties = Field(
        "competition", description="How equal scores share ranks: 1224, 1334, 1223, or their mean."
    )
    constant: Literal["error", "drop", "mid"] = Field(
        "error",
        description="What is done with an indicator whose figures are all the same: refuse it, "
        "leave it out, or give everyone the middle of the scale. Where figures are compared with "
        "goalposts, a target or a unit, or put into an order, they have values all the same.",
    )

    @field_validator("scale", "renormalise")
    @classmethod
    def _scores_alone(
        cls, stated: Normalisation | tuple[Normalisation, ...]
    ) -> Normalisation | tuple[Normalisation, ...]:
        """Refuse what needs to know more of scores than the scores."""
        for method in (stated,) if isinstance(stated, Method) else stated:
            if method.needs():
                lacks = " and no ".join(method.needs())
                raise ValueError(f"{method.name()} cannot rescale scores, which have no {lacks}")
        return stated

    @property
    def sense(self) -> int:
        """1 where the highest score is best, -1 where the lowest is."""
        return 1 if self.direction == "higher" else -1

    def renormalisation_at(self, level: int) -> Normalisation:
        """Return how the children of a level of the tree come onto one scale again."""
        return self.renormalise[min(level, len(self.renormalise) - 1)]

    def weighting_at(self, level: int) -> Weighting:
        """Return the weighting of the children at a level of the tree, 0 being the index itself."""
        return self.weight[min(level, len(self.weight) - 1)]

    def aggregation_at(self, level: int) -> Aggregation:
        """Return the aggregation of a level of the tree, 0 being the index itself."""
        return self.aggregate[min(level, len(self.aggregate) - 1)]

    def settled(self, *, positive: bool) -> Methodology:
        """Return the methodology with nothing left open.

        ``positive`` says that an aggregation, here or stated by a pillar, takes logarithms or
        reciprocals; normalisations then leave zero out unless they were told otherwise.
        """
        positive = positive or any(method.needs_positive() for method in self.aggregate)
        return self.model_copy(
            update={
                "normalise": self.normalise.settled(positive=positive),
                "renormalise": tuple(m.settled(positive=positive) for m in self.renormalise),
                "scale": self.scale.settled(positive=False),
            }
        )
