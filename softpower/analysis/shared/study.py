"""A sweep over what varies, beside the ranking that it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from softpower import defaults
from softpower.analysis.shared.levels import (
    moving,
    refuse_unknown_levels,
    refuse_unsayable,
    spelled_as,
)
from softpower.analysis.shared.variation import Variation
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking, RankVector
from softpower.engine.run import Run
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.coincidence import coinciding
from softpower.engine.sampling.design import FigureSampling, Sweep, apportioned
from softpower.engine.sampling.grid import Grid, full_factorial, scored
from softpower.engine.sampling.perturb import noise, published
from softpower.engine.sampling.sweep import drawn_weights
from softpower.engine.score import score_setup
from softpower.errors import MethodError, UsageError
from softpower.index.patch import Setup
from softpower.index.tree import Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.ties import significant
from softpower.watch import Watch, unwatched

TRIALS = 8
"""Draws by which it is seen whether a choice has any effect."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A sweep over what varies, beside the ranking that it is held against."""

    run: Run
    ranking: Ranking
    sweep: Sweep
    grid: Grid
    refused: tuple[tuple[str, str], ...]
    """Combinations that lead to no ranking, each with the reason."""
    scored: tuple[RankVector, ...] = ()
    """What the combinations lead to, in their order."""
    coinciding: tuple[str, ...] = ()
    """Which values of choices lead to the same as others, each as a sentence."""

    @property
    def axes(self) -> tuple[tuple[Pillar, Pillar | Indicator], ...]:
        """The weights that vary: each child of a pillar, in the order of the trees."""
        found: dict[tuple[str, str], tuple[Pillar, Pillar | Indicator]] = {}
        for setup, pillars in zip(self.sweep.setups, self.sweep.pillars, strict=False):
            root = setup.framework.root
            for node in (root, *root.pillars()):
                if node.id in pillars:
                    found.update({(node.id, child.id): (node, child) for child in node.children})
        return tuple(found.values())

    @property
    def halves(self) -> bool:
        """Whether units that tie share the mean of their places in some combination."""
        return any(setup.methodology.ties == "average" for setup in self.sweep.setups)

    @property
    def partial(self) -> bool:
        """Whether it was interrupted before all combinations were tried."""
        return len(self.scored) < len(self.grid.cells)


def study(
    run: Run,
    variation: Variation,
    watch: Watch = unwatched,
    ask: Callable[[Ranking], object] = bool,
) -> Study:
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
    ask
        Looks at the ranking of the run itself, and refuses what cannot be asked of it before the
        combinations are tried.

    Raises
    ------
    UsageError
        If something that is to vary does not exist or has no effect.
    MethodError
        If a method refuses the figures of the run itself, or of every combination.
    """
    if run.setup is None:
        return _of_published(run, variation, ask)
    _refuse_nothing(variation)
    how = spelled_as(variation.weights, [run.setup.framework.root])
    variation = replace(variation, weights=how)
    design = full_factorial(run, variation.choices)
    _refuse_few_draws(variation, design.weights)
    figure_sampling = None
    if variation.perturbs:
        figure_sampling = noise(
            run.setup, variation.rounding, everywhere=variation.everywhere, errors=variation.errors
        )
    if variation.weights is not None:
        _refuse_what_is_not_there(run, design, variation)
    cache = Cache()
    ranking = run.score(cache)
    ask(ranking)
    found = _tried(design, cache, watch, alone=not variation.drawn)
    kept, refused = _sorted_out(design, found)
    setups, known, weights = zip(*kept, strict=True)
    if figure_sampling is not None:
        figure_sampling = figure_sampling.within(setups)
    same: tuple[str, ...] = ()
    if variation.choices and len(found) == len(design.cells):
        trial = _Trial(variation, figure_sampling) if variation.drawn else None
        same = coinciding(design, found, trial)
    pillars = _pillars(setups, variation)
    ready: dict[int, Batch] = {}
    if variation.weights is not None:
        ready = _refuse_idle_weights(setups, pillars, variation, cache)
    plan = Sweep(
        setups,
        variation.weights,
        pillars,
        figure_sampling,
        variation.draws,
        variation.seed,
        known,
        weights,
        ready,
        cache,
    )
    return Study(run, ranking, plan, design, tuple(refused), tuple(found), same)


def _sorted_out(
    design: Grid, found: Sequence[RankVector]
) -> tuple[list[tuple[Setup, RankVector, int]], list[tuple[str, str]]]:
    """Return the combinations that lead to a ranking, with their weights, and the others."""
    kept, refused = [], []
    for cell, each, weight in zip(design.cells, found, design.weights, strict=False):
        if each.refusal:
            refused.append((design.described(cell.levels), each.refusal))
        elif cell.run is not None and cell.run.setup is not None:
            kept.append((cell.run.setup, each, weight))
    if not kept:
        raise MethodError(f"No combination leads to a ranking. {refused[0][1]}")
    return kept, refused


def _tried(design: Grid, cache: Cache, watch: Watch, *, alone: bool) -> list[RankVector]:
    """Return what combinations lead to: all, or those tried before an interruption."""
    found: list[RankVector] = []
    try:
        for each in watch(len(design.cells), scored(design, cache), "combinations"):
            found.append(each)  # noqa: PERF402  what there is by then counts
    except KeyboardInterrupt:
        if not (alone and any(not each.refusal for each in found)):
            raise
    return found


def _of_published(run: Run, variation: Variation, ask: Callable[[Ranking], object]) -> Study:
    if variation.choices or variation.weights is not None or not variation.perturbs:
        raise UsageError(
            f"{run.index.id} is published, not computed: only its scores can vary.",
            mend="Leave the rest out."
            if variation.perturbs
            else "Say to which step they were rounded, such as `rounding=0.1`.",
        )
    setup = published(run)
    figure_sampling = noise(
        setup, variation.rounding, everywhere=variation.everywhere, errors=variation.errors
    )
    plan = Sweep((setup,), None, (), figure_sampling, variation.draws, variation.seed)
    ranking = score_setup(setup)
    ask(ranking)
    return Study(run, ranking, plan, Grid((), ()), ())


def _refuse_few_draws(variation: Variation, weights: Sequence[int]) -> None:
    """Refuse so few draws that a combination has none."""
    if variation.drawn and 0 in apportioned(variation.draws, weights):
        said = f"{variation.draws} draws are fewer than the {len(weights)} combinations."
        if variation.draws >= len(weights):
            said = f"{variation.draws} draws leave none to the combinations that count least."
        raise UsageError(said, mend=f"Take `draws={100 * sum(weights) // min(weights)}` or more.")


def _refuse_nothing(variation: Variation) -> None:
    if not (variation.choices or variation.drawn):
        raise UsageError(
            "Nothing varies.",
            mend=f'Vary weights (`weights="{defaults.WEIGHTS}"`) or choices (`vary`).',
        )


def _pillars(setups: Sequence[Setup], variation: Variation) -> tuple[tuple[str, ...], ...]:
    """Return for each setup the pillars whose children's weights vary."""
    if variation.weights is None:
        return ()
    found = tuple(
        moving(setup.framework.root, variation.levels, variation.weights) for setup in setups
    )
    if not any(found):
        raise UsageError("There are no weights to vary there.", mend='Take `levels="all"`.')
    return found


def _refuse_what_is_not_there(run: Run, design: Grid, variation: Variation) -> None:
    """Refuse levels and statements about weights that fit none of the combinations."""
    runs = (run, *(cell.run for cell in design.cells if cell.run is not None))
    roots = [each.setup.framework.root for each in runs if each.setup is not None]
    refuse_unknown_levels(roots, variation.levels)
    refuse_unsayable(roots, variation.levels, variation.weights)


def _refuse_idle_weights(
    setups: Sequence[Setup],
    pillars: Sequence[Sequence[str]],
    variation: Variation,
    cache: Cache,
) -> dict[int, Batch]:
    """Refuse to vary weights that change nothing anywhere; return the setups made ready for it."""
    sampling = variation.weights
    assert sampling is not None  # noqa: S101
    refusal: MethodError | None = None
    ready: dict[int, Batch] = {}
    for position, (setup, names) in enumerate(zip(setups, pillars, strict=True)):
        try:
            batch = ready[position] = Batch(setup, cache)
            generator = np.random.default_rng(variation.seed)
            drawn = batch.scores(drawn_weights(batch, sampling, generator, 4, names))
        except MethodError as error:
            refusal = error
            continue
        scores = significant(drawn, magnitude=batch.largest)
        if np.isnan(scores).any() or np.ptp(scores, axis=0).max(initial=0) > 0:
            return ready
    if refusal is not None:
        raise refusal
    raise UsageError(
        "The weights have no effect: whatever they are, the scores are the same.",
        mend='Take `weights="none"`, or an aggregation that uses weights.',
    )


class _Trial:
    """Tells two setups apart that lead to the same scores until something is drawn."""

    def __init__(self, variation: Variation, figure_sampling: FigureSampling | None) -> None:
        self.variation = variation
        self.figure_sampling = figure_sampling

    def __call__(self, one: Setup, other: Setup) -> bool:
        """Say whether two setups lead to the same ranks in a few draws as well."""
        return all(
            np.array_equal(a, b, equal_nan=True)
            for a, b in zip(self._ranks(one), self._ranks(other), strict=True)
        )

    def _ranks(self, setup: Setup) -> Iterable[Floats]:
        sampling = self.variation.weights
        for seed in range(TRIALS if self.figure_sampling is not None else 1):
            generator = np.random.default_rng(seed)
            perturbed = setup
            if self.figure_sampling is not None:
                figures = self.figure_sampling(setup.figures, generator)
                perturbed = Setup(figures, setup.framework, setup.methodology)
            try:
                batch = Batch(perturbed)
                if sampling is None:
                    yield batch.ranking.ranks
                    continue
                pillars = moving(setup.framework.root, self.variation.levels, sampling)
                weights = drawn_weights(batch, sampling, generator, TRIALS, pillars)
                yield batch.ranks(batch.scores(weights), weights)
            except MethodError:
                yield np.empty(0)
