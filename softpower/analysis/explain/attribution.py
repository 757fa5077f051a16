"""What lies between two editions of an index: players, and the runs in which some have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from softpower.analysis.shared.changes import within
from softpower.engine.ranking import Ranking
from softpower.engine.score import score_setup
from softpower.errors import SoftpowerError, UsageError
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.shapley import first_in, last_in, shapley

OWN, OTHERS, UNITS, WEIGHTS, TREE, METHOD = "own", "others", "units", "weights", "tree", "method"

PLAYERS = {
    OWN: "Its own figures",
    OTHERS: "The figures of others",
    UNITS: "Entries and exits",
    TREE: "Indicators, pillars and weights",
    WEIGHTS: "Weights",
    METHOD: "Methodology",
}
"""Who may have moved between two editions, by id."""

TOGETHER = (frozenset((TREE, WEIGHTS, METHOD)),)
"""Players that may make sense only together."""


@dataclass(frozen=True, slots=True, eq=False)
class EditionAttribution:
    """What each group of players did to the score and the rank of one unit.

    Rows sum to the change of score, and to the places gained, from the first edition to the
    second.
    """

    players: tuple[tuple[str, ...], ...]
    scores: Floats
    places: Floats
    alone: Floats
    """Change of score and places gained if this is the first to move, players x 2."""
    last: Floats
    """The same if it is the last to move."""

    def title(self, at: int) -> str:
        """Return what one group of players is called."""
        return " + ".join(PLAYERS[player] for player in self.players[at])


@dataclass(frozen=True, slots=True, eq=False)
class EditionPair:
    """Two setups and one unit of both, with the setups that lie between them."""

    first: Setup
    second: Setup
    unit: str

    def players(self) -> list[str]:
        """Return what differs between the two setups."""
        own, others = self._figures_differ()
        ids = [{unit.id for unit in setup.figures.units} for setup in (self.first, self.second)]
        same_tree = _shape(self.first.framework) == _shape(self.second.framework)
        settings = (self.first.methodology, _definitions(self.first.framework))
        differs = {
            OWN: own,
            OTHERS: others,
            UNITS: ids[0] != ids[1],
            TREE: not same_tree,
            WEIGHTS: same_tree
            and _weights(self.first.framework) != _weights(self.second.framework),
            METHOD: settings != (self.second.methodology, _definitions(self.second.framework))
            if same_tree
            else settings[0] != self.second.methodology,
        }
        return [player for player in PLAYERS if differs[player]]

    def setup(self, moved: frozenset[str]) -> Setup:
        """Return the first setup with some players moved to where they are in the second."""
        methodology = (self.second if METHOD in moved else self.first).methodology
        return Setup(self._figures(moved), self._framework(moved), methodology)

    def _framework(self, moved: frozenset[str]) -> Framework:
        a, b = self.first.framework, self.second.framework
        if _shape(a) != _shape(b):
            return b if TREE in moved else a
        defined = b if METHOD in moved else a
        weighed = b if WEIGHTS in moved else a
        return replace(defined, root=_weighed(defined.root, weighed.root))

    def _figures(self, moved: frozenset[str]) -> Figures:
        """Return the figures of a mixture: columns of both, rows from where each unit is."""
        a, b = self.first.figures, self.second.figures
        listed, other = (b, a) if UNITS in moved else (a, b)
        known = {unit.id for unit in other.units}
        ids = tuple(dict.fromkeys((*a.ids, *b.ids)))
        values = np.full((len(listed.units), len(ids)), np.nan)
        units = []
        for row, unit in enumerate(listed.units):
            player = OWN if unit.id == self.unit else OTHERS
            source = listed if unit.id not in known else b if player in moved else a
            spare = b if source is a else a
            units.append(next(u for u in source.units if u.id == unit.id))
            values[row] = _row(source, spare, unit.id, ids)
        blank = np.full(values.shape, "", dtype=object)
        past = (b if OTHERS in moved else a).history
        return Figures(tuple(units), ids, values, blank, blank.copy(), history=past)

    def _figures_differ(self) -> tuple[bool, bool]:
        """Say whether the unit, and whether any other of both, has another figure that counts."""
        a, b = self.first.figures, self.second.figures
        used = sorted(
            (_used(self.first.framework) | _used(self.second.framework)) & {*a.ids, *b.ids}
        )
        shared = {unit.id for unit in a.units} & {unit.id for unit in b.units}
        changed = {
            name
            for name in shared
            if not np.array_equal(_row(a, b, name, used), _row(b, a, name, used), equal_nan=True)
        }
        others = bool(changed - {self.unit}) or self._histories_differ()
        return self.unit in changed, others

    def _histories_differ(self) -> bool:
        """Say whether figures of other periods differ and count; they move with the others."""
        a, b = self.first.figures.history, self.second.figures.history
        looks_back = any(
            "history" in (item.normalise or setup.methodology.normalise).needs()
            for setup in (self.first, self.second)
            for item in setup.framework.indicators()
        )
        return looks_back and not (
            (a.rows, a.ids) == (b.rows, b.ids)
            and np.array_equal(a.values, b.values, equal_nan=True)
        )


def attribute_movement(between: EditionPair) -> EditionAttribution | None:
    """Return what moved a unit between two setups; ``None`` where not every mixture ranks it.

    Formula: with ``v(S)`` the score (or rank) when the players in ``S`` are as in the second
    edition and the others as in the first, the Shapley value over all ``S``. Where a method
    refuses a mixture, tree, weights and methodology move as one.

    Source: Shapley (1953); Shorrocks (2013), J. Economic Inequality 11:99-126.

    Raises
    ------
    UsageError
        If nothing differs.
    """
    players = between.players()
    if not players:
        raise UsageError("The two runs do not differ in anything that counts.")
    for groups in _groupings(players):
        outcomes = _outcomes(between, groups)
        if outcomes is not None:
            shares = shapley(outcomes)
            alone, last = first_in(outcomes), last_in(outcomes)
            return EditionAttribution(groups, shares[:, 0], shares[:, 1], alone, last)
    return None


def _groupings(players: Sequence[str]) -> list[tuple[tuple[str, ...], ...]]:
    """Return the players one by one, then those together that make sense only together."""
    groupings: list[tuple[tuple[str, ...], ...]] = [tuple((player,) for player in players)]
    for kin in TOGETHER:
        joint = tuple(player for player in players if player in kin)
        if len(joint) > 1:
            rest = [(player,) for player in players if player not in kin]
            groupings.append((*rest, joint))
    return groupings


def _outcomes(between: EditionPair, groups: Sequence[Sequence[str]]) -> list[Floats] | None:
    """Return score and rank (as minus places) of the unit for every coalition of groups."""
    outcomes = []
    for mask in range(2 ** len(groups)):
        moved = frozenset(
            player for at, group in enumerate(groups) if mask >> at & 1 for player in group
        )
        try:
            setup = between.setup(moved)
            ranking = score_setup(setup)
        except SoftpowerError:
            return None
        row = row_of(ranking, between.unit)
        outcome = np.array([ranking.scores[row], -ranking.ranks[row]])
        if np.isnan(outcome).any():
            return None
        outcomes.append(outcome)
    return outcomes


def row_of(ranking: Ranking, unit: str) -> int:
    """Return the row of a unit by its id."""
    return next(row for row, known in enumerate(ranking.units) if known.id == unit)


def _row(source: Figures, spare: Figures, unit: str, ids: Sequence[str]) -> Floats:
    """Return the figures of a unit; indicators that one edition lacks come from the other."""
    found = np.full(len(ids), np.nan)
    for figures, wanted in ((spare, set(ids) - set(source.ids)), (source, set(source.ids))):
        rows = [row for row, known in enumerate(figures.units) if known.id == unit]
        if rows:
            at = {name: column for column, name in enumerate(figures.ids)}
            for k, name in enumerate(ids):
                if name in wanted and name in at:
                    found[k] = figures.values[rows[0], at[name]]
    return found


def _shape(framework: Framework) -> list[tuple[int, str]]:
    return [(depth, node.id) for depth, node in framework.root.walk()]


def _weights(framework: Framework) -> dict[str, float]:
    return {name: round(share, 12) for name, share in within(framework).items()}


def _definitions(framework: Framework) -> list[object]:
    """Return what the nodes of a tree say that decides a score, but for weights."""
    return [
        (
            node.direction,
            node.transform,
            node.treat,
            node.normalise,
            node.denominator,
            node.goalposts,
            node.target,
            node.zero_fill,
        )
        if isinstance(node, Indicator)
        else (node.aggregate, node.direction)
        for _, node in framework.root.walk()
    ]


def _used(framework: Framework) -> set[str]:
    """Return the ids of the figures that a framework needs."""
    items = framework.indicators()
    return {item.id for item in items} | {
        item.denominator.figure for item in items if item.denominator is not None
    }


def _weighed(pillar: Pillar, weighed: Pillar) -> Pillar:
    """Return a tree with the weights of another of the same shape."""
    return replace(
        pillar,
        weight=weighed.weight,
        children=tuple(
            _weighed(child, other)
            if isinstance(child, Pillar) and isinstance(other, Pillar)
            else replace(child, weight=other.weight)
            for child, other in zip(pillar.children, weighed.children, strict=True)
        ),
    )
