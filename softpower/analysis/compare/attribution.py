"""Which choice moved a country, exactly: the Shapley value over every subset of the choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from softpower.analysis.shared.changes import Change, bundle, changes_between, mixture
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.score import score_setup
from softpower.errors import SoftpowerError, UsageError
from softpower.index.patch import apply
from softpower.index.units import Unit
from softpower.methods.model import Floats
from softpower.methods.shapley import shapley

MOST_CHOICES = 12
"""Up to this many choices every subset is scored; that is 4,096 rankings."""

WEIGHTS = "weights"
"""The first word of the title of a choice of weights."""

FAMILIES = (
    ("weight", WEIGHTS),
    ("framework", WEIGHTS, "leave", "put", "figures"),
    (
        "coverage",
        "treat",
        "impute",
        "normalise",
        "renormalise",
        "aggregate",
        "pillars",
        "scale",
        "constant",
    ),
)
"""Choices that may make sense only together, by the first word of their titles."""


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """What each choice did to the score and the rank of each unit.

    Arrays have one row per choice, one column per unit; NaN where a unit is not ranked under
    every subset of the choices. Rows sum to the change from the first run to the second.
    """

    before: Ranking
    """The ranking of the first run."""
    after: Ranking
    """The ranking with every choice made as in the second run."""
    units: tuple[Unit, ...]
    choices: tuple[Change, ...]
    scores: Floats
    ranks: Floats
    """Places gained (positive) or lost."""
    bundled: bool
    """Whether choices had to be taken together."""
    runs: int
    """How many rankings were computed."""


def attribute(first: Run, second: Run, *, together: bool = False) -> Attribution:
    """Return what each choice between two runs of one index did to every unit.

    Formula: with ``v(S)`` the outcome when the choices in ``S`` are made as in the second run,
    the share of choice ``i`` is the mean of ``v(S + i) - v(S)`` over all orders in which the
    choices can be made, computed over all subsets.

    Source: Shapley (1953); Shorrocks (2013), J. Economic Inequality 11.

    Parameters
    ----------
    first, second
        The runs.
    together
        Whether weights that are set are one choice, rather than one each.

    Raises
    ------
    UsageError
        If the runs are of different indices, or there is nothing to attribute.
    """
    if first.index.hash != second.index.hash:
        raise UsageError(
            "Only two runs of the same index differ by choices.",
            mend="Two editions: softpower explain FIRST SECOND --country NAME",
        )
    if first.setup is None or second.setup is None:
        raise UsageError(f"{first.index.id} is published, not computed: it has no choices.")
    players = changes_between(first, second)
    if not players:
        raise UsageError(
            "The two runs do not differ.",
            mend="Name a variant, or use `set={...}` or `weights={...}`.",
        )
    if together:
        kin = [choice for choice in players if choice.family == WEIGHTS]
        players = _together(players, kin) if len(kin) > 1 else players
    cache = Cache()
    grouped = _at_most(players)
    for attempt in _bundlings(grouped):
        try:
            outcomes = _outcomes(first, attempt, cache)
        except SoftpowerError as error:
            refusal = error
            continue
        return _attribution(attempt, outcomes, bundled=len(attempt) < len(players))
    raise refusal


def _bundlings(players: list[Change]) -> Iterator[list[Change]]:
    """Yield the choices as they are, then with more and more of them taken together."""
    yield players
    for family in FAMILIES:
        kin = [choice for choice in players if choice.family in family]
        if len(kin) > 1:
            players = _together(players, kin)
            yield players
    if len(players) > 1:
        yield [bundle(players)]


def _together(players: list[Change], kin: list[Change]) -> list[Change]:
    at = players.index(kin[0])
    rest = [choice for choice in players if choice not in kin]
    return [*rest[:at], bundle(kin), *rest[at:]]


def _at_most(players: list[Change]) -> list[Change]:
    """Return the choices with kin taken together until every subset can be scored."""
    while len(players) > MOST_CHOICES:
        by_family: dict[str, list[Change]] = {}
        for choice in players:
            by_family.setdefault(choice.family, []).append(choice)
        largest = max(by_family.values(), key=len)
        players = _together(players, largest if len(largest) > 1 else players[MOST_CHOICES - 1 :])
    return players


def _outcomes(first: Run, players: list[Change], cache: Cache) -> list[Ranking]:
    """Return the ranking of every subset of the choices, the bits of the index saying which."""
    rankings = []
    for mask in range(2 ** len(players)):
        taken = [choice for i, choice in enumerate(players) if mask >> i & 1]
        rankings.append(score_setup(apply(first.index, mixture(first, taken)), cache))
    return rankings


def _attribution(players: list[Change], rankings: list[Ranking], *, bundled: bool) -> Attribution:
    common = set.intersection(*({unit.id for unit in ranking.units} for ranking in rankings))
    units = tuple(unit for unit in rankings[0].units if unit.id in common)
    scores, ranks = [], []
    for ranking in rankings:
        at = {unit.id: i for i, unit in enumerate(ranking.units)}
        rows = [at[unit.id] for unit in units]
        scores.append(ranking.scores[rows])
        ranks.append(-ranking.ranks[rows])
    return Attribution(
        before=rankings[0],
        after=rankings[-1],
        units=units,
        choices=tuple(players),
        scores=np.asarray(shapley(scores)),
        ranks=np.asarray(shapley(ranks)),
        bundled=bundled,
        runs=len(rankings),
    )
