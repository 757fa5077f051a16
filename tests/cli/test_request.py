"""What several commands ask for comes to each of them as one request."""

from pathlib import Path
from typing import get_type_hints

import click
import pytest
from click.testing import CliRunner

from softpower.cli import main
from softpower.cli.command import Command, Option, option
from softpower.cli.options import change_options, output_options, selection_options
from softpower.cli.request import Request

PARTS = get_type_hints(Request)
SHARED = {
    (name, param.to)
    for name, command in main.commands.items()
    for param in command.params
    if isinstance(param, Option) and param.to
}


def asked(*words):
    """Return the request and the parameter of its own that a command gets."""
    got = []

    @click.command(cls=Command)
    @selection_options()
    @option("--first", type=int, default=10)
    @change_options
    @output_options
    def command(request, first):
        got.append((request, first))

    answered = CliRunner().invoke(command, words, catch_exceptions=False)
    assert answered.exit_code == 0, answered.stderr
    return got[0]


def test_each_word_goes_to_its_part_by_the_name_of_the_parameter_that_takes_it(tmp_path):
    file = str(tmp_path / "a.csv")
    request, first = asked(
        *("--set", "normalise=zscore", "-w", "culture=40", "--omit", "China", "--omit", "Chad"),
        *("--top", "3", "--country", "Peru", "--region", "Asia", "--first", "5", "-o", file),
    )
    assert request.change == {
        "set": {"normalise": "zscore"}, "weights": {"culture": 40.0}, "omit": ("China", "Chad"),
    }  # fmt: skip
    assert request.selection == {"top": 3, "country": ("Peru",), "region": ("Asia",)}
    assert request.output == {"output": Path(file)}
    assert first == 5


def test_what_is_not_stated_is_left_to_the_default_of_the_question():
    request, _ = asked()
    assert "top" not in request.selection
    assert request.output == request.drawing == request.variation == {}
    assert not any(request.change.values())


@pytest.mark.parametrize("place", sorted({place for _, place in SHARED}))
def test_an_option_goes_to_a_part_that_knows_it(place):
    part, key = place.split(".")
    assert key in get_type_hints(PARTS[part])


def test_no_key_of_a_part_is_without_an_option():
    keys = {f"{part}.{key}" for part, kind in PARTS.items() for key in get_type_hints(kind)}
    assert keys == {place for _, place in SHARED}


def test_every_command_that_gives_an_answer_takes_its_forms():
    assert {name for name, place in SHARED if place == "output.form"} == set(main.commands) - {
        "explore", "export", "guide", "new", "report", "schema",
    }  # fmt: skip
