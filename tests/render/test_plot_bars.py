import re

from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import PARTS, calm
from softpower.charts import BarChart, StackedBars
from softpower.render.plot import draw


def bars(*values):
    return BarChart("b", "Bars", tuple("abcdefgh"[: len(values)]), values, "Score")


def parts(*rows, names="Culture Digital Trade Health Sport Money"):
    labels = tuple(f"Place {at}" for at in range(len(rows)))
    return StackedBars("s", "Parts", labels, tuple(names.split()[: len(rows[0])]), rows, "Points")


def test_bars_have_their_labels_on_the_left_and_their_values_on_the_right():
    assert draw(bars(20.0, 10.0), 40) == [
        " " * 35 + "Score",
        "a " + "█" * 35 + "  20".strip().rjust(3),
        "b " + "█" * 17 + "▌" + " " * 17 + " 10",
    ]


def test_bars_of_negative_values_end_at_the_line_at_zero():
    rows = draw(bars(2.0, -4.0, 0.0), 40)[1:]
    zeros = {row.index("│") for row in rows}
    assert len(zeros) == 1
    assert re.search("│█+ +2$", rows[0])
    assert re.search("█│ +−4$", rows[1])
    assert rows[1].count("█") in {2 * rows[0].count("█") + by for by in (-1, 0, 1)}
    assert "█" not in rows[2]


def test_a_bar_that_is_too_short_is_still_seen():
    rows = draw(bars(1000.0, 0.01, -0.01), 60)
    assert "▏" in rows[2]
    assert "▐" in rows[3]


def test_equal_values_and_zeros_can_be_drawn():
    assert len({row[1:] for row in draw(bars(3.0, 3.0), 60)[1:]}) == 1
    assert not {"█", "│"} & set("".join(draw(bars(0.0, 0.0), 60)))


def test_up_to_four_parts_have_a_shade_each_and_the_legend_says_which():
    rows = draw(parts((4.0, 3.0, 2.0, 1.0)), 60)
    assert rows[0] == "█ Culture   ▓ Digital   ▒ Trade   ░ Health"
    assert re.fullmatch("Place 0 █+▓+▒+░+ 10", rows[2])


def test_more_parts_begin_with_a_letter_of_their_own():
    rows = draw(parts((4.0, 3.0, 2.0, 1.0, 2.0, 3.0)), 80)
    assert rows[0].startswith("C█ Culture   D▓ Digital   T▒ Trade   H░ Health   S█ Sport")
    assert re.search("C█+D▓+T▒+H░+S█+M▓+ 15$", rows[-1])


def test_ascii_parts_have_letters_too():
    rows = draw(parts((4.0, 3.0, 2.0)), 60, unicode=False)
    assert rows[0] == "C# Culture   D= Digital   T+ Trade"
    assert re.fullmatch("Place 0 C#+D=+T\\++ 9", rows[2])


def test_negative_parts_stand_to_the_left_of_zero():
    rows = draw(parts((4.0, -3.0, -2.0), (-1.0, 0.0, 5.0)), 60)
    assert re.search("▒+▓+│█+ +−1$", rows[2])
    assert re.search("█+│▒+ +4$", rows[3])
    assert rows[2].index("│") == rows[3].index("│")


def test_a_part_that_is_too_small_to_be_drawn_is_named():
    assert "Too small to be drawn: Trade (Atlantis)." in draw(PARTS, 80)
    rows = [(1000.0, 0.01)] * 5
    assert "Too small to be drawn: Digital (5 bars)." in draw(parts(*rows), 80)
    assert not any("small" in row for row in draw(parts((1.0, 0.0)), 80))


@calm
@given(st.lists(st.floats(0, 100), min_size=1, max_size=4), st.integers(50, 120))
def test_each_part_is_as_long_as_its_share_of_the_bar(values, columns):
    total = sum(values)
    row = draw(parts(tuple(values)), columns)[2]
    room = sum(row.count(mark) for mark in "█▓▒░")
    for value, mark in zip(values, "█▓▒░", strict=False):
        assert total == 0 or abs(row.count(mark) - room * value / total) <= 1


def test_parts_are_coloured_on_a_terminal():
    row = draw(parts((4.0, 3.0)), 60, colour=True)[2]
    assert re.search("\x1b\\[36m█+\x1b\\[0m\x1b\\[35m▓+\x1b\\[0m", row)


def test_a_legend_is_broken_between_its_names():
    assert draw(parts((1.0,) * 6), 40)[:2] == [
        "C█ Culture   D▓ Digital   T▒ Trade",
        "H░ Health   S█ Sport   M▓ Money",
    ]
