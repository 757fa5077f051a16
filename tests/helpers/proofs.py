"""Figures from outside that tests hold methods against, and the list of them in the guide."""

import csv
from pathlib import Path

import numpy as np

import softpower.guide
from softpower.analysis.methods import methods_by_step
from softpower.guide.proofs import Proof, proofs

STORED = Path(softpower.guide.__file__).with_name("proofs.csv")
SHOWN = 4
"""So many of the expected figures are listed."""


def proof_of(method, case, expected, tolerance):
    """Return a row of the list: what a method, or a function, is held against."""
    step = method.__module__.split(".")[2]
    name = method.name() if isinstance(method, type) else method.__name__
    known = expected[~np.isnan(expected)]
    known = np.where(np.abs(known) < tolerance, 0.0, known)  # what a solver leaves of zero
    figures = " ".join(f"{figure:.4g}" for figure in known[:SHOWN])
    more = f" ... ({known.size} figures)" if known.size > SHOWN else ""
    return Proof(step, name, case, figures + more, f"{tolerance:g}")


def write(rows):
    """Write the list."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Proof._fields)
        writer.writerows(sorted(rows))


def stale(rows):
    """Return the rows of the list that no test holds."""
    return sorted({*proofs()} - {*rows})


def unproven(rows):
    """Return the methods without a figure from outside, as step and name."""
    known = {
        (method.__module__.split(".")[2], method.name())
        for methods in methods_by_step().values()
        for method in methods
    }
    return sorted(known - {(step, method) for step, method, *_ in rows})
