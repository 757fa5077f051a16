from softpower.analysis.shared.charts import bars_of, grid_of
from softpower.answer import Column, Table

COLUMNS = (
    Column("name", "Name"), Column("a", "A", "number", 2), Column("b", "B", "percent"),
    Column("c", "C", "percent"),
)  # fmt: skip
TABLE = Table("t", "Title", COLUMNS, (("  x", 1.5, 0.25, None), ("y", None, 1.0, "out")))


def test_bars_are_the_figures_of_a_column_without_those_that_are_missing():
    bars = bars_of(TABLE, "name", "a", axis="Points")
    assert (bars.labels, bars.values, bars.axis, bars.title) == (("x",), (1.5,), "Points", "Title")


def test_a_grid_gives_shares_in_percent_and_leaves_what_is_missing_missing():
    grid = grid_of(TABLE, "name", ["b", "c"], axis="%", title="Other")
    assert grid.columns == ("B", "C")
    assert grid.values == ((25.0, None), (100.0, None))
    assert (grid.digits, grid.title) == (0, "Other")


def test_a_grid_of_numbers_has_a_decimal_unless_all_are_whole_or_all_are_small():
    assert grid_of(TABLE, "name", ["a"], axis="").digits == 2
    large = Table("t", "", COLUMNS[:2], (("x", 2.5), ("y", 1.25)))
    assert grid_of(large, "name", ["a"], axis="").digits == 1
    whole = Table("t", "", COLUMNS[:2], (("x", 2.0),))
    assert grid_of(whole, "name", ["a"], axis="").digits == 0
