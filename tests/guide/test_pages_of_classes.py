"""Pages that the classes say: nothing of theirs is left out, and nothing internal gets in."""

import re

import pytest

from helpers.pages import PAGES as ALL
from softpower.analysis.methods import methods_by_step
from softpower.cli import main
from softpower.guide.proofs import proofs_of
from softpower.index.declared import IndexFile
from softpower.index.indicator_row import IndicatorRow
from softpower.methods.documentation import documented, parameters

PAGES = {page.address: page for page in ALL}
METHODS = [(step, each) for step, methods in methods_by_step().items() for each in methods]


def plain(text):
    return re.sub(r"[`*\s]+", "", text)


@pytest.mark.parametrize(("step", "method"), METHODS)
def test_a_method_has_its_formula_source_and_parameters(step, method):
    page = PAGES[f"reference/methods/{step}"]
    (section,) = (each for each in page.sections if each.names == [method.name()])
    said = documented(method)
    assert plain(said.formula) in plain(section.text)
    assert plain(said.source) in plain(section.text)
    assert all(f"- `{name}`: " in section.text for name in parameters(method))


@pytest.mark.parametrize(("step", "method"), METHODS)
def test_a_method_says_its_assumptions_edge_cases_example_and_test_figures(step, method):
    page = PAGES[f"reference/methods/{step}"]
    (section,) = (each for each in page.sections if each.names == [method.name()])
    parts = re.findall(r"^\*\*(.*?):?\*\*(?: \S|\n\n\S)", section.text, flags=re.MULTILINE)
    assert {"Formula", "Assumes", "Edge cases", "Source", "Example", "Held against"} <= {*parts}
    assert "``" in section.text
    for each in proofs_of(method):
        assert each.source in section.text


def test_sources_with_several_cases_are_listed_once():
    (section,) = (e for e in PAGES["reference/methods/aggregate"].sections if e.names == ["kemeny"])
    assert "- Tennessee: 393, within 1e-08\n" in section.text
    assert re.search(r"^- all orders of .*; \d+ more of its kind$", section.text, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_command_has_all_its_options_and_examples(name):
    text = PAGES[f"reference/commands/{name}"].text
    command = main.commands[name]
    for param in command.params:
        assert all(f"`{word}" in text for word in param.opts if word.startswith("-"))
    assert all(example in text for example in command.examples)


def test_the_file_and_the_table_of_indicators_have_all_their_keys():
    declared, indicators = (
        PAGES["reference/index-toml"].text,
        PAGES["reference/indicators-csv"].text,
    )
    tables = {
        "methodology",
        "figures",
        "files",
        "published",
        "classes",
        "pillars",
        "frameworks",
        "variants",
    }
    for name in IndexFile.model_fields:
        assert (f"## `[{name}" if name in tables else f"- `{name}`: ") in declared
    assert all(f"- `{name}`: " in indicators for name in IndicatorRow.model_fields)


@pytest.mark.parametrize("address", [each for each in PAGES if each.startswith("reference/")])
def test_nothing_internal_gets_into_the_reference(address):
    assert not re.search(r"Undefined|<class|<function| at 0x", PAGES[address].text)
