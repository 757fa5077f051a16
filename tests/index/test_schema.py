"""The JSON Schema of index.toml accepts what the reader accepts."""

import tomllib

import jsonschema
import pytest

from softpower.index.find import shipped, shipped_folder
from softpower.index.schema import schema

LEAST = {"id": "a", "title": "A", "publisher": "P"}


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_index_fits_the_schema(validator, name):
    text = (shipped_folder() / name / "index.toml").read_text(encoding="utf-8")
    assert [error.message for error in validator.iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"edition": "2024"},
        {"methodology": {"normalise": "zscore:100:10", "aggregate": ["geometric", "power:2"]}},
        {"methodology": {"normalise": "ratio:Germany", "scale": "ratio:mean:1"}},
        {"methodology": {"normalise": {"method": "oecd-band", "cuts": [5], "values": [0, 1]}}},
        {
            "variants": {
                "v": {"title": "V", "indicators": {"x": {"target": 75}, "y": {"target": ""}}}
            }
        },
        {"methodology": {"aggregate": "median", "impute": {"method": "mean", "stage": "raw"}}},
        {"figures": {"from": "hdi-2022"}},
        {"pillars": {"a": {"title": "A", "weight": 1, "aggregate": "geometric"}}},
        {"variants": {"v": {"title": "V", "indicators": {"x": {"transform": ""}}}}},
    ],
)
def test_what_may_be_said_fits_the_schema(validator, more):
    assert [error.message for error in validator.iter_errors(LEAST | more)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Not An Id"},
        {"title": 3},
        {"pillars": 3},
        {"pillars": {"a": {"title": "A", "wieght": 1}}},
        {"pillars": {"a": {"title": "A", "weight": -1}}},
        {"units": "cities"},
        {"methodology": {"normalise": "zscroe"}},
        {"methodology": {"normalise": {"method": "minmax", "lwo": 1}}},
        {"methodology": {"coverage": {"country": 65}}},
        {"methodology": {"ties": "dance"}},
        {"variants": {"v": {"title": "V", "indicators": {"x": {"target": "high"}}}}},
        {"methodology": {"normalise": {"method": "ratio", "too": "Germany"}}},
        {"lisence": "none"},
    ],
)
def test_what_may_not_be_said_does_not_fit(validator, wrong):
    assert not validator.is_valid(LEAST | wrong)


def test_an_index_need_not_say_who_it_is(validator):
    assert validator.is_valid({})
