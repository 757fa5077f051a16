"""Files, read: the layout of each, its countries, and the series that are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from softpower import countries
from softpower.errors import InputError, Location, UsageError, did_you_mean
from softpower.index.importing.choice import Taken, take
from softpower.index.importing.codes import scheme_stated
from softpower.index.importing.gathered import Gathered, every, gather
from softpower.index.importing.marks import marks_stated
from softpower.index.importing.options import Options
from softpower.index.importing.places import Places, places_as_written, places_of
from softpower.index.layouts.base import Head, Series
from softpower.index.layouts.coinr import is_meta
from softpower.index.layouts.ids import slug
from softpower.index.layouts.recognise import LAYOUTS, layout_named, tell
from softpower.index.layouts.source import Source, opened
from softpower.index.reading.tables import Row
from softpower.index.text import listed, shown
from softpower.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Import:
    """One file as it was read."""

    gathered: Gathered
    places: Places
    taken: tuple[Taken, ...]
    wanted: Callable[[str, Series], bool] = every
    """Says which series are wanted."""
    other: bool = False
    """Whether a person says that something else than countries is ranked."""

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.gathered.told.source.file

    @property
    def without(self) -> list[str]:
        """Return the titles of the series that were wanted and have no figure."""
        gathered = self.gathered
        known = gathered.told.layout.series
        return [
            about.title
            for name, about in known.items()
            if name not in gathered.names and self.wanted(name, about)
        ]

    def about(self, taken: Taken) -> Series:
        """Return what the file says of a series; numbers with a percent sign are percent."""
        series = self.gathered.about(taken.series)
        if taken.series in self.gathered.read.percent and not series.unit:
            return Series(series.title, series.code, "%", series.fields)
        return series


def read_files(
    paths: Sequence[Path], options: Options, watch: Watch = unwatched
) -> tuple[Import, ...]:
    """Return what files hold.

    Parameters
    ----------
    paths
        The files; an iMeta of COINr goes with the iData beside it.
    options
        What a person says of them.
    watch
        Hands on the steps of the work, and may show how far it has got.

    Raises
    ------
    InputError
        If a file cannot be read.
    UsageError
        If it must be said how a file is to be read, or something that is said makes no sense.
    """
    options.refuse_idle()
    for path in paths:
        _refuse_layout(path)
    sources = [opened(path, options.encoding, options.sheet) for path in paths]
    for at, source in enumerate(sources):
        if any(source.sha256 == other.sha256 for other in sources[:at]):
            raise UsageError(f"{source.file} is given twice.", mend="Name each file once.")
    metas, data = _parted(sources)
    if not data:
        raise InputError(
            "It describes indicators and holds no figures.",
            location=Location(sources[0].file),
            mend="Give the iData that it belongs to as well.",
        )
    options.refuse_several(len(data))
    found = [_read(source, options, metas, watch) for source in data]
    _refuse_omitted(options.omit, found)
    _refuse_absent(options, found)
    if options.name is not None and sum(len(each.taken) for each in found) != 1:
        count = sum(len(each.taken) for each in found)
        first = found[0].about(found[0].taken[0])
        raise UsageError(
            f"`as_` names one series, and {found[0].file} has {count:,}.",
            mend=f"Say which is meant, as in: `series={first.known_as!r}`.",
        )
    return tuple(found)


def _refuse_layout(path: Path) -> None:
    if str(path) in LAYOUTS and not path.exists():
        raise UsageError(
            f"{path} is a layout and no file.", mend=f'Leave it out, or write `layout="{path}"`.'
        )


def _parted(sources: Sequence[Source]) -> tuple[list[Row], list[Source]]:
    """Return the rows of an iMeta, if there is one, and the files of figures."""
    metas, data = list[list[Row]](), list[Source]()
    for source in sources:
        beginning = source.beginning() if not source.sheets else []
        if beginning and is_meta(Head(source.file, beginning)):
            metas.append(list(source.rows()))
        else:
            data.append(source)
    return (metas[0] if metas else []), data


def _read(source: Source, options: Options, meta: Sequence[Row], watch: Watch) -> Import:
    stated = layout_named(options.layout) if options.layout is not None else None
    scheme = scheme_stated(options.codes) if options.codes is not None else None
    told = tell(
        source,
        stated=stated,
        header=options.header,
        meta=meta,
        sheet=options.sheet,
        other=options.other,
    )
    gathered = gather(
        told,
        missing=options.missing,
        marks=marks_stated(options.mark),
        decimal=options.decimal,
        wanted=_wanted(options.series),
        watch=watch,
    )
    _refuse_series(options.series, gathered)
    if options.other:
        places = places_as_written(gathered.keys, options.omit)
        taken = tuple(take(gathered, places, options.years))
        return Import(gathered, places, taken, _wanted(options.series), other=True)
    places = places_of(
        gathered.keys,
        source.file,
        stated=scheme,
        headed=told.layout.scheme,
        omit=options.omit,
        groups=told.layout.groups,
        coded=told.layout.coded,
    )
    taken = tuple(take(gathered, places, options.years))
    return Import(gathered, places, taken, _wanted(options.series))


def _wanted(series: Sequence[str]) -> Callable[[str, Series], bool]:
    named = {text.casefold() for text in series}
    return lambda name, about: not named or bool(named & _names(name, about))


def _names(name: str, about: Series) -> set[str]:
    """Return what a series may be called: code, title, or the id that is made of them."""
    titles = {name.casefold(), about.title.casefold(), about.code.casefold()}
    return (titles | {slug(text) for text in titles if text}) - {""}


def _refuse_omitted(omit: Sequence[str], files: Sequence[Import]) -> None:
    """Refuse to leave out what is in no file."""
    keys = [key for each in files for key in each.gathered.keys]
    known = {countries.fold(text): text for key in keys for text in key if text}
    for text in omit:
        if countries.fold(text) not in known:
            raise UsageError(
                f"{listed([each.file for each in files])} has no figure of {text!r}.",
                mend=did_you_mean(text, list(known.values())) or "Leave `omit` out.",
            )


def _refuse_absent(options: Options, files: Sequence[Import]) -> None:
    """Refuse a code of missing figures, or a mark at numbers, that stands in no file."""
    codes = {code.strip().casefold() for each in files for code in each.gathered.missing}
    marks = {mark for each in files for mark in each.gathered.marked}
    absent = [
        *(("missing", code) for code in options.missing if code.strip().casefold() not in codes),
        *(("mark", mark) for mark in options.mark if mark not in marks),
    ]
    for word, text in absent:
        what = "no figure" if word == "missing" else "no number"
        how = "is" if word == "missing" else "has the mark"
        raise UsageError(
            f"{listed([each.file for each in files])}: {what} {how} {text!r}.",
            mend=f"Leave `{word}` out.",
        )


def _refuse_series(series: Sequence[str], gathered: Gathered) -> None:
    """Refuse a name of a series that the file does not have."""
    layout, file = gathered.told.layout, gathered.told.source.file
    known = {word for name, about in layout.series.items() for word in _names(name, about)}
    for text in series:
        if text.casefold() not in known:
            ids = [about.known_as for about in layout.series.values()]
            raise UsageError(f"{file} has no series {text!r}.", mend=did_you_mean(text, ids))
    if not gathered.chosen:
        texts = {gathered.about(name).title: text for name, text in gathered.read.texts.items()}
        seen = "".join(f" {title} holds no number: {shown(t)}." for title, t in texts.items())
        raise InputError(
            f"It has no figures.{seen[:300]}",
            location=Location(file),
            mend="Look whether the figures stand in another file or sheet; `missing` says what "
            "stands for a missing one.",
        )
