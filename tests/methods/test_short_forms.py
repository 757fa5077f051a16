"""A method is written in short as its name, with its parameters behind colons."""

import pytest
from pydantic import TypeAdapter, ValidationError

from softpower.methods.aggregate import Aggregate, Geometric, Median, Power
from softpower.methods.impute import GroupMean, Impute, Mean
from softpower.methods.normalise import (
    AdjustedMazziottaPareto,
    DistanceToReference,
    GoalpostScale,
    MinMax,
    NoNormalisation,
    Normalise,
    Percentile,
    QuantileBand,
    RankScale,
    Ratio,
    RelativeDifference,
    Robust,
    ShareOfMax,
    ZScore,
)
from softpower.methods.transform import Cap, Log, Transform
from softpower.methods.treat import LogTreatment, Treat, Winsorise
from softpower.methods.weight import EqualPerPillar, Weight


@pytest.mark.parametrize(
    ("step", "text", "method"),
    [
        (Normalise, "minmax", MinMax()),
        (Normalise, " minmax:1:100 ", MinMax(low=1, high=100)),
        (Normalise, "minmax:high=1", MinMax(high=1)),
        (Normalise, "goalposts:0:1:clip=false", GoalpostScale(low=0, high=1, clip=False)),
        (Normalise, "zscore:100:10", ZScore(mean=100, sd=10)),
        (Normalise, "zscore:center=median:ddof=0", ZScore(centre="median", ddof=0)),
        (Normalise, "rank:min", RankScale(ties="min")),
        (Normalise, "percentile:ties=min:ecdf", Percentile(kind="ecdf", ties="min")),
        (Normalise, "share-of-max:1:lower=inverse", ShareOfMax(high=1, lower="inverse")),
        (Normalise, "ratio:worst:1", Ratio(to="worst", base=1)),
        (Normalise, "relative-difference:Cote d'Ivoire", RelativeDifference(to="Cote d'Ivoire")),
        (Normalise, "distance-to-reference:DEU:0:1", DistanceToReference(to="DEU", low=0, high=1)),
        (
            Normalise,
            "mazziotta-pareto-adjusted:over=all-periods",
            AdjustedMazziottaPareto(over="all-periods"),
        ),
        (Normalise, "quantile-band:4", QuantileBand(bands=4)),
        (Normalise, "robust:100:10:spread=iqr", Robust(median=100, deviation=10, spread="iqr")),
        (Normalise, "none", NoNormalisation()),
        (Aggregate, "power:-0.5", Power(p=-0.5)),
        (Aggregate, "geometric:floor=0.1", Geometric(floor=0.1)),
        (Aggregate, "median:lower", Median(kind="lower")),
        (Impute, "mean:raw", Mean(stage="raw")),
        (Impute, "group-mean:income:stage=normalised", GroupMean(by="income", stage="normalised")),
        (Treat, "winsorize:3:otherwise=keep", Winsorise(points=3, otherwise="keep")),
        (Treat, "log:all", LogTreatment(only="all")),
        (Transform, "cap:100", Cap(at=100)),
        (Transform, "log", Log()),
        (Weight, "equal-per-pillar", EqualPerPillar()),
    ],
)
def test_the_short_form_stands_for_the_method(step, text, method):
    assert TypeAdapter(step).validate_python(text) == method
    assert TypeAdapter(step).validate_python(method.model_dump()) == method


@pytest.mark.parametrize(
    ("step", "text", "complaint"),
    [
        (Normalise, "min-max", "min-max"),
        (Normalise, "minmax:0:100:7", "Extra inputs are not permitted"),
        (Normalise, "minmax:lower=1", "Extra inputs are not permitted"),
        (Normalise, "minmax:one", "should be a valid number"),
        (Normalise, "minmax:nan", "should be a finite number"),
        (Normalise, "zscore:sd=0", "greater than 0"),
        (Aggregate, "power", "Field required"),
        (Aggregate, "power:inf", "should be a finite number"),
        (Aggregate, "geometric:floor=0", "greater than 0"),
        (Treat, "winsorise:0", "greater than or equal to 1"),
        (Impute, "mean:late", "Input should be 'raw'"),
    ],
)
def test_what_makes_no_sense_is_refused(step, text, complaint):
    with pytest.raises(ValidationError, match=complaint):
        TypeAdapter(step).validate_python(text)


def test_a_method_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        MinMax().high = 1


def test_the_schema_offers_names_and_objects():
    schema = TypeAdapter(Transform).json_schema()
    text = schema["anyOf"][0]
    assert text["examples"] == ["log", "log10", "log1p", "sqrt", "cap"]
    assert text["pattern"] == "^(log|log10|log1p|sqrt|cap)(:.*)?$"
