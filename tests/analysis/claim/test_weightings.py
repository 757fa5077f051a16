"""The share of weight space that supports a claim, against exact volumes."""

import numpy as np
import pytest

import softpower
from softpower.analysis.claim import weightings
from softpower.analysis.claim.ask import claim
from softpower.analysis.claim.kinds import Above, InTop, LeadsBy, RankIs, RankMatrix
from softpower.analysis.claim.weightings import wilson
from softpower.analysis.shared.variation import Variation
from softpower.engine.sampling.sweep import Failed
from softpower.errors import MethodError
from softpower.methods.sample import Bounds, Simplex

INDEX = """
id = "five"
title = "Five alternatives"
publisher = "Nobody"
units = "other"
methodology = { normalise = "none" }
"""
# Exact volumes of the triangle of weights; the method is that of Lahdelma & Salminen (2001),
# Operations Research 49. The alternatives are imaginary.
FIGURES = {"A1": "0.9,0.2,0.4", "A2": "0.3,0.8,0.5", "A3": "0.5,0.5,0.6", "A4": "0.1,0.6,0.9"}
FIGURES["A5"] = "0.45,0.45,0.45"
EXACT = {
    "A1 above A2": 3 / 7,
    "A1 above A4": 0.410256410256,
    "A3 above A5": 1.0,
    "A2 in the top 1": 0.285024154589,
    "A5 is 4th": 0.599471966206,
    "A1 in the bottom 1": 0.419892473118,
}


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indices") / "five"
    folder.mkdir()
    (folder / "index.toml").write_text(INDEX, encoding="utf-8")
    (folder / "indicators.csv").write_text("id,source\nc1,x\nc2,x\nc3,x\n", encoding="utf-8")
    (folder / "units.csv").write_text(
        "id,name\n" + "".join(f"{name},{name}\n" for name in FIGURES), encoding="utf-8"
    )
    rows = "".join(f"{name},{cells}\n" for name, cells in FIGURES.items())
    (folder / "figures.csv").write_text("unit,c1,c2,c3\n" + rows, encoding="utf-8")
    return softpower.load(str(folder))


def rows(answer):
    return {row["claim"]: row for row in answer.tables[0].records()}


def test_the_share_of_weights_is_the_exact_volume_within_its_error(five):
    variation = Variation(weights=Simplex(), draws=200_000)
    found = rows(claim(five, list(EXACT), weights=variation))
    for row, expected in zip(found.values(), EXACT.values(), strict=True):
        assert row["weights"] == pytest.approx(expected, abs=2 * row["weights_error"])
        assert row["weights_error"] < 0.0023


def test_a_lead_in_points_is_judged_by_drawn_scores(five):
    # A1 - A3 is 0.4 a - 0.3 b - 0.2 c; where c is fixed at 0 it is at least 0.05 for a >= 1/2.
    run = softpower.load(five.identifier, omit=["c3"])
    variation = Variation(weights=Simplex(), draws=100_000)
    (row,) = rows(claim(run, ["A1 beats A3 by 0.05 points"], weights=variation)).values()
    assert row["weights"] == pytest.approx(0.5, abs=2 * row["weights_error"])


def test_threads_change_nothing():
    run = softpower.load("hdi-2022")
    variation = Variation(weights=Bounds(), draws=5_000)
    texts = ["Norway above Sweden", "Estonia in the top 30"]
    one, two = (claim(run, texts, weights=variation, threads=n) for n in (1, 2))
    assert one == two


def test_without_weights_to_draw_the_reason_is_told():
    run = softpower.load("hdi-2022", set={"weight": "equal"}, omit=[])
    answer = claim(run, ["North Korea above Sweden"], weights=Variation(weights=Simplex()))
    assert any("cannot judge every claim" in note for note in answer.notes)
    assert "weights" not in answer.tables[0].records()[0]
    published = claim(softpower.load("gspi-2026"), ["China > Japan"], weights=Variation())
    assert "weights_drawn" not in published.provenance


def test_an_interruption_leaves_the_share_of_the_draws_made_so_far():
    def interrupted(total, outcomes, _what="draws"):
        assert total == 10_000
        for at, outcome in enumerate(outcomes):
            if at == 1:
                raise KeyboardInterrupt
            yield outcome

    run = softpower.load("hdi-2022")
    variation = Variation(weights=Simplex(), draws=10_000)
    answer = claim(run, ["Norway > Sweden"], weights=variation, threads=1, watch_draws=interrupted)
    account = answer.provenance["weights_drawn"]
    assert account["partial"] is True
    assert 0 < account["draws"] < 10_000
    assert any("so far" in note for note in answer.notes)


def test_the_interval_of_a_share_is_that_of_wilson():
    # Wilson (1927): 40 of 100.
    assert wilson(40, 100) == pytest.approx((0.309401286432, 0.497997413209), abs=1e-12)
    low, high = wilson(0, 50)
    assert low == pytest.approx(0, abs=1e-15)
    assert 0 < high < 0.08


def test_many_rankings_are_judged_as_each_is_by_itself():
    run = softpower.load("hdi-2022", omit=[])
    ranking = run.score()
    there = ~np.isnan(ranking.ranks)
    units = [unit for unit, yes in zip(ranking.units, there, strict=True) if yes]
    generator = np.random.default_rng(1)
    ranks = np.array([generator.permutation(len(units)) + 1.0 for _ in range(40)])
    a, b = units[3], units[50]
    made = [
        Above(a, ">", b), Above(a, "<=", b), InTop(a, 60), InTop(b, 90, "bottom"),
        InTop(a, 90, "bottom", negated=True),
        RankIs(a, int(ranks[0, 3])), LeadsBy(a, b, 20, "place"),
    ]  # fmt: skip
    ids = [unit.id for unit in units]
    together = RankMatrix(ids, ranks, -ranks)
    for each in made:
        single = [bool(each.true(RankMatrix(ids, row[None], -row[None]))[0]) for row in ranks]
        assert each.true(together).tolist() == single
        assert 0 < sum(single) < 40


def test_draws_that_all_fail_are_a_reason_and_no_share(five, monkeypatch):
    def hopeless(*_, **__):
        yield Failed(0, 1_000, "Never.")
        raise MethodError("Each of the first 1,000 draws fails. Never.")

    monkeypatch.setattr(weightings, "sweep", hopeless)
    answer = claim(five, ["A1 above A2"], weights=Variation(weights=Simplex()))
    assert "No share of weights: Each of the first 1,000 draws fails. Never." in answer.notes
    assert "weights" not in rows(answer)["A1 above A2"]
    assert not answer.complete


def test_it_is_said_of_how_many_weights_a_share_and_a_proof_are():
    answer = softpower.claim("open-soft-power", "Germany > Netherlands", draws=50)
    assert (
        "Weights: the share of 50 sets of 54 weights (simplex, seed 1) that support a claim, with "
        "its 95 % error." in answer.notes
    )
    assert any("some or none of the values of 7 weights (simplex)" in note for note in answer.notes)
