"""What changed between two editions: by hand, by brute force over orders, and as published."""

from __future__ import annotations

import math
from itertools import permutations

import pytest

import softpower
from helpers.explain_folder import made, table, told
from softpower.analysis.explain.attribution import EditionPair, attribute_movement
from softpower.analysis.explain.editions import editions
from softpower.engine.score import score
from softpower.errors import UsageError

INDICATORS = (
    "id,title,pillar,weight\nmusic,Music,arts,{}\nplays,Plays,arts,{}\nships,Ships,trade,1\n"
)
PILLARS = (
    '[pillars.arts]\ntitle = "Arts"\nweight = {}\n[pillars.trade]\ntitle = "Trade"\nweight = {}\n'
)
BEFORE = {
    "Atlantis": (9.0, 4.0, 3.0), "Lemuria": (6.0, 8.0, 7.0),
    "Utopia": (2.0, 5.0, 9.0), "Ophir": (7.0, 1.0, 5.0),
}  # fmt: skip
AFTER = {
    "Utopia": (8.0, 5.0, 8.0), "Atlantis": (9.0, 6.0, 2.0),
    "Lemuria": (5.0, 9.0, 7.0), "Thule": (12.0, 7.0, 6.0),
}  # fmt: skip
WEIGHTS = {False: (0.5, (0.5, 0.5)), True: (0.7, (0.75, 0.25))}
"""Of arts in the whole, and of music and plays in arts."""


def edition(folder, name, rows, *, later):
    arts, (music, plays) = WEIGHTS[later]
    figures = "unit,music,plays,ships\n"
    figures += "".join(f"{unit},{','.join(map(str, row))}\n" for unit, row in rows.items())
    how = "geometric" if later else "arithmetic"
    return made(
        folder,
        name,
        indicators=INDICATORS.format(music, plays),
        figures=figures,
        pillars=PILLARS.format(arts, 1 - arts),
        methodology=f'normalise = "minmax:1:100"\naggregate = ["{how}", "arithmetic"]',
    )


@pytest.fixture
def two(tmp_path):
    return (
        edition(tmp_path, "first", BEFORE, later=False),
        edition(tmp_path, "second", AFTER, later=True),
    )


def outcome(unit, moved):
    """Return score and minus the rank of a unit by hand, with some players moved."""
    listed = AFTER if "units" in moved else BEFORE
    rows = {}
    for name in listed:
        player = "own" if name == unit else "others"
        late = AFTER if player in moved else BEFORE
        rows[name] = late.get(name, listed[name])
    lows, highs = ([f(row[j] for row in rows.values()) for j in range(3)] for f in (min, max))
    arts, (music, plays) = WEIGHTS["weights" in moved]
    scores = {}
    for name, row in rows.items():
        y = [1 + 99 * (row[j] - lows[j]) / (highs[j] - lows[j]) for j in range(3)]
        culture = music * y[0] + plays * y[1]
        if "method" in moved:
            scores[name] = math.exp(arts * math.log(culture) + (1 - arts) * math.log(y[2]))
        else:
            scores[name] = arts * culture + (1 - arts) * y[2]
    rank = 1 + sum(value > scores[unit] for value in scores.values())
    return scores[unit], -rank


PLAYERS = ("own", "others", "units", "weights", "method")


def by_hand(unit):
    """Return the mean of what each player adds to score and places, over all orders."""
    shares = {player: [0.0, 0.0] for player in PLAYERS}
    every = list(permutations(PLAYERS))
    for order in every:
        moved = set()
        for player in order:
            before = outcome(unit, moved)
            moved.add(player)
            for k, after in enumerate(outcome(unit, moved)):
                shares[player][k] += (after - before[k]) / len(every)
    return shares


@pytest.mark.parametrize("unit", ["Atlantis", "Lemuria", "Utopia"])
def test_what_each_change_did_is_the_mean_over_all_orders_of_making_them(two, unit):
    answer = editions(*two, unit)
    rows = {row["what"]: row for row in table(answer, "movement")}
    titles = (
        "Its own figures",
        "The figures of others",
        "Entries and exits",
        "Weights",
        "Methodology",
    )
    assert list(rows) == list(titles)
    for (score_share, places), title in zip(by_hand(unit).values(), titles, strict=True):
        assert rows[title]["score"] == pytest.approx(score_share, abs=1e-9)
        assert rows[title]["places"] == pytest.approx(places, abs=1e-9)


@pytest.mark.parametrize("unit", ["Atlantis", "Lemuria", "Utopia"])
def test_the_changes_sum_to_the_change_of_score_and_of_rank(two, unit):
    answer = editions(*two, unit)
    then, now = table(answer, "standing")
    rows = table(answer, "movement")
    assert sum(row["score"] for row in rows) == pytest.approx(
        now["score"] - then["score"], abs=1e-9
    )
    assert sum(row["places"] for row in rows) == pytest.approx(then["rank"] - now["rank"], abs=1e-9)
    assert now["movement"] == then["rank"] - now["rank"]
    assert now["change"] == pytest.approx(now["score"] - then["score"])


def test_with_nobody_moved_a_mixture_is_the_first_edition_and_with_all_the_second(two):
    between = EditionPair(two[0].setup, two[1].setup, "Lemuria")
    for moved, run in ((frozenset(), two[0]), (frozenset(between.players()), two[1])):
        setup = between.setup(moved)
        mixed = score(setup.figures, setup.framework, setup.methodology)
        plain = run.score()
        assert [unit.id for unit in mixed.units] == [unit.id for unit in plain.units]
        assert mixed.scores.tolist() == plain.scores.tolist()
        assert mixed.ranks.tolist() == plain.ranks.tolist()


def test_only_what_differs_is_a_player(tmp_path):
    rows = {**BEFORE, "Lemuria": (5.0, 9.0, 7.0)}
    first = edition(tmp_path, "first", BEFORE, later=False)
    second = edition(tmp_path, "second", rows, later=False)
    assert EditionPair(first.setup, second.setup, "Lemuria").players() == ["own"]
    assert EditionPair(first.setup, second.setup, "Utopia").players() == ["others"]
    answer = editions(first, second, "Lemuria")
    assert [row["what"] for row in table(answer, "movement")] == ["Its own figures"]


def test_weights_written_on_another_scale_are_no_change(tmp_path):
    first = made(
        tmp_path,
        "first",
        indicators="id,title,weight\na,A,1\nb,B,3\n",
        figures="unit,a,b\nX,1,2\nY,2,1\n",
    )
    second = made(
        tmp_path,
        "second",
        indicators="id,title,weight\na,A,25\nb,B,75\n",
        figures="unit,a,b\nX,1,3\nY,2,1\n",
    )
    assert EditionPair(first.setup, second.setup, "X").players() == ["own"]


def test_an_indicator_that_is_new_comes_with_the_tree_and_its_figures(tmp_path):
    first = made(tmp_path, "first", indicators="id,title\na,A\n", figures="unit,a\nX,4\nY,6\n")
    second = made(
        tmp_path, "second", indicators="id,title\na,A\nb,B\n", figures="unit,a,b\nX,5,9\nY,6,3\n"
    )
    answer = editions(first, second, "X")
    rows = {row["what"]: row["score"] for row in table(answer, "movement")}
    # a alone: 4 then 5; with b at 9: 6.5 then 7. Own figures 1 or 0.5, the tree 2.5 or 2.
    assert rows == pytest.approx({"Its own figures": 0.75, "Indicators, pillars and weights": 2.25})
    assert any("Only in" in note and "second: b" in note for note in answer.notes)


def test_a_mixture_that_a_method_refuses_takes_tree_and_method_together(tmp_path):
    first = made(
        tmp_path, "first", indicators="id,title,pillar\na,A,p\nb,B,p\n",
        figures="unit,a,b\nX,-4,2\nY,6,-1\n", pillars='[pillars.p]\ntitle = "P"\n',
    )  # fmt: skip
    second = made(
        tmp_path, "second", indicators="id,title,pillar\na,A,q\nb,B,q\n",
        figures="unit,a,b\nX,-4,2\nY,6,-1\n",
        pillars='[pillars.q]\ntitle = "Q"\naggregate = "geometric"\n',
        methodology='normalise = "minmax:1:100"',
    )  # fmt: skip
    moved = attribute_movement(EditionPair(first.setup, second.setup, "X"))
    assert moved.players == (("tree", "method"),)
    assert moved.scores == pytest.approx([10 - (-1)])


def test_a_unit_that_some_mixture_leaves_unranked_is_not_attributed(tmp_path):
    strict = "coverage = { country = 1, pillar = 0 }"
    first = made(
        tmp_path, "first", indicators="id,title\na,A\nb,B\n", figures="unit,a,b\nX,4,\nY,6,1\n",
    )  # fmt: skip
    second = made(
        tmp_path, "second", indicators="id,title\na,A\nb,B\n", figures="unit,a,b\nX,4,2\nY,6,1\n",
        methodology=f'{strict}\nnormalise = "none"',
    )  # fmt: skip
    answer = editions(first, second, "X")
    assert "movement" not in [part.name for part in answer.tables]
    assert any("Nothing is attributed" in note for note in answer.notes)


def test_indicators_and_pillars_stand_side_by_side_then_and_now(tmp_path):
    first = edition(tmp_path, "first", BEFORE, later=False)
    second = edition(tmp_path, "second", {**BEFORE, "Utopia": (9.0, 8.0, 9.0)}, later=False)
    answer = editions(first, second, "Utopia")
    rows = {row["id"]: row for row in table(answer, "indicators")}
    assert [rows["music"][key] for key in ("figure_then", "figure_now")] == [2, 9]
    assert [rows["music"][key] for key in ("then", "now", "movement")] == [1, 100, 3]
    standing = table(answer, "standing")
    change = standing[1]["score"] - standing[0]["score"]
    for name in ("indicators", "pillars"):
        assert sum(row["points"] for row in table(answer, name)) == pytest.approx(change, abs=1e-9)


def test_who_passed_whom_and_who_came_and_went_account_for_the_places(two):
    # Ranks by hand: Lemuria 1, Utopia 2, Atlantis 3, Ophir 4; then Thule 1, Utopia 2, Lemuria 3.
    assert [-outcome(unit, set())[1] for unit in BEFORE] == [3, 1, 2, 4]
    assert [-outcome(unit, set(PLAYERS))[1] for unit in ("Utopia", "Lemuria")] == [2, 3]
    answer = editions(*two, "Lemuria")
    passed = [(row["what"], row["country"]) for row in table(answer, "overtaking")]
    assert passed == [("overtook it", "Utopia")]
    ahead = [(row["what"], row["country"]) for row in table(answer, "entries")]
    assert ahead == [("only now", "Thule")]
    places = told(answer, "places")
    assert (places["Overtook"], places["Overtaken by"]) == (0, 1)
    assert places["Ranked only now"] == "1, of which 1 ahead of it"
    assert places["Ranked only then"] == "1, of which 0 ahead of it"
    other = table(editions(*two, "Utopia"), "overtaking")
    assert [(row["what"], row["country"]) for row in other] == [("overtaken by it", "Lemuria")]


def test_two_published_editions_are_held_against_each_other_as_far_as_they_are_known():
    answer = editions(softpower.load("gspi-2025"), softpower.load("gspi-2026"), "United States")
    then, now = table(answer, "standing")
    assert (then["rank"], now["rank"], now["movement"]) == (1, 1, 0)
    assert now["change"] == pytest.approx(74.9 - 79.5)
    assert any("cannot be said" in note for note in answer.notes)
    japan = editions(softpower.load("gspi-2025"), softpower.load("gspi-2026"), "Japan")
    passed = [(row["what"], row["id"]) for row in table(japan, "overtaking")]
    assert passed == [("overtaken by it", "GBR")]
    assert table(japan, "standing")[1]["change"] is None


def test_an_edition_that_is_known_in_part_says_how_that_is_counted():
    answer = editions(softpower.load("gspi-2024"), softpower.load("gspi-2026"), "Japan")
    assert any(note.startswith("64 of 193 ranks in gspi-2024 are known") for note in answer.notes)
    # 129 of 193 have a rank now, and then none that is known: these are no entries.
    assert told(answer, "places")["Ranked only now, as far as known"].startswith("129, ")


def test_scores_of_different_publishers_are_not_subtracted():
    answer = editions(softpower.load("soft-power-30-2015"), softpower.load("gspi-2026"), "Japan")
    assert table(answer, "standing")[1]["change"] is None
    assert any("different scales" in note for note in answer.notes)


def test_two_indices_without_a_common_indicator_are_sent_to_compare():
    answer = editions(softpower.load("open-soft-power"), softpower.load("hdi-2022"), "Japan")
    assert any("softpower compare open-soft-power hdi-2022" in note for note in answer.notes)
    assert "movement" not in [part.name for part in answer.tables]


def test_two_variants_of_one_index_are_attributed_and_sent_to_compare_why():
    first, second = (softpower.load(f"elcano-2021{at}") for at in ("", "@weights-2012"))
    answer = editions(first, second, "China")
    assert [row["what"] for row in table(answer, "movement")] == ["Weights"]
    assert any("--why" in note for note in answer.notes)


def test_a_country_that_is_not_ranked_in_one_of_them_is_not_attributed():
    runs = (
        softpower.load("open-soft-power"),
        softpower.load("open-soft-power", set={"coverage.pillar": 0.3}),
    )
    answer = editions(*runs, "Libya")
    assert table(answer, "standing")[0]["rank"] is None
    assert any("not ranked in both" in note for note in answer.notes)


def test_the_same_run_twice_or_a_country_of_one_alone_is_refused():
    run = softpower.load("elcano-2021")
    with pytest.raises(UsageError, match="The two runs are the same"):
        editions(run, softpower.load("elcano-2021"), "China")
    with pytest.raises(UsageError, match="European Union is not among the 193"):
        editions(softpower.load("gspi-2026"), run, "EUU")


def test_figures_of_other_periods_move_with_the_figures_of_others(tmp_path):
    runs = []
    for name, largest in (("first", 20), ("second", 40)):
        made(
            tmp_path, name, indicators="id\nships\n", figures="unit,ships\nOphir,0\nThule,10\n",
            methodology='normalise = "minmax"',
        )  # fmt: skip
        history = f"unit,indicator,year,value\nMu,ships,1990,{largest}\n"
        (tmp_path / name / "history.csv").write_text(history, encoding="utf-8")
        (tmp_path / name / "units.csv").write_text("id\nOphir\nThule\nMu\n", encoding="utf-8")
        over = {"normalise": "minmax:over=all-periods"}
        runs.append(softpower.load(str(tmp_path / name), set=over))
    between = EditionPair(*(run.setup for run in runs), "Thule")
    moved = attribute_movement(between)
    assert moved.players == (("others",),)
    assert moved.scores.tolist() == [25 - 50]
    plain = [softpower.load(str(tmp_path / name)).setup for name in ("first", "second")]
    assert EditionPair(*plain, "Thule").players() == []
