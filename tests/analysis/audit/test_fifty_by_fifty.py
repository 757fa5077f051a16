"""What an audit measures of 51 units and 49 indicators with gaps, against pandas and numpy."""

import numpy as np
import pytest

import softpower

pd = pytest.importorskip("pandas")

UNITS, INDICATORS, PILLARS = 51, 49, 7
LIMITS = {"availability": 0.85, "weak": 0.6, "trade-off": 0, "redundant": 0.5, "dimensions": 1.2}


def figures():
    """Return figures of seven pillars with a factor each, of all shapes, a tenth missing."""
    draw = np.random.default_rng(51)
    common = draw.normal(size=(UNITS, 1))
    factors = 0.5 * common + draw.normal(size=(UNITS, PILLARS))
    x = np.repeat(factors, PILLARS, axis=1) + 1.2 * draw.normal(size=(UNITS, INDICATORS))
    x[:, ::5] = np.exp(1.5 * x[:, ::5])
    x[draw.random(x.shape) < 0.1] = np.nan
    return pd.DataFrame(
        x,
        index=pd.Index([f"Place {i:02d}" for i in range(UNITS)], name="unit"),
        columns=[f"i{j:02d}" for j in range(INDICATORS)],
    )


@pytest.fixture(scope="module")
def frame():
    return figures()


@pytest.fixture(scope="module")
def answer(frame):
    index = softpower.index_from(
        frame.reset_index(),
        id="fifty",
        units="other",
        indicators={name: {"pillar": f"p{j // 7}"} for j, name in enumerate(frame.columns)},
        pillars={f"p{k}": {"title": f"Pillar {k}"} for k in range(PILLARS)},
        methodology={"coverage": {"country": 0, "pillar": 0}, "normalise": "zscore"},
    )
    return softpower.audit(index, chapter=("figures", "coherence"), threshold=LIMITS, measures=True)


def flagged(answer, check):
    return {row["about"] for row in answer.table("findings").records() if row["check"] == check}


def test_availability_and_moments_are_those_of_pandas(frame, answer):
    rows = {row["id"]: row for row in answer.table("figures").records()}
    own = pd.DataFrame.from_dict(rows, orient="index")
    np.testing.assert_allclose(own["available"], frame.count() / UNITS, rtol=1e-12)
    np.testing.assert_allclose(own["skewness"], frame.skew(), rtol=1e-9)
    np.testing.assert_allclose(own["kurtosis"], frame.kurt(), rtol=1e-9)
    few = frame.columns[frame.count() / UNITS < 0.85]
    assert flagged(answer, "availability") == set(few) != set()
    heavy = frame.columns[(frame.skew().abs() > 2) & (frame.kurt() > 3.5)]
    assert flagged(answer, "outliers") == set(heavy) != set()


def test_correlations_and_what_is_flagged_are_those_of_pandas(frame, answer):
    r = frame.corr()
    found = answer.table("correlations").records()
    pairs = [row for row in found if row["sum"] != "fifty"]
    assert len(pairs) == 7 * 21
    for row in pairs:
        assert row["r"] == pytest.approx(r.loc[row["one"], row["other"]], abs=1e-9)
    for check, wanted in (
        ("trade-off", [p for p in pairs if p["r"] < 0]),
        ("redundant", [p for p in pairs if p["r"] > 0.5]),
    ):
        about = {name for name in flagged(answer, check) if name.startswith("i")}
        assert about == {pair["one"] for pair in wanted} != set()


def test_correlations_with_pillars_and_the_index_are_those_of_pandas(frame, answer):
    z = (frame - frame.mean()) / frame.std()
    pillars = pd.DataFrame({f"p{k}": z.iloc[:, 7 * k : 7 * k + 7].mean(axis=1) for k in range(7)})
    index = pillars.mean(axis=1)
    for row in answer.table("parts").records():
        own = z[row["id"]] if row["id"] in z else pillars[row["id"]]
        whole = pillars.get(row["sum"], index)
        assert row["own"] == pytest.approx(own.corr(whole), abs=1e-9)
        assert row["index"] == pytest.approx(own.corr(index), abs=1e-9)
        if row["id"] in z:
            others = pillars.drop(columns=row["sum"]).corrwith(own)
            assert row["other"] == others.idxmax()
            assert row["with_other"] == pytest.approx(others.max(), abs=1e-9)


def test_alpha_and_components_are_those_of_the_correlations(frame, answer):
    components = answer.table("components").records()
    for row in answer.table("sums").records():
        if row["id"] == "fifty":
            continue
        k = int(row["id"][1])
        r = frame.iloc[:, 7 * k : 7 * k + 7].corr().to_numpy()
        mean = (r.sum() - 7) / 42
        assert row["alpha"] == pytest.approx(7 * mean / (1 + 6 * mean), abs=1e-9)
        values = np.linalg.svd(r, compute_uv=False, hermitian=True)
        own = [each["eigenvalue"] for each in components if each["sum"] == row["id"]]
        np.testing.assert_allclose(own, values, atol=1e-9)
        assert row["above"] == np.count_nonzero(values > 1.2)
        assert (row["id"] in flagged(answer, "dimensions")) is bool(values[1] > 1.2)
        assert row["first"] == pytest.approx(values[0] / 7, abs=1e-9)
