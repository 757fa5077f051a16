"""Making a table fit a terminal: which column gives way, and what of it.

Headings are wrapped first, and long texts; then headings are abbreviated; then texts are cut; and
if that is not enough the table is split into parts that repeat its first columns. A number is
never cut, nor is a name that a reader types again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from softpower.render.widths import cut, width, wrap

GAP = 2
"""Spaces between two columns."""

PROSE = 40
"""A column with a text wider than this is wrapped where there is no free, not cut."""

COMFORT = 24
"""Texts are not made narrower than this as long as something else can give way."""

LEAST = 12
"""Texts are not made narrower than this at all."""


@dataclass(slots=True, eq=False)
class ColumnLayout:
    """A column while its width is sought."""

    heading: str
    cells: list[str]
    right: bool
    figures: list[str]
    """Those of the cells that are never cut: numbers, and names that a reader types again."""
    prose: bool
    short: str = ""
    """The heading with its long words abbreviated."""
    abbreviated: bool = False
    hard: int = field(init=False)
    """The width of the widest of them."""
    soft: int = field(init=False)
    """The width of the widest cell."""
    width: int = field(init=False)

    def __post_init__(self) -> None:
        self.hard = max(map(width, self.figures), default=0)
        self.soft = max(map(width, self.cells), default=0)
        self.width = max(self.soft, width(self.heading))

    @property
    def title(self) -> str:
        """The heading as it is printed."""
        return self.short if self.abbreviated else self.heading

    def title_lines(self) -> list[str]:
        """Return the heading in lines of the width of the column."""
        return wrap(self.title, self.width)

    def lines(self, row: int, ellipsis: str) -> list[str]:
        """Return a cell in lines of the width of the column."""
        cell = self.cells[row]
        if self.prose:
            return wrap(cell, self.width)
        return [cut(cell, self.width, ellipsis)]


def total(slots: Sequence[ColumnLayout]) -> int:
    """Return the width of a table with these columns."""
    return sum(slot.width for slot in slots) + GAP * (len(slots) - 1)


def fit(slots: list[ColumnLayout], limit: int) -> list[list[ColumnLayout]]:
    """Set the widths of the columns so that the table is no wider than the limit.

    Returns
    -------
    list of list of Slot
        The parts to be printed one below the other; usually there is one.
    """
    _find_short_headings(slots)
    if _narrow(slots, limit, None):
        return [slots]
    for slot in sorted(slots, key=partial(_gain, texts=None), reverse=True):
        if total(slots) > limit and _gain(slot, None) > 0:
            slot.abbreviated = True
            slot.width = _floor(slot, None)
    if total(slots) <= limit or _narrow(slots, limit, LEAST):
        return [slots]
    for slot in slots:
        slot.abbreviated = _gain(slot, LEAST) > 0
    return [slots] if _narrow(slots, limit, LEAST) else _split(slots, limit)


def _split(slots: list[ColumnLayout], limit: int) -> list[list[ColumnLayout]]:
    """Distribute the columns over as few parts as can be, each beginning with the first columns."""
    fewest: tuple[int, Callable[[], list[list[ColumnLayout]]]] | None = None
    for count in (2, 1, 0):
        for abbreviated, texts in ((False, COMFORT), (True, COMFORT), (True, LEAST)):
            attempt = partial(_parts, slots, limit, count, texts, abbreviated=abbreviated)
            parts = attempt()
            fits = all(total(part) <= limit for part in parts)
            if fits and (fewest is None or len(parts) < fewest[0]):
                fewest = len(parts), attempt
        if fewest is not None:
            break
    parts = fewest[1]() if fewest else attempt()
    for slot in slots[:2]:
        if slot in parts[-1]:
            spare = limit - max(map(total, parts))
            slot.width = max(slot.width, min(slot.soft, slot.width + spare))
    return parts


def _parts(
    slots: list[ColumnLayout],
    limit: int,
    count: int,
    texts: int,
    *,
    abbreviated: bool,
) -> list[list[ColumnLayout]]:
    """Return the columns in parts that all begin with the first ``count`` columns."""
    for slot in slots:
        slot.abbreviated = abbreviated and _gain(slot, texts) > 0
        slot.width = _floor(slot, texts)
    repeated, others = slots[:count], slots[count:]
    parts: list[list[ColumnLayout]] = []
    for slot in others:
        if parts and total([*parts[-1], slot]) <= limit:
            parts[-1].append(slot)
        else:
            parts.append([*repeated, slot])
    return parts or [repeated]


def _narrow(slots: Sequence[ColumnLayout], limit: int, texts: int | None) -> bool:
    """Take width from the columns that have most above their floor, until the table fits."""
    floors = [_floor(slot, texts) for slot in slots]
    excess = total(slots) - limit
    while excess > 0:
        slack = [slot.width - least for slot, least in zip(slots, floors, strict=True)]
        largest = max(slack)
        if largest <= 0:
            return False
        slots[slack.index(largest)].width -= 1
        excess -= 1
    for slot in slots:
        body = min(slot.soft, slot.width)
        slot.width = max(body, *(width(part) for part in slot.title_lines()))
    return True


def _body(slot: ColumnLayout, texts: int | None) -> int:
    """Return the width that the cells of a column need if texts are given so much.

    None gives names all they want, and long texts what is comfortable.
    """
    if texts is None:
        texts = COMFORT if slot.prose else slot.soft
    return max(slot.hard, min(slot.soft, texts))


def _floor(slot: ColumnLayout, texts: int | None) -> int:
    return max(_body(slot, texts), _longest_word(slot.title))


def _gain(slot: ColumnLayout, texts: int | None) -> int:
    """Return how much narrower a column is under its short heading."""
    return _longest_word(slot.heading) - max(_body(slot, texts), _longest_word(slot.short))


def _longest_word(text: str) -> int:
    return max((width(word) for word in text.split()), default=0)


def _find_short_headings(slots: Sequence[ColumnLayout]) -> None:
    """Give each column with a long word in its heading a shorter one, like no other's."""
    words = {word for slot in slots for word in slot.heading.split()}
    taken = set(words)
    known: dict[str, str] = {}
    for slot in slots:
        free = max(_body(slot, LEAST), 5)
        for word in slot.heading.split():
            if width(word) > free and word not in known:
                known[word] = _abbreviation(word, taken)
                taken.add(known[word])
        short = " ".join(
            known.get(word, word) if width(word) > free else word for word in slot.heading.split()
        )
        # A heading is not worth a line of explanation for a single column saved.
        saves = _longest_word(slot.heading) - _longest_word(short) > 1
        slot.short = short if saves else slot.heading


def _abbreviation(word: str, taken: set[str]) -> str:
    """Return the shortest beginning of a word that no other heading uses, with a full stop."""
    for size in range(4, width(word)):
        stem = cut(word, size, "").rstrip(".,;:-/(")
        while len(stem) > 3 and stem[-1].casefold() in "aeiou":
            stem = stem[:-1]
        if f"{stem}." not in taken:
            return f"{stem}."
    return word
