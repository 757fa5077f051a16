"""The JSON of an answer carries the line that made it, which makes it again."""

import json
import shlex

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from softpower.cli import main
from softpower.cli.wording import typed_line

LINES = (
    "softpower list -f json",
    "softpower show hdi-2022 -f json",
    'softpower score hdi-2022 -w health=40 --country "South Korea" -f json',
    "softpower compare hdi-2022 health=50,aggregate=arithmetic --top 5 -f json",
    'softpower claim gspi-2026 "China > Japan" "Japan is 3rd" -f json',
    "softpower robustness hdi-2022 --weights bounds:25 --draws 50 --seed 7 -f json",
    "softpower reproduce hdi-2022 --format=json",
    "softpower methods normalise -f json",
)


def answered(line):
    program, *words = shlex.split(line)
    assert program == "softpower"
    return CliRunner().invoke(main, words).stdout


@pytest.mark.parametrize("line", LINES)
def test_the_line_in_the_json_of_an_answer_makes_the_same_bytes(line):
    first = answered(line)
    told = json.loads(first)["provenance"]["command"]
    assert told == line
    assert answered(told) == first


def test_a_file_tells_the_line_that_writes_it(tmp_path):
    path = tmp_path / "my table.json"
    words = ["score", "hdi-2022", "--top", "2", "-o", str(path)]
    CliRunner().invoke(main, words)
    first = path.read_bytes()
    told = json.loads(first)["provenance"]["command"]
    path.unlink()
    answered(told)
    assert path.read_bytes() == first


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"))))
def test_a_shell_reads_the_words_of_a_line_as_they_were_typed(words):
    assert shlex.split(typed_line(words)) == ["softpower", *words]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("@equal", "@equal"),
        ("China > Japan", '"China > Japan"'),
        ("costs $5", "'costs $5'"),
        ("a`b", "'a`b'"),
        ("", '""'),
        ("normalise={method='minmax'}", "\"normalise={method='minmax'}\""),
    ],
)
def test_words_stand_between_quotation_marks_that_every_shell_knows_where_that_is_exact(word, said):
    assert typed_line([word]) == f"softpower {said}"
