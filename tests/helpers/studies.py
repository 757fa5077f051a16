"""A small study of imaginary lands and one shipped index, for tests to run, pack and change."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from click.testing import CliRunner, Result

from helpers.documentation import GUIDE, among
from helpers.whole_folder import write_index
from softpower.cli import main

STUDY = """\
title = "Which land leads?"
authors = ["A. Cartographer", "B. Sailor"]
date = 2026-11-27
licence = "CC BY 4.0"
summary = "Atlantis leads, whatever is counted."

[runs]
lands = "lost-lands"
bare = "hdi-2022 --omit income"

[[questions]]
title = "Who leads?"
command = "score {lands} --pillars"
outputs = ["table1.tex", "tables/table1.csv", "figure1.svg", "table1.json", "table1.html"]

[[questions]]
command = "softpower claim {lands} 'Atlantis > Thule'"
outputs = ["claim.md"]

[[questions]]
command = "score {bare} --top 3"
outputs = ["table2.txt", "table2.xlsx"]

[[questions]]
command = "robustness {lands} --weights people.csv"
outputs = ["table3.csv"]
"""

PEOPLE = "person,land,sea\nAda,70,30\nBo,40,60\n"


def write_study(folder: Path, text: str = STUDY) -> Path:
    """Write a study with its index and the weights of people, and return its path."""
    write_index(folder)
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def study(action: str, *words: object) -> Result:
    """Return what ``softpower study ACTION`` says and does."""
    return CliRunner().invoke(main, ["study", action, *map(str, words)])


def outcome(result: Result) -> dict[str, dict[str, object]]:
    """Return the rows of an answer in JSON by the name of the output."""
    rows = json.loads(result.stdout)["tables"]["outputs"]["rows"]
    return {row["file"]: row for row in rows}


def contents(path: Path) -> dict[str, bytes]:
    """Return the files of an archive."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """Write an archive of files, whatever their names."""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def headline(command: str, **part: Any) -> None:
    """Print a command and what it shows, in a folder that has the study of the guide."""
    text = (GUIDE / "files" / "headline.toml").read_text(encoding="utf-8")
    among({"headline.toml": text}, command, **part)
