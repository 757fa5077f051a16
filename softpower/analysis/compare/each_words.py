"""Single choices in words: what moves whom most, what is refused and what is not tried."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.compare.choices import NOT_TRIED, Choice
from softpower.analysis.compare.effects import Effects
from softpower.analysis.shared.formatting import enumerated, unit_noun
from softpower.methods.model import Floats

FEW = 3
"""Of so many reasons each is told; where there are more, `Answer.whole_notes` tells them."""

WHAT_IS_TRIED = (
    "One choice at a time: every variant, pillar or indicator left out, normalisation and "
    "aggregation that the index admits, and every weight {step:g} percentage points up and down "
    "within its parent (down to 0 at most). Each rank is a place in the whole list of that choice."
)

HOW_TO_MAKE_ONE = (
    "To make one: @NAME after the index, KEY=VALUE of a method by `set={...}`, ID=PERCENT by "
    "`weights={...}`, without ID by `omit`."
)


OTHER_SCALE = "Where no change is given, the choice leads to scores on another scale."

ALL_SIBLINGS = (
    "A weight that was asked for gives way in proportion to a sibling that moves, so that to ask "
    "for the one alone is another choice: all that it states is under each.choices in the "
    "provenance of JSON."
)


def told(effects: Effects, step: float, top: int | None, *, single: bool) -> tuple[str, ...]:
    """Return what was tried, which of it is shown, and how to type a choice again."""
    few = (
        f"Shown are the {top} of {len(effects.choices)} that move most, from the greatest rise to "
        "the greatest fall."
    )
    return (
        *((few,) if top is not None and top < len(effects.choices) else ()),
        WHAT_IS_TRIED.format(step=step),
        HOW_TO_MAKE_ONE,
        *((ALL_SIBLINGS,) if any(map(_states_several, effects.choices)) else ()),
        *((OTHER_SCALE,) if single and not np.all(effects.same_scale) else ()),
    )


def notes_on(
    effects: Effects, rows: Sequence[int], *, single: bool, whole: bool = False
) -> list[str]:
    """Return what is found in words, what is refused and why, and what is not tried."""
    notes = [_in_words(effects, i) for i in rows] if single else _widest(effects, rows)
    count = np.count_nonzero(~np.isnan(effects.ranking.ranks))
    other = np.count_nonzero(np.count_nonzero(~np.isnan(effects.ranks), axis=1) != count)
    if other:
        nouns = unit_noun(effects.run, plural=True)
        choices = "1 choice" if other == 1 else f"{other} choices"
        notes.append(
            f"Under {choices} more or fewer {nouns} are ranked than the {count} of the run, "
            "which alone may move others."
        )
    lost = {name for c in effects.choices if c.run is not None for name in c.run.lost_breaks}
    if lost:
        verb = "puts" if len(lost) == 1 else "put"
        notes.append(f"Left out, {enumerated(sorted(lost))} {verb} no equal scores in order.")
    if effects.refused:
        reasons: dict[str, list[str]] = {}
        for choice in effects.refused:
            reasons.setdefault(choice.refusal.split(". ")[0].rstrip("."), []).append(choice.label)
        told = "; ".join(f"{enumerated(labels)} ({why})" for why, labels in reasons.items())
        number = len(effects.refused)
        if not whole and len(reasons) > FEW:
            told = enumerated([choice.label for choice in effects.refused], FEW)
        verb = "choice is" if number == 1 else "choices are"
        notes.append(f"{number} {verb} refused: {told}.")
    untried = [f"{name}, for {why}" for name, why in NOT_TRIED.items()]
    return [*notes, f"Not tried: {'; '.join(untried)}."]


def _states_several(choice: Choice) -> bool:
    """Say whether a choice moves a weight and states those of its siblings along."""
    return len(choice.changes.get("weights", ())) > 1


def _in_words(effects: Effects, i: int) -> str:
    """Return what moves a unit most, in one sentence."""
    name, now = effects.ranking.units[i].name, effects.ranking.ranks[i]
    gained = effects.places()[:, i]
    said = []
    for way, k in (("up", _most(gained)), ("down", _most(-gained))):
        if k is not None:
            moved = f"{_places(gained[k])} {way} to {effects.ranks[k, i]:g}{_shared(effects, k, i)}"
            said.append(f"{moved} by {effects.choices[k].label}")
    lost = int(np.count_nonzero(np.isnan(gained)))
    still = int(np.count_nonzero(gained == 0))
    moves = f"moves at most {' and '.join(said)}" if said else "moves under no single choice"
    text = f"{name}, rank {now:g}, {moves}"
    text += f"; {still} of {gained.size} choices leave its rank"
    return f"{text}, and under {lost} it has none." if lost else f"{text}."


def _shared(effects: Effects, k: int, i: int) -> str:
    """Return with how many a unit shares the rank that a choice gives it."""
    others = int(np.count_nonzero(effects.ranks[k] == effects.ranks[k, i])) - 1
    return f" (with {others} other{'s' * (others > 1)})" if others else ""


def _most(gained: Floats) -> int | None:
    """Return the first choice that gains most; ``None`` if none gains anything."""
    known = np.nan_to_num(gained, nan=-np.inf)
    k = int(np.argmax(known))
    return k if known[k] > 0 else None


def _widest(effects: Effects, rows: Sequence[int]) -> list[str]:
    """Return whose rank hangs most on a single choice."""
    if not rows:
        return []
    gained = np.nan_to_num(effects.places()[:, list(rows)])
    k, j = map(int, np.unravel_index(np.argmax(np.abs(gained)), gained.shape))
    if not gained[k, j]:
        return ["No single choice moves anybody."]
    way = "up" if gained[k, j] > 0 else "down"
    name = effects.ranking.units[rows[j]].name
    moved = f"{_places(gained[k, j])} {way} to {effects.ranks[k, rows[j]]:g}"
    return [f"The single choice that moves most is {effects.choices[k].label}: {name}, {moved}."]


def _places(gained: float) -> str:
    return f"{abs(gained):g} place{'' if abs(gained) == 1 else 's'}"
