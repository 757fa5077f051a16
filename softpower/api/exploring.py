"""An index to play with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from softpower.api.words import Named, as_run
from softpower.given import switch

if TYPE_CHECKING:
    from softpower.analysis.explore.ask import Exploration


def explore(run: Named, *, tiers: bool = False) -> Exploration:
    """Return an index as a page computes it: its figures, its trees and the runs to start from.

    Parameters
    ----------
    run
        A run, an index, or the name of a run, from which a reader starts.
    tiers
        The tier of each country too: groups that the standard errors of figures do not tell apart.

    Raises
    ------
    SoftpowerError
        If something named is not known, or the index is published and not computed.

    Examples
    --------
    >>> import softpower, pathlib, tempfile
    >>> found = softpower.explore("open-soft-power")
    >>> [start["name"] for start in found.data["starts"]][:2]
    ['open-soft-power', 'open-soft-power@equal-indicators']
    >>> found.save(pathlib.Path(tempfile.mkdtemp()) / "explore.html")
    """
    from softpower.analysis.explore.ask import explore

    return explore(as_run(run), tiers=switch(tiers, "tiers"))
