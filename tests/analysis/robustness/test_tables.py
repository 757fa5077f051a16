"""Every figure that a study of robustness prints, against a plain loop over its combinations."""

from itertools import product

import numpy as np
import pytest

import softpower
from softpower.analysis.robustness.ask import robustness
from softpower.analysis.robustness.leave_out import leave_out
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.variation import Variation
from softpower.index.request import parse_factor
from softpower.methods.sample import Bounds

RUN = softpower.load("open-soft-power@without-media")
VALUES = {
    "normalise": ("minmax", "zscore", "rank"),
    "aggregate": ("arithmetic", "geometric"),
    "impute": ("none", "group-mean"),
}
VARIATION = Variation(tuple(parse_factor(f"{key}={','.join(v)}") for key, v in VALUES.items()))
INTERVAL, FIRST = 60.0, 5


@pytest.fixture(scope="module")
def loop():
    """Ranks under each combination, one score after the other (combinations x units)."""
    settings = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]
    runs = [softpower.load(RUN.name, set=each) for each in settings]
    return np.array([run.score().ranks for run in runs])


@pytest.fixture(scope="module")
def answer():
    return robustness(
        RUN, VARIATION, RobustnessView(interval=INTERVAL, first=FIRST, acceptability=True)
    )


@pytest.fixture(scope="module")
def nominal():
    return RUN.score()


def table(answer, name):
    return next(each for each in answer.tables if each.name == name)


def there(column):
    return column[~np.isnan(column)]


def test_the_table_of_ranks_is_that_of_the_loop(answer, loop, nominal):
    rows = table(answer, "robustness").records()
    ranked = [i for i in nominal.order() if not np.isnan(nominal.ranks[i])]
    assert [row["id"] for row in rows] == [nominal.units[i].id for i in ranked]
    for row, i in zip(rows, ranked, strict=True):
        ranks = there(loop[:, i])
        low, middle, high = np.quantile(ranks, [0.2, 0.5, 0.8], method="averaged_inverted_cdf")
        assert row["rank"] == nominal.ranks[i]
        assert (row["low"], row["median"], row["high"]) == (low, middle, high)
        assert (row["best"], row["worst"]) == (ranks.min(), ranks.max())
        assert row["mean"] == pytest.approx(ranks.mean())
        assert row["shift"] == pytest.approx(np.abs(ranks - nominal.ranks[i]).mean())
        assert row["top"] == pytest.approx(np.mean(ranks <= FIRST))
        assert row["first"] == pytest.approx(np.mean(ranks == 1))
        assert row["inside"] == ("yes" if low <= nominal.ranks[i] <= high else "no")
    titles = {column.key: column.title for column in table(answer, "robustness").columns}
    assert (titles["low"], titles["high"], titles["top"]) == ("20 %", "80 %", "Top 5")


def test_the_chart_shows_what_the_table_says(answer):
    chart, _ = answer.charts  # the second has the chances of ranks
    rows = table(answer, "robustness").records()
    for values, key in [
        (chart.labels, "country"),
        (chart.lows, "low"),
        (chart.middles, "median"),
        (chart.highs, "high"),
        (chart.marks, "rank"),
    ]:
        assert list(values) == [row[key] for row in rows]


def test_shares_of_ranks_are_those_of_the_loop(answer, loop, nominal):
    column = {unit.name: i for i, unit in enumerate(nominal.units)}
    for row in table(answer, "acceptability").records()[:60]:
        ranks = there(loop[:, column[row["country"]]])
        for key, share in row.items():
            if key not in {"country", "id"}:
                expected = np.mean(ranks == float(key.removeprefix("rank_")))
                assert share == pytest.approx(expected)


def test_neighbours_are_held_against_each_other(answer, loop, nominal):
    column = {unit.name: i for i, unit in enumerate(nominal.units)}
    rows = table(answer, "neighbours").records()
    assert len(rows) == np.count_nonzero(~np.isnan(nominal.ranks)) - 1
    for row in rows:
        one, other = (loop[:, column[row[key]]] for key in ("country", "other"))
        both = ~np.isnan(one + other)
        above = (one < other)[both] + 0.5 * (one == other)[both]
        assert row["share"] == pytest.approx(above.mean())
        assert row["rank"] == nominal.ranks[column[row["country"]]]


def test_what_is_said_of_the_ranking_as_a_whole_is_that_of_the_loop(answer, loop, nominal):
    told = {row["fact"]: row["value"] for row in table(answer, "design").records()}
    ranked = ~np.isnan(nominal.ranks)
    columns = [there(loop[:, i]) for i in np.flatnonzero(ranked)]
    ranks = nominal.ranks[ranked]
    shift = np.mean([np.abs(c - r).mean() for c, r in zip(columns, ranks, strict=True)])
    assert told["Mean shift"] == f"{shift:.2f} places"
    low, high = (
        np.array([np.quantile(c, share, method="averaged_inverted_cdf") for c in columns])
        for share in (0.2, 0.8)
    )
    outside = np.count_nonzero((ranks < low) | (ranks > high))
    assert told["Rank outside its interval"] == f"{outside} of {len(ranks)}"
    top = np.flatnonzero(nominal.ranks <= FIRST)
    order = top[np.argsort(nominal.ranks[top])]
    same = [set(np.flatnonzero(each <= FIRST)) == set(top) for each in loop]
    kept = [s and (np.diff(each[order]) > 0).all() for s, each in zip(same, loop, strict=True)]
    share, ordered = 100 * np.mean(same), 100 * np.mean(kept)
    assert told["Same top 5"] == (
        f"in {share:.1f} % of the draws, in the same order in {ordered:.1f} %"
    )
    assert told["Draws"] == f"{len(loop)} combinations, all of them"
    widest = np.argmax(high - low)
    names = [unit.name for unit, yes in zip(nominal.units, ranked, strict=True) if yes]
    assert answer.notes[0] == (
        f"{names[widest]} is the least certain: rank {low[widest]:g} to {high[widest]:g} "
        f"in 60 % of the draws."
    )
    (firm,) = np.flatnonzero((low == high) & (low == ranks))
    assert answer.notes[1] == f"{names[firm]} keeps its rank in 60 % of the draws."


def test_by_default_nine_in_ten_draws_and_ten_places_are_asked_about():
    assert RobustnessView().ends() == pytest.approx((0.05, 0.95))
    found = robustness(RUN, Variation(weights=Bounds(), draws=50))
    titles = {column.key: column.title for column in found.tables[0].columns}
    assert (titles["low"], titles["high"], titles["top"]) == ("5 %", "95 %", "Top 10")
    titles = {column.key: column.title for column in leave_out(RUN, "pillars").tables[0].columns}
    assert titles["top"] == "Same top 10"


def test_what_varied_is_on_record():
    run = softpower.load("hdi-2022")
    variation = Variation((), Bounds(percent=10), everywhere=0.5, draws=40, seed=7)
    account = robustness(run, variation).provenance["robustness"]
    assert account == {
        "choices": {},
        "draws": 40,
        "failed": 0,
        "seed": 7,
        "weights": {"method": "bounds", "percent": 10.0},
        "pillars": ["", "education"],
        "rounding": {},
        "rounding_everywhere": 0.5,
        "standard_errors": False,
    }


def test_where_nothing_moves_it_says_so_and_names_no_one():
    run = softpower.load("hdi-2022")
    answer = robustness(run, Variation(everywhere=1e-9, draws=5), RobustnessView(Selection(top=3)))
    assert answer.notes == ("No rank changes in 90 % of the draws.",)


def test_versus_shows_both_of_each_pair_in_the_order_of_the_ranking():
    answer = softpower.robustness("hdi-2022", country="Chad", versus=("Norway", "Japan"), draws=50)
    assert [row["id"] for row in answer.tables[0].records()] == ["NOR", "JPN", "TCD"]


def test_the_shares_of_all_ranks_that_a_unit_has_are_shown():
    answer = softpower.robustness("hdi-2022", country="Norway", acceptability=True, draws=200)
    (row,) = answer.table("acceptability").records()
    shares = [cell for cell in row.values() if isinstance(cell, float)]
    assert len(shares) > 1
    assert sum(shares) == pytest.approx(1)
