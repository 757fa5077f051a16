"""Runs in one word, as titles print them and as a person types them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from helpers.whole_folder import DECLARATION, INDICATORS, write_index
from softpower.api.words import as_run
from softpower.errors import UsageError

FIRST = softpower.load("open-soft-power")


@pytest.mark.parametrize(
    ("word", "changes"),
    [
        ("culture=40", {"weights": {"culture": 40}}),
        ("Culture = 40%, digital=10", {"weights": {"culture": 40, "digital": 10}}),
        (
            "normalise=zscore,culture=40",
            {"set": {"normalise": "zscore"}, "weights": {"culture": 40}},
        ),
        ("omit=China,omit=digital", {"omit": ["digital", "CHN"]}),
        ("omit=Korea, Rep.", {"omit": ["KOR"]}),
        ('normalise={ method = "minmax", low = 1 }', {"set": {"normalise": "minmax:1"}}),
        ("visa_openness=50", {"weights": {"visa_openness": 50}}),
    ],
)
def test_what_a_part_changes_is_told_by_what_it_names(word, changes):
    assert as_run(word, FIRST).provenance()["changes"] == changes


def test_a_word_changes_the_first_run_or_the_one_that_it_names():
    first = softpower.load("open-soft-power@zscore")
    assert as_run("culture=40", first).name == "open-soft-power@zscore"
    assert as_run("@geometric,culture=40", first).name == "open-soft-power@geometric"
    assert as_run("hdi-2022,aggregate=arithmetic", first).name == "hdi-2022"


@given(
    parts=st.lists(
        st.sampled_from(
            ["normalise=zscore", "culture=40", "omit=digital", "omit=CHN", "treat=none", "round=1"]
        ),
        min_size=1,
        unique=True,
    ),
    variant=st.sampled_from(["", "@geometric", "@ranks+geometric"]),
)
@settings(deadline=None, max_examples=12)
def test_what_a_title_says_of_a_run_can_be_typed_back(parts, variant):
    run = as_run(", ".join([*filter(None, [variant]), *parts]), FIRST)
    again = as_run(run.changes, FIRST)
    assert again.provenance() == run.provenance()
    assert softpower.load(run.name, **run.provenance()["changes"]).setup == run.setup


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("music=40", "'music' is no setting, and no pillar or indicator of open-soft-power. Pill"),
        ("normalize=zscore,cultur=4", "Did you mean culture"),
        ("culture=40,culture=50", "set twice"),
        ("culture=forty", "'forty' for 'culture' is not a number"),
        ("@geometrc,culture=40", "Did you mean geometric?"),
        ("geometric", "Write @geometric."),
        ("geometric,culture=40", "Write @geometric."),
    ],
)
def test_a_word_that_makes_no_run_is_refused(word, message):
    with pytest.raises(UsageError, match=message):
        as_run(word, FIRST)


def test_what_could_be_a_setting_or_a_pillar_is_refused(tmp_path):
    folder = write_index(
        tmp_path,
        declaration=DECLARATION.replace("pillars.sea", "pillars.scale"),
        indicators=INDICATORS.replace(",sea,", ",scale,"),
    )
    with pytest.raises(UsageError, match="could be a setting or a pillar or indicator") as caught:
        as_run("scale=40", softpower.load(str(folder)))
    assert """`set={'scale': '40'}` or `weights={'scale': '40'}`""" in caught.value.mend
