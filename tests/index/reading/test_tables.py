"""Tables as people save them are read, and say the same however they were saved."""

import numpy as np
import pytest
import xlsxwriter

from helpers.whole_folder import FIGURES, WIDE, write_index
from softpower.errors import FolderError, InputError
from softpower.index.reading.folder import inspect, read
from softpower.index.reading.numerals import Numerals
from softpower.index.reading.tables import read_table

LANDS = [[80, 12, 9000.5], [15, 7, 5000.25], [40, 2, np.nan]]


def values_of(folder):
    """Return the figures of gold, towers and fish."""
    index = read(folder)
    assert [unit.name for unit in index.figures.units] == ["Atlantis", "Lemuria", "Thule"]
    return index.figures.columns(["gold", "towers", "fish"])


def same(folder):
    np.testing.assert_array_equal(values_of(folder), LANDS)


def test_a_long_table_is_read(tmp_path):
    folder = write_index(tmp_path)
    same(folder)
    figures = read(folder).figures
    assert figures.years[0, 0] == "2001"
    assert figures.sources[0, 0] == "Scroll"
    assert figures.years[2, 2] == ""


def test_a_wide_table_is_read(tmp_path):
    same(write_index(tmp_path, figures=WIDE))


def test_a_wide_table_may_have_its_columns_in_any_order(tmp_path):
    text = "fish,unit,towers,gold\n9000.5,Atlantis,12,80\n5000.25,Lemuria,7,15\n,Thule,2,40\n"
    same(write_index(tmp_path, figures=text))


@pytest.mark.parametrize("heading", ["country", "unit", "name", "code", "ISO3", " Country "])
def test_the_unit_column_has_several_names(tmp_path, heading):
    same(write_index(tmp_path, figures=WIDE.replace("unit", heading)))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: "\n\n" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(",", " , "),
        lambda text: text.replace("\n", ",,,\n"),
        lambda text: text + ",,,\n",
        lambda text: text.replace("Atlantis", '"Atlantis"'),
        lambda text: text.replace(",", ";").replace(".", ","),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace(",", "\t").replace(".", ","),
        lambda text: text.replace("9000.5", "+9.0005e3").replace("80", "8E1"),
        lambda text: text.replace("9000.5", "9000.50").replace(",15,", ",015,"),
    ],
    ids=[
        "byte order mark", "lines of windows", "blank lines", "blank lines above", "no last end",
        "spaces", "empty columns", "an empty row", "quotation marks", "semicolons, decimal commas",
        "semicolons, decimal points", "tabs", "tabs, decimal commas", "exponents", "zeros",
    ],
)  # fmt: skip
def test_a_dialect_is_read_alike(tmp_path, change):
    same(write_index(tmp_path, figures=change(WIDE)))


def test_a_cell_may_hold_line_breaks_and_the_lines_still_count(tmp_path):
    text = FIGURES.replace("Scroll", '"A scroll,\nfound in\na cave"', 1)
    folder = write_index(tmp_path, figures=text)
    assert read(folder).figures.sources[0, 0] == "A scroll,\nfound in\na cave"
    (folder / "figures.csv").write_text(text.replace("Lemuria,gold,15", "Lemuria,gold,many"))
    with pytest.raises(FolderError, match=r'figures\.csv, line 7, column value: "many"'):
        read(folder)


def test_decimal_commas_and_points_in_one_file_are_not_mixed(tmp_path):
    text = WIDE.replace(",", ";").replace("9000.5", "9000,5")
    folder = write_index(tmp_path, figures=text)
    with pytest.raises(FolderError, match=r'"5000\.25" and "9000,5" .* have different marks'):
        read(folder)


def spreadsheet(folder, rows, stem="figures"):
    (folder / f"{stem}.csv").unlink()
    with xlsxwriter.Workbook(folder / f"{stem}.xlsx") as book:
        sheet = book.add_worksheet("Figures")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.add_worksheet("Notes").write(0, 0, "only the first sheet counts")


def test_a_spreadsheet_is_read(tmp_path):
    folder = write_index(tmp_path)
    rows = [line.split(",") for line in WIDE.splitlines()]
    spreadsheet(folder, [rows[0], *([row[0], *map(number, row[1:])] for row in rows[1:])])
    same(folder)


def test_a_spreadsheet_may_hold_its_numbers_as_text(tmp_path):
    folder = write_index(tmp_path)
    spreadsheet(folder, [line.split(",") for line in WIDE.splitlines()])
    same(folder)


def test_the_indicators_may_be_a_spreadsheet_too(tmp_path):
    folder = write_index(tmp_path)
    rows = (folder / "indicators.csv").read_text().splitlines()
    spreadsheet(folder, [row.split(",") for row in rows], "indicators")
    same(folder)


def test_rows_of_a_spreadsheet_are_counted_as_the_spreadsheet_does(tmp_path):
    folder = write_index(tmp_path)
    spreadsheet(folder, [["unit", "gold"], ["Atlantis", 1], [], ["Thule", "lost"]])
    _, problems = inspect(folder)
    assert "lost-lands/figures.xlsx, line 4, column gold" in {str(p.location) for p in problems}


def number(text):
    return float(text) if text else None


def test_figures_may_have_another_name(tmp_path):
    folder = write_index(tmp_path, figures=WIDE)
    (folder / "sub").mkdir()
    (folder / "figures.csv").rename(folder / "sub" / "numbers.csv")
    declaration = folder / "index.toml"
    declaration.write_text(f'{declaration.read_text()}\n[figures]\nfile = "sub/numbers.csv"\n')
    same(folder)


def test_a_link_within_the_folder_is_followed(tmp_path):
    folder = write_index(tmp_path)
    (folder / "figures.csv").rename(folder / "numbers.csv")
    (folder / "figures.csv").symlink_to("numbers.csv")
    same(folder)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("N/A", "Leave the cell empty"),
        ("1 234", "without separators"),
        ("1’234", "without separators"),
        ("12 %", "without the percent sign"),
        ("−3", "as a hyphen"),
        ("１２", "digits 0 to 9"),
        ("many", "Write digits"),
        ("#REF!", "Leave the cell empty"),
    ],
)
def test_what_is_no_number_comes_with_its_own_mend(text, mend):
    with pytest.raises(InputError, match="is not a number") as caught:
        Numerals("figures", ("a",), [(2, [text])]).number(text, 0)
    assert mend in caught.value.mend


@pytest.mark.parametrize("text", ["1e306", "-1e400", "1e-306"])
def test_a_number_of_no_earthly_size_is_refused(text):
    with pytest.raises(InputError, match="number"):
        Numerals("figures", ("a",), [(2, [text])]).number(text, 0)


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("0", 0.0), ("-1e305", -1e305), ("1e-305", 1e-305), (".5", 0.5)]
)
def test_a_number_is_read(text, value):
    assert Numerals("figures", ("a",), [(2, [text])]).number(text, 0) == value


def test_headings_are_read_in_any_case(tmp_path):
    (tmp_path / "a.csv").write_text("Unit,Year of Gold,pillar:main\nx,1,2\n")
    assert read_table(tmp_path, tmp_path / "a.csv", "figures").header == (
        "unit",
        "year_of_gold",
        "pillar:main",
    )
