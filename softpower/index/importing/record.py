"""What is written down of an import: the source of each indicator, and the pages of README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from softpower.index.importing.choice import Taken, order
from softpower.index.importing.files import Import
from softpower.index.importing.numbers import counted
from softpower.index.importing.places import CODE
from softpower.index.layouts.base import About, Series
from softpower.index.text import listed, shown

SHORT = 12
"""So many characters of a hash tell a file from its other versions."""

MOST_LISTED = 400

FEW = 6
"""So many examples are enough in a note."""

BEGIN, END = "<!-- import: {file} -->", "<!-- end of import -->"
_BLOCK = re.compile(r"<!-- import: (?P<file>.*?) -->\n.*?<!-- end of import -->\n*", re.DOTALL)
_SERIES = re.compile(r"(?:^|, )series (?P<code>.*); (?P<file>[^;]+), sha256 [0-9a-f]+")

_EDITION = re.compile(r"\s*\([0-9.]+\)")
"""What publishers put behind a name from edition to edition, as in ``WHR (2024)``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator that is imported: its id, the file that it is from, and its figures."""

    id: str
    file: Import
    taken: Taken

    @property
    def series(self) -> Series:
        """Return what the file says of the series."""
        return self.file.about(self.taken)

    @property
    def years(self) -> str:
        """Return the year of the figures, or the first and the last."""
        years = sorted({year for _, year, _ in self.taken.figures.values() if year}, key=order)
        if not years:
            return ""
        return years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"


def source_of(entry: Entry, date: str | None) -> str:
    """Return the source of an indicator: publisher, series, file, hash and dates."""
    told = entry.file.gathered.told
    about, series = told.layout.about, entry.series
    publisher = [part for part in (series.fields.get("source"), _publisher(about)) if part]
    parts = [*dict.fromkeys(publisher), f"series {series.known_as}"]
    dates = [
        f"downloaded {date or about.downloaded}" if date or about.downloaded else "",
        f"updated {about.updated}" if about.updated else "",
    ]
    file = f"{entry.file.file}, sha256 {told.source.sha256[:SHORT]}"
    return "; ".join([", ".join(parts), file, *filter(None, dates)])


def _publisher(about: About) -> str:
    return ", ".join(part for part in (about.publisher, about.dataset) if part)


def is_from(source: str, entry: Entry) -> bool:
    """Say whether a source names the file of an indicator, or its publisher in any edition.

    Of a series with a code it is enough that no other publisher is named.
    """
    match = _SERIES.search(source)
    if match is None:
        return False
    said, _, _ = source_of(entry, None).partition(f"series {entry.series.known_as};")
    coded = entry.series.code != ""
    before, now = [_EDITION.sub("", text).strip(", ") for text in (source[: match.start()], said)]
    if match["file"] == entry.file.file:
        return True
    return before == now != "" or (coded and not (before and now))


def series_in(source: str) -> str:
    """Return the code of the series that a source names; empty if it was not imported."""
    match = _SERIES.search(source)
    return match["code"] if match else ""


def readme_of(
    text: str, files: Sequence[Import], entries: Sequence[Entry], date: str | None, years: str
) -> str:
    """Return README.md with what these files are in place of what they were.

    What it said of other files stays, but for indicators that are now taken from these.
    """
    ours = {entry.id for entry in entries}
    names = {each.file for each in files}

    def kept(block: re.Match[str]) -> str:
        if block["file"] in names:
            return _without(block[0], ours) if _others(block[0], ours) else ""
        left = _without(block[0], ours)
        return left if _rows(left) else ""

    rest = _BLOCK.sub(kept, text).rstrip("\n")
    blocks = [_block(each, [e for e in entries if e.file is each], date, years) for each in files]
    return "\n\n".join([rest, *blocks]) + "\n"


def _rows(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.startswith("| `")]


def _others(block: str, ids: Iterable[str]) -> bool:
    return bool(_rows(_without(block, set(ids))))


def _without(block: str, ids: set[str]) -> str:
    """Return a block without the rows of some indicators."""
    starts = tuple(f"| `{name}` |" for name in ids)
    return "".join(line for line in block.splitlines(keepends=True) if not line.startswith(starts))


def _block(file: Import, entries: Sequence[Entry], date: str | None, years: str) -> str:
    told = file.gathered.told
    about = told.layout.about
    facts = {
        "File": told.source.file + (f", sheet {told.source.sheet}" if told.source.sheet else ""),
        "SHA-256": told.source.sha256,
        "Publisher": _publisher(about),
        "Address": about.url,
        "Terms": about.licence,
        "Updated by the publisher": about.updated,
        "Downloaded": date or about.downloaded or "not stated",
        "Layout": told.layout.title,
        "Codes of countries": file.places.scheme.title if file.places.scheme else "none",
        "Taken": years,
    }
    lines = [
        BEGIN.format(file=told.source.file),
        f"### From {_cell(told.source.file)}",
        "",
        *(f"- {key}: {_cell(text)}" for key, text in facts.items() if text),
        "",
        "| indicator | series | code | unit | figures | years |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{entry.id}` | {_cell(entry.series.title)} | {_cell(entry.series.code)} | "
            f"{_cell(entry.series.unit)} | {len(entry.taken.figures)} | {entry.years} |"
            for entry in entries
        ),
        "",
        *_left_out(file),
        *(f"- {_cell(remark)}" for remark in remarks(file, MOST_LISTED)),
        "",
        END,
    ]
    return "\n".join(lines)


def _left_out(file: Import) -> list[str]:
    """Return the lines that say what is left out, and why."""
    said: dict[str, list[str]] = {}
    for place in file.places.found:
        if not place.iso3:
            said.setdefault(place.why.rstrip("."), []).append(_cell(place.written))
    for what, why in file.gathered.told.layout.aside.items():
        said.setdefault(why, []).append(_cell(what))
    for name in file.gathered.read.texts:
        said.setdefault("it holds no number", []).append(_cell(f"column {name}"))
    if file.without:
        said["it has no figure"] = [_cell(title) for title in file.without]
    return ["Left out:", "", *(
        f"- {listed(names, MOST_LISTED)}: {why}." for why, names in said.items()
    ), ""] if said else []  # fmt: skip


def remarks(file: Import, most: int = FEW) -> list[str]:
    """Return what is to be said of how a file was read, with so many examples of each kind."""
    gathered = file.gathered
    source = gathered.told.source
    missing = ", ".join(
        f"{count:,} {f'times {shown(code)}' if code else 'empty'}"
        for code, count in counted(gathered.missing)
    )
    marks = ", ".join(f"{n:,} times {shown(mark)}" for mark, n in counted(gathered.marked))
    said = [
        source.encoding.remark,
        f"Missing figures: {missing}." if missing else "",
        f"Marks taken off numbers, and kept as notes: {marks}." if marks else "",
        *gathered.told.layout.remarks,
        *gathered.read.remarks,
        *_readings(file, most),
    ]
    older = {each.series: each.older for each in file.taken if each.older}
    if older:
        whose = "Units" if file.other else "Countries"
        said.append(
            f"{whose} with figures of other years only: "
            f"{listed([f'{gathered.about(name).title} {count}' for name, count in older.items()])}."
        )
    repeated = sum(each.repeated for each in file.taken)
    if repeated:
        verb = "figure stands" if repeated == 1 else "figures stand"
        said.append(f"{repeated:,} {verb} there twice, with the same value.")
    if undated := sum(each.undated for each in file.taken):
        which, have = ("figure", "has") if undated == 1 else ("figures", "have")
        said.append(
            f"{undated:,} {which} without a year {have} another with a year beside, which counts."
        )
    return [text for text in said if text]


def _readings(file: Import, most: int) -> list[str]:
    """Return how countries were recognised that are not clear by themselves."""
    found: dict[str, list[str]] = {}
    for place in file.places.found:
        if place.iso3 and place.why:
            text = place.code if place.why == CODE else place.name
            found.setdefault(place.why, []).append(shown(text))
    return [f"{listed(texts, most)}: {why}." for why, texts in found.items()]


def _cell(text: str) -> str:
    """Return a text that stands in one cell of a table of Markdown."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def fields_of(entry: Entry, date: str | None) -> Mapping[str, str]:
    """Return what ``indicators.csv`` says of where an indicator is from."""
    about = entry.file.gathered.told.layout.about
    return {
        "source": source_of(entry, date),
        "year": entry.years,
        "url": about.url,
        "licence": about.licence,
    }
