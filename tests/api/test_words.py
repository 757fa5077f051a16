"""Which runs a call means, where a pattern stands for several."""

from __future__ import annotations

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.api.words import as_runs
from softpower.errors import UsageError
from softpower.index.find import shipped


def named(*given):
    return [run.name for run in as_runs(given)]


def test_a_pattern_stands_for_all_indices_that_match_in_their_order():
    editions = [name for name in shipped() if name.startswith("gspi-20")]
    assert named("gspi-20*") == editions
    assert len(editions) > 2
    assert named("hdi-2022", "gspi-202[56]") == ["hdi-2022", "gspi-2025", "gspi-2026"]
    assert named("hdi-202?") == ["hdi-2022"]


def test_a_pattern_stands_for_all_variants_that_match(tmp_path):
    folder = str(write(tmp_path))
    assert named(folder, "@*r*") == [
        folder, f"{folder}@geometric", f"{folder}@trade-first", f"{folder}@no-arts",
        f"{folder}@harmonic",
    ]  # fmt: skip
    assert named(f"{folder}@*monic") == [f"{folder}@harmonic"]
    assert named(f"{folder}@harmonic+*arts") == [f"{folder}@harmonic+no-arts"]


def test_a_folder_whose_name_has_a_mark_of_patterns_is_itself(tmp_path):
    parent = tmp_path / "all[1]*"
    parent.mkdir()
    folder = str(write(parent))
    assert named(folder) == [folder]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["gspi-19*"], r"No index matches 'gspi-19\*'. Did you mean gspi-"),
        (["hdi-2022@*"], r"No variant of hdi-2022 matches '\*'"),
        (["open-soft-power", "@zz*"], r"No variant of open-soft-power matches 'zz\*'"),
        (["@geo*"], "names a variant and no index"),
    ],
)
def test_a_pattern_that_nothing_matches_is_refused(given, said):
    with pytest.raises(UsageError, match=said):
        as_runs(given)


def test_where_one_run_is_asked_for_a_pattern_is_told_from_a_name():
    with pytest.raises(UsageError, match=r"'gspi-202\*' stands for \d indices: gspi-20") as caught:
        softpower.load("gspi-202*")
    assert "softpower compare 'gspi-202*'" in caught.value.mend
    with pytest.raises(UsageError, match="There is no index 'zz"):
        softpower.load("zz*")


def test_editions_are_held_together():
    answer = softpower.compare("gspi-202[56]", country="China")
    assert [column.title for column in answer.tables[0].columns if "Rank" in column.title] == [
        "Rank 1", "Rank 2",
    ]  # fmt: skip
