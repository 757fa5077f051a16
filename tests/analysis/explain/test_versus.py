"""What separates two countries: reference shares, brute force over orders, every shipped run."""

from __future__ import annotations

import math
from itertools import permutations, product

import numpy as np
import pytest

import softpower
from helpers.explain_folder import made, runs_of, table, told
from softpower.analysis.explain.decomposition import decompose
from softpower.analysis.explain.difference import difference
from softpower.analysis.explain.versus import versus
from softpower.errors import UsageError
from softpower.index.find import shipped

# Finland and the United States in the Technology Achievement Index: figures of OECD/JRC Handbook
# (2008), table A.2 (telephones and electricity unlogged, UNDP 2001); goalposts of Saisana, Saltelli
# & Tarantola (2005), table 1. The shares were enumerated over 2^8 coalitions elsewhere.
TAI = """\
id,title,transform,goalposts
patents,Patents,,0..994
royalties,Royalties,,0..272.6
internet,Internet,,0..232.4
exports,Exports,,0..80.8
telephones,Telephones,log,1..901
electricity,Electricity,log,22..6969
schooling,Schooling,,0.8..12
university,University,,0.1..27.4
"""
TAI_FIGURES = """\
unit,patents,royalties,internet,exports,telephones,electricity,schooling,university
Finland,187,125.6,200.2,50.7,1203,14129,10,27.4
United States,289,130,179.1,66.2,993,11832,12,13.9
"""
LINEAR = {
    "patents": -0.0128269617706, "royalties": -0.00201760821717, "internet": 0.0113489672978,
    "exports": -0.023978960396, "telephones": 0, "electricity": 0,
    "schooling": -0.0223214285714, "university": 0.0618131868132,
}  # fmt: skip
GEOMETRIC = {
    "patents": -3.52902560769, "royalties": -0.285150653368, "internet": 0.930687893527,
    "exports": -2.22521376359, "telephones": 0, "electricity": 0,
    "schooling": -1.64574994355, "university": 5.68984943601,
}  # fmt: skip


def shares_of(answer, name="indicators"):
    return {row["id"]: row["points"] for row in table(answer, name)}


@pytest.mark.parametrize(
    ("methodology", "expected", "total"),
    [
        ('normalise = "goalposts:0:1"', LINEAR, 0.0120171951557),
        ('normalise = "goalposts:1:100"\naggregate = "geometric"', GEOMETRIC, -1.06460263867),
    ],
)
def test_finland_against_the_united_states_is_shared_out_as_enumerated_elsewhere(
    tmp_path, methodology, expected, total
):
    run = made(
        tmp_path, "tai", indicators=TAI, figures=TAI_FIGURES,
        methodology=methodology,
    )  # fmt: skip
    answer = versus(run, "Finland", "United States")
    shares = shares_of(answer)
    assert shares == pytest.approx(expected, abs=1e-9)
    assert sum(shares.values()) == pytest.approx(total, abs=1e-9)
    assert told(answer, "rule")["Difference"] == pytest.approx(total, abs=1e-9)


TREE = ("", "geometric", 1, [
    ("arts", "arithmetic", 2, [("music", 3), ("plays", 1)]),
    ("trade", "harmonic", 1, [
        ("sea", "geometric", 2, [("ships", 1), ("ports", 2)]),
        ("land", 3),
    ]),
    ("fame", 1),
])  # fmt: skip
"""Id, aggregation, weight and children of a pillar; id and weight of an indicator."""

TREE_PILLARS = """
[pillars.arts]
title = "Arts"
weight = 2
aggregate = "arithmetic"
[pillars.trade]
title = "Trade"
weight = 1
aggregate = "harmonic"
[pillars.sea]
title = "Sea"
weight = 2
parent = "trade"
aggregate = "geometric"
[pillars.rest]
title = "Rest"
weight = 1
"""
TREE_INDICATORS = """\
id,title,pillar,weight
music,Music,arts,3
plays,Plays,arts,1
ships,Ships,sea,1
ports,Ports,sea,2
land,Land,trade,3
fame,Fame,rest,1
"""
TREE_FIGURES = """\
unit,music,plays,ships,ports,land,fame
Atlantis,9,2,8,5,3,4
Lemuria,4,7,2,6,9,5
Utopia,3,,5,4,2,6
"""
ROWS = {
    "Atlantis": {"music": 9, "plays": 2, "ships": 8, "ports": 5, "land": 3, "fame": 4},
    "Lemuria": {"music": 4, "plays": 7, "ships": 2, "ports": 6, "land": 9, "fame": 5},
    "Utopia": {"music": 3, "plays": None, "ships": 5, "ports": 4, "land": 2, "fame": 6},
}


def worth(node, figures):
    """Return the value of a node by hand, the weight of what is missing shared out."""
    if len(node) == 2:
        return figures[node[0]]
    _, how, _, children = node
    there = [
        (worth(child, figures), child[2] if len(child) > 2 else child[1]) for child in children
    ]
    there = [(value, weight) for value, weight in there if value is not None]
    if not there:
        return None
    total = sum(weight for _, weight in there)
    if how == "arithmetic":
        return sum(value * weight for value, weight in there) / total
    if how == "harmonic":
        return total / sum(weight / value for value, weight in there)
    return math.exp(sum(weight * math.log(value) for value, weight in there) / total)


def orders(node):
    """Yield every order of the indicators in which those of a pillar stand together."""
    if len(node) == 2:
        yield (node[0],)
        return
    for sequence in permutations(node[3]):
        for parts in product(*(list(orders(child)) for child in sequence)):
            yield tuple(name for part in parts for name in part)


def by_hand(tree, ours, theirs):
    """Return the mean of what each indicator adds over all those orders."""
    shares = dict.fromkeys(ours, 0.0)
    every = list(orders(tree))
    for order in every:
        mixed = dict(theirs)
        for name in order:
            before = worth(tree, mixed)
            mixed[name] = ours[name]
            shares[name] += (worth(tree, mixed) - before) / len(every)
    return shares


@pytest.fixture
def deep(tmp_path):
    return made(
        tmp_path,
        "deep",
        indicators=TREE_INDICATORS,
        figures=TREE_FIGURES,
        pillars=TREE_PILLARS,
        methodology='normalise = "none"\naggregate = "geometric"',
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Atlantis", "Lemuria"),
        ("Lemuria", "Atlantis"),
        ("Utopia", "Atlantis"),
        ("Lemuria", "Utopia"),
    ],
)
def test_three_levels_of_different_means_are_shared_out_as_over_all_orders(deep, one, other):
    answer = versus(deep, one, other)
    assert shares_of(answer) == pytest.approx(by_hand(TREE, ROWS[one], ROWS[other]), abs=1e-12)
    total = worth(TREE, ROWS[one]) - worth(TREE, ROWS[other])
    assert told(answer, "rule")["Difference"] == pytest.approx(total, abs=1e-12)


def test_at_every_level_the_shares_of_siblings_sum_to_that_of_their_parent(deep):
    answer = versus(deep, "Atlantis", "Lemuria")
    leaves, pillars = shares_of(answer), shares_of(answer, "pillars")
    assert pillars["sea"] == pytest.approx(leaves["ships"] + leaves["ports"], abs=1e-12)
    assert pillars["trade"] == pytest.approx(pillars["sea"] + leaves["land"], abs=1e-12)
    top = pillars["arts"] + pillars["trade"] + pillars["rest"]
    assert top == pytest.approx(told(answer, "rule")["Difference"], abs=1e-12)


def test_who_has_no_figure_is_named_beside_the_shares(deep):
    answer = versus(deep, "Utopia", "Atlantis")
    assert any("Utopia has no figure for plays" in note for note in answer.notes)


def test_the_two_are_held_against_each_other_with_opposite_signs(deep):
    there, back = (
        shares_of(versus(deep, *pair))
        for pair in (("Atlantis", "Lemuria"), ("Lemuria", "Atlantis"))
    )
    assert back == pytest.approx({name: -share for name, share in there.items()}, abs=1e-12)


def many(folder, count, methodology):
    names = [f"i{n}" for n in range(count)]
    indicators = "id,title,pillar\n" + "".join(f"{name},{name},p\n" for name in names)
    indicators += "other,Other,q\n"
    figures = f"unit,{','.join(names)},other\n"
    for unit, start in (("Atlantis", 2), ("Lemuria", 3)):
        figures += f"{unit},{','.join(str(start + n % 5) for n in range(count))},7\n"
    pillars = '[pillars.p]\ntitle = "P"\n[pillars.q]\ntitle = "Q"\n'
    return made(
        folder, "many", indicators=indicators, figures=figures, pillars=pillars,
        methodology=f'normalise = "none"\n{methodology}',
    )  # fmt: skip


def test_a_pillar_of_too_many_children_stands_as_a_whole(tmp_path):
    answer = versus(many(tmp_path, 13, 'aggregate = "geometric"'), "Atlantis", "Lemuria")
    shares = shares_of(answer)
    assert set(shares) == {"p", "other"}
    assert sum(shares.values()) == pytest.approx(told(answer, "rule")["Difference"], abs=1e-12)
    assert any("Not broken down further: p" in note for note in answer.notes)


def test_sums_are_broken_down_however_many_children_there_are(tmp_path):
    answer = versus(many(tmp_path, 40, ""), "Atlantis", "Lemuria")
    assert len(shares_of(answer)) == 41
    assert sum(shares_of(answer).values()) == pytest.approx(-0.5, abs=1e-12)


def test_an_index_of_too_many_children_is_not_broken_down_and_says_so(tmp_path):
    run = made(
        tmp_path,
        "flat",
        indicators="id,title\n" + "".join(f"i{n},I{n}\n" for n in range(13)),
        figures="unit,"
        + ",".join(f"i{n}" for n in range(13))
        + f"\nA,{'2,' * 12}2\nB,{'3,' * 12}3\n",
        methodology='normalise = "none"\naggregate = "geometric"',
    )
    answer = versus(run, "A", "B")
    assert [part.name for part in answer.tables] == ["standing", "rule"]
    assert told(answer, "rule")["Difference"] == pytest.approx(-1)
    assert any("not broken down" in note for note in answer.notes)


GAPS = ("", "geometric", 1, [
    ("arts", "geometric", 1, [("music", 1), ("plays", 1)]),
    ("trade", "geometric", 1, [("ships", 1)]),
])  # fmt: skip


def test_a_mixture_without_any_art_is_valued_by_its_trade(tmp_path):
    run = made(
        tmp_path,
        "gaps",
        indicators="id,title,pillar\nmusic,Music,arts\nplays,Plays,arts\nships,Ships,trade\n",
        figures="unit,music,plays,ships\nAtlantis,4,,9\nLemuria,,8,5\n",
        pillars='[pillars.arts]\ntitle = "Arts"\n[pillars.trade]\ntitle = "Trade"\n',
        methodology='normalise = "none"\naggregate = "geometric"',
    )
    ours = {"music": 4, "plays": None, "ships": 9}
    theirs = {"music": None, "plays": 8, "ships": 5}
    expected = by_hand(GAPS, ours, theirs)
    assert shares_of(versus(run, "Atlantis", "Lemuria")) == pytest.approx(expected, abs=1e-12)


def test_where_a_mixture_has_no_value_at_all_nothing_is_broken_down(tmp_path):
    run = made(
        tmp_path,
        "gaps",
        indicators="id,title\nmusic,Music\nships,Ships\n",
        figures="unit,music,ships\nAtlantis,4,\nLemuria,,9\n",
        methodology='normalise = "none"\naggregate = "geometric"',
    )
    answer = versus(run, "Atlantis", "Lemuria")
    assert [part.name for part in answer.tables] == ["standing", "rule"]
    assert told(answer, "rule")["Difference"] == pytest.approx(-5)


def test_a_scaled_score_is_shared_out_before_it_is_scaled():
    run = softpower.load("open-soft-power", set={"scale": "minmax", "round": 1})
    answer = versus(run, "China", "Japan")
    plain = versus(softpower.load("open-soft-power"), "China", "Japan")
    assert shares_of(answer) == pytest.approx(shares_of(plain), abs=1e-9)
    assert told(answer, "rule")["Before scaling and rounding"] == pytest.approx(
        told(plain, "rule")["Difference"]
    )
    assert any("before it is scaled" in note for note in answer.notes)


@pytest.mark.parametrize("name", shipped())
def test_on_every_shipped_run_the_rows_sum_to_the_difference_of_the_totals(name):
    for run in runs_of(name):
        known = decompose(run)
        order = [row for row in known.ranking.order() if known.ranked[row]]
        for one, other in ((order[0], order[-1]), (order[len(order) // 2], order[0])):
            found = difference(known, one, other)
            gap = known.totals[one] - known.totals[other]
            leaves = [found.shares[node] for node in known.ids]
            assert math.fsum(leaves) == pytest.approx(gap, abs=1e-9)
            top = [found.shares[node.id] for node in known.ranking.framework.root.children]
            assert math.fsum(top) == pytest.approx(gap, abs=1e-9)
            if not known.rescaled:
                scores = known.ranking.scores
                assert gap == pytest.approx(scores[one] - scores[other], abs=1e-9)


def test_the_difference_of_two_countries_of_the_index_is_weight_times_value_for_each():
    run = softpower.load("open-soft-power")
    answer = versus(run, "Japan", "Germany")
    for row in table(answer, "indicators"):
        ours, theirs = row["value"] or 0, row["other_value"] or 0
        expected = row["weight"] * ours - row["other_weight"] * theirs
        assert row["points"] == pytest.approx(expected, abs=1e-9)
    assert [part.name for part in answer.charts] == ["contributions", "difference"]


def test_a_published_index_says_that_its_difference_cannot_be_broken_down():
    answer = versus(softpower.load("gspi-2026"), "China", "Japan")
    assert table(answer, "standing")[0]["difference"] == pytest.approx(2.9)
    assert [part.name for part in answer.tables] == ["standing"]
    assert any("cannot be broken down" in note for note in answer.notes)


def test_a_country_that_is_not_ranked_or_is_the_same_is_refused():
    run = softpower.load("open-soft-power")
    with pytest.raises(UsageError, match="Libya is not ranked: it has figures for 3 of 7"):
        versus(run, "China", "Libya")
    with pytest.raises(UsageError, match="held against itself"):
        versus(run, "China", "CHN")
    with pytest.raises(UsageError, match="Japan"):
        versus(run, "China", "Jpaan")


def test_no_cell_of_a_difference_is_nan():
    for name in ("open-soft-power@geometric", "hdi-2022", "sea-survey-2024"):
        answer = versus(softpower.load(name), "China", "United States")
        cells = [cell for part in answer.tables for row in part.rows for cell in row]
        assert not any(isinstance(cell, float) and np.isnan(cell) for cell in cells)
