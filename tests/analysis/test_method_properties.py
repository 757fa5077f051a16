"""What is said of a method is what the tests of its step hold it to."""

import pytest

from softpower.analysis.method_properties import SAID, properties
from softpower.analysis.methods import example, list_methods, methods_by_step


def told(step, name):
    (table,) = list_methods(step, name).tables
    return {row["fact"]: row["value"] for row in table.records()}.get("Properties", "")


@pytest.mark.parametrize(
    ("step", "name", "words"),
    [
        ("aggregate", "geometric", "never lowers the result"),
        ("aggregate", "arithmetic", "contributions add up"),
        ("aggregate", "mazziotta-pareto", "a better value may lower the result"),
        ("aggregate", "topsis", "depends on the values of all others too"),
        ("aggregate", "kemeny", "stands at the top of the tree alone"),
        ("normalise", "rank", "only the order of the figures counts"),
        ("normalise", "minmax", "another unit of measurement or zero point changes no value"),
        ("aggregate", "kemeny", "draws of weights are scored one by one"),
        ("missing", "flat", "draws of weights are made up for at once"),
        ("normalise", "robust", "as a scale of scores, many draws of weights are scored one"),
        ("weight", "given", "uses the weights that are stated; figures do not count"),
        ("weight", "benefit-of-the-doubt", "everyone ranked has weights of its own"),
        ("impute", "regression", "within the range of the figures"),
        ("treat", "box-cox", "the upper tail is treated otherwise"),
    ],
)
def test_a_property_is_told_in_plain_words(step, name, words):
    assert words in told(step, name)


@pytest.mark.parametrize("step", SAID)
def test_every_value_of_a_property_that_methods_have_can_be_told(step):
    for method in methods_by_step()[step]:
        assert properties(step, method(**example(method)))


def test_a_method_that_takes_many_draws_at_once_is_not_said_to_be_slow():
    assert all(
        "one by one" not in told("aggregate", name) for name in ("median", "topsis", "borda")
    )
    assert "one by one" not in told("normalise", "zscore")


def test_where_no_property_is_known_none_is_told():
    assert not told("transform", "log")
