from hypothesis import given

from helpers.imaginary_answers import SPANS, calm, interval_charts
from softpower.answer import Answer
from softpower.charts import IntervalChart
from softpower.render.plot import draw
from softpower.render.tabled import chart_table
from softpower.render.text import to_text


def test_an_interval_runs_from_its_low_to_its_high_end_with_its_middle_and_its_mark():
    assert draw(SPANS, 40) == [
        "Rank: ├─┤ 5-95 %, ● median, ◇ rank, ◆",
        "  median and rank",
        "          1                      10",
        "Ruritania ◆                          1–1",
        "Atlantis     ├─◇──●──────────┤       2–8",
        "Freedonia            ◇         ├─●┤ 9–10",
        "Made up.",
    ]


@calm
@given(interval_charts())
def test_every_interval_has_a_line_of_its_own_in_every_form(chart):
    if not chart.labels:
        return
    assert sum("–" in text for text in draw(chart, 80)) >= len(chart.labels)
    assert len(chart_table(chart).rows) == len(chart.labels)


def test_all_intervals_equal_can_be_drawn():
    one = IntervalChart("i", "", ("a",), (1.0,), (1.0,), (1.0,), (1.0,), ("", "", ""), "Rank")
    assert "◆" in draw(one, 40)[-1]


def test_a_table_has_the_figures_of_the_intervals():
    table = chart_table(SPANS)
    assert [column.title for column in table.columns[1:]] == [
        "rank", "median", "5-95 %, from", "5-95 %, to",
    ]  # fmt: skip
    assert table.rows[1] == ("Atlantis", 3.0, 4.0, 2.0, 8.0)
    assert '"marks"' in to_text(Answer("", (), (SPANS,)), "json")
