"""What is asked of a question is in its charts."""

import pytest

import softpower
from softpower.charts import BarChart, GridChart, IntervalChart, RankChart, StackedBars, TreeChart


def test_why_one_country_moved_is_bars_and_why_all_did_a_grid():
    runs = ["open-soft-power", "@geometric"]
    one, every = (softpower.compare(*runs, why=who) for who in ("Chad", "all"))
    (bars,), (grid,) = one.charts, every.charts
    assert isinstance(bars, BarChart)
    assert bars.values == tuple(row["places"] for row in one.table("attribution").records())
    assert isinstance(grid, GridChart)
    assert len(grid.labels) == len(every.table("attribution").rows)


def test_two_countries_are_held_against_each_other_in_parts_and_in_their_difference():
    answer = softpower.explain("open-soft-power", "China", versus="Japan")
    parts, difference = answer.charts
    assert isinstance(parts, StackedBars)
    assert parts.labels == ("China", "Japan")
    gap = sum(parts.values[0]) - sum(parts.values[1])
    assert sum(difference.values) == pytest.approx(gap)
    assert list(difference.values) == sorted(difference.values, reverse=True)


def test_the_tree_has_the_effective_weights():
    answer = softpower.show("hdi-2022")
    (tree,) = answer.charts
    assert isinstance(tree, TreeChart)
    known = {row["title"].strip(): row["effective"] for row in answer.table("tree").records()}
    assert dict(zip(tree.labels, tree.shares, strict=True)) == pytest.approx(
        {label: 100 * share for label, share in known.items()}
    )
    assert tree.depths[:2] == (1, 2)


def test_shares_of_draws_with_each_rank_are_a_grid():
    answer = softpower.robustness(
        "hdi-2022", weights="bounds:25", draws=50, acceptability=True, top=3
    )
    intervals, grid = answer.charts
    assert isinstance(intervals, IntervalChart)
    assert [sum(row) for row in grid.values] == pytest.approx([100] * 3)


def test_a_country_between_two_editions_stands_out_among_its_neighbours():
    answer = softpower.explain("gspi-2025", "United Kingdom", second="gspi-2026")
    (chart,) = answer.charts
    assert isinstance(chart, RankChart)
    chosen = [line for line in chart.lines if line.chosen]
    assert [(line.label, line.places) for line in chosen] == [("United Kingdom", (3.0, 4.0))]
    assert all(min(line.places) <= 10 for line in chart.lines)


def test_best_and_worst_ranks_by_what_is_missing_or_left_out_are_intervals():
    gaps = softpower.robustness("open-soft-power", gaps=True, top=5)
    (drawn,) = gaps.charts
    assert isinstance(drawn, IntervalChart)
    rows = gaps.table("gaps").records()
    assert drawn.lows == tuple(row["best"] for row in rows)
    assert drawn.highs == tuple(row["worst"] for row in rows)
    assert drawn.marks == drawn.middles == tuple(row["rank"] for row in rows)
    left = softpower.robustness("hdi-2022", leave_out="pillars", top=4)
    bars, spans = left.charts
    assert bars.values == tuple(row["shift"] for row in left.table("left-out").records())
    rows = left.table("spans").records()
    assert spans.lows == tuple(row["best"] for row in rows)
    assert spans.highs == tuple(row["worst"] for row in rows)
