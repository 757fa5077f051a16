"""What a reader must know of verdicts on claims: what was tried, and what was not judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from softpower.analysis.claim.judging import ClaimSummary, VariantResults
from softpower.analysis.claim.kinds import Claim
from softpower.analysis.claim.stacks import MOST_STACKS
from softpower.analysis.claim.tables import MOST_NAMED
from softpower.analysis.claim.text import passing_word
from softpower.analysis.claim.weightings import Backing, WeightSupport
from softpower.analysis.shared.draws import written
from softpower.analysis.shared.formatting import enumerated
from softpower.engine.run import Run
from softpower.index.name import stack_name


def as_read(read: Iterable[tuple[str, Claim]]) -> list[str]:
    """Return which claims of a change are judged as claims of who is ahead."""
    words = dict.fromkeys(word for text, claim in read if (word := passing_word(text, claim)))
    return [
        f'"{word}" is judged as who is above: one ranking does not know who was before. For that, '
        "hold two editions together: softpower compare FIRST SECOND."
        for word in words
    ]


def of_people(made: Sequence[Claim], backing: Backing | None) -> list[str]:
    """Return by how many people's own weights each claim is supported."""
    if backing is None:
        return []
    of = f"of {backing.people} people in {backing.file}"
    return [
        f"{claim}: the own weights of {true} {of} support it."
        for claim, true in zip(made, backing.true, strict=True)
    ]


def of_weights(drawn: WeightSupport | None) -> list[str]:
    """Return what the share of weights is a share of."""
    if drawn is None:
        return []
    if drawn.refusal:
        return [f"No share of weights: {drawn.refusal}"]
    variation = drawn.variation
    how = f"({written(variation.weights)}, seed {variation.seed})"
    made = f"{drawn.draws:,} sets of {drawn.axes} weights {how}"
    notes = [f"Weights: the share of {made} that support a claim, with its 95 % error."]
    if drawn.failed:
        notes.append(f"{drawn.failed:,} more sets of weights lead to no ranking.")
    if drawn.partial:
        notes.append("Interrupted: the share of weights is of the draws made so far.")
    return notes


def tried(run: Run, evidence: VariantResults) -> list[str]:
    """Return what was tried and what was not."""
    notes = []
    published = run.index.published
    if run.setup is None:
        notes.append(
            f"Judged on the ranks as published by {run.index.publisher}; there are no "
            "figures from which variants could be computed."
        )
        if published is not None and published.partial:
            notes.append(f"{run.index.id} is {published.partial}.")
        return notes
    if not run.index.variants:
        return [f"{run.index.id} declares no variants, so that the run alone is judged."]
    if run.variants:
        notes.append(f"Each {evidence.kind} is added to {run.name}.")
    if evidence.clashing:
        variants = enumerated([stack_name([name]) for name in evidence.clashing], 12)
        notes.append(f"Contradicts {run.name}, and is not added to it: {variants}.")
    if evidence.kind == "stack":
        tried = len(evidence.rulings) + len(evidence.refused)
        notes.append(
            f"Of {tried + evidence.skipped:,} stacks of variants {tried:,} are consistent; "
            f"{evidence.skipped:,} contradict themselves and are skipped."
        )
        if evidence.deepest is not None:
            notes.append(
                f"Stacks of more than {evidence.deepest} variants are not tried: there would be "
                f"more than {MOST_STACKS:,} in all."
            )
    if evidence.same:
        verb = "ranks" if len(evidence.same) == 1 else "rank"
        notes.append(f"{enumerated(list(evidence.same))} {verb} exactly as the run itself.")
    for rule in dict.fromkeys(evidence.ties.values()):
        labels = [label for label, other in evidence.ties.items() if other == rule]
        notes.append(
            f"Judged by ranks that equal scores share by ties = {rule}: {enumerated(labels)}."
        )
    return notes


def not_judged(
    verdicts: Sequence[ClaimSummary], evidence: VariantResults, why: dict[str, str]
) -> list[str]:
    """Return which runs could not be computed, and which claims they could not judge."""
    notes = []
    reasons: dict[str, list[str]] = {}
    for label, reason in evidence.refused.items():
        reasons.setdefault(reason, []).append(label)
    for reason, labels in reasons.items():
        count = f"{len(labels):,} {evidence.kind}s" if len(labels) > 1 else f"1 {evidence.kind}"
        named = enumerated(labels) if len(labels) <= MOST_NAMED else f"such as {labels[0]}"
        notes.append(f"{count} cannot be computed, {named}: {reason}")
    for verdict in verdicts:
        if verdict.named.obstacle:
            reason = next((why[unit.id] for unit in verdict.claim.units() if unit.id in why), "")
            told = f" ({reason})" if reason else ""
            notes.append(f"{verdict.claim}: cannot be judged, for {verdict.named.obstacle}{told}.")
            continue
        obstacles: dict[str, list[str]] = {}
        for ruling in verdict.others:
            if ruling.obstacle:
                obstacles.setdefault(ruling.obstacle, []).append(ruling.label)
        for obstacle, labels in obstacles.items():
            under = enumerated(labels, 3)
            notes.append(f"{verdict.claim}: not judged under {under}, for {obstacle}.")
    return notes
