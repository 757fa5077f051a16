"""Which weights vary: those of a level, of the children of some pillars, of what is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from softpower import defaults
from softpower.errors import UsageError, did_you_mean
from softpower.index.ids import Spelling, folded, spelled
from softpower.index.tree import Pillar
from softpower.methods.sample import WeightSampling
from softpower.methods.space import WeightSpace

LEVELS = ("all", "pillars", "indicators")
"""Which weights vary: all, those of the pillars, those of the indicators."""


def moving(root: Pillar, levels: Sequence[str], how: WeightSampling | None) -> tuple[str, ...]:
    """Return the pillars whose children's weights vary.

    Where only bounds, quotients or orders are stated, and no level, it is the weights that these
    are about, with those of their siblings.
    """
    named = isinstance(how, WeightSpace) and how.within is None and bool(how.names())
    only_named = named and tuple(levels) == (defaults.LEVELS,)
    return tuple(
        pillar.id
        for pillar in (root, *root.pillars())
        if len(pillar.children) > 1
        and any(_is_at(level, pillar) for level in levels)
        and not (only_named and not _is_named(how, pillar))
    )


def _is_named(how: WeightSampling | None, pillar: Pillar) -> bool:
    ids = [child.id for child in pillar.children]
    return isinstance(how, WeightSpace) and how.touches(ids)


def _is_at(level: str, pillar: Pillar) -> bool:
    """Say whether the weights of the children of a pillar are among those of a level."""
    if level in {"pillars", "indicators"}:
        inner = level == "pillars"
        return any(isinstance(child, Pillar) == inner for child in pillar.children)
    return level == "all" or folded(level) == folded(pillar.id)


def refuse_unknown_levels(roots: Iterable[Pillar], levels: Sequence[str]) -> None:
    """Refuse a level that is none, and no pillar in any of some trees.

    Raises
    ------
    UsageError
        If there is one.
    """
    known = (*LEVELS, *dict.fromkeys(p.id for root in roots for p in root.pillars()))
    for level in levels:
        if spelled(level, known) not in known:
            raise UsageError(
                f"There is no level or pillar {level!r}.",
                mend=did_you_mean(level, known) or f"Known: {', '.join(known)}.",
            )


def spelled_as(how: WeightSampling | None, roots: Sequence[Pillar]) -> WeightSampling | None:
    """Return a way to draw weights that names them as some trees spell them."""
    if not isinstance(how, WeightSpace):
        return how
    ids = [node.id for root in roots for depth, node in root.walk() if depth]
    return how.respelled(Spelling(ids))


def refuse_unsayable(
    roots: Sequence[Pillar], levels: Sequence[str], how: WeightSampling | None
) -> None:
    """Refuse statements about weights that are none, have no common parent, or do not vary.

    Raises
    ------
    UsageError
        If there is one in each of some trees.
    """
    if not isinstance(how, WeightSpace):
        return
    problems = [_problem(root, levels, how) for root in roots]
    if all(problem is not None for problem in problems):
        first = problems[0]
        assert first is not None  # noqa: S101
        raise first


def _problem(root: Pillar, levels: Sequence[str], how: WeightSpace) -> UsageError | None:
    parents = {child.id: p for p in (root, *root.pillars()) for child in p.children}
    movable = moving(root, levels, how)
    for name in how.names():
        if name not in parents:
            mend = did_you_mean(name, parents) or f"Known: {', '.join(parents)}."
            return UsageError(f"There is no pillar or indicator {name!r} here.", mend=mend)
    for first, *others in how.families():
        for other in others:
            if parents[first].id != parents[other].id:
                return UsageError(
                    f"{first} and {other} have no common parent, so that their weights are not "
                    "compared.",
                    mend="Compare siblings.",
                )
        if parents[first].id not in movable:
            where = parents[first].id or "pillars"
            return UsageError(
                f"Something is stated of the weight of {first}, which does not vary.",
                mend=f'Add its level: `levels="{where}"`.',
            )
    return None
