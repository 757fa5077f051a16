"""Every message has an address, and the guide has a section under each."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import softpower
from helpers.pages import PAGES
from softpower import errors
from softpower.errors import FolderError, InputError, MissingExtraError, UsageError
from softpower.guide.contents import find
from softpower.guide.errors import RAISED, SAID, address_of, raised_by

PACKAGE = Path(softpower.__file__).parent
(PAGE,) = (page for page in PAGES if page.address == "reference/errors")
ADDRESSES = {*RAISED.values(), *SAID, "not-installed", "no-memory", "system-refuses"}


def classes(text):
    """Return the names of the errors of ours that a module calls."""
    known = {name for name in vars(errors) if name.endswith("Error")} | {"Problem"}
    return known & set(re.findall(r"(\w+)\(", text))


def raising():
    """Yield the modules that make errors, without the name of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if module != "errors" and classes(path.read_text("utf-8")):
            yield module.removesuffix(".__init__")


def raised(error):
    try:
        raise error
    except errors.SoftpowerError as caught:
        return address_of(caught)


@pytest.mark.parametrize("module", list(raising()))
def test_every_module_that_raises_an_error_is_of_a_kind(module):
    assert raised_by(module) in ADDRESSES


@pytest.mark.parametrize("module", RAISED)
def test_every_module_that_is_named_is_there(module):
    assert find_spec(f"softpower.{module}") is not None


def test_every_kind_has_a_section_and_every_section_a_kind():
    assert sorted(each.names[0] for each in PAGE.sections) == sorted(ADDRESSES)


@pytest.mark.parametrize("section", PAGE.sections, ids=lambda each: each.names[0])
def test_the_message_of_a_section_ends_with_its_address(section):
    if "```console" in section.text:
        shown = re.search(r"^See: softpower guide (.*)\n```", section.text, flags=re.MULTILINE)
        assert shown[1] == section.names[0]


@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_the_guide_shows_the_section_of_an_address(address):
    assert find(address, PAGES)[0].address == f"reference/errors#{address}"


@pytest.mark.parametrize(
    ("error", "address"),
    [
        (MissingExtraError("pandas"), "not-installed"),
        (FolderError("isles", ()), "broken-index"),
        (UsageError("x is published, not computed: it has no weights."), "published-only"),
        (InputError("x is there already."), "there-already"),
    ],
)
def test_a_kind_is_told_by_the_class_or_by_what_is_said(error, address):
    assert raised(error) == address


def test_what_no_module_of_ours_raised_has_no_address():
    assert raised(UsageError("Somebody else says so.")) == ""
