import csv
import io

import pytest
from hypothesis import given

from helpers.imaginary_answers import ANSWER, CHART, RANKING, answers, calm, one
from softpower.answer import Answer, Column
from softpower.errors import UsageError
from softpower.render.cells import clean
from softpower.render.delimited import formulas, left_out
from softpower.render.printing import show_notes
from softpower.render.text import to_text


@calm
@given(answers)
def test_csv_of_the_first_headed_table_round_trips_through_the_csv_module(answer):
    headed = [table for table in answer.tables if table.headed]
    table = (headed or answer.tables)[0]
    keys, *rows = csv.reader(io.StringIO(to_text(answer, "csv"), newline=""))
    assert keys == [column.key for column in table.columns]
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(row, cells, strict=True):
            if cell is None:
                assert text == ""
            elif isinstance(cell, str):
                assert text == clean(cell, "\n\t")
            else:
                assert type(cell)(text) == cell


def test_csv_has_full_precision_signed_integers_and_empty_cells():
    lines = to_text(ANSWER, "csv").split("\n")
    assert lines[:4] == [
        "rank,country,score,change,movement,share",
        "1,Ruritania,80.123456789,1.25,3,0.167",
        "2,  Côte d’Atlantis,0.3333333333333333,-0.4,-12,0.5",
        "3,El Dorado,,,,",
    ]


def test_csv_alters_no_formula_and_quotes_what_it_must():
    answer = one(("=1+1",), ('a,"b"',), columns=(Column("x", "X"),))
    assert to_text(answer, "csv") == 'x\n=1+1\n"a,""b"""\n'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_is_told_of_and_not_altered(text):
    answer = one((text,), ("Atlantis",), (-1.5,), columns=(Column("x", "X"),))
    assert formulas(answer) == [text]
    assert list(csv.reader(io.StringIO(to_text(answer, "csv"), newline="")))[1] == [text]
    told = io.StringIO()
    show_notes(answer, "csv", told)
    assert "as a formula: import as text, or use -o FILE.xlsx." in told.getvalue()


def test_texts_that_begin_like_formulas_are_counted_and_other_answers_say_nothing():
    told = io.StringIO()
    show_notes(one(("=a", "=b"), columns=(Column("@x", ""), Column("y", ""))), "csv", told)
    assert told.getvalue().startswith("note: A spreadsheet reads @x and 2 more as a formula")
    assert formulas(ANSWER) == formulas(Answer("", ())) == []


def test_a_text_that_stands_in_several_cells_is_counted_once():
    told = io.StringIO()
    show_notes(one(("=A1",), ("=A1",), columns=(Column("x", "X"),)), "csv", told)
    assert told.getvalue().startswith("note: A spreadsheet reads =A1 as a formula")


def test_csv_names_the_tables_it_leaves_out():
    assert left_out(ANSWER) == ("method",)
    assert left_out(Answer("", (RANKING,))) == ()


def test_csv_of_a_chart_has_its_labels_and_values():
    assert to_text(Answer("", (), (CHART,)), "csv").startswith("label,value\nRuritania,80.0\n")


def test_csv_of_nothing_is_refused():
    with pytest.raises(UsageError, match="no table"):
        to_text(Answer("", ()), "csv")
