"""An answer from less than was asked for is status 3, unless that is allowed."""

import pytest
from click.testing import CliRunner

from softpower.cli import main

LOST = ("--vary", "normalise=goalposts,zscore:0:1", "--vary", "aggregate=geometric,arithmetic")
ASKED = [
    (["robustness", "hdi-2022", *LOST], "robustness (3 of 4 combinations)"),
    (["sensitivity", "hdi-2022", *LOST], "sensitivity (3 of 4 combinations)"),
    (["robustness", "hdi-2022", "--vary", "weight=given,benefit-of-the-doubt", "--weights",
      "bounds", "--draws", "100", "--set", "aggregate=arithmetic"], "(50 of 100 draws)"),
    (["compare", "elcano-2021@weights-2012", "--all"], "every variant (2 of 5 variants)"),
    (["claim", "elcano-2021", "EUU in the top 3", "--weights", "none"], "5 of 6 variants"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "title"), ASKED)
def test_less_than_was_asked_for_is_status_3_and_in_the_title(words, title):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 3
    assert title in result.stdout.splitlines()[0]
    assert "Less was computed than was asked for; --allow-missing accepts it." in result.stderr


@pytest.mark.parametrize(("words", "title"), ASKED)
def test_it_may_be_allowed(words, title):
    result = CliRunner().invoke(main, [*words, "--allow-missing"])
    assert result.exit_code == 0
    assert title in result.stdout.splitlines()[0]
    assert "--allow-missing" not in result.stderr


def test_a_share_of_weights_is_missed_only_where_it_was_asked_for():
    words = ["claim", "hdi-2022", "Norway > Chad", "--draws", "50",
             "--set", "weight=benefit-of-the-doubt", "--set", "aggregate=arithmetic"]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert "No share of weights" in result.stderr
    assert result.exit_code == 0
    assert CliRunner().invoke(main, [*words, "--weights", "simplex"]).exit_code == 3


def test_a_claim_that_falls_is_status_3_all_the_same():
    words = ["claim", "hdi-2022", "Chad > Norway", "--weights", "none", "--allow-missing"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 3
    assert "Less was computed" not in result.stderr


def test_all_that_was_asked_for_is_status_0():
    result = CliRunner().invoke(
        main, ["robustness", "elcano-2021@weights-2012", "--leave-out", "indicators"]
    )
    assert result.exit_code == 0
    assert "left out at a time\n" in result.stdout
    assert len(result.stdout.splitlines()) > 150


@pytest.mark.parametrize(
    "words",
    [
        ["robustness", "hdi-2022", "--interval", "nan"],
        ["sensitivity", "hdi-2022", "--weights", "bounds", "--split", "--confidence", "nan"],
        ["robustness", "hdi-2022", "--interval", "inf"],
        ["robustness", "hdi-2022", "--rounding", "nan"],
        ["robustness", "hdi-2022", "--rounding", "life_expectancy=inf"],
        ["robustness", "hdi-2022", "--weights", "bounds:nan"],
        ["robustness", "hdi-2022", "--draws", "nan"],
        ["robustness", "hdi-2022", "--vary", "normalise=minmax*nan,zscore"],
        ["robustness", "hdi-2022", "--vary", "normalise.low=nan,1"],
        ["score", "open-soft-power", "-w", "culture=nan"],
        ["score", "open-soft-power", "-w", "culture=inf"],
        ["score", "hdi-2022", "--set", "normalise=minmax:low=nan"],
        ["score", "hdi-2022", "--set", "coverage.country=inf"],
        ["claim", "hdi-2022", "Norway beats Chad by nan points"],
    ],
)
def test_no_number_of_the_command_line_is_nan_or_infinite(words):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "Error" in result.stderr
