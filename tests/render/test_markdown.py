import re

from hypothesis import given

from helpers.imaginary_answers import ANSWER, RANKING, answers, calm
from softpower.answer import Answer
from softpower.render.markdown import escape
from softpower.render.text import to_text


@calm
@given(answers)
def test_every_row_has_as_many_cells_as_there_are_columns(answer):
    lines = to_text(answer, "markdown").split("\n")
    found = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines if line[:2] == "| "]
    expected = [
        len(table.columns) + 1 for table in answer.tables for _ in range(len(table.rows) + 2)
    ]
    assert found == expected


@calm
@given(answers)
def test_no_cell_becomes_markup(answer):
    assert not re.search(r"(?<!\\)<", to_text(answer, "markdown").replace("\\\\", ""))


def test_a_table_is_aligned_and_its_notes_are_in_italics():
    assert to_text(Answer("Places", (RANKING,)), "markdown").split("\n") == [
        "## Places",
        "",
        "**Ranking of imaginary places**",
        "",
        "| Rank | Country                     |    Score | Change | Places |  Weight |",
        "| ---: | --------------------------- | -------: | -----: | -----: | ------: |",
        "|    1 | Ruritania                   |     80.1 |   +1.2 |    ▲ 3 |  16.7 % |",
        "|    2 | &nbsp;&nbsp;Côte d’Atlantis |      0.3 |   −0.4 |   ▼ 12 |  50.0 % |",
        "|    3 | El Dorado                   |        – |      – |        |       – |",
        "|    4 | Freedonia                   | 12,345.6 |    0.0 |      = | 100.0 % |",
        "",
        "*El Dorado was not found.*",
        "",
    ]


def test_markup_in_names_is_escaped():
    assert escape("a|b *c* [d] `e` _f_ g_h <i> &amp; #1") == (
        r"a\|b \*c\* \[d\] \`e\` \_f\_ g_h \<i\> \&amp; \#1"
    )


def test_notes_of_the_answer_stand_at_the_end_of_a_file():
    assert to_text(ANSWER, "markdown", notes=True).endswith("*All figures are made up.*\n")
    assert "made up" not in to_text(ANSWER, "markdown")
