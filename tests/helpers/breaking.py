"""One whole index folder about imaginary lands, and the ways of breaking it."""

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NAME = "lost-lands"

INDEX = """\
id = "lost-lands"
title = "Lost Lands"
publisher = "The Cartographers"
edition = "1"
summary = "It ranks lands that nobody has found."
citation = "The Cartographers, Lost Lands."
licence = "Nobody's"
url = "https://example.org/lost"
units = "other"

[figures]

[published]
decimals = 1
tolerance = 100

[methodology]
coverage = { country = 0.5, pillar = 0.5 }
normalise = "minmax"
aggregate = "arithmetic"

[pillars.land]
title = "Land"
weight = 60

[pillars.sea]
title = "Sea"
weight = 40

[frameworks.elements]
title = "Elements"
[frameworks.elements.pillars.water]
title = "Water"

[variants.bold]
title = "Bold"
reason = "Somebody would say so."
weights = { land = 70 }
"""

INDICATORS = """\
id,title,pillar,weight,direction,unit,transform,denominator,goalposts,source,pillar:elements
gold,Gold,land,25,higher,tonnes,,,0..100,Atlas,
towers,Towers,land,75,higher,towers,,,0..50,Atlas,
fish,Fish,sea,,higher,fish,,people/1000,0..9,Atlas,water
storms,Storms,sea,,lower,days,,,0..200,Atlas,water
people,People,-,,higher,persons,,,,Atlas,
"""

FIGURES = """\
unit,indicator,value,year,source
Atlantis,gold,80,1,Scroll
Atlantis,towers,12,1,Scroll
Atlantis,fish,9000,1,Scroll
Atlantis,storms,30,1,Scroll
Atlantis,people,1200,1,Scroll
Lemuria,gold,15,1,Scroll
Lemuria,towers,7,1,Scroll
Lemuria,fish,5000,1,Scroll
Lemuria,storms,90,1,Scroll
Lemuria,people,800,1,Scroll
Thule,gold,40,1,Scroll
Thule,towers,2,1,Scroll
Thule,fish,7000,1,Scroll
Thule,storms,150,1,Scroll
Thule,people,300,1,Scroll
"""

WIDE = """\
unit,gold,towers,fish,storms,people
Atlantis,80,12,9000,30,1200
Lemuria,15,7,5000,90,800
Thule,40,2,7000,150,300
"""

PUBLISHED = """\
unit,score,rank,land
Atlantis,90.0,1,100.0
Thule,30.0,2,10.0
Lemuria,20.0,3,12.0
"""

UNITS = """\
id,name,region
ATL,Atlantis,West
LEM,Lemuria,South
THU,Thule,North
"""

WHOLE = {
    "index.toml": INDEX,
    "indicators.csv": INDICATORS,
    "figures.csv": FIGURES,
    "published.csv": PUBLISHED,
    "units.csv": UNITS,
    "README.md": "# Lost lands\n",
}

Change = Callable[[Path], None]


def make_whole(parent: Path, name: str = NAME) -> Path:
    """Write the whole folder, of which nothing is wrong."""
    folder = parent / name
    folder.mkdir()
    for file, text in WHOLE.items():
        own = text.replace(NAME, name) if file == "index.toml" else text
        (folder / file).write_text(own, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Case:
    """One broken folder, and what must be said of it."""

    name: str
    changes: tuple[Change, ...]
    location: str
    says: tuple[str, ...]
    only_check: bool = False
    """Whether the index itself is whole, so that only a check finds what is wrong."""

    def make(self, parent: Path) -> Path:
        folder = make_whole(parent)
        for change in self.changes:
            change(folder)
        return folder


def case(
    name: str, *changes: Change, location: str, says: str | tuple[str, ...], **more: bool
) -> Case:
    return Case(name, changes, location, (says,) if isinstance(says, str) else says, **more)


def put(file: str, content: str | bytes) -> Change:
    """Replace a file."""

    def change(folder: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (folder / file).write_bytes(data)

    return change


def swap(file: str, old: str, new: str) -> Change:
    """Replace the first such text of a file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add(file: str, text: str) -> Change:
    """Add to the end of a file."""

    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as out:
            out.write(text)

    return change


def remove(*files: str) -> Change:
    def change(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return change


def toml(old: str, new: str) -> Change:
    return swap("index.toml", old, new)


def method(line: str) -> Change:
    """Set a field of the methodology, in place of the line that the whole folder has."""
    key = line.partition(" ")[0]
    held = next((row for row in INDEX.splitlines() if row.startswith(f"{key} = ")), None)
    if held is None:
        return toml("[methodology]", f"[methodology]\n{line}")
    return toml(held, line)


def variant(text: str) -> Change:
    return toml("weights = { land = 70 }", text)


def indicator(old: str, new: str) -> Change:
    return swap("indicators.csv", old, new)


def figure(old: str, new: str) -> Change:
    return swap("figures.csv", old, new)


def gold(value: str) -> Change:
    """Write the first figure anew; it stands in line 2 of figures.csv."""
    return figure("Atlantis,gold,80", f"Atlantis,gold,{value}")


def as_countries(folder: Path) -> None:
    """Rank countries in place of lands, so that their names must be known."""
    remove("units.csv", "published.csv")(folder)
    toml('units = "other"\n', "")(folder)
    for land, code in (("Atlantis", "FRA"), ("Lemuria", "DEU"), ("Thule", "ISL")):
        path = folder / "figures.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(land, code), encoding="utf-8")


def link(file: str, target: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        (folder / file).symlink_to(target)

    return change


def outside(file: str, text: str) -> Change:
    """Write a file beside the folder."""

    def change(folder: Path) -> None:
        (folder.parent / file).write_text(text, encoding="utf-8")

    return change


def as_folder(file: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        (folder / file).mkdir()

    return change


def as_pipe(file: str) -> Change:
    def change(folder: Path) -> None:
        (folder / file).unlink()
        os.mkfifo(folder / file)

    return change


def spreadsheet(rows: list[list[object]], far: tuple[int, int] | None = None) -> Change:
    """Write the figures as a spreadsheet, perhaps with a cell far away."""

    def change(folder: Path) -> None:
        import xlsxwriter

        (folder / "figures.csv").unlink()
        with xlsxwriter.Workbook(folder / "figures.xlsx") as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if far is not None:
                sheet.write(*far, "lost")

    return change


def bomb(folder: Path) -> None:
    """Write a spreadsheet of a few kilobytes that unpacks to gigabytes."""
    (folder / "figures.csv").unlink()
    with (
        zipfile.ZipFile(folder / "figures.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(200):
            member.write(b"0" * 2**20)


def long_line(megabytes: int, more: int = 0) -> Change:
    """Write one line of so many megabytes, and so many bytes more."""

    def change(folder: Path) -> None:
        with (folder / "figures.csv").open("wb") as out:
            for _ in range(megabytes):
                out.write(b"x" * 2**20)
            out.write(b"x" * more)

    return change


def sibling(name: str, source: str | None = None, published_only: bool = False) -> Change:
    """Write a second index beside the first one, perhaps with the figures of yet another."""

    def change(folder: Path) -> None:
        other = make_whole(folder.parent, name)
        if source is not None:
            toml("[figures]", f'[figures]\nfrom = "{source}"')(other)
            remove("figures.csv")(other)
        if published_only:
            remove("figures.csv", "indicators.csv")(other)
            text = (other / "index.toml").read_text(encoding="utf-8")
            (other / "index.toml").write_text(text.partition("[pillars.land]")[0], encoding="utf-8")
            swap("published.csv", ",land", ",note")(other)

    return change


def takes(source: str) -> Change:
    """Take the figures of another index."""

    def change(folder: Path) -> None:
        toml("[figures]", f'[figures]\nfrom = "{source}"')(folder)
        remove("figures.csv")(folder)

    return change


def history(*rows: str, header: str = "unit,indicator,year,value") -> Change:
    """Write figures of other periods."""
    return put("history.csv", "\n".join([header, *rows, ""]))


def file_is(name: str) -> Change:
    return toml("[figures]", f"[figures]\nfile = {name}")
