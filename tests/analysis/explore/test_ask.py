"""What a page is told of an index, and what is not in it."""

import base64

import numpy as np
import pandas as pd
import pytest

import softpower
from helpers.playable import write
from softpower.errors import MethodError, UsageError


def column(data, at):
    return np.frombuffer(base64.b64decode(data["columns"][at]["data"]), dtype="<f8")


def test_figures_are_told_at_full_precision_and_columns_that_variants_share_once():
    run = softpower.load("open-soft-power")
    data = softpower.explore(run).data
    place = data["trees"][0]["indicators"]["visa_free_access"]["column"]
    figures = run.index.figures
    assert figures is not None
    np.testing.assert_array_equal(column(data, place), figures.columns(["visa_free_access"])[:, 0])
    names = [name for tree in data["trees"] for name in tree["indicators"]]
    assert len(data["columns"]) < len(names) / 2


def test_variants_come_after_the_run_that_is_asked_for_with_what_is_asked_of_it():
    run = softpower.load(
        "elcano-2021@weights-2016", weights={"soft": 50}, omit=["energy", "France"]
    )
    first, plain, *others = softpower.explore(run).data["starts"]
    assert first["name"] == "elcano-2021@weights-2016"
    assert first["asked"] == {"weights": {"soft": 50}, "omit": ["energy"]}
    assert first["without"] == ["FRA"]
    assert first["weights"]["soft"] == 38.9
    assert plain["name"] == "elcano-2021"
    assert plain["asked"] == {"weights": {}, "omit": []}
    assert "elcano-2021@weights-2016" in [start["name"] for start in others]


def test_what_a_page_cannot_compute_is_left_out_with_a_note(tmp_path):
    found = softpower.explore(write(tmp_path))
    names = [start["name"].partition("@")[2] for start in found.data["starts"]]
    assert "kemeny" not in names
    assert [note.partition("@")[2] for note in found.notes] == [
        "kemeny is not in the page: Kemeny needs more than the page carries."
    ]


def test_figures_that_a_page_cannot_prepare_are_told_as_they_are_added_up(tmp_path):
    starts = softpower.explore(write(tmp_path)).data["starts"]
    prepared = {start["name"].partition("@")[2] for start in starts if start["prepared"]}
    assert prepared == {"filled", "robust"}
    derived = {start["name"].partition("@")[2] for start in starts if start["derived"]}
    assert derived == {"entropy"}


def test_a_run_that_a_page_cannot_compute_is_refused(tmp_path):
    with pytest.raises(MethodError, match="Kemeny needs more than the page carries"):
        softpower.explore(softpower.load(f"{write(tmp_path)}@kemeny"))


def test_an_index_that_is_only_published_is_refused():
    with pytest.raises(UsageError, match="gspi-2026 cannot be recomputed"):
        softpower.explore("gspi-2026")


def test_tiers_are_those_of_score_and_need_standard_errors(tmp_path):
    index = write(tmp_path, "")
    assert softpower.explore(index).data["tiers"] is None
    with pytest.raises(UsageError, match="No figure has a standard error"):
        softpower.explore(index, tiers=True)
    text = (index / "figures.csv").read_text(encoding="utf-8").splitlines()
    long = [
        f"{unit},{name},{value},1"
        for unit, *values in (line.split(",") for line in text[1:])
        for name, value in zip(text[0].split(",")[1:], values, strict=True)
        if value
    ]
    lines = ["unit,indicator,value,standard_error", *long]
    (index / "figures.csv").write_text("\n".join(lines), encoding="utf-8")
    told = softpower.explore(index, tiers=True).data["tiers"]
    rows = softpower.score(index, tiers=True).table("ranking").records()
    assert told == {row["id"]: row["tier"] for row in rows if row["tier"] is not None}
    assert max(told.values()) > 1


def test_an_index_of_a_data_frame_has_no_command(tmp_path):
    frame = pd.DataFrame({"music": [90, 48, 20]}, index=["Atlantis", "Lemuria", "Thule"])
    made = softpower.index_from(frame, units="other", methodology={"coverage": {"country": 0}})
    assert softpower.explore(made).data["typed"] is False
    assert softpower.explore(write(tmp_path, "")).data["typed"] is True


def test_a_variant_that_a_reader_starts_from_has_its_title_and_reason():
    first = softpower.explore("elcano-2021@countries-only").data["starts"][0]
    assert first["title"] == "Countries without the European Union"
    assert "ranks are those among 150 countries" in first["reason"]
    assert first["countries"] == ["EUU"]
