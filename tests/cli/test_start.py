"""What a start imports: help stands on click alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from softpower import cli

HELP = """
import sys
before = set(sys.modules)
from softpower.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
loaded = {name for name in set(sys.modules) - before}
print("LOADED", *sorted({name.split(".")[0] for name in loaded} - sys.stdlib_module_names))
print("OURS", *sorted(name for name in loaded if name.startswith("softpower")))
"""


def loaded(program: str) -> dict[str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    lines = [
        line.split() for line in done.stdout.splitlines() if line.startswith(("LOADED", "OURS"))
    ]
    return {words[0]: set(words[1:]) for words in lines}


def test_help_imports_click_and_nothing_else_from_outside():
    found = loaded(HELP)
    assert found["LOADED"] <= {"click", "softpower"}


def test_help_imports_the_commands_of_ours_and_the_errors():
    modules = {path.stem for path in Path(cli.__file__).parent.glob("*.py")}
    commands = modules - {"__init__", "asking", "columns", "mistyped", "stray", "wording"}
    expected = {
        "softpower",
        *(f"softpower.{name}" for name in ("cli", "defaults", "errors", "version")),
    }
    assert loaded(HELP)["OURS"] == expected | {f"softpower.cli.{name}" for name in commands}


def test_a_list_imports_nothing_that_a_score_stands_on():
    program = HELP.replace('["--help"]', '["list", "-f", "csv"]')
    assert loaded(program)["LOADED"] <= {"click", "softpower"}


def test_a_score_imports_no_scipy_pandas_or_matplotlib():
    program = HELP.replace('["--help"]', '["score", "hdi-2022", "-f", "csv"]')
    assert not loaded(program)["LOADED"] & {"scipy", "pandas", "matplotlib", "xlsxwriter"}
