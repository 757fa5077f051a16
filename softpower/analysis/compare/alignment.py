"""Several runs over the units that all of them rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from softpower.analysis.shared.formatting import unit_noun
from softpower.analysis.shared.lists import (
    Listed,
    by_one_rule,
    held_places,
    own_rules,
    rule_of_ties,
)
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import Unit
from softpower.methods.model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Several runs, held against the first, over the units that all of them rank."""

    asked: tuple[Run, ...]
    """The runs as they were asked for."""
    runs: tuple[Run, ...]
    """The same by one rule of ties, unless each keeps its own."""
    labels: tuple[str, ...]
    units: tuple[Unit, ...]
    ranks: tuple[Floats, ...]
    scores: tuple[Floats, ...]
    rankings: tuple[Ranking, ...]
    """What each run ranks, with units that others do not rank."""
    lists: tuple[Listed, ...]
    """The ranks of each run, as far as they are known."""
    whole: bool
    """Whether ranks are those of the whole lists as they are, rather than ranked anew."""
    remarks: tuple[str, ...] = ()
    """What was done so that the runs can be held together."""

    def order(self) -> list[int]:
        """Return the units from the best to the worst under the first run, ties by name."""
        return sorted(range(len(self.units)), key=lambda i: (self.ranks[0][i], self.units[i].name))


def align(
    runs: Sequence[Run], *, keep_ranks: bool = False, known: Mapping[Run, Ranking] | None = None
) -> Comparison:
    """Return runs over the units that all of them rank, by the ranks of `held_places`.

    ``known`` has the rankings of runs that were scored before.

    Raises
    ------
    UsageError
        If they share no ranked unit.
    """
    known, cache = known or {}, Cache()
    held, remarks = (list(runs), own_rules(runs)) if keep_ranks else by_one_rule(runs)
    rankings = [known.get(run) or run.score(cache) for run in held]
    lists = [Listed.of(run, ranking) for run, ranking in zip(held, rankings, strict=True)]
    shared = [unit for unit in rankings[0].units if all(unit.id in each.ranks for each in lists)]
    if not shared:
        raise UsageError(f"The runs have no ranked {unit_noun(runs[0])} in common.")
    ids = [unit.id for unit in shared]
    ranks, whole = held_places(lists, ids, rule_of_ties(held), keep_ranks=keep_ranks)
    return Comparison(
        tuple(runs),
        tuple(held),
        labelled(runs),
        tuple(shared),
        ranks,
        tuple(_scores(ranking, ids) for ranking in rankings),
        tuple(rankings),
        tuple(lists),
        whole,
        tuple(remarks),
    )


def _scores(ranking: Ranking, ids: Sequence[str]) -> Floats:
    """Return the scores of some units, by their ids."""
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    return ranking.scores[[row[name] for name in ids]]


def labelled(runs: Sequence[Run]) -> tuple[str, ...]:
    """Return a short name for each run: what differs from the first, or the index."""
    one_index = len({run.index.hash for run in runs}) == 1
    labels = [run.changes or run.index.id if one_index else run.in_a_word for run in runs]
    if len(set(labels)) < len(labels):
        labels = [f"{label} ({n})" for n, label in enumerate(labels, start=1)]
    return tuple(labels)
