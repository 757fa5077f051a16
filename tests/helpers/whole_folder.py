"""A small whole index about imaginary lands, for tests to write and change."""

DECLARATION = """\
id = "lost-lands"
title = "Lost Lands"
publisher = "The Cartographers"
edition = "1"
summary = "It ranks lands that nobody has found."
citation = "The Cartographers."
licence = "Nobody's"
units = "other"

[methodology]
coverage = { country = 0, pillar = 0 }

[pillars.land]
title = "Land"
weight = 60
[pillars.sea]
title = "Sea"
weight = 40
"""

INDICATORS = """\
id,title,pillar,weight,direction,unit,source
gold,Gold,land,25,higher,tonnes,Atlas
towers,Towers,land,75,higher,towers,Atlas
fish,Fish,sea,,higher,fish,Atlas
"""

FIGURES = """\
unit,indicator,value,year,source
Atlantis,gold,80,2001,Scroll
Atlantis,towers,12,2001,
Atlantis,fish,9000.5,2001,
Lemuria,gold,15,2001,
Lemuria,towers,7,2001,
Lemuria,fish,5000.25,2001,
Thule,gold,40,2001,
Thule,towers,2,2001,
"""

WIDE = """\
unit,gold,towers,fish
Atlantis,80,12,9000.5
Lemuria,15,7,5000.25
Thule,40,2,
"""


def write_index(parent, *, name="lost-lands", declaration=DECLARATION, more="", **tables):
    """Write an index folder; ``more`` is added to its declaration, tables are named by stem."""
    folder = parent / name
    folder.mkdir()
    text = declaration.replace('id = "lost-lands"', f'id = "{name}"', 1) + more
    (folder / "index.toml").write_text(text, encoding="utf-8")
    for stem, table in ({"indicators": INDICATORS, "figures": FIGURES} | tables).items():
        if table is not None:
            (folder / f"{stem}.csv").write_bytes(table.encode())
    return folder
