"""How fast does a command start? Ratios of wall times, measured in turn in one run.

    python tests/benchmarks/start.py [RUNS]

Two comparisons, each against what cannot be avoided: ``softpower --help`` against bare Python,
and a score against importing the libraries that it stands on. Medians of paired runs.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import softpower

LIBRARIES = "import click, pydantic, numpy, rich.table"
SCORE = ["-m", "softpower", "score", "open-soft-power", "--top", "20"]
COMPARISONS = [
    ("softpower --help", ["-m", "softpower", "--help"], "python -c pass", ["-c", "pass"], 6.0),
    ("softpower score", SCORE, f"python -c '{LIBRARIES}'", ["-c", LIBRARIES], 1.5),
]


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Return the wall time of one fresh process."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Print the median times and the ratio of each comparison."""
    package = Path(softpower.__file__).parent
    compileall.compile_dir(package, quiet=2)
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for name, ours, other_name, other, bound in COMPARISONS:
        seconds(ours, environment)
        seconds(other, environment)
        pairs = [(seconds(ours, environment), seconds(other, environment)) for _ in range(runs)]
        first = statistics.median(a for a, _ in pairs)
        second = statistics.median(b for _, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{name}: {1000 * first:.0f} ms")
        print(f"{other_name}: {1000 * second:.0f} ms")
        print(f"ratio: {ratio:.2f} (wanted: at most {bound:g})\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
