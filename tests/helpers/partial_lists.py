"""Index folders of which a publisher's list is known, in whole or in part."""

from __future__ import annotations

from pathlib import Path

import softpower
from softpower.engine.run import Run

HEAD = """\
id = "{name}"
title = "{title}"
publisher = "Nobody"
units = "other"
summary = "Made up."
citation = "None."
licence = "None."

[published]
{published}
"""


def printed(folder: Path, name: str, rows: str, published: str = "") -> Run:
    """Write an index of which only ``published.csv`` is known, and return the run of it."""
    index = folder / name
    index.mkdir()
    text = HEAD.format(name=name, title=name.capitalize(), published=published)
    (index / "index.toml").write_text(text, encoding="utf-8")
    (index / "published.csv").write_text(rows, encoding="utf-8")
    return softpower.load(str(index))


def part_and_whole(folder: Path, published: str = "units = 5") -> tuple[Run, Run]:
    """Return three places of five, and all five a year later."""
    part = printed(folder, "part", "unit,rank\nAtlantis,1\nLemuria,3\nThule,5\n", published)
    rows = "unit,rank\nAtlantis,2\nOphir,1\nLemuria,5\nUtopia,3\nThule,4\n"
    return part, printed(folder, "whole", rows, "units = 5")
