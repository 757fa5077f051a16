"""Choices that do not go together, told from the methodology and the tree before any work."""

from __future__ import annotations

from collections.abc import Mapping

from softpower.errors import Location, MethodError, did_you_mean
from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.short_form import levels_form
from softpower.methods.weight import Weighting


def refuse_incompatible(methodology: Methodology, framework: Framework) -> None:
    """Refuse methods that cannot work together, whatever the figures.

    Each method says on its class what it needs and what it leads to; here these are held against
    each other, pillar by pillar. The methodology is settled.

    Raises
    ------
    MethodError
        If something does not fit, naming the pillar and the mend.
    """
    _refuse_trees_that_cannot_be_weighed(methodology, framework)
    _refuse_unknown_tiebreaks(methodology, framework)
    again = any(method.name() != "none" for method in methodology.renormalise)
    if again and not framework.root.pillars():
        raise MethodError(
            "There are no pillars whose scores could be normalised again.",
            location=Location(key="renormalise"),
            mend="Leave it out, or set normalise.",
        )
    senses = framework.root.senses(methodology.sense)
    _walk(methodology, framework.root, 0)
    for level, pillar in framework.root.walk():
        if isinstance(pillar, Pillar):
            _refuse_low_for_good(methodology, pillar, level, senses)
            _refuse_scales_without_a_middle(methodology, pillar, level, senses)


def _refuse_trees_that_cannot_be_weighed(methodology: Methodology, framework: Framework) -> None:
    families: list[list[tuple[str, ...]]] = [[] for _ in methodology.weight]
    for level, pillar in framework.root.walk():
        if isinstance(pillar, Pillar):
            at = min(level, len(families) - 1)
            families[at].append(tuple(child.id for child in pillar.children))
    for weight, children in zip(methodology.weight, families, strict=True):
        try:
            weight.fits(children)
        except MethodError as error:
            raise MethodError(
                error.what, location=Location(key="weight"), mend=error.mend
            ) from error


def _refuse_unknown_tiebreaks(methodology: Methodology, framework: Framework) -> None:
    known = [node.id for depth, node in framework.root.walk() if depth]
    listed = [pillar.id for pillar in framework.root.pillars()] or known
    for name in methodology.tiebreak:
        if name not in known:
            raise MethodError(
                f"There is no pillar or indicator {name!r} to put equal scores in order.",
                location=Location(key="tiebreak"),
                mend=did_you_mean(name, known) or f"Known: {', '.join(listed)}.",
            )


def _refuse_low_for_good(
    methodology: Methodology, pillar: Pillar, level: int, senses: Mapping[str, int]
) -> None:
    method = pillar.aggregate or methodology.aggregation_at(level)
    if senses[pillar.id] < 0 and not method.rowwise:
        raise MethodError(
            f"The {method.name()} aggregation takes high values for good, and here low ones are.",
            location=_place(pillar),
            mend="Set direction to higher, or take a mean.",
        )


def _refuse_scales_without_a_middle(
    methodology: Methodology, pillar: Pillar, level: int, senses: Mapping[str, int]
) -> None:
    """Refuse to turn a score about the middle of a scale on which it does not lie."""
    if methodology.renormalisation_at(level).name() != "none":
        return
    common = methodology.normalise
    for child in pillar.children:
        if not isinstance(child, Pillar) or senses[child.id] == senses[pillar.id]:
            continue
        scales = {item.normalise or common for item in child.indicators()}
        pillars = [(at, node) for at, node in child.walk(level + 1) if isinstance(node, Pillar)]
        if scales != {common} or not common.mirrored:
            cause = "its indicators are not on one scale with a middle"
        elif not all(_keeps_scale(methodology, node, at) for at, node in pillars):
            cause = "it is not added up on the scale of its indicators"
        else:
            continue
        raise MethodError(
            f"Its score cannot be turned to the direction of what is above it: {cause}.",
            location=_place(child),
            mend="Set renormalise, such as renormalise = minmax.",
        )


def _keeps_scale(methodology: Methodology, pillar: Pillar, level: int) -> bool:
    method = pillar.aggregate or methodology.aggregation_at(level)
    return method.rowwise and not method.undivided


def _walk(methodology: Methodology, pillar: Pillar, level: int) -> bool:
    """Check a pillar and all beneath it, and say whether its values are below zero for certain."""
    negative = False
    for child in pillar.children:
        if isinstance(child, Pillar):
            negative |= _walk(methodology, child, level + 1)
        else:
            negative |= (child.normalise or methodology.normalise).negative()
    again = methodology.renormalisation_at(level)
    if again.name() != "none" and any(isinstance(child, Pillar) for child in pillar.children):
        negative = again.negative()
    method = pillar.aggregate or methodology.aggregation_at(level)
    _refuse_ranks_below_the_top(method, pillar, level)
    _refuse_values_below_zero(method, methodology, pillar, negative=negative)
    weight = methodology.weighting_at(level)
    _refuse_weights_of_sums(method, weight, pillar)
    _refuse_numbers_of_children(method, weight, pillar)
    _refuse_gaps_met_twice(method, methodology, pillar)
    return method.negative(beneath=negative)


def _refuse_ranks_below_the_top(method: Aggregation, pillar: Pillar, level: int) -> None:
    if method.top and level > 0:
        raise MethodError(
            f"The {method.name()} aggregation only ranks, and so has a place at the top alone.",
            location=_place(pillar),
            mend=f"Set aggregate to {method.name()}/arithmetic.",
        )


def _refuse_values_below_zero(
    method: Aggregation, methodology: Methodology, pillar: Pillar, *, negative: bool
) -> None:
    if not (negative and method.refuses_negative()):
        return
    again = methodology.renormalise
    if any(method.negative() for method in again):
        cause = f"renormalise = {levels_form(again)} leads to some"
    elif methodology.normalise.negative():
        cause = f"the normalisation {methodology.normalise.name()} as set leads to some"
    elif any(item.normalise and item.normalise.negative() for item in pillar.indicators()):
        cause = "the normalisation of an indicator beneath it leads to some"
    else:
        cause = "an aggregation beneath it leads to some"
    raise MethodError(
        f"The {method.name()} aggregation is not defined for values below zero, and {cause}.",
        location=_place(pillar),
        mend="Take another, or normalise onto a positive range (minmax:1:100, zscore:100:10).",
    )


def _refuse_weights_of_sums(method: Aggregation, weight: Weighting, pillar: Pillar) -> None:
    if weight.sums_only and not method.linear:
        raise MethodError(
            f"Weights by {weight.name()} are those of a weighted sum, and "
            f"{pillar.id or 'the index'} is added up by {method.name()}.",
            location=Location(key="weight"),
            mend="Set aggregate to arithmetic, or weight to another method.",
        )


def _refuse_numbers_of_children(method: Aggregation, weight: Weighting, pillar: Pillar) -> None:
    stated = weight.takes([child.id for child in pillar.children])
    counted = [child for child in pillar.children if child.weight > 0 or not stated]
    misfit = method.misfit(len(counted))
    if counted and misfit:
        raise MethodError(
            f"The {method.name()} aggregation {misfit}.",
            location=_place(pillar),
            mend="Set aggregate level by level, as top/below, or take a quantifier such as most.",
        )


def _refuse_gaps_met_twice(method: Aggregation, methodology: Methodology, pillar: Pillar) -> None:
    rule = methodology.missing
    if method.by_shared() and not rule.proportional:
        raise MethodError(
            f"The {method.name()} aggregation weighs each pair by what both have, and the rule "
            f"{rule.name()} on missing values changes these weights.",
            location=_place(pillar),
            mend="Set missing to renormalise, or gaps to refuse.",
        )


def _place(pillar: Pillar) -> Location:
    return Location(key=pillar.id or "the index")
