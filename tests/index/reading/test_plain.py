"""Columns in which nothing is odd are read at once, and say what their cells say one by one."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.whole_folder import DECLARATION, FIGURES, WIDE, write_index
from softpower.index.reading import figures, history, tables
from softpower.index.reading.folder import inspect, read
from softpower.index.reading.frame import index_from
from softpower.index.reading.numerals import Numerals, Real
from softpower.index.reading.plain import plain_columns

FLAT = DECLARATION.partition("[pillars.land]")[0]
SHIPS = "id,source\ngold,Atlas\nships,Atlas\n"
HISTORY = """\
unit,indicator,year,value
Atlantis,gold,1999,70
Thule,fish,1999,0.5
Atlantis,fish,1999,
"""


def column(cells, *, decimal=None, commas=False, step=2):
    """Return the numbers of a column, taken so many rows at a time, or None."""
    rows = [[cell] for cell in cells]
    blocks = [rows[k : k + step] for k in range(0, len(rows), step)]
    found = plain_columns(("gold",), blocks, decimal, commas=commas)
    return found and np.ravel(found.values).tolist()


CELLS = st.one_of(
    st.floats(width=32).map(str),
    st.integers(-2000, 2000).map(str),
    st.from_regex(r"[+-]?[0-9]{0,4}[.,]?[0-9]{0,4}(e[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["", "1.234", "1,234", "12.5", "1e400", "1e-310", "n/a", "1 234", "-", "１"]),
    st.floats(allow_nan=False, width=32).map(lambda number: Real(repr(number))),
)


@given(st.lists(CELLS, max_size=6), st.sampled_from([None, ".", ","]), st.booleans())
def test_a_column_read_at_once_has_the_numbers_of_its_cells_read_one_by_one(cells, decimal, commas):
    whole = column(cells, decimal=decimal, commas=commas)
    if whole is not None:
        rows = [(line, [cell]) for line, cell in enumerate(cells, start=2)]
        table = Numerals("figures", ("gold",), rows, decimal=decimal, commas=commas)
        each = [table.number(cell, 0) for cell in cells]
        assert list(map(str, whole)) == [
            "nan" if number is None else str(number) for number in each
        ]


@pytest.mark.parametrize(
    ("cells", "how"),
    [
        (["1", "-2.5", "3e2", "0"], {}),
        (["1", "-2.5", "3e2", "0"], {"decimal": "."}),
        (["1", "2000"], {"decimal": ","}),
        (["1.234", "12.345"], {"commas": True}),
        (["1.234", "12.345", "7"], {"decimal": "."}),
        ([Real("1.234"), "7"], {}),
        (["7", "1.234", "0.5"], {}),
    ],
)
def test_a_column_of_plain_numbers_is_read_at_once(cells, how):
    assert column(cells, **how) == [float(cell) for cell in cells]


@pytest.mark.parametrize(
    ("odd", "how"),
    [
        *((odd, {}) for odd in ("1,5", "n/a", "--1", "1_000", "nan", "１", " 1", "\ud800")),
        *((size, {}) for size in ("1e400", "1e-310", "1e-400")),
        ("2.5", {"decimal": ","}),
    ],
)
def test_a_column_with_anything_odd_is_left_to_be_read_cell_by_cell(odd, how):
    assert column(["1", "2000", odd], **how) is None


@pytest.mark.parametrize(("cells", "commas"), [(["1.234"], False), (["7", "1.234"], True)])
def test_a_point_that_may_stand_between_thousands_is_left_to_be_refused(cells, commas):
    assert column(cells, commas=commas) is None


def one_by_one():
    """Let nothing be read at once."""
    nothing = mock.Mock(return_value=None)
    return mock.patch.object(tables, "plain_columns", nothing)


def refused(*_):
    raise AssertionError("It was read row by row.")


@pytest.fixture
def at_once(monkeypatch):
    """Let nothing be read row by row."""
    monkeypatch.setattr(figures, "_read_long", refused)
    monkeypatch.setattr(figures, "_read_wide", refused)
    monkeypatch.setattr(history, "_Past", refused)


@pytest.mark.parametrize(
    "text",
    [
        FIGURES,
        WIDE,
        FIGURES.replace("source\n", "note\n").replace("Scroll", "n/a"),
        WIDE.replace("Atlantis", '" Atlantis"'),
        WIDE.replace(",", ";").replace("\n", "\r\n\r\n"),
        "fish,unit,towers,gold\n9000.5,Atlantis,12,80\n5000.25,Lemuria,7,15\n,Thule,2,40\n",
        FIGURES.replace("source", "standard_error").replace("Scroll", "0.5"),
    ],
    ids=["long", "wide", "notes", "quotation marks", "windows", "any order", "errors"],
)
@pytest.mark.usefixtures("at_once")
def test_a_plain_table_is_read_at_once(tmp_path, text, monkeypatch):
    split = tables._split
    monkeypatch.setattr(
        tables, "_split", lambda file: split(file) if "indicators" in file.name else refused()
    )
    index = read(write_index(tmp_path, figures=text, history=HISTORY))
    assert [unit.name for unit in index.figures.units] == ["Atlantis", "Lemuria", "Thule"]
    expected = [[80, 12, 9000.5], [15, 7, 5000.25], [40, 2, np.nan]]
    np.testing.assert_array_equal(index.figures.columns(["gold", "towers", "fish"]), expected)
    assert index.figures.history.rows == (("Atlantis", "1999"), ("Thule", "1999"))
    np.testing.assert_array_equal(
        index.figures.history.columns(["gold", "fish"]), [[70, np.nan], [np.nan, 0.5]]
    )


@pytest.mark.usefixtures("at_once")
def test_a_sheet_and_a_frame_are_read_at_once_too(tmp_path):
    folder = write_index(tmp_path, figures=None)
    with xlsxwriter.Workbook(folder / "figures.xlsx") as book:
        sheet = book.add_worksheet()
        for k, line in enumerate(WIDE.splitlines()):
            for at, cell in enumerate(line.split(",")):
                sheet.write(k, at, float(cell) if k and at and cell else cell)
    frame = pd.read_csv(io.StringIO(WIDE))
    for read_index in (read(folder), index_from(frame, units="other")):
        assert read_index.figures.columns(["gold"])[:, 0].tolist() == [80, 15, 40]


@pytest.mark.usefixtures("at_once")
def test_a_table_whose_codes_for_what_is_missing_are_taken_out_is_read_at_once(tmp_path):
    more = '[files.figures]\nmissing_values = [-99, ".."]\n'
    folder = write_index(
        tmp_path, more=more, figures=WIDE.replace("80", "-99").replace(",2,", ",..,")
    )
    index = read(folder)
    assert np.isnan(index.figures.columns(["gold", "towers"])[[0, 2], [0, 1]]).all()
    assert '(-99 1, ".." 1)' in index.remarks[0]


def test_an_index_that_is_read_at_once_holds_one_cell_for_all_that_is_not_stated(tmp_path):
    read_figures = read(write_index(tmp_path, figures=WIDE)).figures
    for array in (read_figures.years, read_figures.sources, read_figures.errors):
        assert array.shape == (3, 3)
        assert array.strides == (0, 0)


LANDS = {
    "other": {"code": ["Mu", "Ys", "Thule", "Avalon"], "name": ["Mu", "Ys", "Thule", "Avalon"]},
    "countries": {
        "code": ["FRA", "deu", "KOR", "250"],
        "name": ["France", "Germany", "Korea, Rep.", "Nowhere"],
    },
}
ODD_LANDS = ["", " ", "mu", "Mu ", "<b>", "Georgia", "France", "250"]
NUMBERS = ["1", "2.5", "0", "-3", "1e3", "1234.5", ""]
ODD_NUMBERS = ["12.345", "1,5", "1.234", "1,234", "n/a", "..", "-99", " 4 ", "1e400", "４"]
YEARS, ODD_YEARS = ["2001", "2002"], [" 2001", "", "2001/02"]
NAMES, ODD_NAMES = ["gold", "ships"], ["Gold", "shipz", "gold ", ""]
NAMING = [("unit",), ("country",), ("name",), ("code",), ("code", "name"), ("iso3", "country")]
EXTRA = st.sets(st.sampled_from(["year", "source", "note", "standard_error", "odd"]), max_size=2)
SAID = ["", "", "", 'decimal = "."', 'decimal = ","', 'missing_values = ["..", -99]']


class Writing:
    """What draws tables, in which so many of a hundred cells are odd."""

    def __init__(self, draw):
        self.draw = draw
        self.share = draw(st.sampled_from([0, 0, 3, 20]))
        self.kind = draw(st.sampled_from([*LANDS]))
        self.naming = draw(st.sampled_from(NAMING))

    def one(self, usual, odd):
        """Draw a cell."""
        return self.draw(
            st.sampled_from(odd if self.draw(st.integers(1, 100)) <= self.share else usual)
        )

    def row(self, titles, land):
        """Draw a row about the land of a number."""
        cells = {}
        for title in titles:
            if title in self.naming:
                names = LANDS[self.kind]["code" if title in ("code", "iso3") else "name"]
                cells[title] = self.one(names[land : land + 1], ODD_LANDS)
            elif title in ("year", "source"):
                cells[title] = self.one(YEARS, ODD_YEARS)
            elif title == "indicator":
                cells[title] = self.one(NAMES, ODD_NAMES)
            else:
                cells[title] = self.one(NUMBERS, ODD_NUMBERS)
        return cells

    def table(self, titles):
        """Draw a table; where nothing is odd, no two rows are about the same."""
        titles = self.draw(st.permutations([*self.naming, *titles]))
        lands = self.draw(st.lists(st.integers(0, 2 + (self.share > 0)), max_size=6))
        rows = [self.row(titles, land) for land in lands]
        if not self.share:
            keys = [title for title in titles if title in (self.naming[0], "indicator", "year")]
            rows = [*{tuple(row[key] for key in keys): row for row in rows}.values()]
        return text_of(
            [titles, *([row[title] for title in titles] for row in rows)],
            self.draw(st.sampled_from(",;\t")),
            self.draw(st.sampled_from(["\n", "\r\n"])),
        )


@st.composite
def written(draw):
    """Draw the texts of a folder, some of which have something odd somewhere."""
    writing = Writing(draw)
    extra = [title for title in sorted(draw(EXTRA)) if writing.share or title != "odd"]
    titles = draw(st.sampled_from([["gold", "ships"], ["indicator", "value", *extra]]))
    stated = {"figures": writing.table(titles)}
    if draw(st.booleans()):
        stated["history"] = writing.table(["indicator", "year", "value"])
    said = draw(st.sampled_from(SAID))
    declaration = FLAT.replace('units = "other"', f'units = "{writing.kind}"')
    return declaration + (f"[files.figures]\n{said}\n" if said else ""), stated


def text_of(rows, delimiter, ending):
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return out.getvalue()


def told(folder):
    """Return all that a folder is read as, and what is said of it."""
    index, problems = inspect(folder)
    said = [str(problem) for problem in problems]
    if index is None or index.figures is None:
        return said, None
    groups = [(unit, dict(unit.groups)) for unit in index.figures.units]
    return said, (index.figures, groups, index.remarks, index.hash)


@given(written())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_a_folder_says_the_same_read_at_once_or_row_by_row(texts):
    declaration, stated = texts
    with TemporaryDirectory() as parent:
        folder = write_index(Path(parent), declaration=declaration, indicators=SHIPS, **stated)
        at_once = told(folder)
        with one_by_one():
            assert told(folder) == at_once


@pytest.mark.parametrize("blank", [" ,,\n", ",\u00a0,\n"])
def test_a_row_of_space_is_no_indicator(tmp_path, blank):
    text = f"unit,indicator,value\nMu,gold,1\n{blank}Ys,gold,2\n"
    index = read(write_index(tmp_path, declaration=FLAT, indicators=None, figures=text))
    assert index.figures.ids == ("gold",)


LONG = """\
unit,indicator,value,year,standard_error
Mu,gold,1,2001,0.5
Mu,ships,2.5,2001,
Ys,gold,-99,2001,0
Ys,ships,4,2001,1
"""
BROAD = "unit,gold,ships\nMu,1,2.5\nYs,-99,4\n"
PAST = "unit,indicator,year,value\nMu,gold,2000,1\nYs,gold,2000,2\nMu,ships,1999,3\n"
ONE_ODD = {
    "a figure twice": (LONG + "Mu,gold,1,2001,0.5\n", PAST),
    "an error below zero": (LONG.replace("0.5", "-0.5"), PAST),
    "a column more": (LONG.replace("year", "years"), PAST),
    "an unknown indicator": ("unit,indicator,value\nMu,golden,1\nYs,gold,2\n", PAST),
    "an indicator in other letters": (LONG.replace("Ys,gold", "Ys,Gold"), PAST),
    "no unit": (LONG.replace("Ys,gold", ",gold"), PAST),
    "a year with space": (LONG.replace("2001", " 2001 ", 1), PAST),
    "a row of space": (LONG + " ,,,,\n", PAST),
    "nothing but a row of space": ("unit,indicator,value\n ,,\n", None),
    "a short row": (LONG + "Mu,gold\n", PAST),
    "a long row": (LONG.replace("0.5", "0.5,,"), PAST),
    "a heading twice": (LONG.replace("year", "value"), PAST),
    "a heading of space": (LONG.replace("year", " "), PAST),
    "an open quotation mark": (LONG.replace("Ys,ships", 'Ys,"ships'), PAST),
    "a unit twice": (BROAD + "Mu,3,4\n", PAST),
    "a unit in two ways": (BROAD + "Mu ,3,4\n", PAST),
    "an unknown heading": (BROAD.replace("ships", "sheep"), PAST),
    "a name beside two codes": ("code,name,gold,ships\nA,Mu,1,2\nB,Mu,3,4\n", None),
    "a year in a wide table": (BROAD.replace("ships", "year"), PAST),
    "an indicator called value": (LONG.replace("ships", "value"), PAST),
    "an indicator called as a unit": (BROAD.replace("gold", "name"), PAST),
    "a figure of the past twice": (BROAD, PAST + "Mu,gold,2000,5\n"),
    "a figure of the past that is scored": (LONG, PAST.replace("2000", "2001", 1)),
    "a figure without a year": (LONG, PAST.replace("2000", "", 1)),
    "an unknown unit of the past": (BROAD, PAST.replace("Ys", "Avalon")),
    "an unknown heading of the past": (BROAD, PAST.replace("year", "years")),
}


@pytest.mark.parametrize("said", ["", "missing_values = [-99]"])
@pytest.mark.parametrize("odd", ONE_ODD)
def test_one_odd_thing_is_never_passed_over(tmp_path, odd, said):
    texts = dict(zip(("figures", "history"), ONE_ODD[odd], strict=True))
    more = f"[files.figures]\n{said}\n"
    folder = write_index(tmp_path, declaration=FLAT, more=more, indicators=SHIPS, **texts)
    at_once = told(folder)
    with one_by_one():
        assert told(folder) == at_once
