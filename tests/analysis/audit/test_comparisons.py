"""Comparisons over weights in an audit: two indicators, worked by hand."""

import pytest

import softpower

pd = pytest.importorskip("pandas")


@pytest.fixture
def index():
    """A is ahead of D and B of C whatever the weights; all else turns."""
    frame = pd.DataFrame(
        {
            "unit": [f"Place {name}" for name in "ABCD"],
            "music": [100.0, 40.0, 30.0, 90.0],
            "ships": [20.0, 70.0, 60.0, 10.0],
        }
    )
    return softpower.index_from(
        frame,
        id="places",
        units="other",
        methodology={"coverage": {"country": 0, "pillar": 0}, "normalise": "none"},
    )


def found(answer):
    return {row["check"]: row["value"] for row in answer.table("findings").records()}


def test_pairs_that_hold_whatever_the_weights_are_counted(index):
    answer = softpower.audit(index, chapter="comparisons", measures=True)
    rows = {row["unit"][-1]: row for row in answer.table("comparisons").records()}
    assert {name: (row["ahead"], row["behind"]) for name, row in rows.items()} == {
        "A": (1, 0),
        "B": (1, 0),
        "C": (0, 1),
        "D": (0, 1),
    }
    assert (rows["A"]["best"], rows["A"]["worst"]) == (1, 3)
    # Scores are 60, 55, 45 and 50. r = A / (A + B): A over B 5 / 55, A over C 15 / 55, B over D
    # 5 / 55, D over C 5 / 55; B over C and A over D hold.
    assert found(answer) == {
        "dominance": pytest.approx(2 / 6),
        "firm": pytest.approx(3 / 6),
        "weight-range": 0.75,
    }
    said = {row["check"]: row["finding"] for row in answer.table("findings").records()}
    assert said == {
        "dominance": "33% of 6 pairs keep their order under all 2 weights of the index "
        "(dominance=0.5)",
        "firm": "50% of 6 pairs hold until 25% of the belief is in other weights "
        "(firm=0.75, belief=0.25)",
        "weight-range": "Place A is behind 0 of 4 units and ahead of 1 whatever the weights; the "
        "middle one spans 3 ranks (weight-range=0.5)",
    }


def test_how_much_belief_and_how_many_pairs_are_thresholds(index):
    less = softpower.audit(index, chapter="comparisons", threshold="belief=0.05")
    assert "firm" not in found(less)
    more = softpower.audit(index, chapter="comparisons", threshold="belief=0.3")
    assert found(more)["firm"] == pytest.approx(2 / 6)
    mild = {"dominance": 0.3, "firm": 0.4, "weight-range": 0.8}
    assert found(softpower.audit(index, chapter="comparisons", threshold=mild)) == {}


def test_scores_that_are_no_form_of_the_weights_are_missed_by_who_asked_for_the_chapter(index):
    run = softpower.load(index, set={"aggregate": "median"})
    answer = softpower.audit(run, chapter="comparisons")
    assert not answer.complete
    assert answer.notes[0].startswith("comparisons: No figures: ")
    whole = softpower.audit(run)
    assert whole.complete
    assert answer.notes[0] in whole.notes
    rounded = softpower.audit("hdi-2022", chapter="comparisons")
    assert rounded.complete
    assert rounded.notes == ("comparisons: Scores are compared before they are rounded.",)
