"""What stands at the ends of the standard streams changes no answer in silence."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
PROGRAM = f"{shlex.quote(sys.executable)} -m softpower"
NO = "reproduce hdi-2022 --set aggregate=arithmetic"

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="a shell and /dev/full are needed")


def shell(words: str, around: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell: ``$`` stands for it in what is around it."""
    line = around.replace("$", f"{PROGRAM} {words}")
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "80"},
    )


@pytest.mark.parametrize("words", ["", "--help", "score --help", "list", "guide"])
@pytest.mark.parametrize(
    ("around", "reason"), [("$ >/dev/full", "No space left"), ("$ >&-", "Bad file descriptor")]
)
def test_an_answer_that_cannot_be_printed_is_no_success(words, around, reason):
    done = shell(words, around)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The output cannot be written: ")
    assert reason in done.stderr
    assert done.stderr.splitlines()[1:] == ["See: softpower guide not-written"]


@pytest.mark.parametrize("around", ["$ 2>&-", "$ 2>/dev/full"])
@pytest.mark.parametrize(
    ("words", "status"), [("score hdi-2022 --top 1 -f csv", 0), (NO, 3), ("score hdi", 2)]
)
def test_notes_that_nobody_can_read_change_no_status(words, status, around):
    done, plain = shell(words, around), shell(words, "$")
    assert done.returncode == plain.returncode == status
    assert done.stdout == plain.stdout


@pytest.mark.parametrize("around", ["$ | head -1", "$ | true"])
@pytest.mark.parametrize(("words", "status"), [("schema", 0), ("--help", 0), (NO, 3)])
def test_a_reader_that_has_read_enough_changes_no_status(words, status, around):
    done = shell(words, around)
    assert done.returncode == status
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("around", ["$ >&-", "$ <&- >&- 2>&-"])
def test_a_file_is_written_whole_though_streams_are_closed(around, tmp_path):
    path = tmp_path / "a.csv"
    done = shell(f"score hdi-2022 --top 1 -o {path}", around)
    assert done.returncode == 0
    assert path.read_text(encoding="utf-8").splitlines()[0] == "rank,id,country,score,class"
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
