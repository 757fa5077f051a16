"""Weights that come closest to another index: those that made it, and those that are shipped."""

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.errors import UsageError


def rows(answer, table, key):
    return {row[key]: row for row in answer.table(table).records()}


def test_weights_that_made_an_index_are_found():
    made = softpower.load("elcano-2021", weights={"economic": 10, "military": 30, "soft": 60})
    answer = softpower.infer("elcano-2021", against=made)
    found = rows(answer, "weights", "id")
    assert [row["fitted"] for row in found.values()] == pytest.approx([10, 30, 60])
    agreed = rows(answer, "agreement", "weights")
    assert agreed["Fitted weights"]["spearman"] == agreed["Cross-validated"]["spearman"] == 1
    assert agreed["Stated weights"]["spearman"] < 1


def test_the_shipped_fit_to_the_global_soft_power_index_is_worked_out_again():
    answer = softpower.infer("open-soft-power", against="gspi-2026")
    found = {name: row["fitted"] for name, row in rows(answer, "weights", "id").items()}
    shipped = softpower.load("open-soft-power@fit-gspi-2026").patch.weights
    assert found == pytest.approx(dict(shipped))
    reason = softpower.load("open-soft-power").index.variants["fit-gspi-2026"].reason
    agreed = rows(answer, "agreement", "weights")
    for row in agreed.values():
        assert f"{row['spearman']:.3f}" in reason
        assert f"{row['kendall']:.3f}" in reason
    assert "187 countries" in answer.table("fit").records()[0]["value"]
    assert "not the method of Brand Finance" in answer.notes[0]


def test_a_fit_to_ranks_comes_closest_in_the_first_places():
    agreed = rows(
        softpower.infer("open-soft-power", against="gspi-2026", ranks=True), "agreement", "weights"
    )
    assert agreed["Fitted weights"]["spearman"] == pytest.approx(0.908, abs=5e-4)
    assert agreed["Fitted weights"]["top"] == pytest.approx(0.8)


def test_what_cannot_be_fitted_is_refused(tmp_path):
    places = str(write(tmp_path))
    with pytest.raises(
        UsageError, match="0 countries are in both, and a fit of 2 weights takes 10"
    ):
        softpower.infer(places, against="gspi-2026")
    with pytest.raises(UsageError, match="nothing may be stated of them"):
        softpower.infer("elcano-2021", against="gspi-2026", within=20)
    with pytest.raises(UsageError, match="`tolerance` has no effect"):
        softpower.infer("elcano-2021", against="gspi-2026", tolerance=1)
