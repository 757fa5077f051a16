"""Ctrl-C is exit status 130, whenever it comes and whatever it meets."""

import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from softpower.analysis.shared.uninterrupted import uninterrupted
from softpower.cli import main, score

STUDY = ("robustness", "open-soft-power", "--draws", "1000000000")


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["score", "hdi-2022"], "softpower.engine.loading.load"),
        (["score", "hdi-2022"], "softpower.render.printing.show"),
        (["compare", "elcano-2021", "--all"], "softpower.engine.run.score_setup"),
        (["robustness", "hdi-2022", "--vary", "normalise=minmax,zscore"],
         "softpower.engine.score._Calculation.ranking"),
        (["claim", "hdi-2022", "Norway > Chad"], "softpower.analysis.claim.ask.parse_claim"),
        (["list"], "softpower.analysis.list.list_indices"),
    ],
)  # fmt: skip
def test_a_command_that_is_interrupted_says_so_in_a_word(monkeypatch, words, module):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, interrupted)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 130
    assert result.stderr.strip() == "Interrupted: there is no answer yet."
    assert result.stdout == ""


def test_an_interruption_while_options_are_read_is_one_too(monkeypatch):
    (output,) = [param for param in score.params if param.name == "output"]

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(output, "callback", interrupted)
    assert CliRunner().invoke(main, ["score", "hdi-2022"]).exit_code == 130


def test_other_errors_keep_their_status():
    assert CliRunner().invoke(main, ["score", "nowhere"]).exit_code == 2
    assert CliRunner().invoke(main, ["score", "hdi-2022", "--set", "scale=log"]).exit_code == 2
    assert CliRunner().invoke(main, ["scores"]).exit_code == 2
    assert CliRunner().invoke(main, ["list"]).exit_code == 0


def stopped(words, ready, wait=0.0):
    """Return what a program says that is interrupted as soon as it imports a module."""
    program = (
        "import os, sys, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job of a shell ignores it
        "class Tell:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {ready!r}:\n"
        "            sys.meta_path.remove(self)\n"
        "            os.write(1, b'ready\\n')\n"
        "sys.meta_path.insert(0, Tell())\n"
        f"sys.argv = ['softpower', *{list(words)!r}]\n"
        "from softpower.__main__ import run\n"
        "run()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out, err


@pytest.mark.parametrize(
    "ready",
    ["click", "softpower.cli.command", "softpower.cli.sensitivity", "numpy", "pydantic",
     "softpower.engine.run", "softpower.engine.sampling.sweep"],
)  # fmt: skip
def test_no_moment_gives_another_status_or_a_traceback(ready):
    status, out, err = stopped(STUDY, ready)
    assert status == 130
    assert "Traceback" not in err
    assert out == "" or "(partial)" in out


def test_a_study_that_is_interrupted_shows_what_it_has():
    status, out, err = stopped(STUDY, "softpower.analysis.robustness.ask", wait=2.0)
    assert status == 130
    assert "(partial)" in out
    assert "Interrupted: this is about the draws made so far" in err


@pytest.fixture
def heard():
    """Hear an interruption, which a run in the background is told to ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_a_step_that_must_not_be_cut_short_is_finished_first():
    done = []

    def step():
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        step()
    assert done == [1]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
