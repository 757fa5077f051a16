"""What varies, in plain words: choices, weights and figures, and how often they are drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from softpower import defaults
from softpower.analysis.shared.variation import Variation
from softpower.api.space import both
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.given import Names, count, names, optional_count, switch
from softpower.index.request import NONE, parse_factor, parse_levels, parse_sample, parse_steps
from softpower.methods.sample import Simplex, WeightSampling
from softpower.methods.space import WeightSpace

Rounding = float | str | Sequence[str] | Mapping[str, float]
"""The step to which all figures were rounded, ``ID=STEP`` for one, or a step for each id."""


def variation(
    *,
    vary: Names = (),
    weights: str | None = NONE,
    space: WeightSpace | None = None,
    levels: Names = defaults.LEVELS,
    rounding: Rounding = (),
    errors: bool = False,
    draws: int = defaults.DRAWS,
    seed: int | None = None,
) -> Variation:
    """Return what is to vary.

    Where something is stated of the weights, by ``space``, ``weights`` may say no other way to
    draw them than ``simplex``: any weights of which that is true.

    Raises
    ------
    UsageError
        If a word is not understood.
    """
    steps, everywhere = _steps(rounding)
    stated = tuple(each for text in names(levels, "levels") for each in parse_levels(text))
    _refuse_repeated(stated)
    return Variation(
        choices=tuple(parse_factor(text) for text in names(vary, "vary")),
        weights=_within(space, weights),
        levels=stated,
        rounding=steps,
        everywhere=everywhere,
        errors=switch(errors, "errors"),
        draws=count(draws, "draws", most=defaults.MOST_DRAWS),
        seed=seed_of(seed),
    )


def _refuse_repeated(levels: Sequence[str]) -> None:
    """Refuse levels of which one is named twice, or beside all of them."""
    twice = next((each for each in levels if levels.count(each) > 1), None)
    if twice is not None:
        raise UsageError(f"`levels` names {twice} twice.", mend="Name it once.")
    if defaults.LEVELS in levels and len(levels) > 1:
        raise UsageError(
            f"`levels` names {defaults.LEVELS}, which leaves nothing to add.",
            mend="Leave it out, or the others.",
        )


def usual_draws(run: Run, *, weights: str, rounding: Rounding, errors: bool) -> int:
    """Return how often is drawn where nobody says: less where each draw is scored anew."""
    anew = run.setup is not None and (rounding or errors) and weights == NONE
    return defaults.RESCORED if anew else defaults.DRAWS


def seed_of(given: int | None) -> int:
    """Return where random numbers start, as usual where nothing is said."""
    if given is None:
        return defaults.SEED
    return count(given, "seed", least=0, most=defaults.LARGEST_SEED)


def shared_by(threads: int | None) -> int | None:
    """Return how many threads share the work, ``None`` where nothing is said."""
    return optional_count(threads, "threads", most=defaults.MOST_THREADS)


def refuse_idle(why: str = "nothing is drawn", **given: object) -> None:
    """Refuse parameters that say something other than what is usual, to no effect.

    Raises
    ------
    UsageError
        If there are any.
    """
    idle = [f"`{word}`" for word, value in given.items() if value not in (None, _USUAL.get(word))]
    if idle:
        has, them = ("has", "it") if len(idle) == 1 else ("have", "them")
        raise UsageError(
            f"{' and '.join(idle)} {has} no effect, for {why}.", mend=f"Leave {them} out."
        )


def refuse_beside_people(**given: object) -> None:
    """Refuse what cannot vary beside the weights that people stated.

    Raises
    ------
    UsageError
        If there is anything.
    """
    words = {"space": "`within`, `bounds`, `ratio` and `order`", "rounding": "`rounding`"}
    for word, value in given.items():
        if value:
            raise UsageError(
                f"The weights are those that people stated, and go without "
                f"{words.get(word, f'`{word}`')}.",
                mend="Leave it out.",
            )


_USUAL = {
    "levels": defaults.LEVELS,
    "interval": defaults.INTERVAL,
    "first": defaults.FIRST,
}


def _within(space: WeightSpace | None, weights: object) -> WeightSampling | None:
    """Return how weights are drawn of which something may be stated."""
    if space is None:
        return _sample(weights)
    how = Simplex() if weights is None else _sample(weights)
    if isinstance(how, WeightSpace):
        return both(how, space)
    if isinstance(how, Simplex):
        return space
    raise UsageError(
        f"Weights are drawn evenly from all of which is true what is stated, not by {weights}.",
        mend="Leave `weights` out.",
    )


def _sample(given: object) -> WeightSampling | None:
    """Return how weights are drawn, ``None`` where they are not."""
    if isinstance(given, str):
        return parse_sample(given)
    how = f"bounds:{given:g}" if isinstance(given, int | float) else defaults.WEIGHTS
    mend = f'Write weights="{how}".'
    if isinstance(given, Mapping):
        mend = f"{mend} The weights of the run itself: softpower.load(..., weights={dict(given)})."
    raise UsageError(f"`weights` is {given!r}, and no way to draw weights.", mend=mend)


def _steps(given: Rounding) -> tuple[dict[str, float], float | None]:
    """Return the steps of single indicators, and the one of all figures."""
    if isinstance(given, Mapping):
        return {name: _step(step, f"{name}={step}") for name, step in given.items()}, None
    if isinstance(given, int | float):
        return {}, _step(given, given)
    return parse_steps(names(given, "rounding"))


def _step(number: float | str, written: object) -> float:
    try:
        step = float(number)
    except (TypeError, ValueError):
        step = math.nan
    if not math.isfinite(step):
        raise UsageError(f"{written!r} is not a step, such as 0.1 or ID=0.1.")
    return step
