"""A method is written in short as its name, with its parameters behind colons."""

import pytest
from pydantic import TypeAdapter, ValidationError

from softpower.methods.aggregate import Aggregation, Geometric, Power, WeightedMedian
from softpower.methods.impute import GroupMean, Imputation, MeanImputation
from softpower.methods.normalise import (
    AdjustedMazziottaPareto,
    DistanceToReference,
    GoalpostScale,
    MinMax,
    NoNormalisation,
    Normalisation,
    Percentile,
    QuantileBand,
    RankScale,
    Ratio,
    RelativeDifference,
    Robust,
    ShareOfMax,
    ZScore,
)
from softpower.methods.transform import Cap, Log, Transformation
from softpower.methods.treat import LogTreatment, Treatment, Winsorise
from softpower.methods.weight import EqualPerPillar, Weighting


@pytest.mark.parametrize(
    ("step", "text", "method"),
    [
        (Normalisation, "minmax", MinMax()),
        (Normalisation, " minmax:1:100 ", MinMax(low=1, high=100)),
        (Normalisation, "minmax:high=1", MinMax(high=1)),
        (Normalisation, "goalposts:0:1:clip=false", GoalpostScale(low=0, high=1, clip=False)),
        (Normalisation, "zscore:100:10", ZScore(mean=100, sd=10)),
        (Normalisation, "zscore:center=median:ddof=0", ZScore(centre="median", ddof=0)),
        (Normalisation, "rank:min", RankScale(ties="min")),
        (Normalisation, "percentile:ties=min:ecdf", Percentile(kind="ecdf", ties="min")),
        (Normalisation, "share-of-max:1:lower=inverse", ShareOfMax(high=1, lower="inverse")),
        (Normalisation, "ratio:worst:1", Ratio(to="worst", base=1)),
        (
            Normalisation,
            "relative-difference:Cote d'Ivoire",
            RelativeDifference(to="Cote d'Ivoire"),
        ),
        (
            Normalisation,
            "distance-to-reference:DEU:0:1",
            DistanceToReference(to="DEU", low=0, high=1),
        ),
        (
            Normalisation,
            "mazziotta-pareto-adjusted:over=all-periods",
            AdjustedMazziottaPareto(over="all-periods"),
        ),
        (Normalisation, "quantile-band:4", QuantileBand(bands=4)),
        (Normalisation, "robust:100:10:spread=iqr", Robust(median=100, deviation=10, spread="iqr")),
        (Normalisation, "none", NoNormalisation()),
        (Aggregation, "power:-0.5", Power(p=-0.5)),
        (Aggregation, "geometric:floor=0.1", Geometric(floor=0.1)),
        (Aggregation, "median:lower", WeightedMedian(kind="lower")),
        (Imputation, "mean:raw", MeanImputation(stage="raw")),
        (
            Imputation,
            "group-mean:income:stage=normalised",
            GroupMean(by="income", stage="normalised"),
        ),
        (Treatment, "winsorize:3:otherwise=keep", Winsorise(points=3, otherwise="keep")),
        (Treatment, "log:all", LogTreatment(only="all")),
        (Transformation, "cap:100", Cap(at=100)),
        (Transformation, "log", Log()),
        (Weighting, "equal-per-pillar", EqualPerPillar()),
    ],
)
def test_the_short_form_stands_for_the_method(step, text, method):
    assert TypeAdapter(step).validate_python(text) == method
    assert TypeAdapter(step).validate_python(method.model_dump()) == method


@pytest.mark.parametrize(
    ("step", "text", "complaint"),
    [
        (Normalisation, "min-max", "min-max"),
        (Normalisation, "minmax:0:100:7", "Extra inputs are not permitted"),
        (Normalisation, "minmax:lower=1", "Extra inputs are not permitted"),
        (Normalisation, "minmax:one", "should be a valid number"),
        (Normalisation, "minmax:nan", "should be a finite number"),
        (Normalisation, "zscore:sd=0", "greater than 0"),
        (Aggregation, "power", "Field required"),
        (Aggregation, "power:inf", "should be a finite number"),
        (Aggregation, "geometric:floor=0", "greater than 0"),
        (Treatment, "winsorise:0", "greater than or equal to 1"),
        (Imputation, "mean:late", "Input should be 'raw'"),
    ],
)
def test_what_makes_no_sense_is_refused(step, text, complaint):
    with pytest.raises(ValidationError, match=complaint):
        TypeAdapter(step).validate_python(text)


def test_a_method_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        MinMax().high = 1


def test_the_schema_offers_names_and_objects():
    schema = TypeAdapter(Transformation).json_schema()
    text = schema["anyOf"][0]
    assert text["examples"] == ["log", "log10", "log1p", "sqrt", "cap"]
    assert text["pattern"] == "^(log|log10|log1p|sqrt|cap)(:.*)?$"
