"""How fast are many rankings? Ratios from one run, and the throughput of draws of weights.

    python tests/benchmarks/robustness.py [--quick]

Everything is measured in turn on the same machine; only ratios travel. Each table says whether
its times are those of the processor or by the clock, how many threads there were, and the load of
the machine. The comparison with other packages needs the extra ``bench``. Run it on a machine that
does nothing else.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from itertools import pairwise
from types import ModuleType
from unittest import mock

# One thread of linear algebra for each worker: set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import softpower
from softpower.analysis.robustness.tally import Tally
from softpower.engine.sampling import block as blocks
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.histogram import Histogram, RankCounts
from softpower.engine.sampling.kernel.loading import in_words
from softpower.engine.sampling.perturb import noise
from softpower.engine.sampling.sweep import LONGEST, drawn_weights, sweep
from softpower.engine.sampling.tables import Tables
from softpower.engine.score import score, score_setup
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit
from softpower.methods.sample import Bounds, Simplex, WeightSampling

COUNTRIES, INDICATORS = 193, 35
METHODS = (
    ("", ""),
    ("impute", "mean"),
    ("missing", "zero"),
    ("missing", "flat"),
    ("missing", "redistribute"),
    ("missing", "missing-if-any"),
    ("scale", "zscore"),
    ("scale", "rank"),
    ("round", 1),
    ("aggregate", "geometric"),
    ("aggregate", "minimum"),
    ("aggregate", "mean-min"),
    ("aggregate", "mazziotta-pareto"),
    ("aggregate", "median"),
    ("aggregate", "owa:most/arithmetic"),
    ("aggregate", "topsis/arithmetic"),
    ("aggregate", "vikor/arithmetic"),
    ("aggregate", "borda/arithmetic"),
    ("aggregate", "promethee/arithmetic"),
    ("aggregate", "promethee:linear:0:10/arithmetic"),
    ("aggregate", "copeland/arithmetic"),
    ("aggregate", "borda:gaps=pairs"),
)
"""Settings whose costs are compared, the index as it is first."""
FIGURES_DRAWN: tuple[tuple[str, dict[str, object], float | None], ...] = (
    ("open-soft-power", {}, 0.1),
    ("open-soft-power", {}, None),
    ("open-soft-power", {"treat": "none"}, 0.1),
    ("open-soft-power", {"normalise": "zscore"}, 0.1),
    ("open-soft-power", {"impute": "mean"}, 0.1),
    ("open-soft-power", {"aggregate": "geometric"}, 0.1),
    ("open-soft-power", {"aggregate": "mean-min"}, 0.1),
    ("hdi-2022", {}, 0.1),
    ("elcano-2021", {}, 0.1),
)
"""Indices whose figures are drawn: the settings, and the step of rounding; else errors count."""


def imaginary(countries: int, indicators: int) -> Setup:
    """Return a flat index of imaginary figures with one common factor, seeded."""
    generator = np.random.default_rng(1)
    common = generator.normal(size=(countries, 1))
    values = 0.7 * common + generator.normal(size=(countries, indicators))
    units = tuple(Unit(f"u{i}", f"Unit {i}") for i in range(countries))
    ids = tuple(f"i{j}" for j in range(indicators))
    blank = np.full(values.shape, "", dtype=object)
    root = Pillar("", "Imaginary", children=tuple(Indicator(name, name) for name in ids))
    figures = Figures(units, ids, values, blank, blank.copy())
    return Setup(figures, Framework("main", "Imaginary", root), Methodology())


def seconds(
    work: Callable[[], object], rounds: int = 5, clock: Callable[[], float] = time.process_time
) -> float:
    """Return the median time of some work, after one round that is not counted."""
    work()
    times = []
    for _ in range(rounds):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def table(title: str, clock: str = "processor time", threads: str = "one thread") -> None:
    """Print the title of a table, and how what is in it was measured."""
    print(f"{title}\n[{clock}, {threads}, load {os.getloadavg()[0]:.1f}]")


def linear_algebra() -> str:
    """Return the library of matrix products, and for which processor it works here."""
    built = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    name = f"{built['name']} {built['version']}"
    try:
        threadpoolctl: ModuleType = __import__("threadpoolctl")
    except ImportError:
        return name
    kinds = {each.get("architecture") for each in threadpoolctl.threadpool_info()} - {None}
    return f"{name} for {', '.join(sorted(kinds))}"


def exponent(sizes: tuple[float, float], times: tuple[float, float]) -> str:
    """Return the power of the size with which time grows from one row to the next."""
    return f"{math.log(times[1] / times[0]) / math.log(sizes[1] / sizes[0]):5.2f}"


def places(block: Block) -> RankCounts:
    """Return which unit has which rank in a block."""
    return block.places()


def counted(setup: Setup, draws: int, threads: int, ready: Batch | None = None) -> Histogram:
    """Return how often each unit has each rank over draws of weights from the whole simplex."""
    total = Histogram(len(setup.figures.units), halves=False)
    design = Sweep((setup,), Simplex(), draws=draws, ready={0: ready} if ready else {})
    for outcome in sweep(design, places, threads=threads):
        total.add(outcome.value, outcome.draws)
    return total


def all_of(setup: Setup) -> Callable[[Block], RankCounts]:
    """Return what counts all that the command shows: neighbours in the ranking and the top too."""
    ranking = score_setup(setup)
    tally = Tally(ranking, list(pairwise(ranking.order())), 10, central=False)
    return lambda block: tally(block).places


def against_a_loop(draws: int) -> None:
    """Compare a block of draws with one score after the other, on a real index."""
    run = softpower.load("open-soft-power")
    setup = run.setup
    loops = 20
    one = seconds(
        lambda: [score(setup.figures, setup.framework, setup.methodology) for _ in range(loops)], 3
    )
    design = Sweep((setup,), Bounds(), draws=draws)
    many = seconds(lambda: list(sweep(design, places, threads=1)), 3)
    ratio = (one / loops) / (many / draws)
    table("Against a loop over score (open-soft-power, figures missing)")
    print(f"  one score after the other  {1e3 * one / loops:10.2f} ms a ranking")
    print(f"  in blocks                  {1e3 * many / draws:10.4f} ms a ranking")
    print(f"  ratio                      {ratio:10,.0f}\n")


def drawn(design: Sweep, tally: Callable[[Block], RankCounts]) -> None:
    """Make all draws of a design."""
    for _ in sweep(design, tally, threads=1):
        pass


def by_method(draws: int) -> None:
    """Show what a draw of weights costs under each setting, and how many times the usual one."""
    table("By method: a draw of weights (open-soft-power, figures missing, all counted)")
    usual = None
    for name, value in METHODS:
        setup = softpower.load("open-soft-power", set={name: value} if name else {}).setup
        one_by_one = bool(Batch(setup).one_by_one)
        count = max(draws // (100 if one_by_one else 4), 200)
        design, tally = Sweep((setup,), Bounds(), draws=count), all_of(setup)
        took = seconds(partial(drawn, design, tally), 3) / count
        usual = usual or took
        how = "one by one" if one_by_one else ""
        label = f"{name}={value}" if name else "as it is"
        print(f"  {label:<28} {1e6 * took:10.2f} us {took / usual:8.1f} times  {how}")
    print()


def of_figures(draws: int) -> None:
    """Compare draws of figures prepared many at once with one score after the other."""
    table("Figures that vary: many draws at once, and one score after the other (ms a draw)")
    for name, settings, step in FIGURES_DRAWN:
        setup = softpower.load(name, set=settings).setup
        shake = noise(setup, {}, everywhere=step, errors=step is None)
        took = []
        for count, fits in ((draws, Tables.fits), (100, no)):
            with mock.patch.object(Tables, "fits", fits):
                design = Sweep((setup,), None, (), shake, count)
                took.append(seconds(partial(drawn, design, places), 3) / count)
        how = "--errors" if step is None else f"--rounding {step}"
        label = " ".join([name, how, *(f"{key}={value}" for key, value in settings.items())])
        print(
            f"  {label:<56}{1e3 * took[0]:6.2f} {1e3 * took[1]:6.2f} {took[1] / took[0]:4.0f} times"
        )
    print()


def no(*given: object) -> bool:
    """Say that nothing fits."""
    return not given


def against_others(draws: int) -> None:
    """Compare with the weighted sums of two packages for decisions, on the same matrix."""
    setup = imaginary(COUNTRIES, INDICATORS)
    ours = seconds(lambda: counted(setup, 50 * draws, 1)) / (50 * draws)
    x = setup.figures.values
    y = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    weights = np.random.default_rng(1).dirichlet(np.ones(INDICATORS), draws)
    table(f"Against other packages ({COUNTRIES} x {INDICATORS}, weighted sums)")
    print(f"  softpower         {1e6 * ours:10.2f} us a ranking")
    for name, ranked in (("pymcdm", _pymcdm), ("scikit-criteria", _skcriteria)):
        try:
            work = ranked(y, weights)
        except ImportError:
            print(f"  {name:<16}  not installed: pip install 'softpower[bench]'")
            continue
        theirs = seconds(work, 3) / draws
        ratio = f"{theirs / ours:,.0f} times as long"
        print(f"  {name:<16}  {1e6 * theirs:10.2f} us a ranking, {ratio}")
    print()


def _pymcdm(y: np.ndarray, weights: np.ndarray) -> Callable[[], object]:
    from pymcdm.helpers import rankdata
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    body, types = WSM(minmax_normalization), np.ones(y.shape[1])
    return lambda: [rankdata(body(y, w, types), reverse=True) for w in weights]


def _skcriteria(y: np.ndarray, weights: np.ndarray) -> Callable[[], object]:
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    model, types = WeightedSumModel(), [max] * y.shape[1]
    return lambda: [model.evaluate(skcriteria.mkdm(y, types, weights=w)).rank_ for w in weights]


def naive(setup: Setup, draws: int) -> np.ndarray:
    """Return the same counts as plain numpy gets them, everything in memory at once."""
    x = setup.figures.values
    y = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    weights = np.random.default_rng(1).dirichlet(np.ones(y.shape[1]), draws)
    order = np.argsort(-(weights @ y.T), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(len(y))[None, :], axis=1)
    return np.array([np.bincount(column, minlength=len(y)) for column in ranks.T])


def random_alone(setup: Setup, sampling: WeightSampling, draws: int) -> float:
    """Return the time that a draw of weights alone takes: what nothing that counts can beat."""
    batch, generator = Batch(setup), np.random.default_rng(1)
    blocks = max(draws // LONGEST, 1)

    def work() -> None:
        for _ in range(blocks):
            drawn_weights(batch, sampling, generator, LONGEST)

    return seconds(work) / (blocks * LONGEST)


def throughput(draws: int) -> None:
    """Show draws of weights with everything counted, against numpy and random numbers alone."""
    table("Throughput (everything counted that softpower robustness shows)")
    for name, setup, sampling in (
        (f"flat {COUNTRIES} x {INDICATORS}", imaginary(COUNTRIES, INDICATORS), Simplex()),
        ("open-soft-power", softpower.load("open-soft-power").setup, Bounds()),
    ):
        least = random_alone(setup, sampling, draws)
        print(f"  {name:<16}  random numbers alone   {1e6 * least:6.2f} us a draw")
        design, tally = Sweep((setup,), sampling, draws=draws), all_of(setup)
        for counter in ("as it is", "numpy"):
            patched = {} if counter == "as it is" else {"kernel": lambda: None}
            with mock.patch.multiple(blocks, **patched) if patched else nullcontext():
                took = seconds(partial(drawn, design, tally)) / draws
            print(f"  {'':<16}  {counter:<22} {1e6 * took:6.2f} us, {took / least:4.1f} times that")
    print()
    setup = imaginary(COUNTRIES, INDICATORS)
    plain = seconds(lambda: naive(setup, draws // 5), 1) / (draws // 5)
    table(
        f"Threads (flat {COUNTRIES} x {INDICATORS}, every rank counted)", "by the clock", "as said"
    )
    print(f"  plain numpy            {1e-6 / plain:6.2f} million draws a second, all in memory")
    for threads in (1, 2):
        work = partial(counted, setup, 5 * draws, threads)
        took = seconds(work, clock=time.perf_counter) / (5 * draws)
        name = f"{threads} thread{'s' if threads > 1 else ''}"
        print(f"  {name:<21}  {1e-6 / took:6.2f} million, {plain / took:4.1f} times plain numpy")
    print()


def memory(draws: list[int]) -> None:
    """Show the largest memory of a process for ever more draws, and for more units."""
    table("Memory (a process for each)", "peak", "two threads")
    for units, indicators, count in (
        *((COUNTRIES, INDICATORS, count) for count in draws),
        (5_000, 500, draws[0] // 1000),
        (20_000, 40, draws[0] // 1000),
    ):
        asked = map(str, (units, indicators, count))
        program = [sys.executable, __file__, "--peak", *asked]
        done = subprocess.run(program, capture_output=True, text=True, check=True)
        size = f"{units} x {indicators}"
        print(f"  {size:>11} {count:>12,} draws  {float(done.stdout):6.0f} MB")
    print()


def growth(draws: int) -> None:
    """Show how the cost of a draw grows with countries, indicators, both, and draws."""
    table("Growth: a draw, and the power of the size with which it grows")
    for label, sizes in (
        ("countries", [(n, INDICATORS) for n in (50, 193, 1000, 5000)]),
        ("indicators", [(COUNTRIES, n) for n in (10, 35, 100, 500)]),
        ("cells", [(COUNTRIES, INDICATORS), (5000, 35), (20_000, 40), (5000, 500)]),
    ):
        before: tuple[float, float] | None = None
        for countries, indicators in sizes:
            setup = imaginary(countries, indicators)
            count = max(draws * 50 // countries, draws // 50)
            took = seconds(partial(counted, setup, count, 1, Batch(setup)), 3) / count
            cells = float(countries * indicators)
            power = exponent((before[0], cells), (before[1], took)) if before else ""
            print(f"  {countries:>6} x {indicators:>3}  {1e6 * took:9.2f} us  {power} ({label})")
            if label != "cells" or before is None:  # by cells, each is held against the first
                before = cells, took
    setup = imaginary(COUNTRIES, INDICATORS)
    count, known = 1000, None
    while count <= 200 * draws:
        took = seconds(partial(counted, setup, count, 1), 1)
        power = exponent((count / 10, count), (known, took)) if known else ""
        print(f"  {count:>11,} draws  {took:9.3f} s   {power} (draws)")
        count, known = 10 * count, took
    print()


def main(arguments: list[str]) -> None:
    """Print all comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few draws, to see that it works")
    parser.add_argument("--peak", type=int, nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.peak:
        units, indicators, count = asked.peak
        counted(imaginary(units, indicators), count, 2)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    draws = 2_000 if asked.quick else 200_000
    print(f"softpower {softpower.__version__}, numpy {np.__version__}, {os.cpu_count()} processors")
    print(f"draws counted by: {in_words()}")
    print(f"matrix products: {linear_algebra()}\n")
    # A process starts with the peak of the one that started it, so memory comes first.
    memory([draws, 5 * draws] if asked.quick else [1_000_000, 10_000_000])
    against_a_loop(draws)
    by_method(draws // 10)
    of_figures(draws // 100)
    against_others(draws // 1000)
    throughput(draws)
    growth(draws // 4)


if __name__ == "__main__":
    main(sys.argv[1:])
