"""An indicator may be a formula of others, in a folder alone."""

import numpy as np
import pytest

import softpower
from helpers.whole_folder import write_index
from softpower.engine.loading import load
from softpower.index.reading.folder import inspect, read

HAPPY = """\
title = "Happy Isles"
publisher = "The Cartographers"
units = "other"
[methodology]
normalise = "none"
"""

CATALOGUE = """\
id,pillar,formula,unit,direction
happiness,,(ladder + 2) * Life_Years / (footprint + 1),,
ladder,-,,steps,
Life_Years,-,,years,
footprint,-,,hectares,
"""

FIGURES = """\
unit,ladder,life_years,footprint
Atlantis,8,80,3
Lemuria,4,60,1
Thule,6,70,4
Mu,5,,1
"""


def happy(parent, indicators=CATALOGUE, figures=FIGURES, declaration=HAPPY, **more):
    return write_index(
        parent, declaration=declaration, indicators=indicators, figures=figures, **more
    )


def errors_of(folder):
    return [str(problem) for problem in inspect(folder)[1] if problem.level == "error"]


def test_a_happy_planet_index_is_computed_from_its_three_raw_figures(tmp_path):
    # (8 + 2) x 80 / (3 + 1), (4 + 2) x 60 / (1 + 1), (6 + 2) x 70 / (4 + 1), and a gap of Mu
    ranking = load(str(happy(tmp_path))).score()
    assert ranking.scores[:3].tolist() == [200, 180, 112]
    assert np.isnan(ranking.scores[3])
    assert ranking.ranks[:3].tolist() == [1, 2, 3]


def test_a_formula_may_be_of_formulas_in_any_order(tmp_path):
    rows = "happiness,,wellbeing / (footprint + 1),\nwellbeing,-,(ladder + 2) * life_years,\n"
    catalogue = "id,pillar,formula,source\n" + rows + "ladder,-,,\nlife_years,-,,\nfootprint,-,,\n"
    assert load(str(happy(tmp_path, catalogue))).score().scores[:3].tolist() == [200, 180, 112]


def test_a_formula_may_be_divided_and_treated_as_any_indicator(tmp_path):
    catalogue = "id,denominator,formula\ndouble,footprint,2 * ladder\n"
    figures = "unit,ladder,footprint\nAtlantis,8,4\nLemuria,4,1\n"
    stages = load(str(happy(tmp_path, catalogue, figures))).score().stages
    assert stages["denominated"].values[:, 0].tolist() == [4, 8]


def test_a_formula_has_the_year_that_all_its_figures_have(tmp_path):
    catalogue = "id,pillar,formula\nsum,,a + b\na,-,\nb,-,\n"
    figures = (
        "unit,indicator,value,year\nAtlantis,a,1,2020\nAtlantis,b,2,2020\n"
        "Mu,a,3,2019\nMu,b,4,2020\n"
    )
    found = read(happy(tmp_path, catalogue, figures)).figures
    at = found.ids.index("sum")
    assert found.values[:, at].tolist() == [3, 7]
    assert found.years[:, at].tolist() == ["2020", ""]


def test_a_formula_is_computed_of_other_periods_too(tmp_path):
    catalogue = "id,pillar,formula\nsum,,a + b\na,-,\nb,-,\n"
    figures = "unit,a,b\nAtlantis,1,2\nMu,3,4\n"
    history = "unit,indicator,year,value\nAtlantis,a,2000,10\nAtlantis,b,2000,20\nMu,a,2000,5\n"
    declared = HAPPY.replace('"none"', '"minmax:over=all-periods"')
    folder = happy(tmp_path, catalogue, figures, declared, history=history)
    # from 3 to 30, the sum of the year 2000
    assert load(str(folder)).score().scores.tolist() == pytest.approx([0, 100 * 4 / 27])


def test_show_and_explain_say_the_formula_and_what_it_is_made_of(tmp_path):
    folder = str(happy(tmp_path))
    rows = {row["id"]: row for row in softpower.show(folder).table("sources").records()}
    assert rows["happiness"]["prepared"] == "(ladder + 2) * Life_Years / (footprint + 1)"
    assert set(rows) == {"happiness", "ladder", "Life_Years", "footprint"}
    [step] = softpower.explain(folder, "Thule").table("steps").records()
    assert step["how"].endswith("with ladder 6, Life_Years 70, footprint 4")
    assert step["after"] == 112


def test_a_formula_has_a_unit_where_it_can_be_told(tmp_path):
    catalogue = CATALOGUE.replace(
        "(ladder + 2) * Life_Years / (footprint + 1)", "ladder / footprint"
    )
    [item] = read(happy(tmp_path, catalogue)).main.indicators()
    assert item.unit == "steps per hectares"


def test_the_hash_of_an_index_depends_on_its_formulas(tmp_path):
    (tmp_path / "other").mkdir()
    other = happy(tmp_path / "other", CATALOGUE.replace("+ 2", "+ 3"))
    assert read(happy(tmp_path)).hash != read(other).hash


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("ladder / (footprint - 1)", "The formula of happiness divides by zero for Lemuria, Mu."),
        ("ladder + happiness", "leads back to itself: happiness needs happiness."),
        ("lader * 2", 'There is no indicator "lader". Did you mean ladder?'),
        ("2 * 3", "The formula names no indicator."),
        ("(ladder", "The formula stops short."),
        ("open(ladder)", "There is no function open."),
        ("log(ladder - 4)", "takes log of what is not above zero for Lemuria."),
    ],
)
def test_a_formula_that_cannot_be_computed_is_refused_with_its_place(tmp_path, formula, said):
    catalogue = CATALOGUE.replace("(ladder + 2) * Life_Years / (footprint + 1)", formula)
    [error] = errors_of(happy(tmp_path, catalogue))
    assert "lost-lands/indicators.csv, line 2, column formula: " in error
    assert said in error


def test_an_id_with_a_hyphen_stands_in_backticks(tmp_path):
    catalogue = CATALOGUE.replace("Life_Years", "life-years")
    figures = FIGURES.replace("life_years", "life-years")
    assert (
        "Write it in backticks: `life-years`." in errors_of(happy(tmp_path, catalogue, figures))[0]
    )
    (tmp_path / "other").mkdir()
    mended = happy(tmp_path / "other", catalogue.replace("* life-years", "* `life-years`"), figures)
    assert load(str(mended)).score().scores[0] == 200


def test_formulas_that_need_each_other_are_told_in_a_circle(tmp_path):
    catalogue = "id,pillar,formula\na,,b + 1\nb,-,c * 2\nc,-,a\nladder,-,\n"
    figures = "unit,ladder\nMu,1\n"
    [error] = errors_of(happy(tmp_path, catalogue, figures))
    assert "a needs b needs c needs a" in error


def test_an_indicator_has_figures_or_a_formula(tmp_path):
    figures = FIGURES.replace("unit,ladder", "unit,happiness,ladder").replace(",8,", ",1,8,")
    figures = figures.replace(",4,6", ",1,4,6").replace(",6,7", ",1,6,7").replace(",5,,", ",1,5,,")
    [error] = errors_of(happy(tmp_path, figures=figures))
    assert "The indicator happiness has figures, and a formula too." in error


def test_a_sum_of_different_units_is_a_warning(tmp_path):
    catalogue = CATALOGUE.replace("(ladder + 2)", "(ladder + footprint)")
    warnings = [str(p) for p in inspect(happy(tmp_path, catalogue))[1] if p.level == "warning"]
    assert 'The formula of happiness adds or compares "steps" and "hectares".' in warnings[0]


def test_a_data_frame_may_have_formulas(tmp_path):
    del tmp_path
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [4.0, 2.0]}, index=["Mu", "Thule"])
    index = softpower.index_from(
        frame,
        units="other",
        indicators={"ratio": {"formula": "a / b"}, "a": {"pillar": "-"}, "b": {"pillar": "-"}},
        methodology={"normalise": "none"},
    )
    assert softpower.load(index).score().scores.tolist() == [0.25, 1]
