"""A number that can be read in two ways is refused, until the folder says which is meant."""

import re
from contextlib import suppress

import numpy as np
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from helpers.whole_folder import DECLARATION, write_index
from softpower.cli import main
from softpower.errors import FolderError, InputError
from softpower.index.reading.folder import inspect, read
from softpower.index.reading.numerals import Numerals, Real

LANDS = ("Atlantis", "Lemuria", "Mu", "Thule")
FLAT = DECLARATION.partition("[pillars.land]")[0]
GOLD = "id,source\ngold,Atlas\n"


def numerals(*cells, decimal=None, commas=False):
    rows = [(line, [cell]) for line, cell in enumerate(cells, start=2)]
    return Numerals("figures", ("gold",), rows, decimal=decimal, commas=commas)


def read_all(*cells, **how):
    """Return the numbers of a column, each once it is read."""
    table = numerals(*cells, **how)
    return [table.number(cell, 0) for cell in cells]


def gold(tmp_path, cells, *, delimiter=";", more="", name="lost-lands", **tables):
    """Write an index of one indicator, with these cells for the four lands."""
    rows = "".join(f"{land}{delimiter}{cell}\n" for land, cell in zip(LANDS, cells, strict=True))
    return write_index(
        tmp_path, name=name, declaration=FLAT, more=more,
        **{"indicators": GOLD, "figures": f"unit{delimiter}gold\n{rows}"} | tables,
    )  # fmt: skip


THOUSANDS = ("1,234", "999", "12,345", "47")


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("mark", [",", "."])
def test_marks_before_three_digits_can_be_read_in_two_ways(tmp_path, mark, delimiter):
    other = {",": ".", ".": ","}[mark]
    cells = [cell.replace(",", mark) for cell in THOUSANDS]
    folder = gold(tmp_path, cells, delimiter=delimiter)
    name = {",": "comma", ".": "point"}[mark]
    said = (
        f'lost-lands/figures.csv, line 2, column gold: "1{mark}234" can be read in two ways, as '
        f"1234 and as 1.234: every {name} of the column stands before three digits. The same in "
        f'line 4. Say which is meant: decimal = "{other}" under [files.figures] in index.toml '
        f'makes it 1234, decimal = "{mark}" makes it 1.234.'
    )
    with pytest.raises(FolderError, match=re.escape(said)):
        read(folder)
    done = CliRunner().invoke(main, ["score", str(folder)])
    assert (done.exit_code, done.stdout) == (1, "")


@pytest.mark.parametrize("mark", [",", "."])
@pytest.mark.parametrize(
    ("thousands", "expected"), [(True, [1234, 999, 12345, 47]), (False, [1.234, 999, 12.345, 47])]
)
def test_the_folder_says_which_reading_is_meant(tmp_path, mark, thousands, expected):
    decimal = mark if not thousands else {",": ".", ".": ","}[mark]
    cells = [cell.replace(",", mark) for cell in THOUSANDS]
    more = f'\n[files.figures]\ndecimal = "{decimal}"\n'
    figures = read(gold(tmp_path, cells, more=more)).figures
    assert figures.values[:, 0].tolist() == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1,5", "12,345"), [1.5, 12.345]),
        (("0,123", "1,234"), [0.123, 1.234]),
        (("-0,123", "-1,234"), [-0.123, -1.234]),
        (("1234,567", "1,234"), [1234.567, 1.234]),
        (("1,2345", "1,234"), [1.2345, 1.234]),
        ((",125", "1,234"), [0.125, 1.234]),
        (("1,234e3", "1,234"), [1234, 1.234]),
        (("1.5", "12.345"), [1.5, 12.345]),
        (("1950", "2024"), [1950, 2024]),
        (("", "12"), [None, 12]),
    ],
)
def test_one_number_that_is_clear_shows_how_its_column_is_written(cells, expected):
    assert read_all(*cells) == expected


@pytest.mark.parametrize(
    "cells",
    [
        ("1,234",), ("-1,234", "5"), ("999,999", ""), ("1.234",), ("1,234", "1.234"),
        ("1,234", "1,234,567"), ("12,345", "1,234.5"), ("12.345", "1 234"),
    ],
)  # fmt: skip
def test_no_number_of_the_column_is_clear(cells):
    with pytest.raises(InputError, match="can be read in two ways"):
        numerals(*cells).number(cells[0], 0)


@pytest.mark.parametrize("text", [".", ",", "..", "-", "n.a.", "5,5,5", "e.5", "+,", "1.2.3"])
@pytest.mark.parametrize("commas", [True, False])
def test_a_mark_without_a_number_is_no_number(text, commas):
    table = numerals(text, "1,234", "2.5", commas=commas)
    with pytest.raises(InputError, match="is not a number"):
        table.number(text, 0)


def test_points_of_a_file_with_commas_between_cells_are_decimal():
    assert read_all("78.346", "1.234", "1024", "0", commas=True) == [78.346, 1.234, 1024, 0]


def test_points_beside_whole_numbers_below_a_thousand_may_part_thousands():
    with pytest.raises(
        InputError, match=r'"1\.234" can be read in two ways, as 1234 and as 1\.234'
    ):
        read_all("1.234", "999", "12.345", "47", commas=True)
    assert read_all("1.234", "999", "12.34", "47", commas=True) == [1.234, 999, 12.34, 47]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,5", ",", 1234.5), ("1,234.5", ".", 1234.5), ("-12.345.678", ",", -12345678),
        ("1 234", ".", 1234), ("1\u202f234,25", ",", 1234.25), ("1\u00a0234", ",", 1234),
        ("1'234.5", ".", 1234.5), ("1’234’567", ",", 1234567), ("12,5", ",", 12.5),
        ("12.5", ".", 12.5), ("1,5e3", ",", 1500), ("+7", ",", 7), ("0,123", ",", 0.123),
    ],
)  # fmt: skip
def test_thousands_are_parted_as_people_do_where_the_decimal_mark_is_said(text, decimal, value):
    assert read_all(text, decimal=decimal) == [value]


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("12.5", ","), ("0.123", ","), ("1234.567", ","), ("12,34", "."), ("1.234.5", ","),
        ("1,234,56", "."), ("1.234,567,8", ","), ("1 234'567", "."), ("01,234", "."),
        ("1,5,5", ","),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_mark_that_is_said_is_refused(text, decimal):
    with pytest.raises(InputError, match="is not a number") as caught:
        read_all(text, decimal=decimal)
    assert f'index.toml says decimal = "{decimal}"' in caught.value.mend


@pytest.mark.parametrize("text", ["1,234.5", "1.234,5", "1 234", "1'234", "1,234,567"])
def test_separators_are_refused_with_both_ways_out(text):
    with pytest.raises(InputError, match="is not a number") as caught:
        read_all(text)
    assert caught.value.mend == (
        "Write it without separators between thousands, or say which mark is decimal: "
        'decimal = "." or decimal = "," under [files.figures] in index.toml.'
    )


def test_two_columns_of_a_file_are_never_read_differently(tmp_path):
    figures = "unit;gold;fish\nAtlantis;12,5;0.5\nLemuria;3;0.25\n"
    folder = write_index(
        tmp_path, declaration=FLAT, indicators=GOLD + "fish,Atlas\n", figures=figures
    )
    with pytest.raises(FolderError, match="have different marks") as caught:
        read(folder)
    first, second = caught.value.problems
    assert str(first).startswith(
        'lost-lands/figures.csv, line 2, column fish: "0.5" and "12,5" (line 2, column gold) have '
        "different marks, and only one of them can be decimal. Write all numbers of the file with "
        "the same decimal mark; or, if the other mark stands between thousands, say which is "
        'decimal: decimal = "." or decimal = "," under [files.figures] in index.toml.'
    )
    assert second.location.line == 3


def test_a_value_and_its_standard_error_are_never_read_differently(tmp_path):
    figures = 'unit,indicator,value,standard_error\nMu,gold,1.234,"0,5"\nThule,gold,12.345,"0,5"\n'
    folder = write_index(tmp_path, declaration=FLAT, indicators=GOLD, figures=figures)
    with pytest.raises(FolderError, match=r"standard_error: .* have different marks"):
        read(folder)


def test_a_comma_in_a_text_says_nothing_of_the_numbers(tmp_path):
    figures = "unit;indicator;value;note\nAtlantis;gold;12.5;1,5\nLemuria;gold;0.75;about 3,4\n"
    folder = write_index(tmp_path, declaration=FLAT, indicators=GOLD, figures=figures)
    assert read(folder).figures.values[:, 0].tolist() == [12.5, 0.75]


def only(index):
    return index.main.indicators()[0]


@pytest.mark.parametrize(
    ("table", "text", "column", "value", "decimals", "thousands"),
    [
        ("history", "unit;indicator;year;value\nMu;gold;1990;1,234\n", "value",
         lambda index: index.figures.history.values[0, 0], 1.234, 1234),
        ("published", "unit;score\nMu;98,765\n", "score",
         lambda index: index.published.scores[0], 98.765, 98765),
        ("published", "unit;rank\nMu;1,024\n", "rank",
         lambda index: index.published.ranks[0], 1.024, 1024),
        ("indicators", "id;source;weight\ngold;Atlas;12,345\n", "weight",
         lambda index: only(index).weight, 12.345, 12345),
        ("indicators", "id;source;target\ngold;Atlas;12,345\n", "target",
         lambda index: only(index).target, 12.345, 12345),
        ("indicators", "id;source;goalposts\ngold;Atlas;0..12,345\n", "goalposts",
         lambda index: only(index).goalposts, (0, 12.345), (0, 12345)),
        ("indicators", "id;source;goalposts\ngold;Atlas;1,234 .. 5,678\n", "goalposts",
         lambda index: only(index).goalposts, (1.234, 5.678), (1234, 5678)),
        ("indicators", "id;source;goalposts\ngold;Atlas;1,234..5,678\n", "goalposts",
         lambda index: only(index).goalposts, (1.234, 5.678), (1234, 5678)),
        ("indicators", "id;source;denominator\ngold;Atlas;gold/1,000\n", "denominator",
         lambda index: only(index).denominator.per, 1, 1000),
        ("figures", "unit;indicator;value;standard_error\nAtlantis;gold;7;1,234\nMu;gold;8;\n",
         "standard_error", lambda index: index.figures.errors[0, 0], 1.234, 1234),
    ],
)  # fmt: skip
def test_every_number_of_every_table_is_read_by_the_same_rule(
    tmp_path, table, text, column, value, decimals, thousands
):
    folder = gold(tmp_path, ("1", "2", "3", "4"), **{table: text})
    place = rf"lost-lands/{table}\.csv, line 2, column {column}: .* can be read in two ways"
    with pytest.raises(FolderError, match=place) as caught:
        read(folder)
    assert f"[files.{table}]" in str(caught.value)
    for mark, meant in ((",", decimals), (".", thousands)):
        said = f'{FLAT}\n[files.{table}]\ndecimal = "{mark}"\n'
        (folder / "index.toml").write_text(said)
        assert value(read(folder)) == meant


def test_goalposts_and_denominators_have_the_decimal_mark_of_their_file(tmp_path):
    indicators = "id;source;goalposts;denominator\ngold;Atlas;0,5..85,25;gold/2,5\n"
    [item] = read(gold(tmp_path, ("1", "2", "3", "4"), indicators=indicators)).main.indicators()
    assert (item.goalposts, str(item.denominator)) == ((0.5, 85.25), "gold/2.5")


def test_each_file_has_a_decimal_mark_of_its_own(tmp_path):
    history = "unit,indicator,year,value\nMu,gold,1990,12.5\n"
    figures = read(gold(tmp_path, ("1,5", "2", "3", "4"), history=history)).figures
    assert figures.values[0, 0] == 1.5
    assert figures.history.columns(["gold"])[:, 0].tolist() == [12.5]


def test_texts_of_a_spreadsheet_are_read_by_the_rule_and_its_numbers_are_numbers(tmp_path):
    folder = gold(tmp_path, ("1", "2", "3", "4"))
    (folder / "figures.csv").unlink()

    def save(*cells):
        with xlsxwriter.Workbook(folder / "figures.xlsx") as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(zip(("unit", *LANDS), ("gold", *cells), strict=True)):
                sheet.write_row(number, 0, row)

    save(1.234, 999, 12.345, 47)
    assert read(folder).figures.values[:, 0].tolist() == [1.234, 999, 12.345, 47]
    for text in ("1,234", "1.234"):
        save(text, 999, 12.345, 47)
        with pytest.raises(FolderError, match=f'line 2, column gold: "{text}" can be read in two'):
            read(folder)
    with (folder / "index.toml").open("a") as file:
        file.write('\n[files.figures]\ndecimal = ","\n')
    assert read(folder).figures.values[:, 0].tolist() == [1234, 999, 12.345, 47]


@pytest.mark.parametrize("said", ['decimal = ";"', "decimal = 1", "comma = true"])
def test_what_is_said_of_a_file_is_checked(tmp_path, said):
    folder = gold(tmp_path, ("1", "2", "3", "4"), more=f"\n[files.figures]\n{said}\n")
    with pytest.raises(FolderError, match=r"lost-lands/index.toml, line \d+, files.figures"):
        read(folder)


def test_what_is_said_of_a_table_that_is_not_there_is_refused(tmp_path):
    more = '\n[files.history]\ndecimal = ","\n[files.figures]\ndecimal = ","\n'
    [problem] = inspect(gold(tmp_path, ("1", "2", "3", "4"), more=more))[1]
    assert "index.toml, line 14, files.history: It says how to read a table" in str(problem)


def test_a_table_that_no_folder_has_is_named_with_those_that_it_may_have(tmp_path):
    folder = gold(tmp_path, ("1", "2", "3", "4"), more='\n[files.figure]\ndecimal = ","\n')
    with pytest.raises(FolderError, match="Known: figures, history, indicators, published, units"):
        read(folder)


numbers = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 3))


@given(st.lists(numbers, min_size=1), st.sampled_from([".", ","]), st.sampled_from(["", ",", " "]))
def test_numbers_are_read_as_they_were_written(written, decimal, by):
    """However many are parted or have three decimals, where the folder says which mark is which."""
    by = "." if by == "," and decimal == "," else by
    cells = [f"{number:,.3f}" for number in written]
    cells = [cell.translate({ord(","): by, ord("."): decimal}) for cell in cells]
    np.testing.assert_array_equal(read_all(*cells, decimal=decimal), written)


@given(st.lists(numbers, min_size=1), st.sampled_from([".", ","]))
def test_a_column_is_read_as_it_was_written_or_refused(written, decimal):
    cells = [repr(number).replace(".", decimal) for number in written]
    with suppress(InputError):
        assert read_all(*cells) == written


@given(st.lists(st.integers(0, 10**9), min_size=1), st.sampled_from([".", ","]))
def test_thousands_are_never_read_as_decimals(written, mark):
    cells = [f"{number:,}".replace(",", mark) for number in written]
    with suppress(InputError):
        assert read_all(*cells) == written


def test_a_number_of_a_spreadsheet_shows_nothing_of_its_texts():
    with pytest.raises(InputError, match="can be read in two ways"):
        read_all(Real("1.5"), "1.234")
