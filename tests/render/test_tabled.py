import pytest

from softpower.charts import BarChart, Line, RankChart, StackedBars
from softpower.render.cells import printed
from softpower.render.tabled import chart_digits, chart_table, is_empty


def test_a_chart_becomes_a_table_with_bars():
    table = chart_table(
        BarChart("c", "T", ("Atlantis", "Ruritania"), (0.5, 0.25), "Share", caption="Note")
    )
    assert table.rows == (("Atlantis", 0.5), ("Ruritania", 0.25))
    assert table.columns[1].bar
    assert table.notes == ("Note",)


def test_a_rank_chart_becomes_a_table_of_places():
    table = chart_table(
        RankChart("r", "T", ("a", "a"), (Line("Atlantis", (1.0, None)),), caption="Note")
    )
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
