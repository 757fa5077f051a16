"""Which run a call means."""

from __future__ import annotations

from os import PathLike

from softpower.engine.run import Run, arranged, load, refuse_bare_variant
from softpower.index.index import Index
from softpower.index.name import split_name

Named = Run | Index | str | PathLike[str]
"""A run, an index as it is, or the name of a run: ``INDEX[@VARIANT[+VARIANT...]]``, or a path."""


def as_run(given: Named, first: Run | None = None) -> Run:
    """Return the run that is meant.

    Parameters
    ----------
    given
        A run, an index or the name of a run.
    first
        The run of whose index ``@VARIANT`` alone names a variant.

    Raises
    ------
    SoftpowerError
        If it is neither, or not known.
    """
    if isinstance(given, Run):
        return given
    if first is not None and isinstance(given, str) and given.startswith("@"):
        return arranged(first.index, split_name(given)[1], None, first.identifier)
    if first is not None and isinstance(given, str):
        refuse_bare_variant(given, first)
    return load(given)
