"""Many draws in blocks: the same results for the same seed, however many threads share the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from softpower.engine.batch import Batch, Weights
from softpower.engine.draws import Draws, Shaken, Weighed, as_it_is
from softpower.engine.order import ordered
from softpower.engine.ranking import Scored
from softpower.engine.room import Room
from softpower.engine.scorer import Scorer
from softpower.errors import MethodError, Problem
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.methods.model import Floats
from softpower.methods.sample import WeightSampling
from softpower.methods.ties import Ties

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Counts = NDArray[int64]
    Places = NDArray[int64]

T = TypeVar("T")

Disturbance = Callable[[Figures, Generator], Figures]
"""Draws figures around those that are given."""

LONGEST = 1024
"""Most draws in a block."""
FAST = 200_000
"""Most scores in a block, so that they stay in the fast memory of a core."""
SHARED = 100
"""Draws of weights for each draw of figures, where both vary."""
SPARSE = 1
"""So many times more cells than places taken are not counted block by block."""
ROOM = 8_000_000
"""Most numbers that a block holds at once."""


@dataclass(frozen=True)
class Sweep:
    """What varies: finite choices as setups, weights, figures."""

    setups: tuple[Setup, ...]
    sampling: WeightSampling | None = None
    """How weights are drawn; ``None`` leaves them as they are."""
    pillars: Collection[str] | None = None
    """The pillars whose children's weights vary, ``""`` for the index itself; ``None`` for all."""
    disturbance: Disturbance | None = None
    """How figures are drawn; ``None`` leaves them as they are."""
    draws: int = 1
    """How many draws in all, shared out among the setups; one for each where nothing is drawn."""
    seed: int = 1
    known: tuple[Scored, ...] = ()
    """What each setup leads to where nothing is drawn, if that is known."""

    @property
    def drawn(self) -> bool:
        """Whether anything is drawn at all."""
        return self.sampling is not None or self.disturbance is not None

    @property
    def total(self) -> int:
        """How many draws there are."""
        return self.draws if self.drawn else len(self.setups)


class Failed(NamedTuple):
    """Draws that a method refused."""

    setup: int
    draws: int
    reason: str


class Outcome(NamedTuple, Generic[T]):
    """What a tally made of a block of draws."""

    setup: int
    draws: int
    value: T


class Taken(NamedTuple):
    """Which unit takes which place in some draws."""

    counts: Counts | None
    """How often each unit has each whole place, but for what is listed."""
    step: int
    """How many columns there are for each place: 2 where ties share the mean of their places."""
    listed: Places
    """The cells (unit times columns plus column) of places taken one by one."""

    def add_to(self, total: Counts) -> None:
        """Add them to a table of units x places."""
        if self.counts is not None:
            total[:, :: self.step] += self.counts
        if self.listed.size:
            np.add.at(total.ravel(), self.listed, 1)


class Block:
    """Draws of one setup: their weights, scores and ranks."""

    def __init__(
        self,
        setup: int,
        scored: Scored,
        ties: Ties,
        draws: int,
        source: Draws | None = None,
        room: Room | None = None,
    ) -> None:
        self.setup = setup
        """The position of the setup in the sweep."""
        self.weights: Weights = source.weights if isinstance(source, Weighed) else {}
        """By the id of a pillar, draws x children; pillars that do not vary are left out."""
        self.draws = draws
        self._scored = scored
        self._ties = ties
        self._source = source
        self._room = room or Room()

    @cached_property
    def scores(self) -> Floats:
        """Draws x units that have a score."""
        return self._scored.scores[None, :] if self._source is None else self._source.scores()

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units that have a score."""
        return self._scored.units

    @cached_property
    def _sorted(self) -> tuple[Places, Places, Floats]:
        """The order of the units, the draws in which it is in doubt, and the ranks of those."""
        source = self._source
        if source is None:
            ranks = self._scored.ranks[None, :]
            return np.argsort(ranks, axis=1, kind="stable"), np.array([0]), ranks
        room, units = self._room, len(self.units)
        keys, spare = (room.array(name, self.draws, units) for name in ("keys", "spare"))
        source.scores(keys)
        order, close = ordered(keys, source.bounds(keys), source.largest, spare)
        tied = np.flatnonzero(close)
        exact = source.ranks(tied) if tied.size else np.empty((0, units))
        return order.view(np.int64), tied, exact

    @property
    def order(self) -> Places:
        """The positions of the units by rank (draws x units); those that tie in any order."""
        order, tied, ranks = self._sorted
        if tied.size:
            order[tied] = np.argsort(ranks, axis=1, kind="stable")
        return order

    @cached_property
    def ranks(self) -> Floats:
        """The ranks, draws x units."""
        order, tied, exact = self._sorted
        draws, units = order.shape
        ranks = self._room.array("ranks", draws, units)
        ranks[np.arange(draws)[:, None], order] = np.arange(1.0, units + 1)
        ranks[tied] = exact
        return ranks

    def ranks_of(self, name: str, columns: Sequence[int]) -> Floats:
        """Return the ranks of some units (draws x columns), in memory kept by this name."""
        out = self._room.array(name, self.draws, len(columns))
        return np.take(self.ranks, columns, axis=1, out=out, mode="clip")

    def counts(self) -> Counts:
        """Return how often each unit (rows) has each place.

        Columns are the places 1, 2, 3, ...; or 1, 1.5, 2, 2.5, ... where ties share their mean.
        """
        n = len(self.units)
        total = np.zeros((n, 2 * n - 1 if self.halves else n), dtype=np.int64)
        self.places().add_to(total)
        return total

    def places(self) -> Taken:
        """Return which unit takes which place, counted or, where counts would be many, listed."""
        order, tied, exact = self._sorted
        n = order.shape[1]
        step = 2 if self.halves else 1
        columns = step * (n - 1) + 1
        listed: Places = np.empty(0, dtype=np.int64)
        if tied.size:
            listed = (step * (exact - 1)).astype(np.int64) + np.arange(n) * columns
            order = np.delete(order, tied, axis=0)
        bits = max(n - 1, 1).bit_length()
        if n << bits > SPARSE * order.size:
            clear = order * columns + step * np.arange(n)
            return Taken(None, step, np.concatenate([clear.ravel(), listed.ravel()]))
        cells = self._room.array("spare", *order.shape).view(np.int64)
        np.bitwise_or(order, np.arange(n) << bits, out=cells)
        counts = np.bincount(cells.ravel(), minlength=n << bits).reshape(n, -1)[:, :n].T
        return Taken(counts, step, listed.ravel())

    @property
    def clear(self) -> bool:
        """Whether no two units come near to a tie in any of the draws."""
        return not self._sorted[1].size

    @property
    def halves(self) -> bool:
        """Whether units that tie share the mean of their places."""
        return self._ties == "average"


class _Piece(NamedTuple):
    """One block to be drawn."""

    setup: int
    number: int
    draws: int
    batch: Batch | MethodError | None


def sweep(
    design: Sweep, tally: Callable[[Block], T], *, threads: int | None = None
) -> Iterator[Outcome[T] | Failed]:
    """Yield what a tally makes of each block of draws, in the order of the blocks.

    Parameters
    ----------
    design
        What varies.
    tally
        Is called on each block, in any thread; the arrays of a block are overwritten afterwards.
    threads
        How many blocks are computed at once; as many as there are processors by default. The
        results do not depend on it: every block has a seed of its own.
    """
    work = _Work(design, tally)
    threads = max(threads or os.cpu_count() or 1, 1)
    pieces = work.pieces()
    if threads == 1:
        for piece in pieces:
            yield from work(piece)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[list[Outcome[T] | Failed]]] = deque(
            pool.submit(work, piece) for piece in islice(pieces, 2 * threads)
        )
        try:
            while waiting:
                yield from waiting.popleft().result()
                waiting.extend(pool.submit(work, piece) for piece in islice(pieces, 1))
        finally:
            for future in waiting:
                future.cancel()


class _Work(Generic[T]):
    """Computes blocks; each thread has its own arrays to write to."""

    def __init__(self, design: Sweep, tally: Callable[[Block], T]) -> None:
        self.design = design
        self.tally = tally
        self.scorer = Scorer()
        self.room = Room()

    def pieces(self) -> Iterator[_Piece]:
        """Yield the blocks to be drawn; setups are made ready on the way, one after the other."""
        design = self.design
        share, more = divmod(design.total, len(design.setups))
        number = 0
        for position in range(len(design.setups)):
            left = share + (position < more)
            batch = self._batch(position) if left else None
            longest = self._longest(position, batch)
            while left > 0:
                draws = min(left, longest)
                yield _Piece(position, number, draws, batch)
                number += 1
                left -= draws

    def _batch(self, position: int) -> Batch | MethodError | None:
        """Return a setup made ready, if its weights vary and its figures do not."""
        if self.design.sampling is None or self.design.disturbance is not None:
            return None
        try:
            return Batch(self.design.setups[position], self.scorer)
        except MethodError as error:
            return error

    def _as_it_is(self, position: int) -> bool:
        """Say whether the drawn figures of a setup are its scores."""
        design = self.design
        alone = design.disturbance is not None and design.sampling is None
        return alone and as_it_is(design.setups[position])

    def _longest(self, position: int, batch: Batch | MethodError | None) -> int:
        """Return how many draws a block may have."""
        if isinstance(batch, MethodError):
            return self.design.total
        if batch is None:
            if self.design.sampling is not None:
                return SHARED
            return LONGEST if self._as_it_is(position) else 1
        fast = FAST // max(batch.rows.size, 1)
        return int(np.clip(min(ROOM // batch.width, fast), 16, LONGEST))

    def __call__(self, piece: _Piece) -> list[Outcome[T] | Failed]:
        """Return the outcome of a block, or of its draws one by one if some of them fail."""
        generator = default_rng(SeedSequence(self.design.seed, spawn_key=(piece.number,)))
        setup = self.design.setups[piece.setup]
        try:
            if isinstance(piece.batch, MethodError):
                raise piece.batch
            batch = piece.batch
            if self.design.disturbance is not None:
                if self._as_it_is(piece.setup):
                    return [self._outcome(self._shaken(piece, generator))]
                figures = self.design.disturbance(setup.figures, generator)
                setup = Setup(figures, setup.framework, setup.methodology)
            if self.design.sampling is None:
                return [self._outcome(self._single(piece.setup, setup))]
            batch = batch or Batch(setup)
        except MethodError as error:
            return [Failed(piece.setup, piece.draws, _reason(error))]
        weights = self._weights(batch, generator, piece.draws)
        try:
            return [self._outcome(self._block(piece.setup, batch, weights))]
        except MethodError:
            return self._apart(piece.setup, batch, weights, piece.draws)

    def _apart(
        self, setup: int, batch: Batch, weights: Weights, draws: int
    ) -> list[Outcome[T] | Failed]:
        out: list[Outcome[T] | Failed] = []
        for draw in range(draws):
            one = {name: drawn[draw : draw + 1] for name, drawn in weights.items()}
            try:
                out.append(self._outcome(self._block(setup, batch, one)))
            except MethodError as error:
                out.append(Failed(setup, 1, _reason(error)))
        return out

    def _outcome(self, block: Block) -> Outcome[T]:
        return Outcome(block.setup, block.draws, self.tally(block))

    def _single(self, position: int, setup: Setup) -> Block:
        if self.design.disturbance is not None:
            scored = Scored.of(Scorer()(setup))
        elif self.design.known:
            scored = self.design.known[position]
        else:
            scored = Scored.of(self.scorer(setup))
        return Block(position, scored, setup.methodology.ties, 1)

    def _shaken(self, piece: _Piece, generator: Generator) -> Block:
        setup, disturbance = self.design.setups[piece.setup], self.design.disturbance
        assert disturbance is not None  # noqa: S101
        column = setup.figures.positions([setup.framework.indicators()[0].id])[0]
        drawn = [
            disturbance(setup.figures, generator).values[:, column] for _ in range(piece.draws)
        ]
        ties, units = setup.methodology.ties, tuple(unit.id for unit in setup.figures.units)
        source = Shaken(np.stack(drawn), ties)
        return Block(piece.setup, Scored(units), ties, piece.draws, source, self.room)

    def _block(self, position: int, batch: Batch, weights: Weights) -> Block:
        draws = next(iter(weights.values())).shape[0]
        ties, source = batch.methodology.ties, Weighed(batch, weights)
        return Block(position, batch.nominal, ties, draws, source, self.room)

    def _weights(self, batch: Batch, generator: Generator, draws: int) -> Weights:
        sampling = self.design.sampling
        assert sampling is not None  # noqa: S101
        wanted = self.design.pillars
        weights = {
            name: sampling(generator, own, draws)
            for name, own in batch.weights.items()
            if (wanted is None or name in wanted) and np.count_nonzero(own) > 1
        }
        return weights or {"": np.tile(batch.weights[""], (draws, 1))}


def _reason(error: MethodError) -> str:
    return str(Problem(error.what, error.place))
