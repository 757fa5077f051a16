"""Which shares of a survey can be told apart? Exact tests, however few were asked.

Source: Bazylik, Mogstad, Romano, Shaikh & Wilhelm (2021), Finite- and large-sample inference for
ranks using multinomial data with an application to ranking political parties, NBER Working Paper
29519, doi 10.3386/w29519; Holm (1979), Scandinavian J. of Statistics 6:65-70, for the steps.
"""

from __future__ import annotations

import numpy as np

from softpower.analysis.shared.confidence import Apart, refuse_level
from softpower.analysis.shared.propagation import Estimates
from softpower.engine.run import Run
from softpower.engine.sampling.draws import as_it_is
from softpower.engine.sampling.perturb import published
from softpower.engine.score import score_setup
from softpower.errors import UsageError
from softpower.methods.model import Floats, Mask

OVER = 0.005
"""Shares may sum to so much more than everything, for they are rounded."""


def counted(run: Run, respondents: int) -> tuple[Floats, Estimates]:
    """Return how many of some respondents chose each unit, and their shares with errors.

    Scores are numbers of answers where they are whole and their sum is above 100, else shares, in
    percent where their sum is above one. Each respondent has one answer; who chose no unit that is
    ranked counts in the size of the survey only.

    Raises
    ------
    UsageError
        If scores are not shares of one question, or could be shares and numbers alike.
    """
    setup = run.setup if run.setup is not None else published(run)
    ranking = score_setup(setup)
    if not as_it_is(setup):
        raise UsageError(
            f"The scores of {run.name} are not the shares of one question as they are.",
            mend="Take an index with one indicator, and normalise, treat, impute and scale none.",
        )
    rows = np.flatnonzero(~np.isnan(ranking.scores))
    scores = ranking.scores[rows]
    whole, read = _reading(scores, respondents)
    counts = np.rint(scores * respondents / whole)
    shares = counts / respondents
    covariance = (np.diag(shares) - np.outer(shares, shares)) / respondents * whole**2
    note = (
        f"Scores are read as {read}: {counts.sum():,.0f} of {respondents:,} respondents chose one "
        "of these. Tests are exact for one answer each of a simple random sample, of each pair "
        "among those who chose one of the two, with Holm's steps; with weights or clusters give "
        "the effective size of the sample."
    )
    merits = ranking.sense * scores
    known = Estimates(ranking, tuple(rows.tolist()), merits, covariance, (note,), "multinomial")
    return counts, known


def _reading(scores: Floats, respondents: int) -> tuple[float, str]:
    """Return which score stands for all respondents, and what the scores are."""
    total, are_whole = float(scores.sum()), bool((scores == np.rint(scores)).all())
    low = float(scores.min(initial=0.0))
    if low < 0:
        raise UsageError(
            f"A score is {low:g}: no share of respondents.", mend="Give shares or numbers."
        )
    if are_whole and 1 < total <= respondents < 100:
        raise UsageError(
            f"Scores of {total:g} in all may be numbers of {respondents} respondents, or percent.",
            mend="Give shares of one (0.25), which can be read in one way only.",
        )
    if total <= 1 + OVER:
        return 1.0, "shares of one"
    if total <= 100 * (1 + OVER):
        return 100.0, "percentages"
    if are_whole and total <= respondents:
        return float(respondents), "numbers of answers"
    raise UsageError(
        f"Scores sum to {total:g}: neither shares, nor numbers of {respondents:,} answers.",
        mend="Give one answer a respondent, in percent or as whole numbers.",
    )


def told_apart_exactly(counts: Floats, confidence: float, sense: int = 1) -> Apart:
    """Return which units can be told apart by how many answers each has.

    Formula: the p-value of ``p_k <= p_j`` is ``P(B >= X_k)``, ``B`` binomial with ``X_k + X_j``
    trials of one half each; Holm's steps over both directions of the pairs of one unit (marginal),
    or of all pairs (simultaneous). It holds for any number of respondents.

    Parameters
    ----------
    counts
        Answers for each unit.
    confidence
        In percent, between 0 and 100.
    sense
        -1 where few answers are good.
    """
    from scipy.special import betainc

    refuse_level(confidence)
    n, level = counts.size, 1 - confidence / 100
    own, other = counts[:, None], counts + np.zeros((n, 1))
    chance = np.where(own > 0, betainc(np.maximum(own, 1), other + 1, 0.5), 1.0)
    off = ~np.eye(n, dtype=bool)
    every = np.zeros((n, n), dtype=bool)
    every[off] = holm(chance[off], level)
    alone = np.zeros((n, n))
    for k in range(n):
        others = off[k]
        sure = holm(np.concatenate([chance[k, others], chance[others, k]]), level)
        alone[k, others] = sure[: n - 1].astype(float) - sure[n - 1 :]
    return Apart(sense * alone, sense * (every.astype(float) - every.T))


def holm(chances: Floats, level: float) -> Mask:
    """Return which hypotheses are rejected at a level for all of them, by Holm's steps."""
    order, m = np.argsort(chances, kind="stable"), chances.size
    passed = chances[order] <= level / (m - np.arange(m))
    found = np.zeros(m, dtype=bool)
    found[order[: m if passed.all() else int(np.argmin(passed))]] = True
    return found
