"""What an audit looks for, from which threshold on it counts, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from softpower.answer import Table
from softpower.errors import UsageError, did_you_mean
from softpower.methods.model import Floats

Level = Literal["severe", "moderate", "minor"]
LEVELS: tuple[Level, ...] = ("severe", "moderate", "minor")
"""How bad a finding is, the worst first."""

OWN = "A convention of this program"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on something counts as a finding, and who says so."""

    name: str
    value: float
    least: float
    most: float
    source: str = OWN


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of finding."""

    name: str
    level: Level
    what: str
    """What is found, as it stands before the thresholds."""
    thresholds: tuple[Threshold, ...]
    """The first one is that by which findings are put in order."""
    why: str
    mend: str
    source: str = ""
    """Where the measure is from, if not from where the thresholds are."""

    def sources(self) -> str:
        """Return the sources of the measure and of the thresholds, each once."""
        every = (self.source, *(t.source for t in self.thresholds))
        return "; ".join(dict.fromkeys(filter(None, every)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an audit found."""

    check: Check
    subject: str
    """The id of what it is about: an indicator, a pillar, the index or a yardstick."""
    value: float
    said: str
    """What was measured, as a phrase."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one chapter of an audit found, and the measures that it rests on."""

    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    """What there was nothing to examine of, or what could not be, and why."""
    complete: bool = True
    """Whether all was examined that there was to examine."""
    fits: bool = True
    """Whether it goes with the methodology; where not, it is missed only by who asked for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds that hold, with those that were changed."""

    changed: Mapping[str, float] = field(default_factory=dict)

    def of(self, threshold: Threshold) -> float:
        """Return the value that holds for a threshold."""
        return self.changed.get(threshold.name, threshold.value)

    def first(self, check: Check) -> float:
        """Return the value that holds for the first threshold of a check."""
        return self.of(check.thresholds[0])

    def written(self, check: Check) -> str:
        """Return the thresholds of a check as they are typed, such as ``alpha=0.7``."""
        return ", ".join(f"{t.name}={self.of(t):g}" for t in check.thresholds)

    def excess(self, finding: Finding) -> float:
        """Return how far a finding lies beyond its threshold, in terms of the threshold."""
        limit = self.first(finding.check)
        return abs(finding.value - limit) / (abs(limit) or 1.0)

    @classmethod
    def checked(cls, given: Mapping[str, float], known: Mapping[str, Threshold]) -> Limits:
        """Return the thresholds with those that are given.

        Raises
        ------
        UsageError
            If one is not known, or is out of bounds.
        """
        for name, value in given.items():
            if name not in known:
                mend = did_you_mean(name, known) or f"Known: {', '.join(known)}."
                raise UsageError(f"No check has a threshold {name!r}.", mend=mend)
            least, most = known[name].least, known[name].most
            real = isinstance(value, int | float) and not isinstance(value, bool)
            if not real or not least <= value <= most:
                raise UsageError(
                    f"The threshold {name} is {value!r}.",
                    mend=f"Give a number from {least:g} to {most:g}.",
                )
        return cls(dict(given))


def figure(values: Floats | float, digits: int = 2) -> str:
    """Return a measure as it stands in a sentence."""
    return f"{float(values):.{digits}f}"
