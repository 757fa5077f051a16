"""Exact answers on a published data set are those of other calculations: see data/SOURCES.md."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import softpower
from helpers.movable import tai
from softpower.engine.exact.changes import smallest_change
from softpower.engine.exact.extremes import extreme_rank
from softpower.engine.exact.pairs import least_lead, widest_lead

DATA = Path(__file__).parent / "data"
HALF = tuple(
    f"{name}=6.25..25"
    for name in (
        "patents",
        "royalties",
        "internet",
        "exports",
        "telephones",
        "electricity",
        "schooling",
        "university",
    )
)
POLYTOPES = {"simplex": (), "box_half_to_double": HALF, "box_25pct": ("25%",)}

known = cache(tai)


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("polytope", POLYTOPES)
def test_the_least_lead_of_each_country_over_each_other(polytope, proof):
    codes, form = known(*POLYTOPES[polytope])
    everyone = range(len(codes))
    margins = [least_lead(form, unit, everyone) for unit in everyone]
    told = [row for row in rows("tai_margins") if row["polytope"] == polytope]
    found = [margins[codes.index(row["a"])][codes.index(row["b"])] for row in told]
    expected = [float(row["min_margin_a_minus_b"]) for row in told]
    assert len(found) == 23 * 22
    proof(least_lead, f"closed form and linear program: {polytope}", found, expected)


@pytest.mark.parametrize("polytope", POLYTOPES)
def test_who_can_be_first_and_by_how_much(polytope, proof):
    codes, form = known(*POLYTOPES[polytope])
    told = [row for row in rows("tai_first") if row["polytope"] == polytope]
    leads = [-widest_lead(form, codes.index(row["code"])).value for row in told]
    proof(
        widest_lead,
        f"linear program: {polytope}",
        leads,
        [float(row["max_min_margin"]) for row in told],
    )
    for row in told[::3]:
        best = extreme_rank(form, codes.index(row["code"]), "best", 60)
        assert best.proven
        assert (best.rank == 1) is (row["rank1_feasible"] == "1")


@pytest.mark.parametrize(("norm", "column"), [("sum", "L1"), ("squares", "L2")])
def test_the_smallest_change_of_weights_that_lets_one_reach_another(norm, column, proof):
    codes, form = known()
    found, expected = [], []
    for row in rows("tai_changes"):
        leader, chaser = codes.index(row["leader"]), codes.index(row["chaser"])
        change = smallest_change(form.region, form.comparisons(leader)[[chaser]], norm)
        assert (change is not None) is (row["feasible"] == "1")
        if change is not None:
            found.append(change.size)
            expected.append(float(row[column]))
            gap = np.diff(form.scores(change.weights)[[leader, chaser]])[0]
            assert gap >= -1e-9
    proof(smallest_change, f"two other methods: {column}", found, expected, 1e-7)


@pytest.mark.parametrize(("polytope", "within"), [("simplex", None), ("within_25", "25%")])
def test_ranks_within_reach_of_another_solver_on_a_published_index(polytope, within, proof):
    told = [row for row in rows("elcano_ranks") if row["polytope"] == polytope]
    answer = softpower.reach("elcano-2021", [row["code"] for row in told], within=within)
    keys = [column.key for column in answer.tables[0].columns]
    at = [keys.index(name) for name in ("rank", "best", "worst")]
    found = [[row[place] for place in at] for row in answer.tables[0].rows]
    expected = sorted([int(row[name]) for name in ("stated", "best", "worst")] for row in told)
    proof(extreme_rank, f"another solver (CBC) on elcano-2021: {polytope}", found, expected, 0)


def test_smallest_changes_of_another_solver_on_a_published_index(proof):
    found, expected = [], []
    for row in rows("elcano_changes"):
        pair = [row["leader"], row["chaser"]]
        said = softpower.flip("elcano-2021", pair).provenance["flip"]
        assert (said["size"] is not None) is bool(row["L1"])
        if row["L1"]:
            found.append(said["size"])
            expected.append(float(row["L1"]))
    proof(smallest_change, "another solver (CBC) on elcano-2021", found, expected, 1e-6)
