"""What draws take under a method is what the guide says was measured."""

import pytest

from softpower.analysis import method_costs
from softpower.analysis.method_costs import cost, measured
from softpower.analysis.methods import list_methods, methods_by_step

TABLE = """
  as it is                           3.43 us      1.0 times
  missing=flat                       5.10 us      1.5 times
  scale=zscore                      12.50 us      3.6 times
  aggregate=copeland/arithmetic      91.73 us     26.8 times
  aggregate=promethee/arithmetic      98.60 us     28.8 times
  aggregate=promethee:linear:0:10/arithmetic     144.72 us     42.2 times
"""


def test_the_first_ratio_of_each_method_is_taken():
    assert measured(TABLE) == {
        ("missing", "flat"): 1.5,
        ("normalise", "zscore"): 3.6,
        ("aggregate", "copeland"): 26.8,
        ("aggregate", "promethee"): 28.8,
    }


@pytest.mark.parametrize(
    ("step", "name", "said"),
    [
        ("aggregate", "copeland", "A draw of weights takes 27 times as long as"),
        ("normalise", "zscore", "As a scale of scores, a draw of weights takes 4 times as"),
        ("missing", "flat", "takes 2 times as long as under the default"),
        ("aggregate", "kemeny", ""),
    ],
)
def test_it_is_said_in_words(monkeypatch, step, name, said):
    monkeypatch.setattr("softpower.analysis.method_costs._page", lambda: TABLE)
    told = cost(step, name)
    assert said in told
    assert bool(told) == bool(said)


def test_a_method_lists_what_was_measured_of_it_and_the_page_names_methods_that_there_are():
    (table,) = list_methods("aggregate", "topsis").tables
    assert "times as long" in {row["fact"]: row["value"] for row in table.records()}["Draws"]
    known = {(step, each.name()) for step, all_ in methods_by_step().items() for each in all_}
    assert {*measured(method_costs._page())} <= known
