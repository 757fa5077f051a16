"""What an index declares as rows of a sheet, each a dotted key of index.toml and its value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from softpower.errors import did_you_mean
from softpower.index.declared import IndexFile
from softpower.index.find import DECLARATION, METHODOLOGY
from softpower.index.messages import validation_messages
from softpower.index.methodology import Methodology
from softpower.index.reading.locate import Lines
from softpower.index.reading.problems import ProblemCollector
from softpower.index.request import parse_value
from softpower.index.text import shown

KEY, VALUE = "key", "value"

TEXTS = {
    *("id", "title", "publisher", "edition", "summary", "citation", "licence", "url"),
    *("reason", "source", "note", "parent"),
}
"""Keys whose values are texts even where they are written in digits."""

WITHIN = {METHODOLOGY, "weights", "indicators"}
"""Tables whose keys are not of this kind, whatever they are called."""


def read_keys(
    rows: Sequence[Sequence[Any]], problems: ProblemCollector
) -> tuple[dict[str, Any], Lines]:
    """Return what a sheet states as index.toml would, and where its keys stand.

    Columns beside those of the keys and the values are for the reader's own remarks.
    """
    keys = _Keys(problems)
    keys.read(rows)
    return keys.declared, keys.lines


def declared_by(
    stated: dict[str, Any], lines: Lines, problems: ProblemCollector
) -> IndexFile | None:
    """Return what an index declares, or ``None`` with errors noted."""
    try:
        return IndexFile.model_validate(stated)
    except ValidationError as error:
        for path, what, mend in validation_messages(error, IndexFile):
            location = problems.file(DECLARATION, lines.of(path), ".".join(path) or None)
            problems.error(what, location, mend.replace(", without quotation marks", ""))
        return None


class _Keys:
    def __init__(self, problems: ProblemCollector) -> None:
        self.problems = problems
        self.declared: dict[str, Any] = {}
        self.lines = Lines("")

    def read(self, rows: Sequence[Sequence[Any]]) -> None:
        filled = [(line, row) for line, row in enumerate(rows, start=1) if any(map(_said, row))]
        line, header = filled[0] if filled else (1, ())
        titles = [str(cell).strip().casefold() for cell in header]
        if KEY not in titles or VALUE not in titles:
            self._error(
                f"It has no columns {KEY} and {VALUE}.",
                line,
                None,
                "Write these two headings into its first row, such as methodology.normalise "
                "beneath the one and minmax beneath the other.",
            )
            return
        at, value_at = titles.index(KEY), titles.index(VALUE)
        for number, row in filled[1:]:
            key, value = str(row[at]).strip(), row[value_at]
            if key and _said(value):
                self._take(key, value, number)
            elif _said(value):
                self._error(f"{shown(str(value))} has no key.", number, None, "Write one.")

    def _take(self, key: str, value: Any, line: int) -> None:
        """Put a value where its key says, or note what is wrong with it."""
        if key.partition(".")[0] in Methodology.model_fields:
            key = f"{METHODOLOGY}.{key}"
        path = self.lines.note(key, line)
        if ".".join(path) != key:
            self._error(
                f"{shown(key)} is not a key.",
                line,
                None,
                did_you_mean(key, list(IndexFile.model_fields))
                or "Write one of index.toml, with points between its parts.",
            )
            return
        table = self.declared
        for part in path[:-1]:
            table = table.setdefault(part, {})
            if not isinstance(table, dict):
                break
        if not isinstance(table, dict) or path[-1] in table:
            self._error(
                "It is stated twice, or both as a whole and in parts.",
                line,
                key,
                "Keep one of the rows; parameters may go with a method, as in zscore:100:10.",
            )
            return
        table[path[-1]] = self._value(value, path)

    @staticmethod
    def _value(value: Any, path: tuple[str, ...]) -> Any:
        """Return the value of a cell as index.toml would have it."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if path[-1] in TEXTS and not WITHIN.intersection(path):
            return str(value).strip()
        if not isinstance(value, str):
            return value
        value = value.strip()
        return parse_value(value) if value.startswith(("[", "{")) else value

    def _error(self, what: str, line: int, key: str | None, mend: str) -> None:
        self.problems.error(what, self.problems.file(DECLARATION, line, key), mend)


def _said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""
