"""The numbers of a series, as they are written: which mark is decimal, what stands for nothing.

A mark that stands once in a number, and not before exactly three digits, is decimal; one that
stands twice parts thousands. The numbers of a series must agree on it. Where none of them shows it,
the other series of the file do; points alone, in a file whose cells are parted by commas, are
decimal, for that is how programs write, unless whole numbers below a thousand stand beside them.
Otherwise a person says it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from softpower.errors import InputError, Location, Problem, UsageError
from softpower.index.importing.column import Column, shown_mark
from softpower.index.importing.marks import NUMBER, mark_of, marked
from softpower.index.reading.numerals import MISSING, OTHER, Mark, Numerals
from softpower.index.text import listed, shown

NOTHING = frozenset({"", ":", "…", "--", ". .", "n.a.", "n.d.", *MISSING})
"""What stands for a figure that is missing, folded."""


MOST_SHOWN = 20
FEW = 6
"""So many series are named of which the same is to be said."""


@dataclass(frozen=True, slots=True)
class Read:
    """How the numbers of a file were read."""

    remarks: tuple[str, ...]
    """What to say of it, in sentences."""
    texts: Mapping[str, str]
    """The series that hold no number at all, each with the first of their texts."""
    percent: frozenset[str]
    """The series whose numbers have a percent sign."""


def read_later(
    columns: Iterable[Column],
    values: array[float],
    file: str,
    *,
    decimal: Mark | None,
    commas: bool,
) -> Read:
    """Read the cells that could not be read at once, into their places among the figures.

    Parameters
    ----------
    columns
        The series of the file.
    values
        The figures; those of such cells are set.
    file
        The name of the file, for messages.
    decimal
        The decimal mark, where a person says so.
    commas
        Whether commas part the cells.

    Raises
    ------
    InputError
        With every cell that is no number, or numbers that contradict one another.
    UsageError
        If it cannot be told which mark is decimal; the mend names the choices. Or if the numbers
        show another than a person says.
    """
    known = list(columns)
    marks = {column.key: _marks(column) for column in known}
    if decimal is not None:
        _refuse_other_marks(known, marks, decimal, file)
    anywhere = {mark for found in marks.values() for mark, _ in found.items() if found[mark][1]}
    anywhere |= {"."} if any(column.points for column in known) else set()
    remarks, percent, problems = dict[str, list[str]](), set[str](), list[Problem]()
    texts: dict[str, str] = {}
    cells = 0
    for column in known:
        if not column.later:
            continue
        if _holds_none(column):
            texts[column.key] = next(text for _, text in column.later.values())
            continue
        mark = decimal or _decided(column, marks[column.key], anywhere, file, commas=commas)
        signs = [text.endswith("%") for _, text in column.later.values()]
        if any(signs):
            percent.add(column.key)
            remarks.setdefault("percent signs are taken off", []).append(column.name)
            if (bare := _without_sign(column)) is not None:
                problems.append(_mixed_percent(column, bare, file))
                cells += 1
                continue
        for said in _thousands(column, mark):
            remarks.setdefault(said, []).append(column.name)
        found, count = _numbers(column, mark, values, file)
        problems, cells = [*problems, *found], cells + count
    if problems:
        wrong = {problem.location.key for problem in problems}
        sound = [each.name for each in known if each.name not in wrong and each.key not in texts]
        raise CellsError(file, problems, sound, cells)
    told = (f"{listed(names, FEW)}: {said}." for said, names in remarks.items())
    return Read(tuple(told), texts, frozenset(percent))


class CellsError(InputError):
    """Cells of a file are no numbers; all of them are in ``problems``."""

    def __init__(
        self, file: str, problems: list[Problem], sound: Sequence[str], cells: int
    ) -> None:
        self.problems = tuple(problems)
        self.sound = tuple(sound)
        """The series that can be read."""
        super().__init__(f"{file} has {cells:,} cell{'s' * (cells > 1)} that cannot be read.")

    def __str__(self) -> str:
        listed = [f"  {problem}" for problem in self.problems[:MOST_SHOWN]]
        left = len(self.problems) - len(listed)
        more = [f"  and {left:,} more."] if left else []
        if self.sound:
            more.append(f"Or take other series alone, as in: `series={self.sound[0]!r}`.")
        return "\n".join([self.what, *listed, *more])


def _holds_none(column: Column) -> bool:
    """Say whether no cell of a series is a number, or the error of a formula in place of one."""
    return column.count == len(column.later) and not any(
        NUMBER.fullmatch(text) or text.startswith("#") for _, text in column.later.values()
    )


def _marks(column: Column) -> dict[Mark, tuple[str, bool]]:
    """Return the decimal marks that the cells show: an example, and whether it leaves no doubt."""
    found: dict[Mark, tuple[str, bool]] = {}
    for _, text in column.later.values():
        mark, doubtful = shown_mark(text)
        if mark is not None and (mark not in found or (not doubtful and not found[mark][1])):
            found[mark] = (text, not doubtful)
    if column.points:
        found["."] = (column.example, True)
    return found


def _refuse_other_marks(
    columns: Sequence[Column],
    marks: Mapping[str, Mapping[Mark, tuple[str, bool]]],
    decimal: Mark,
    file: str,
) -> None:
    """Refuse a decimal mark that the numbers of a series contradict."""
    for column in columns:
        text, sure = marks[column.key].get(OTHER[decimal], ("", False))
        if sure:
            raise UsageError(
                f"{file}, {column.name}: {shown(text)} shows that another mark is decimal than "
                f"`decimal={decimal!r}` says.",
                mend="Leave `decimal` out; it is for numbers that do not show it.",
            )


def _decided(
    column: Column,
    found: dict[Mark, tuple[str, bool]],
    anywhere: set[Mark],
    file: str,
    *,
    commas: bool,
) -> Mark:
    certain = [mark for mark, (_, sure) in found.items() if sure]
    if len(certain) > 1:
        texts = " and ".join(shown(text) for text, _ in found.values())
        raise InputError(
            f"{column.name}: {texts} have different decimal marks.",
            location=Location(file),
            mend="Write all numbers with the same; or say which is decimal: "
            '`decimal="."` or `decimal=","`.',
        )
    if certain:
        return certain[0]
    if not found:
        return "."
    if len(anywhere) == 1:
        return next(iter(anywhere))
    if commas and set(found) == {"."} and not column.small:
        return "."
    text = next(iter(found.values()))[0]
    mark: Mark = "," if "," in text else "."
    raise UsageError(
        f"{file}, {column.name}: {shown(text)} can be read as {text.replace(mark, '')} and as "
        f"{text.replace(mark, '.')}.",
        mend=f'Say which mark is decimal: `decimal="{OTHER[mark]}"` makes it '
        f'{text.replace(mark, "")}, `decimal="{mark}"` makes it {text.replace(mark, ".")}.',
    )


def _thousands(column: Column, mark: Mark) -> list[str]:
    """Return what to say if thousands are parted, or the comma is decimal."""
    other = OTHER[mark]
    said = []
    example = next((text for _, text in column.later.values() if other in text), "")
    if example:
        name = {",": "comma", ".": "point"}[other]
        said.append(f"the {name} parts thousands, as in {shown(example)}")
    if mark == ",":
        said.append("the comma is decimal")
    return said


def _numbers(
    column: Column, mark: Mark, values: array[float], file: str
) -> tuple[list[Problem], int]:
    """Read the cells of a series; return what is wrong, once of marked ones, and in how many."""
    numerals = Numerals("figures", (column.name,), (), decimal=mark)
    problems, beside = list[Problem](), dict[str, list[tuple[int, str]]]()
    for place, (line, text) in column.later.items():
        try:
            number = numerals.number(text.removesuffix("%").strip(), 0)
        except InputError as error:
            if found := mark_of(text):
                beside.setdefault(found, []).append((line, text))
                continue
            problems.append(Problem(error.what, Location(file, line, column.name), _mend(text)))
        else:
            values[place] = nan if number is None else number
    wrong = len(problems) + sum(map(len, beside.values()))
    return [*([marked(column.name, beside, file)] if beside else []), *problems], wrong


def _mend(text: str) -> str:
    if text.startswith("#"):
        return f"It is the error of a formula: mend it, or say `missing={text!r}` if it is one."
    return f"Correct it, or say `missing={text!r}` if it stands for a figure that is missing."


def _without_sign(column: Column) -> str | None:
    """Return what is said of a number without percent sign, ``None`` where all have one."""
    if column.count > len(column.later):
        return "other numbers of the column have none"
    for line, text in column.later.values():
        if NUMBER.fullmatch(text) and not text.endswith("%"):
            return f"{shown(text)} in line {line} has none"
    return None


def _mixed_percent(column: Column, bare: str, file: str) -> Problem:
    line, text = next(each for each in column.later.values() if each[1].endswith("%"))
    return Problem(
        f"{shown(text)} has a percent sign, and {bare}.",
        Location(file, line, column.name),
        "Write all of them with the sign, or none.",
    )


def missing_codes(added: Iterable[str]) -> frozenset[str]:
    """Return what stands for a missing figure, folded: what usually does, and what is added."""
    return NOTHING | {code.strip().casefold() for code in added}


def counted(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return how often each code of a missing figure stands there, the most frequent first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
