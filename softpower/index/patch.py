"""What an index is scored from once a patch has been applied to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from softpower.equality import ByValue
from softpower.errors import UsageError, did_you_mean
from softpower.index.fields import InvalidValueError
from softpower.index.figures import Figures
from softpower.index.ids import spelled
from softpower.index.index import MAIN, Index
from softpower.index.indicator_row import DIRECTIONS, parse_denominator, parse_goalposts
from softpower.index.methodology import LEVELLED, Methodology, levels_held, levels_of
from softpower.index.request import NONE
from softpower.index.respell import spelled_methodology
from softpower.index.reweighting import rearranged
from softpower.index.settings import patched
from softpower.index.stacked import left_out
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import find_unit
from softpower.index.variant import IndicatorPatch, Patch, PillarPatch
from softpower.methods.normalise.fixed import NoNormalisation


@dataclass(frozen=True, slots=True, eq=False)
class Setup(ByValue):
    """All that a score is computed from: figures, a tree with weights, a methodology."""

    figures: Figures
    framework: Framework
    methodology: Methodology


def apply(index: Index, patch: Patch) -> Setup:
    """Return what an index is scored from once a patch has been applied.

    Raises
    ------
    UsageError
        If the patch names something that the index does not have, or makes no sense.
    """
    if index.figures is None:
        reason = f" {index.published.note}" if index.published else ""
        raise UsageError(f"{index.id} cannot be recomputed, only shown.{reason}")
    methodology = spelled_methodology(index, patched(index.methodology, patch.methodology))
    framework = _framework(index, patch)
    _check_levels(index, patch)
    methodology = _cut(methodology, index, index.frameworks[patch.framework or MAIN].root.depth())
    methodology = _without_lost_breaks(methodology, index, patch, framework)
    _check_weighting(index, framework, methodology, patch.weights)
    figures = index.figures
    if patch.omit.countries:
        omitted = {find_unit(figures.units, text).id for text in patch.omit.countries}
        figures = figures.without_units(omitted)
    return Setup(figures, framework, methodology)


def refuse_contradiction(index: Index, patch: Patch) -> None:
    """Refuse a patch that says something of what it leaves out.

    Raises
    ------
    UsageError
        If it does.
    """
    if left_out(patch):
        refuse_said_of_left_out(_framework(index, patch), patch)


def refuse_said_of_left_out(framework: Framework, patch: Patch) -> None:
    """Refuse a weight or a setting of what is not there, by somebody who knew that it is left out.

    Raises
    ------
    UsageError
        If there is one.
    """
    there = {node.id for _, node in framework.root.walk()}
    for names, done in (
        (patch.weights, "given a weight"),
        ({**patch.indicators, **patch.pillars}, "changed"),
    ):
        for name in names:
            if name not in there:
                raise UsageError(
                    f"{name} is {done} and left out.", mend="Leave one of the two away."
                )


def _check_levels(index: Index, patch: Patch) -> None:
    """Refuse a setting of a level that the tree does not have."""
    depth = index.frameworks[patch.framework or MAIN].root.depth()
    for key, value in patch.methodology.items():
        field, _, rest = key.partition(".")
        if field not in LEVELLED:
            continue
        said = levels_of(value)
        entries = len(said) if isinstance(said, list | tuple) else 1
        if field == "renormalise" and depth == 1 and not _idle(said):
            raise UsageError(
                f"{key} has no effect: {index.id} has no pillars whose scores are added up.",
                mend="Leave it out, or set normalise.",
            )
        deepest = levels_held(field, depth)
        if (int(rest.partition(".")[0]) if rest else entries) > deepest:
            lowest = "lowest that holds pillars" if field == "renormalise" else "lowest"
            raise UsageError(
                f"{key} has no effect beneath level {deepest}, the {lowest} of {index.id}.",
                mend="Levels count from 1 at the top.",
            )


def _idle(said: Any) -> bool:
    """Say whether the levels of a setting, in whatever form, name no method."""
    parts = said if isinstance(said, list | tuple) else [said]
    names = [part.get("method") if isinstance(part, dict) else part for part in parts]
    return all(str(name) == NONE for name in names)


def _cut(methodology: Methodology, index: Index, deepest: int) -> Methodology:
    """Return a methodology without what it says of levels that the tree does not have."""
    cut: dict[str, Any] = {
        field: levels[:held]
        for field in LEVELLED
        if len(levels := getattr(methodology, field)) > (held := levels_held(field, deepest))
    }
    if deepest == 1 and any(tree.root.depth() > 1 for tree in index.frameworks.values()):
        cut["renormalise"] = (NoNormalisation(),)
    return methodology.model_copy(update=cut) if cut else methodology


def _without_lost_breaks(
    methodology: Methodology, index: Index, patch: Patch, framework: Framework
) -> Methodology:
    """Return a methodology in which nothing that is left out puts equal scores in order."""
    there = {node.id for _, node in framework.root.walk()}
    whole = index.frameworks[patch.framework or MAIN].root
    lost = {node.id for _, node in whole.walk()} - there
    kept = tuple(name for name in methodology.tiebreak if name not in lost)
    return methodology.model_copy(update={"tiebreak": kept})


def lost_breaks(index: Index, changes: Mapping[str, Any], setup: Setup) -> list[str]:
    """Return what would put equal scores in order by a methodology, but is left out."""
    stated = spelled_methodology(index, patched(index.methodology, changes)).tiebreak
    return [name for name in stated if name not in setup.methodology.tiebreak]


def _check_weighting(
    index: Index, framework: Framework, methodology: Methodology, weights: Mapping[str, float]
) -> None:
    """Refuse weights that have no effect, and a weighting that names what there is not."""
    for level, pillar in framework.root.walk():
        if not isinstance(pillar, Pillar):
            continue
        method = methodology.weighting_at(level)
        ids = tuple(child.id for child in pillar.children)
        if not weights.keys().isdisjoint(ids) and not method.takes(ids):
            raise UsageError(
                f"Weights have no effect under weight = {method.name()}.",
                mend="Leave them out, or set weight to given.",
            )
    known = {node.id for tree in index.frameworks.values() for _, node in tree.root.walk()}
    known |= set(index.figures.ids) if index.figures is not None else set()
    for method in methodology.weight:
        for name in method.names():
            if name not in known:
                raise UsageError(
                    f"weight = {method.name()} names {name!r}, which is not in {index.id}.",
                    mend=did_you_mean(name, sorted(known - {""})),
                )


def _framework(index: Index, patch: Patch) -> Framework:
    name = patch.framework or MAIN
    if name not in index.frameworks:
        mend = did_you_mean(name, index.frameworks)
        raise UsageError(f"There is no framework {name!r} in {index.id}.", mend=mend)
    framework = index.frameworks[name]
    root = framework.root
    if patch.indicators or patch.pillars:
        root = _restated(root, patch, index)
    left = left_out(patch)
    _check_known(left, root)
    _check_known(patch.weights, root)
    root = rearranged(root, patch.weights, left)
    if not root.children:
        raise UsageError("Nothing is left to score.", mend="Leave less out.")
    return replace(framework, root=root)


def _check_known(names: Mapping[str, Any], root: Pillar) -> None:
    known = [node.id for depth, node in root.walk() if depth]
    for name in sorted(names):
        if name not in known:
            mend = did_you_mean(name, known)
            raise UsageError(f"There is no pillar or indicator {name!r} here.", mend=mend)


def _restated(pillar: Pillar, patch: Patch, index: Index) -> Pillar:
    """Return the tree with some fields of indicators and pillars stated anew."""
    for kind, changes, nodes in (
        ("indicator", patch.indicators, pillar.indicators()),
        ("pillar", patch.pillars, pillar.pillars()),
    ):
        known = [node.id for node in nodes]
        for name in changes:
            if name not in known:
                mend = did_you_mean(name, known)
                raise UsageError(f"There is no {kind} {name!r} in this framework.", mend=mend)

    def walk(node: Pillar) -> Pillar:
        children = tuple(
            walk(child)
            if isinstance(child, Pillar)
            else _changed(child, patch.indicators[child.id], index)
            if child.id in patch.indicators
            else child
            for child in node.children
        )
        change = patch.pillars.get(node.id, PillarPatch())
        stated: dict[str, Any] = {}
        if change.aggregate is not None:
            stated["aggregate"] = change.aggregate or None
        if change.direction is not None:
            stated["direction"] = DIRECTIONS[change.direction]
        return replace(node, children=children, **stated)

    return walk(pillar)


def _changed(indicator: Indicator, change: IndicatorPatch, index: Index) -> Indicator:
    fields: dict[str, Any] = {}
    if change.direction is not None:
        fields["direction"] = 1 if change.direction == "higher" else -1
    for name in ("transform", "treat", "normalise", "target", "zero_fill"):
        value = getattr(change, name)
        if value is not None:
            fields[name] = None if value == "" else value
    try:
        if change.denominator is not None:
            fields["denominator"] = parse_denominator(change.denominator)
        if change.goalposts is not None:
            fields["goalposts"] = parse_goalposts(change.goalposts)
    except InvalidValueError as error:
        raise UsageError(f"{indicator.id}: {error.what}.", mend=error.mend) from error
    denominator = fields.get("denominator")
    if denominator is not None and index.figures is not None:
        known = index.figures.ids
        figure = spelled(denominator.figure, known)
        fields["denominator"] = denominator.model_copy(update={"figure": figure})
        if figure not in known:
            raise UsageError(
                f"{indicator.id}: there is no figure {denominator.figure!r} to divide by.",
                mend=did_you_mean(denominator.figure, known),
            )
    return replace(indicator, **fields)
