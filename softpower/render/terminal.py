"""Tables as aligned text: fitted and coloured for a terminal, plain and whole for a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from softpower.answer import Answer, Cell, Table
from softpower.charts import Chart
from softpower.render.cells import heading, is_right, line, printed, shares
from softpower.render.fit import GAP, PROSE, ColumnLayout, fit, total
from softpower.render.style import Piece, bar, join, wrapped
from softpower.render.tabled import chart_table, readable
from softpower.render.widths import pad, width

_BAR_LEAST = 12
_BAR_MOST = 40
_NARROWEST = 24
_PIPE = 80
"""The width of a chart in a pipe."""

IN_FIGURES = "Shown in figures: a file of .svg, .png, .pdf or .html draws it."
"""What is said below the figures of a chart that is none of lines and bars."""


class Terminal:
    """A place to print on, with what it can show.

    Parameters
    ----------
    limit
        The width in columns; None for a pipe, where nothing is wrapped, cut or decorated.
    colour
        Whether it understands escape sequences.
    unicode
        Whether it can show more than ASCII; this decides on our own marks only.
    """

    def __init__(
        self, limit: int | None = None, *, colour: bool = False, unicode: bool = True
    ) -> None:
        self.limit = None if limit is None else max(limit, _NARROWEST)
        self.colour = colour
        self.unicode = unicode
        self.missing, self.rule, self.ellipsis = ("–", "─", "…") if unicode else ("-", "-", "...")

    def answer(self, answer: Answer, *, notes: bool = False, charts: bool = False) -> str:
        """Return an answer as text; charts not drawn are shown as tables where it has none."""
        tables = () if charts and not answer.tables else readable(answer)
        blocks: list[list[list[Piece]]] = []
        if answer.title:
            blocks.append(self._text(answer.title, "bold"))
        for table in (each for each in tables if not each.detail):
            title = self._title(table.title, answer, self.limit)
            blocks.append(title + self._table(without_details(table)))
        if charts:
            blocks += [self._chart(chart, answer) for chart in answer.charts]
        if notes and answer.notes:
            blocks.append([row for note in answer.notes for row in self._text(note, "dim")])
        lines = ("\n".join(join(row, colour=self.colour) for row in block) for block in blocks)
        return "\n\n".join(lines) + "\n"

    def _title(self, title: str, answer: Answer, limit: int | None) -> list[list[Piece]]:
        """Return the title of a part of an answer, unless it is that of the answer."""
        if not title or line(title) == line(answer.title):
            return []
        return wrapped(title, "bold", limit)

    def _chart(self, chart: Chart, answer: Answer) -> list[list[Piece]]:
        from softpower.render.plot import TABLED, drawing

        room = self.limit or _PIPE
        title = self._title(chart.title, answer, room)
        if isinstance(chart, TABLED):
            return title + self._table(chart_table(chart)) + wrapped(IN_FIGURES, "dim", room)
        return title + drawing(chart, room, unicode=self.unicode)

    def _text(self, text: str, style: str) -> list[list[Piece]]:
        return wrapped(text, style, self.limit)

    def _table(self, table: Table) -> list[list[Piece]]:
        slots = self._slots(table)
        parts = [slots] if self.limit is None else fit(slots, self.limit)
        bars = self._bars(table, slots) if len(parts) == 1 else {}
        marks = {id(slot): _marks(table, at) for at, slot in enumerate(slots)}
        lines: list[list[Piece]] = []
        for part in parts:
            if lines:
                lines.append([])
            if table.headed:
                lines += self._heading(part, bars)
            for row in range(len(table.rows)):
                lines += self._row(part, row, bars, marks)
        if not table.rows:
            lines.append([("no rows", "dim")])
        short = [_key(slot) for slot in slots if slot.abbreviated]
        for note in (["; ".join(dict.fromkeys(short))] if short else []) + list(table.notes):
            lines += self._text(note, "dim")
        return lines

    def _slots(self, table: Table) -> list[ColumnLayout]:
        texts = printed(table, unicode=self.unicode, missing=self.missing)
        slots = []
        for at, column in enumerate(table.columns):
            cells = [row[at] for row in texts]
            if column.kind == "movement":
                cells = _align_arrows(cells)
            figures = [
                text
                for text, row in zip(cells, table.rows, strict=True)
                if column.whole or not isinstance(row[at], str)
            ]
            long = not table.headed or any(width(cell) > PROSE for cell in cells)
            prose = long and not column.whole
            title = heading(column) if table.headed else ""
            slots.append(ColumnLayout(title, cells, is_right(column), figures, prose))
        return slots

    def _bars(self, table: Table, slots: Sequence[ColumnLayout]) -> dict[int, list[str]]:
        """Return the bars of those columns that have room beside them."""
        if self.limit is None:
            return {}
        found = [
            (id(slot), lengths)
            for at, slot in enumerate(slots)
            if table.columns[at].bar and (lengths := shares(table, at)) is not None
        ]
        if not found:
            return {}
        room = (self.limit - total(slots)) // len(found) - GAP
        if room < _BAR_LEAST:
            return {}
        room = min(room, _BAR_MOST)
        return {
            name: [pad(bar(share or 0.0, room, unicode=self.unicode), room) for share in lengths]
            for name, lengths in found
        }

    def _heading(
        self, part: Sequence[ColumnLayout], bars: dict[int, list[str]]
    ) -> list[list[Piece]]:
        titles = [slot.title_lines() if self.limit else [slot.title] for slot in part]
        height = max(map(len, titles))
        lines: list[list[Piece]] = []
        for level in range(height):
            pieces: list[Piece] = []
            for slot, title in zip(part, titles, strict=True):
                at = level - (height - len(title))
                pieces.append(
                    (pad(title[at] if at >= 0 else "", slot.width, right=slot.right), "bold")
                )
                pieces.append((" " * GAP, ""))
                if id(slot) in bars:
                    pieces.append((" " * (len(bars[id(slot)][0]) + GAP), ""))
            lines.append(pieces)
        beside = sum(len(bars[id(slot)][0]) + GAP for slot in part if id(slot) in bars)
        lines.append([(self.rule * (total(part) + beside), "dim")])
        return lines

    def _row(
        self,
        part: Sequence[ColumnLayout],
        row: int,
        bars: dict[int, list[str]],
        marks: dict[int, list[str]],
    ) -> list[list[Piece]]:
        cells = [
            [slot.cells[row]] if self.limit is None else slot.lines(row, self.ellipsis)
            for slot in part
        ]
        lines: list[list[Piece]] = []
        for level in range(max(map(len, cells))):
            pieces: list[Piece] = []
            for slot, cell in zip(part, cells, strict=True):
                text = cell[level] if level < len(cell) else ""
                pieces.append((pad(text, slot.width, right=slot.right), marks[id(slot)][row]))
                pieces.append((" " * GAP, ""))
                if id(slot) in bars:
                    drawn = bars[id(slot)][row]
                    pieces.append((drawn if level == 0 else " " * len(drawn), "bar"))
                    pieces.append((" " * GAP, ""))
            lines.append(pieces)
        return lines


def without_details(table: Table) -> Table:
    """Return a table without the columns that are too much to read, unless there are no others.

    A cell that is missing is replaced by that of the column named ``instead``, if it has any.
    """
    kept = [at for at, column in enumerate(table.columns) if not column.detail]
    if not kept or len(kept) == len(table.columns):
        return table
    place = {column.key: at for at, column in enumerate(table.columns)}
    other = {at: place[key] for at in kept if (key := table.columns[at].instead) in place}
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(
            tuple(
                row[at] if row[at] is not None or at not in other else row[other[at]] or None
                for at in kept
            )
            for row in table.rows
        ),
    )


def _key(slot: ColumnLayout) -> str:
    """Return what the short heading of a column stands for, held together by its spaces."""
    return f"{slot.short} = {slot.heading}".replace(" ", "\u00a0")


def _marks(table: Table, at: int) -> list[str]:
    """Return the style of each cell of a column."""
    column = table.columns[at]
    if not table.headed and at == 0:
        return ["dim"] * len(table.rows)
    return [_mark(row[at], moves=column.kind == "movement") for row in table.rows]


def _mark(cell: Cell, *, moves: bool) -> str:
    if cell is None:
        return "dim"
    if not moves or isinstance(cell, str) or cell == 0:
        return ""
    return "up" if cell > 0 else "down"


def _align_arrows(cells: list[str]) -> list[str]:
    """Return movements with their counts right-aligned behind their arrows."""
    moves = [cell.startswith(("▲ ", "▼ ")) for cell in cells]
    widest = max((len(cell) for cell, moved in zip(cells, moves, strict=True) if moved), default=0)
    return [
        f"{cell[0]} {cell[2:]:>{widest - 2}}" if moved else cell
        for cell, moved in zip(cells, moves, strict=True)
    ]
