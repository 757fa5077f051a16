"""A workbook is read as it is, or refused with sheet and cell; nothing in it becomes a gap."""

import json
import os
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.whole_folder import write_index
from helpers.workbooks import BOOK, LANDS, RELATED, ROOT, ROWS, parts, relations, write_workbook
from softpower.cli import main
from softpower.errors import FolderError
from softpower.index.reading.folder import inspect, read

SHEET = "xl/worksheets/sheet1.xml"
FIGURES = [[float(value) if value else np.nan for value in values] for _, *values in LANDS]
ERRORS = ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!"]


def figures(folder):
    index = read(folder)
    assert [unit.name for unit in index.figures.units] == [unit for unit, *_ in LANDS]
    return index.figures.columns(["gold", "towers", "fish"])


def told(folder):
    return [str(problem) for problem in inspect(folder)[1]]


def with_cell(folder, cell, **more):
    """Write a workbook with another cell in the place of B3, the gold of Lemuria."""
    rows = ROWS.replace("<c r='B3'><v>15</v></c>", cell)
    assert cell in rows
    return write_workbook(folder, parts({"Data": rows}, **more))


def test_a_workbook_written_part_by_part_is_read(tmp_path):
    folder = write_workbook(write_index(tmp_path), parts({"Data": ROWS}))
    np.testing.assert_array_equal(figures(folder), FIGURES)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("formula", ["<f>A1/0</f>", ""])
def test_a_cell_that_is_an_error_is_refused_by_sheet_and_cell(tmp_path, error, formula):
    folder = write_index(tmp_path)
    with_cell(folder, f"<c r='B3' t='e'>{formula}<v>{error}</v></c>")
    with pytest.raises(FolderError, match=r"figures\.xlsx, Data!B3: The cell holds the error") as e:
        read(folder)
    assert error in str(e.value)


def test_every_error_is_listed_and_a_title_with_blanks_is_quoted(tmp_path):
    rows = ROWS.replace("<v>12</v>", "<v>#REF!</v>").replace("<c r='C2'>", "<c r='C2' t='e'>")
    rows = rows.replace("<v>7</v>", "<v>#N/A</v>").replace("<c r='C3'>", "<c r='C3' t='e'>")
    folder = write_workbook(write_index(tmp_path), parts({"Bob's data": rows}))
    places = [str(problem.location) for problem in inspect(folder)[1]]
    assert places == [f"lost-lands/figures.xlsx, 'Bob''s data'!C{n}" for n in (2, 3)]


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='B3'><f>A1</f></c>",
        "<c r='B3'><f>A1</f><v/></c>",
        "<c r='B3'><f>A1</f><v></v></c>",
        "<c r='B3' t='str'><f>A1</f></c>",
        "<c r='B3'><f t='shared' si='0'/><v></v></c>",
    ],
)
def test_a_formula_saved_without_its_value_is_refused_by_sheet_and_cell(tmp_path, cell):
    folder = with_cell(write_index(tmp_path), cell)
    message = r"Data!B3: The cell holds a formula that was saved without its value\. Open"
    with pytest.raises(FolderError, match=message):
        read(folder)


def test_a_formula_saved_with_its_value_is_read(tmp_path):
    folder = with_cell(write_index(tmp_path), "<c r='B3'><f>A1*5</f><v>15</v></c>")
    np.testing.assert_array_equal(figures(folder), FIGURES)


def test_a_formula_that_came_to_an_empty_text_is_a_gap(tmp_path):
    folder = with_cell(write_index(tmp_path), "<c r='B3' t='str'><f>\"\"</f><v></v></c>")
    assert np.isnan(figures(folder)[1, 0])


def test_a_zero_of_a_formula_is_refused_where_formulas_are_still_to_be_computed(tmp_path):
    folder = write_index(tmp_path)
    (folder / "figures.csv").unlink()
    with xlsxwriter.Workbook(folder / "figures.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["unit", "gold", "towers", "fish"])
        sheet.write_row(1, 0, ["Atlantis", "=40+40", 12, 9000])
        sheet.write_row(2, 0, ["Lemuria", 15, 7, 5000])
    with pytest.raises(FolderError, match=r"Data!B2: .* saved before it was computed"):
        read(folder)


def test_a_zero_of_a_computed_formula_is_a_zero(tmp_path):
    folder = with_cell(write_index(tmp_path), "<c r='B3'><f>A1*0</f><v>0</v></c>")
    assert figures(folder)[1, 0] == 0


def test_a_date_is_no_figure(tmp_path):
    folder = write_index(tmp_path)
    (folder / "figures.csv").unlink()
    with xlsxwriter.Workbook(folder / "figures.xlsx") as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["unit", "gold", "towers", "fish"])
        sheet.write_row(1, 0, ["Atlantis", 80, 12, 9000])
        sheet.write_number(1, 1, 43831, book.add_format({"num_format": "yyyy-mm-dd"}))
    with pytest.raises(FolderError, match=r'column gold: "2020-01-01.* is not a number'):
        read(folder)


# Which sheet is read.

OTHER = ROWS.replace("<v>15</v>", "<v>99</v>")


def name_sheet(folder, name, table="figures"):
    path = folder / "index.toml"
    path.write_text(f'{path.read_text()}\n[files.{table}]\nsheet = "{name}"\n')


@pytest.mark.parametrize(
    ("sheets", "states"),
    [
        ({"Data": ROWS, "Notes": OTHER}, {}),
        ({"Hidden": OTHER, "Data": ROWS}, {"Hidden": "hidden"}),
        ({"Hidden": OTHER, "Data": ROWS}, {"Hidden": "veryHidden"}),
        ({"Empty": "", "Data": ROWS, "Notes": OTHER}, {}),
    ],
)
def test_of_several_sheets_the_first_to_be_seen_is_read_and_that_is_said(tmp_path, sheets, states):
    folder = write_workbook(write_index(tmp_path), parts(sheets, states=states))
    np.testing.assert_array_equal(figures(folder), FIGURES)
    (said,) = told(folder)
    other = "Notes" if "Notes" in sheets else "Hidden"
    assert said.startswith("lost-lands/figures.xlsx: 2 of its sheets hold something; ")
    assert '"Data" is read, not ' in said
    assert f'write sheet = "{other}" under [files.figures]' in said
    assert said.count("(hidden)") == len(states)


def test_an_answer_says_which_sheet_was_read(tmp_path):
    folder = write_workbook(write_index(tmp_path), parts({"Data": ROWS, "Notes": OTHER}))
    for words in (["score"], ["show"], ["robustness", "--draws", "10"]):
        result = CliRunner().invoke(main, [*words, str(folder), "-f", "json"])
        assert result.exit_code == 0, result.output
        assert '"Data" is read, not "Notes"' in result.stderr
        assert any('"Data" is read' in note for note in json.loads(result.stdout)["notes"])


def test_an_index_that_takes_the_figures_says_which_sheet_was_read(tmp_path):
    write_workbook(write_index(tmp_path), parts({"Data": ROWS, "Notes": OTHER}))
    more = '\n[figures]\nfrom = "lost-lands"\n'
    other = write_index(tmp_path, name="found-lands", more=more, figures=None)
    assert '"Data" is read, not "Notes"' in read(other).remarks[0]


@pytest.mark.parametrize(
    ("sheets", "states"),
    [
        ({"Data": ROWS}, {}),
        ({"Data": ROWS, "Empty": ""}, {}),
        ({"Data": ROWS, "Formatted": "<row r='1'><c r='A1' s='1'/></row>"}, {}),
        ({"Hidden": "", "Data": ROWS}, {"Hidden": "hidden"}),
    ],
)
def test_nothing_is_said_where_only_one_sheet_holds_something(tmp_path, sheets, states):
    folder = write_workbook(write_index(tmp_path), parts(sheets, states=states))
    np.testing.assert_array_equal(figures(folder), FIGURES)
    assert told(folder) == []


def test_a_sheet_that_is_named_is_read_even_if_it_is_hidden(tmp_path):
    made = parts({"Notes": OTHER, "Data 2024": ROWS}, states={"Data 2024": "hidden"})
    folder = write_workbook(write_index(tmp_path), made)
    name_sheet(folder, "Data 2024")
    np.testing.assert_array_equal(figures(folder), FIGURES)
    assert told(folder) == []


def test_a_hidden_sheet_is_not_taken_in_silence(tmp_path):
    made = parts({"Data": ROWS, "Empty": ""}, states={"Data": "hidden"})
    folder = write_workbook(write_index(tmp_path), made)
    with pytest.raises(FolderError, match=r'only hidden ones hold something: "Data" \(hidden\)'):
        read(folder)


def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    folder = write_workbook(write_index(tmp_path), parts({"Data": ROWS}))
    name_sheet(folder, "Dato")
    with pytest.raises(FolderError, match=r'It has no sheet "Dato". Did you mean Data\?'):
        read(folder)


def test_a_sheet_of_a_csv_file_is_refused(tmp_path):
    folder = write_index(tmp_path)
    name_sheet(folder, "Data")
    with pytest.raises(FolderError, match=r'figures\.csv: It has no sheet "Data", for it is no'):
        read(folder)


def test_a_sheet_of_a_table_that_is_not_there_is_refused(tmp_path):
    folder = write_index(tmp_path)
    name_sheet(folder, "Data", "history")
    with pytest.raises(FolderError, match=r"index.toml, line 20, files.history: .* not there"):
        read(folder)


def test_a_table_with_an_unknown_name_is_refused(tmp_path):
    folder = write_index(tmp_path)
    name_sheet(folder, "Data", "figure")
    with pytest.raises(FolderError, match=r'"figure".* figures'):
        read(folder)


def test_of_two_sheets_of_one_name_none_is_the_one_that_is_named(tmp_path):
    made = parts({"Data": ROWS, "Notes": OTHER})
    made = renamed(made, '"Notes"', '"Data"', where=BOOK)
    folder = write_workbook(write_index(tmp_path), made)
    name_sheet(folder, "Data")
    with pytest.raises(FolderError, match=r'It has 2 sheets "Data"\. Give each sheet a name'):
        read(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [("<row r='3'>", "<row r='2'>"), ("r='A3'", "r='A2'"), ("r='C3'", "r='B3'")],
)
def test_a_row_or_a_cell_that_stands_there_twice_is_in_no_sound_workbook(tmp_path, old, new):
    made = renamed(parts({"Data": ROWS}), old, new, where=SHEET)
    folder = write_workbook(write_index(tmp_path), made)
    with pytest.raises(FolderError, match="It cannot be read as a spreadsheet"):
        read(folder)


# What could fill the memory.

FAR = "<row r='1048576'><c r='XFD1048576' t='str'><v>lost</v></c></row>"


def far(cell):
    return parts({"Data": ROWS + FAR.replace("<c r='XFD1048576' t='str'>", cell)})


def renamed(made, old, new, *, where):
    return {name if name != old else new: text for name, text in made.items()} | {
        where: made[where].replace(old.removeprefix("xl/"), new.removeprefix("xl/"))
    }


def capitals(made):
    return {name.upper() if name == SHEET else name: text for name, text in made.items()}


WIDE_TEXTS = (
    f"<sst uniqueCount='4000000000' count='4000000000'><si><t>{'x' * 30_000}</t></si></sst>"
)
REPEATED = "".join(
    f"<row r='{n}'>" + "<c t='s'><v>0</v></c>" * 100 + "</row>" for n in range(1, 101)
)
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

REACHES = "A sheet reaches to row 1,048,576 and column 16,384"
UNREADABLE = "It cannot be read as a spreadsheet."

BOMBS = {
    "a far corner": (far("<c r='XFD1048576' t='str'>"), REACHES),
    "double quotes": (far('<c r="XFD1048576" t="str">'), REACHES),
    "blanks round =": (far("<c r = 'XFD1048576' t='str'>"), REACHES),
    "a line break round =": (far("<c r\n=\n'XFD1048576' t='str'>"), REACHES),
    "> in an attribute": (far("<c x='>' r='XFD1048576' t='str'>"), REACHES),
    "/> in an attribute": (far("<c x='/>' r='XFD1048576' t='str'>"), REACHES),
    "small letters": (far("<c r='xfd1048576' t='str'>"), REACHES),
    "eight digits": (far("<c r='XFD01048576' t='str'>"), REACHES),
    "ten digits": (far("<c r='A4000000000' t='str'>"), "reaches to row 4,000,000,000"),
    "too many digits": (far("<c r='A99999999999999999999' t='str'>"), UNREADABLE),
    "a character by number": (far("<c r='X&#70;D1048576' t='str'>"), REACHES),
    "no reference": (far("<c t='str'>") | {}, "reaches to row 1,048,576"),
    "capitals in the path": (capitals(far("<c r='XFD1048576' t='str'>")), REACHES),
    "another part name": (
        renamed(far("<c r='XFD1048576' t='str'>"), SHEET, "xl/odd.bin", where=RELATED),
        REACHES,
    ),
    "another book": (
        {
            ROOT: relations(("b", "officeDocument", "/b/k.xml")),
            "b/k.xml": parts({"Data": ""})[BOOK],
            "b/_rels/k.xml.rels": relations(("s1", "worksheet", "../c/s.xml")),
            "c/s.xml": far("<c r='XFD1048576' t='str'>")[SHEET],
        },
        REACHES,
    ),
    "another prefix": (
        {
            **parts({"Data": ""}),
            SHEET: far("<c r='XFD1048576' t='str'>")[SHEET]
            .replace("xmlns=", "xmlns:x=")
            .replace("</", "<//")
            .replace("<", "<x:")
            .replace("<x://", "</x:"),
        },
        REACHES,
    ),
    "two parts of a name": (
        {**parts({"Data": ROWS}), SHEET.upper(): far("<c r='XFD1048576' t='str'>")[SHEET]},
        UNREADABLE,
    ),
    "utf-16": (
        {
            **parts({"Data": ""}),
            SHEET: ("\ufeff" + far("<c r='XFD1048576' t='str'>")[SHEET]).encode("utf-16-le"),
        },
        REACHES,
    ),
    "entities": (
        {**parts({"Data": ""}), SHEET: f"{LAUGHS}]>{parts({'Data': ROWS})[SHEET]}"},
        UNREADABLE,
    ),
    "four thousand million texts": (
        parts({"Data": REPEATED}, texts=WIDE_TEXTS),
        "hold more than 128 million characters",
    ),
    "elements within elements": (
        {**parts({"Data": ""}), SHEET: "<a>" * 20_000_000},
        UNREADABLE,
    ),
    "a tag of megabytes": (
        {**parts({"Data": ""}), SHEET: "<a " + " ".join(f"a{n}='1'" for n in range(500_000))},
        UNREADABLE,
    ),
}


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, name):
    made, message = BOMBS[name]
    folder = write_workbook(write_index(tmp_path), made)
    said = " ".join(told(folder))
    assert message in said


def test_a_declared_number_of_texts_is_not_believed(tmp_path):
    units = [unit for unit, *_ in LANDS]
    texts = "".join(
        f"<si><t>{text}</t></si>" for text in ("unit", "gold", "towers", "fish", *units)
    )
    rows = ROWS.replace("t='str'", "t='s'")
    for at, text in enumerate(("unit", "gold", "towers", "fish", *units)):
        rows = rows.replace(f"<v>{text}</v>", f"<v>{at}</v>")
    made = parts({"Data": rows}, texts=f"<sst uniqueCount='4000000000'>{texts}</sst>")
    folder = write_workbook(write_index(tmp_path), made)
    np.testing.assert_array_equal(figures(folder), FIGURES)


def checked(folder):
    """Run a check as a process of its own that may take two gigabytes."""
    package = Path(main.callback.__globals__["__file__"]).parents[2]
    return subprocess.run(
        [sys.executable, "-c", "import softpower.cli; softpower.cli.run()", "check", str(folder)],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=limited,
        env=os.environ | {"PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize(
    "name", ["a far corner", "small letters", "four thousand million texts", "entities"]
)
def test_the_command_refuses_such_a_workbook_within_two_gigabytes(tmp_path, name):
    made, message = BOMBS[name]
    result = checked(write_workbook(write_index(tmp_path), made))
    assert result.returncode == 1, result.stderr
    assert message in result.stdout


def test_a_part_that_is_larger_than_the_archive_says_is_not_unpacked(tmp_path):
    folder = write_workbook(write_index(tmp_path), parts({"Data": ROWS}))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(folder / "figures.xlsx", "w") as archive:
        for name, text in parts({"Data": ROWS}).items():
            archive.writestr(name, text if name != SHEET else megabyte * 3000)
        at = archive.getinfo(SHEET).header_offset
    data = bytearray((folder / "figures.xlsx").read_bytes())
    listed = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    for method, size in ((at + 8, at + 22), (listed + 10, listed + 24)):
        data[method : method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        data[size : size + 4] = struct.pack("<L", 100)
    (folder / "figures.xlsx").write_bytes(data)
    result = checked(folder)
    assert result.returncode == 1, result.stderr
    assert UNREADABLE in result.stdout


# Spellings of XML are all one.

SPELLINGS = {
    "double quotes": lambda text: text.replace("'", '"'),
    "blanks round =": lambda text: text.replace("r='", "r = '"),
    "line breaks in tags": lambda text: text.replace("<c ", "<c\n\t"),
    "small letters": lambda text: text.replace("r='B", "r='b"),
    "zeros": lambda text: text.replace("r='C", "r='C000"),
    "no references": lambda text: text.replace(" r='D", " x='D"),
    "no rows": lambda text: text.replace("<row r='", "<row x='"),
    "characters by number": lambda text: text.replace("<v>15</v>", "<v>1&#53;</v>"),
    "a section": lambda text: text.replace("<v>12</v>", "<v><![CDATA[12]]></v>"),
    "comments": lambda text: text.replace("<v>9000.5", "<v>90<!-- and -->00.5"),
    "instructions": lambda text: text.replace("<v>7", "<?odd?><v>7"),
    "unknown attributes": lambda text: text.replace("<c ", "<c y='>' "),
    "formulas": lambda text: text.replace("<v>40</v>", "<f>8*5</f><v>40</v>"),
    "inline texts": lambda text: text.replace(
        "t='str'><v>Thule</v>", "t='inlineStr'><is><r><t>Thu</t></r><r><t>le</t></r></is>"
    ),
    "pronunciations": lambda text: text.replace(
        "t='str'><v>Atlantis</v>",
        "t='inlineStr'><is><t>Atlantis</t><rPh sb='0' eb='1'><t>at</t></rPh></is>",
    ),
    "empty cells far away": lambda text: text.replace(
        "</sheetData>", "<row r='1048576'><c r='XFD1048576' s='1'></c></row></sheetData>"
    ),
    "dimensions": lambda text: text.replace(
        "<sheetData>", "<dimension ref='A1:XFD1048576'/><sheetData>"
    ),
}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.sets(st.sampled_from(sorted(SPELLINGS))))
def test_a_workbook_is_read_alike_in_every_spelling(tmp_path, names):
    folder = tmp_path / "lost-lands"
    if not folder.exists():
        write_index(tmp_path)
    made = parts({"Data": ROWS})
    for name in sorted(names, key=lambda name: (name == "double quotes", name)):
        made[SHEET] = SPELLINGS[name](made[SHEET])
    np.testing.assert_array_equal(figures(write_workbook(folder, made)), FIGURES)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_workbook_with_a_byte_changed_is_read_or_refused(tmp_path, data):
    folder = tmp_path / "lost-lands"
    if not folder.exists():
        write_index(tmp_path)
    made = {name: text.encode() for name, text in parts({"Data": ROWS}).items()}
    part = data.draw(st.sampled_from(sorted(made)))
    at = data.draw(st.integers(0, len(made[part]) - 1))
    made[part] = made[part][:at] + data.draw(st.binary(max_size=3)) + made[part][at + 1 :]
    inspect(write_workbook(folder, made))
