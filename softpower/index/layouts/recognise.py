"""Which layout a file has: told by what is in it, and asked where it may have several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from softpower.errors import InputError, Location, UsageError, did_you_mean
from softpower.index.layouts.base import Head, Layout
from softpower.index.layouts.coin_tool import CoinTool
from softpower.index.layouts.coinr import Coinr, is_meta
from softpower.index.layouts.one_country import RowPerCountry
from softpower.index.layouts.one_figure import RowPerFigure
from softpower.index.layouts.owid import OurWorldInData
from softpower.index.layouts.sdmx import Sdmx
from softpower.index.layouts.series_year import SeriesYear
from softpower.index.layouts.source import Source, named_sheets
from softpower.index.layouts.who import WhoGho
from softpower.index.layouts.world_bank import (
    WorldBankApi,
    WorldBankDataBank,
    WorldBankDataBankSeries,
)
from softpower.index.layouts.years_across import YearsAcross
from softpower.index.reading.tables import Row
from softpower.index.text import listed

PUBLISHERS: tuple[type[Layout], ...] = (
    WorldBankApi,
    WorldBankDataBank,
    WorldBankDataBankSeries,
    OurWorldInData,
    Sdmx,
    WhoGho,
    Coinr,
    CoinTool,
)
"""Layouts that are told by headings of their own."""

PLAIN: tuple[type[Layout], ...] = (SeriesYear, YearsAcross, RowPerFigure, RowPerCountry)
"""Layouts of tables as anybody makes them, of which the first that fits is meant."""

LAYOUTS: Mapping[str, type[Layout]] = {layout.id: layout for layout in (*PUBLISHERS, *PLAIN)}


@dataclass(frozen=True, slots=True)
class Told:
    """A file and the layout that it has."""

    source: Source
    layout: Layout


def layout_named(name: str) -> type[Layout]:
    """Return the layout of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    if name not in LAYOUTS:
        mend = did_you_mean(name, list(LAYOUTS)) or f"Known: {', '.join(LAYOUTS)}."
        raise UsageError(f"There is no layout {name!r}.", mend=mend)
    return LAYOUTS[name]


def tell(
    source: Source,
    *,
    stated: type[Layout] | None = None,
    header: int | None = None,
    meta: Sequence[Row] = (),
    sheet: str | None = None,
    other: bool = False,
) -> Told:
    """Return the layout of a file, with the sheet of a workbook that has it.

    Parameters
    ----------
    source
        The file.
    stated
        The layout, where a person says so.
    header
        The line of the headings, where a person says so.
    meta
        The rows of an iMeta that is given beside an iData.
    sheet
        The sheet, where a person says so.
    other
        Whether a person says that something else than countries is ranked.

    Raises
    ------
    InputError
        If the layout cannot be told.
    UsageError
        If it may have several, or several sheets have one; the mend names them.
    """
    if not source.sheets:
        return Told(source, _layout(source, stated, header, meta, {}, other=other))
    wanted = [sheet] if sheet is not None else list(source.sheets)
    beside = {title: source.of(title).beginning() for title in source.sheets}
    found: list[Told] = []
    refused: dict[str, InputError] = {}
    for title in wanted:
        rows = {other: rows for other, rows in beside.items() if other != title}
        metas = [rows for rows in rows.values() if is_meta(Head(source.file, rows))]
        try:
            own = meta or next(iter(metas), ())
            layout = _layout(source.of(title), stated, header, own, rows, other=other)
        except InputError as error:
            refused[title] = error
        else:
            found.append(Told(source.of(title), layout))
    if not found:
        raise next(iter(refused.values()))
    special = [told for told in found if isinstance(told.layout, PUBLISHERS)]
    found = special if len(special) == 1 else found
    if len(found) > 1:
        raise UsageError(
            f"{source.file} has {len(found)} sheets with figures: "
            f"{named_sheets([told.source.sheet for told in found])}.",
            mend=f'Say which is meant: `sheet="{found[0].source.sheet}"`.',
        )
    for title in wanted:
        if title != found[0].source.sheet:
            why = "no table of countries" if title in refused else "another sheet has the figures"
            found[0].layout.aside[f"sheet {title}"] = why
    return found[0]


def _layout(
    source: Source,
    stated: type[Layout] | None,
    header: int | None,
    meta: Sequence[Row],
    beside: Mapping[str, Sequence[Row]],
    *,
    other: bool,
) -> Layout:
    companions = {**beside, **({"imeta": meta} if meta else {})}
    head = Head(
        source.file, source.beginning(), source.sheet, header, source.beside, companions, other
    )
    if stated is not None:
        layout = stated.told(head)
        if layout is None:
            raise _refusal(source, head, f"It does not have the layout {stated.id}.")
        return layout
    found = [layout for kind in PUBLISHERS if (layout := kind.told(head)) is not None]
    if len(found) > 1:
        names = [layout.id for layout in found]
        raise UsageError(
            f"{source.file} may have several layouts: {' or '.join(names)}.",
            mend=f'Say which is meant: `layout="{names[0]}"`.',
        )
    if found:
        return found[0]
    plain = next((layout for kind in PLAIN if (layout := kind.told(head)) is not None), None)
    if plain is None:
        raise _refusal(source, head, "How it is laid out cannot be told.")
    return plain


def _refusal(source: Source, head: Head, what: str) -> InputError:
    where = f", sheet {source.sheet}" if source.sheet else ""
    if head.header is not None and all(row.line != head.header for row in head.rows):
        what = f"Line {head.header} is empty or beyond the first rows."
    row = head.rows[0] if head.rows else None
    seen = listed([text for text in row.cells if text][:6]) if row else "nothing"
    ranked = 'countries (or of what else is ranked, with `units="other"`)'
    ranked = "names, called name, region or the like," if head.other else ranked
    return InputError(
        f"{what} The first line says: {seen}.",
        location=Location(f"{source.file}{where}", row.line if row else None),
        mend="Say by `header` in which line the headings stand; a table needs a column of "
        f"{ranked} and columns of figures. Layouts: {', '.join(LAYOUTS)}.",
    )
