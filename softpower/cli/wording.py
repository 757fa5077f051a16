"""Messages speak of parameters, as in ``top=3``; a command line writes them as options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from softpower.answer import Answer, Table

if TYPE_CHECKING:
    import ast

    from softpower.document import Document, Section

_QUOTED = re.compile(r"`([^`\n]+)`")


def in_options(text: str) -> str:
    """Return a message with every parameter between backticks as the option of the same name.

    >>> in_options('Leave `top` out, or take `weights="bounds:25"`.')
    'Leave --top out, or take --weights bounds:25.'
    >>> in_options('Use `set={"ties": "min"}` or `weights={...}`.')
    'Use --set ties=min or -w.'
    """
    return _QUOTED.sub(_option, text) if "`" in text else text


def quoted(word: str) -> str:
    """Return a word between the quotation marks that every shell knows, where it needs some.

    >>> quoted("South Korea"), quoted("China")
    ('"South Korea"', 'China')
    """
    plain = word and not set(word) & set(" \"'<>&|;()$`*?![]{}#~\\")
    return word if plain else f'"{word}"'


def typed_line(words: Sequence[str]) -> str:
    r"""Return the line that a shell reads as softpower and these words, each exactly.

    >>> typed_line(["claim", "hdi-2022", "Norway > Iceland", "costs $5"])
    'softpower claim hdi-2022 "Norway > Iceland" \'costs $5\''
    """
    import shlex

    def exact(word: str) -> str:
        changed_within = set(word) & set('"$`!\\') or not word.isprintable()
        return shlex.quote(word) if changed_within else quoted(word)

    return " ".join(["softpower", *map(exact, words)])


def answer_in_options(answer: Answer) -> Answer:
    """Return an answer whose notes and mends speak of options."""
    return replace(
        answer,
        tables=tuple(map(_table_in_options, answer.tables)),
        notes=tuple(map(in_options, answer.notes)),
        whole_notes=tuple(map(in_options, answer.whole_notes)),
    )


def document_in_options(document: Document) -> Document:
    """Return a report whose notes and mends speak of options."""
    return replace(
        document,
        sections=tuple(map(_section_in_options, document.sections)),
        notes=tuple(map(in_options, document.notes)),
    )


def _section_in_options(section: Section) -> Section:
    return replace(
        section,
        says=in_options(section.says),
        parts=tuple(
            in_options(part)
            if isinstance(part, str)
            else replace(part, shown=_table_in_options(part.shown))
            if isinstance(part.shown, Table)
            else part
            for part in section.parts
        ),
        sections=tuple(map(_section_in_options, section.sections)),
        notes=tuple(map(in_options, section.notes)),
    )


def _table_in_options(table: Table) -> Table:
    mends = [column.key == "mend" for column in table.columns]
    rows = table.rows
    if any(mends):
        rows = tuple(
            tuple(
                in_options(cell) if mend and isinstance(cell, str) else cell
                for mend, cell in zip(mends, row, strict=True)
            )
            for row in rows
        )
    return replace(table, notes=tuple(map(in_options, table.notes)), rows=rows)


def _option(quoted: re.Match[str]) -> str:
    import ast

    try:
        call = ast.parse(f"f({quoted[1]})", mode="eval").body
    except (SyntaxError, ValueError):
        return quoted[0]
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
        return quoted[0]
    words = [_name(word.id) for word in call.args if isinstance(word, ast.Name)]
    stated = [word for each in call.keywords for word in _stated(each)]
    return " ".join([*words, *stated]) if len(words) == len(call.args) else quoted[0]


def _stated(keyword: ast.keyword) -> list[str]:
    """Return the words that state a parameter, one option for each key of a mapping."""
    import ast

    option = _name(keyword.arg or "")
    if isinstance(keyword.value, ast.Constant):
        value = keyword.value.value
        return [option if value is True else f"{option} {quoted(str(value))}"]
    if option == "--weights":  # a mapping of weights, not a way to draw them
        option = "-w"
    if isinstance(keyword.value, ast.Dict):
        pairs = ast.literal_eval(keyword.value).items()
        return [f"{option} {quoted(f'{key}={value}')}" for key, value in pairs]
    if isinstance(keyword.value, ast.List):
        return [f"{option} {quoted(str(each))}" for each in ast.literal_eval(keyword.value)]
    return [option]


def _name(parameter: str) -> str:
    return f"--{parameter.rstrip('_').replace('_', '-')}"
