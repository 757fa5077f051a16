"""An index from a frame of polars, a table of pyarrow or a Parquet file is that of pandas."""

import math
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import softpower
from softpower.errors import FolderError, InputError, MissingExtraError, UsageError

COLUMNS = {
    "country": ["Norway", "Sweden", "Denmark"],
    "music": [90, 48, 20],
    "ships": [10.5, None, 70.25],
}
INDICATORS = {"id": ["music", "ships"], "direction": ["higher", "lower"]}


@pytest.fixture
def expected():
    return softpower.index_from(pd.DataFrame(COLUMNS), indicators=pd.DataFrame(INDICATORS))


def same(index, expected):
    assert softpower.load(index).setup == softpower.load(expected).setup


@pytest.mark.parametrize(
    "make", [pl.DataFrame, pl.LazyFrame, pa.table], ids=["polars", "lazy", "pyarrow"]
)
def test_a_frame_of_another_library_is_taken_as_one_of_pandas_is(make, expected):
    same(softpower.index_from(make(COLUMNS), indicators=make(INDICATORS)), expected)


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_a_parquet_file_is_read(kind, expected, tmp_path):
    path = tmp_path / "figures.parquet"
    pl.DataFrame(COLUMNS).write_parquet(path)
    same(softpower.index_from(kind(path), indicators=pl.DataFrame(INDICATORS)), expected)


def test_pandas_reads_parquet_where_polars_is_not(expected, tmp_path, monkeypatch):
    path = tmp_path / "figures.parquet"
    pl.DataFrame(COLUMNS).write_parquet(path)
    monkeypatch.setitem(sys.modules, "polars", None)
    same(softpower.index_from(path, indicators=pd.DataFrame(INDICATORS)), expected)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="needs polars"):
        softpower.index_from(path)


def test_what_is_no_number_in_polars_is_a_missing_figure():
    frame = pl.DataFrame({**COLUMNS, "ships": [10.5, math.nan, 70.25]})
    ships = softpower.index_from(frame).figures.columns(["ships"])[:, 0]
    assert ships[[0, 2]].tolist() == [10.5, 70.25]
    assert math.isnan(ships[1])


def test_years_and_names_may_be_of_any_type(expected):
    frame = pl.DataFrame(COLUMNS).with_columns(pl.col("country").cast(pl.Categorical))
    index = softpower.index_from(frame, indicators=pl.DataFrame(INDICATORS))
    same(index, expected)


def test_a_frame_without_names_of_units_is_refused():
    with pytest.raises(FolderError, match="country"):
        softpower.index_from(pl.DataFrame({"music": [1, 2], "ships": [3, 4]}))


def test_a_path_of_another_file_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"no Parquet file. Read it into a frame"):
        softpower.index_from("figures.csv")
    with pytest.raises(InputError, match=r"none.parquet: There is no such file"):
        softpower.index_from(tmp_path / "none.parquet")
    (tmp_path / "odd.parquet").write_text("country,music")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        softpower.index_from(tmp_path / "odd.parquet")


def test_what_is_no_frame_is_refused():
    with pytest.raises(UsageError, match=r"no data frame. Give one of pandas, polars or"):
        softpower.index_from([1, 2])


def test_what_is_no_frame_is_named_in_a_few_words():
    with pytest.raises(UsageError) as caught:
        softpower.index_from({"country": ["Norway"], "music": list(range(10_000))})
    assert len(str(caught.value)) < 200


def test_a_column_that_stands_there_twice_is_refused():
    twice = pa.table([["Norway", "Kenya"], [1, 2], [2, 1]], names=["country", "music", "music"])
    with pytest.raises(UsageError, match=r"has the column 'music' twice. Remove one"):
        softpower.index_from(twice)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [1], "b": [2], "c": [3]}).set_index(["a", "b"]),
        pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")])),
    ],
)
def test_labels_of_several_levels_are_refused(frame):
    with pytest.raises(UsageError, match="labels of more than one level"):
        softpower.index_from(frame)


def test_a_parquet_file_on_the_command_line_is_for_python(tmp_path):
    path = tmp_path / "lands.parquet"
    pl.DataFrame(COLUMNS).write_parquet(path)
    with pytest.raises(InputError, match=r"Parquet file.*softpower\.index_from"):
        softpower.import_files(path)
    with pytest.raises(UsageError, match=r"Python reads Parquet: softpower\.index_from"):
        softpower.load(path)


def test_what_is_behind_many_errors_is_said_first():
    many = pd.DataFrame({"unit": [f"R{n:03}" for n in range(80)], "gold": range(80)})
    with pytest.raises(FolderError) as caught:
        softpower.index_from(many)
    assert caught.value.problems[0].what == "Most of the names are not countries."
    assert caught.value.problems[0].mend == 'If these are not countries, say units="other".'
