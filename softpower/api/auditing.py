"""Whether an index is sound."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from softpower import defaults
from softpower.analysis.shared.size import untold
from softpower.answer import Answer
from softpower.api.words import Named, as_run, as_runs
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.given import Names, names, switch
from softpower.index.request import NONE
from softpower.watch import Watch, unwatched

VALIDITY = "validity"
"""The chapter that holds a ranking against yardsticks."""

LEAST = 10
"""The usual yardsticks are taken where they list so many of the same countries."""

Thresholds = str | Sequence[str] | Mapping[str, float]
"""Thresholds of an audit: ``"NAME=VALUE"``, several of these, or values by name."""


def audit(
    run: Named,
    *,
    chapter: Names = (),
    threshold: Thresholds = (),
    yardstick: Named | Sequence[Named] | None = None,
    measures: bool = False,
    watch: Watch = unwatched,
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return what is doubtful about an index, the worst findings first.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    chapter
        These chapters only: ``figures``, ``coherence``, ``weights``, ``missing``, ``reversal``,
        ``validity``, ``errors`` (of measurement) and ``comparisons`` (over weights).
    threshold
        From where on something counts, if not from where it usually does: ``"alpha=0.6"``.
    yardstick
        Runs that are said to measure the same, or ``none``; for an index of countries the Global
        Soft Power Index 2026 and the Soft Power 30 of 2015 if none is named, as far as they list
        ten of them.
    measures
        Whether the measures that the findings rest on are printed; every other form has them.
    watch
        Hands on what is computed for each unit, so that progress can be shown.
    tell
        Is told beforehand what is examined.

    Raises
    ------
    UsageError
        If a chapter, threshold or yardstick is not known or has no effect, or the run is only
        published.
    MethodError
        If a method refuses the figures.

    Examples
    --------
    >>> import softpower
    >>> findings = softpower.audit("hdi-2022", chapter="coherence").table("findings")
    >>> [(row["check"], row["about"]) for row in findings.records()]
    []
    """
    from softpower.analysis.audit.ask import audit

    asked, chapters = as_run(run), names(chapter, "chapter")
    if yardstick is not None and chapters and VALIDITY not in chapters:
        raise UsageError(
            f"`yardstick` has no effect without the chapter {VALIDITY}.",
            mend=f'Examine that too (`chapter="{VALIDITY}"`), or leave the yardstick out.',
        )
    return audit(
        asked,
        chapters,
        _thresholds(threshold),
        yardsticks(asked, yardstick),
        measures=switch(measures, "measures"),
        watch=watch,
        tell=tell,
    )


def yardsticks(run: Run, given: Named | Sequence[Named] | None) -> tuple[Run, ...]:
    """Return the runs that a run is held against, but for its own index.

    Raises
    ------
    UsageError
        If a yardstick is the run itself, is not known, or stands beside ``none``.
    """
    if given == NONE or (isinstance(given, Sequence) and list(given) == [NONE]):
        return ()
    several = given if isinstance(given, list | tuple) else [] if given is None else [given]
    if NONE in [each for each in several if isinstance(each, str)]:
        raise UsageError("A yardstick and none are wanted.", mend="Name yardsticks, or none.")
    if several:
        found = tuple(as_runs([run, *several])[1:])
        if run in found:
            raise UsageError(
                f"The yardstick {run.name} is what is examined: it agrees with itself.",
                mend="Name another index.",
            )
        return found
    listed = run.index.figures or run.index.published
    if run.index.declared.units != "countries" or listed is None:
        return ()
    units = {unit.id for unit in listed.units}
    usual = [as_run(name) for name in defaults.YARDSTICKS if name != run.index.id]
    return tuple(each for each in usual if len(units & _ranked(each)) >= LEAST)


def _ranked(run: Run) -> set[str]:
    """Return the ids of the units that a run has ranks of."""
    published = run.index.published
    return {unit.id for unit in published.units} if published is not None else set()


def _thresholds(given: Thresholds) -> dict[str, float]:
    """Return thresholds by name."""
    if isinstance(given, Mapping):
        return dict(given)
    found: dict[str, float] = {}
    for text in names(given, "threshold"):
        name, equals, value = text.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not equals or not math.isfinite(number):
            raise UsageError(f"{text!r} is no threshold.", mend="Write NAME=VALUE, as alpha=0.6.")
        if name in found:
            raise UsageError(f"The threshold {name} is given twice.", mend="Give it once.")
        found[name.strip()] = number
    return found
