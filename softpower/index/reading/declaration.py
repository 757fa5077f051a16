"""Reading ``index.toml``: what is wrong with it as TOML, and what with the keys in it."""

from __future__ import annotations

import tomllib
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from softpower.index.declared import IndexFile
from softpower.index.find import DECLARATION
from softpower.index.messages import validation_messages
from softpower.index.reading.locate import Lines
from softpower.index.reading.problems import ProblemCollector

Declared = TypeVar("Declared", bound=BaseModel)

LONGEST = 2**20
"""Characters; an index.toml is a page or a few."""

MOST_POINTS = 1_000

TWICE = ("the same key or table stands there twice", "Keep one of them.")
QUOTE = ("a quotation mark is opened and not closed", "Close it in the same line.")
BRACKET = ("a bracket is opened and not closed", "Close it.")

TOML = {
    "Cannot overwrite": TWICE,
    "Cannot declare": TWICE,
    "Cannot mutate": TWICE,
    "Illegal character '\\n'": QUOTE,
    "Unterminated": QUOTE,
    "Unclosed": BRACKET,
    "Expected ']'": BRACKET,
    "Expected '=' after": ("a key has no value", "Write KEY = VALUE."),
    "Invalid statement": (
        "this is neither a key nor a table",
        "Write KEY = VALUE, or a table such as [methodology].",
    ),
    "Invalid value": (
        "this is no value",
        'Write a text in quotation marks, such as title = "My index", and a number without them.',
    ),
    "Expected newline": (
        "something is left over after the value",
        "Write one KEY = VALUE in each line, and a text in quotation marks.",
    ),
    "Unescaped '\\\\'": ("a backslash stands alone", "Write it twice."),
}
"""What tomllib complains of, by how its sentence starts: what is wrong, and how to mend it."""


def read_declaration(text: str, problems: ProblemCollector) -> tuple[IndexFile | None, Lines]:
    """Return what ``index.toml`` says, or ``None`` with errors noted, and where its keys stand."""
    if len(text) > LONGEST:
        problems.error(
            f"It has {len(text):,} characters; at most {LONGEST:,} are read.",
            problems.file(DECLARATION),
            "Keep the weights of many variants in variants.csv: one row for each variant, and a "
            "column id, title and one for each weight.",
        )
        return None, Lines("")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_POINTS:  # tomllib takes the square of the parts of a dotted key
            problems.error(
                f"The line has more than {MOST_POINTS:,} points.",
                problems.file(DECLARATION, number),
                "Break the line, or shorten the key.",
            )
            return None, Lines("")
    lines = Lines(text)
    return validated(text, IndexFile, DECLARATION, lines, problems), lines


def validated(
    text: str, model: type[Declared], name: str, lines: Lines, problems: ProblemCollector
) -> Declared | None:
    """Return what a TOML file of a name says, or ``None`` with errors noted."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).rpartition(" (at ")
        line = text.rstrip().count("\n") + 1
        if where.startswith("line "):
            line = int(where.removeprefix("line ").split(",")[0])
        plain = f"{what[:1].lower()}{what[1:]}", "Compare the line with what softpower new writes."
        what, mend = next((said for start, said in TOML.items() if what.startswith(start)), plain)
        problems.error(f"It is not well-formed TOML: {what}.", problems.file(name, line), mend)
        return None
    except RecursionError:
        problems.error(
            "Its brackets are nested too deeply.",
            problems.file(name),
            "Close each bracket that is opened.",
        )
        return None
    except ValueError:  # int() refuses thousands of digits, and tomllib lets that through
        problems.error("A number has too many digits.", problems.file(name), "Write a shorter one.")
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for path, what, mend in validation_messages(error, model):
            location = problems.file(name, lines.of(path), ".".join(path) or None)
            problems.error(what, location, mend)
        return None
