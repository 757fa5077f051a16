"""An answer as LaTeX tables that fit the text of a page and run on over several pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from softpower.answer import Answer, Table
from softpower.render.cells import chart_table, heading, is_right, line, printed, unique
from softpower.render.fit import PROSE, Slot, fit
from softpower.render.tex import ENCODINGS, escape, strangers
from softpower.render.widths import width

_SIZES = {"": (32.8, 1.2), r"\footnotesize\setlength{\tabcolsep}{3pt}": (38.9, 0.71)}
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
    tables = answer.tables or tuple(map(chart_table, answer.charts))
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
    tables = answer.tables or tuple(map(chart_table, answer.charts))
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
    content = repr((answer.title, table)).encode("utf-8", "surrogatepass")
    return f"{name}-{hashlib.sha256(content).hexdigest()[:8]}"


def _table(table: Table, title: str, label: str, notes: Sequence[str]) -> str:
    size, parts = _fitted(table)
    short = dict.fromkeys(
        f"{slot.short} = {slot.heading}" for part in parts for slot in part if slot.abbreviated
    )
    below = [escape(note.strip(), _WORD) for note in ("; ".join(short), *notes) if note.strip()]
    blocks = []
    for at, part in enumerate(parts, start=1):
        of = f" ({at} of {len(parts)})" if len(parts) > 1 else ""
        tag = label if at == 1 else f"{label}-{at}"
        blocks.append(_part(part, len(table.rows), f"{title}{of}", tag, headed=table.headed))
    lines = [
        rf"\begingroup{size}\setlength{{\LTcapwidth}}{{\linewidth}}",
        *blocks,
        *(rf"{{\footnotesize\raggedright\noindent {note}\par}}" for note in below),
        r"\endgroup",
    ]
    return "\n".join(lines)


def _part(slots: Sequence[Slot], rows: int, title: str, label: str, *, headed: bool) -> str:
    """Return a table whose headings stand on each of its pages."""
    titles = [slot.title_lines() for slot in slots]
    height = max(map(len, titles)) if headed else 0
    levels = [[""] * (height - len(each)) + each for each in titles]
    head = [_row(f"{{{escape(each[at])}}}" for each in levels) for at in range(height)]
    head = [r"\toprule", *head, *([r"\midrule"] if headed else [])]
    body = [_row(_cell(slot, row) for slot in slots) for row in range(rows)]
    if not body:
        body = [rf"\multicolumn{{{len(slots)}}}{{l}}{{no rows}} \\"]
    lines = [
        rf"\begin{{longtable}}{{@{{}}{''.join(map(_column, slots))}@{{}}}}",
        rf"  \caption{{{escape(title, _WORD)}}}\label{{tab:{label}}} \\",
        *(f"  {each}" for each in [*head, r"\endfirsthead", *head, r"\endhead"]),
        r"  \bottomrule \endfoot",
        *(f"  {each}" for each in body),
        r"\end{longtable}",
    ]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(slot: Slot, row: int) -> str:
    return escape(slot.cells[row], slot.width if _is_broken(slot) else None)


def _column(slot: Slot) -> str:
    """Return the letter of a column; one whose texts are broken is a paragraph."""
    if not _is_broken(slot):
        return "r" if slot.right else "l"
    return rf">{{\raggedright\arraybackslash}}p{{{_ems(slot):.1f}em}}"


def _is_broken(slot: Slot) -> bool:
    return slot.soft > slot.width


def _fitted(table: Table) -> tuple[str, list[list[Slot]]]:
    """Return the largest size in which a table fits, and the parts that it needs in it."""
    for size, (room, gap) in _SIZES.items():
        parts = _parts(table, room, gap)
        if len(parts) == 1 and not any(slot.abbreviated for slot in parts[0]):
            break
    return size, parts


def _parts(table: Table, room: float, gap: float) -> list[list[Slot]]:
    """Return the columns in parts no wider than there is room for."""
    for letters in range(int(4 * room), _NARROWEST, -1):
        parts = fit(_slots(table), letters)
        widest = max(sum(map(_ems, part)) + gap * (len(part) - 1) for part in parts)
        if widest <= room:
            break
    return parts


def _slots(table: Table) -> list[Slot]:
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
        slots.append(Slot(title, list(cells), is_right(column), fixed, prose))
    return slots


def _ems(slot: Slot) -> float:
    """Return the width of a column."""
    rows = range(len(slot.cells))
    lines = [part for row in rows for part in slot.lines(row, "")] if slot.prose else slot.cells
    return max(map(_length, [*lines, *slot.title_lines()]), default=0.0)


def _length(text: str) -> float:
    return sum(_EM.get(mark, 0.56 * max(width(mark), 1)) for mark in text)
