"""What ``softpower check`` says of every broken folder, and what is said of wrong words."""

import os
import tempfile
from pathlib import Path

import click
from click.testing import CliRunner

from helpers.broken_folders import CASES
from softpower.cli import main

WRONG = [
    "score hdi-2022 --set indicators.nothing.treat=none",
    "score hdi-2022 --set indicators.nothing.denominator=x",
    "score hdi-2022 --omit schooling",
    "score open-soft-power --omit e",
    "score open-soft-power --omit exp",
    "score open-soft-power -w exp=1",
    "score open-soft-power --set weight=ahp",
    "score hdi-2022 --country Chnia",
    "score hdi-2022 --region Eurpoe",
    "score hdi-2022 --set impute=group-mean:regoin",
    "robustness open-soft-power --levels x",
    "robustness hdi-2022 --rounding exp=1",
    "methods x",
    "compare hdi-2022 hdi-2202",
]


def say(folder: Path) -> None:
    """Print it, one after the other."""
    runner = CliRunner(env={"COLUMNS": "200"})
    for number, case in enumerate(CASES):
        home = folder / str(number)
        home.mkdir()
        words = ["check", str(case.make(home)), "-f", "json"]
        said = runner.invoke(main, words).output.replace(str(home), "")
        click.echo(f"{case.name} {said}")
    for words in WRONG:
        click.echo(f"{words} {runner.invoke(main, words.split()).output}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        say(Path(name))
