"""Which weights are consistent with published scores or ranks: an interval each, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.region import Region
from softpower.engine.exact.solver import Program
from softpower.errors import MethodError
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

ROUNDED = 1e-9
"""By so much of the largest score may a score lie beyond what its printed digits stand for."""


class Told(NamedTuple):
    """What is published, as inequalities between weights: ``rows w >= 0``."""

    rows: Floats
    of: Places
    """The unit that each row is about, as its position in the form."""


def told_by_scores(form: WeightForm, units: Sequence[int], low: Floats, high: Floats) -> Told:
    """Return that the scores of some units lie between two ends.

    A score is a quotient of two linear forms where figures are missing, and its logarithm or a
    power of it is one under a power mean: these are as linear as any.

    Raises
    ------
    MethodError
        If scores are no such means, but put on another scale.
    """
    values, counted = form.values[units], form.counted[units]
    nominal, scores = form.scores(form.region.nominal), form.batch.nominal.scores
    if not np.allclose(printed(form, nominal), scores, rtol=1e-9):
        raise MethodError(
            "Scores are put on another scale after they are added up, so that they say nothing "
            "about weights by themselves.",
            mend="Go by the ranks (`ranks`).",
        )
    slack = ROUNDED * np.abs(scores).max(initial=0.0)
    ends = _added_up(form, low - slack), _added_up(form, high + slack)
    low, high = np.minimum(*ends), np.maximum(*ends)
    rows = [values - low[:, None] * counted, high[:, None] * counted - values]
    return Told(np.concatenate(rows), np.tile(np.asarray(units), 2))


def _added_up(form: WeightForm, scores: Floats) -> Floats:
    """Return scores as values are added up: as logarithms or powers, the larger the better."""
    p, sense = form.batch.methods[form.batch.root.id].exponent(), form.batch.methodology.sense
    if p == 1 or p is None:
        return sense * scores
    positive = np.maximum(scores, np.finfo(float).tiny)
    return sense * np.asarray(np.log(positive) if p == 0 else np.sign(p) * positive**p)


def printed(form: WeightForm, values: Floats) -> Floats:
    """Return what is added up on the scale of scores."""
    p, sense = form.batch.methods[form.batch.root.id].exponent(), form.batch.methodology.sense
    if p == 1 or p is None:
        return sense * values
    with np.errstate(all="ignore"):
        return np.exp(sense * values) if p == 0 else np.asarray(np.abs(values) ** (1 / p))


def told_by_ranks(form: WeightForm, units: Sequence[int], ranks: Floats) -> Told:
    """Return that units are in the order of their ranks; of those level nothing is said.

    Raises
    ------
    MethodError
        If units lack different figures.
    """
    steps = sorted(set(ranks.tolist()))
    at = {place: [u for u, r in zip(units, ranks, strict=True) if r == place] for place in steps}
    rows, of = [np.empty((0, form.region.size))], []
    for place, after in pairwise(steps):
        for above in at[place]:
            rows.append(-form.comparisons(above)[at[after]])
            of += at[after]
    return Told(np.concatenate(rows), np.array(of, dtype=np.int64))


def intervals(region: Region, rows: Floats) -> Floats | None:
    """Return the least and the most of each weight (k x 2) under which ``rows w >= 0``, if any."""
    found = np.empty((region.size, 2))
    for j in range(region.size):
        for end, sign in enumerate((1.0, -1.0)):
            program = Program(region)
            program.aim[j] = sign
            program.add(rows, 0.0)
            solved = program.least()
            if solved is None:
                return None
            found[j, end] = sign * solved.value
    return found


def closest(region: Region, told: Told, count: int) -> tuple[Floats, Floats]:
    """Return the weights that break the inequalities least in sum, and by how much each unit does.

    Parameters
    ----------
    region
        Where the weights may be.
    told
        The inequalities.
    count
        How many units there are.

    Returns
    -------
    tuple
        The weights (k), and the largest excess of each unit (units).
    """
    rows = told.rows
    program = Program(region, len(rows))
    program.aim[region.size :] = 1.0
    program.add(np.hstack([rows, np.eye(len(rows))]), 0.0)
    found = program.least()
    assert found is not None  # noqa: S101  any excess is allowed
    excess = np.zeros(count)
    beyond = -(rows @ found.weights)
    some = beyond > ROUNDED * np.abs(rows).max(axis=1)
    np.maximum.at(excess, told.of, np.where(some, beyond, 0.0))
    return found.weights, excess


def open_directions(form: WeightForm, units: Sequence[int], weights: Floats) -> int:
    """Return in how many directions weights may move and keep every score: 0 if none."""
    scores = form.scores(weights)[units]
    rows = form.values[units] - scores[:, None] * form.counted[units]
    equal = np.concatenate([np.ones((1, form.region.size)), form.region.equal])
    scale = np.abs(rows).max(initial=1e-300)
    return form.region.size - int(np.linalg.matrix_rank(np.concatenate([rows / scale, equal])))
