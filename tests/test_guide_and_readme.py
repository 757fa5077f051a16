"""The README and the guide say what the commands really print, and name every command."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict

import pytest
from cogapp import Cog

import softpower
from helpers import documentation
from helpers.documentation import BLOCK, GUIDE, PAGES, PICTURES, ROOT, printed, prose
from softpower.cli import main
from softpower.guide.contents import all_pages
from softpower.index.declared import IndexFile

TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}
WHOLE = "".join(TEXTS.values())
SAID = {GUIDE / f"{page.address}.md": page.text for page in all_pages(main)}
SECTIONS = {
    f"{page}: {section.partition(chr(10))[0]}": section
    for page, text in TEXTS.items()
    for section in re.split(r"^##? ", text, flags=re.MULTILINE)[1:]
}
WALK = [each for each in SECTIONS if "/tutorials/" in each or "What put China third?" in each]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def command(block):
    """Return the command of a block as it is printed, or what it calls."""
    shown = re.search(r"^\$ (.*)$", block, flags=re.MULTILINE)
    return (shown or re.search(r"; (.*) \]\]\]", block))[1]


def examples():
    """Return the blocks of all pages by their commands, so that each is run once."""
    found = defaultdict(dict)
    for block in BLOCK.findall(WHOLE):
        found[command(block)][block] = None
    return found


EXAMPLES = examples()


def structure(picture):
    """Return what a picture is made of, whatever the version, and its numbers apart."""
    picture = re.sub(r"softpower \d[\w.]*", "softpower", picture)
    return NUMBER.sub("#", picture), [float(each) for each in NUMBER.findall(picture)]


@pytest.mark.parametrize("asked", EXAMPLES)
def test_an_example_is_what_its_command_prints(asked, tmp_path, monkeypatch):
    monkeypatch.setattr(documentation, "PICTURES", tmp_path)
    for block in EXAMPLES[asked]:
        cog = Cog()
        cog.options.print_output = True
        assert cog.process_string(block) == block
    for drawn in tmp_path.iterdir():
        shape, numbers = structure(drawn.read_text("utf-8"))
        kept, there = structure((PICTURES / drawn.name).read_text("utf-8"))
        assert kept == shape
        assert there == pytest.approx(numbers, abs=0.1)


def test_every_example_is_one_of_these():
    assert WHOLE.count("[[[cog ") == len(BLOCK.findall(WHOLE)) > 20


def test_every_picture_is_drawn_by_an_example():
    drawn = re.findall(r"^\$ .* -o (\S+\.svg)", WHOLE, flags=re.MULTILINE)
    assert {path.name for path in PICTURES.iterdir()} == set(drawn)


@pytest.mark.parametrize("section", WALK)
def test_a_walk_says_no_number_that_is_not_printed_beside_it(section):
    said = re.sub(r"^(\*\*)?\d\.", "", prose(SECTIONS[section]), flags=re.MULTILINE)
    assert set(NUMBER.findall(said)) <= set(NUMBER.findall(printed(SECTIONS[section])))


@pytest.mark.parametrize("page", TEXTS)
def test_a_page_begins_with_its_title_and_has_no_other(page):
    text = re.sub(r"^```.*?^```$", "", TEXTS[page], flags=re.DOTALL | re.MULTILINE)
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1


def anchors(text):
    headings = re.findall(r"^#{1,6} (.*)$", prose(text), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_of_a_page_leads_somewhere(page):
    for address in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        name, _, anchor = address.partition("#")
        if "://" in name:
            continue
        to = ((ROOT / page).parent / name).resolve() if name else ROOT / page
        text = SAID.get(to) or to.read_text("utf-8")
        assert not anchor or anchor in anchors(text)


@pytest.mark.parametrize(
    "name", [each for each in softpower.__all__ if each.islower() and each[0] != "_"]
)
def test_every_function_is_in_the_guide(name):
    assert f"`{name}`" in WHOLE or f"softpower.{name}" in WHOLE


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_guide(name):
    assert f"softpower {name}" in WHOLE


def test_the_index_that_the_guide_describes_is_valid():
    text = TEXTS["softpower/guide/how-to/own-index.md"]
    block = text.split("**`index.toml`**")[1].split("```toml\n")[1].split("```")[0]
    declared = IndexFile.model_validate(tomllib.loads(block))
    assert declared.id == "my-index"
    assert set(declared.variants) == {"geometric", "culture-first", "otherwise"}
