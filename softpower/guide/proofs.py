"""Figures from outside that the tests hold methods against, as the tests have written them down."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from softpower.methods.model import Method


class Proof(NamedTuple):
    """Some figures of a method that were not computed by this package."""

    step: str
    """The module or package of ``softpower.methods``, or of the engine, that the method is of."""
    method: str
    source: str
    figures: str
    """The figures, or the first of them."""
    tolerance: str
    """How far what is computed may be from them."""


@cache
def proofs() -> tuple[Proof, ...]:
    """Return all that is held against figures from outside."""
    text = (files("softpower.guide") / "proofs.csv").read_text(encoding="utf-8")
    return tuple(Proof(*row) for row in list(csv.reader(text.splitlines()))[1:])


def proofs_of(method: type[Method]) -> list[Proof]:
    """Return what a method is held against."""
    step = method.__module__.split(".")[2]
    return [each for each in proofs() if (each.step, each.method) == (step, method.name())]
