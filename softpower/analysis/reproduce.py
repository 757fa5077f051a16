"""Does the published result come out again?"""

from __future__ import annotations

import numpy as np

from softpower import defaults
from softpower.analysis.recomputed import Pair, Ranks, Recomputed, recomputed
from softpower.analysis.shared.formatting import cell, rank_cell, rank_kind, unit_columns, unit_noun
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.published import Published
from softpower.methods.model import Floats

MOST_PRINTED = 6
"""Scores with more decimals than this are taken for such that were not rounded in print."""


def reproduce(run: Run, worst: int = defaults.WORST) -> Answer:
    """Return how closely computed scores, ranks and pillar scores agree with the published ones.

    It holds if all that is published comes out again. Ranks may differ among equal scores, where
    the publisher has broken ties by what is not known; that is told apart.

    Parameters
    ----------
    run
        The run to hold against the published result of its index.
    worst
        How many rows of each table to show, those that differ most first.

    Raises
    ------
    UsageError
        If there is nothing published, or nothing to compute from.
    """
    published = run.index.published
    if published is None:
        raise UsageError(
            f"{run.index.id} has no published result to reproduce.",
            mend="Add published.csv to its folder, or a sheet published to its workbook.",
        )
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} cannot be recomputed. {published.note}".strip(),
            mend=f"Its published result: softpower score {run.index.id}",
        )
    held = recomputed(run, run.score(), published)
    tables = [_summary(run, held, published), _rows(run, held, published, worst)]
    if held.pillars:
        tables.append(_pillar_rows(run, held, published, worst))
    if held.pillar_ranks:
        tables.append(_pillar_ranks(run, held, worst))
    if held.classes.compared.any():
        tables.append(_class_rows(run, held, worst))
    return Answer(
        title=tables[0].title,
        tables=tuple(tables),
        notes=tuple(_notes(held, published)),
        provenance=run.provenance(),
        holds=held.agrees,
    )


def _summary(run: Run, held: Recomputed, published: Published) -> Table:
    nouns = unit_noun(run, plural=True)
    ranks = held.ranks
    items: list[tuple[str, Cell]] = [("Run", run.name)]
    if published.known_scores:
        items += [
            ("Published scores compared", int(held.scores.compared.sum())),
            (
                "Printed with",
                "full precision"
                if published.decimals is None
                else f"{published.decimals} decimal{'s' * (published.decimals != 1)}",
            ),
            ("Counts as agreement", _room(held, published)),
            ("Scores that agree", _agreeing(held.scores)),
        ]
    else:
        items.append(("Published scores", "none"))
    if published.known_ranks:
        broken = int(ranks.broken.sum())
        items.append(("Ranks that agree", _agreeing_ranks(ranks, nouns)))
        items.append(("Ranks equal but for ties broken by the publisher", broken or None))
    else:
        items.append(("Published ranks", "none"))
    if published.known_scores:
        items.append(("Largest difference", _largest(held, held.scores)))
    for name, pair in held.pillars.items():
        largest = f"; at most {_largest(held, pair)} off" if pair.compared.any() else ""
        items.append((f"Scores that agree in {name}", _agreeing(pair) + largest))
    for name, pair in held.pillar_ranks.items():
        broken = int(pair.broken.sum())
        but = f"; {broken} more but for ties broken by the publisher" if broken else ""
        items.append((f"Ranks that agree in {name}", _agreeing_ranks(pair, nouns) + but))
    if held.classes.compared.any():
        count = int(held.classes.compared.sum())
        agreeing = f"{count - int(held.classes.off.sum())} of {count}"
        how = "by the cut points" if held.classes.cut else "each as large as published"
        items.append((f"Classes that agree, {how}", agreeing))
    items += [
        ("Scored, but not published", ", ".join(held.only_computed)),
        ("Published, but not scored", ", ".join(held.only_published)),
        ("Verdict", _verdict(held)),
    ]
    return facts("summary", f"{run.index.title}: recomputed against published", items)


def _agreeing_ranks(ranks: Ranks, nouns: str) -> str:
    count = int(ranks.compared.sum())
    agreeing = f"{int((ranks.gaps == 0).sum())} of {count + int(ranks.lost.sum())}"
    if not ranks.whole and count:
        agreeing += f", as places among the {count} {nouns} that both rank"
    if ranks.decimals is not None:
        plural = "" if ranks.decimals == 1 else "s"
        agreeing += f", once scores are rounded to {ranks.decimals} decimal{plural}"
    return agreeing


def _room(held: Recomputed, published: Published) -> str:
    room = f"a difference of up to {published.tolerance:g}"
    if held.pillars and published.pillar_tolerance != published.tolerance:
        room += f", in pillars up to {published.pillar_tolerance:g}"
    return room


def _agreeing(pair: Pair) -> str:
    there = int((pair.compared | pair.lost).sum())
    return f"{there - int((pair.off | pair.lost).sum())} of {there}"


def _largest(held: Recomputed, pair: Pair) -> str:
    gaps = np.abs(pair.gaps)
    if np.isnan(gaps).all():
        return "none to compare"
    largest = float(np.nanmax(gaps))
    whose = f" ({held.units[int(np.nanargmax(gaps))].name})" if largest else ""
    return f"{largest:.4g}{whose}"


def _verdict(held: Recomputed) -> str:
    if not held.compared:
        return "nothing to compare"
    if held.off:
        return "differs beyond rounding"
    if not held.agrees:
        return "incomplete: not all that is published is computed"
    broken = any(ranks.broken.any() for ranks in (held.ranks, *held.pillar_ranks.values()))
    return "reproduced" + (" but for ties" if broken else "")


def _notes(held: Recomputed, published: Published) -> list[str]:
    """Return what the publisher says of the result, and what would mend a difference."""
    notes = [published.note] if published.note else []
    if held.ranks.broken.any():
        notes.append(
            "Ranks that are equal but for ties lie within the places of equal computed scores; "
            "the order among these is the publisher's own."
        )
    places = _decimals_seen(published) if published.decimals is None else None
    room = 0.5 * 10.0**-places + published.tolerance if places is not None else 0.0
    if held.scores.off.any() and np.nanmax(np.abs(held.scores.gaps)) <= room:
        notes.append(
            f"All scores agree if they are printed with {places} decimal{'s' * (places != 1)}, as "
            f"they are written: say decimals = {places} under [published] in index.toml."
        )
    if held.ranks.rule is not None:
        rule = f'`set={{"ties": "{held.ranks.rule}"}}`'
        notes.append(f"All ranks agree by another rule of ties: {rule}.")
    return notes


def _decimals_seen(published: Published) -> int | None:
    """Return with how many decimals all published scores are written; nothing if with many."""
    scores = published.scores[~np.isnan(published.scores)]
    fitting = (n for n in range(MOST_PRINTED + 1) if np.array_equal(np.round(scores, n), scores))
    return next(fitting, None)


def _rows(run: Run, held: Recomputed, published: Published, worst: int) -> Table:
    """Return the rows that differ most: lost, then by rank if any rank differs, then by score."""
    scores, ranks = held.scores, held.ranks
    shift = np.where(ranks.off, np.abs(ranks.gaps), 0.0)
    lost = np.isnan(scores.computed) & ~(np.isnan(scores.published) & np.isnan(published.ranks))
    order = np.lexsort((-np.nan_to_num(np.abs(scores.gaps)), ~ranks.broken, -shift, ~lost))[:worst]
    digits, decimals = _digits(published)
    columns = (
        *unit_columns(run),
        Column("computed", "Computed", "number", digits, apart="rank"),
        Column("published", "Published", "number", decimals),
        Column("difference", "Difference", "change", digits),
        Column("rank", "Rank", rank_kind(ranks.computed)),
        Column("published_rank", "Published rank", rank_kind(ranks.published)),
    )
    rows = tuple(
        (
            held.units[i].id,
            held.units[i].name,
            cell(scores.computed[i]),
            cell(scores.published[i]),
            cell(scores.gaps[i]),
            rank_cell(ranks.computed[i]),
            rank_cell(ranks.published[i]),
        )
        for i in order
    )
    nouns = unit_noun(run, plural=True)
    notes = () if ranks.whole else (f"Ranks are places among the {nouns} that both rank.",)
    return Table("rows", "The rows that differ most", columns, rows, notes)


def _pillar_rows(run: Run, held: Recomputed, published: Published, worst: int) -> Table:
    """Return the pillar scores that differ most, those that are not computed first."""
    pairs = list(held.pillars.items())
    gaps = np.array([np.where(pair.lost, np.inf, np.abs(pair.gaps)) for _, pair in pairs])
    there = _widest(gaps, worst)
    digits, decimals = _digits(published)
    columns = (
        Column("pillar", "Pillar", whole=True),
        *unit_columns(run),
        Column("computed", "Computed", "number", digits),
        Column("published", "Published", "number", decimals),
        Column("difference", "Difference", "change", digits),
    )
    rows = tuple(
        (
            pairs[k][0],
            held.units[i].id,
            held.units[i].name,
            cell(pairs[k][1].computed[i]),
            cell(pairs[k][1].published[i]),
            cell(pairs[k][1].gaps[i]),
        )
        for k, i in there
    )
    return Table("pillars", "The pillar scores that differ most", columns, rows)


def _pillar_ranks(run: Run, held: Recomputed, worst: int) -> Table:
    """Return the ranks in pillars that differ most, those that are not computed first."""
    pairs = list(held.pillar_ranks.items())
    shifts = np.array(
        [
            np.where(pair.lost, np.inf, np.where(pair.broken, 0.5, np.abs(pair.gaps)))
            for _, pair in pairs
        ]
    )
    given = np.array([pair.published for _, pair in pairs])
    there = _widest(shifts, worst)
    columns = (
        Column("pillar", "Pillar", whole=True),
        *unit_columns(run),
        Column("rank", "Rank", rank_kind(np.array([pair.computed for _, pair in pairs]))),
        Column("published_rank", "Published rank", rank_kind(given)),
    )
    rows = tuple(
        (
            pairs[k][0],
            held.units[i].id,
            held.units[i].name,
            rank_cell(pairs[k][1].computed[i]),
            rank_cell(pairs[k][1].published[i]),
        )
        for k, i in there
    )
    return Table("pillar_ranks", "The ranks in pillars that differ most", columns, rows)


def _widest(gaps: Floats, count: int) -> list[tuple[int, int]]:
    """Return the rows and columns of the largest figures, without those that are missing."""
    flat = np.argsort(-np.nan_to_num(gaps, nan=-1.0, posinf=np.inf), axis=None, kind="stable")
    known = [int(k) for k in flat if not np.isnan(gaps.flat[k])]
    return [divmod(k, gaps.shape[1]) for k in known[:count]]


def _class_rows(run: Run, held: Recomputed, worst: int) -> Table:
    """Return the units whose classes differ, and others."""
    classes, places = held.classes, held.ranks.computed
    order = [i for i in np.argsort(~classes.off, kind="stable") if classes.compared[i]][:worst]
    columns = (
        *unit_columns(run),
        Column("rank", "Rank", rank_kind(places)),
        Column("class", "Class"),
        Column("published_class", "Published class"),
    )
    rows = tuple(
        (
            held.units[i].id,
            held.units[i].name,
            rank_cell(places[i]),
            classes.computed[i],
            classes.published[i],
        )
        for i in order
    )
    published = run.index.published
    printed = published is not None and published.classes
    notes = () if printed else ("The published class is that of the printed score.",)
    return Table("classes", "The classes that differ first", columns, rows, notes)


def _digits(published: Published) -> tuple[int, int]:
    """Return how many decimals computed and published scores are shown with."""
    decimals = published.decimals
    return (4, 4) if decimals is None else (decimals + 2, decimals)
