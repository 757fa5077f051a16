"""Where a key of a TOML file stands, for tomllib knows lines only of syntax errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_PATH = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*\[\[?\s*({_PATH})\s*\]\]?")
_KEY = re.compile(rf"^\s*({_PATH})\s*=")
_PARTS = re.compile(_PART)
_LONG_STRING = re.compile(r'"""|\'\'\'')


class Lines:
    """The line of every key of a TOML text, by its parts joined with points.

    Entries of an array of tables are counted from 1.

    An id with points has one line, whether it stands in quotation marks or not.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        table: tuple[str, ...] = ()
        entries: Counter[tuple[str, ...]] = Counter()
        closing = ""
        for number, line in enumerate(text.split("\n"), start=1):
            if closing:
                closing = "" if closing in line else closing
                continue
            if header := _HEADER.match(line):
                table = self.note(header.group(1), number)
                if line.lstrip().startswith("[["):
                    entries[table] += 1
                    table = self.note(str(entries[table]), number, table)
            elif key := _KEY.match(line):
                self.note(key.group(1), number, table)
            openings = _LONG_STRING.findall(line)
            if len(openings) % 2:
                closing = openings[-1]

    def note(self, dotted: str, number: int, table: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Note the line of a dotted key in a table, and return its path."""
        path = table
        for part in _PARTS.findall(dotted):
            path = (*path, part.strip("\"'"))
            self._lines.setdefault(".".join(path), number)
        return path

    def of(self, path: Sequence[object]) -> int | None:
        """Return the line of a key, or of the nearest table or key above it."""
        keys = tuple(str(part) for part in path)
        while keys:
            if (dotted := ".".join(keys)) in self._lines:
                return self._lines[dotted]
            keys = keys[:-1]
        return None
