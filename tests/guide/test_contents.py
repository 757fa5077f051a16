"""What a person means who names a topic of the guide."""

import pytest

from helpers.pages import PAGES
from softpower.cli import main
from softpower.errors import UsageError
from softpower.guide.contents import find, front, topics
from softpower.guide.page import Page


def addresses(words):
    return [topic.address for topic in find(words, PAGES)]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("robustness", "how-to/robustness"),
        ("Robustness", "how-to/robustness"),
        ("how-to/robustness", "how-to/robustness"),
        ("commands/robustness", "reference/commands/robustness"),
        ("What put China third?", "tutorials/headline"),
        ("winsorise", "reference/methods/treat#winsorise"),
        ("winsorize", "reference/methods/treat#winsorise"),
        ("group mean", "reference/methods/impute#group-mean"),
        ("--top", "reference/options#--top"),
        ("top", "reference/options#--top"),
        ("-w", "reference/options#--weight--w"),
        ("ties", "reference/settings#ties"),
        ("kendall", "explanation/glossary#kendalls-tau"),
        ("Kendall tau", "explanation/glossary#kendalls-tau"),
        ("RBO", "explanation/glossary#rank-biased-overlap-rbo"),
        ("sobol", "explanation/glossary#sobol-index"),
        ("Shapley", "explanation/glossary#shapley-value"),
        ("Monte Carlo", "explanation/glossary#draw-monte-carlo"),
        ("how-to/score.md", "how-to/score"),
        ("headline#what-is-published", "tutorials/headline#what-is-published"),
    ],
)
def test_a_topic_is_found_however_it_is_written(words, address):
    assert addresses(words)[0] == address


def test_a_word_with_several_meanings_has_all_of_them_the_page_to_read_first():
    assert addresses("robustness")[:2] == ["how-to/robustness", "reference/commands/robustness"]
    assert len(addresses("all")) == len(set(addresses("all")))


def test_a_mistyped_word_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="Did you mean winsorise or Winsorised"):
        find("winsorsie", PAGES)


def test_a_word_out_of_several_names_is_answered_with_them():
    with pytest.raises(UsageError, match=r"Did you mean What a value .* or Shapley value\?"):
        find("value", PAGES)


def test_a_part_of_a_word_is_not_spoken_of():
    with pytest.raises(UsageError, match=r"'foo'\. Its pages: softpower guide$"):
        find("foo", PAGES)


def test_a_word_without_a_page_is_answered_with_the_pages_that_speak_of_it():
    with pytest.raises(UsageError, match=r"no page on 'Estonia'. .*tutorials/class"):
        find("Estonia", PAGES)


def test_every_address_leads_to_its_topic():
    every = list(topics(PAGES))
    found = {topic.address for topic in every}
    assert len(found) == len(every)
    assert addresses("reference/methods/normalise#zscore") == ["reference/methods/normalise#zscore"]


def test_every_command_option_method_and_setting_is_a_topic():
    names = {name for topic in topics(PAGES) for name in topic.names}
    options = {word for c in main.commands.values() for p in c.params for word in p.opts}
    assert {each for each in options if each.startswith("-")} <= names
    assert {*main.commands, "kemeny", "pca", "bounds", "coverage.below", "zscore"} <= names


def test_the_first_page_lists_all_others():
    text = front(PAGES).text
    assert all(f"`{page.address}`" in text for page in PAGES if page.address != "index")


def test_a_heading_within_an_example_begins_no_section():
    page = Page(
        "how-to/x", "# X\n\n## One\n\n````md\n```\n## Two\n```\n````\n\n### Three\n\n## Four\n"
    )
    assert [each.title for each in page.sections] == ["One", "Three", "Four"]
    assert page.sections[0].text.endswith("### Three\n")
