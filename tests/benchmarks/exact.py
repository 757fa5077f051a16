"""How long does a proof take, beside draws for the same question?

    python tests/benchmarks/exact.py [INDEX] [--quick]

The ranks within reach of every country, within 25 % of the weights of the pillars and under any of
them, beside the extremes of 100,000 and 10,000,000 draws; all pairs, one country where figures are
missing, the cheapest figures that gain it six ranks, and the weights behind a published ranking.
Run it on a machine that does nothing else. `--quick` leaves out all but the first and the small
questions.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import softpower
from softpower.analysis.shared.admissible import Admissible
from softpower.answer import Answer
from softpower.engine.exact.extremes import extreme_rank
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.sweep import sweep
from softpower.methods.sample import Simplex
from softpower.methods.space import WeightSpace

SECONDS = 60.0


def proven(form: WeightForm) -> np.ndarray:
    """Return the best and the worst rank of every unit (units x 2)."""
    return np.array(
        [
            [extreme_rank(form, unit, end, SECONDS).rank for end in ("best", "worst")]
            for unit in range(len(form.units))
        ]
    )


def drawn(run: Run, space: WeightSpace, draws: int) -> np.ndarray:
    """Return the best and the worst rank of every unit among some draws (units x 2)."""
    assert run.setup is not None
    how = space if space.statements() else Simplex()
    counts = None
    for outcome in sweep(Sweep((run.setup,), how, (("",),), draws=draws), lambda b: b.counts()):
        counts = outcome.value if counts is None else counts + outcome.value
    assert counts is not None
    taken = counts > 0
    last = taken.shape[1] - taken[:, ::-1].argmax(axis=1)
    return np.column_stack([taken.argmax(axis=1) + 1, last])


def small_questions(index: str) -> None:
    """Print how long single questions take, as the library answers them."""
    questions: dict[str, Callable[[], Answer]] = {
        "all pairs, within 50 %": lambda: softpower.reach(index, pairs=True, within=50),
        "one country, figures missing": lambda: softpower.reach(index, "China", levels="culture"),
        "cheapest figures": lambda: softpower.flip(index, "Portugal", rank=20, figures=True),
        "weights behind a ranking": lambda: softpower.infer("elcano-2021"),
        "weights behind a headline": lambda: softpower.infer("sea-survey-2020"),
    }
    for name, question in questions.items():
        start = time.perf_counter()
        question()
        print(f"{name:<30} {time.perf_counter() - start:8.1f} s")


def main() -> None:
    """Print seconds, and how many ends draws miss."""
    parser = argparse.ArgumentParser()
    parser.add_argument("index", nargs="?", default="open-soft-power")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    run = softpower.load(asked.index)
    small_questions(asked.index)
    spaces = [WeightSpace.parse(["25%"]), WeightSpace.stated()]
    for space in spaces[: 1 if asked.quick else 2]:
        form = Admissible(space).form(run)
        start = time.perf_counter()
        exact = proven(form)
        taken = time.perf_counter() - start
        print(f"{asked.index}, {len(form.ids)} weights ({space.written()}), {len(exact)} units")
        print(f"  proven                 {taken:8.1f} s")
        for draws in (10_000,) if asked.quick else (100_000, 10_000_000):
            start = time.perf_counter()
            found = drawn(run, space, draws)
            taken = time.perf_counter() - start
            missed = int(np.count_nonzero((found != exact).any(axis=1)))
            print(f"  {draws:>10,} draws       {taken:8.1f} s, {missed} intervals too narrow")


if __name__ == "__main__":
    main()
