"""The glossary is in order, and says each word in two sentences."""

import re

import pytest

from helpers.documentation import GUIDE

TEXT = (GUIDE / "explanation" / "glossary.md").read_text("utf-8")
ENTRIES = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
WORDS = [entry.partition("\n")[0] for entry in ENTRIES]


def test_the_words_are_in_the_order_of_the_alphabet():
    assert sorted(WORDS, key=str.lower) == WORDS


@pytest.mark.parametrize("entry", ENTRIES, ids=WORDS)
def test_a_word_is_said_in_two_sentences(entry):
    sentences = re.findall(r"[.:;?](?=\s+[A-Z`]|\s*$)", entry.partition("\n")[2])
    assert 1 <= len(sentences) <= 3
