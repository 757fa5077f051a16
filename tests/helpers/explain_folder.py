"""Index folders of imaginary places, written by the tests that explain their scores."""

from __future__ import annotations

from pathlib import Path

import softpower
from softpower.engine.loading import arranged
from softpower.engine.run import Run

HEAD = """\
id = "{name}"
title = "{title}"
publisher = "Nobody"
units = "other"
summary = "Made up."
citation = "None."
licence = "None."

[methodology]
{methodology}
{pillars}
"""


def made(
    folder: Path,
    name: str,
    *,
    indicators: str,
    figures: str,
    pillars: str = "",
    methodology: str = 'normalise = "none"',
) -> Run:
    """Write an index folder and return the run of it, everybody being covered."""
    index = folder / name
    index.mkdir()
    if "coverage" not in methodology:
        methodology = f"coverage = {{ country = 0, pillar = 0 }}\n{methodology}"
    title = name.capitalize()
    text = HEAD.format(name=name, title=title, methodology=methodology, pillars=pillars)
    (index / "index.toml").write_text(text, encoding="utf-8")
    (index / "indicators.csv").write_text(indicators, encoding="utf-8")
    (index / "figures.csv").write_text(figures, encoding="utf-8")
    return softpower.load(str(index))


def table(answer, name):
    """Return the rows of a table of an answer as mappings."""
    return next(table for table in answer.tables if table.name == name).records()


def told(answer, name="facts"):
    """Return a table of facts as a mapping."""
    return {row["fact"]: row["value"] for row in table(answer, name)}


def runs_of(name):
    """Return an index as it is and under each of its variants, if it is computed at all."""
    run = softpower.load(name)
    if run.setup is None:
        return []
    return [run, *(arranged(run.index, [variant]) for variant in run.index.variants)]
