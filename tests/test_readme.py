"""The README says what the commands really print, and names every command."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from cogapp import Cog

from softpower.cli import main
from softpower.index.declared import IndexFile

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def test_the_examples_are_the_output_of_the_commands(tmp_path, capsys, monkeypatch):
    copy = tmp_path / "README.md"
    copy.write_text(README.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(ROOT / "tests"), *sys.path])
    cog = ["cog", "-P", "-r", "-n", "utf-8", str(copy)]
    assert Cog().main(cog) == 0, capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name):
    assert f"softpower {name}" in README.read_text(encoding="utf-8")


def test_the_index_that_the_readme_describes_is_valid():
    text = README.read_text(encoding="utf-8")
    block = text.split("**`index.toml`**")[1].split("```toml\n")[1].split("```")[0]
    declared = IndexFile.model_validate(tomllib.loads(block))
    assert declared.id == "my-index"
    assert set(declared.variants) == {"geometric", "culture-first", "otherwise"}
