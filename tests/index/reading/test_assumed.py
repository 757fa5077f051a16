"""An index of one's own needs little, and what is assumed of it is said."""

import numpy as np
import pytest

from helpers.whole_folder import write_index
from softpower.analysis.check import check
from softpower.engine.loading import load
from softpower.errors import FolderError, InputError
from softpower.index.own import refuse_own
from softpower.index.reading.folder import inspect, read

FIGURES = "country,Life expectancy,GDP,Jobless\nFrance,82,40,8\nGermany,80,45,4\nJapan,84,35,\n"
LONG = """\
country,indicator,value,year
France,Life expectancy,82,2020
Germany,Life expectancy,80,2020
France,GDP,40,2020
Germany,gdp,45,2020
"""


PILLARS = "id,pillar\nLife_expectancy,Sea\nGDP,Sea\nJobless,sky.high\n"


def bare(parent, name="my-index", **tables):
    folder = parent / name
    folder.mkdir()
    for stem, text in tables.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder


def test_figures_alone_are_an_index_of_all_their_columns(tmp_path):
    index = read(bare(tmp_path, figures=FIGURES))
    assert (index.id, index.title) == ("my-index", "my-index")
    assert [(item.id, item.title, item.direction) for item in index.main.indicators()] == [
        ("Life_expectancy", "Life expectancy", 1),
        ("GDP", "GDP", 1),
        ("Jobless", "Jobless", 1),
    ]


def test_figures_one_in_a_row_are_an_index_of_all_that_they_name(tmp_path):
    index = read(bare(tmp_path, figures=LONG))
    assert [(item.id, item.title) for item in index.main.indicators()] == [
        ("Life_expectancy", "Life expectancy"),
        ("GDP", "GDP"),
    ]
    assert index.figures.values.tolist() == [[82, 40], [80, 45]]


def test_directions_may_be_all_that_is_said(tmp_path):
    table = "id,direction\nLife expectancy,\nGDP,higher\nJobless,lower\n"
    ranking = load(str(bare(tmp_path, figures=FIGURES, indicators=table))).score()
    # Germany: 0, 50 of 35..45 is 100, fewer jobless 100; France: 50, 50 and 0
    assert ranking.scores[:2] == pytest.approx([100 / 3, 200 / 3])


@pytest.mark.parametrize(
    ("declaration", "tables", "said"),
    [
        (
            None,
            {"figures": FIGURES},
            (
                "all that there are figures of is an indicator; "
                "more is better in every indicator; weights are equal; "
                "figures are put onto a scale by min-max, and added up by arithmetic means."
            ),
        ),
        (
            None,
            {
                "figures": FIGURES,
                "indicators": "id,direction\nGDP,\nJobless,lower\nLife expectancy,",
            },
            (
                "weights are equal; figures are put onto a scale "
                "by min-max, and added up by arithmetic means."
            ),
        ),
        (
            "[methodology]\n",
            {"figures": FIGURES},
            ("all that there are figures of is an indicator; more is better in every indicator."),
        ),
        (
            'title = "Mine"\n',
            {
                "figures": FIGURES,
                "indicators": "id,direction,weight\nGDP,,1\nJobless,lower,2\nLife expectancy,,1",
            },
            ("figures are put onto a scale by min-max, and added up by arithmetic means."),
        ),
    ],
)
def test_what_is_assumed_is_said(tmp_path, declaration, tables, said):
    folder = bare(tmp_path, **tables)
    if declaration is not None:
        (folder / "index.toml").write_text(declaration)
    assert read(folder).remarks == (f"Assumed, as the folder does not say: {said}",)


def test_nothing_is_assumed_where_methods_and_indicators_are_stated(tmp_path):
    assert read(write_index(tmp_path)).remarks == ()


def test_what_a_publisher_should_say_is_a_warning_of_check(tmp_path):
    answer = check(str(bare(tmp_path, figures=FIGURES)))
    assert answer.holds
    what = [row["what"] for row in answer.table("warnings").records()]
    assert "It says nothing under title, publisher, summary, citation and licence." in what


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("My Index 2024", "my-index-2024"), ("LPI.2", "LPI.2"), ("***", "index")],
)
def test_the_id_is_the_name_of_the_folder_as_far_as_it_can_be(tmp_path, name, identifier):
    index, problems = inspect(bare(tmp_path, name, figures=FIGURES))
    assert index.id == identifier
    assert not any("is not the name of the folder" in problem.what for problem in problems)


def test_a_folder_without_figures_is_no_index(tmp_path):
    with pytest.raises(FolderError, match=r"index.toml, or figures.csv; see: softpower new"):
        read(bare(tmp_path, units="id\nA\n"))


def test_a_folder_of_figures_alone_is_not_written_over(tmp_path):
    folder = bare(tmp_path, figures=FIGURES)
    with pytest.raises(InputError, match="part of the index my-index"):
        refuse_own(folder / "figures.csv")


def test_a_missing_figure_of_a_folder_of_figures_stays_missing(tmp_path):
    assert np.isnan(read(bare(tmp_path, figures=FIGURES)).figures.values[2, 2])


def test_pillars_and_variants_are_called_by_their_ids_where_they_have_no_title(tmp_path):
    folder = bare(tmp_path, figures=FIGURES, indicators=PILLARS)
    (folder / "index.toml").write_text(
        "[pillars.Sea]\n[pillars.sky.high]\n[variants.Even]\nweights = { sea = 50 }\n"
    )
    index = read(folder)
    assert [(pillar.id, pillar.title) for pillar in index.main.top()] == [
        ("Sea", "Sea"),
        ("sky.high", "sky.high"),
    ]
    assert index.variants["Even"].title == "Even"


def test_a_problem_of_figures_and_directions_does_not_ask_for_a_declaration(tmp_path):
    indicators = "id,direction,formula,pillar\nwealth,higher,GDP / (Jobless - 8),\nGDP,,,-\n"
    indicators += "Jobless,,,-\nLife_expectancy,,,-\n"
    folder = bare(
        tmp_path, figures=FIGURES, indicators=f"{indicators}Jobless,,,-\nLife_expectancy,,,-\n"
    )
    _, problems = inspect(folder)
    assert {problem.location.file for problem in problems} == {"my-index/indicators.csv"}
    pillars = bare(tmp_path, "other", figures=FIGURES, indicators=PILLARS)
    assert "other/index.toml" in [problem.location.file for problem in inspect(pillars)[1]]


def test_years_are_not_taken_for_indicators_of_figures_alone(tmp_path):
    folder = bare(tmp_path, figures="country,2020,2021\nFrance,1,2\nGermany,3,4\n")
    [problem] = [each for each in inspect(folder)[1] if each.level == "error"]
    assert problem.what == "The headings 2020, 2021 are years, and would be taken for indicators."
    assert "softpower import" in problem.mend
    listed = bare(
        tmp_path, "listed", figures="country,2020\nFrance,1\nJapan,2\n", indicators="id\n2020\n"
    )
    assert read(listed).figures.ids == ("2020",)
