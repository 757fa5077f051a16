"""Which choice moved a country is asked of any two runs of an index."""

import pytest

import softpower


def test_why_takes_a_choice_of_the_lowest_level():
    first = softpower.load("open-soft-power")
    second = softpower.load(
        "open-soft-power", set={"aggregate.2": "geometric"}, weights={"culture": 40}
    )
    answer = softpower.compare(first, second, why="China")
    *parts, total = answer.table("attribution").records()
    assert sum(row["places"] for row in parts) == pytest.approx(total["places"])
