"""Counts in messages: one of a thing is not several."""

import pytest

import softpower
from softpower.counting import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 places"), (1, "1 place"), (1.0, "1 place"), (1234, "1,234 places")]
)
def test_one_is_not_several(number, said):
    assert counted(number, "place") == said


def test_a_framework_of_one_pillar_and_one_shown_row_are_said_in_the_singular():
    run = softpower.load("hdi-2022", omit=["education", "income"])
    assert repr(run.setup.framework).endswith("1 pillar, 1 indicator>")
    alone = softpower.load("hdi-2022", omit="Canada")
    answer = softpower.score(alone, region="Northern America", top=9)
    assert repr(answer.table("ranking")).startswith("<Table ranking: 1 row of")
    assert "There is 1 to show, and `top` is 9: it is shown." in answer.notes
