import re
from itertools import pairwise

import pytest

from helpers.imaginary_answers import BUMP
from softpower.charts import Line, RankChart
from softpower.render.plot import draw

BRAILLE = re.compile("[\u2801-\u28ff]")


def chart(*lines, runs=("first", "second")):
    return RankChart("r", "Runs", runs, lines)


def many(count, *, chosen=(), runs=2):
    lines = tuple(Line(f"Place {at}", (at + 1.0,) * runs, at in chosen) for at in range(count))
    return RankChart("r", "Many", tuple(f"run{at}" for at in range(runs)), lines)


def test_two_runs_are_a_slope_chart():
    slope = chart(
        Line("Ruritania", (1.0, 2.0), chosen=True),
        Line("Atlantis", (2.0, 3.0)),
        Line("El Dorado", (3.0, 1.0)),
    )
    assert draw(slope, 44, unicode=False) == [
        "          first             second",
        "Ruritania R 1 --------   ..... 1   El Dorado",
        " Atlantis   2 ........\\------- 2 R Ruritania",
        "El Dorado   3 ...... ......... 3   Atlantis",
    ]


def test_more_runs_are_a_bump_chart_with_the_places_on_its_lines():
    rows = draw(BUMP, 80, unicode=False)
    assert rows[0].split() == ["published", "equal-weights", "per", "head"]
    assert [re.findall(r"\d", row) for row in rows[1:5]] == [[n] * 3 for n in "1234"]
    assert rows[1].startswith("Ruritania")
    assert rows[1].endswith("1 E El Dorado")
    assert "1A" in rows[1]


def test_place_one_is_at_the_top_and_each_place_has_a_row():
    rows = draw(many(20), 80)
    assert len(rows) == 21
    assert [int(re.findall(r"\d+", row)[-2]) for row in rows[1:]] == list(range(1, 21))


def test_a_chosen_line_has_a_mark_at_every_place_and_is_heavier():
    rows = draw(BUMP, 80)
    assert sum(row.count("●") for row in rows) == 3
    assert sum(row.count("■") for row in rows) == 3
    level = chart(Line("a", (1.0, 1.0), chosen=True), Line("b", (2.0, 2.0)))
    assert set(BRAILLE.findall(draw(level, 60)[1])) == {"⠶"}
    assert set(BRAILLE.findall(draw(level, 60)[2])) == {"⠂"}


def test_without_a_chosen_line_all_are_alike_and_none_has_a_mark():
    rows = draw(many(3), 60)
    assert {mark for row in rows for mark in BRAILLE.findall(row)} == {"⠒"}
    assert not set("●■▲") & set("".join(rows))


def test_chosen_lines_have_colours_of_their_own_and_the_others_are_dim():
    rows = draw(BUMP, 80, colour=True)
    first = next(row for row in rows if "● " in row and "Atlantis" in row)
    assert "\x1b[1;36m" in first
    assert any("\x1b[1;35m" in row and "El Dorado" in row for row in rows)
    assert any(row.startswith("\x1b[2m") and "Freedonia" in row for row in rows)


def test_marks_are_letters_of_the_labels_in_ascii_and_differ():
    lines = [Line(name, (at + 1.0,) * 2, True) for at, name in enumerate(["Aa", "Ab", "Éa", "Ab"])]
    rows = draw(chart(*lines), 60, unicode=False)
    assert [row.split()[1] for row in rows[1:]] == ["A", "B", "C", "D"]


def test_a_long_chart_shows_the_chosen_lines_and_those_near_and_says_what_is_left_out():
    rows = draw(many(200, chosen=(100,)), 80)
    assert len(rows) == 33
    assert rows[1].lstrip().startswith("1–85 ┈")
    assert "Place 100" in "\n".join(rows)
    assert rows[-1] == "170 of 200 are not drawn, only the chosen ones and those near to them."


def test_a_long_chart_of_which_none_is_chosen_shows_the_first():
    rows = draw(many(200), 80)
    assert rows[1].split()[:3] == ["Place", "0", "1"]
    assert rows[-1] == "170 of 200 are not drawn, only the first ones."


def test_what_has_no_place_is_listed_below_without_a_line():
    rows = draw(chart(Line("Atlantis", (1.0, None)), Line("Zenda", (None, 1.0))), 60)
    assert not BRAILLE.search("".join(rows))
    assert rows[2].replace("\u2800", " ").split() == ["Zenda", "–", "–", "Atlantis"]


def test_shared_places_are_written_on_each_line():
    rows = draw(chart(Line("Atlantis", (1.5, 1.0)), Line("Zenda", (1.5, 2.0))), 60)
    assert sum(row.count("1.5") for row in rows) == 2


def test_one_run_is_a_list():
    one = chart(Line("Atlantis", (1.0,), chosen=True), Line("Zenda", (2.0,)), runs=("only",))
    assert [row.split() for row in draw(one, 60)] == [
        ["only"],
        ["Atlantis", "●", "1"],
        ["Zenda", "2"],
    ]


def test_a_break_is_drawn_across_the_chart_with_the_places_that_it_stands_for():
    far = chart(Line("Ruritania", (1.0, 1.0)), Line("Atlantis", (40.0, 40.0)))
    assert draw(far, 40, unicode=False) == [
        "        first             second",
        "Ruritania  1 --------------  1 Ruritania",
        "     2-39 ~~~~~~~~~~~~~~~~~~~~",
        " Atlantis 40 -------------- 40 Atlantis",
    ]


def test_a_rise_of_many_places_does_not_look_like_one_of_a_few():
    def height(rise):
        rows = draw(chart(Line("Atlantis", (1.0 + rise, 1.0))), 60)
        return sum("Atlantis" not in row for row in rows)

    assert height(2) < height(5) < height(22) <= height(120)


def test_more_lines_than_colours_differ_in_their_dashes():
    rows = draw(many(14), 60, colour=True)[1:]
    looks = {(re.search(r"\x1b\[(\d+)m", row)[1], *BRAILLE.findall(row)) for row in rows}
    assert len(looks) == 14


def test_a_single_line_is_drawn():
    rows = draw(chart(Line("Atlantis", (1.0, 1.0))), 60)
    assert rows[1].startswith("Atlantis 1 ")
    assert rows[1].endswith(" 1 Atlantis")


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_the_names_of_all_runs_are_there_at_every_width(columns):
    names = tuple(f"open-index@variant-{at}" for at in range(14))
    rows = draw(many(4, runs=14), columns)
    text = "\n".join(rows)
    assert all(f"run{at}" in text for at in range(14))
    wide = RankChart("r", "", names, (Line("Atlantis", (1.0,) * 14),))
    legend = " ".join(" ".join(draw(wide, 40)).split())
    assert all(f"{at + 1} = {name}" in legend for at, name in enumerate(names))


def test_each_part_begins_with_the_run_with_which_the_one_before_ends():
    rows = draw(many(3, runs=14), 60)
    heads = [re.findall(r"run\d+|(?<= )\d+", row) for row in rows if not re.search("Place|=", row)]
    heads = [head for head in heads if head]
    assert len(heads) > 1
    assert all(one[-1] == other[0] for one, other in pairwise(heads))
