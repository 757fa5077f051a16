"""Very many units: what that takes is said beforehand, or refused."""

import pytest

import softpower
from softpower.analysis.robustness.ask import robustness
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared import size
from softpower.analysis.shared.size import (
    combinations_needed,
    memory_needed,
    refuse_too_many_shares,
    stages_needed,
    time_needed,
)
from softpower.analysis.shared.study import study
from softpower.analysis.shared.variation import Variation
from softpower.errors import UsageError
from softpower.methods.sample import Bounds


def test_memory_is_told_where_it_may_be_more_than_a_gigabyte():
    # Two bytes for each place of each unit: 2 x 22,360^2 is just below 10^9.
    assert memory_needed(22_360, halves=False) == ""
    assert "22,361 units takes up to 1.0 GB" in memory_needed(22_361, halves=False)
    assert "40,000 units takes up to 3.2 GB" in memory_needed(40_000, halves=False)
    assert "40,000 units takes up to 6.4 GB" in memory_needed(40_000, halves=True)


@pytest.mark.parametrize(
    ("settings", "variation", "words"),
    [
        (
            {"aggregate": "geometric", "missing": "flat"},
            Variation(weights=Bounds()),
            "(missing=flat)",
        ),
        ({"aggregate": "copeland/arithmetic"}, Variation(weights=Bounds()), "(aggregate=copeland)"),
        ({"scale": "robust"}, Variation(weights=Bounds()), "(scale=robust"),
        ({}, Variation(everywhere=0.1), "draws of the figures takes"),
        ({"weight": "pca"}, Variation(everywhere=0.1), "draws of the figures one by one takes"),
        ({"missing": "redistribute"}, Variation(weights=Bounds()), ""),
        ({"aggregate": "mean-min", "scale": "zscore"}, Variation(weights=Bounds()), ""),
    ],
)
def test_how_long_draws_take_is_told_where_that_is_long(settings, variation, words, monkeypatch):
    known = study(softpower.load("open-soft-power", set=settings), variation)
    seconds = iter([0.0, 1.6])
    monkeypatch.setattr(size, "perf_counter", lambda: next(seconds))
    told = time_needed(known.sweep)
    assert words in told
    # 16 draws in 1.6 seconds, or one of the figures that is scored by itself.
    minutes = "2,667 minutes" if "figures one" in words else "167 minutes"
    if "copeland" in words:  # 160 draws at once
        minutes = "17 minutes"
    assert (f"takes about {minutes}; fewer" in told) == bool(words)


def test_what_takes_no_time_is_not_told(monkeypatch):
    slow = softpower.load("open-soft-power", set={"scale": "percentile"})
    known = study(slow, Variation(weights=Bounds()))
    seconds = iter([0.0, 0.005])
    monkeypatch.setattr(size, "perf_counter", lambda: next(seconds))
    assert time_needed(known.sweep) == ""


def test_a_table_of_too_many_shares_is_refused():
    refuse_too_many_shares(500, 20_000)
    with pytest.raises(UsageError, match=r"20,000 ranks for 501 units.*`top=500` or fewer"):
        refuse_too_many_shares(501, 20_000)


def test_a_person_is_told_before_the_draws_start(monkeypatch):
    events = []

    def watch(total, outcomes, _what="draws"):
        events.append(total)
        yield from outcomes

    monkeypatch.setattr(size, "MUCH", 0)
    run = softpower.load("hdi-2022")
    robustness(run, Variation(weights=Bounds(), draws=20), watch=watch, tell=events.append)
    # 193 units have a rank or none: 2 x 195^2 bytes is 0.0 GB.
    assert "Trying 1 combinations" in events[0]
    assert "takes up to 0.0 GB" in events[2]
    assert events[3:] == [20]


def test_combinations_and_stages_are_told_of_too(monkeypatch):
    assert combinations_needed(30_000) == ""
    said = "Trying 65,536 combinations takes up to 1.8 GB of memory."  # of 28 kB each
    assert combinations_needed(65_536) == said
    assert combinations_needed(2**1_025) == ""  # which is refused
    assert stages_needed(193, 39) == ""
    assert "5,000 units and 500 indicators takes up to 1.3 GB" in stages_needed(5_000, 500)
    events = []
    monkeypatch.setattr(size, "MUCH", 0)
    softpower.score("hdi-2022", stages=True, tell=events.append)
    assert ["stage of 195 units and 4 indicators" in text for text in events] == [True]
    softpower.score("hdi-2022", tell=events.append)
    assert len(events) == 1


def test_shares_of_too_many_ranks_are_refused_before_the_draws_start(monkeypatch):
    monkeypatch.setattr(size, "MOST_SHARES", 1_000)
    focus = RobustnessView(acceptability=True)
    variation = Variation(weights=Bounds(), draws=20)
    with pytest.raises(UsageError, match="1,000 cells is the most"):
        robustness(softpower.load("hdi-2022"), variation, focus)
    robustness(softpower.load("hdi-2022"), variation, RobustnessView())
