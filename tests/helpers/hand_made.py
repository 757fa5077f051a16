"""Small indices made by hand, without a folder."""

import numpy as np

from softpower.engine.score import score
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit

ALL_COUNT = {"country": 0, "pillar": 0}
"""A coverage that leaves nobody out who has any figure."""


def figures_of(columns, groups=None):
    """Return figures from columns, ``None`` being missing; the units are A, B, C, ..."""
    count = len(next(iter(columns.values())))
    labels = groups or [{}] * count
    units = tuple(Unit(chr(65 + i), f"Unit {chr(65 + i)}", labels[i]) for i in range(count))
    values = np.array(list(columns.values()), dtype=float).T
    blank = np.full(values.shape, "", dtype=object)
    return Figures(units, tuple(columns), values, blank, blank.copy())


def leaf(name, weight=1.0, **fields):
    """Return an indicator."""
    return Indicator(name, name.upper(), weight, **fields)


def node(name, *children, weight=1.0, aggregate=None):
    """Return a pillar."""
    return Pillar(name, name.capitalize(), weight, children, aggregate)


def tree(*children, aggregate=None):
    """Return a framework."""
    return Framework("main", "Test", Pillar("", "Test", 1.0, children, aggregate))


def scored(columns, *children, groups=None, **methodology):
    """Return the ranking of columns of figures under a tree, everybody being covered."""
    methodology.setdefault("coverage", ALL_COUNT)
    figures = figures_of(columns, groups)
    return score(figures, tree(*children), Methodology(**methodology))


def notes(ranking):
    """Return the notes of a ranking with the id of what each is about."""
    return [f"{note.subject}: {note.text}" for note in ranking.notes]


class Shaken:
    """Draws of figures by a function of the figures and a generator."""

    def __init__(self, draw):
        self.draw = draw

    def __call__(self, figures, generator):
        """Return one draw of the figures."""
        return self.draw(figures, generator)

    def many(self, figures, generators):
        """Return draws of the figures, one by each generator (indicators x draws x units)."""
        return np.stack([self.draw(figures, each).values.T for each in generators], axis=1)
