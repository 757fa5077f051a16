"""Dates and years that are to come: a date is mistaken, and a figure is a forecast or mistaken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from softpower.errors import UsageError
from softpower.index.importing.choice import Taken, order


def refuse_to_come(stated: date) -> None:
    """Refuse a date of download that is to come.

    Raises
    ------
    UsageError
        If it is later than tomorrow, which has begun somewhere.
    """
    if stated > date.today() + timedelta(days=1):  # noqa: DTZ011  the day of who types
        raise UsageError(
            f"`date` is {stated.isoformat()}, which is to come.",
            mend="Give the day on which the files were downloaded.",
        )


def forecasts(taken: Iterable[Taken], downloaded: str) -> list[str]:
    """Return which years of figures that are taken are later than their file.

    Parameters
    ----------
    taken
        What is taken of a file.
    downloaded
        When it was downloaded, beginning with the year; today if empty.
    """
    last, _ = order(downloaded or date.today().isoformat())  # noqa: DTZ011
    years = [year for each in taken for _, year, _ in each.figures.values()]
    years += [year for each in taken for _, year in each.history]
    later = sorted({year for year in years if last < order(year)[0]}, key=order)
    if not later:
        return []
    count = sum(year in later for year in years)
    span = later[0] if len(later) == 1 else f"{later[0]} to {later[-1]}"
    what = f"{count:,} figure is" if count == 1 else f"{count:,} figures are"
    return [f"{what} of a year that is to come ({span}), as forecasts are; `year` takes another."]
