"""How fast is a large index read, checked, scored and shown, and how does that grow?

    python tests/benchmarks/reading.py [--quick]

Indices of imaginary units are written to a temporary folder, and each command on one of them is a
process of its own, of which processor time and the largest memory are told. What a command takes
for an index of ten units is taken off where the power is computed with which time grows. Everything
is measured in turn on the same machine, medians of some rounds; only ratios travel.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# One thread of linear algebra: set before numpy is imported, here or by a process from here.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

SIZES = [(5_000, 40), (20_000, 40), (5_000, 125), (5_000, 500)]
"""Units and indicators: the first two, and the last two, differ in one of them."""
QUESTIONS = (["check"], ["score"], ["robustness", "--draws", "20", "--threads", "1"])
FORMS = ("table", "csv", "json", "markdown", "latex", "xlsx", "html")
PILLARS = 10
SHORTEST = 0.05
"""Seconds; how anything shorter grows is lost in what starting a process takes."""


class Taken(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def write(folder: Path, units: int, indicators: int, layout: str) -> None:
    """Write an index of imaginary figures with one common factor, of which one in 20 is missing."""
    import numpy as np

    generator = np.random.default_rng(1)
    common = generator.normal(size=(units, 1))
    values = 50 + 10 * (0.7 * common + generator.normal(size=(units, indicators)))
    missing = generator.random(values.shape) < 1 / 20
    ids = [f"i{j}" for j in range(indicators)]
    folder.mkdir()
    with (folder / "figures.csv").open("w", encoding="utf-8") as file:
        file.write(f"unit,{','.join(ids)}\n" if layout == "wide" else "unit,indicator,value\n")
        for i, (row, gaps) in enumerate(zip(values.tolist(), missing.tolist(), strict=True)):
            cells = ["" if gap else f"{x:.1f}" for x, gap in zip(row, gaps, strict=True)]
            if layout == "wide":
                file.write(f"u{i},{','.join(cells)}\n")
            else:
                named = zip(ids, cells, strict=True)
                file.writelines(f"u{i},{name},{cell}\n" for name, cell in named if cell)
    rows = [f"{name},p{j % PILLARS},higher,Nobody" for j, name in enumerate(ids)]
    listed = "\n".join(["id,pillar,direction,source", *rows])
    (folder / "indicators.csv").write_text(listed, encoding="utf-8")
    pillars = [f'[pillars.p{k}]\ntitle = "Pillar {k}"' for k in range(min(PILLARS, indicators))]
    declared = "\n".join([f'id = "{folder.name}"', 'units = "other"', *pillars])
    (folder / "index.toml").write_text(declared, encoding="utf-8")


def read(folder: Path, *, one_by_one: bool) -> None:
    """Read an index, at once or row by row, and print what that took beside the imports."""
    from softpower.index.reading import tables
    from softpower.index.reading.folder import inspect

    if one_by_one:
        tables.plain_columns = lambda *_, **__: None
    start = time.process_time()
    index, _ = inspect(folder)
    took = time.process_time() - start
    assert index is not None
    print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def process(words: Sequence[str], rounds: int) -> Taken:
    """Return what a process takes, whatever it prints."""
    taken = []
    for _ in range(rounds):
        nowhere = subprocess.DEVNULL
        started = subprocess.Popen([sys.executable, *words], stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(started.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            raise RuntimeError(f"{' '.join(words)} failed")
        taken.append(Taken(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
    return Taken(*map(statistics.median, zip(*taken, strict=True)))


def itself(*words: str | Path) -> list[str]:
    """Return the words that start this program."""
    return [__file__, *map(str, words)]


def written(parent: Path, units: int, indicators: int, layout: str = "wide") -> Path:
    """Return the folder of an index of this size, which another process writes."""
    folder = parent / f"{layout}-{units}-{indicators}"
    if not folder.exists():
        # A process starts with the peak of the one that started it, so this one stays small.
        command = itself("--write", folder, str(units), str(indicators), layout)
        subprocess.run([sys.executable, *command], check=True)
    return folder


def table(title: str, threads: str = "one thread") -> None:
    """Print the title of a table, and how what is in it was measured."""
    print(f"{title}\n[processor time, {threads}, load {os.getloadavg()[0]:.1f}]")


def exponent(sizes: tuple[float, float], times: tuple[float, float]) -> str:
    """Return the power of the size with which time grows, if it can be told."""
    if min(times) < SHORTEST:
        return "cannot be told"
    return f"{math.log(times[1] / times[0]) / math.log(sizes[1] / sizes[0]):.2f}"


def reading(parent: Path, sizes: Sequence[tuple[int, int]], rounds: int) -> None:
    """Compare reading at once with reading row by row."""
    table("Reading: all rows at once where nothing is odd, against one after the other")
    for units, indicators in sizes:
        for layout in ("wide", "long") if units * indicators <= 10**6 else ("wide",):
            folder = written(parent, units, indicators, layout)
            both = []
            for how in ([], ["--one-by-one"]):
                words = [sys.executable, *itself("--read", folder), *how]
                done = [subprocess.check_output(words).split() for _ in range(rounds)]
                numbers = zip(*(map(float, said) for said in done), strict=True)
                both.append(Taken(*map(statistics.median, numbers)))
            fast, slow = both
            size = (folder / "figures.csv").stat().st_size / 2**20
            print(
                f"  {units:>6,} x {indicators:>3} {layout}  {size:3.0f} MB"
                f"   at once {fast.seconds:5.2f} s {fast.megabytes:4.0f} MB"
                f"   row by row {slow.seconds:5.2f} s {slow.megabytes:4.0f} MB"
                f"   {slow.seconds / fast.seconds:4.1f} times as long"
            )
    print()


def growth(parent: Path, sizes: Sequence[tuple[int, int]], rounds: int) -> None:
    """Show what questions take on ever larger indices."""
    small = written(parent, 10, PILLARS)
    for question in QUESTIONS:
        table(f"Growth: softpower {' '.join(question)}")
        least = process(["-m", "softpower", question[0], str(small), *question[1:]], rounds)
        before: tuple[int, float] | None = None
        for at, (units, indicators) in enumerate(sizes):
            folder = written(parent, units, indicators)
            took = process(["-m", "softpower", question[0], str(folder), *question[1:]], rounds)
            cells, more = units * indicators, took.seconds - least.seconds
            power = ""
            if at % 2 and before is not None:
                power = f"  power of the cells {exponent((before[0], cells), (before[1], more))}"
            print(
                f"  {units:>6,} x {indicators:>3}  {took.seconds:6.2f} s"
                f"  {took.megabytes:5.0f} MB{power}"
            )
            before = cells, more
        print()


def writing(parent: Path, sizes: Sequence[tuple[int, int]], rounds: int) -> None:
    """Show what each form of an answer takes beyond what it takes for few units."""
    table(f"Writing: softpower score of {sizes[0][0]:,} and {sizes[1][0]:,} units")
    small = written(parent, 10, PILLARS)
    folders = [written(parent, units, PILLARS) for units, _ in sizes[:2]]
    for form in FORMS:
        times = []
        for folder in (small, *folders):
            file = parent / f"out.{form}"
            file.unlink(missing_ok=True)
            how = ["-o", str(file)] if form in ("xlsx", "html") else ["-f", form]
            times.append(process(["-m", "softpower", "score", str(folder), *how], rounds).seconds)
        more = times[1] - times[0], times[2] - times[0]
        power = exponent((sizes[0][0], sizes[1][0]), more)
        print(f"  {form:<9} {times[1]:6.2f} s {times[2]:6.2f} s  power of the units {power}")
    print()


def main(arguments: list[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    parser.add_argument("--write", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--one-by-one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.write:
        folder, units, indicators, layout = asked.write
        write(Path(folder), int(units), int(indicators), layout)
        return
    if asked.read:
        read(asked.read, one_by_one=asked.one_by_one)
        return
    sizes = [(units // 10, indicators) for units, indicators in SIZES] if asked.quick else SIZES
    rounds = 1 if asked.quick else 3
    with tempfile.TemporaryDirectory() as parent:
        reading(Path(parent), sizes[1::2], rounds)
        growth(Path(parent), sizes, rounds)
        writing(Path(parent), sizes, rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
