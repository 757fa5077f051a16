"""A run in one word: ``@geometric,normalise=zscore,culture=40,omit=China``.

What a title says of a run between brackets is such a word, and can be typed back.
"""

from __future__ import annotations

from collections.abc import Callable

from softpower.engine.asked import OMIT, is_setting, known_nodes, nodes_of
from softpower.engine.loading import load
from softpower.engine.run import Run
from softpower.errors import UsageError, did_you_mean
from softpower.index.ids import spelled
from softpower.index.index import MAIN
from softpower.index.methodology import Methodology
from softpower.index.name import is_folder
from softpower.index.request import parse_settings, parse_weights
from softpower.methods.short_form import split_outside


def is_adhoc(word: str) -> bool:
    """Say whether a word states changes of a run, and does not only name one.

    Examples
    --------
    >>> is_adhoc("culture=40"), is_adhoc("@geometric,culture=40"), is_adhoc("@geometric")
    (True, True, False)
    """
    return "=" in word and not is_folder(word)


def adhoc(word: str, first: Run, named: Callable[[str], Run]) -> Run:
    """Return the run that a word makes of a first run, or of one that it names itself.

    Parameters
    ----------
    word
        Changes between commas: settings (``normalise=zscore``), weights in percent
        (``culture=40``) and omissions (``omit=China``), perhaps behind the name of a run.
    first
        The run that is changed where the word names none.
    named
        Returns the run of a name, of which ``@VARIANT`` alone is one of the first run's index.

    Raises
    ------
    UsageError
        If a part is neither, or both a setting and a weight, or said twice.
    """
    head, *rest = split_outside(word, ",")
    base = first if "=" in head else named(head.strip())
    parts = [head, *rest] if "=" in head else rest
    kinds: dict[str, list[str]] = {"set": [], "weights": [], OMIT: []}
    for part in _joined(parts):
        key, _, value = part.partition("=")
        kind = _kind(key.strip(), part.strip(), base)
        kinds[kind].append(value.strip() if kind == OMIT else part)
    return load(
        base,
        set=parse_settings(kinds["set"]),
        weights=parse_weights(kinds["weights"]),
        omit=kinds[OMIT],
    )


def _joined(parts: list[str]) -> list[str]:
    """Return parts, each from its key to the next; a value may have commas in it."""
    out: list[str] = []
    for part in parts:
        if "=" not in part and out:
            out[-1] += f",{part}"
        else:
            out.append(part)
    return out


def _kind(key: str, part: str, run: Run) -> str:
    """Return whether a key names a setting, what has a weight, or that something is left out."""
    nodes = nodes_of(run.index)
    kinds = {
        "set": is_setting(key),
        "weights": spelled(key, nodes) in nodes,
        OMIT: key == OMIT,
    }
    meant = [kind for kind, applies in kinds.items() if applies]
    if len(meant) == 1:
        return meant[0]
    if meant:
        options = " or ".join(f"`{kind}={_stated(kind, part)}`" for kind in meant)
        raise UsageError(
            f"{key!r} could be {' or '.join(NOUNS[kind] for kind in meant)}.",
            mend=f"Say which: {options}.",
        )
    known = [*Methodology.model_fields, "framework", OMIT, *nodes]
    raise UsageError(
        f"{key!r} is no setting, and no pillar or indicator of {run.index.id}.",
        mend=did_you_mean(key, known)
        or known_nodes(run.index.frameworks.get(MAIN), run.identifier),
    )


NOUNS = {"set": "a setting", "weights": "a pillar or indicator", OMIT: "an omission"}
"""What a key may name, in words."""


def _stated(kind: str, part: str) -> str:
    """Return a part as the value of the parameter that says it without doubt."""
    key, _, value = part.partition("=")
    return repr(value) if kind == OMIT else repr({key.strip(): value.strip()})
