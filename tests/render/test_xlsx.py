import io

import pytest
from hypothesis import given
from python_calamine import CalamineWorkbook

from helpers.imaginary_answers import ANSWER, CHART, answers, calm, one, texts
from softpower.answer import Answer, Column, Table
from softpower.render.cells import clean
from softpower.render.xlsx import flattened, sheet_names, to_xlsx


def read(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(answer)))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def test_a_workbook_has_a_sheet_for_each_table_and_one_for_provenance():
    assert list(read(ANSWER)) == ["ranking", "method", "provenance"]


def test_numbers_are_numbers_and_not_rounded():
    rows = read(ANSWER)["ranking"]
    assert rows[0] == ["Rank", "Country", "Score", "Change", "Places", "Weight"]
    assert rows[1] == [1.0, "Ruritania", 80.123456789, 1.25, 3.0, 0.167]
    assert rows[3] == [3.0, "El Dorado", "", "", "", ""]


def test_title_and_notes_stand_below_the_table():
    rows = read(ANSWER)["ranking"]
    assert [row[0] for row in rows[5:]] == [
        "",
        "Ranking of imaginary places",
        "El Dorado was not found.",
    ]


def test_facts_have_no_headings_in_a_workbook():
    assert read(ANSWER)["method"][0] == ["Index", "imaginary"]


def test_provenance_is_flattened():
    assert read(ANSWER)["provenance"] == [
        ["Key", "Value"],
        ["title", "Ranking of imaginary places"],
        ["note 1", "All figures are made up."],
        ["version", "0.0"],
        ["steps[0].name", "mean"],
        ["steps[0].by", ""],
        ["strict", "true"],
    ]


def test_empty_parts_of_provenance_stay_visible():
    assert list(flattened({"a": {}, "b": [], "c": 1.5})) == [("a", ""), ("b", ""), ("c", 1.5)]
    assert list(flattened({})) == []


def test_text_that_looks_like_a_formula_a_number_or_a_link_stays_text():
    names = ["=1+1", "{=1+1}", "007", "https://example.org/", "@x", "+1"]
    answer = one(*((name,) for name in names), columns=(Column("x", "X"),))
    data = to_xlsx(answer)
    assert [row[0] for row in read(answer)["table"][1:]] == names
    formulas = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert all(isinstance(row[0], str) for row in formulas.to_python()[1:])


def test_the_same_answer_gives_the_same_bytes():
    assert to_xlsx(ANSWER) == to_xlsx(ANSWER)


@calm
@given(answers)
def test_any_answer_can_be_written_and_read_back(answer):
    sheets = list(read(answer).values())
    assert len(sheets) == len(answer.tables) + 1
    for rows, table in zip(sheets, answer.tables, strict=False):
        for row, cells in zip(rows[table.headed :], table.rows, strict=False):
            for found, cell in zip(row, cells, strict=False):
                if isinstance(cell, int | float):
                    assert float(f"{cell:.16G}") == found
                elif isinstance(cell, str) and "_x" not in cell:
                    assert found == clean(cell, "\n\t")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g"),
        ("x" * 40, "x" * 31),
        ("'quoted'", "quoted"),
        ("", "table"),
        ("History", "History 2"),
        ("PROVENANCE", "PROVENANCE 2"),
        ("\U0001f30d" * 20, "\U0001f30d" * 15),
    ],
)
def test_the_name_of_a_sheet_is_one_that_a_workbook_accepts(name, safe):
    assert sheet_names([name, "provenance"]) == [safe, "provenance"]


def test_names_of_sheets_differ_in_more_than_case():
    long = "x" * 31
    assert sheet_names(["A", "a", long, long.upper(), "provenance"]) == [
        "A",
        "a 2",
        long,
        "X" * 29 + " 2",
        "provenance",
    ]


@calm
@given(texts, texts)
def test_any_names_become_different_names(first, second):
    names = sheet_names([first, second, "provenance"])
    assert len({name.casefold() for name in names}) == 3
    assert all(0 < len(name) <= 31 for name in names)


def test_a_chart_without_a_table_becomes_a_sheet():
    assert read(Answer("", (), (CHART,)))["scores"][1] == ["Ruritania", 80.0]


def test_a_table_without_rows_is_a_sheet_with_headings():
    assert read(one(columns=(Column("x", "X"),)))["table"] == [["X"]]


def test_a_long_text_does_not_make_a_column_endless():
    table = Table("t", "", (Column("x", "X"),), (("word " * 100,),))
    assert to_xlsx(Answer("", (table,)))
