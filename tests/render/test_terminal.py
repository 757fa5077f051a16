import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import ANSWER, BUMP, CHART, RANKING, answers, calm, dimensions, one
from softpower.answer import Answer, Column, Table
from softpower.charts import BarChart, ScatterChart
from softpower.render.terminal import bar
from softpower.render.text import FORMATS, to_text
from softpower.render.widths import width


def terminal(answer, columns=80, **more):
    return to_text(answer, "table", terminal=True, width=columns, **more)


@calm
@given(answers, st.booleans(), st.one_of(st.just(80), st.integers(40, 200)))
def test_no_line_on_a_terminal_is_wider_than_it(answer, unicode, columns):
    for charts in (False, True):
        text = terminal(answer, columns, unicode=unicode, charts=charts)
        assert max(map(width, text.splitlines())) <= columns


@calm
@given(answers)
def test_no_line_for_a_pipe_ends_in_a_space(answer):
    lines = to_text(answer, "table").split("\n")
    assert [line for line in lines if line != line.rstrip()] == []


@calm
@given(answers, st.booleans())
def test_colour_changes_nothing_but_the_look(answer, unicode):
    coloured = terminal(answer, colour=True, unicode=unicode)
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == terminal(answer, unicode=unicode)


@pytest.mark.parametrize("count", [3, 6, 7, 9, 15, 40])
@pytest.mark.parametrize("columns", [24, 40, 60, 80, 100])
def test_every_number_is_there_at_every_width(count, columns):
    answer = dimensions(count)
    text = terminal(answer, columns)
    numbers = re.findall(r"\d+\.\d", text)
    expected = [f"{cell:.1f}" for row in answer.tables[0].rows for cell in row[2:]]
    assert sorted(numbers) == sorted(expected)
    assert max(map(width, text.splitlines())) <= columns


def test_an_abbreviated_heading_is_explained_below():
    text = terminal(dimensions(7))
    assert "Gov." in text.splitlines()[2]
    assert "Gov. = Government" in text


def test_a_heading_that_fits_is_not_abbreviated():
    text = terminal(dimensions(3))
    assert "Government  Digital  Culture" in text
    assert "=" not in text


def test_the_columns_of_a_pipe_are_aligned_and_whole():
    text = to_text(Answer("", (RANKING,)), "table")
    assert text.splitlines()[1:] == [
        "Rank  Country               Score  Change  Places   Weight",
        "──────────────────────────────────────────────────────────",
        "   1  Ruritania              80.1    +1.2    ▲  3   16.7 %",
        "   2    Côte d’Atlantis       0.3    −0.4    ▼ 12   50.0 %",
        "   3  El Dorado                 –       –                –",
        "   4  Freedonia          12,345.6     0.0       =  100.0 %",
        "El Dorado was not found.",
    ]


def test_without_unicode_all_marks_are_ascii():
    text = to_text(Answer("", (RANKING,)), "table", unicode=False).replace("ô", "").replace("’", "")
    assert text.isascii()
    assert "^3" in text
    assert "v12" in text


def test_a_wide_terminal_gets_bars():
    assert "█" in terminal(ANSWER, 100)
    assert "#" in terminal(ANSWER, 100, unicode=False)
    assert "█" not in terminal(ANSWER, 60)
    assert "█" not in to_text(ANSWER, "table")


def test_a_bar_has_a_resolution_of_an_eighth_of_a_column():
    assert bar(1.0, 3) == "███"
    assert bar(0.5, 3) == "█▌"
    assert bar(0.0, 3) == ""
    assert bar(0.5, 4, unicode=False) == "##"


def test_movements_are_coloured_on_a_terminal():
    text = terminal(ANSWER, colour=True)
    assert "\x1b[32m  ▲  3\x1b[0m" in text
    assert "\x1b[31m  ▼ 12\x1b[0m" in text


def test_a_word_among_movements_leaves_them_as_they_are():
    answer = one((3,), ("new entry",), columns=(Column("x", "X", "movement"),))
    assert to_text(answer, "table").splitlines()[2:] == ["      ▲ 3", "new entry"]


def test_a_name_that_a_reader_types_again_is_never_shortened():
    name = "an-index@with+many+variants-and-a-long-name"
    columns = (Column("run", "Run", whole=True), Column("title", "Title"))
    text = terminal(one((name, "of many imaginary places"), columns=columns), 60)
    assert name in text
    assert "…" in text


def test_details_are_left_out_of_a_printed_table_only():
    columns = (Column("name", "Name"), Column("url", "Address", detail=True))
    answer = one(("Atlantis", "nowhere"), columns=columns)
    assert "nowhere" not in terminal(answer)
    assert "nowhere" not in to_text(answer, "table")
    for other in FORMATS[1:]:
        assert "nowhere" in to_text(answer, other)
    alone = one(("nowhere",), columns=columns[1:])
    assert "nowhere" in to_text(alone, "table")


def test_names_are_taken_literally():
    answer = one(("[red]",), (":smile:",), ("\x1b[31mred",), columns=(Column("x", "[bold]X"),))
    text = terminal(answer, colour=True)
    for name in ("[red]", ":smile:", "\ufffd[31mred", "[bold]X"):
        assert name in text


def test_long_facts_are_wrapped_within_the_width():
    lines = terminal(ANSWER, 60).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("Normalisation"))
    assert lines[first + 1].startswith(" " * 15 + "very")


def test_facts_have_no_headings():
    assert "Fact" not in to_text(ANSWER, "table")


def test_the_title_is_printed_once():
    assert to_text(ANSWER, "table").count("Ranking of imaginary places") == 1


def test_the_notes_of_the_answer_are_printed_only_where_they_are_asked_for():
    assert "made up" not in to_text(ANSWER, "table")
    assert "All figures are made up." in to_text(ANSWER, "table", notes=True)


def test_a_chart_without_a_table_is_shown_as_bars():
    text = terminal(Answer("", (), (CHART,)))
    assert "Atlantis" in text
    assert "−12.5" in text


def test_a_chart_stands_below_the_tables_under_its_title():
    answer = Answer("Imaginary", (RANKING,), (BUMP, CHART))
    text = terminal(answer, charts=True)
    assert text.index("El Dorado was not found.") < text.index(BUMP.title) < text.index(CHART.title)
    assert terminal(answer) == text[: text.index(BUMP.title)].rstrip("\n") + "\n"


def test_a_chart_that_is_drawn_is_not_shown_as_a_table_too():
    text = terminal(Answer("", (), (CHART,)), charts=True)
    assert text.count("Atlantis") == 1


def test_a_table_without_rows_says_so():
    assert "no rows" in to_text(one(columns=(Column("x", "X"),)), "table")


def test_the_width_is_by_default_that_of_the_terminal_at_hand(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert to_text(ANSWER, "table", terminal=True) == terminal(ANSWER, 60)


def test_a_column_may_stand_in_for_another_where_that_has_no_figure():
    columns = (
        Column("name", "Name"),
        Column("figure", "Figure", instead="state"),
        Column("state", "State", detail=True),
    )
    rows = (("a", 1, ""), ("b", None, "imputed"), ("c", None, ""), ("d", 2, "treated"))
    answer = Answer("", (Table("t", "", columns, rows),))
    lines = [line.split() for line in terminal(answer).splitlines()[2:]]
    assert lines == [["a", "1"], ["b", "imputed"], ["c", "–"], ["d", "2"]]
    assert "imputed" in to_text(answer, "csv").splitlines()[2]


def test_a_chart_that_text_does_not_draw_is_told_in_figures_and_that_is_said():
    spread = ScatterChart("s", "Here and there", ("A",), (1.0,), (2.0,), (True,), ("Here", "There"))
    bars = BarChart("b", "Scores", ("A", "B"), (2.0, 1.0), "Score")
    text = to_text(Answer("Two", (), (spread, bars)), "table", charts=True)
    assert text.count("Shown in figures: a file of .svg, .png, .pdf or .html draws it.") == 1
    assert text.index("Shown in figures") < text.index("Scores")
