"""Errors of scores in a table: one column, or a matrix, and what is no covariance."""

import re

import numpy as np
import pytest

from softpower.errors import FolderError, InputError, UsageError
from softpower.index.reading.covariance import read_covariance


def find(name):
    if name not in ("A", "B", "C"):
        raise UsageError(f"{name!r} is not known.", mend="Did you mean 'A'?")
    return name


def read(folder, text):
    path = folder / "errors.csv"
    path.write_text(text, encoding="utf-8")
    return read_covariance(path, find)


def test_a_column_of_errors_is_a_covariance_of_scores_that_do_not_go_together(tmp_path):
    ids, found = read(tmp_path, "country,Standard Error\nB,2\nA,0.5\n")
    assert ids == ("B", "A")
    assert found.tolist() == [[4, 0], [0, 0.25]]


def test_the_columns_of_a_matrix_may_stand_in_another_order_than_its_rows(tmp_path):
    ids, found = read(tmp_path, "country,A,B\nB,1,4\nA,9,1\n")
    assert ids == ("B", "A")
    np.testing.assert_array_equal(found, [[4, 1], [1, 9]])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,A,B\nA,1,0.5\nB,0.4,1\n", r"line 2.*0.5 in one place and 0.4 in the other"),
        ("country,A,B\nA,1,2\nB,2,1\n", r"would have the variance -1"),
        ("country,A,B\nA,1,x\nB,2,1\n", r"line 2, column B"),
        ("country,A,B\nA,1,\nB,2,1\n", r"line 2, column B.*It is empty"),
        ("country,A,B\nA,1,0\nA,0,1\n", r"line 3, column country: A stands there twice"),
        ("country,A,D\nA,1,0\nD,0,1\n", r"line 3, column country: 'D' is not known"),
        ("country,A,B\nA,1,0\n", r"B has a column only"),
        ("country,standard_error\nA,-1\n", r"line 2: An error below zero"),
        ("country\nA\n", r"It has no errors"),
        ("country,A\n", r"It has no errors"),
        ("country,A,B\nA,1,0\nB,0,1e300\n", r"line 3: An error of 1e\+150 is too large"),
        ("country,standard_error\nA,1\nB,1e200\n", r"line 3: An error of inf is too large"),
    ],
)
def test_what_is_no_covariance_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(FolderError) as caught:
        read(tmp_path, text)
    assert re.search(said, str(caught.value))


def test_a_file_that_is_not_there_is_refused_with_what_it_would_hold(tmp_path):
    with pytest.raises(InputError, match="no such file") as caught:
        read_covariance(tmp_path / "none.csv", find)
    assert "country and standard_error" in caught.value.mend


def test_a_column_beside_the_errors_is_refused_as_one_too_many(tmp_path):
    with pytest.raises(InputError, match="column standard_error and 1 more"):
        read(tmp_path, "country,standard_error,note\nA,1,x\n")
