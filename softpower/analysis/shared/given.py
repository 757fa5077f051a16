"""Scores with the errors that are given for them, in a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from softpower.analysis.shared.formatting import enumerated
from softpower.analysis.shared.propagation import Estimates
from softpower.engine.run import Run
from softpower.engine.sampling.perturb import published
from softpower.engine.score import score_setup
from softpower.errors import InputError, Location
from softpower.index.reading.covariance import read_covariance
from softpower.index.units import find_unit


def estimates_given(run: Run, path: Path) -> Estimates:
    """Return scores with the covariance that a table gives for them.

    Raises
    ------
    InputError
        If there is no such table, it holds no covariances, or a ranked unit is not in it.
    """
    ranking = score_setup(run.setup if run.setup is not None else published(run))
    ids, given = read_covariance(path, lambda name: find_unit(ranking.units, name).id)
    rows = np.flatnonzero(~np.isnan(ranking.scores)).tolist()
    if without := [ranking.units[i].name for i in rows if ranking.units[i].id not in ids]:
        raise InputError(
            f"It says nothing of {enumerated(without)}.",
            location=Location(path.name),
            mend="Give each ranked one a row, with 0 where the score has no error.",
        )
    at = [ids.index(ranking.units[i].id) for i in rows]
    found = given[np.ix_(at, at)]
    alone = np.count_nonzero(found - np.diag(np.diag(found))) == 0
    said = "no score goes with another" if alone else "scores go with each other as it says"
    notes = (f"Errors of scores are those of {path.name}: {said}.",)
    return Estimates(ranking, tuple(rows), ranking.sense * ranking.scores[rows], found, notes)
