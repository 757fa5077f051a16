"""Variants may keep their weights in a table: a row for each, a column for each weight."""

import pytest

from helpers.whole_folder import write_index
from softpower.analysis.check import check
from softpower.engine.loading import load
from softpower.index.reading.folder import inspect, read

TABLE = """\
id,title,reason,land,sea,gold
plenty,Wealth alone,Said by Atlantis,100,0,
half,,,50,50,70
"""


def errors_of(folder):
    return [str(problem) for problem in inspect(folder)[1] if problem.level == "error"]


def test_a_row_states_a_variant_with_its_weights(tmp_path):
    index = read(write_index(tmp_path, variants=TABLE))
    plenty, half = index.variants["plenty"], index.variants["half"]
    assert (plenty.title, plenty.reason, plenty.weights) == (
        "Wealth alone",
        "Said by Atlantis",
        {"land": 100.0, "sea": 0.0},
    )
    assert (half.title, half.weights) == ("half", {"land": 50.0, "sea": 50.0, "gold": 70.0})


def test_weights_of_a_table_are_in_percent_as_those_of_the_declaration(tmp_path):
    folder = write_index(tmp_path, variants=TABLE)
    weights = load(f"{folder}@half").score().local_weights
    assert weights["land"] == weights["sea"] == pytest.approx(0.5)
    assert weights["gold"] == pytest.approx(0.7)


def test_a_row_adds_weights_to_a_variant_that_is_declared_without(tmp_path):
    declared = '[variants.half]\ntitle = "By hand"\nmethodology = { normalise = "rank" }\n'
    half = read(write_index(tmp_path, more=declared, variants=TABLE)).variants["half"]
    assert half.title == "By hand"
    assert half.methodology == {"normalise": "rank"}
    assert half.weights["gold"] == 70


def test_the_hash_of_an_index_depends_on_the_table(tmp_path):
    folder = write_index(tmp_path, variants=TABLE)
    before = read(folder).hash
    (folder / "variants.csv").write_text(TABLE.replace("70", "71"), encoding="utf-8")
    assert read(folder).hash != before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TABLE.replace("sea,gold", "sea,gild"), 'There is no pillar or indicator "gild"'),
        (TABLE.replace("half", "plenty"), 'line 3, column id: The variant "plenty" stands there'),
        (TABLE.replace("half,,,50", ",,,50"), "line 3, column id: The id is empty."),
        (TABLE.replace("50,50,70", ",,"), "The variant half states no weight."),
        (TABLE.replace("50,50,70", "-5,50,70"), "column land: -5.0 is too small."),
        (TABLE.replace("50,50,70", "5x,50,70"), 'column land: "5x" is not a number.'),
        (TABLE.replace("half", "h@lf"), '"h@lf" is not an id.'),
        (TABLE.replace("id,", "name,"), "It has no column id."),
        ("id,title,gold\n", "It lists no variant."),
    ],
)
def test_what_is_wrong_with_a_row_has_its_place(tmp_path, table, said):
    assert said in "\n".join(errors_of(write_index(tmp_path, variants=table)))


def test_weights_stand_in_one_place(tmp_path):
    declared = '[variants.half]\ntitle = "By hand"\nweights = { sea = 10 }\n'
    [error] = errors_of(write_index(tmp_path, more=declared, variants=TABLE))
    assert "line 3, column id: The variant half has weights in index.toml too." in error


def test_a_text_of_a_variant_stands_in_one_place(tmp_path):
    declared = '[variants.plenty]\ntitle = "Riches"\n'
    [error] = errors_of(write_index(tmp_path, more=declared, variants=TABLE))
    assert "The variant plenty has another title in index.toml. Keep one of the two." in error
    same = declared.replace("Riches", "Wealth alone")
    (tmp_path / "same").mkdir()
    assert (
        read(write_index(tmp_path / "same", more=same, variants=TABLE)).variants["plenty"].weights
    )


def test_a_variant_that_makes_no_sense_is_told_with_its_line(tmp_path):
    folder = write_index(tmp_path, variants=TABLE.replace("50,50,70", "50,50,130"))
    [row] = [r for r in check(str(folder)).table("errors").records() if "sum to" in r["what"]]
    assert row["place"].endswith("variants.csv, line 3")
