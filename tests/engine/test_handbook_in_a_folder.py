"""What the Handbook does to the Technology Achievement Index, by choices in index.toml alone."""

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest

import softpower

DATA = Path(__file__).parent / "data"

INDEX = """
id = "tai-handbook"
title = "Technology Achievement Index, as the Handbook varies it"
publisher = "Nobody"

[methodology]
normalise = "minmax:0:1"

[variants.components]
title = "Weights from principal components, by the largest share of a factor"
methodology.weight = { method = "pca", factors = 4 }

[variants.loadings]
title = "Weights from principal components, by the largest loading"
methodology.weight = { method = "pca", factors = 4, assign = "loading" }

[variants.doubt]
title = "Benefit of the doubt"
methodology.weight = { method = "benefit-of-the-doubt", lower = 0.1, upper = 0.15, best = 1 }

[variants.votes]
title = "The order that most pairwise votes agree with"
methodology.aggregate = "kemeny"

[variants.targets]
title = "Weights under which each indicator matters alike"
methodology.weight = "target-importance:linear"

[variants.judged]
title = "Weights from judgements on pairs"
methodology.weight = { method = "ahp", judgements = { JUDGEMENTS } }
"""

INDICATORS = """\
id,transform,source
patents,,UNDP
royalties,,UNDP
internet,,UNDP
exports,,UNDP
telephones,log10,UNDP
electricity,log10,UNDP
schooling,,UNDP
university,,UNDP
"""
IDS = [line.split(",")[0] for line in INDICATORS.splitlines()[1:]]

# Handbook, Table 18, p. 91 and Table 22, p. 100.
TABLE_18 = [0.17, 0.15, 0.11, 0.07, 0.08, 0.12, 0.14, 0.16]
TABLE_22 = [0.17, 0.15, 0.11, 0.06, 0.08, 0.13, 0.13, 0.17]

# Handbook, Table 20, p. 97: how many times as much the first counts as the second, row by row.
TABLE_20 = [
    ["2", "3", "2", "5", "5", "1", "3"],
    ["2", "1/2", "4", "4", "1/2", "3"],
    ["1/4", "2", "2", "1/5", "1/2"],
    ["4", "4", "1/2", "3"],
    ["1", "1/5", "1/2"],
    ["1/5", "1/2"],
    ["4"],
]

# Handbook, Tables 36-37, p. 114: with 6.375 of 10 votes three orders agree, and no more with any.
BEST_ORDERS = {
    ("USA", "SWE", "FIN", "JPN", "KOR"),
    ("SWE", "USA", "FIN", "JPN", "KOR"),
    ("SWE", "FIN", "USA", "JPN", "KOR"),
}
FIVE = {"USA", "SWE", "FIN", "JPN", "KOR"}


def judgements():
    pairs = [
        f'"{IDS[i]}/{IDS[i + 1 + j]}" = "{value}"'
        for i, row in enumerate(TABLE_20)
        for j, value in enumerate(row)
    ]
    return ", ".join(pairs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("indices") / "tai-handbook"
    path.mkdir()
    toml = INDEX.replace("JUDGEMENTS", judgements())
    (path / "index.toml").write_text(toml, encoding="utf-8")
    (path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    figures = (DATA / "tai_figures.csv").read_text(encoding="utf-8")
    (path / "figures.csv").write_text(figures, encoding="utf-8")
    return str(path)


def within(ranking):
    return [ranking.local_weights[name] for name in IDS]


def test_weights_from_principal_components_are_those_of_the_tables(folder):
    # Table 22 is rounded from weights that were rounded before.
    ranking = softpower.load(f"{folder}@loadings").score()
    assert within(ranking) == pytest.approx(TABLE_18, abs=0.0055)
    ranking = softpower.load(f"{folder}@components").score()
    assert within(ranking) == pytest.approx(TABLE_22, abs=0.0105)


def test_the_benefit_of_the_doubt_is_that_of_the_table(folder):
    with (DATA / "tai_printed.csv").open(encoding="utf-8", newline="") as file:
        printed = {
            row["country"]: float(row["benefit_of_the_doubt"]) for row in csv.DictReader(file)
        }
    ranking = softpower.load(f"{folder}@doubt").score()
    scores = dict(zip([unit.id for unit in ranking.units], ranking.scores.tolist(), strict=True))
    assert scores == pytest.approx(printed, abs=0.0055)
    assert sum(score == pytest.approx(1, abs=1e-9) for score in scores.values()) == 3


def test_the_order_of_five_countries_is_one_of_the_best_of_all_120(folder):
    others = [u.id for u in softpower.load(folder).score().units if u.id not in FIVE]
    ranking = softpower.load(f"{folder}@votes", omit=others).score()
    order = tuple(ranking.units[i].id for i in ranking.order())
    assert order in BEST_ORDERS
    (note,) = [note.text for note in ranking.notes if note.step == "aggregate"]
    assert "6.375 of 10 pairwise votes" in note
    assert "other orders are as good" in note


def test_weights_follow_the_judgements_of_the_table(folder):
    ranking = softpower.load(f"{folder}@judged").score()
    matrix = np.ones((8, 8))
    for i, row in enumerate(TABLE_20):
        for j, value in enumerate(row, start=i + 1):
            top, _, bottom = value.partition("/")
            matrix[i, j] = int(top) / int(bottom or 1)
            matrix[j, i] = 1 / matrix[i, j]
    values, vectors = np.linalg.eig(matrix)
    vector = np.abs(vectors[:, np.argmax(values.real)].real)
    assert within(ranking) == pytest.approx(vector / vector.sum(), abs=1e-9)


def test_where_no_weights_let_every_indicator_matter_alike_the_note_says_how_near_they_come(folder):
    ranking = softpower.load(f"{folder}@targets").score()
    y = ranking.stages["normalised"].values

    def furthest(scores):
        importance = np.array([np.corrcoef(y[:, j], scores)[0, 1] ** 2 for j in range(8)])
        return np.abs(importance / importance.sum() - 1 / 8).max()

    # Signs of the correlations and R^-1 sqrt(t) would give exact weights, were they not negative.
    correlations = np.corrcoef(y.T)
    for signs in itertools.product([1, -1], repeat=8):
        assert (np.linalg.solve(correlations, np.sqrt(1 / 8) * np.array(signs)) < 0).any()
    (note,) = [note.text for note in ranking.notes if note.step == "weight"]
    assert f"at most {furthest(ranking.scores):.3f} off" in note
    assert furthest(ranking.scores) < furthest(y.mean(axis=1)) / 3
