"""What was varied, and what failed: in words."""

from __future__ import annotations

from typing import Any

from softpower.analysis.shared.study import Study
from softpower.analysis.shared.variation import Variation
from softpower.index.request import NONE
from softpower.methods.sample import WeightSampling
from softpower.methods.short_form import stating
from softpower.methods.space import WeightSpace

MOST_REASONS = 3
"""So many reasons of the same kind are told."""


def varied(known: Study, variation: Variation) -> str:
    """Return what varies, in words."""
    said = [f"{choice.key}: {', '.join(choice.written())}" for choice in known.grid.choices]
    if variation.weights is not None:
        said.append(f"{len(known.axes)} weights ({written(variation.weights)})")
    if variation.everywhere is not None:
        said.append(f"figures within rounding to {variation.everywhere:g}")
    said += [f"{name} within rounding to {step:g}" for name, step in variation.rounding.items()]
    if variation.errors:
        said.append("figures by their standard errors")
    return "; ".join(said)


def written(sampling: WeightSampling | None) -> str:
    """Return a way to draw weights as it is written in short, with all its parameters."""
    if sampling is None:
        return NONE
    if isinstance(sampling, WeightSpace):
        return sampling.written()
    return stating(type(sampling), sampling.model_dump(exclude={"method"}))


def without_ranking(known: Study) -> list[str]:
    """Return why combinations lead to no ranking, with an example and a count for each reason."""
    reasons: dict[str, list[str]] = {}
    for combination, reason in known.refused:
        reasons.setdefault(reason.partition(": ")[2] or reason, []).append(combination)
    notes = []
    for reason, combinations in list(reasons.items())[:MOST_REASONS]:
        if len(combinations) == 1:
            notes.append(f"No ranking with {combinations[0]}: {reason}")
        else:
            count, such = len(combinations), combinations[0]
            notes.append(f"No ranking in {count:,} combinations, such as {such}: {reason}")
    if len(reasons) > MOST_REASONS:
        notes.append(f"There are {len(reasons) - MOST_REASONS} more reasons for no ranking.")
    return notes


def weights_of_levels(known: Study) -> dict[str, Any]:
    """Return the weights of the values of choices, where some count more than others."""
    weights = {c.key: list(c.weights) for c in known.grid.choices if c.weights}
    return {"choice_weights": weights} if weights else {}
