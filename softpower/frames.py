"""Tables as pandas data frames, with what is missing as missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from softpower.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd


def frame_of(
    columns: Mapping[str, Iterable[str | float | None]],
    *,
    numbers: Collection[str] = (),
    whole: Collection[str] = (),
    ids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return columns as a data frame.

    Parameters
    ----------
    columns
        The cells of each column by its name; ``None`` and NaN are missing.
    numbers
        The names of columns that hold numbers.
    whole
        The names of those that hold whole numbers (``Int64``), unless ties share a mean place.
    ids
        The labels of the rows; they are counted if left out.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.
    """
    pandas = _pandas()
    made = {}
    for name, cells in columns.items():
        if name in numbers or name in whole:
            series = pandas.Series(list(cells), dtype="float64")
            halves = (series.dropna() % 1 != 0).any()
            made[name] = series.astype("Int64") if name in whole and not halves else series
        else:
            texts = list(cells)
            plain = all(isinstance(text, str) for text in texts)
            made[name] = pandas.Series(texts, dtype=None if plain else "object")
    frame = pandas.DataFrame(made, columns=list(columns))
    return frame if ids is None else frame.set_axis(pandas.Index(ids, name="id"), axis="index")


def _pandas() -> ModuleType:
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("pandas") from None
    return pd
