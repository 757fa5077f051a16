"""What the page computes is what the engine computes: every score, every rank, every step."""

import json
import random
from warnings import catch_warnings

import numpy as np
import pytest

import softpower
from helpers.playable import write
from softpower.engine.cache import Cache
from softpower.errors import SoftpowerError
from softpower.index.request import parse_settings, parse_weights
from softpower.render.explore import to_page

SHIPPED = ("hdi-2022", "elcano-2021", "sea-survey-2020", "sea-survey-2021", "sea-survey-2024")
COMPUTE = """fragments => fragments.map((fragment) => {
    const { data } = page, setting = fromFragment(data, fragment);
    try {
        const found = page.ranking(setting);
        const plain = (values) => Array.from(values, (value) => value === value ? value : null);
        const ids = found.rows.map((row) => data.units[row].id);
        const words = wordsOf(data, setting).slice(2);
        const why = Object.fromEntries(found.rows.flatMap((row, i) =>
            found.ranks[i] ? [] : [[data.units[row].id, page.why.unranked(setting, row)]]));
        return { words, ids, scores: plain(found.scores), ranks: plain(found.ranks), why };
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { words: wordsOf(data, setting).slice(2), refusal: error.message };
    }
})"""
"""The rankings of settings, computed in the page."""

ANEW = "anew"
"""What a page says where the engine can do what it cannot."""


def chance(seed):
    return random.Random(seed)  # noqa: S311  nothing is kept secret by it


def written(run, path):
    found = softpower.explore(run)
    path.write_text(to_page(found.title, found.data), encoding="utf-8")
    return found.data


@pytest.fixture(scope="module")
def open_soft_power(tmp_path_factory):
    """Return the page of the largest index, and its data."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    return path, written("open-soft-power", path)


def settings(data, rng, each, names=None):
    """Return fragments of settings of every run in a page, drawn by chance."""
    found = []
    for start in data["starts"]:
        if names is not None and start["name"].partition("@")[2] not in names:
            continue
        root = data["trees"][start["tree"]]["root"]
        found.append(f"run={start['name']}")
        found += [drawn(data, start, root, rng) for _ in range(each)]
    return found


def pillars(node):
    return [node, *(p for c in node["children"] if "children" in c for p in pillars(c))]


def drawn(data, start, root, rng):
    parts = [f"run={start['name']}"]
    nodes = [child for pillar in pillars(root) for child in pillar["children"]]
    left = {node["id"] for node in nodes if rng.random() < 0.1} - set(start["left"])
    parts += [f"omit={name}" for name in sorted(left)]
    for pillar in pillars(root):
        there = [c["id"] for c in pillar["children"] if c["id"] not in left | set(start["left"])]
        some = there if rng.random() < 0.3 else [name for name in there if rng.random() < 0.4]
        most = 100 if len(some) == len(there) else 100 / max(len(some), 1)
        if rng.random() < 0.5:
            percents = [rng.choice([0, round(most * rng.random(), rng.randrange(3))]) for _ in some]
            parts += [f"w.{name}={each}" for name, each in zip(some, percents, strict=True)]
    for setting in ("normalise", "missing"):
        if rng.random() < 0.4:
            parts.append(f"{setting}={rng.choice(data['choices'][setting])['word']}")
    if rng.random() < 0.5:
        levels = [rng.choice([{"word": ""}, *data["choices"]["aggregate"]])["word"] for _ in "123"]
        parts.append(f"aggregate={'/'.join(levels)}")
    return "&".join(parts)


def run_of(words):
    """Return the run that the words of a command stand for."""
    name, *rest = words
    typed = {"--set": [], "-w": [], "--omit": []}
    for option, value in zip(rest[::2], rest[1::2], strict=True):
        typed[option].append(value)
    stated = parse_settings(typed["--set"]), parse_weights(typed["-w"])
    with catch_warnings(action="ignore", category=softpower.DoubtWarning):  # any weights are tried
        return softpower.load(name, set=stated[0], weights=stated[1], omit=typed["--omit"])


def agree(found, fragment, cache):
    """Compare what the page found with the engine; return whether there was a ranking."""
    if "refusal" in found:
        if ANEW not in found["refusal"]:
            with pytest.raises(SoftpowerError):
                run_of(found["words"]).score(cache)
        return False
    ranking = run_of(found["words"]).score(cache)
    assert found["ids"] == [unit.id for unit in ranking.units]
    scores, ranks = (np.array(found[key], dtype=float) for key in ("scores", "ranks"))
    np.testing.assert_allclose(scores, ranking.scores, rtol=0, atol=1e-9, err_msg=fragment)
    np.testing.assert_array_equal(ranks, ranking.ranks, err_msg=fragment)
    assert found["why"] == ranking.unranked, fragment
    return True


def compared(page, fragments):
    cache = Cache()
    answers = page.evaluate(COMPUTE, fragments)
    return [agree(*each, cache) for each in zip(answers, fragments, strict=True)]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_index_is_scored_as_by_the_engine_whatever_is_set(name, opened, tmp_path):
    data = written(name, tmp_path / "page.html")
    each = 12 // len(data["starts"])
    page = opened(tmp_path / "page.html")
    assert sum(compared(page, settings(data, chance(name), each))) >= 8


def test_open_soft_power_is_scored_as_by_the_engine_whatever_is_set(opened, open_soft_power):
    path, data = open_soft_power
    page = opened(path)
    rng = chance(1)
    fragments = [f"run={start['name']}" for start in data["starts"]]
    fragments += settings(data, rng, 3, {""}) + settings(data, rng, 1, {"soft-power-30"})
    assert sum(compared(page, fragments)) >= len(fragments) - 4


def test_gaps_ties_and_every_rule_are_as_in_the_engine(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    data = written("./islands", tmp_path / "page.html")
    page = opened(tmp_path / "page.html")
    fragments = [*settings(data, chance(2), 3), "run=./islands@all-gold&omit=gold"]
    assert sum(compared(page, fragments)) >= len(fragments) * 2 / 3
    ranks = [r for f in page.evaluate(COMPUTE, fragments) for r in f.get("ranks", ())]
    assert None in ranks, "some are not ranked"
    assert 1.5 in ranks, "some share a rank"


WHY = """(fragment) => {
    const { data, figures, first } = page, setting = fromFragment(data, fragment);
    const row = data.units.findIndex((unit) => unit.id === "FRA");
    const { steps, places, points } = whyMoved(data, figures, first, setting, row);
    const told = steps.map((step, i) => [step.title, places[i], points[i]]);
    return { words: wordsOf(data, setting).slice(2), told };
}"""


def test_why_one_moved_is_what_compare_says(opened, open_soft_power):
    page = opened(open_soft_power[0])
    for fragment in (
        "run=open-soft-power&w.culture=40&omit=digital&missing=zero",
        "run=open-soft-power@equal-indicators&w.culture=30&aggregate=geometric/",
    ):
        found = page.evaluate(WHY, fragment)
        answer = softpower.compare("open-soft-power", run_of(found["words"]), why="France")
        *steps, _ = answer.table("attribution").records()
        assert [step["choice"] for step in steps] == [title for title, *_ in found["told"]]
        expected = [[step["places"], step["points"]] for step in steps]
        computed = [values for _, *values in found["told"]]
        np.testing.assert_allclose(computed, expected, rtol=0, atol=1e-9)


def test_data_of_a_page_are_plain_json():
    found = softpower.explore("hdi-2022")
    assert json.loads(json.dumps(found.data, allow_nan=False))["title"] == found.title
