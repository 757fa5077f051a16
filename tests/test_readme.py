"""The README says what the commands really print, and names every command."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from cogapp import Cog

import softpower
from helpers.documentation import link, sections, within
from softpower.cli import main
from softpower.index.declared import IndexFile

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BELOW = sections(README)
WALK = [
    "## What put China third?",
    *within("The headline at length", BELOW),
    "## An exercise for a class",
]
BLOCKS = re.findall(r"<!-- \[\[\[cog .*?<!-- \[\[\[end\]\]\] -->\n", README, flags=re.DOTALL)


def command(block):
    """Return the command of a block as it is printed, or what it calls."""
    printed = re.search(r"^\$ (.*)$", block, flags=re.MULTILINE)
    return (printed or re.search(r"; (.*) \]\]\]", block))[1]


@pytest.mark.parametrize("block", BLOCKS, ids=command)
def test_an_example_is_what_its_command_prints(block):
    cog = Cog()
    cog.options.print_output = True
    assert cog.process_string(block) == block


def test_every_example_is_one_of_these():
    assert README.count("[[[cog ") == len(BLOCKS) > 20


@pytest.mark.parametrize("heading", WALK)
def test_the_walk_says_no_number_that_is_not_printed_beside_it(heading):
    blocks = "".join(re.findall(r"^```.*?^```$", BELOW[heading], flags=re.DOTALL | re.MULTILINE))
    prose = re.sub(
        r"<!--.*?-->|^```.*?^```$|`.*?`", "", BELOW[heading], flags=re.DOTALL | re.MULTILINE
    )
    prose = re.sub(r"^(\*\*)?\d\.", "", prose, flags=re.MULTILINE)
    number = re.compile(r"\d+(?:\.\d+)?")
    assert set(number.findall(prose)) <= set(number.findall(blocks))


def test_every_link_leads_to_a_heading():
    headings = {re.search(r"\(#(.*)\)", link(each))[1] for each in BELOW}
    assert set(re.findall(r"\]\(#(.*?)\)", README)) <= headings


@pytest.mark.parametrize(
    "name", [each for each in softpower.__all__ if each.islower() and each[0] != "_"]
)
def test_every_function_is_in_the_readme(name):
    assert f"`{name}`" in README or f"softpower.{name}" in README


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name):
    assert f"softpower {name}" in README


def test_the_index_that_the_readme_describes_is_valid():
    block = README.split("**`index.toml`**")[1].split("```toml\n")[1].split("```")[0]
    declared = IndexFile.model_validate(tomllib.loads(block))
    assert declared.id == "my-index"
    assert set(declared.variants) == {"geometric", "culture-first", "otherwise"}
