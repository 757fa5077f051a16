"""An index of imaginary places, small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

DECLARATION = """\
id = "places"
title = "Imaginary places"
publisher = "Nobody"
units = "other"
summary = "Made up."
citation = "None."
licence = "None."

[methodology]
coverage = { country = 0, pillar = 0 }
normalise = "none"

[pillars.arts]
title = "Arts"
weight = 50

[pillars.trade]
title = "Trade"
weight = 50

[variants.geometric]
title = "Geometric"
methodology = { aggregate = "geometric" }

[variants.trade-first]
title = "Trade first"
weights = { trade = 80 }

[variants.no-arts]
title = "Without arts"
omit = { pillars = ["arts"] }

[variants.harmonic]
title = "Harmonic"
methodology = { aggregate = "harmonic" }
"""

INDICATORS = "id,title,pillar\nmusic,Music,arts\nships,Ships,trade\n"

FIGURES = "unit,music,ships\nAtlantis,90,10\nLemuria,48,48\nRuritania,20,70\n"


def write(folder: Path) -> Path:
    """Write the index folder and return it."""
    index = folder / "places"
    index.mkdir()
    (index / "index.toml").write_text(DECLARATION, encoding="utf-8")
    (index / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    (index / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return index
