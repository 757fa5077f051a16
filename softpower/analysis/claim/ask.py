"""Does a claim survive other defensible choices? The share that supports it, and what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from softpower.analysis.claim.judging import ClaimSummary, VariantResults, on_itself, under_variants
from softpower.analysis.claim.kinds import Claim
from softpower.analysis.claim.proofs import Proofs, prove
from softpower.analysis.claim.stacks import MOST_STACKS, Stack
from softpower.analysis.claim.tables import (
    MOST_NAMED,
    describe_result,
    overview,
    results_table,
    sizes,
)
from softpower.analysis.claim.text import parse_claim, passing_word
from softpower.analysis.claim.weightings import Backing, WeightSupport, by_people, under_weights
from softpower.analysis.shared.draws import written
from softpower.analysis.shared.formatting import enumerated, scope, titled, unlike_published
from softpower.analysis.shared.variation import Variation, Watch, unwatched
from softpower.answer import Answer, Cell
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.name import stack_name
from softpower.index.people import People
from softpower.index.units import Unit


def claim(
    run: Run,
    texts: Sequence[str],
    *,
    stacked: bool = False,
    every: bool = False,
    watch: Callable[[Sequence[Stack]], Iterable[Stack]] = iter,
    weights: Variation | None = None,
    people: People | None = None,
    threads: int | None = None,
    watch_draws: Watch = unwatched,
) -> Answer:
    """Return whether claims hold under a run, and under which variants of its index they do.

    Parameters
    ----------
    run
        The run that the claims are about; its index's variants are added to it.
    texts
        The claims, as a person writes them.
    stacked
        Whether every set of variants that do not contradict each other is tried.
    every
        Whether the second table lists every stack, and not the single variants only.
    watch
        Hands the runs on one by one, so that progress can be shown.
    weights
        How weights are drawn to find the share of them that supports each claim, if at all.
    people
        People whose own weights support a claim or do not, if any.
    threads
        How many threads share these draws.
    watch_draws
        Hands their outcomes on, so that progress can be shown.

    Raises
    ------
    UsageError
        If a text is not a claim that is understood, or there is none.
    MethodError
        If a method refuses the figures under the run itself; a variant that is refused is noted.
    """
    if not texts:
        raise UsageError("No claim is made.", mend='Make one, such as "China > Japan".')
    ranking = run.score()
    read = [(text, parse_claim(text, _units(run))) for text in texts]
    made = list(dict.fromkeys(claim for _, claim in read))
    named = on_itself(run, ranking, made)
    evidence = under_variants(run, ranking, made, stacked=stacked, watch=watch)
    others = zip(*evidence.rulings.values(), strict=True) if evidence.rulings else ((),) * len(made)
    verdicts = [ClaimSummary(*parts) for parts in zip(made, named, others, strict=True)]
    drawn = _drawn(run, verdicts, weights, threads, watch_draws)
    proven = _proven(run, verdicts, weights, people)
    backing = _backing(run, verdicts, people)
    mark = " (partial)" if drawn is not None and drawn.partial else ""
    title = f"{titled(run)}: claims{_under(verdicts, evidence)}{_share_of_draws(drawn)}{mark}"
    tables = [
        overview(run, verdicts, title, drawn, proven.proofs, backing),
        describe_result(run, verdicts, evidence, proven.proofs),
    ]
    if stacked and evidence.rulings:
        tables.append(sizes(verdicts, evidence))
    if evidence.rulings:
        tables.append(results_table(run, verdicts, evidence, singles=not every))
    why = {unit: text for unit, text in ranking.unranked.items() if run.setup is not None}
    return Answer(
        title=title,
        tables=tuple(tables),
        notes=(
            *_as_read(read),
            *unlike_published(run),
            *_scope(run, evidence),
            *_gaps(verdicts, evidence, why),
            *_of_weights(drawn),
            *_of_people(made, backing),
            *proven.notes,
        ),
        provenance={
            **run.provenance(),
            **_account(evidence),
            **_weights_account(drawn),
            **proven.record(),
            **_people_account(people, backing),
        },
        holds=all(verdict.stands for verdict in verdicts),
        complete=not (
            evidence.refused
            or _unable(verdicts)
            or evidence.deepest is not None
            or (drawn is not None and drawn.failed)
        ),
    )


def _as_read(read: Iterable[tuple[str, Claim]]) -> list[str]:
    """Return which claims of a change are judged as claims of who is ahead."""
    words = dict.fromkeys(word for text, claim in read if (word := passing_word(text, claim)))
    return [
        f'"{word}" is judged as who is above: one ranking does not know who was before. For that, '
        "hold two editions together: softpower compare FIRST SECOND."
        for word in words
    ]


def _drawn(
    run: Run,
    verdicts: Sequence[ClaimSummary],
    weights: Variation | None,
    threads: int | None,
    watch: Watch,
) -> WeightSupport | None:
    """Return what drawn weights say of the claims, all of which the run can judge."""
    if weights is None or run.setup is None:
        return None
    if any(verdict.named.obstacle for verdict in verdicts):
        return WeightSupport(weights, refusal="The run itself cannot judge every claim.")
    return under_weights(run, [v.claim for v in verdicts], weights, threads=threads, watch=watch)


def _backing(run: Run, verdicts: Sequence[ClaimSummary], people: People | None) -> Backing | None:
    """Return how many people's weights support the claims, if the run can judge them all."""
    able = not any(verdict.named.obstacle for verdict in verdicts)
    if people is None or run.setup is None or not able:
        return None
    return by_people(run, [verdict.claim for verdict in verdicts], people)


def _of_people(made: Sequence[Claim], backing: Backing | None) -> list[str]:
    if backing is None:
        return []
    of = f"of {backing.people} people in {backing.file}"
    return [
        f"{claim}: the own weights of {true} {of} support it."
        for claim, true in zip(made, backing.true, strict=True)
    ]


def _people_account(people: People | None, backing: Backing | None) -> dict[str, object]:
    if people is None or backing is None:
        return {}
    return {"people": {**people.record(), "support": list(backing.true)}}


def _proven(
    run: Run, verdicts: Sequence[ClaimSummary], weights: Variation | None, people: People | None
) -> Proofs:
    """Return what is proven of the claims for all admissible weights, none, or some.

    Where people stated weights, their mixtures are admissible.
    """
    able = not any(verdict.named.obstacle for verdict in verdicts)
    if run.setup is None or not able:
        return Proofs()
    if people is not None:
        weights = Variation(weights=people.space(run.setup.framework.root))
    if weights is None:
        return Proofs()
    return prove(run, [verdict.claim for verdict in verdicts], weights)


def _of_weights(drawn: WeightSupport | None) -> list[str]:
    """Return what the share of weights is a share of."""
    if drawn is None:
        return []
    if drawn.refusal:
        return [f"No share of weights: {drawn.refusal}"]
    variation = drawn.variation
    made = f"{drawn.draws:,} sets of weights ({written(variation.weights)}, seed {variation.seed})"
    notes = [f"Weights is the share of {made} that supports a claim, with its 95 % error."]
    if drawn.failed:
        notes.append(f"{drawn.failed:,} more sets of weights lead to no ranking.")
    if drawn.partial:
        notes.append("Interrupted: the share of weights is of the draws made so far.")
    return notes


def _weights_account(drawn: WeightSupport | None) -> dict[str, object]:
    if drawn is None or drawn.variation.weights is None:
        return {}
    account = {
        "sample": drawn.variation.weights.model_dump(mode="json"),
        "levels": list(drawn.variation.levels),
        "draws": drawn.draws,
        "failed": drawn.failed,
        "seed": drawn.variation.seed,
        **({"refused": drawn.refusal} if drawn.refusal else {}),
        **({"partial": True} if drawn.partial else {}),
    }
    return {"weights_drawn": account}


def _units(run: Run) -> tuple[Unit, ...]:
    """Return all units of the index, also those that the run leaves out."""
    index = run.index
    if index.figures is not None:
        return index.figures.units
    return index.published.units if index.published is not None else ()


def _under(verdicts: Sequence[ClaimSummary], evidence: VariantResults) -> str:
    """Return under how many runs claims are judged, and how many of these can judge them all."""
    tried = len(evidence.rulings) + len(evidence.refused)
    if not tried:
        return ""
    able = len(evidence.rulings) - len(_unable(verdicts))
    count = f"{able:,} of {tried:,}" if able < tried else f"{tried:,}"
    most = "" if evidence.deepest is None else f" of at most {evidence.deepest} variants"
    return f" under {count} {evidence.kind}{'' if tried == 1 else 's'}{most}"


def _unable(verdicts: Sequence[ClaimSummary]) -> set[str]:
    """Return the labels of the other runs that cannot judge every claim."""
    return {ruling.label for verdict in verdicts for ruling in verdict.others if ruling.obstacle}


def _share_of_draws(drawn: WeightSupport | None) -> str:
    return scope(drawn.draws, drawn.draws + drawn.failed, "draws") if drawn is not None else ""


def _scope(run: Run, evidence: VariantResults) -> list[str]:
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


def _gaps(
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


def _account(evidence: VariantResults) -> dict[str, Cell | list[str] | dict[str, str]]:
    """Return what was tried as plain JSON values."""
    return {
        "judged_under": evidence.kind,
        "tried": len(evidence.rulings),
        "skipped": evidence.skipped,
        "clashing": list(evidence.clashing),
        "refused": dict(evidence.refused),
    }
