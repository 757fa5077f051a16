"""Every figure that is printed of what is left out, against scoring without it."""

from itertools import combinations

import numpy as np
import pytest

import softpower
from softpower.analysis.robustness.leave_out import leave_out
from softpower.methods.ties import rank

NAME = "open-soft-power"
RUN = softpower.load(NAME)
TOP = 8


def table(answer, name):
    return next(each for each in answer.tables if each.name == name).records()


def anew(name):
    """Return the units that are ranked with and without a thing, and their ranks among them."""
    nominal, other = RUN.score(), softpower.load(NAME, omit=[name]).score()
    after = dict(zip((unit.id for unit in other.units), other.ranks, strict=True))
    ranks = np.array([after.get(unit.id, np.nan) for unit in nominal.units])
    both = ~np.isnan(nominal.ranks + ranks)
    names = [unit.name for unit, yes in zip(nominal.units, both, strict=True) if yes]
    return names, rank(-nominal.ranks[both]), rank(-ranks[both])


@pytest.fixture(scope="module")
def pillars():
    return leave_out(RUN, "pillars", top=TOP)


def test_shifts_reversals_and_the_top_are_those_of_scoring_without_it(pillars):
    rows = table(pillars, "left-out")
    assert [row["id"] for row in rows] != []
    for row in rows:
        names, before, after = anew(row["id"])
        shift = after - before
        assert row["shift"] == pytest.approx(np.abs(shift).mean())
        assert row["largest"] == np.abs(shift).max()
        assert row["mover"] == names[int(np.argmax(np.abs(shift)))]
        pairs = list(combinations(range(len(names)), 2))
        turned = [(before[i] - before[j]) * (after[i] - after[j]) < 0 for i, j in pairs]
        assert row["reversals"] == sum(turned)
        same = set(np.flatnonzero(before <= TOP)) == set(np.flatnonzero(after <= TOP))
        assert row["top"] == ("yes" if same else "no")
    shifts = [row["shift"] for row in rows]
    assert shifts == sorted(shifts, reverse=True)
    assert {row["top"] for row in rows} == {"yes", "no"}


def test_spans_are_the_best_and_the_worst_rank_without_any(pillars):
    nominal = RUN.score()
    left = [pillar.id for pillar in nominal.framework.root.pillars()]
    found = {}
    for name in left:
        other = softpower.load(NAME, omit=[name]).score()
        ranked = zip((unit.name for unit in other.units), other.ranks, strict=True)
        found[name] = {unit: place for unit, place in ranked if not np.isnan(place)}
    own = {unit.name: place for unit, place in zip(nominal.units, nominal.ranks, strict=True)}
    rows = table(pillars, "spans")
    assert len(rows) == np.count_nonzero(~np.isnan(nominal.ranks))
    for row in rows:
        name = row["country"]
        without = {thing: ranks[name] for thing, ranks in found.items() if name in ranks}
        best, worst = ([None, own[name]] for _ in range(2))
        for thing in left:
            now = without.get(thing, own[name])
            best = [thing, now] if now < best[1] else best
            worst = [thing, now] if now > worst[1] else worst
        assert row["rank"] == own[name]
        assert [row["best_without"], row["best"]] == best
        assert [row["worst_without"], row["worst"]] == worst


def test_the_cases_in_which_the_order_of_others_turns_are_counted():
    answer = leave_out(RUN, "countries", top=TOP)
    ranked = int(np.count_nonzero(~np.isnan(RUN.score().ranks)))
    turned = sum(row["reversals"] > 0 for row in table(answer, "left-out"))
    assert 0 < turned < ranked
    assert f"The order of others turns in {turned} of {ranked} cases." in answer.notes
