"""What a person types is read, and what is printed can be typed."""

import json
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from helpers.made_methods import STEPS, made
from softpower.errors import UsageError
from softpower.index.declared import PillarEntry
from softpower.index.indicator_row import IndicatorRow
from softpower.index.methodology import LEVELLED, Methodology
from softpower.index.name import RunName, full_name, parse_name, split_name
from softpower.index.request import (
    parse_factor,
    parse_levels,
    parse_sample,
    parse_settings,
    parse_steps,
    parse_value,
    parse_weights,
    plain_value,
    write_value,
)
from softpower.index.settings import patched
from softpower.methods.aggregate import Geometric, OrderedWeights
from softpower.methods.impute import GroupMean, Regression
from softpower.methods.normalise import NoNormalisation, OecdBand, Ratio, ZScore
from softpower.methods.treat import Winsorise

BRIEF = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def set_to(*texts):
    return patched(Methodology(), parse_settings(texts))


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (ZScore(), "zscore"),
        (ZScore(mean=100, sd=10), "zscore:100:10"),
        (ZScore(sd=10), "zscore:sd=10"),
        (ZScore(mean=0), "zscore:0"),
        (ZScore(mean=0.1, centre="median"), "zscore:0.1:centre=median"),
        (Regression(stochastic=True), "regression:stochastic=true"),
        (GroupMean(by="World Bank"), "group-mean:World Bank"),
        (GroupMean(by="a:b"), '{ method = "group-mean", by = "a:b" }'),
        (Ratio(to="Côte d'Ivoire"), "ratio:Côte d'Ivoire"),
        (Winsorise(points=5, force=3), "winsorise:force=3"),
        (
            OecdBand(cuts=(90.5,), values=(0, 1)),
            '{ method = "oecd-band", cuts = [90.5], values = [0, 1] }',
        ),
        (OrderedWeights(weights="best-2"), "owa:best-2"),
        (NoNormalisation(), "none"),
    ],
)
def test_a_method_is_written_in_short_or_as_a_table(method, text):
    assert str(method) == text


@pytest.mark.parametrize(("step", "method"), STEPS, ids=str)
@BRIEF
@given(data=st.data())
def test_a_method_that_is_written_is_read_wherever_it_may_stand(step, method, data):
    expected = data.draw(made(method))
    text = str(expected)
    family = next(cls for cls in method.__mro__ if "members" in cls.__dict__)
    assert TypeAdapter(family).validate_python(text) == expected
    if step == "weights":
        assert parse_sample(text) == expected
    elif step == "transform":
        assert IndicatorRow(id="a", transform=text).transform == expected
        assert parse_factor(f"indicators.a.transform={text},none").values == (text, "none")
    else:
        in_a_file = tomllib.loads(f"{step} = {json.dumps(text, ensure_ascii=False)}")
        wanted = (expected,) if step in LEVELLED else expected
        for methodology in (set_to(f"{step}={text}"), Methodology(**in_a_file)):
            assert getattr(methodology, step) == wanted
        choice = parse_factor(f"{step}={text},other*2")
        assert choice.values == (text, "other")
        assert parse_factor(f"{step}={text}*3,other").weights == (3, 1)
    if step == "treat":
        assert IndicatorRow(id="a", treat=text).treat == expected
    if step == "aggregate":
        assert PillarEntry(title="A", aggregate=text).aggregate == expected


@pytest.mark.parametrize(
    ("step", "method"), [each for each in STEPS if each[0] in LEVELLED], ids=str
)
@BRIEF
@given(data=st.data())
def test_methods_of_levels_are_read_as_they_are_written(step, method, data):
    levels = tuple(data.draw(st.lists(made(method), min_size=1, max_size=3)))
    assert getattr(set_to(f"{step}={write_value(levels)}"), step) == levels
    assert getattr(set_to(f"{step}={plain_value(levels)}"), step) == levels


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("normalise", "zscore:mean=100:sd=10.0", "zscore:100:10"),
        ("normalize", {"method": "zscore", "sd": 10}, "zscore:sd=10"),
        ("normalise", {"sd": 10}, "{ sd = 10 }"),
        ("normalise.sd", 10, "10"),
        ("aggregate", ["geometric", {"method": "arithmetic"}], "geometric/arithmetic"),
        ("aggregate.1", {"method": "power", "p": 0.5}, "power:0.5"),
        ("aggregate.1.p", 0.5, "0.5"),
        ("coverage", {"country": 0.5}, "{ country = 0.5 }"),
        ("round", None, "none"),
        ("round", "none", "none"),
        ("framework", "2024", '"2024"'),
        ("framework", " main", '" main"'),
        ("indicators.a.denominator", "population/1000", "population/1000"),
        ("indicators.a.treat", "", ""),
        ("normalise", "no such thing", "no such thing"),
    ],
)
def test_a_setting_is_written_in_the_form_that_a_person_types(key, value, text):
    assert write_value(value, key) == text


def test_a_part_of_the_methodology_is_written_as_a_table():
    coverage = set_to("coverage.country=0.25").coverage
    assert write_value(coverage) == '{ country = 0.25, pillar = 0.5, below = "unranked" }'
    assert set_to(f"coverage={write_value(coverage)}").coverage == coverage


VALUES = st.recursive(
    st.one_of(st.text(), st.integers(-(10**9), 10**9), st.booleans(), st.floats(-1e9, 1e9)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(VALUES)
@BRIEF
def test_any_value_is_read_as_it_is_written(value):
    assert parse_value(write_value(value)) == value


@pytest.mark.parametrize(
    ("parse", "texts", "message"),
    [
        (parse_settings, ["x"], "'x' is not of the form KEY=VALUE"),
        (parse_settings, ["=x"], "'=x' is not of the form KEY=VALUE"),
        (parse_settings, ["a=1", "a=2"], "'a' is set twice"),
        (parse_weights, ["a"], "'a' is not of the form ID=PERCENT"),
        (parse_weights, ["a=b"], "'b' for 'a' is not a number"),
        (parse_weights, ["a=1", "a=2"], "'a' is set twice"),
        (parse_steps, ["x"], "'x' is not a step"),
        (parse_steps, ["inf"], "'inf' is not a step"),
        (parse_steps, ["a=1", "a=2"], "The step of a is set twice"),
        (parse_steps, ["1", "2"], "The step of all figures is set twice"),
        (parse_sample, "dirichle", "weights: There is no method .dirichle.. Did you mean dirichl"),
        (parse_sample, "dirichlet:x", "weights.concentration: It should be a number"),
    ],
)
def test_what_cannot_be_read_is_refused(parse, texts, message):
    with pytest.raises(UsageError, match=message):
        parse(texts)


def test_weights_and_steps_are_read_by_what_they_belong_to():
    assert parse_weights(["a = 40%", "b=2.5"]) == {"a": 40, "b": 2.5}
    assert parse_levels("pillars, culture") == ("pillars", "culture")
    assert parse_steps(["0.1", "a=1", "b=c=2"]) == ({"a": 1, "b=c": 2}, 0.1)


def test_commas_within_brackets_belong_to_a_value():
    owa = OrderedWeights(weights=(0.5, 0.3, 0.2))
    choice = parse_factor(f"aggregate={owa}/arithmetic, {Geometric()}*2")
    assert choice.values == (
        '{ method = "owa", weights = [0.5, 0.3, 0.2] }/arithmetic',
        "geometric",
    )
    assert set_to(f"aggregate={choice.values[0]}").aggregate[0] == owa


NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@given(NAMES, st.lists(NAMES, max_size=3).map(tuple))
def test_the_name_of_a_run_is_read_as_it_is_written(identifier, variants):
    name = RunName(identifier, variants)
    assert parse_name(str(name)) == split_name(str(name)) == name


def test_a_variant_alone_is_one_of_the_first_index():
    assert full_name("@b+c", "x@a") == "x@b+c"
    assert full_name("y@b", "x@a") == "y@b"
    assert full_name("", "x@a") == ""
    assert full_name("@", "x@a") == "x@"


def test_a_folder_may_have_an_at_in_its_name(tmp_path):
    folder = tmp_path / "one@two"
    folder.mkdir()
    assert parse_name(str(folder)) == (str(folder), ())
    assert parse_name(f"{folder}@a") == (str(folder), ("a",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("2", 2),
        ("true", True),
        ("zscore", "zscore"),
        ("minmax:1:100", "minmax:1:100"),
        ('["geometric", "arithmetic"]', ["geometric", "arithmetic"]),
        ("{ method = 'power', p = 2 }", {"method": "power", "p": 2}),
        ("", ""),
        ("[", "["),
    ],
)
def test_a_word_on_the_command_line_is_read_as_toml_would(text, value):
    assert parse_value(text) == value


def test_a_table_may_be_pasted_with_its_line_breaks():
    text = '{ method = "minmax",\n    low = 1,\r\n  high = 100\n}'
    assert parse_value(text) == {"method": "minmax", "low": 1, "high": 100}
