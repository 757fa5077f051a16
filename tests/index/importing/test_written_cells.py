"""Cells as people write them: marks, percent signs, what stands for nothing, encodings.

All figures are invented.
"""

import re
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.imports import directed, figures, imported, saved, table, workbook
from softpower.api.importing import import_files
from softpower.errors import InputError, UsageError
from softpower.index.importing.column import shown_mark
from softpower.index.importing.marks import mark_of, unmarked
from softpower.index.reading.folder import read as read_folder


def read(tmp_path, text, name="ships.csv", encoding="utf-8", **said):
    index = imported(tmp_path, saved(tmp_path, name, text, encoding), **said)
    return {key[0]: float(value) for key, value in figures(index).items()}


@pytest.mark.parametrize(
    "text",
    ["country;ships\nPeru;1.234,5\nChile;12\n", 'country,ships\nPeru,"1,234.5"\nChile,12\n',
     "country\tships\nPeru\t1 234,5\nChile\t12\n", "country;ships\nPeru;1’234.5\nChile;12\n"],
)  # fmt: skip
def test_thousands_and_decimals_are_told_by_the_numbers_of_the_series(tmp_path, text):
    assert read(tmp_path, text) == {"PER": 1234.5, "CHL": 12}


def test_what_parts_thousands_is_said(tmp_path):
    text = 'country,ships\nPeru,"1,234,567"\nChile,"12,500"\n'
    index = imported(tmp_path, saved(tmp_path, "ships.csv", text))
    assert figures(index)["PER", "ships", ""] == "1234567"
    assert (
        'ships: the comma parts thousands, as in "1,234,567".' in (index / "README.md").read_text()
    )


def test_another_series_shows_the_mark_where_this_one_does_not(tmp_path):
    text = 'country,ships,docks\nPeru,"1,234",2.5\nChile,"2,345",3.5\n'
    index = imported(tmp_path, saved(tmp_path, "a.csv", text))
    assert figures(index)["PER", "ships", ""] == "1234"


@pytest.mark.parametrize(("decimal", "number"), [(",", 1.234), (".", 1234.0)])
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(tmp_path, decimal, number):
    text = "country;ships\nPeru;1,234\nChile;2,345\n"
    file = saved(tmp_path, "a.csv", text)
    with pytest.raises(UsageError, match=r'"1,234" can be read as 1234 and as 1\.234') as caught:
        import_files(file)
    assert 'decimal=","` makes it 1.234' in caught.value.mend
    assert read(tmp_path, text, decimal=decimal)["PER"] == number


def test_points_are_decimal_as_programs_write_unless_small_numbers_stand_beside_them(tmp_path):
    assert read(tmp_path, "country,ships\nPeru,1.234\nChile,2.345\n") == {
        "PER": 1.234, "CHL": 2.345
    }  # fmt: skip
    file = saved(tmp_path, "b.csv", "country,ships\nPeru,1.234\nChile,999\n")
    with pytest.raises(UsageError, match="can be read as"):
        import_files(file)


def test_points_of_a_program_are_written_so_that_they_are_decimal(tmp_path):
    rows = [["country", "ships"], ["Peru", 1.234], ["Chile", 12.345], ["France", 7]]
    sheet = workbook(tmp_path / "a.xlsx", {"Ships": rows})
    said = saved(tmp_path, "b.csv", "country,ships\nPeru,1.234\nChile,12.345\nFrance,7\n")
    import_files(sheet, into=tmp_path / "a")
    import_files(said, into=tmp_path / "b", decimal=".")
    for folder in (tmp_path / "a", tmp_path / "b"):
        values = read_folder(directed(folder)).figures.values
        assert sorted(values.ravel().tolist()) == [1.234, 7, 12.345]


def test_numbers_that_contradict_one_another_are_refused(tmp_path):
    file = saved(tmp_path, "a.csv", "country;ships\nPeru;12,5\nChile;3.75\n")
    with pytest.raises(InputError, match=r'"12,5" and "3\.75" have different decimal marks'):
        import_files(file)


def test_percent_signs_are_taken_off_and_become_the_unit(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "a.csv", "country,ships\nPeru,12.5%\nChile,7 %\n"))
    assert figures(index) == {("PER", "ships", ""): "12.5", ("CHL", "ships", ""): "7"}
    assert table(index / "indicators.csv")[0]["unit"] == "%"


def test_percent_signs_on_some_numbers_only_are_refused(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ships\nPeru,12.5%\nChile,0.07\n")
    with pytest.raises(InputError, match=r'"12\.5%" has a percent sign, and other numbers'):
        import_files(file)


def test_a_word_beside_percentages_is_no_number_without_a_sign(tmp_path):
    file = saved(tmp_path, "a.csv", "country;ships\nPeru;12,5 %\nChile;7 % or so\n")
    with pytest.raises(InputError, match=r'line 3, ships: "7 % or so" is not a number') as caught:
        import_files(file)
    assert "percent sign" not in str(caught.value)
    file = saved(tmp_path, "b.csv", "country;ships\nPeru;12,5 %\nChile;7,5\n")
    with pytest.raises(InputError, match=r'"12,5 %" has a percent sign, and "7,5" in line 3 has'):
        import_files(file)


def test_a_decimal_mark_is_not_said_against_the_numbers(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ships\nPeru,561.7787\nChile,1.234\n")
    with pytest.raises(UsageError, match=r'"561\.7787" shows that another mark is decimal'):
        import_files(file, decimal=",")
    assert import_files(file, decimal=".").table("files").records()[0]["figures"] == 2


@pytest.mark.parametrize("text", ["1e-400", "-1e-310", "1e306"])
def test_a_number_that_an_index_cannot_hold_is_refused(tmp_path, text):
    file = saved(tmp_path, "a.csv", f"country,ships\nPeru,{text}\nChile,0e5\n")
    with pytest.raises(InputError, match=rf'line 2, ships: "{text}" is too (small|large) a number'):
        import_files(file, into=tmp_path / "fleet")


def test_what_stands_for_nothing_is_counted(tmp_path):
    cells = ["..", "n/a", "NA", "-", ":", "…", "", "..", "none yet"]
    names = ["Peru", "Chile", "France", "Italy", "Spain", "Japan", "China", "India", "Kenya"]
    rows = "".join(f"{name},{cell}\n" for name, cell in zip(names, cells, strict=True))
    text = f"country,ships\nGhana,5\n{rows}"
    file = saved(tmp_path, "a.csv", text)
    with pytest.raises(InputError, match='line 11, ships: "none yet" is not a number') as caught:
        import_files(file)
    assert "`missing='none yet'`" in str(caught.value)
    answer = import_files(file, missing="None yet")
    assert answer.table("files").records()[0]["missing"] == 9
    assert answer.notes[0] == (
        'Missing figures: 2 times "..", 1 empty, 1 times "-", 1 times ":", 1 times "NA", '
        '1 times "n/a", 1 times "none yet", 1 times "…".'
    )


@pytest.mark.parametrize("cell", ["#DIV/0!", "#N/A", "#REF!"])
def test_errors_of_formulas_are_refused(tmp_path, cell):
    file = saved(tmp_path, "a.csv", f"country,ships\nPeru,{cell}\nChile,2\n")
    with pytest.raises(InputError, match="It is the error of a formula"):
        import_files(file)


def test_an_error_in_a_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["country", "ships"])
        sheet.write_row(1, 0, ["Peru", 1])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    with pytest.raises(InputError, match="B2"):
        import_files(path)


def test_a_column_of_words_is_left_out_and_said(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ships,colour\nPeru,1,red\nChile,2,blue\n")
    left = import_files(file).table("left_out").records()
    assert left == [{"why": "it holds no number", "count": 1, "names": "colour"}]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_the_encoding_that_it_is_in(tmp_path, encoding):
    text = "country,ships\nCôte d’Ivoire,1\nTürkiye,2\nPeru,3\n"
    assert read(tmp_path, text, encoding=encoding) == {"CIV": 1, "TUR": 2, "PER": 3}
    readme = (tmp_path / "imported" / "README.md").read_text(encoding="utf-8")
    assert ("Windows-1252" in readme) == (encoding == "cp1252")
    assert ("UTF-16" in readme) == encoding.startswith("utf-16")


def test_an_encoding_that_is_not_certain_is_asked_about(tmp_path):
    text = "country,ships\nPeru,1\nŁódź,2\n"
    file = saved(tmp_path, "a.csv", text, "iso-8859-2")
    with pytest.raises(InputError, match="nothing shows that this is meant"):
        import_files(file)
    answer = import_files(file, encoding="iso-8859-2")
    assert [row["name"] for row in answer.table("unknown").records()] == ["Łódź"]
    with pytest.raises(UsageError, match='"latin-99" is not known'):
        import_files(file, encoding="latin-99")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 30, b"country,ships\nPeru,\x07\n"])
def test_what_is_no_table_is_refused(tmp_path, data):
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    with pytest.raises(InputError):
        import_files(file)


def test_a_workbook_that_is_none_is_refused(tmp_path):
    file = saved(tmp_path, "a.xlsx", "country,ships\nPeru,1\n")
    with pytest.raises(InputError, match=r"a\.xlsx"):
        import_files(file)
    old = tmp_path / "a.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0 and more")
    with pytest.raises(InputError, match="of the old kind"):
        import_files(old)
    path = workbook(tmp_path / "b.xlsx", {"Data": [["country", "ships"], ["Peru", 1]]})
    with pytest.raises(UsageError, match="has no sheet"):
        import_files(path, sheet="Daat")


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 999), st.sampled_from([",", "."]))
@example(1234, 5, ",")
def test_a_number_with_both_marks_is_read_as_it_was_written(whole, part, decimal):
    other = {",": ".", ".": ","}[decimal]
    text = f"{whole:,}".replace(",", other) + f"{decimal}{part:03d}"
    mark, doubtful = shown_mark(text)
    if whole >= 1000:
        assert (mark, doubtful) == (decimal, False)
    else:
        assert mark == decimal


def test_the_minus_sign_of_typography_is_a_minus(tmp_path):
    text = "country,ships\nChile,\N{MINUS SIGN}5\nPeru,-4.5\n"
    assert list(figures(imported(tmp_path, saved(tmp_path, "a.csv", text))).values()) == [
        "-5",
        "-4.5",
    ]


def test_a_column_in_which_no_cell_is_a_number_is_left_out_with_an_example(tmp_path):
    file = saved(tmp_path, "a.csv", "country,as of,ships\nChile,2023-12-31,5\nPeru,2023-11-30,4\n")
    answer = import_files(file, into=tmp_path / "fleet")
    assert 'Left out, as no cell is a number: as of ("2023-12-31").' in answer.notes
    bare = saved(tmp_path, "b.csv", "country,price\nChile,$5\nPeru,$6\n")
    with pytest.raises(InputError, match=r'It has no figures. price holds no number: "\$5"'):
        import_files(bare)


def test_cells_that_are_no_numbers_leave_the_other_series(tmp_path):
    file = saved(tmp_path, "a.csv", "country,rank,score\nChile,1,9\nPeru,2=,8\nGhana,2=,8\n")
    with pytest.raises(InputError) as caught:
        import_files(file)
    assert "Or take other series alone, as in: `series='score'`." in str(caught.value)
    assert import_files(file, series="score").table("files").records()[0]["figures"] == 3


def test_a_sign_before_a_small_letter_shows_another_encoding(tmp_path):
    latin2 = saved(tmp_path, "a.csv", "country;\u0142awki\nPeru;1\n", "iso-8859-2")
    with pytest.raises(InputError, match=r"in Windows-1252 there would be .³awki"):
        import_files(latin2)
    pounds = saved(tmp_path, "b.csv", "country;£ a head\nPeru;1\n", "cp1252")
    assert "It is text in Windows-1252, as its signs show." in import_files(pounds).notes


def test_an_archive_is_to_be_unpacked(tmp_path):
    with ZipFile(tmp_path / "API.zip", "w") as archive:
        archive.writestr("API_NY.csv", "country,ships\n")
    with pytest.raises(InputError, match=r"It is an archive, which holds .API_NY\.csv") as caught:
        import_files(tmp_path / "API.zip")
    assert caught.value.mend.startswith("Unpack it")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "ascii"])
def test_a_file_that_is_not_in_the_encoding_that_is_stated_is_refused(tmp_path, encoding):
    file = saved(tmp_path, "a.csv", "country,ships\nC\u00f4te d'Ivoire,1\n")
    with pytest.raises(InputError, match=f"It is not text in {encoding}"):
        import_files(file, encoding=encoding)


@pytest.mark.parametrize("encoding", ["base64", "rot13", "undefined", "a\0b"])
def test_an_encoding_of_something_else_than_text_is_not_known(tmp_path, encoding):
    with pytest.raises(UsageError, match="is not known"):
        import_files(saved(tmp_path, "a.csv", "country,ships\nChile,1\n"), encoding=encoding)


MARKED = 'country,2023,2024\nChile,"3,5*","4,1"\nPeru,"5,35*",\nBrazil,"5,1**",2 (b)\n'


def test_numbers_with_marks_of_footnotes_are_named_once_with_the_marks(tmp_path):
    with pytest.raises(InputError) as caught:
        import_files(saved(tmp_path, "ships.csv", MARKED))
    assert str(caught.value) == (
        "ships.csv has 4 cells that cannot be read.\n"
        '  ships.csv, ships: 4 numbers have a mark beside them: "3,5*" in line 2, "5,35*" in line '
        '3, "2 (b)" in line 4 and 1 more. If they are of footnotes, take them off: '
        "`mark=['*', '(b)']`."
    )


def test_marks_that_are_stated_are_taken_off_and_kept_as_notes(tmp_path):
    file = saved(tmp_path, "ships.csv", MARKED + "Cuba,..*,*7\n")
    index = imported(tmp_path, file, mark=["*", "(b)"], all_years=True)
    rows = table(index / "figures.csv")
    assert {row["country"]: (row["value"], row["note"]) for row in rows} == {
        "CHL": ("4.1", ""),
        "PER": ("5.35", "marked *"),
        "BRA": ("2", "marked (b)"),
        "CUB": ("7", "marked *"),
    }
    told = (index / "README.md").read_text()
    assert 'kept as notes: 6 times "*", 1 times "(b)".' in told
    answer = import_files(file, mark=["*", "(b)"])
    assert answer.provenance["options"]["mark"] == ["*", "(b)"]
    assert "--mark '*' --mark '(b)' --into FOLDER" in answer.notes[-1]


@pytest.mark.parametrize("mark", ["<", "5", "-", "%", ",", "(5.3)", ""])
def test_what_may_say_something_of_the_size_of_a_number_is_no_mark(tmp_path, mark):
    with pytest.raises(UsageError, match="mark"):
        import_files(saved(tmp_path, "ships.csv", MARKED), mark=[mark])


@given(
    number=st.decimals(-1000, 1000, places=2, allow_nan=False).map(str),
    mark=st.sampled_from(["*", "†", "b", "(1)", "[e]", "¹"]),
    before=st.booleans(),
)
@settings(max_examples=30)
def test_the_mark_that_is_offered_is_the_one_that_can_be_taken_off(number, mark, before):
    text = f"{mark} {number}" if before else f"{number}{mark}"
    assert mark_of(text) == mark
    assert unmarked(text, (mark,), ()) == (number, [mark])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"missing": ["X", "nil"]}, "no figure is 'nil'. Leave `missing` out."),
        ({"missing": "x", "mark": "†"}, "no number has the mark '†'. Leave `mark` out."),
    ],
)
def test_a_code_or_mark_that_stands_nowhere_is_refused(tmp_path, said, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        import_files(saved(tmp_path, "ships.csv", "country,ships\nPeru,X\nChile,3\n"), **said)
    import_files(saved(tmp_path, "b.csv", "country,ships\nPeru,X\nChile,3\n"), missing="x")


def test_a_date_that_is_to_come_is_refused(tmp_path):
    file = saved(tmp_path, "ships.csv", "country,ships\nPeru,2\n")
    with pytest.raises(UsageError, match="is 2999-01-01, which is to come"):
        import_files(file, date="2999-01-01")


def test_figures_of_years_that_are_to_come_are_told(tmp_path):
    text = "country,2023,2025,2027\nChile,3,4,5\nPeru,5,,6\nCuba,5,4,\n"
    file = saved(tmp_path, "ships.csv", text)
    (told,) = [n for n in import_files(file, date="2025-03-01").notes if "to come" in n]
    assert told.startswith("2 figures are of a year that is to come (2027), as forecasts are")
    (told,) = [n for n in import_files(file, date="2024-03-01", year=2025).notes if "to come" in n]
    assert told.startswith("2 figures are of a year that is to come (2025)")
    notes = import_files(file, date="2024-03-01", all_years=True).notes
    assert [n for n in notes if n.startswith("4 figures are of a year that is to come (2025 to 20")]
    assert not [n for n in import_files(file, year=2023).notes if "to come" in n]
    far = saved(tmp_path, "far.csv", "country,2023,2099\nChile,3,4\n")
    assert "1 figure is of a year that is to come (2099)" in " ".join(import_files(far).notes)
