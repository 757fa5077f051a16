"""A command reads each folder once, applies each change once and scores each run once."""

from collections import Counter

import pytest
from click.testing import CliRunner

from softpower.cli import main
from softpower.engine.sampling.batch import Batch
from softpower.engine.score import _Calculation
from softpower.index import patch
from softpower.index.reading.folder import _Folder

WORK = {
    "reads": (_Folder, "read"),
    "applies": (patch, "_check_levels"),
    "scorings": (_Calculation, "ranking"),
    "batches": (Batch, "__init__"),
}


@pytest.fixture
def work(monkeypatch):
    """Count what is done."""
    done = Counter()
    for what, (home, name) in WORK.items():
        original = getattr(home, name)

        def counted(*words, _what=what, _original=original, **named):
            done[_what] += 1
            return _original(*words, **named)

        monkeypatch.setattr(home, name, counted)
    return done


@pytest.mark.parametrize(
    ("words", "reads", "applies", "scorings", "batches"),
    [
        (["score", "open-soft-power"], 1, 1, 1, 0),
        (["score", "open-soft-power@geometric+per-head"], 1, 1, 1, 0),
        (["check", "open-soft-power"], 1, 15, 15, 0),
        (["compare", "open-soft-power", "@geometric", "@per-head", "@zscore"], 1, 4, 4, 0),
        (["compare", "open-soft-power", "--all"], 1, 15, 15, 0),
        (["compare", "open-soft-power", "--set", "normalise=zscore"], 1, 2, 2, 0),
        (["explain", "hdi-2022", "--country", "Norway", "--versus", "Chad"], 1, 1, 1, 0),
        (["explain", "gspi-2025", "gspi-2026", "--country", "Japan"], 2, 0, 0, 0),
        (["robustness", "hdi-2022", "--vary", "aggregate=geometric,arithmetic"], 1, 3, 3, 0),
        (
            ["robustness", "hdi-2022", "--vary", "aggregate=geometric,arithmetic",
             "--weights", "bounds:25", "--draws", "20"],
            1, 3, 5, 2,
        ),
        (
            ["sensitivity", "hdi-2022", "--vary", "aggregate=geometric,arithmetic",
             "--weights", "bounds:25", "--draws", "200"],
            1, 3, 5, 2,
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_nothing_is_done_twice(work, words, reads, applies, scorings, batches):
    answered = CliRunner().invoke(main, [*words, "-f", "json"])
    assert answered.exit_code == 0, answered.stderr
    assert dict(work) == {
        what: count
        for what, count in zip(WORK, (reads, applies, scorings, batches), strict=True)
        if count
    }
