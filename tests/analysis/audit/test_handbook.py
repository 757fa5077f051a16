"""The Handbook's analysis of the Technology Achievement Index, run again by one audit."""

import pytest

import softpower
from helpers.outside import beside, records

DATA = beside("analysis/audit")

INDEX = """
id = "tai"
title = "Technology Achievement Index"
publisher = "UNDP"

[methodology]
normalise = "zscore"
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("indices") / "tai"
    path.mkdir()
    (path / "index.toml").write_text(INDEX, encoding="utf-8")
    (path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    figures = (beside("engine") / "tai_figures.csv").read_text(encoding="utf-8")
    (path / "figures.csv").write_text(figures, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def answer(folder):
    # The Handbook keeps four components, the last with an eigenvalue of 0.9.
    return softpower.audit(folder, chapter="coherence", threshold="dimensions=0.8", measures=True)


def finding(answer, check):
    rows = answer.table("findings").records()
    return {row["about"]: row["value"] for row in rows if row["check"] == check}


def test_table_6_correlations(answer):
    found = {(row["one"], row["other"]): row["r"] for row in answer.table("correlations").records()}
    printed = records(DATA, "handbook_correlations")
    assert len(found) == len(printed) == 28
    for row in printed:
        assert found[row["one"], row["other"]] == pytest.approx(float(row["r"]), abs=0.0055)


def test_table_7_what_each_component_explains(answer):
    for found, row in zip(
        answer.table("components").records(), records(DATA, "handbook_components"), strict=True
    ):
        assert 100 * found["share"] == pytest.approx(float(row["explains"]), abs=0.055)
        assert 100 * found["cumulated"] == pytest.approx(float(row["together"]), abs=0.055)
    values = [row["eigenvalue"] for row in answer.table("components").records()]
    assert sum(values) == pytest.approx(8)
    assert values[:4] == pytest.approx([3.3, 1.7, 1.0, 0.9], abs=0.06)


def test_table_8_loadings_of_the_four_components_that_are_kept(answer):
    found = {
        (row["id"], row["component"]): row["loading"] for row in answer.table("loadings").records()
    }
    printed = records(DATA, "handbook_loadings")
    assert len(found) == 32
    for component in range(1, 5):
        ours = [found[row["indicator"], component] for row in printed]
        theirs = [float(row[str(component)]) for row in printed]
        sign = 1 if sum(a * b for a, b in zip(ours, theirs, strict=True)) > 0 else -1
        assert [sign * loading for loading in ours] == pytest.approx(theirs, abs=0.0065)


def test_table_11_alpha_and_what_each_indicator_does_to_it(answer):
    (row,) = answer.table("sums").records()
    assert row["alpha"] == pytest.approx(0.70, abs=0.0055)  # p. 72
    parts = {row["id"]: row for row in answer.table("parts").records()}
    for printed in records(DATA, "handbook_alpha"):
        part = parts[printed["indicator"]]
        assert part["rest"] == pytest.approx(float(printed["rest"]), abs=0.0006)
        assert part["alpha_without"] == pytest.approx(float(printed["without"]), abs=0.0006)


def test_the_findings_are_what_the_tables_show(answer):
    """Alpha reaches 0.7, four components count, and exports are what does not belong."""
    assert finding(answer, "alpha") == {}
    assert finding(answer, "dimensions") == {"tai": pytest.approx(1.747, abs=0.001)}
    assert answer.table("sums").records()[0]["above"] == 4
    assert finding(answer, "alpha-without") == {"exports": pytest.approx(0.774 - 0.704, abs=0.0011)}
    (without,) = [
        row["finding"]
        for row in answer.table("findings").records()
        if row["check"] == "alpha-without"
    ]
    assert without.startswith("alpha of tai rises from 0.70 to 0.77 without it")
    assert finding(answer, "trade-off") == {"internet": pytest.approx(-0.45, abs=0.0055)}
    assert set(finding(answer, "weak")) == {"exports"}
    assert finding(answer, "redundant") == finding(answer, "against") == {}


def test_a_stricter_reader_finds_the_alpha_of_nunnally_wanting(folder):
    strict = softpower.audit(folder, chapter="coherence", threshold="alpha=0.8")
    assert finding(strict, "alpha") == {"tai": pytest.approx(0.704, abs=0.0006)}
