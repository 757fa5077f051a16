"""The order that agrees best is found exactly, whatever the votes, and says what is proven."""

import itertools
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from softpower.methods.aggregate import Kemeny
from softpower.methods.aggregate.consensus import (
    EQUAL,
    _Search,
    _step,
    agreement,
    consensus,
    improved,
)

NOISY = """
import ctypes, os, sys
from softpower.methods.aggregate.consensus import quiet
print("before")
with quiet():
    ctypes.CDLL(None).printf(b"HighsMipSolverData\\n")
    os.write(1, b"past python\\n")
    print("kept")
print("after")
"""
SOLVING = """
import numpy as np
from softpower.methods.aggregate.consensus import _Search
branched = []
branch = _Search._branch
_Search._branch = lambda self: branched.append(1) or branch(self)
for seed in (6, 7, 8):
    m = np.random.default_rng(seed).random((22, 22))
    _Search(np.triu(m, 1) + np.tril(1 - m.T, -1), np.inf).result()
assert branched
"""


def by_hand(support):
    """Return the highest agreement of all orders."""
    return max(agreement(support, order) for order in itertools.permutations(range(len(support))))


def random_votes(seed, n, parts=10):
    rng = np.random.default_rng(seed)
    ahead = rng.integers(0, parts + 1, (n, n)) / parts if parts else rng.random((n, n))
    votes = np.triu(ahead, 1) + np.tril(1 - ahead.T, -1)
    np.fill_diagonal(votes, 0)
    return votes


@pytest.mark.parametrize("parts", [2, 10, None])
@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_all_agrees_with_more(seed, parts, proof):
    for n in range(1, 8):
        votes = random_votes(10 * n + seed, n, parts)
        found = consensus(votes, 60)
        assert found.proven
        assert sorted(found.order) == list(range(n))
        assert found.score == pytest.approx(agreement(votes, found.order), abs=1e-9)
        proof(Kemeny, "all orders of up to 7 units", found.score, by_hand(votes), 1e-6)


def test_the_order_of_seven_sports_is_the_best_of_all(proof):
    # 130 students rank seven sports: Marden (1995), Analyzing and Modeling Rank Data.
    support = np.array(
        [
            [0, 81, 61, 66, 63, 64, 82],
            [49, 0, 54, 60, 57, 60, 72],
            [69, 76, 0, 66, 61, 64, 88],
            [64, 70, 64, 0, 63, 58, 89],
            [67, 73, 69, 67, 0, 71, 96],
            [66, 70, 66, 72, 59, 0, 86],
            [48, 58, 42, 41, 34, 44, 0],
        ],
        float,
    )
    found = consensus(support, 60)
    proof(Kemeny, "seven sports, 130 rankings", found.score, 1562)
    # cycling, swimming, basketball, baseball, tennis, football, jogging
    assert found.order == (4, 5, 2, 0, 3, 1, 6)


@pytest.mark.parametrize("seed", range(3))
def test_a_bound_is_never_below_the_best_even_where_time_runs_out_at_once(seed):
    votes = random_votes(seed, 16, None)
    hasty, patient = consensus(votes, 1e-9), consensus(votes, 60)
    assert patient.proven
    assert hasty.score <= patient.score + 1e-6 <= hasty.bound + 2e-6
    assert hasty.score > 0.95 * patient.score
    assert not hasty.proven


@pytest.mark.parametrize("seed", [6, 7, 8])
def test_orders_that_need_whole_numbers_are_proven(seed):
    rng = np.random.default_rng(seed)
    ahead = rng.random((22, 22))  # no linear relaxation is enough for these
    votes = np.triu(ahead, 1) + np.tril(1 - ahead.T, -1)
    found = consensus(votes, 60)
    assert found.proven
    assert found.score >= agreement(votes, improved(votes, range(22)))


@pytest.mark.parametrize("seed", range(4))
def test_whole_numbers_alone_lead_to_the_best_of_all_orders(seed, proof, monkeypatch):
    def no_relaxation(search):
        search.cut = search.cut[:0]

    monkeypatch.setattr(_Search, "_relax", no_relaxation)
    monkeypatch.setattr(_Search, "_shake", lambda _: None)
    votes = random_votes(seed, 7, None)
    found = consensus(votes, 60)
    assert found.proven
    proof(Kemeny, "all orders of 7 units, by branching", found.score, by_hand(votes), 1e-6)


def test_the_search_ends_where_no_move_is_better():
    votes = random_votes(5, 12)
    order = improved(votes, range(12))
    for unit in order:
        rest = [other for other in order if other != unit]
        for at in range(12):
            moved = [*rest[:at], unit, *rest[at:]]
            assert agreement(votes, moved) <= agreement(votes, order) + 1e-9


def run(text):
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)


def test_what_a_library_prints_past_python_does_not_reach_the_standard_output():
    assert run(NOISY).stdout.replace("kept\n", "") == "before\nafter\n"


def test_the_solver_prints_nothing():
    done = run(SOLVING)
    assert done.stdout == ""
    assert done.stderr == ""


@pytest.mark.parametrize("solver", ["linprog", "milp"])
def test_a_solver_that_ran_out_of_time_proves_nothing(solver, monkeypatch):
    out_of_time = SimpleNamespace(status=1, x=None, fun=None, mip_dual_bound=None)
    monkeypatch.setattr(f"scipy.optimize.{solver}", lambda *_, **__: out_of_time)
    if solver == "milp":
        monkeypatch.setattr(
            _Search, "_relax", lambda search: setattr(search, "cut", search.cut[:0])
        )
    monkeypatch.setattr(_Search, "_shake", lambda _: None)
    votes = random_votes(0, 7, None)
    found = consensus(votes, 60)
    assert not found.proven
    assert found.bound >= by_hand(votes) > 0


def test_room_for_better_orders_only_that_is_empty_is_a_proof(monkeypatch):
    impossible = SimpleNamespace(status=2, x=None, fun=None)
    monkeypatch.setattr("scipy.optimize.linprog", lambda *_, **__: impossible)
    assert consensus(random_votes(0, 7, None), 60).proven


def test_without_time_each_unit_is_still_moved_once():
    votes = random_votes(3, 30, None)
    start = agreement(votes, range(30))
    once = agreement(votes, improved(votes, range(30), -np.inf))
    assert start < once <= agreement(votes, improved(votes, range(30)))


def test_steps_between_votes_are_found_among_many_and_not_made_up():
    assert _step(np.array([0.25, 0.5, 1.0])) == 0.25
    assert _step(np.arange(0, 3, 0.001)) == pytest.approx(0.001)
    assert _step(np.random.default_rng(0).random(3000)) == 2 * EQUAL
