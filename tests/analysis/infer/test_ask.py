"""Weights behind what is published: hidden and found again, pinned down on paper, or none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from helpers.imaginary_index import write
from softpower.errors import MethodError, UsageError


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("infer"))


def publish(folder, text, decimals="decimals = 0\n"):
    """Write what is published of the places beside their declaration, and return the index."""
    declaration = (folder / "index.toml").read_text(encoding="utf-8")
    base = declaration.partition("[published]")[0].rstrip() + "\n"
    (folder / "index.toml").write_text(f"{base}\n[published]\n{decimals}", encoding="utf-8")
    (folder / "published.csv").write_text(f"unit,score,rank,source\n{text}", encoding="utf-8")
    return softpower.load(str(folder))


def weights(answer):
    return {row["id"]: row for row in answer.table("weights").records()}


def told(answer):
    return {row["fact"]: row["value"] for row in answer.table("inferred").records()}


def test_hidden_weights_of_elcano_are_found_again():
    hidden = softpower.load("elcano-2021", weights={"economic": 30, "military": 30, "soft": 40})
    found = weights(softpower.infer(hidden))
    for name, weight in {"economic": 43, "military": 21, "soft": 36}.items():
        assert found[name]["own"] in {30, 40}
        assert found[name]["least"] <= weight <= found[name]["most"]
        assert found[name]["most"] - found[name]["least"] < 0.01


def test_all_weights_of_elcano_are_found_again():
    found = weights(softpower.infer("elcano-2021", levels="all"))
    assert len(found) == 16
    for row in found.values():
        assert row["least"] <= row["own"] + 1e-6
        assert row["own"] - 1e-6 <= row["most"] < row["least"] + 0.1


def test_equal_weights_of_the_human_development_index_follow_from_its_rounded_scores():
    # A geometric mean of three dimensions, printed to three decimals.
    for row in weights(softpower.infer("hdi-2022")).values():
        assert row["least"] - 1e-9 <= 100 / 3 <= row["most"] + 1e-9
        assert row["most"] - row["least"] < 0.02


@pytest.mark.parametrize(
    ("index", "gains", "share"),
    [("sea-survey-2020", "vietnam", 5.59), ("sea-survey-2021", "philippines", 7.82)],
)
def test_the_smallest_reweighting_that_gives_the_printed_headline(index, gains, share):
    answer = softpower.infer(index)
    found = weights(answer)
    moved = {name: row["fitted"] - row["own"] for name, row in found.items()}
    assert moved["laos"] == pytest.approx(-share, abs=0.005)
    assert moved[gains] == pytest.approx(share, abs=0.005)
    assert told(answer)["Weight moved"] == f"{share} % from the stated ones"
    assert told(answer)["To pin them down"] == "at least 8 more countries, whatever the decimals"
    run = softpower.load(index, weights={name: row["fitted"] for name, row in found.items()})
    published = run.index.published
    known = dict(zip((unit.id for unit in published.units), published.scores, strict=True))
    for standing in run.score():
        assert abs(standing.score - known[standing.id]) <= 0.05 + 1e-6


def test_rounding_leaves_an_interval_on_paper(folder):
    # 10 + 80 w lies between 57.5 and 58.5, and 70 - 50 w between 39.5 and 40.5.
    run = publish(folder, "Atlantis,58,1,us\nRuritania,40,3,us\nLemuria,48,2,us\n")
    answer = softpower.infer(run)
    found = weights(answer)["arts"]
    assert (found["least"], found["most"]) == pytest.approx((59.375, 60.625))
    assert found["fitted"] == pytest.approx(59.375)
    assert told(answer)["Bound by"] == "Atlantis"
    assert told(answer)["Consistent weights"] == "many: the widest interval has 1.25 points"
    assert told(answer)["To pin them down"] == "2 more decimals of the same scores"
    assert answer.provenance["infer"]["tolerance"] == 0.5


def test_ranks_leave_an_interval_on_paper(folder):
    run = publish(folder, "Atlantis,,1,us\nRuritania,,3,us\nLemuria,,2,us\n", "")
    found = weights(softpower.infer(run))["arts"]
    assert (found["least"], found["most"]) == pytest.approx((47.5, 100))


def test_where_none_are_consistent_the_worst_fit_is_told(folder):
    run = publish(folder, "Atlantis,58,1,us\nRuritania,40,3,us\nLemuria,44,2,us\n")
    answer = softpower.infer(run)
    assert not answer.holds
    (worst,) = answer.table("worst").records()
    assert worst["country"] == "Lemuria"
    assert worst["beyond"] == pytest.approx(3.5)
    assert 59 < weights(answer)["arts"]["fitted"] < 61
    assert softpower.infer(run, tolerance=4.5).holds


def test_one_level_unit_says_nothing_of_weights(folder):
    answer = softpower.infer(publish(folder, "Lemuria,48,2,us\n"))
    found = weights(answer)["arts"]
    assert (found["least"], found["most"]) == pytest.approx((0, 100))
    assert told(answer)["To pin them down"] == "at least 1 more country, whatever the decimals"


@settings(max_examples=15)
@given(st.integers(0, 100), st.integers(0, 2))
def test_true_weights_are_always_among_the_consistent_ones(folder, percent, decimals):
    w = percent / 100
    scores = {"Atlantis": 10 + 80 * w, "Lemuria": 48.0, "Ruritania": 70 - 50 * w}
    rows = "".join(f"{name},{score:.{decimals}f},,us\n" for name, score in scores.items())
    answer = softpower.infer(publish(folder, rows, f"decimals = {decimals}\n"))
    found = weights(answer)["arts"]
    assert answer.holds
    assert found["least"] - 1e-6 <= percent <= found["most"] + 1e-6


def test_what_makes_no_sense_is_refused():
    with pytest.raises(UsageError, match="Nothing is published of open-soft-power"):
        softpower.infer("open-soft-power")
    with pytest.raises(UsageError, match="no weights to move"):
        softpower.infer("gspi-2026")
    with pytest.raises(UsageError, match="`tolerance` has no effect"):
        softpower.infer("hdi-2022", ranks=True, tolerance=0.1)
    with pytest.raises(UsageError, match="`tolerance` is -1"):
        softpower.infer("hdi-2022", tolerance=-1)
    scaled = softpower.load("elcano-2021", set={"scale": "minmax"})
    with pytest.raises(MethodError, match="Go by the ranks"):
        softpower.infer(scaled)
    assert np.isfinite(weights(softpower.infer(scaled, ranks=True))["soft"]["least"])


def test_what_is_beyond_is_told_in_points_of_the_printed_score():
    answer = softpower.infer("hdi-2022", bounds="health=50..")
    worst = answer.table("worst").records()[0]
    off = abs(worst["closest"] - worst["published"])
    assert worst["beyond"] == pytest.approx(off - 0.0005)
    assert worst["beyond"] == max(row["beyond"] for row in answer.table("worst").records())
    assert 0.001 < off < 0.2


def test_weights_are_found_where_the_lowest_score_is_best(folder):
    # What is higher is turned, so that Atlantis has - 10 - 80 w = -58: w is 0.6.
    publish(folder, "Atlantis,-58,1,us\nRuritania,-40,3,us\nLemuria,-48,2,us\n")
    found = weights(softpower.infer(softpower.load(str(folder), set={"direction": "lower"})))
    assert (found["arts"]["least"], found["arts"]["most"]) == pytest.approx((59.375, 60.625))


def test_of_units_that_share_a_rank_nothing_is_concluded(folder):
    run = publish(folder, "Atlantis,,1,us\nRuritania,,2,us\nLemuria,,2,us\n", "")
    answer = softpower.infer(run)
    # Above Ruritania from 6/13 on, above Lemuria from 47.5 % on.
    assert weights(answer)["arts"]["least"] == pytest.approx(47.5)
    assert answer.notes == ("Nothing is concluded between units that share a published rank.",)


def test_undeclared_decimals_are_counted_and_told(folder):
    # 90 w + 10 (1 - w) = 58.4 and 48: w = 0.605, to within half of the last decimal.
    run = publish(folder, "Atlantis,58.4,1,\nLemuria,48,2,\n", decimals="")
    answer = softpower.infer(run)
    assert answer.holds
    arts = weights(answer)["arts"]
    assert (arts["least"], arts["most"]) == pytest.approx((60.4375, 60.5625))
    assert "They have 1 at most" in answer.notes[-1]
    exact = softpower.infer(publish(folder, "Atlantis,58.4,1,\n", decimals="tolerance = 0.8\n"))
    assert weights(exact)["arts"]["least"] == pytest.approx(59.5)
    assert not any("declare" in note for note in exact.notes)
