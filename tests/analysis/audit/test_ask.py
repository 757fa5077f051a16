"""What an audit finds in an index that was made to be unsound, and what it does not."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import stats

import softpower
from softpower.analysis.audit.ask import CHAPTERS, THRESHOLDS
from softpower.analysis.audit.missing import SEED, guessed
from softpower.cli import main
from softpower.errors import UsageError
from softpower.methods.impute import ImputationContext
from softpower.methods.impute.single import MeanImputation

pd = pytest.importorskip("pandas")

UNITS = [f"Place {chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(40)]


def figures():
    """Return figures in which one thing at a time is wrong."""
    draw = np.random.default_rng(7)
    size, other = draw.normal(size=(2, 40))
    frame = pd.DataFrame(
        {
            "unit": UNITS,
            "good": size + 0.5 * draw.normal(size=40),
            "sound": size + 0.5 * draw.normal(size=40),
            "contrary": -size + 0.3 * draw.normal(size=40),
            "heavy": np.exp(3 * other),
            "same": np.where(np.arange(40) < 30, 0.0, other),
            "sparse": np.where(np.arange(40) < 20, other, np.nan),
            "twin": other,
            "population": np.exp(other),
            "gdp": np.exp(2 * other + size),
        }
    )
    frame["double"] = frame["twin"] + 0.01 * draw.normal(size=40)
    return frame


INDICATORS = {
    name: {"pillar": pillar}
    for name, pillar in {
        "good": "first",
        "sound": "first",
        "contrary": "first",
        "heavy": "second",
        "same": "second",
        "sparse": "second",
        "twin": "second",
        "double": "second",
        "population": "-",
        "gdp": "-",
    }.items()
}
METHODOLOGY = {"coverage": {"country": 0, "pillar": 0}, "normalise": "minmax"}


@pytest.fixture(scope="module")
def index():
    return softpower.index_from(
        figures(),
        id="unsound",
        units="other",
        indicators=INDICATORS,
        pillars={"first": {"title": "First"}, "second": {"title": "Second"}},
        methodology=METHODOLOGY,
    )


@pytest.fixture(scope="module")
def answer(index):
    return softpower.audit(index, measures=True)


def found(answer, check):
    rows = answer.table("findings").records()
    return {row["about"]: row["value"] for row in rows if row["check"] == check}


def said(answer, check):
    """Return the only finding of a check in words."""
    (text,) = [
        row["finding"] for row in answer.table("findings").records() if row["check"] == check
    ]
    return text


def rows(answer, name, key="id"):
    return {row[key]: row for row in answer.table(name).records()}


def test_what_is_wrong_with_the_figures_is_found_with_its_measure(answer):
    frame = figures()
    expected = stats.skew(frame["heavy"], bias=False)
    assert found(answer, "outliers") == {"heavy": pytest.approx(expected, abs=1e-9)}
    assert found(answer, "availability") == {"sparse": 0.5}
    assert found(answer, "same") == {"same": 0.75}
    measured = rows(answer, "figures")["heavy"]
    kurtosis = stats.kurtosis(frame["heavy"], bias=False)
    assert measured["kurtosis"] == pytest.approx(kurtosis, abs=1e-9)
    assert measured["available"] == 1
    assert rows(answer, "figures")["good"]["same"] == 1 / 40


def test_what_does_not_belong_together_is_found_with_its_measure(index, answer):
    frame = figures()
    first = index_scores(index, "first")
    own = stats.pearsonr(frame["contrary"], first)[0]
    measured = rows(answer, "parts")
    assert measured["contrary"]["own"] == pytest.approx(own, abs=1e-9)
    found_there = {**found(answer, "against"), **found(answer, "weak")}
    assert found_there["contrary"] == pytest.approx(own, abs=1e-9)
    pair = stats.pearsonr(frame["twin"], frame["double"])[0]
    assert found(answer, "redundant")["twin"] == pytest.approx(pair, abs=1e-9)
    trade = found(answer, "trade-off")
    worst = stats.pearsonr(frame["sound"], frame["contrary"])[0]
    assert trade["sound"] == pytest.approx(worst, abs=1e-9)
    r = np.corrcoef(frame[["good", "sound", "contrary"]], rowvar=False)
    sums = rows(answer, "sums")
    alpha = 1.5 * (1 - 3 / r.sum())
    assert sums["first"]["alpha"] == pytest.approx(alpha, abs=1e-9)
    assert found(answer, "alpha")["first"] == pytest.approx(alpha, abs=1e-9)
    largest = np.linalg.eigvalsh(r)
    assert sums["first"]["first"] == pytest.approx(largest[2] / 3, abs=1e-9)
    assert sums["first"]["second"] == pytest.approx(largest[1], abs=1e-9)
    pillar = stats.pearsonr(frame["good"], index_scores(index, "second"))[0]
    assert measured["good"]["with_other"] == pytest.approx(pillar, abs=1e-9)


def index_scores(index, pillar):
    return softpower.load(index).score().pillars[pillar]


def test_importance_is_held_against_weight(index, answer):
    ranking = softpower.load(index).score()
    of_pillar = rows(answer, "weights")
    for name, row in of_pillar.items():
        if row["sum"] == "first":
            assert row["weight"] == pytest.approx(1 / 3)
            r = stats.pearsonr(figures()[name], ranking.pillars["first"])[0]
            assert row["linear"] == pytest.approx(r**2, abs=1e-9)
    parts = [row for row in of_pillar.values() if row["sum"] == "second"]
    assert sum(row["importance"] for row in parts) == pytest.approx(1)
    total = sum(row["spline"] for row in parts)
    assert of_pillar["heavy"]["importance"] == pytest.approx(of_pillar["heavy"]["spline"] / total)
    under = {n for n, row in of_pillar.items() if row["importance"] < row["weight"] / 2}
    assert set(found(answer, "importance-least")) == under != set()


def test_the_only_part_of_a_pillar_is_held_against_the_ranking_too():
    answer = softpower.audit("hdi-2022", chapter="weights", threshold="silent=1")
    assert set(found(answer, "silent")) == {
        "life_expectancy",
        "expected_schooling",
        "mean_schooling",
        "gni_per_head",
    }


def test_ways_to_impute_are_compared_by_ranks_and_by_hidden_figures(index, answer):
    ways = rows(answer, "missing", "impute")
    assert ways["none"]["shift"] == 0
    own = softpower.load(index).score().ranks
    for name in ("mean", "median", "nearest-neighbour"):
        other = softpower.load(index, set={"impute": name}).score().ranks
        assert ways[name]["shift"] == pytest.approx(np.abs(own - other).mean())
        assert ways[name]["largest"] == np.abs(own - other).max()
    assert ways["none"]["error"] is None
    assert ways["nearest-neighbour"]["error"] < ways["mean"]["error"]


def test_guesses_are_held_against_the_figures_that_were_hidden():
    known = np.random.default_rng(3).normal(size=(60, 4))
    known[:20, 2] = np.nan
    hidden = (np.random.default_rng(SEED).random((60, 4)) < 0.1) & ~np.isnan(known)
    off = []
    for column, away in zip(known.T, hidden.T, strict=True):
        left = np.mean([x for x, no in zip(column, away, strict=True) if not (no or np.isnan(x))])
        off += [(left - x) / np.nanstd(column) for x in column[away]]
    sheet = ImputationContext(("",) * 60, ("a", "b", "c", "d"), tuple, np.array)
    expected = np.sqrt(np.mean(np.square(off)))
    assert guessed(MeanImputation(), known, sheet) == pytest.approx(expected, abs=1e-12)


def test_pairs_that_turn_are_those_of_scoring_without_the_unit(index, answer):
    turned = {row["id"]: row["pairs"] for row in answer.table("reversal").records()[::-1]}
    own = softpower.load(index).score()
    for name in list(turned)[-2:]:
        other = softpower.load(index, omit=[name]).score()
        ranks = dict(zip((u.id for u in own.units), own.ranks, strict=True))
        left = np.array([ranks[u.id] for u in other.units])
        pairs = [
            (left[i] - left[j]) * (other.ranks[i] - other.ranks[j]) < 0
            for i in range(39)
            for j in range(i)
        ]
        assert turned[name] == sum(pairs)
    assert found(answer, "leaving") == {"unsound": max(turned.values())}


def test_an_extreme_figure_that_moves_turns_pairs_of_others(index, answer):
    """That by which most pairs turn moves out by a tenth of the range, and is scored again."""
    cases = [row for row in answer.table("reversal").records() if row["check"] == "anchor"]
    assert len(cases) == 16
    most = max(cases, key=lambda case: case["pairs"])
    frame = figures()
    column, at = frame[most["id"]], UNITS.index(most["unit"])
    out = 1 if column[at] == column.max() else -1
    frame.loc[at, most["id"]] += out * 0.1 * (column.max() - column.min())
    moved = softpower.index_from(
        frame,
        id="unsound",
        units="other",
        indicators=INDICATORS,
        pillars={"first": {"title": "First"}, "second": {"title": "Second"}},
        methodology=METHODOLOGY,
    )
    own, other = (np.delete(softpower.load(each).score().ranks, at) for each in (index, moved))
    pairs = sum((own[i] - own[j]) * (other[i] - other[j]) < 0 for i in range(39) for j in range(i))
    assert most["pairs"] == pairs > 0
    assert found(answer, "anchor") == {"unsound": pairs}
    turning = sum(case["pairs"] > 0 for case in cases)
    most_of = f"most as {most['id']} of {most['unit']} moves out by 10% of the range: {pairs} pair"
    assert said(answer, "anchor").startswith(f"in {turning} of 16 cases, {most_of}")


def test_how_much_of_a_pillar_is_there_and_what_is_treated_is_measured(index):
    run = softpower.load(index, set={"treat": "winsorise"})
    given = {"pillar-availability": 0.95}
    answer = softpower.audit(run, chapter="figures", threshold=given, measures=True)
    # Of the five indicators of the second pillar one has half of its figures.
    assert found(answer, "pillar-availability") == {"second": pytest.approx(0.9)}
    of_pillar = rows(answer, "coverage")
    assert said(answer, "pillar-availability").startswith("90% of its figures of ranked units")
    assert [of_pillar[name]["indicators"] for name in ("first", "second")] == [3, 5]
    assert of_pillar["second"]["whole"] == 0.5
    assert of_pillar["first"]["available"] == of_pillar["first"]["whole"] == 1
    measured = rows(answer, "figures")
    heavy = figures()["heavy"]
    stages = run.score().stages
    column = stages["treated"].ids.index("heavy")
    changed = int((stages["treated"].values[:, column] != heavy.to_numpy()).sum())
    assert measured["heavy"]["treated"] == changed > 0
    assert measured["good"]["treated"] == 0
    assert measured["same"]["zeros"] == 0.75


def test_zeros_of_a_list_are_told_from_figures_that_are_the_same():
    indicators = {**INDICATORS, "same": {"pillar": "second", "zero_fill": True}}
    listed = softpower.index_from(
        figures(),
        id="listed",
        units="other",
        indicators=indicators,
        pillars={"first": {"title": "First"}, "second": {"title": "Second"}},
        methodology=METHODOLOGY,
    )
    answer = softpower.audit(listed, chapter="figures")
    assert found(answer, "zeros") == {"same": 0.75}
    assert said(answer, "zeros").startswith("75% of 40 units are not in its list")
    assert found(answer, "same") == {}


def test_ranks_that_what_is_missing_leaves_open_are_those_of_robustness(index, answer):
    own = softpower.robustness(index, gaps=True).table("gaps").records()
    gaps = {row["country"]: (row["best"], row["worst"]) for row in own if row["missing"]}
    ranges = answer.table("ranges").records()
    assert {row["unit"]: (row["best"], row["worst"]) for row in ranges} == gaps
    widest = max(worst - best + 1 for best, worst in gaps.values()) / 40
    assert softpower.audit(index, chapter="missing", threshold="missing-range=0").complete
    strict = softpower.audit(index, chapter="missing", threshold="missing-range=0")
    assert found(strict, "missing-range") == {"unsound": pytest.approx(widest)}
    top = max(ranges, key=lambda row: row["worst"] - row["best"])
    assert said(strict, "missing-range").startswith(
        f"{top['unit']} lacks 1 figure and could be from {top['best']} to {top['worst']} ("
    )
    assert {row["missing"] for row in ranges} == {1}


def test_what_indicators_are_divided_by_is_held_against_them():
    frame = figures().rename(columns={"population": "people"})
    indicators = {name: value for name, value in INDICATORS.items() if name != "population"}
    indicators |= {
        "people": {"pillar": "-"},
        "heavy": {"pillar": "second", "denominator": "people"},
    }
    divided = softpower.index_from(
        frame,
        id="divided",
        units="other",
        indicators=indicators,
        pillars={"first": {"title": "First"}, "second": {"title": "Second"}},
        methodology=METHODOLOGY,
    )
    answer = softpower.audit(divided, chapter="validity", threshold="size=0.9")
    twin = stats.pearsonr(frame["twin"], np.log(frame["people"]))[0]
    assert found(answer, "size")["twin"] == pytest.approx(twin, abs=1e-9)
    said = [row for row in answer.table("findings").records() if row["about"] == "twin"]
    assert "the logarithm of people" in said[0]["finding"]


def test_goalposts_leave_the_order_of_others_alone(index):
    run = softpower.load(index, set={"normalise": "none"})
    answer = softpower.audit(run, chapter="reversal", measures=True)
    assert answer.table("findings").rows == ()
    assert {row["pairs"] for row in answer.table("reversal").records()} == {0}
    assert {row["check"] for row in answer.table("reversal").records()} == {
        "leaving",
        "clone",
        "anchor",
    }
    assert [row["check"] for row in answer.table("reversal").records()].count("clone") == 3


def test_a_yardstick_is_held_against_the_ranking_given_size_and_wealth(index):
    other = softpower.load(index, weights={"second": 90})
    answer = softpower.audit(index, chapter="validity", yardstick=other, measures=True)
    row = answer.table("yardsticks").records()[0]
    own, theirs = softpower.load(index).score().ranks, other.score().ranks
    assert row["spearman"] == pytest.approx(stats.spearmanr(own, theirs)[0], abs=1e-9)
    assert row["tau"] == pytest.approx(stats.kendalltau(own, theirs)[0], abs=1e-9)
    assert row["shift"] == pytest.approx(np.abs(own - theirs).mean())
    frame = figures()
    sizes = stats.rankdata([frame["population"], frame["gdp"] / frame["population"]], axis=1)
    table = np.array([own, theirs, *sizes])
    inverse = np.linalg.inv(np.corrcoef(table))
    partial = -inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1])
    assert row["partial"] == pytest.approx(partial, abs=1e-9)
    twin = stats.pearsonr(frame["twin"], np.log(frame["population"]))[0]
    sizes = [row for row in answer.table("findings").records() if row["about"] == "twin"]
    assert sizes[0]["value"] == pytest.approx(twin, abs=1e-9)


def test_a_sound_index_has_no_findings_and_says_so():
    answer = softpower.audit("hdi-2022", chapter=["figures", "coherence"])
    assert answer.title == "Human Development Index 2022: audit, no findings"
    assert answer.table("findings").rows == ()
    assert answer.notes == ("Nothing is found in figures and coherence.",)


def test_the_worst_come_first_and_each_says_why_and_what_to_do(answer):
    order = ["severe", "moderate", "minor"]
    levels = [order.index(row["level"]) for row in answer.table("findings").records()]
    assert levels == sorted(levels)
    for row in answer.table("findings").records():
        assert row["why"].endswith(".")
        assert row["mend"].endswith(".")
        assert row["source"]
        assert row["threshold"] in row["finding"]
    assert f"{len(levels)} findings" in answer.title


def test_a_threshold_moves_what_is_found_and_is_in_the_provenance(index):
    answer = softpower.audit(index, chapter="figures", threshold={"availability": 0.4})
    assert found(answer, "availability") == {}
    assert answer.provenance["audit"]["thresholds"]["availability"] == 0.4
    again = softpower.audit(index, chapter="figures", threshold="availability=0.4")
    assert again.tables == answer.tables


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("alhpa=0.6", "Did you mean alpha?"),
        ("alpha=2", "Give a number from 0 to 1."),
        ("alpha", "Write NAME=VALUE"),
        ("alpha=high", "Write NAME=VALUE"),
        (["alpha=0.6", "alpha=0.7"], "given twice"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(given, said):
    with pytest.raises(UsageError, match=said):
        softpower.audit("hdi-2022", chapter="coherence", threshold=given)


def test_a_chapter_that_is_not_known_and_an_index_without_figures_are_refused():
    with pytest.raises(UsageError, match="coherence"):
        softpower.audit("hdi-2022", chapter="coherense")
    with pytest.raises(UsageError, match="published, not computed"):
        softpower.audit("gspi-2026")


def test_a_yardstick_of_other_units_leaves_the_answer_incomplete(index):
    answer = softpower.audit(index, chapter="validity", yardstick="gspi-2026")
    assert not answer.complete
    assert "0 of the same units" in answer.notes[0]
    assert softpower.audit(index, chapter="validity", yardstick="none").complete


def test_the_command_names_the_chapters_and_writes_all_of_a_finding():
    named = next(p for p in main.commands["audit"].params if p.name == "chapter")
    assert list(named.type.choices) == list(CHAPTERS)
    assert len(THRESHOLDS) == sum(
        len(check.thresholds) for _, checks in CHAPTERS.values() for check in checks
    )
    words = ["audit", "elcano-2021", "--chapter", "figures", "-f", "json"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    finding = json.loads(result.stdout)["tables"]["findings"]["rows"][0]
    assert {"level", "chapter", "check", "value", "threshold", "why", "mend", "source"} <= set(
        finding
    )
    assert "`" not in result.stdout
    assert {"figures", "coverage"} <= set(json.loads(result.stdout)["tables"])
    printed = CliRunner().invoke(main, words[:-2]).stdout
    assert "Figures by pillar" not in printed
    assert "Figures by pillar" in CliRunner().invoke(main, [*words[:-2], "--measures"]).stdout


def test_moments_before_and_after_the_treatment_are_of_the_same_units():
    # Of twenty places one pillar has less than half of its figures, so that they are not ranked.
    frame = figures()
    frame.loc[20:, ["heavy", "twin", "double"]] = np.nan
    frame["same"] = np.arange(40) % 3
    half = softpower.index_from(
        frame,
        id="unsound",
        units="other",
        indicators=INDICATORS,
        pillars={"first": {"title": "First"}, "second": {"title": "Second"}},
        methodology={**METHODOLOGY, "coverage": {"country": 0, "pillar": 0.5}},
    )
    assert np.isnan(softpower.load(half).score().ranks).sum() == 20
    row = rows(softpower.audit(half, chapter="figures"), "figures")["good"]
    of_ranked = frame["good"].iloc[:20]
    assert row["skewness_before"] == row["skewness"]
    assert row["skewness_before"] == pytest.approx(stats.skew(of_ranked, bias=False), abs=1e-9)
    assert row["kurtosis_before"] == pytest.approx(stats.kurtosis(of_ranked, bias=False), abs=1e-9)


def test_what_is_filled_in_before_the_treatment_does_not_count_as_treated(index):
    filled = softpower.load(index, set={"impute": {"method": "mean", "stage": "transformed"}})
    row = rows(softpower.audit(filled, chapter="figures"), "figures")["sparse"]
    assert row["treated"] == 0
    assert row["skewness_before"] == row["skewness"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"chapter": "figures", "threshold": "alpha=0.5"}, "alpha has no effect, .* coherence"),
        ({"chapter": "figures", "yardstick": "gspi-2026"}, "`yardstick` has no effect"),
        ({"yardstick": "hdi-2022"}, "it agrees with itself"),
        ({"yardstick": ["none", "gspi-2026"]}, "A yardstick and none"),
    ],
)
def test_what_would_change_nothing_is_refused(asked, said):
    with pytest.raises(UsageError, match=said):
        softpower.audit("hdi-2022", **asked)


def test_a_changed_run_may_be_held_against_itself_as_it_is():
    run = softpower.load("hdi-2022", set={"aggregate": "arithmetic"})
    answer = softpower.audit(run, chapter="validity", yardstick="hdi-2022")
    assert answer.table("yardsticks").records()[0]["spearman"] > 0.99


def test_findings_as_csv_are_findings_also_if_there_is_none():
    result = CliRunner().invoke(main, ["audit", "hdi-2022", "--chapter", "coherence", "-f", "csv"])
    assert result.stdout.splitlines() == [
        "level,chapter,check,about,finding,value,threshold,what,why,mend,source"
    ]


def test_one_part_has_no_weight_to_move():
    frame = figures()[["unit", "good", "sound"]]
    one = softpower.index_from(
        frame,
        id="alone",
        units="other",
        indicators={"good": {"pillar": "first"}, "sound": {"pillar": "first"}},
        pillars={"first": {"title": "First"}},
        methodology=METHODOLOGY,
    )
    (note,) = softpower.audit(one, chapter="comparisons").notes
    assert note.startswith("comparisons: The index has one part only")
