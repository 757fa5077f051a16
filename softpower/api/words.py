"""Which run a call means."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike

from softpower.engine.adhoc import adhoc, is_adhoc
from softpower.engine.run import Run, arranged, load, refuse_bare_variant
from softpower.index.index import Index
from softpower.index.name import split_name

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
