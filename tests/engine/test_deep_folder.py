"""A folder four levels deep agrees with a plain recomputation that shares no code with it."""

import csv
import math
import statistics

import numpy as np
import pytest

import softpower

INDEX = """
id = "deep"
title = "A deep index"
publisher = "Nobody"
units = "other"

[methodology]
coverage = { country = 0.5, pillar = 0.3, below = "unranked" }
NORMALISE
AGGREGATE

[pillars.a]
title = "A"
weight = 55

[pillars.b]
title = "B"
weight = 45

[pillars.aa]
title = "AA"
parent = "a"
weight = 2

[pillars.ab]
title = "AB"
parent = "a"
weight = 1

[pillars.aaa]
title = "AAA"
parent = "aa"
weight = 0.3

[pillars.aab]
title = "AAB"
parent = "aa"
weight = 0.7
"""

# id, pillar, weight, direction, transform, denominator
INDICATORS = [
    ("i1", "aaa", 1, "higher", "", "people"),
    ("i2", "aaa", 3, "lower", "", ""),
    ("i3", "aab", 5, "higher", "log", ""),
    ("i4", "aab", 5, "higher", "", "people/1000"),
    ("i5", "ab", 20, "lower", "sqrt", ""),
    ("i6", "ab", 80, "higher", "", ""),
    ("i7", "b", 1, "higher", "log1p", "people/10"),
    ("i8", "b", 2, "lower", "", ""),
    ("people", "-", "", "", "", ""),
]
TREE = (
    "index",
    1,
    [
        (
            "a",
            55,
            [
                ("aa", 2, [("aaa", 0.3, ["i1", "i2"]), ("aab", 0.7, ["i3", "i4"])]),
                ("ab", 1, ["i5", "i6"]),
            ],
        ),
        ("b", 45, ["i7", "i8"]),
    ],
)
UNITS = 30
WEIGHT = {row[0]: row[2] for row in INDICATORS}


def table(seed):
    """Return figures with about one in six missing, by unit and indicator."""
    rng = np.random.default_rng(seed)
    figures = {}
    for u in range(UNITS):
        for name, *_ in INDICATORS:
            missing = rng.random() < (0.05 if name == "people" else 0.17)
            value = round(float(rng.lognormal(2, 1)), 3)
            figures[f"u{u}", name] = None if missing else value
    figures["u0", "people"] = 0.0
    return figures


def build(folder, figures, normalise, aggregate):
    folder = folder / "deep"
    folder.mkdir()
    text = INDEX.replace("NORMALISE", f'normalise = "{normalise}"')
    levels = ", ".join(f'"{name}"' for name in aggregate)
    text = text.replace("AGGREGATE", f"aggregate = [{levels}]")
    (folder / "index.toml").write_text(text, encoding="utf-8")
    header = ("id", "pillar", "weight", "direction", "transform", "denominator")
    with (folder / "indicators.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *INDICATORS])
    with (folder / "figures.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [(u, i, value) for (u, i), value in figures.items() if value is not None]
        csv.writer(file).writerows([("unit", "indicator", "value"), *rows])
    return str(folder)


def leaves(node):
    return [node] if isinstance(node, str) else [x for child in node[2] for x in leaves(child)]


def pillars(node):
    if isinstance(node, str):
        return []
    return [node, *(below for child in node[2] for below in pillars(child))]


def prepared(figures):
    """Return figures divided and transformed, by unit and indicator, where there are any."""
    out = {}
    functions = {"": float, "log": math.log, "sqrt": math.sqrt, "log1p": math.log1p}
    for name, _, _, _, transform, denominator in INDICATORS[:-1]:
        for u in range(UNITS):
            value = figures[f"u{u}", name]
            if value is None:
                continue
            if denominator:
                people = figures[f"u{u}", "people"]
                if not people:
                    continue
                per = float(denominator.partition("/")[2] or 1)
                value = value * per / people
            out[f"u{u}", name] = functions[transform](value)
    return out


def enough(values, unit):
    names = leaves(TREE)
    if sum((unit, name) in values for name in names) / len(names) < 0.5:
        return False
    for pillar in pillars(TREE)[1:]:
        beneath = leaves(pillar)
        if sum((unit, name) in values for name in beneath) / len(beneath) < 0.3:
            return False
    return True


def on_one_scale(values, kind):
    out = {}
    for name, _, _, direction, *_ in INDICATORS[:-1]:
        column = {u: v for (u, i), v in values.items() if i == name}
        if direction == "lower":
            column = {u: -v for u, v in column.items()}
        for u, v in column.items():
            others = list(column.values())
            if kind == "minmax":
                value = 100 * (v - min(others)) / (max(others) - min(others))
            elif kind == "zscore:100:10":
                value = 100 + 10 * (v - statistics.mean(others)) / statistics.stdev(others)
            elif kind == "minmax:1:10":
                value = 1 + 9 * (v - min(others)) / (max(others) - min(others))
            else:
                below = sum(w < v for w in others)
                equal = sum(w == v for w in others)
                value = below + (equal + 1) / 2
            out[u, name] = value
    return out


def mean(pairs, kind):
    total = sum(w for _, w in pairs)
    if kind == "geometric":
        return math.exp(sum(w * math.log(v) for v, w in pairs) / total)
    if kind == "harmonic":
        return total / sum(w / v for v, w in pairs)
    return sum(w * v for v, w in pairs) / total


def value_of(node, unit, values, aggregate, level=0):
    if isinstance(node, str):
        return values.get((unit, node))
    pairs = []
    for child in node[2]:
        value = value_of(child, unit, values, aggregate, level + 1)
        weight = WEIGHT[child] if isinstance(child, str) else child[1]
        if value is not None:
            pairs.append((value, weight))
    kind = aggregate[min(level, len(aggregate) - 1)]
    return mean(pairs, kind) if pairs else None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("normalise", "aggregate"),
    [
        ("minmax", ["arithmetic"]),
        ("rank", ["arithmetic"]),
        ("zscore:100:10", ["geometric", "arithmetic"]),
        ("minmax:1:10", ["arithmetic", "harmonic", "geometric", "arithmetic"]),
    ],
)
def test_a_deep_index_agrees_with_a_plain_recomputation(tmp_path, seed, normalise, aggregate):
    figures = table(seed)
    ranking = softpower.load(build(tmp_path, figures, normalise, aggregate)).score()

    values = prepared(figures)
    ranked = [f"u{u}" for u in range(UNITS) if enough(values, f"u{u}")]
    values = {at: value for at, value in values.items() if at[0] in ranked}
    values = on_one_scale(values, normalise)
    scores = {unit: value_of(TREE, unit, values, aggregate) for unit in ranked}

    found = {
        unit.id: score
        for unit, score in zip(ranking.units, ranking.scores.tolist(), strict=True)
        if not math.isnan(score)
    }
    assert 10 < len(ranked) < UNITS
    assert found == pytest.approx(scores, rel=1e-12)
    assert set(ranking.unranked) == {f"u{u}" for u in range(UNITS)} - set(ranked)
    for position, unit in enumerate(ranking.units):
        if unit.id in scores:
            better = sum(score > scores[unit.id] for score in scores.values())
            assert ranking.ranks[position] == better + 1
    for pillar in pillars(TREE)[1:]:
        level = {"a": 1, "b": 1, "aa": 2, "ab": 2, "aaa": 3, "aab": 3}[pillar[0]]
        expected = [
            value_of(pillar, unit.id, values, aggregate, level) if unit.id in scores else None
            for unit in ranking.units
        ]
        np.testing.assert_allclose(
            ranking.pillars[pillar[0]], np.array(expected, dtype=float), rtol=1e-12
        )
