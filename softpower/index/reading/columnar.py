"""Frames of the libraries that keep figures in columns, and Parquet files, as plain columns."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from softpower.errors import InputError, Location, MissingExtraError, UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Frame: TypeAlias = "pd.DataFrame | pl.DataFrame | pl.LazyFrame | pa.Table | str | PathLike[str]"
"""What a table may be given as: a frame, or the path of a Parquet file."""

PARQUET = (".parquet", ".pq")


def loaded(given: Any, name: str) -> Any:
    """Return a frame, read from its Parquet file where it is a path, computed where it is lazy.

    Raises
    ------
    UsageError
        If it is the path of another file.
    InputError
        If the file is not there, or is no Parquet file.
    MissingExtraError
        If no library is installed that reads it.
    """
    if isinstance(given, str | PathLike):
        path = Path(given)
        if path.suffix.lower() not in PARQUET:
            raise UsageError(
                f"`{name}` is the path {str(path)!r}, which is no Parquet file.",
                mend="Read it into a frame, or name the index by the path of its folder.",
            )
        return _read(path)
    return given.collect() if hasattr(given, "collect") else given


def _read(path: Path) -> Any:
    """Return a Parquet file as a frame of the first library that is there to read it."""
    if not path.is_file():
        raise InputError(
            "There is no such file.", location=Location(str(path)), mend="Correct its path."
        )
    for library in ("polars", "pandas"):
        try:
            read: Callable[[Path], Any] = importlib.import_module(library).read_parquet
            return read(path)
        except ImportError:
            continue
        except Exception as error:
            raise InputError(
                "It cannot be read as Parquet.",
                location=Location(str(path)),
                mend="Save it again as Parquet.",
            ) from error
    raise MissingExtraError("polars")


def columns_of(given: Any, name: str) -> Mapping[str, Sequence[Any]]:
    """Return the columns of a frame of polars or a table of pyarrow, what is missing as ``None``.

    Raises
    ------
    UsageError
        If it is neither.
    """
    if hasattr(given, "to_pydict"):
        columns: Mapping[str, Sequence[Any]] = given.to_pydict()
    elif hasattr(given, "get_columns"):
        columns = given.to_dict(as_series=False)
    else:
        raise UsageError(
            f"`{name}` is {given!r}, and no data frame.", mend="Give one of pandas or polars."
        )
    return {title: [_present(value) for value in cells] for title, cells in columns.items()}


def _present(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124
