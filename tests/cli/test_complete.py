"""What the shell offers when the tab key is pressed."""

from __future__ import annotations

import pytest
from click.shell_completion import ShellComplete

from helpers.books import METHODOLOGY, write
from softpower.cli import main


def offered(*words: str) -> list[str]:
    *before, incomplete = words
    shell = ShellComplete(main, {}, "softpower", "_SOFTPOWER_COMPLETE")
    return [item.value for item in shell.get_completions(list(before), incomplete)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sc"], "score"),
        (["score", "hdi"], "hdi-2022"),
        (["score", "open-soft-power@geo"], "open-soft-power@geometric"),
        (["score", "open-soft-power@zscore+geo"], "open-soft-power@zscore+geometric"),
        (["score", "hdi-2022", "--set", "norm"], "normalise="),
        (["import", "a.csv", "--codes", "cow-"], "cow-number"),
        (["import", "a.csv", "--layout", "ow"], "owid"),
        (["score", "hdi-2022", "--set", "normalise=z"], "normalise=zscore"),
        (["score", "open-soft-power", "--set", "framework=b"], "framework=brand-finance"),
        (["score", "open-soft-power", "-w", "cul"], "culture="),
        (["score", "open-soft-power@", "-w", "cul"], "culture="),
        (["score", "gspi-2026", "--against", "gspi-2025"], "gspi-2025"),
        (["score", "gspi-2026", "--region", "br"], "BRICS"),
        (["compare", "gspi-2026", "--region", "South"], "Southern Asia"),
    ],
)
def test_a_word_is_completed(words, expected):
    assert expected in offered(*words)


def test_the_variants_of_a_workbook_are_completed(tmp_path):
    rows = [*METHODOLOGY, ["variants.ranks.title", "Ranks", None]]
    path = write(tmp_path / "my.xlsx", methodology=rows)
    assert offered("score", f"{path}@r") == [f"{path}@ranks"]
    assert offered("score", str(path), "-w", "ar") == ["arts="]
    path.write_text("no workbook")
    assert offered("score", f"{path}@r") == []


def test_an_index_that_does_not_exist_offers_no_variants():
    assert offered("score", "no-such-index@g") == []


def test_variants_of_a_table_are_offered(tmp_path):
    (tmp_path / "index.toml").write_text('[variants.expert-a]\ntitle = "A"\n')
    (tmp_path / "variants.csv").write_text("id,culture\nexpert-b,40\n")
    names = [f"{tmp_path}@expert-a", f"{tmp_path}@expert-b"]
    assert offered("score", f"{tmp_path}@exp") == names
