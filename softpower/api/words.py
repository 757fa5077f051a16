"""Which run a call means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike

from softpower.engine.adhoc import adhoc, is_adhoc
from softpower.engine.loading import arranged, load, refuse_bare_variant
from softpower.engine.run import Run
from softpower.index.find import is_pattern, matching, shipped
from softpower.index.index import Index
from softpower.index.name import RunName, split_name

Named = Run | Index | str | PathLike[str]
"""A run, an index as it is, or the name of a run: ``INDEX[@VARIANT[+VARIANT...]]``, or a path.

A further run may also be one in a word: see `softpower.engine.adhoc`."""


def as_run(given: Named, first: Run | None = None, read: Callable[..., Run] = load) -> Run:
    """Return the run that is meant.

    Parameters
    ----------
    given
        A run, an index or the name of a run.
    first
        The run of whose index ``@VARIANT`` alone names a variant, and which ``culture=40`` alone
        changes.
    read
        Loads a run by its name.

    Raises
    ------
    SoftpowerError
        If it is neither, or not known.
    """
    if isinstance(given, Run):
        return given
    if first is not None and isinstance(given, str):
        if is_adhoc(given):
            return adhoc(given, first, lambda name: as_run(name, first, read))
        if given.startswith("@"):
            return arranged(first.index, split_name(given)[1], None, first.identifier)
        refuse_bare_variant(given, first)
    return read(given)


def as_runs(given: Sequence[Named], read: Callable[..., Run] = load) -> list[Run]:
    """Return the runs that are meant, of which a pattern stands for all that match.

    ``gspi-20*`` are all shipped indices whose names start so; ``@expert-*`` are all variants of
    the index of the first run, and ``open-soft-power@expert-*`` those of another.

    Raises
    ------
    SoftpowerError
        If something named is not known, or nothing matches a pattern.
    """
    found: list[Run] = []
    for each in given:
        first = found[0] if found else None
        names = _matching(each, first, read) if isinstance(each, str) else [each]
        found += [as_run(name, first, read) for name in names]
    return found


def _matching(name: str, first: Run | None, read: Callable[..., Run]) -> list[str]:
    """Return the names that a pattern stands for; the name itself if it is none."""
    if not is_pattern(name) or is_adhoc(name):
        return [name]
    index, variants = split_name(name)
    if not index and first is None:
        return [name]
    indices = matching(index, shipped(), "index") if is_pattern(index) else [index]
    if not any(map(is_pattern, variants)):
        return [str(RunName(each, variants)) for each in indices]
    found = []
    for each in indices:
        run = first if first and not each else read(each)
        known, of = list(run.index.variants), run.index.id
        *before, last = variants
        found += [
            str(RunName(each, (*before, variant)))
            for variant in matching(last, known, f"variant of {of}", f"softpower show {of}")
            if variant not in before
        ]
    return found
