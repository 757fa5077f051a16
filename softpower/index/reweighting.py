"""Weights that are stated anew, and what becomes of them where something is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from softpower.errors import UsageError
from softpower.index.tree import Indicator, Pillar, without

LeftOut = Mapping[str, Collection[str]]
"""What is left out by its id, with the weights that had been stated before that."""


def rearranged(root: Pillar, weights: Mapping[str, float], left: LeftOut) -> Pillar:
    """Return the tree with some weights set and some nodes left out.

    A weight of what is left out is ignored. Where something is left out on top of weights, its
    siblings keep their proportions, if they have any weight. A weight that is stated with an
    omission, or on top of one, is in percent of what is left.

    Parameters
    ----------
    root
        The whole tree.
    weights
        Weights in percent within the parent; each is one of the tree.
    left
        What is left out.

    Raises
    ------
    UsageError
        If the weights make no whole.
    """
    if not left:
        return reweighted(root, weights)
    before = {
        name
        for pillar in (root, *root.pillars())
        for name, stated in _gone(pillar, left).items()
        if _comes_first(pillar, name, stated, weights, left)
    }
    rest = without(root, before)
    there = {node.id for depth, node in rest.walk() if depth}
    kept = {name: weight for name, weight in weights.items() if name in there}
    return without(reweighted(rest, kept), set(left))


def made_room(
    root: Pillar, stated: Mapping[str, float], asked: Mapping[str, float], left: Collection[str]
) -> dict[str, float]:
    """Return stated weights in percent of what those that are asked for leave to them.

    A weight on top of weights that are stated for all its siblings is in percent all the same:
    the siblings share the rest in their stated proportions.

    Parameters
    ----------
    root
        The whole tree.
    stated
        Weights that were stated before.
    asked
        Weights in percent within the parent.
    left
        What is left out.
    """
    found: dict[str, float] = {}
    for pillar in (root, *root.pillars()):
        there = [child.id for child in pillar.children if child.id not in left]
        others = [name for name in there if name not in asked]
        rest = 100 - sum(asked[name] for name in there if name in asked)
        total = sum(stated.get(name, 0.0) for name in others)
        if len(others) < len(there) and total > 0 and rest >= 0 and stated.keys() >= {*others}:
            found |= {name: stated[name] * rest / total for name in others}
    return found


def _gone(pillar: Pillar, left: LeftOut) -> dict[str, Collection[str]]:
    """Return the children that are left out, themselves or by all that they have."""
    found = {child.id: _before(child, left) for child in pillar.children}
    return {name: stated for name, stated in found.items() if stated is not None}


def _before(node: Pillar | Indicator, left: LeftOut) -> Collection[str] | None:
    """Return the weights on top of which a node is left out; ``None`` if it is not."""
    if node.id in left:
        return left[node.id]
    if isinstance(node, Indicator):
        return None
    beneath = [_before(child, left) for child in node.children]
    known = [set(stated) for stated in beneath if stated is not None]
    return set.intersection(*known) if known and len(known) == len(beneath) else None


def _comes_first(
    pillar: Pillar, name: str, stated: Collection[str], weights: Mapping[str, float], left: LeftOut
) -> bool:
    """Say whether a child is left out before the weights of its siblings are set."""
    named = {child.id for child in pillar.children if child.id in weights}
    gone = _gone(pillar, left)
    rest = {child.id for child in pillar.children if child.id not in gone}
    nothing = sum(weights[each] for each in named) >= 100 and not any(
        weights.get(each) for each in rest
    )
    return bool(rest) and (nothing or rest <= named or not named <= {name, *stated})


def reweighted(pillar: Pillar, weights: Mapping[str, float]) -> Pillar:
    """Return the tree with some weights set, in percent within the parent.

    Siblings that are not named share what is left of the 100 in their stated proportions. Where
    all siblings are named their numbers count as they are, whatever their sum.

    Raises
    ------
    UsageError
        If more than 100 percent are given away, or nobody is left to take the rest.
    """
    children = tuple(
        reweighted(child, weights) if isinstance(child, Pillar) else child
        for child in pillar.children
    )
    named = {child.id: weights[child.id] for child in children if child.id in weights}
    if not named:
        return replace(pillar, children=children)
    where = pillar.id or "the index"
    given = sum(named.values())
    others = sum(child.weight for child in children if child.id not in named)
    if len(named) == len(children):
        if given == 0:
            raise UsageError(f"All weights within {where} are zero.", mend="Give one a weight.")
        share = 0.0
    elif given > 100:
        raise UsageError(
            f"The weights given within {where} sum to {given:g} percent.",
            mend="Give at most 100, or name all the siblings.",
        )
    elif others == 0 and given < 100:
        raise UsageError(
            f"The siblings that are not named within {where} have no weight to share the rest.",
            mend="Name one of them as well.",
        )
    else:
        share = (100 - given) / others if others else 0.0
    stated = tuple(
        replace(child, weight=named.get(child.id, child.weight * share)) for child in children
    )
    before, after = (sum(child.weight for child in each) for each in (children, stated))
    return replace(pillar, children=stated, unit=pillar.unit * before / after)
