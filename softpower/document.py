"""What a report is: sections of prose, tables and charts with their sources, as plain data.

`softpower.report` composes one of the answers to other questions; ``softpower.render`` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from softpower.answer import Table, as_path
from softpower.charts import Chart
from softpower.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Credit:
    """Where something that is shown comes from, and how it is computed again."""

    source: str
    date: str
    """Of which time it is: the edition, or the years of its figures. Never that of a clock."""
    licence: str
    command: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table or a chart, with what stands beneath it."""

    shown: Table | Chart
    credit: Credit | None = None
    first: int | None = None
    """So many rows of a table are shown where it is read; the others are folded away."""
    whole: bool = False
    """Whether print has all its rows nevertheless."""

    @property
    def folded(self) -> int:
        """How many rows are folded away."""
        rows = len(self.shown.rows) if isinstance(self.shown, Table) else 0
        return max(0, rows - self.first) if self.first is not None else 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under a heading."""

    name: str
    """A short identifier, by which it is chosen and linked to."""
    heading: str
    says: str
    """What it says, in a plain sentence."""
    parts: tuple[str | Exhibit, ...] = ()
    """Paragraphs, tables and charts in order."""
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know to read its figures."""
    folded: bool = False
    """Whether a page shows its heading alone until it is opened."""
    printed: bool = True
    """Whether it is on paper too, and in a document of a word processor."""

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield its tables and charts, with those of the sections within it."""
        yield from (part for part in self.parts if isinstance(part, Exhibit))
        for section in self.sections:
            yield from section.exhibits()


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A report: sections of prose, tables and charts, with their sources."""

    title: str
    lead: str
    """What it is about, in a sentence or two beneath the title."""
    facts: Table
    """Who published what, and which version of it is reported on."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    """What is to be known of how it was made; goes to stderr too."""
    provenance: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """All that is needed to repeat it, as plain JSON values."""
    complete: bool = True
    """False where a section could not be computed, as it says."""

    def section(self, name: str) -> Section:
        """Return the section of a name.

        Raises
        ------
        UsageError
            If there is none, naming the nearest.
        """
        for section in self.sections:
            if section.name == name:
                return section
        known = [section.name for section in self.sections]
        mend = did_you_mean(name, known) or f"Known: {', '.join(known)}."
        raise UsageError(f"This report has no section {name!r}.", mend=mend)

    def save(self, path: str | Path) -> None:
        """Write the report to a file of .html, .docx or .pdf, whole or not at all.

        Raises
        ------
        UsageError
            If the ending is another.
        InputError
            If the file cannot be written.
        MissingExtraError
            If it needs a library that is not installed.
        """
        from softpower.render.saving import write

        write(self, as_path(path))

    def __repr__(self) -> str:
        names = ", ".join(section.name for section in self.sections)
        return f"<Document {self.title}: {names}>"
