"""Ranks within reach of three imaginary places, which a line on paper shows.

Under a weight ``w`` of arts Atlantis has ``10 + 80 w``, Lemuria 48 and Ruritania ``70 - 50 w``.
Their order turns at 0.475 (Atlantis and Lemuria), 6/13 (Atlantis and Ruritania) and 0.44.
"""

import pytest

import softpower
from helpers.imaginary_index import write
from helpers.whole_folder import DECLARATION, write_index
from softpower.errors import MethodError, UsageError


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("reach")))


def ranks(answer):
    return {row["country"]: (row["best"], row["worst"]) for row in answer.table("reach").records()}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, [(1, 3), (1, 2), (1, 3)]),
        ({"within": 10}, [(1, 3), (1, 2), (2, 3)]),
        ({"within": "4%"}, [(1, 1), (2, 2), (3, 3)]),
        ({"bounds": {"arts": (47, 100)}}, [(1, 2), (1, 2), (3, 3)]),
        ({"bounds": "arts=..45"}, [(3, 3), (1, 2), (1, 2)]),
        ({"order": "arts >= trade"}, [(1, 1), (2, 2), (3, 3)]),
        ({"ratio": "trade/arts=1.2..1.25"}, [(3, 3), (1, 1), (2, 2)]),
    ],
)
def test_ranks_within_reach_are_those_on_paper(places, stated, expected):
    answer = softpower.reach(places, all=True, **stated)
    assert list(ranks(answer).values()) == expected
    assert answer.complete


def test_an_id_may_be_spelled_otherwise(places):
    one = softpower.reach(places, all=True, bounds="ARTS=45..55", order="Trade >= Arts")
    assert list(ranks(one).values()) == [(1, 3), (1, 2), (2, 3)]


def test_weights_of_zero_move_within_stated_bounds_only(places):
    run = softpower.load(places, weights={"arts": 0})
    with pytest.raises(UsageError, match="No weight is free to move"):
        softpower.reach(run, all=True)
    found = ranks(softpower.reach(run, all=True, bounds="arts=0..50"))
    assert found == {"Ruritania": (1, 3), "Lemuria": (1, 2), "Atlantis": (1, 3)}


@pytest.mark.filterwarnings("ignore::softpower.DoubtWarning")  # some are small
def test_weights_that_attain_a_rank_do_so_when_they_are_typed(places):
    answer = softpower.reach(places, "Atlantis")
    for end in ("best", "worst"):
        weights = {row["id"]: row[end] for row in answer.table("weights").records()}
        assert sum(weights.values()) == pytest.approx(100)
        ranking = softpower.load(places, weights=weights).score()
        assert ranking["Atlantis"].rank == answer.table("reach").records()[0][end]


def test_certificates_are_on_record(places):
    answer = softpower.reach(places, ["Lemuria"], within=10)
    record = answer.provenance["reach"]
    (best,) = [each["best"] for each in record["certificates"].values()]
    assert record["space"] == ["within=10%"]
    assert best["rank"] == best["bound"] == 1
    assert 45 <= best["weights"]["arts"] < 47.5


def test_where_weights_are_stated_and_nobody_is_named_all_are_asked_about(places):
    assert softpower.reach(places, within=10) == softpower.reach(places, all=True, within=10)


def test_who_can_be_first_is_counted(places):
    settings = softpower.reach(places, all=True).table("settings").records()
    facts = {row["fact"]: row["value"] for row in settings}
    assert facts["Can be first"] == "3 of 3"
    assert facts["Proven"] == "6 of 6 ranks, of 3 units"


def test_what_is_not_proven_is_told():
    run = softpower.load("elcano-2021")
    answer = softpower.reach(run, "Norway", seconds=1e-9)
    assert not answer.complete
    assert answer.notes[0].startswith("Not proven in 1e-09 seconds: rank ")
    assert answer.notes[0].endswith(" So are 1 more. Take more `seconds`.")
    assert "zero" not in answer.notes[0]
    row = answer.table("reach").records()[0]
    assert row["best_bound"] <= row["best"] <= row["rank"] <= row["worst"] <= row["worst_bound"]


def test_what_hangs_on_weights_next_to_zero_is_no_matter_of_time(tmp_path):
    # A leads C in gold by a billionth of what it has less of than B: under next to no weight.
    lands = write_index(
        tmp_path,
        declaration=DECLARATION.replace("pillar = 0 }\n", 'pillar = 0 }\nnormalise = "none"\n'),
        indicators="id,title,pillar,direction,unit,source\n"
        "gold,Gold,land,higher,t,Atlas\nfish,Fish,sea,higher,t,Atlas\n",
        figures="unit,gold,fish\nA,2e-7,1e-7\nB,200.0000001,0\nC,1e-7,2e-7\n",
    )
    answer = softpower.reach(lands, all=True, seconds=60)
    assert answer.notes[0].startswith("Not proven for weights next to zero: rank ")
    assert answer.notes[0].endswith("Keep weights off zero (`bounds`).")
    assert "seconds" not in answer.notes[0]


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({}, "No country is asked about"),
        ({"country": "Atlantis", "all": True}, "`all` goes without names"),
        ({"all": True, "bounds": "art=10..20"}, "There is no pillar or indicator 'art' here"),
        ({"all": True, "order": "arts >= ships"}, "have no common parent"),
        ({"all": True, "bounds": "music=10..20", "levels": "pillars"}, "which does not vary"),
        ({"all": True, "levels": "pilars"}, "There is no level or pillar 'pilars'"),
        ({"all": True, "bounds": "arts=90..,trade=20.."}, "No weights of arts, trade satisfy"),
        ({"all": True, "within": "much"}, "`within` is 'much'"),
        ({"all": True, "bounds": {"arts": 10}}, "`bounds` of arts are 10"),
        ({"all": True, "ratio": "arts=1..2"}, "does not go into `ratio`"),
        ({"all": True, "bounds": "arts=50"}, "No weight is free to move"),
        ({"country": "Atlantide"}, "Did you mean Atlantis"),
        ({"all": True, "seconds": 0}, "`seconds` is 0"),
    ],
)
def test_what_makes_no_sense_is_refused(places, asked, complaint):
    with pytest.raises(UsageError, match=complaint):
        softpower.reach(places, **asked)


def test_an_index_that_is_only_published_has_no_weights():
    with pytest.raises(UsageError, match="has no weights to move"):
        softpower.reach("gspi-2026", all=True)


def test_a_methodology_that_is_not_linear_is_refused(places):
    run = softpower.load(places, set={"aggregate": "borda"})
    with pytest.raises(MethodError, match="borda aggregation is no mean"):
        softpower.reach(run, all=True)


def test_ranks_that_are_not_solved_for_are_drawn_when_asked(places):
    run = softpower.load(places, set={"aggregate": "borda"})
    drawn = softpower.reach(run, all=True, draws=2_000)
    assert "Drawn, not proven" in drawn.notes[0]
    # Atlantis is first in music and last in ships: by places it is first, or last, but for ties.
    assert ranks(drawn)["Atlantis"] == (1, 3)


def test_drawn_ranks_lie_within_reach_and_come_with_their_weights(places):
    drawn = softpower.reach(places, all=True, within=10, draws=2_000)
    assert ranks(drawn) == ranks(softpower.reach(places, all=True, within=10))
    row = drawn.table("reach").records()[0]
    typed = {"arts": row["worst_arts"], "trade": row["worst_trade"]}
    assert softpower.load(places, weights=typed).score()["Atlantis"].rank == row["worst"] == 3
    again = softpower.reach(places, all=True, within=10, draws=2_000, seed=2)
    assert again.table("reach") != drawn.table("reach")


def test_a_seed_without_draws_is_refused(places):
    with pytest.raises(UsageError, match="`seed` has no effect"):
        softpower.reach(places, all=True, seed=3)


def test_a_geometric_mean_is_solved_for(places):
    # sqrt(900) = 30, 48 and sqrt(1400): Lemuria is first at equal weights, and Atlantis can be.
    answer = softpower.reach(f"{places}@geometric", all=True)
    assert ranks(answer) == {"Lemuria": (1, 2), "Ruritania": (1, 3), "Atlantis": (1, 3)}


def test_means_and_spreads_over_all_weights_are_beside_the_ranks(places):
    answer = softpower.reach(places, "Atlantis")
    (row,) = answer.table("reach").records()
    assert row["mean_rank"] == pytest.approx(1 + 0.475 + 6 / 13)
    assert row["mean_score"] == 50
    assert row["spread"] == pytest.approx(40 / 3**0.5)
    assert "var(y) / (k + 1)" in " ".join(answer.notes)


def test_means_over_bounded_weights_are_not_given(places):
    assert (
        "mean_rank"
        not in softpower.reach(places, "Atlantis", within=10).table("reach").records()[0]
    )


def test_an_index_of_one_indicator_has_no_weight_that_moves(tmp_path):
    (tmp_path / "figures.csv").write_text("country,a\nFrance,1\nSpain,2\n", encoding="utf-8")
    for levels in (None, "all"):
        with pytest.raises(UsageError, match="Nothing has a sibling here"):
            softpower.reach(str(tmp_path), all=True, levels=levels)
