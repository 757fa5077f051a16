"""The README says what the commands really print, and names every command."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from cogapp import Cog

from softpower.cli import main
from softpower.index.declared import IndexFile

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- \[\[\[cog .*?<!-- \[\[\[end\]\]\] -->\n", README, flags=re.DOTALL)


def command(block):
    """Return the command of a block, as it is printed."""
    return re.search(r"^\$ (.*)$", block, flags=re.MULTILINE)[1]


@pytest.mark.parametrize("block", BLOCKS, ids=command)
def test_an_example_is_what_its_command_prints(block):
    cog = Cog()
    cog.options.print_output = True
    assert cog.process_string(block) == block


def test_every_example_is_one_of_these():
    assert README.count("[[[cog ") == len(BLOCKS) > 20


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name):
    assert f"softpower {name}" in README


def test_the_index_that_the_readme_describes_is_valid():
    block = README.split("**`index.toml`**")[1].split("```toml\n")[1].split("```")[0]
    declared = IndexFile.model_validate(tomllib.loads(block))
    assert declared.id == "my-index"
    assert set(declared.variants) == {"geometric", "culture-first", "otherwise"}
