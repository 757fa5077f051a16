import json

from hypothesis import given

from helpers.imaginary_answers import ANSWER, BUMP, CHART, PARTS, RANKING, answers, calm, one
from softpower.answer import Answer, Column
from softpower.render.text import to_text


@calm
@given(answers)
def test_json_loses_nothing(answer):
    text = to_text(answer, "json")
    value = json.loads(text)
    assert text.encode()
    assert "\x1b" not in text
    assert value["title"] == answer.title
    assert value["notes"] == list(answer.notes)
    assert [table["rows"] for table in value["tables"].values()] == [
        table.records() for table in answer.tables
    ]


def test_json_describes_columns_and_keeps_charts_and_provenance():
    value = json.loads(to_text(ANSWER, "json"))
    assert list(value) == ["title", "tables", "charts", "notes", "provenance"]
    assert value["tables"]["ranking"]["columns"][5] == {
        "key": "share",
        "title": "Weight",
        "kind": "percent",
        "unit": "%",
    }
    assert value["charts"]["scores"]["values"] == [80.0, -12.5]
    assert value["provenance"] == ANSWER.provenance


def test_json_keeps_what_any_chart_shows():
    charts = json.loads(to_text(Answer("", (), (BUMP, PARTS)), "json"))["charts"]
    assert charts["places"]["runs"] == ["published", "equal-weights", "per head"]
    assert charts["places"]["lines"][1] == {
        "label": "Atlantis",
        "places": [2.0, 1.0, 2.0],
        "chosen": True,
    }
    assert charts["parts"]["parts"] == ["Culture", "Digital", "Trade"]
    assert charts["parts"]["values"] == [[30.0, 20.0, 10.0], [12.0, -4.0, 0.01]]


def test_json_without_charts_has_no_such_key():
    assert "charts" not in json.loads(to_text(Answer("", (RANKING,)), "json"))


def test_json_keeps_both_of_two_tables_of_one_name():
    answer = Answer("", (RANKING, RANKING), (CHART,))
    assert list(json.loads(to_text(answer, "json"))["tables"]) == ["ranking", "ranking-2"]


def test_json_is_readable_and_ends_with_one_line_break():
    text = to_text(one(("Côte d’Atlantis",), columns=(Column("x", "X"),)), "json")
    assert "Côte d’Atlantis" in text
    assert text.endswith("}\n")
