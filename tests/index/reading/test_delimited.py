"""A file of cells is split as often as it is asked, in rows or in blocks of them."""

import csv

import pytest

from softpower.errors import InputError
from softpower.index.reading import delimited
from softpower.index.reading.delimited import Delimited

TEXT = b'\xef\xbb\xbfunit, gold\n\n"Mu\nand Ys", 1\n , \nThule,1\n'


@pytest.mark.parametrize("most", [0, 2, 100])
def test_rows_have_the_line_on_which_they_begin_and_cells_without_space(monkeypatch, most):
    monkeypatch.setattr(delimited, "MOST_SHARED", most)
    rows = [(1, ["unit", "gold"]), (3, ["Mu\nand Ys", "1"]), (6, ["Thule", "1"])]
    assert list(Delimited(TEXT, "a.csv").rows()) == rows


@pytest.mark.parametrize("at_once", [1, 6, 4096])
def test_blocks_have_the_cells_as_they_are_written(monkeypatch, at_once):
    monkeypatch.setattr(delimited, "AT_ONCE", at_once)
    rows = [row for block in Delimited(TEXT, "a.csv").blocks() for row in block]
    assert rows == [["unit", " gold"], ["Mu\nand Ys", " 1"], [" ", " "], ["Thule", "1"]]


def test_equal_cells_of_a_file_are_kept_once():
    (_, first), (_, second) = Delimited(b"Atlantis,12.5\nAtlantis,12.5\n", "a.csv").rows()
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_a_file_that_is_no_csv_is_refused_at_its_line_or_where_it_is_taken_in_blocks():
    text = Delimited(b'a,b\n1,"2\n', "a.csv")
    with pytest.raises(InputError, match="quotation mark is opened here") as caught:
        list(text.rows())
    assert caught.value.location.line == 2
    with pytest.raises(csv.Error):
        list(text.blocks())


def test_the_longest_cell_is_ours_alone():
    before = csv.field_size_limit()
    for _ in Delimited(b"a\n1\n", "a.csv").blocks():
        assert csv.field_size_limit() == before
