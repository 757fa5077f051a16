"""Does a claim survive other defensible choices? The share that supports it, and what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from softpower.analysis.claim.judging import ClaimSummary, VariantResults, on_itself, under_variants
from softpower.analysis.claim.notes import as_read, not_judged, of_people, of_weights, tried
from softpower.analysis.claim.proofs import Proofs, prove
from softpower.analysis.claim.stacks import Stack
from softpower.analysis.claim.tables import (
    describe_result,
    overview,
    results_table,
    sizes,
)
from softpower.analysis.claim.text import parse_claim
from softpower.analysis.claim.weightings import Backing, WeightSupport, by_people, under_weights
from softpower.analysis.shared.formatting import scope, titled, unlike_published
from softpower.analysis.shared.variation import Variation
from softpower.answer import Answer
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.people import People
from softpower.index.units import Unit
from softpower.watch import Watch, unwatched


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
            *as_read(read),
            *unlike_published(run),
            *tried(run, evidence),
            *not_judged(verdicts, evidence, why),
            *of_weights(drawn),
            *of_people(made, backing),
            *proven.notes,
        ),
        provenance={
            **run.provenance(),
            **evidence.record(),
            **(drawn.record() if drawn is not None else {}),
            **proven.record(),
            **_people_record(people, backing),
        },
        holds=all(verdict.stands for verdict in verdicts),
        complete=_is_complete(verdicts, evidence, drawn),
    )


def _is_complete(
    verdicts: Sequence[ClaimSummary], evidence: VariantResults, drawn: WeightSupport | None
) -> bool:
    """Say whether each claim is judged by all that was to be tried."""
    failed = drawn is not None and drawn.failed
    cut = evidence.deepest is not None
    return not (evidence.refused or _unable(verdicts) or cut or failed)


def _people_record(people: People | None, backing: Backing | None) -> dict[str, object]:
    if people is None or backing is None:
        return {}
    return {"people": {**people.record(), "support": list(backing.true)}}


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


def _share_of_draws(drawn: WeightSupport | None) -> str:
    return scope(drawn.draws, drawn.draws + drawn.failed, "draws") if drawn is not None else ""


def _unable(verdicts: Sequence[ClaimSummary]) -> set[str]:
    """Return the labels of the other runs that cannot judge every claim."""
    return {ruling.label for verdict in verdicts for ruling in verdict.others if ruling.obstacle}
