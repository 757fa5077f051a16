"""What a run says of itself."""

import warnings

import pytest
from click.testing import CliRunner

import softpower
from softpower.cli import main
from softpower.engine.run import Scale
from softpower.methods.normalise import MinMax, RankScale


def test_what_decides_on_the_scale_of_scores_is_the_last_step_that_sets_one():
    assert softpower.load("gspi-2026").scale is None
    plain = softpower.load("open-soft-power", set={"normalise": "minmax:0:10"})
    assert plain.scale == Scale(MinMax(low=0, high=10), 1, summed=False)
    again = softpower.load(plain, set={"renormalise": "rank", "direction": "lower"})
    assert again.scale == Scale(RankScale(), -1, summed=False)
    assert softpower.load(plain, set={"aggregate": "sum"}).scale.summed
    scaled = softpower.load(again, set={"scale": "minmax:1:100", "aggregate": "sum"})
    assert scaled.scale == Scale(MinMax(low=1, high=100), -1, summed=False)


def test_a_weight_on_top_of_a_variant_that_states_all_of_them_is_in_percent_too():
    run = softpower.load("elcano-2021@weights-2012", weights={"economic": 60})
    before = softpower.load("elcano-2021@weights-2012").score().local_weights
    after = run.score().local_weights
    assert after["economic"] == pytest.approx(0.6)
    others = before["military"] + before["soft"]
    assert after["soft"] == pytest.approx(0.4 * before["soft"] / others)
    two = softpower.load("elcano-2021@weights-2012", weights={"economic": 60}, omit="soft")
    assert two.score().local_weights["military"] == pytest.approx(0.4)
    assert run.provenance()["changes"] == {"weights": {"economic": 60}}


def test_weights_of_all_siblings_that_do_not_sum_to_a_hundred_are_told():
    whole = {"economic": 43, "military": 21, "soft": 36}
    assert softpower.load("elcano-2021", weights=whole).doubts == ()
    assert softpower.load("elcano-2021", weights=whole | {"soft": 35}).doubts == ()
    with pytest.warns(softpower.DoubtWarning, match="sum to 130 percent"):
        (said,) = softpower.load("elcano-2021", weights=whole | {"soft": 66}).doubts
    assert said == (
        "The weights economic=43, military=21, soft=66 sum to 130 percent, and count by their "
        "shares of that."
    )


def test_what_is_said_of_the_lowest_level_says_nothing_of_one_beneath():
    run = softpower.load("open-soft-power", set={"aggregate.2": "geometric"})
    assert len(run.setup.methodology.aggregate) == 2
    other = softpower.load("open-soft-power", set={"aggregate": "arithmetic/geometric"})
    assert run.setup.methodology == other.setup.methodology


def test_what_may_be_meant_otherwise_is_warned_of_in_python_and_noted_by_a_command():
    with pytest.warns(softpower.DoubtWarning) as caught:
        run = softpower.load("elcano-2021", weights={"soft": 0.4})
    assert [str(each.message) for each in caught] == list(run.doubts)
    assert caught[0].filename == __file__
    done = CliRunner().invoke(main, ["score", "elcano-2021", "-w", "soft=0.4", "--top", "1"])
    assert f"note: {run.doubts[0]}" in done.stderr.splitlines()
    assert "Warning" not in done.stderr
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of what has been told of a run nothing more is said
        softpower.load(run, set={"ties": "dense"})
