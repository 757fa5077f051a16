"""Too much for the memory of a machine is a message, not a traceback."""

import pytest
from click.testing import CliRunner

from softpower.cli import main


@pytest.mark.parametrize(
    ("command", "work"),
    [
        (["score", "hdi-2022"], "softpower.engine.run.Run.score"),
        (["robustness", "hdi-2022"], "softpower.analysis.robustness.counts.Counts.add"),
    ],
)
def test_a_lack_of_memory_says_what_to_do(command, work, monkeypatch):
    def refuse(*_, **__):
        raise MemoryError

    monkeypatch.setattr(work, refuse)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: There is not enough memory for this. Ask for less")
