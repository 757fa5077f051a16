"""Installs the wheel in a fresh environment, away from the checkout, and asks it a few things.

``python tests/wheel.py`` takes the newest Python that is there; ``python tests/wheel.py --all``
every one from 3.11 to 3.14, on the path or under pyenv. A wheel that is named is not built anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
STUDY = """\
title = "A study"
authors = ["A. Tester"]
date = 2026-11-27
[[questions]]
command = "score hdi-2022 --top 3"
outputs = ["table.tex", "table.csv"]
"""


def interpreters() -> list[str]:
    """Return the Pythons that are there, the oldest first."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = []
    for version in VERSIONS:
        under = sorted(pyenv.glob(f"{version}.*/bin/python"))
        python = str(under[-1]) if under else shutil.which(f"python{version}")
        if python is not None and run(python, "-c", "import venv", check=False).returncode == 0:
            found.append(python)
    return found


def run(*words: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout."""
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, words)), check=False, capture_output=True, text=True, env=plain
    )
    if check and done.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done


def smoke(python: str, wheel: Path, scratch: Path) -> None:
    """Install the wheel for a Python, and ask it."""
    environment = scratch / "environment"
    run(python, "-m", "venv", "--clear", environment)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel)
    softpower = scripts / "softpower"
    version = run(softpower, "--version").stdout.split()[-1]
    assert wheel.name.startswith(f"softpower-{version}-")
    answer = json.loads(run(softpower, "score", "hdi-2022", "--top", 1, "-f", "json").stdout)
    assert answer["tables"]["ranking"]["rows"][0]["country"] == "Switzerland"
    assert "open-soft-power" in run(softpower, "list").stdout
    assert "The first release" in run(softpower, "guide", "changes").stdout
    study, package = scratch / "study.toml", scratch / "study.zip"
    study.write_text(STUDY, encoding="utf-8")
    run(softpower, "study", "pack", study, "-o", package)
    assert "2 of 2 outputs came out again" in run(softpower, "study", "verify", package).stdout
    print(f"{run(scripts / 'python', '--version').stdout.strip()}: softpower {version} answers")


def main() -> None:
    """Build the wheel and try it."""
    pythons = interpreters() or [sys.executable]
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        wheel = next((Path(word).resolve() for word in sys.argv if word.endswith(".whl")), None)
        if wheel is None:
            run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", scratch, ROOT)
            (wheel,) = scratch.glob("*.whl")
        os.chdir(scratch)
        for python in pythons if "--all" in sys.argv else pythons[-1:]:
            smoke(python, wheel, scratch)


if __name__ == "__main__":
    main()
