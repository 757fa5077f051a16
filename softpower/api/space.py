"""Which weights are admissible, in plain words: within a share, between bounds, in an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.given import Names, names
from softpower.index.people import is_people
from softpower.index.reading.people import read_people
from softpower.methods.space import WeightSpace
from softpower.methods.statements import Ends, parse_ends, parse_order

Within = float | str | None
"""By how many percent of itself a weight may be off."""

Bounds = Names | Mapping[str, Ends]
"""The least and the most: ``"culture=10..40"``, several of these, or ``{"culture": (10, 40)}``."""


def stated_space(
    *, within: Within = None, bounds: Bounds = (), ratio: Bounds = (), order: Names = ()
) -> WeightSpace | None:
    """Return the weights of which all is true that is stated; ``None`` if nothing is.

    Raises
    ------
    UsageError
        If a statement is not understood.
    """
    chains = [chain for text in names(order, "order") for chain in parse_order(text)]
    least, quotients = _ends(bounds, "bounds"), _ends(ratio, "ratio")
    for name in (*least, *quotients):
        if ("/" in name) is (name in least):
            word, other = ("bounds", "ratio") if name in least else ("ratio", "bounds")
            raise UsageError(f"{name!r} does not go into `{word}`.", mend=f"Take `{other}`.")
    if within is None and not (least or quotients or chains):
        return None
    return WeightSpace.stated(within=_share(within), bounds=least, ratios=quotients, order=chains)


def _share(within: Within) -> float | None:
    if within is None or (isinstance(within, int | float) and not isinstance(within, bool)):
        return within
    try:
        return float(str(within).strip().removesuffix("%"))
    except ValueError:
        raise UsageError(f"`within` is {within!r}.", mend="Give percent, such as 25.") from None


def _ends(given: Bounds, word: str) -> dict[str, Ends]:
    """Return what has bounds, and which."""
    pairs: Iterable[tuple[str, Ends]]
    if isinstance(given, Mapping):
        pairs = [(name, _pair(name, ends, word)) for name, ends in given.items()]
    else:
        texts = [part for text in names(given, word) for part in text.split(",")]
        pairs = map(parse_ends, texts)
    found: dict[str, Ends] = {}
    for name, ends in pairs:
        if name in found:
            raise UsageError(f"Bounds of {name} are stated twice.", mend="Keep one.")
        found[name] = ends
    return found


def _pair(name: str, ends: Any, word: str) -> Ends:
    try:
        low, high = tuple(ends)
        return float(low), float(high)
    except (TypeError, ValueError):
        raise UsageError(
            f"`{word}` of {name} are {ends!r}.", mend=f'Give two numbers: {{"{name}": (10, 40)}}.'
        ) from None


def people_space(given: object, run: Run) -> WeightSpace | None:
    """Return the weights that people stated in a table; ``None`` where none is given.

    Raises
    ------
    UsageError
        If it is no such table, or the run has no weights.
    FolderError
        If its weights are none of the run.
    """
    if given is None:
        return None
    if not is_people(str(given)):
        raise UsageError(
            f"`weights` is {given!r}, and no table of weights that people stated.",
            mend='Take `weights="people.csv"`, or state what is true of them (`within`, `bounds`).',
        )
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: it has no weights.")
    return read_people(Path(str(given))).space(run.setup.framework.root)


def both(one: WeightSpace, other: WeightSpace) -> WeightSpace:
    """Return the weights of which all is true that is stated of either."""
    stated = [*one.statements(), *other.statements()]
    return WeightSpace.parse(stated) if stated else one
