"""What does a rank count? Places in a whole list, or among the units that several lists share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from softpower.analysis.shared.changes import changes_between
from softpower.analysis.shared.formatting import enumerated
from softpower.engine.loading import changed
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.methods.model import Floats
from softpower.methods.ties import Ties, rank


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The ranks of one list, as far as they are known."""

    ranks: Mapping[str, float]
    """By the id of the unit; each is a place in the whole list."""
    size: int
    """How many units the whole list ranks."""
    open_ended: bool = False
    """Whether the whole list may rank more than that."""
    edition_of: tuple[str, str] | None = None
    """Publisher and title of what these are the published ranks of; nothing if computed."""

    @classmethod
    def of(cls, run: Run, ranking: Ranking) -> Listed:
        """Return the list that a run ranks: all that it scores, or all that its publisher ranks."""
        ranks = {
            unit.id: float(place)
            for unit, place in zip(ranking.units, ranking.ranks, strict=True)
            if not np.isnan(place)
        }
        published = run.index.published
        if run.setup is not None or published is None:
            return cls(ranks, len(ranks))
        known_as = run.index.publisher, run.index.declared.title
        return cls(ranks, published.ranked, published.open_ended, known_as)

    @property
    def complete(self) -> bool:
        """Whether the ranks of all its units are known."""
        return len(self.ranks) >= self.size

    @property
    def size_in_words(self) -> str:
        """The size of the whole list, such as ``193`` or ``at least 148``."""
        return f"at least {self.size}" if self.open_ended else str(self.size)


def may_be_one(lists: Sequence[Listed]) -> bool:
    """Say whether lists may rank the same units, as far as is known.

    They may if all whole lists are of one size, and the units that any of them is known to rank
    are no more than that. Of complete lists this says that they do rank the same units.
    """
    sizes = {each.size for each in lists if not each.open_ended}
    if len(sizes) > 1:
        return False
    least = max((each.size for each in lists if each.open_ended), default=0)
    known = len(set().union(*(each.ranks for each in lists)))
    return all(max(least, known) <= size for size in sizes)


def held_places(
    lists: Sequence[Listed],
    shared: Sequence[str],
    ties: Ties,
    *,
    keep_ranks: bool = False,
) -> tuple[tuple[Floats, ...], bool]:
    """Return the ranks of shared units by which lists are held against each other.

    A rank is a place in a whole list: in all that a run scores, or in all that a publisher ranks.
    Where only a part of a list is known, its ranks are still places in the whole: 148 of 193,
    though 64 are known. Ranks of two lists are never mixed: either all are places in whole lists,
    or all are places among the shared units, by one rule of ties.

    They are places in the whole lists where that is asked for (``keep_ranks``), and where a list
    is known in part and all may rank the same units (`may_be_one`) or are editions of one
    index: places among the part that happens to be known would say less. Else they are places
    among the shared units, which for complete lists of the same units are the ranks themselves.

    Returns
    -------
    tuple
        The ranks of the shared units in each list, and whether these are the ranks of the whole
        lists as they are; else they were ranked anew.
    """
    found = [np.array([each.ranks[unit] for unit in shared]) for each in lists]
    partial = not all(each.complete for each in lists)
    first = lists[0].edition_of
    editions = first is not None and all(each.edition_of == first for each in lists)
    if keep_ranks or (partial and (editions or may_be_one(lists))):
        return tuple(found), True
    return tuple(rank(-places, ties) for places in found), False


def rule_of_ties(runs: Sequence[Run]) -> Ties:
    """Return the rule by which equal scores share ranks in the first run that is computed."""
    return next((rule for rule in map(_rule, runs) if rule is not None), "competition")


def by_one_rule(runs: Sequence[Run]) -> tuple[list[Run], list[str]]:
    """Return runs that are ranked by the rule of ties of the first that is computed, and a remark.

    Else a difference of rules would count as a movement of units. Ranks that are published stand
    as they are printed.
    """
    rule = rule_of_ties(runs)
    other = [run for run in runs if _rule(run) not in (None, rule)]
    if not other:
        return list(runs), []
    named = enumerated([f"{run.name} (ties = {_rule(run)})" for run in other])
    remark = (
        f"Equal scores share ranks by one rule, ties = {rule}, also in {named}; else the rule "
        "would count as movement."
    )
    return [changed(run, {"ties": rule}) if run in other else run for run in runs], [remark]


def is_same(one: Run, other: Run) -> bool:
    """Say whether two runs are of the same index under the same choices, however they are named."""
    return one.index.hash == other.index.hash and one.setup == other.setup


def own_rules(runs: Sequence[Run]) -> list[str]:
    """Return a remark if runs that are left as they are share ranks by different rules."""
    rules = [f"{rule} in {run.name}" for run in runs if (rule := _rule(run)) is not None]
    if len({_rule(run) for run in runs} - {None}) < 2:
        return []
    return [f"Equal scores share ranks by the rule of each run (ties = {enumerated(rules)})."]


def refuse_same_but_for_ties(first: Run, second: Run, remarks: Sequence[str]) -> None:
    """Refuse to account for a movement between runs that differ in their rule of ties alone.

    Raises
    ------
    UsageError
        If nothing but the rule of ties, which ``remarks`` is about, differs.
    """
    if remarks and first.index.hash == second.index.hash and not changes_between(first, second):
        raise UsageError(
            "The two runs differ only in how equal scores share ranks, which moves nobody.",
            mend="See the ranks that each prints: softpower compare FIRST SECOND --keep-ranks",
        )


def _rule(run: Run) -> Ties | None:
    return run.setup.methodology.ties if run.setup is not None else None
