"""The unit that an indicator is measured in changes nothing, from 1e-300 to 1e300 of another."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.hand_made import ALL_COUNT, figures_of, leaf, node, tree
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.figures import Figures, History
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.methods.model import methods_of
from softpower.methods.normalise import Goalposts

quickly = settings(derandomize=True, deadline=None, max_examples=6)

NAMES = ("a", "b", "c", "d")

STATED_IN_THE_UNIT = {
    ("normalise", "none"): "figures count as they are",
    ("treat", "log:all:one"): "1 is added in the unit of the indicator",
    ("treat", "box-cox:only=all:shift=one"): "1 is added in the unit of the indicator",
    ("impute", "constant:3"): "the number is in the unit of the indicator",
}
"""What depends on the unit by its definition, and why."""

JUDGED = {"a/b": 3, "a/p": 2, "b/p": 1, "c/d": 2}
TRIED = {
    "treat": [
        "none", "winsorise", "winsorise:1", "winsorise:force=2", "log:all", "log:all:none",
        "box-cox:only=all", "box-cox:only=all:shift=none", "box-cox:-5:all:none", "fences",
        "fences:0.2", "percentile-winsorise:10:80",
    ],
    "impute": [
        "none", "mean", "median", "group-mean:side", "group-median:side", "nearest-neighbour",
        "nearest-neighbour:2", "regression", "regression:a+kpi", "regression:stochastic=true",
        "em", "em:clip=true", "em:by=side", "mean:raw", "regression:stage=transformed",
        "constant:5:normalised",
    ],
    "normalise": [
        "minmax", "minmax:over=all-periods", "log-minmax", "log-minmax:shift=none", "goalposts",
        "goalposts:clip=false", "distance-to-target", "zscore", "zscore:centre=median",
        "zscore:over=all-periods", "robust", "robust:spread=iqr", "logistic", "logistic:normal",
        "rank", "borda", "percentile", "percentile:ecdf", "quantile-band:3", "oecd-band",
        "share-of-max", "ratio", "ratio:worst", "ratio:target", "ratio:B", "relative-difference",
        "relative-difference:target", "distance-to-reference:B", "above-below",
        "mazziotta-pareto-adjusted", "mazziotta-pareto-adjusted:target:over=all-periods",
    ],
    "weight": [
        "given", "equal", "equal-per-pillar", "pca", "pca:pc1", "factor-analysis", "entropy",
        "critic", "standard-deviation", "gini", {"method": "ahp", "judgements": JUDGED},
        "benefit-of-the-doubt", "benefit-of-the-doubt:0.1:0.7:of=points", "drivers:kpi",
        "drivers:kpi:importance=johnson", "target-importance:linear", "target-importance",
    ],
}  # fmt: skip
"""Settings of every method that does not."""


def unnamed(step):
    """Return the methods of a step that nothing is said of, which are tried as they are."""
    said = [method if isinstance(method, str) else method["method"] for method in TRIED[step]]
    said += [method for at, method in STATED_IN_THE_UNIT if at == step]
    known = methods_of(Methodology.model_fields[step].annotation)
    return sorted({cls.name() for cls in known} - {text.split(":")[0] for text in said})


CASES = [(step, method) for step, tried in TRIED.items() for method in [*tried, *unnamed(step)]]


SEARCHED = (
    "target-importance", "target-importance:linear", "factor-analysis", "box-cox:only=all",
    "box-cox:only=all:shift=none",
)  # fmt: skip
"""What ends a search when it is near enough."""


def sample(seed):
    """Return columns of figures above zero with gaps, one of them with a tail."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(12, 1))
    x = np.round(40 + 9 * (common + rng.normal(size=(12, 5))), 1)
    x[0, 1] = 900.0
    x[1] += 30  # the unit of reference
    columns = dict(zip((*NAMES, "kpi"), x.T.tolist(), strict=True))
    columns["a"][3] = columns["c"][5] = columns["d"][6] = None
    return columns


def measured(columns, powers, base=10.0):
    """Return figures, with those of other periods, in other units by powers of ten."""
    scale = [base ** powers.get(name, 0) for name in columns]
    now = figures_of(columns, [{"side": "ew"[i % 2]} for i in range(12)])
    past = History((("A", "2019"), ("C", "2019")), now.ids, now.values[1:3] * 1.25 * scale)
    return Figures(now.units, now.ids, now.values * scale, now.years, now.sources, history=past)


def ranked(columns, powers, base=10.0, **methodology):
    """Return the ranking, or what is said where figures are refused."""

    def one(name, direction=1):
        scale = base ** powers.get(name, 0)
        return leaf(name, direction=direction, goalposts=Goalposts(10 * scale, 70 * scale),
                    target=95 * scale)  # fmt: skip

    framework = tree(one("a"), one("b"), node("p", one("c"), one("d"), weight=2.0))
    return score(
        measured(columns, powers, base), framework, Methodology(coverage=ALL_COUNT, **methodology)
    )


def texts(ranking):
    """Return the notes, but for the one number in them that has a unit."""
    return [re.sub("RMSE .*", "RMSE", f"{n.step} {n.subject} {n.text}") for n in ranking.notes]


def choices(step, method):
    """Return a methodology that uses a method, and gaps filled where it needs that."""
    usual = {"normalise": "minmax:1", "impute": "mean"}
    return {**usual, step: method}


@pytest.mark.parametrize(("step", "method"), CASES, ids=str)
@quickly
@given(
    seed=st.integers(0, 99),
    powers=st.fixed_dictionaries(
        {name: st.sampled_from([-300, -150, -13, 0, 9, 160, 300]) for name in (*NAMES, "kpi")}
    ),
)
def test_the_unit_of_an_indicator_changes_nothing_but_rounding(step, method, seed, powers):
    # Which curve target-importance takes is decided by cross-validation, which rounding may tip:
    # a factor of powers of two rounds nothing.
    columns = sample(seed)
    before = ranked(columns, {}, **choices(step, method))
    base = 8.0 if method == "target-importance" else 10.0
    after = ranked(columns, powers, base, **choices(step, method))
    close = 1e-4 if method in SEARCHED else 1e-8
    np.testing.assert_allclose(after.scores, before.scores, rtol=close)
    np.testing.assert_array_equal(after.ranks, before.ranks)
    np.testing.assert_allclose(list(after.weights.values()), list(before.weights.values()),
                               rtol=close, atol=1e-12)  # fmt: skip
    assert texts(after) == texts(before)


def test_a_pillar_whose_parts_cancel_out_gets_no_weight_from_the_noise():
    rng = np.random.default_rng(1)
    x = rng.random(15)
    columns = {"c": x, "d": -x, "a": rng.random(15), "b": x + 0.3 * rng.random(15)}
    framework = tree(node("p", leaf("c"), leaf("d")), leaf("a"), leaf("b"))
    for weight in ("pca", "critic", "standard-deviation"):
        methodology = Methodology(normalise="zscore", weight=weight)
        ranking = score(figures_of(columns), framework, methodology)
        assert ranking.weights["p"] == 0


def test_figures_divided_out_of_the_range_of_numbers_are_refused():
    for figure, per in ((1e300, 1e-300), (1e-300, 1e300), (1e-300, 1e12)):
        columns = {"a": [figure, 2 * figure, 3 * figure], "per": [per, per, 2 * per]}
        framework = tree(leaf("a", denominator=Denominator(figure="per")))
        with pytest.raises(MethodError, match="divided by per are too large or too small"):
            score(figures_of(columns), framework, Methodology())


def test_a_unit_of_its_own_for_both_changes_no_quotient():
    columns = {"a": [3e300, 2e300, 0.0], "per": [1e300, 2e300, 4e300]}
    framework = tree(leaf("a", denominator=Denominator(figure="per")))
    ranking = score(figures_of(columns), framework, Methodology())
    np.testing.assert_allclose(ranking.scores, [100, 100 / 3, 0])
