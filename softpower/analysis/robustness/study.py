"""What varies in a study of robustness, and what it asks to be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softpower.analysis.selection import Selection
from softpower.engine.batch import Batch
from softpower.engine.design import Choice, Crossed, crossed, refuse_without_effect, scored
from softpower.engine.noise import noise, published
from softpower.engine.ranking import Ranking, Scored
from softpower.engine.run import Run
from softpower.engine.scorer import Scorer
from softpower.engine.sweep import Sweep
from softpower.errors import UsageError, did_you_mean
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.sample import WeightSampling

Watch = Callable[[int, Iterable[Any]], Iterable[Any]]
"""Is handed a number of draws and what they lead to, and hands the latter on."""


def unwatched(total: int, outcomes: Iterable[Any]) -> Iterable[Any]:
    """Hand on what draws lead to, and show nothing."""
    del total
    return outcomes


LEVELS = ("all", "pillars", "indicators")
"""Which weights vary: all, those of the pillars, those of the indicators."""


@dataclass(frozen=True, slots=True)
class Variation:
    """What is to vary."""

    choices: tuple[Choice, ...] = ()
    weights: WeightSampling | None = None
    levels: tuple[str, ...] = ("all",)
    """``all``, ``pillars``, ``indicators``, or ids of pillars whose children's weights vary."""
    rounding: Mapping[str, float] = field(default_factory=dict)
    everywhere: float | None = None
    """The step to which all figures were rounded, if they vary."""
    errors: bool = False
    draws: int = 100_000
    seed: int = 1

    @property
    def disturbed(self) -> bool:
        """Whether figures vary."""
        return bool(self.rounding) or self.everywhere is not None or self.errors


@dataclass(frozen=True, slots=True)
class Focus:
    """What is asked of the draws."""

    selection: Selection = field(default_factory=Selection)
    versus: Sequence[str] = ()
    """Countries that each selected one is held against."""
    interval: float = 90.0
    """How many percent of the draws an interval of ranks holds."""
    first: int = 10
    """The places that count as the top."""
    acceptability: bool = False
    """Whether the share of every rank and the central weights are listed."""

    def ends(self) -> tuple[float, float]:
        """Return the shares of draws below which an interval starts and ends."""
        rest = (1 - self.interval / 100) / 2
        return rest, 1 - rest


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A sweep over what varies, beside the ranking that it is held against."""

    run: Run
    ranking: Ranking
    sweep: Sweep
    crossed: Crossed
    refused: tuple[str, ...]
    """Combinations that lead to no ranking, each with the reason."""
    pillars: tuple[str, ...]
    """The pillars whose children's weights vary."""
    scored: tuple[Scored, ...] = ()
    """What the combinations lead to, in their order."""

    @property
    def partial(self) -> bool:
        """Whether it was interrupted before all combinations were tried."""
        return len(self.scored) < len(self.crossed.cells)


def study(run: Run, variation: Variation, watch: Watch = unwatched) -> Study:
    """Return what is to be computed.

    Parameters
    ----------
    run
        The run that is put to the test.
    variation
        What varies.
    watch
        Hands on what the combinations of choices lead to. Where nothing else varies it may be
        interrupted; the study is then about those tried so far.

    Raises
    ------
    UsageError
        If something that is to vary does not exist or has no effect.
    MethodError
        If a method refuses the figures of the run itself.
    """
    if run.setup is None:
        return _of_published(run, variation)
    scorer = Scorer()
    ranking = run.score(scorer)
    design = crossed(run, variation.choices)
    found = _tried(
        design, scorer, watch, alone=variation.weights is None and not variation.disturbed
    )
    if variation.choices and len(found) == len(design.cells):
        refuse_without_effect(design, found)
    setups, known, refused = [], [], []
    for cell, each in zip(design.cells, found, strict=False):
        if each.refusal:
            refused.append(f"{design.described(cell.levels)}: {each.refusal}")
        elif cell.run is not None and cell.run.setup is not None:
            setups.append(cell.run.setup)
            known.append(each)
    pillars = _pillars(run.setup, variation)
    if variation.weights is not None:
        _refuse_idle_weights(setups, pillars, variation)
    disturbance = None
    if variation.disturbed:
        disturbance = noise(
            run.setup, variation.rounding, everywhere=variation.everywhere, errors=variation.errors
        )
    _refuse_nothing(variation)
    plan = Sweep(
        tuple(setups),
        variation.weights,
        pillars,
        disturbance,
        variation.draws,
        variation.seed,
        tuple(known),
    )
    return Study(run, ranking, plan, design, tuple(refused), pillars, tuple(found))


def _tried(design: Crossed, scorer: Scorer, watch: Watch, *, alone: bool) -> list[Scored]:
    """Return what combinations lead to: all, or those tried before an interruption."""
    found: list[Scored] = []
    try:
        for each in watch(len(design.cells), scored(design, scorer)):
            found.append(each)  # noqa: PERF402  what there is by then counts
    except KeyboardInterrupt:
        if not (alone and any(not each.refusal for each in found)):
            raise
    return found


def _of_published(run: Run, variation: Variation) -> Study:
    if variation.choices or variation.weights is not None or not variation.disturbed:
        raise UsageError(
            f"{run.index.id} is published, not computed: only its scores can vary.",
            mend="Say to which step they were rounded, such as --rounding 0.1.",
        )
    setup = published(run)
    disturbance = noise(
        setup, variation.rounding, everywhere=variation.everywhere, errors=variation.errors
    )
    plan = Sweep((setup,), None, (), disturbance, variation.draws, variation.seed)
    return Study(run, Scorer()(setup), plan, Crossed((), ()), (), ())


def _refuse_nothing(variation: Variation) -> None:
    if not (variation.choices or variation.weights or variation.disturbed):
        raise UsageError(
            "Nothing varies.", mend="Vary weights (--weights bounds:25) or choices (--vary)."
        )


def _pillars(setup: Setup, variation: Variation) -> tuple[str, ...]:
    """Return the pillars whose children's weights vary."""
    root = setup.framework.root
    nodes = {pillar.id: pillar for pillar in (root, *root.pillars())}
    if variation.weights is None:
        return ()
    found: dict[str, None] = {}
    for level in variation.levels:
        if level == "all":
            found.update(dict.fromkeys(nodes))
        elif level in {"pillars", "indicators"}:
            inner = level == "pillars"
            found.update(
                dict.fromkeys(
                    name
                    for name, pillar in nodes.items()
                    if any(isinstance(child, Pillar) == inner for child in pillar.children)
                )
            )
        elif level in nodes:
            found[level] = None
        else:
            known = (*LEVELS, *(name for name in nodes if name))
            raise UsageError(
                f"There is no level or pillar {level!r}.",
                mend=did_you_mean(level, known) or f"Known: {', '.join(known)}.",
            )
    varying = tuple(name for name in found if len(nodes[name].children) > 1)
    if not varying:
        raise UsageError("There are no weights to vary there.", mend="Take --levels all.")
    return varying


def _refuse_idle_weights(
    setups: Sequence[Setup], pillars: Sequence[str], variation: Variation
) -> None:
    """Refuse to vary weights that change nothing anywhere."""
    sampling = variation.weights
    assert sampling is not None  # noqa: S101
    generator = np.random.default_rng(variation.seed)
    for setup in setups:
        batch = Batch(setup)
        weights = {
            name: sampling(generator, own, 4)
            for name, own in batch.weights.items()
            if name in pillars and np.count_nonzero(own) > 1
        }
        if weights and np.ptp(batch.scores(weights), axis=0).max(initial=0) > 0:
            return
    raise UsageError(
        "The weights have no effect: whatever they are, the scores are the same.",
        mend="Take --weights none, or an aggregation that uses weights.",
    )
