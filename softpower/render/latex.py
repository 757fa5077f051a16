"""An answer as LaTeX tables that fit the text of a page and run on over several pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache

from softpower.answer import Answer, Table
from softpower.render.cells import heading, indent, is_right, line, printed, unique
from softpower.render.fit import PROSE, ColumnLayout, fit
from softpower.render.tabled import readable
from softpower.render.tex import ENCODINGS, escape, strangers
from softpower.render.widths import width

_SIZES = {"": (32.5, 1.2), r"\footnotesize\setlength{\tabcolsep}{3pt}": (38.6, 0.71)}
"""The width of the text of an article, and how far columns are apart, in ems of each size."""

_EMS = {
    0.28: "ijl.,:;'|!()[]‘’ ",
    0.4: "rtfs-",
    1.03: "mwMW@—…",
    0.78: "ABCDEFGHJKLNOPQRTUVXYZ%&#=+<>−▲▼→←",
}
"""How wide characters are at most; the others are as wide as a digit, or a square of east Asia."""

_EM = {mark: size for size, marks in _EMS.items() for mark in marks}
_NARROWEST = 20
"""No table is made to fit fewer letters than this."""

_WORD = 24
"""A word of a title or a note that is longer than this may be broken."""


def to_latex(answer: Answer, *, notes: bool = False) -> str:
    """Return an answer as LaTeX: a ``longtable`` in the style of booktabs each.

    A table that is too wide for a page gets smaller letters, columns that break their texts, and
    then parts that repeat its first columns. A label ends with a digest of what it labels, so
    that those of two answers differ.

    Parameters
    ----------
    answer
        The answer; its charts are shown as tables where it has none.
    notes
        Whether the notes of the answer stand below the last table.
    """
    tables = readable(answer)
    labels = unique([_label(table, answer) for table in tables])
    blocks = []
    for at, (table, label) in enumerate(zip(tables, labels, strict=True), start=1):
        below = answer.notes if notes and at == len(tables) else ()
        title = table.title.strip() or answer.title.strip()
        blocks.append(_table(table, title, label, (*table.notes, *below)))
    body = "\n\n".join(blocks)
    return f"{_head(answer, body)}\n\n{body}\n"


def foreign(answer: Answer) -> str:
    """Return the characters of the tables of an answer that pdflatex has no glyph for."""
    tables = readable(answer)
    texts = [
        text
        for table in tables
        for text in (
            table.title or answer.title,
            *(heading(column) for column in table.columns if table.headed),
            *(cell for row in table.rows for cell in row if isinstance(cell, str)),
            *table.notes,
        )
    ]
    return strangers(" ".join(texts))


def _head(answer: Answer, body: str) -> str:
    """Return the comment that says what a document needs."""
    lines = [r"% Needs \usepackage{array,booktabs,longtable}"]
    needed = [name for name in ENCODINGS if f"{{{name}}}" in body]
    if needed:
        scripts = " and ".join(ENCODINGS[name] for name in needed)
        lines.append(
            rf"% and for {scripts} \usepackage[{','.join(needed)},\encodingdefault]{{fontenc}}"
        )
    unknown = foreign(answer)
    if unknown:
        lines.append(f"% {FOREIGN.format(unknown)}")
    return "\n".join([*lines, f"% {line(answer.title)}".rstrip()])


FOREIGN = "pdflatex cannot set {}: use xelatex or lualatex, with a font that has them."
"""What a reader is told of such characters."""


def _label(table: Table, answer: Answer) -> str:
    """Return the label of a table, which differs where anything in it does."""
    name = re.sub("[^a-z0-9]+", "-", table.name.lower()).strip("-") or "answer"
    held = [getattr(table, each.name) for each in fields(table)]
    content = repr((answer.title, held)).encode("utf-8", "surrogatepass")
    return f"{name}-{hashlib.sha256(content).hexdigest()[:8]}"


def _table(table: Table, title: str, label: str, notes: Sequence[str]) -> str:
    fitted = _fitted(table)
    parts = fitted.parts
    short = dict.fromkeys(
        f"{slot.short} = {slot.heading}" for part in parts for slot in part if slot.abbreviated
    )
    below = [escape(note.strip(), _WORD) for note in ("; ".join(short), *notes) if note.strip()]
    blocks = []
    for at, part in enumerate(parts, start=1):
        of = f" ({at} of {len(parts)})" if len(parts) > 1 else ""
        tag = label if at == 1 else f"{label}-{at}"
        columns = fitted.columns(part)
        blocks.append(_part(part, columns, len(table.rows), f"{title}{of}", tag))
    lines = [
        rf"\begingroup{fitted.size}\setlength{{\LTcapwidth}}{{\linewidth}}",
        *blocks,
        *(rf"{{\footnotesize\raggedright\noindent {note}\par}}" for note in below),
        r"\endgroup",
    ]
    return "\n".join(lines)


def _part(slots: Sequence[ColumnLayout], columns: str, rows: int, title: str, label: str) -> str:
    """Return a table whose headings stand on each of its pages."""
    titles = [slot.title_lines() for slot in slots]
    headed = any(slot.heading for slot in slots)
    height = max(map(len, titles)) if headed else 0
    levels = [[""] * (height - len(each)) + each for each in titles]
    head = [_row(f"{{{escape(each[at])}}}" for each in levels) for at in range(height)]
    head = [r"\toprule", *head, *([r"\midrule"] if headed else [])]
    body = [_row(_cell(slot, row) for slot in slots) for row in range(rows)]
    if not body:
        body = [rf"\multicolumn{{{len(slots)}}}{{l}}{{no rows}} \\"]
    lines = [
        rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}",
        rf"  \caption{{{escape(title, _WORD)}}}\label{{tab:{label}}} \\",
        *(f"  {each}" for each in [*head, r"\endfirsthead", *head, r"\endhead"]),
        r"  \bottomrule \endfoot",
        *(f"  {each}" for each in body),
        r"\end{longtable}",
    ]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(slot: ColumnLayout, row: int) -> str:
    if not _is_broken(slot):
        cell = slot.cells[row]
        bare = cell.rstrip(" ") if slot.right else cell
        return escape(bare) + r"\phantom{0}" * (len(cell) - len(bare))
    spaces, bare = indent(slot.cells[row])
    margin = rf"\leftskip{spaces / 2:g}em " if spaces else ""
    return margin + escape(bare, slot.width)


def _is_broken(slot: ColumnLayout) -> bool:
    return slot.soft > slot.width


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The parts of a table, and the size of the letters in which they fit."""

    parts: list[list[ColumnLayout]]
    size: str
    room: float
    gap: float

    def width(self, part: Sequence[ColumnLayout]) -> float:
        """Return how wide a part is."""
        return sum(map(_ems, part)) + self.gap * (len(part) - 1)

    def columns(self, part: Sequence[ColumnLayout]) -> str:
        """Return the letters of the columns; texts that are broken share the room to spare."""
        spare = max(self.room - self.width(part), 0.0) / max(sum(map(_is_broken, part)), 1)
        return "".join(
            rf">{{\raggedright\arraybackslash}}p{{{_ems(slot) + spare:.1f}em}}"
            if _is_broken(slot)
            else "r" if slot.right else "l"
            for slot in part
        )  # fmt: skip


def _fitted(table: Table) -> _Fitted:
    """Return a table in the largest size in which it fits whole, or else in parts."""
    for size, (room, gap) in _SIZES.items():
        letters = int(4 * room)
        fitted = _Fitted(fit(_slots(table), letters), size, room, gap)
        while (widest := max(map(fitted.width, fitted.parts))) > room and letters > _NARROWEST:
            letters = min(letters - 1, max(int(letters * room / widest), _NARROWEST))
            fitted = _Fitted(fit(_slots(table), letters), size, room, gap)
        if len(fitted.parts) == 1 and not any(slot.abbreviated for slot in fitted.parts[0]):
            break
    return fitted


def _slots(table: Table) -> list[ColumnLayout]:
    """Return the columns; a text is broken rather than cut, a figure and a short name are not."""
    texts = list(zip(*printed(table), strict=True)) or [()] * len(table.columns)
    slots = []
    for at, (column, cells) in enumerate(zip(table.columns, texts, strict=True)):
        long = any(width(cell) > PROSE for cell in cells)
        fixed = [
            cell
            for cell, row in zip(cells, table.rows, strict=True)
            if not isinstance(row[at], str) or (column.whole and not long)
        ]
        title = heading(column) if table.headed else ""
        prose = not is_right(column) and (long or not column.whole)
        slots.append(ColumnLayout(title, list(cells), is_right(column), fixed, prose))
    return slots


def _ems(slot: ColumnLayout) -> float:
    """Return the width of a column."""
    rows = range(len(slot.cells))
    lines = [part for row in rows for part in slot.lines(row, "")] if slot.prose else slot.cells
    return max(map(_length, [*lines, *slot.title_lines()]), default=0.0)


@cache
def _length(text: str) -> float:
    return sum(_EM.get(mark) or 0.56 * max(width(mark), 1) for mark in text)
