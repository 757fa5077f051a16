"""Many draws in blocks: the same results for the same seed, however many threads share the work."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Iterator,
    Sequence,
)
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import count, islice
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.random import Generator as Randomness
from numpy.random import SeedSequence, default_rng

from softpower.engine.ranking import RankVector
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.draws import FigureDraws, WeightDraws, as_it_is
from softpower.engine.sampling.parts import Weights
from softpower.engine.sampling.tables import Tables
from softpower.engine.sampling.workspace import Workspace
from softpower.engine.score import score_setup
from softpower.errors import MethodError, Problem
from softpower.index.patch import Setup
from softpower.methods.aggregate.base import RefusedDrawsError
from softpower.methods.model import Floats
from softpower.methods.sample import WeightSampling

T = TypeVar("T")


LONGEST = 1024
"""Most draws in a block."""
FAST = 200_000
"""Most scores in a block, so that they stay in the fast memory of a core."""
MAX_QUEUED = 2
"""So many blocks lie ready for every other thread."""
MAX_AHEAD = 4
"""At most so many blocks for every thread are worked out before their turn."""
MAX_PER_TURN = 256
"""So many setups are dealt blocks in turn."""
HOPELESS = 1_000
"""So many draws that fail are enough to stop, if none of any setup leads to a ranking."""
ROOM = 8_000_000
"""Most numbers that a block holds at once."""


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


class _Piece(NamedTuple):
    """One block to be drawn."""

    setup: int
    number: int
    draws: int
    batch: Batch | Tables | MethodError | None
    parts: tuple[_Piece, ...] = ()
    """The pieces that this is made of, each with one draw of the figures, if weights vary too."""


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
        How many blocks are computed at once: as many as there are processors, unless fewer are
        asked for, and one where most of the work is not done inside numpy. The results do not
        depend on it: every block has a seed of its own.

    Raises
    ------
    MethodError
        If the first draws of all setups fail.
    """
    yield from _hopeful(_outcomes(design, tally, threads), len(design.setups))


def _hopeful(
    outcomes: Generator[Outcome[T] | Failed], setups: int
) -> Iterator[Outcome[T] | Failed]:
    """Hand outcomes on, and stop where no setup leads to any."""
    failed, tried = 0, set[int]()
    with closing(outcomes):
        for outcome in outcomes:
            yield outcome
            if not isinstance(outcome, Failed):
                yield from outcomes
                return
            failed += outcome.draws
            tried.add(outcome.setup)
            if failed >= HOPELESS and len(tried) == setups:
                raise MethodError(f"Each of the first {failed:,} draws fails. {outcome.reason}")


def _outcomes(
    design: Sweep, tally: Callable[[Block], T], threads: int | None
) -> Generator[Outcome[T] | Failed]:
    work = _Work(design, tally)
    threads = workers(threads) if work.in_arrays() else 1
    pieces = work.pieces()
    if threads == 1:
        for piece in pieces:
            yield from work(piece)
        return
    yield from _together(work, pieces, threads)


def workers(threads: int | None) -> int:
    """Return how many threads share work: no more than there are processors.

    Further ones would only take memory, each about ten megabytes.
    """
    processors = os.cpu_count() or 1
    return min(threads or processors, processors)


def _together(
    work: Callable[[_Piece], list[T]], pieces: Iterator[_Piece], threads: int
) -> Iterator[T]:
    """Yield what blocks lead to, in their order, worked out by this thread and others.

    This thread takes a block whenever it would have to wait: to sleep and be woken for every block
    costs a good part of what the others bring.
    """
    most = MAX_AHEAD * threads
    waiting: deque[Future[list[T]]] = deque()
    with ThreadPoolExecutor(threads - 1) as pool:
        try:
            while True:
                left = MAX_QUEUED * (threads - 1) - sum(not future.done() for future in waiting)
                more = max(min(left, most - len(waiting)), 0)
                waiting.extend(pool.submit(work, piece) for piece in islice(pieces, more))
                ready = bool(waiting) and (waiting[0].done() or len(waiting) >= most)
                piece = None if ready else next(pieces, None)
                if piece is not None:
                    own: Future[list[T]] = Future()
                    own.set_result(work(piece))
                    waiting.append(own)
                elif waiting:
                    yield from waiting.popleft().result()
                else:
                    return
        finally:
            for future in waiting:
                future.cancel()


class _Work(Generic[T]):
    """Computes blocks; each thread has its own arrays to write to."""

    def __init__(self, design: Sweep, tally: Callable[[Block], T]) -> None:
        self.design = design
        self.tally = tally
        self.shares = design.shares()
        self.workspace = Workspace()
        alone = design.figure_sampling is not None and design.sampling is None
        self.as_they_are = [alone and as_it_is(setup) for setup in design.setups]
        """For each setup, whether the drawn figures are its scores."""

    def in_arrays(self) -> bool:
        """Say whether most of the work is done inside numpy; threads only slow down the rest."""
        if self.design.figure_sampling is None:
            return self.design.sampling is not None
        return all(self.as_they_are)

    def pieces(self) -> Iterator[_Piece]:
        """Yield the blocks to be drawn, one for many draws of figures that share weights."""
        waiting: dict[int, list[_Piece]] = {}
        for piece in self._dealt():
            if self.design.sampling is None or not isinstance(piece.batch, Tables):
                yield piece
                continue
            group = waiting.setdefault(piece.setup, [])
            group.append(piece)
            if (len(group) + 1) * self.design.few > piece.batch.longest:
                yield _joined(waiting.pop(piece.setup))
        yield from map(_joined, waiting.values())

    def _dealt(self) -> Iterator[_Piece]:
        """Yield the blocks to be drawn; setups are made ready on the way, one after the other."""
        number = count()
        for first in range(0, len(self.design.setups), MAX_PER_TURN):
            some = range(first, min(first + MAX_PER_TURN, len(self.design.setups)))
            hands = deque(self._round_robin(position) for position in some)
            while hands:
                hand = hands.popleft()
                piece = next(hand, None)
                if piece is not None:
                    yield piece._replace(number=next(number))
                    if self.design.sampling is None and isinstance(piece.batch, Tables):
                        # each draw has a number of its own
                        deque(islice(number, piece.draws - 1), maxlen=0)
                    hands.append(hand)

    def _round_robin(self, position: int) -> Iterator[_Piece]:
        """Yield the blocks of one setup, which is made ready for the first of them."""
        left = self.shares[position]
        batch = self._batch(position) if left else None
        longest = self._longest(position, batch)
        while left > 0:
            draws = min(left, longest)
            yield _Piece(position, 0, draws, batch)
            left -= draws

    def _batch(self, position: int) -> Batch | Tables | MethodError | None:
        """Return a setup made ready, if it can be before its figures are drawn."""
        if self.design.sampling is None or self.design.figure_sampling is not None:
            return self._tables(position)
        try:
            made = self.design.ready.get(position)
            return made or Batch(self.design.setups[position], self.design.cache)
        except MethodError as error:
            return error

    def _tables(self, position: int) -> Tables | None:
        """Return a setup made ready for draws of its figures, if that can be."""
        setup = self.design.setups[position]
        if self.design.figure_sampling is None or self.as_they_are[position]:
            return None
        try:
            ranking = score_setup(setup, self.design.cache)
        except MethodError:
            return None
        return Tables(setup, ranking) if Tables.fits(setup, ranking) else None

    def _longest(self, position: int, batch: Batch | Tables | MethodError | None) -> int:
        """Return how many draws a block may have."""
        if isinstance(batch, MethodError):
            return self.design.total
        if self.design.sampling is not None and self.design.figure_sampling is not None:
            return self.design.shared
        if isinstance(batch, Tables):
            return batch.longest
        if batch is None:
            return LONGEST if self.as_they_are[position] else 1
        fast = FAST // max(batch.rows.size, 1)
        return int(np.clip(min(ROOM // batch.width, fast), 16, LONGEST))

    def __call__(self, piece: _Piece) -> list[Outcome[T] | Failed]:
        """Return the outcome of a block, or of its draws one by one if some of them fail."""
        if isinstance(piece.batch, Tables):
            drawn = self._drawn_both if piece.parts else self._drawn_tables
            return drawn(piece, piece.batch)
        generator = self._generator(piece.number)
        setup = self.design.setups[piece.setup]
        try:
            if isinstance(piece.batch, MethodError):
                raise piece.batch
            batch = piece.batch
            if self.design.figure_sampling is not None:
                if self.as_they_are[piece.setup]:
                    return [self._outcome(self._perturbed(piece, generator))]
                figures = self.design.figure_sampling(setup.figures, generator)
                setup = Setup(figures, setup.framework, setup.methodology)
            if self.design.sampling is None:
                return [self._outcome(self._single(piece.setup, setup))]
            batch = batch or Batch(setup)
        except MethodError as error:
            return [Failed(piece.setup, piece.draws, _reason(error))]
        weights = self._weights(batch, generator, piece)
        return self._tried(piece.setup, batch, weights)

    def _generator(self, number: int) -> Randomness:
        return default_rng(SeedSequence(self.design.seed, spawn_key=(number,)))

    def _drawn_tables(self, piece: _Piece, tables: Tables) -> list[Outcome[T] | Failed]:
        """Return the outcome of draws of figures, or of each if one of them is unlike others."""
        numbers = range(piece.number, piece.number + piece.draws)
        setup = tables.setup
        try:
            source = tables.draws(self._drawn(setup, numbers))
        except MethodError:
            return [self._by_itself(piece.setup, setup, number) for number in numbers]
        ties = setup.methodology.ties
        block = Block(piece.setup, tables.nominal, ties, piece.draws, source, self.workspace)
        return [self._outcome(block)]

    def _drawn_both(self, piece: _Piece, tables: Tables) -> list[Outcome[T] | Failed]:
        """Return the outcome of draws of figures with their weights, or of each figures' alone."""
        sampling, parts = self.design.figure_sampling, piece.parts
        assert sampling is not None  # noqa: S101
        generators = [self._generator(part.number) for part in parts]
        try:
            y = tables.prepared(sampling.many(tables.setup.figures, generators))
            drawn = [
                self._weights(tables.batch, generator, part)
                for generator, part in zip(generators, parts, strict=True)
            ]
            if self.design.alone:
                return self._added_alone(piece, tables, y, drawn)
            at = np.repeat(np.arange(len(parts)), [part.draws for part in parts])
            weights = {name: np.concatenate([each[name] for each in drawn]) for name in drawn[0]}
            y = [values if len(values) == 1 else values[at] for values in y]
            source = tables.added(y, at.size, weights)
        except MethodError:
            alone = [part._replace(batch=None) for part in parts]
            return [outcome for part in alone for outcome in self(part)]
        ties = tables.methodology.ties
        block = Block(piece.setup, tables.nominal, ties, at.size, source, self.workspace)
        return [self._outcome(block)]

    def _added_alone(
        self, piece: _Piece, tables: Tables, y: Sequence[Floats], drawn: Sequence[Weights]
    ) -> list[Outcome[T] | Failed]:
        """Return the outcomes of draws of figures, each of which has many draws of weights."""
        out: list[Outcome[T] | Failed] = []
        for draw, weights in enumerate(drawn):
            own = np.column_stack([values[0 if len(values) == 1 else draw] for values in y])
            out += self._tried(piece.setup, tables.batch.of(own), weights)
        return out

    def _drawn(self, setup: Setup, numbers: Iterable[int]) -> Floats:
        """Return the draws of the figures of these numbers (indicators x draws x units)."""
        sampling = self.design.figure_sampling
        assert sampling is not None  # noqa: S101
        return sampling.many(setup.figures, [self._generator(number) for number in numbers])

    def _drawn_setup(self, setup: Setup, number: int) -> Setup:
        """Return a setup with the draw of its figures that has this number."""
        sampling = self.design.figure_sampling
        assert sampling is not None  # noqa: S101
        figures = sampling(setup.figures, self._generator(number))
        return Setup(figures, setup.framework, setup.methodology)

    def _by_itself(self, position: int, setup: Setup, number: int) -> Outcome[T] | Failed:
        try:
            return self._outcome(self._single(position, self._drawn_setup(setup, number)))
        except MethodError as error:
            return Failed(position, 1, _reason(error))

    def _tried(self, setup: int, batch: Batch, weights: Weights) -> list[Outcome[T] | Failed]:
        """Return the outcome of draws; where some are refused, of the others without them."""
        try:
            return [self._outcome(self._block(setup, batch, weights))]
        except MethodError as error:
            draws = next(iter(weights.values())).shape[0]
            if draws == 1:
                return [Failed(setup, 1, _reason(error))]
            if isinstance(error, RefusedDrawsError) and error.draws == draws:
                failed = [Failed(setup, 1, _reason(each)) for each in error.errors.values()]
                rest = [np.delete(np.arange(draws), list(error.errors))]
            else:
                failed, rest = [], list(np.arange(draws)[:, None])
        out: list[Outcome[T] | Failed] = [*failed]
        for some in rest:
            if some.size:
                part = {name: drawn[some] for name, drawn in weights.items()}
                out += self._tried(setup, batch, part)
        return out

    def _outcome(self, block: Block) -> Outcome[T]:
        return Outcome(block.setup, block.draws, self.tally(block))

    def _single(self, position: int, setup: Setup) -> Block:
        if self.design.figure_sampling is not None:
            scored = RankVector.of(score_setup(setup))
        elif self.design.known:
            scored = self.design.known[position]
        else:
            scored = RankVector.of(score_setup(setup, self.design.cache))
        return Block(position, scored, setup.methodology.ties, 1)

    def _perturbed(self, piece: _Piece, generator: Randomness) -> Block:
        setup, figure_sampling = self.design.setups[piece.setup], self.design.figure_sampling
        assert figure_sampling is not None  # noqa: S101
        column = setup.figures.positions([setup.framework.indicators()[0].id])[0]
        drawn = figure_sampling.many(setup.figures, [generator] * piece.draws)[column]
        ties, units = setup.methodology.ties, tuple(unit.id for unit in setup.figures.units)
        sense = setup.methodology.sense
        source = FigureDraws(drawn, ties, sense)
        scored = RankVector(units, sense=sense)
        return Block(piece.setup, scored, ties, piece.draws, source, self.workspace)

    def _block(self, position: int, batch: Batch, weights: Weights) -> Block:
        draws = next(iter(weights.values())).shape[0]
        ties, source = batch.methodology.ties, WeightDraws(batch, weights)
        return Block(position, batch.nominal, ties, draws, source, self.workspace)

    def _weights(self, batch: Batch, generator: Randomness, piece: _Piece) -> Weights:
        sampling = self.design.sampling
        assert sampling is not None  # noqa: S101
        wanted = self.design.pillars[piece.setup] if self.design.pillars else None
        return drawn_weights(batch, sampling, generator, piece.draws, wanted)


def _joined(parts: Sequence[_Piece]) -> _Piece:
    """Return pieces of one setup as one."""
    return parts[0]._replace(draws=sum(part.draws for part in parts), parts=tuple(parts))


def drawn_weights(
    batch: Batch,
    sampling: WeightSampling,
    generator: Randomness,
    draws: int,
    pillars: Collection[str] | None = None,
) -> Weights:
    """Return drawn weights for a batch, by pillar; those of ``pillars`` only, if these are named.

    Where there is nothing to draw, the batch's own weights of the index are repeated.
    """
    weights = {
        name: sampling.among(batch.children[name], own)(generator, own, draws)
        for name, own in batch.weights.items()
        if (pillars is None or name in pillars) and np.count_nonzero(own) > 1
    }
    return weights or batch.repeated(draws)


def _reason(error: MethodError) -> str:
    return str(Problem(error.what, error.location))
