"""Messages that speak of parameters become messages that speak of options."""

import ast
import re
from pathlib import Path

import pytest

import softpower
from softpower.answer import Answer, Column, Table
from softpower.cli.wording import answer_in_options, in_options


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Leave `top` out.", "Leave --top out."),
        ("Leave `keep_ranks` out.", "Leave --keep-ranks out."),
        ("Take `draws=640` or more.", "Take --draws 640 or more."),
        ('Take `weights="none"`.', "Take --weights none."),
        (
            '`country="China", versus="Japan"`',
            "--country China --versus Japan",
        ),
        (
            '`set={"coverage.country": 0.5, "coverage.pillar": 0.3}`',
            "--set coverage.country=0.5 --set coverage.pillar=0.3",
        ),
        ("Use `set={...}` or `weights={...}`.", "Use --set or -w."),
        ('Set `weights={"culture": 40}`.', "Set -w culture=40."),
    ],
)
def test_a_parameter_becomes_the_option_of_its_name(said, typed):
    assert in_options(said) == typed


@pytest.mark.parametrize(
    "text", ["It`s a lone mark.", "`not a call at all`", "`1 + 1`", "`)(`", "Plain."]
)
def test_what_is_no_parameter_stays_as_it_is(text):
    assert in_options(text) == text


def test_notes_and_mends_of_an_answer_are_put_into_options_and_names_are_not():
    columns = (Column("name", "Name"), Column("mend", "How to mend it"))
    table = Table("t", "T", columns, (("`top`", "Leave `top` out."),), ("See `top`.",))
    told = answer_in_options(Answer("A", (table,), notes=("Or `top=3`.",), whole_notes=("`top`",)))
    assert told.tables[0].rows == (("`top`", "Leave --top out."),)
    assert told.tables[0].notes == ("See --top.",)
    assert told.notes == ("Or --top 3.",)
    assert told.whole_notes == ("--top",)


BELOW = sorted(
    path
    for floor in ("api", "analysis", "engine", "index", "methods", "countries")
    for path in (Path(softpower.__file__).parent / floor).rglob("*.py")
    if path.name != "methods.py"  # it tells how each method is written on a command line
    and path.parent.name not in {"reporting", "kernel"}  # of commands to type again; of a compiler
)


def texts(path):
    """Return the texts of a module, each whole with what stands in its braces left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = [node.values for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for values in whole for part in values}
    for values in whole:
        yield "".join(str(part.value) for part in values if isinstance(part, ast.Constant))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


@pytest.mark.parametrize("path", BELOW, ids=lambda path: path.stem)
def test_messages_below_the_command_line_name_no_option_but_in_a_whole_command(path):
    named = [text for text in texts(path) if re.search(r"(^|[\s(])(--[a-z]|-[wfo]\b)", text)]
    assert [text for text in named if "softpower " not in text] == []
