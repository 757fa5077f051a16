"""The verdicts on claims as tables: an overview, the same in words, and each run's say."""

from __future__ import annotations

from collections.abc import Sequence

from softpower.analysis.claim.judging import ClaimResult, ClaimSummary, VariantResults
from softpower.analysis.claim.proofs import Proof
from softpower.analysis.claim.weightings import Backing, WeightSupport
from softpower.analysis.shared.formatting import cell, enumerated
from softpower.answer import Cell, Column, Table, facts
from softpower.engine.run import Run
from softpower.index.name import split_name

MOST_NAMED = 4
"""So many runs under which a claim fails are named in a cell."""


def overview(
    run: Run,
    verdicts: Sequence[ClaimSummary],
    title: str,
    drawn: WeightSupport | None = None,
    proofs: Sequence[Proof] = (),
    backing: Backing | None = None,
) -> Table:
    """Return one row per claim: the verdict, its support, and what comes nearest to flipping it."""
    weighed = drawn is not None and drawn.draws > 0
    columns = (
        Column("claim", "Claim", whole=True),
        Column("verdict", _itself(run).capitalize()),
        Column("supported", "Holds", "integer"),
        Column("judged", "of", "integer"),
        Column("share", "Share", "percent", 0),
        *(
            (Column("weights", "Weights", "percent"), Column("weights_error", "±", "percent", 2))
            if weighed
            else ()
        ),
        *((Column("proven", "Proven for"),) if proofs else ()),
        *((Column("people", "People", "percent"),) if backing is not None else ()),
        Column("fails_under", "Fails under", detail=True),
        Column("closest_call", "Closest call", detail=True),
        Column("closest_margin", "Its margin", "change", 3, detail=True),
        Column("smallest_change", "Flipped by", detail=True),
    )
    rows = []
    for at, verdict in enumerate(verdicts):
        flip, closest = verdict.flip(), verdict.closest()
        row: tuple[Cell, ...] = (
            str(verdict.claim),
            _word(verdict.named),
            verdict.supported if verdict.judged else None,
            len(verdict.judged) or None,
            verdict.share,
            *((drawn.share(at), drawn.error(at)) if weighed and drawn is not None else ()),
            *((proofs[at].word or None,) if proofs else ()),
            *((backing.true[at] / backing.people,) if backing is not None else ()),
            enumerated([ruling.label for ruling in verdict.with_answer(False)], MOST_NAMED) or None,
            (closest.label or _itself(run)) if closest is not None else None,
            cell(closest.margin) if closest is not None else None,
            flip.label if flip is not None else None,
        )
        rows.append(row)
    return Table("claims", title, columns, tuple(rows))


def _word(ruling: ClaimResult) -> str | None:
    return {True: "yes", False: "no", None: None}[ruling.holds]


def _by(verdict: ClaimSummary, ruling: ClaimResult, *, unit: bool = True) -> str:
    """Return the margin of a ruling in words, such as ``by 4 places``."""
    margin = abs(ruling.margin)
    ending = f" {verdict.claim.measure}{'' if margin == 1 else 's'}" if unit else ""
    return f"by {margin:.3g}{ending}"


def describe_result(
    run: Run,
    verdicts: Sequence[ClaimSummary],
    evidence: VariantResults,
    proofs: Sequence[Proof] = (),
) -> Table:
    """Return for each claim where it fails, its closest call and the changes that flip it."""
    items: list[tuple[str, Cell]] = []
    for at, verdict in enumerate(verdicts):
        proven = [proof.told for proof in proofs[at : at + 1] if proof.told]
        items.append((str(verdict.claim), " ".join([_told(run, verdict, evidence), *proven])))
    return facts("words", "In words", items)


def _told(run: Run, verdict: ClaimSummary, evidence: VariantResults) -> str:
    holds, closest = verdict.named.holds, verdict.closest()
    if closest is None:
        return f"Cannot be judged: {verdict.named.obstacle}."
    told = []
    if holds is None:
        told.append(f"Cannot be judged {_itself(run)}: {verdict.named.obstacle}.")
    failing = verdict.with_answer(False)
    if failing:
        parts = [
            f"{ruling.label} {_by(verdict, ruling, unit=not at)}"
            for at, ruling in enumerate(failing)
        ]
        told.append(f"Fails under {enumerated(parts, MOST_NAMED)}.")
    elif verdict.judged:
        able = "" if len(verdict.judged) == len(verdict.others) else " that can judge it"
        told.append(f"Holds under every {evidence.kind}{able}.")
    call = "holds" if closest.holds else "fails"
    if not verdict.judged:
        return f"{call.capitalize()} {_by(verdict, closest)}."
    under = f"under {closest.label}" if closest.label else _itself(run)
    told.append(f"Closest call: {call} {_by(verdict, closest)} {under}.")
    flip = verdict.flip()
    if flip is not None:
        answer = "Broken by" if holds else "Made true by"
        told.append(f"{answer} {_change(run, flip)}, {_by(verdict, flip)}.")
    elif holds is False:
        told.append(f"No {evidence.kind} makes it true.")
    return " ".join(told)


def _change(run: Run, ruling: ClaimResult) -> str:
    """Return the variants of a ruling by their titles."""
    names = split_name(ruling.label).variants
    titles = " with ".join(f"“{run.index.variants[name].title}”" for name in names)
    return f"{titles} ({ruling.label})"


def sizes(verdicts: Sequence[ClaimSummary], evidence: VariantResults) -> Table:
    """Return the share that supports each claim by the number of variants that are stacked."""
    stacked = [rulings[0].size for rulings in evidence.rulings.values()]
    columns = [
        Column("size", "Variants stacked", "integer"),
        Column("stacks", "Stacks", "integer"),
        *(Column(str(v.claim), str(v.claim), "percent", 0) for v in verdicts),
    ]
    rows = []
    for size in sorted(set(stacked)):
        of_size = [
            ClaimSummary(v.claim, v.named, tuple(r for r in v.others if r.size == size))
            for v in verdicts
        ]
        rows.append((size, stacked.count(size), *(v.share for v in of_size)))
    return Table("sizes", "Support by the number of variants stacked", tuple(columns), tuple(rows))


def results_table(
    run: Run, verdicts: Sequence[ClaimSummary], evidence: VariantResults, *, singles: bool
) -> Table:
    """Return what each run says of each claim, with the margins for those who compute."""
    kind = "variant" if singles else evidence.kind
    columns = [Column("variant", kind.capitalize(), whole=True)]
    for verdict in verdicts:
        claim = str(verdict.claim)
        margin = f"{claim}: margin"
        unit = verdict.claim.measure
        digits = 3 if unit == "point" else 0
        columns += [
            Column(claim, claim),
            Column(margin, margin, "change", digits, f"{unit}s", detail=True),
        ]
    labelled = {_itself(run): tuple(verdict.named for verdict in verdicts), **evidence.rulings}
    rows: list[tuple[Cell, ...]] = []
    for label, rulings in labelled.items():
        if singles and rulings[0].size > 1:
            continue
        parts = [(_word(ruling), cell(ruling.margin)) for ruling in rulings]
        rows.append((label, *(part for pair in parts for part in pair)))
    return Table("variants", f"Claims under each {kind}", tuple(columns), tuple(rows))


def _itself(run: Run) -> str:
    return "as asked" if run.patch else "as published"
