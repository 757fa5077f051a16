"""How fast does a command start? Ratios of CPU times, measured in turn in one run (not on Windows).

    python tests/benchmarks/start.py [RUNS]

Each command is held against what it cannot avoid: bare Python, or importing the libraries that a
score stands on, with one model of the smallest kind. Medians of paired runs of compiled code.
"""

from __future__ import annotations

import compileall
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

import softpower

BARE = ["-c", "pass"]
LIBRARIES = """\
import click, numpy, pydantic
class Model(pydantic.BaseModel):
    x: int = 1
"""
COMPARISONS = [
    (["--help"], "bare Python", BARE, 6.0),
    (["list"], "bare Python", BARE, None),
    (["methods"], "bare Python", BARE, None),
    (
        ["score", "open-soft-power", "--top", "20"],
        "click, numpy and one model of pydantic",
        ["-c", LIBRARIES],
        1.5,
    ),
]
"""A command, what it is compared with, how that is run, and the ratio that is wanted."""


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Return the CPU time of one fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> None:
    """Print the median times and the ratio of each comparison."""
    package = Path(softpower.__file__).parent
    compileall.compile_dir(package, quiet=2)
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    print(f"CPU time, medians of {runs} pairs")
    for words, name, other, bound in COMPARISONS:
        ours = ["-m", "softpower", *words]
        seconds(ours, environment)
        seconds(other, environment)
        pairs = [(seconds(ours, environment), seconds(other, environment)) for _ in range(runs)]
        first = statistics.median(a for a, _ in pairs)
        second = statistics.median(b for _, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        wanted = f" (wanted: at most {bound:g})" if bound else ""
        print(f"softpower {words[0]}: {1000 * first:.0f} ms; {name}: {1000 * second:.0f} ms")
        print(f"  ratio: {ratio:.2f}{wanted}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
