"""softpower: a calculator and open workbench for soft power indices.

>>> import softpower
>>> ranking = softpower.load("open-soft-power").score()
>>> frame = ranking.to_frame()
"""

from __future__ import annotations

from softpower.version import __version__

TYPE_CHECKING = False  # typing would double the time before anything can catch Ctrl-C
if TYPE_CHECKING:
    from typing import Any

    from softpower.engine.run import Run

__all__ = ["__version__", "load"]


def load(name: str, **changes: Any) -> Run:
    """Return an index, under a methodology, ready to be scored.

    Parameters
    ----------
    name
        A run, written ``INDEX[@VARIANT[+VARIANT...]]``, where INDEX is a shipped id or the path
        of a folder.
    **changes
        ``set``, ``weights``, ``omit``: see :func:`softpower.engine.run.load`.

    Raises
    ------
    softpower.errors.SoftpowerError
        If the index, the variant or a change is not known, or the folder has problems.
    """
    from softpower.engine.run import load as load_run

    return load_run(name, **changes)
