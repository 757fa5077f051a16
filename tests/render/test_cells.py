import pytest
from hypothesis import given

from helpers.imaginary_answers import RANKING, calm, one, texts
from softpower.answer import BarChart, Column, Line, RankChart, StackedBars
from softpower.render.cells import (
    chart_digits,
    chart_table,
    clean,
    heading,
    is_empty,
    line,
    printed,
    shares,
    shown,
    unique,
)


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("integer", 7, "7"),
        ("integer", 9999, "9999"),
        ("integer", 10000, "10,000"),
        ("number", 1 / 3, "0.3"),
        ("number", 7, "7.0"),
        ("number", -7.26, "−7.3"),
        ("number", -0.04, "0.0"),
        ("number", 9999.94, "9999.9"),
        ("number", 9999.96, "10,000.0"),
        ("number", 1e300, "1e+300"),
        ("number", -float("inf"), "−inf"),
        ("percent", 0.167, "16.7 %"),
        ("change", 1.24, "+1.2"),
        ("change", -0.4, "−0.4"),
        ("change", 0.0, "0.0"),
        ("movement", 3, "▲ 3"),
        ("movement", -2, "▼ 2"),
        ("movement", 0.5, "▲ 0.5"),
        ("movement", 0, "="),
        ("movement", None, ""),
        ("number", None, "–"),
        ("number", "not asked", "not asked"),
        ("text", 0.873456789, "0.873457"),
        ("text", -2.5, "−2.5"),
        ("text", 2024, "2024"),
    ],
)
def test_a_cell_prints_as_the_kind_of_its_column_says(kind, cell, text):
    assert shown(cell, Column("x", "X", kind)) == text


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("movement", 3, "^3"),
        ("movement", -2, "v2"),
        ("change", -0.4, "-0.4"),
        ("number", -1, "-1.0"),
    ],
)
def test_without_unicode_a_figure_is_ascii(kind, cell, text):
    assert shown(cell, Column("x", "X", kind), unicode=False) == text


@pytest.mark.parametrize(("digits", "text"), [(0, "17 %"), (1, "16.7 %"), (2, "16.70 %")])
def test_the_column_decides_on_the_decimals(digits, text):
    assert shown(0.167, Column("x", "X", "percent", digits)) == text


def test_a_column_of_ranks_with_halves_prints_one_decimal_throughout():
    answer = one((1,), (2.5,), (2.5,), columns=(Column("rank", "Rank", "integer"),))
    assert printed(answer.tables[0]) == [["1.0"], ["2.5"], ["2.5"]]


def test_a_heading_has_the_unit_that_the_cells_do_not_show():
    assert heading(Column("x", "Spending", "number", unit="florins")) == "Spending (florins)"
    assert heading(Column("x", "Share", "percent", unit="%")) == "Share"


@pytest.mark.parametrize("bad", ["\x1b", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_characters_that_steer_a_terminal_are_made_visible(bad):
    assert clean(f"a{bad}b") == "a\ufffdb"


@calm
@given(texts)
def test_a_line_has_no_breaks_and_can_be_encoded(text):
    out = line(text)
    assert len(out.splitlines()) <= 1
    assert out.encode().decode() == out


def test_breaks_and_tabs_become_spaces():
    assert line("a\r\nb\tc\nd") == "a b c d"


def test_a_column_with_a_negative_figure_has_no_bars():
    column = Column("x", "X", "number", bar=True)
    assert shares(one((1.0,), (-1.0,), columns=(column,)).tables[0], 0) is None
    assert shares(one((0.0,), columns=(column,)).tables[0], 0) is None
    assert shares(one((1.0,), (None,), (4,), columns=(column,)).tables[0], 0) == [0.25, None, 1.0]
    assert shares(RANKING, 2)


def test_a_chart_becomes_a_table_with_bars():
    table = chart_table(BarChart("c", "T", ("Atlantis", "Ruritania"), (0.5, 0.25), "Share", "Note"))
    assert table.rows == (("Atlantis", 0.5), ("Ruritania", 0.25))
    assert table.columns[1].bar
    assert table.notes == ("Note",)


def test_a_rank_chart_becomes_a_table_of_places():
    table = chart_table(RankChart("r", "T", ("a", "a"), (Line("Atlantis", (1.0, None)),), "Note"))
    assert table.records() == [{"label": "Atlantis", "a": 1.0, "a-2": None}]
    assert printed(table) == [["Atlantis", "1", "–"]]
    assert table.notes == ("Note",)


def test_bars_made_of_parts_become_a_table_with_their_total():
    chart = StackedBars("s", "T", ("Atlantis",), ("Culture", "Trade"), ((30.5, -4.0),), "Points")
    table = chart_table(chart)
    assert table.rows == (("Atlantis", 30.5, -4.0, 26.5),)
    assert [column.title for column in table.columns] == ["", "Culture", "Trade", "Points"]


@pytest.mark.parametrize(
    "chart",
    [
        BarChart("b", "", (), (), ""),
        RankChart("r", "", (), (Line("Atlantis", ()),)),
        RankChart("r", "", ("a",), ()),
        StackedBars("s", "", (), ("Culture",), (), ""),
        StackedBars("s", "", ("Atlantis",), (), ((),), ""),
    ],
)
def test_a_chart_without_figures_is_empty(chart):
    assert is_empty(chart)


@pytest.mark.parametrize(
    ("values", "digits"), [((1, 2.0), 0), ((12.5,), 1), ((1.5,), 2), ((0.5,), 3)]
)
def test_the_values_of_a_chart_have_decimals_by_their_size(values, digits):
    assert chart_digits(values) == digits


def test_names_that_occur_twice_are_numbered():
    assert unique(["a", "b", "a", "a-2"]) == ["a", "b", "a-2", "a-2-2"]
