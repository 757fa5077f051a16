"""An indicator may be treated in its own way, and its fields are set like a methodology's."""

import pytest

import softpower
from helpers.hand_made import leaf, notes, scored
from softpower.engine.sampling.grid import full_factorial
from softpower.errors import MethodError, UsageError
from softpower.index.request import parse_factor
from softpower.methods.normalise import Goalposts
from softpower.methods.transform import Log
from softpower.methods.treat import LogTreatment, NoTreatment, Winsorise

COLUMNS = {"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, 90], "b": [2, 1, 4, 3, 6, 5, 8, 7, 10, 95]}


def test_an_indicator_is_treated_in_its_own_way_and_the_others_as_the_methodology_says():
    ranking = scored(
        COLUMNS, leaf("a", treat=NoTreatment()), leaf("b"), treat="winsorise:force=2"
    )  # fmt: skip
    treated = ranking.stages["treated"].values
    assert treated[:, 0].tolist() == COLUMNS["a"]
    assert treated[:, 1].tolist() == [2, 1, 4, 3, 6, 5, 8, 7, 8, 8]
    assert notes(ranking) == ["b: 2 figures winsorised"]


def test_a_scale_of_its_own_does_not_go_with_its_goalposts():
    with pytest.raises(MethodError, match="a: Its outliers were treated by another scale"):
        scored(
            COLUMNS,
            leaf("a", treat=LogTreatment(only="all"), goalposts=Goalposts(0, 10)),
            normalise="goalposts",
        )


def indicator(run, name):
    return next(i for i in run.setup.framework.indicators() if i.id == name)


def test_fields_of_indicators_are_set_by_dotted_keys():
    run = softpower.load(
        "open-soft-power",
        set={
            "indicators.migrant_stock.treat": "winsorise:force=3",
            "indicators.tourist_arrivals.transform": "none",
            "indicators.visa_openness.direction": "lower",
            "indicators.visa_openness.goalposts": "0..200",
            "indicators.visa_openness.denominator": "population/1000",
        },
    )
    assert indicator(run, "migrant_stock").treat == Winsorise(force=3)
    assert indicator(run, "tourist_arrivals").transform is None
    openness = indicator(run, "visa_openness")
    assert (openness.direction, openness.goalposts) == (-1, (0, 200))
    assert str(openness.denominator) == "population/1000"
    assert run.changes.startswith("indicators.migrant_stock.treat=winsorise:force=3, ")
    assert "indicators.tourist_arrivals.transform=none" in run.changes
    settings = run.provenance()["changes"]["set"]
    assert settings["indicators.migrant_stock.treat"] == "winsorise:force=3"


def test_what_is_asked_of_an_indicator_is_on_top_of_its_variant(tmp_path):
    figures = "unit,gold,tin\nA,1,1\nB,2,5\nC,9,3\n"
    declaration = (
        'id = "ores"\ntitle = "Ores"\npublisher = "Nobody"\nunits = "other"\n'
        '[variants.logged]\ntitle = "Logged"\n'
        '[variants.logged.indicators.gold]\ntransform = "log"\ntreat = "winsorise"\n'
    )
    folder = tmp_path / "ores"
    folder.mkdir()
    (folder / "index.toml").write_text(declaration, encoding="utf-8")
    (folder / "figures.csv").write_text(figures, encoding="utf-8")
    (folder / "indicators.csv").write_text(
        "id,title,treat\ngold,Gold,fences:3\ntin,Tin,\n", encoding="utf-8"
    )
    assert indicator(softpower.load(str(folder)), "gold").treat.k == 3
    run = softpower.load(f"{folder}@logged", set={"indicators.gold.treat": "none"})
    assert indicator(run, "gold").treat == NoTreatment()
    assert indicator(run, "gold").transform == Log()
    bare = softpower.load(f"{folder}@logged", set={"indicators.gold.treat": ""})
    assert indicator(bare, "gold").treat is None


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("indicators.migrant_stok.treat", "none", "Did you mean migrant_stock"),
        ("indicators.migrant_stock.treet", "none", r"no field 'treet' to be set\. Did you mean"),
        ("indicators.migrant_stock", "none", r"Write indicators\.ID\.FIELD"),
        ("indicators", {"a": {}}, r"Write indicators\.ID\.FIELD"),
        ("indicators.migrant_stock.treat", "winsor", r"migrant_stock\.treat: .*mean winsorise"),
        ("indicators.migrant_stock.treat", "fences:-1", r"treat\.k: \"-1\" is too small"),
        ("indicators.migrant_stock.direction", "down", "Known: higher, lower"),
        ("indicators.migrant_stock.denominator", "peple", "no figure 'peple' to divide by"),
        ("indicators.migrant_stock.denominator", 5, "should be a text, but it is 5"),
        ("indicators.migrant_stock.goalposts", "9", "is not a pair of goalposts"),
        ("indicators.migrant_stock.transform", "cap", 'needs "at"'),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(key, value, message):
    with pytest.raises(UsageError, match=message):
        softpower.load("open-soft-power", set={key: value})


def test_the_treatment_of_one_indicator_may_vary():
    choice = parse_factor("indicators.migrant_stock.treat=none,winsorise:force=3,fences")
    design = full_factorial(softpower.load("open-soft-power"), [choice])
    scores = [cell.run.score().scores.tobytes() for cell in design.cells]
    assert len(set(scores)) == 3
