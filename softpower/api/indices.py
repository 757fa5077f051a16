"""Which indices there are: asked without the libraries of a score."""

from __future__ import annotations

from softpower.answer import Answer


def indices() -> Answer:
    """Return the indices that come with softpower, and whether each can be recomputed.

    Examples
    --------
    >>> import softpower
    >>> "hdi-2022" in [row["id"] for row in softpower.indices().table("indices").records()]
    True
    """
    from softpower.analysis.list import list_indices

    return list_indices()
