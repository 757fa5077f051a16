"""Do confidence sets for ranks hold the true ranks as often as they say?

    python tests/benchmarks/confidence.py [--quick]

Truth is fixed, estimates are drawn around it again and again, and it is counted how often the sets
hold the true rank: of each unit alone (on average, and of the unit for which that is rarest), and
of all at once. A rank is one plus the number of units that are truly better.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from softpower.analysis.shared.confidence import Apart, rank_sets, told_apart
from softpower.analysis.shared.multinomial import told_apart_exactly
from softpower.analysis.shared.propagation import Estimates, estimates
from softpower.engine.loading import load
from softpower.index.reading.frame import index_from

LEVEL, DRAWS = 95.0, 1_000
PISA = Path(__file__).parents[1] / "analysis" / "shared" / "data" / "pisa.csv"

Draw = Callable[[np.random.Generator], Apart]


class Case(NamedTuple):
    """A truth, and how sets are found from one drawing of estimates of it."""

    name: str
    truth: np.ndarray
    draw: Draw


def normal(name: str, truth: np.ndarray, covariance: np.ndarray) -> Case:
    """Return a case in which scores are normal around the truth, with a known covariance."""
    rows = tuple(range(truth.size))

    def draw(generator: np.random.Generator) -> Apart:
        scores = generator.multivariate_normal(truth, covariance, method="eigh")
        known = Estimates(None, rows, scores, covariance)  # type: ignore[arg-type]
        return told_apart(known, LEVEL, DRAWS, int(generator.integers(2**31)))

    return Case(name, truth, draw)


def shares(respondents: int, truth: np.ndarray) -> Case:
    """Return a case in which respondents choose by their true shares."""
    name = f"shares {', '.join(f'{100 * p:.0f}' for p in truth)} % of {respondents}"

    def draw(generator: np.random.Generator) -> Apart:
        counts = generator.multinomial(respondents, truth / truth.sum()).astype(float)
        return told_apart_exactly(counts, LEVEL)

    return Case(name, truth, draw)


def piped(normalise: str, error: float) -> Case:
    """Return a case in which the figures of an index have errors, and scores follow from them."""
    import pandas as pd

    figures = np.random.default_rng(11).normal(size=(10, 3)) + np.linspace(1, 0, 10)[:, None]
    rows = [
        {"unit": f"u{i}", "indicator": f"i{j}", "value": x, "standard_error": error}
        for (i, j), x in np.ndenumerate(figures)
    ]
    plain = {"coverage": {"country": 0, "pillar": 0}, "normalise": normalise}
    run = load(index_from(pd.DataFrame(rows), id="imaginary", units="other", methodology=plain))
    assert run.setup is not None
    setup = run.setup

    def draw(generator: np.random.Generator) -> Apart:
        values = figures + error * generator.standard_normal(figures.shape)
        seen = replace(setup, figures=replace(setup.figures, values=values))
        known = estimates(replace(run, setup=seen), draws=300, seed=int(generator.integers(2**31)))
        return told_apart(known, LEVEL, DRAWS, int(generator.integers(2**31)))

    return Case(f"index, {normalise}, errors of {error:g} sd", run.score().scores, draw)


def cases() -> Iterator[tuple[Case, int]]:
    """Yield the cases, and how many times fewer drawings each has."""
    with PISA.open(encoding="utf-8") as file:
        pisa = list(csv.DictReader(file))
    scores, errors = (np.array([float(row[key]) for row in pisa]) for key in ("score", "error"))
    even, one = np.arange(10.0), np.eye(10)
    yield normal("10 scores, one error apart", even, one), 1
    yield normal("10 scores, a tenth of one apart", even / 10, one), 1
    yield normal("10 scores, all the same", 0 * even, one), 1
    yield normal("10 scores, errors from 0.2 to 3", even, np.diag(np.linspace(0.2, 3, 10)) ** 2), 1
    yield normal("10 scores that share half of their variance", even, one / 2 + 0.5), 1
    yield normal("PISA 2018, mathematics (37)", scores, np.diag(errors) ** 2), 4
    some = np.array([0.4, 0.25, 0.2, 0.1, 0.05])
    for respondents in (30, 200, 1_000):
        yield shares(respondents, some), 1
    yield shares(200, np.full(5, 0.2)), 1
    for normalise in ("none", "zscore", "minmax"):
        yield piped(normalise, 0.2), 4


def coverage(case: Case, times: int) -> tuple[float, float, float]:
    """Return how often the own set of a unit holds, on average and at least, and that of all."""
    ranks = 1 + (case.truth > case.truth[:, None]).sum(axis=1)
    generator = np.random.default_rng(1)
    own, together = np.zeros(ranks.size), 0
    for _ in range(times):
        apart = case.draw(generator)
        alone, every = (rank_sets(signs) for signs in (apart.marginal, apart.simultaneous))
        own += (alone[0] <= ranks) & (ranks <= alone[1])
        together += bool(((every[0] <= ranks) & (ranks <= every[1])).all())
    return float(own.mean() / times), float(own.min() / times), together / times


def main() -> None:
    """Print how often sets hold what they say, case by case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few drawings, to see that it works")
    times = 40 if parser.parse_args().quick else 2_000
    print(f"How often sets of {LEVEL:g} % hold the true rank, in percent ({times:,} drawings)\n")
    print(f"  {'':<46}{'one':>8}{'rarest':>8}{'all':>8}")
    for case, fewer in cases():
        found = coverage(case, max(times // fewer, 20))
        print(f"  {case.name:<46}{''.join(f'{100 * share:8.1f}' for share in found)}")


if __name__ == "__main__":
    main()
