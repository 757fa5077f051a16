"""How does the ranking shift under another methodology, and how far do two rankings agree?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from softpower.analysis.compare.alignment import Comparison, align
from softpower.analysis.compare.classes import class_changes
from softpower.analysis.compare.yardstick import disagreement
from softpower.analysis.shared.agreement import Agreement, agreement
from softpower.analysis.shared.changes import changes_between, following
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    enumerated,
    rank_cell,
    rank_kind,
    scope,
    score_digits,
    titled,
    unit_column,
    unit_columns,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.lists import (
    rule_of_ties,
)
from softpower.analysis.shared.selection import Selection, find_listed, refuse_unranked_by
from softpower.answer import Answer, Cell, Column, Table
from softpower.charts import Line, RankChart
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run, arranged
from softpower.errors import SoftpowerError, UsageError
from softpower.index.name import stack_name
from softpower.index.units import find_unit

MOVERS = 5
"""How many risers and fallers are named."""


@dataclass(frozen=True, slots=True)
class ComparisonView(Selection):
    """Which part of a comparison is looked at."""

    keep_ranks: bool = False
    """Whether each run keeps the ranks of its own list, rather than of the shared countries."""


WHOLE = ComparisonView()
"""Nothing in particular: every country."""


def every_variant(run: Run) -> tuple[dict[Run, Ranking], list[str]]:
    """Return the rankings of a run with every variant on top, and why others are left out."""
    cache = Cache()
    found, refused = {run: run.score(cache)}, []
    for name in run.index.variants:
        if name in run.variants:
            continue
        try:
            other = arranged(run.index, [*run.variants, name], run.asked, run.identifier)
            found[other] = other.score(cache)
        except SoftpowerError as error:
            refused.append(f"{stack_name([name])} is left out. {error.what}")
    if len(found) == 1:
        raise UsageError(
            " ".join([f"{run.index.id} has no variant to compare.", *refused]),
            mend="Declare one in index.toml, or use `set={...}` or `weights={...}`.",
        )
    return found, refused


def compare(runs: Sequence[Run], focus: ComparisonView = WHOLE) -> Answer:
    """Return ranks and scores under each run, the movement, what differs, and how far they agree.

    Raises
    ------
    SoftpowerError
        If a run cannot be scored, or a country that is asked for is not known.
    """
    held = align(runs, keep_ranks=focus.keep_ranks)
    rows = _rows(held, focus)
    apart, found = disagreement(held)
    tables = [_ranks(held, rows), _movers(held), _agreement(held), *class_changes(held), *apart]
    said = _choices(held)
    if said.rows:
        tables.append(said)
    return _answer(held, focus, tables, found)


def compare_variants(run: Run, focus: ComparisonView = WHOLE) -> Answer:
    """Return the rank of every country under every variant, with its best and its worst.

    Raises
    ------
    SoftpowerError
        If the index has no variant, or a country that is asked for is not known.
    """
    known, refused = every_variant(run)
    runs = list(known)
    held = align(runs, keep_ranks=focus.keep_ranks, known=known)
    rows = _rows(held, focus)
    places = np.column_stack(held.ranks)
    best, worst = places.min(axis=1), places.max(axis=1)
    columns = [
        code_column(),
        unit_column(runs[0]),
        Column("best", "Best", rank_kind(best)),
        Column("worst", "Worst", rank_kind(worst)),
        *(
            Column(label, label, rank_kind(ranks))
            for label, ranks in zip(held.labels, held.ranks, strict=True)
        ),
    ]
    cells = tuple(
        (
            held.units[i].id,
            held.units[i].name,
            rank_cell(best[i]),
            rank_cell(worst[i]),
            *(rank_cell(ranks[i]) for ranks in held.ranks),
        )
        for i in rows
    )
    variants, asked = len(runs) - 1, len(runs) - 1 + len(refused)
    title = f"{titled(runs[0])} under every variant{scope(variants, asked, 'variants')}"
    table = Table("matrix", title, tuple(columns), cells)
    answer = _answer(held, focus, [table, _agreement(held), *class_changes(held)], refused)
    return replace(answer, complete=not refused)


def _rows(held: Comparison, focus: ComparisonView) -> list[int]:
    """Return the rows that are looked at, and refuse a country that some run does not rank."""
    units = {unit.id: unit for ranking in held.rankings[::-1] for unit in ranking.units}
    for text in focus.countries:
        unit = find_listed(tuple(units.values()), text, held.runs[0], held.rankings[0])
        for run, ranking in zip(held.runs, held.rankings, strict=True):
            refuse_unranked_by(run, ranking, unit)
    return focus.among(held.units, held.order())


def _answer(
    held: Comparison,
    focus: ComparisonView,
    tables: list[Table],
    more: Sequence[str] = (),
) -> Answer:
    return Answer(
        title=tables[0].title,
        tables=tuple(tables),
        charts=(rank_chart(held, focus),),
        notes=(*_notes(held), *focus.remarks(held.units), *more),
        provenance={"runs": [run.provenance() for run in held.asked]},
    )


def _ranks(held: Comparison, rows: list[int]) -> Table:
    few = len(held.runs) == 2
    columns = [*unit_columns(held.runs[0])]
    parts: list[list[Cell]] = [
        [held.units[i].id for i in rows],
        [held.units[i].name for i in rows],
    ]
    for n, (run, ranks, scores) in enumerate(
        zip(held.runs, held.ranks, held.scores, strict=True), start=1
    ):
        label = held.labels[n - 1]
        columns.append(Column(f"rank_{n}", label if not few else f"Rank {n}", rank_kind(ranks)))
        parts.append([rank_cell(ranks[i]) for i in rows])
        if n > 1:
            columns.append(Column(f"movement_{n}", "Move", "movement"))
            parts.append([rank_cell(held.ranks[0][i] - ranks[i]) for i in rows])
        digits = score_digits(run, scores)
        title = f"Score {n}"
        columns.append(
            Column(f"score_{n}", title, "number", digits, detail=not few, apart=f"rank_{n}")
        )
        parts.append([cell(scores[i]) for i in rows])
    named = tuple(f"{n}: {label}" for n, label in enumerate(held.labels, start=1)) if few else ()
    title = f"{titled(held.runs[0])}: {len(held.runs)} runs"
    return Table("ranks", title, tuple(columns), tuple(zip(*parts, strict=True)), named)


def _movers(held: Comparison) -> Table:
    """Return the biggest risers and fallers under each run against the first."""
    columns = (
        Column("run", "Run"),
        unit_column(held.runs[0]),
        code_column(),
        Column("from", "From", rank_kind(held.ranks[0])),
        Column("to", "To", rank_kind(held.ranks[-1])),
        Column("movement", "Move", "movement"),
    )
    rows: list[tuple[Cell, ...]] = []
    for label, ranks in zip(held.labels[1:], held.ranks[1:], strict=True):
        moved = held.ranks[0] - ranks
        order = sorted(held.order(), key=lambda i: -moved[i])
        risers = [i for i in order[:MOVERS] if moved[i] > 0]
        fallers = [i for i in order[::-1][:MOVERS] if moved[i] < 0][::-1]
        rows += [
            (
                label,
                held.units[i].name,
                held.units[i].id,
                rank_cell(held.ranks[0][i]),
                rank_cell(ranks[i]),
                rank_cell(moved[i]),
            )
            for i in (*risers, *fallers)
        ]
    return Table("movers", "Biggest risers and fallers", columns, tuple(rows))


def _agreement(held: Comparison) -> Table:
    """Return how far each ranking agrees with the first, as a column for each run."""
    top = min(10, len(held.units))
    found: list[Agreement] = [agreement(held.ranks[0], ranks, top) for ranks in held.ranks[1:]]
    shift_kind = rank_kind(np.array([each.max_shift for each in found]))
    columns = (
        Column("run", "Run"),
        Column("units", unit_noun(held.runs[0], plural=True).capitalize(), "integer"),
        Column("spearman", "Spearman", "number", 3),
        Column("kendall", "Kendall tau-b", "number", 3),
        Column("weighted", "Weighted tau", "number", 3),
        Column("rbo", "RBO", "number", 3),
        Column("top", f"Both top {top}", "integer"),
        Column("top_jaccard", f"Top {top} Jaccard", "number", 2, detail=True),
        Column("mean_shift", "Mean shift", "number", 2),
        Column("max_shift", "Largest shift", shift_kind, 1),
    )
    rows = tuple(
        (
            label,
            len(held.units),
            a.spearman,
            a.kendall_tau_b,
            a.weighted_tau,
            a.rbo,
            round(a.top_overlap * a.top),
            a.top_jaccard,
            a.mean_shift,
            a.max_shift,
        )
        for label, a in zip(held.labels[1:], found, strict=True)
    )
    note = (
        f"Both top {top}: how many are among the first {top} of both. Shifts are in places; the "
        "mean shift is the R_S of the OECD/JRC Handbook. RBO: rank-biased overlap, p = 0.9; "
        "ties keep it below 1 even between equal rankings."
    )
    return Table("agreement", f"Agreement with {held.labels[0]}", columns, rows, (note,))


def _choices(held: Comparison) -> Table:
    """Return what each run of the same index does otherwise than the first."""
    columns = (
        Column("run", "Run"),
        Column("choice", "Choice"),
        Column("before", "Before"),
        Column("after", "After"),
    )
    rows: list[tuple[Cell, ...]] = []
    first = held.runs[0]
    for label, run in zip(held.labels[1:], held.runs[1:], strict=True):
        if run.index.hash == first.index.hash and first.setup is not None:
            found = [*changes_between(first, run), *following(first, run)]
            rows += [(label, c.title, c.before, c.after) for c in found]
    return Table("choices", "What differs", columns, tuple(rows))


def rank_chart(held: Comparison, focus: ComparisonView) -> RankChart:
    """Return the places under each run of the countries that a table shows.

    Those that were asked for by name stand out.
    """
    chosen = {find_unit(held.units, text).id for text in focus.countries}
    rows = focus.among(held.units, held.order())
    lines = tuple(
        Line(
            held.units[i].name,
            tuple(float(ranks[i]) for ranks in held.ranks),
            chosen=held.units[i].id in chosen,
        )
        for i in rows
    )
    return RankChart("places", f"{titled(held.runs[0])}: places", held.labels, lines)


def _notes(held: Comparison) -> tuple[str, ...]:
    nouns = unit_noun(held.runs[0], plural=True)
    notes = [*held.remarks, *unlike_published(*held.runs)]
    if any(not each.complete or len(each.ranks) != len(held.units) for each in held.lists):
        how = "each keeps its rank in its whole list" if held.whole else "ranked among themselves"
        sizes = sorted({each.size for each in held.lists})
        if held.whole and len(sizes) > 1:
            how += f", and the lists are of {sizes[0]} to {sizes[-1]} {nouns}"
        if not (held.whole or all(each.complete for each in held.lists)):
            how += ", where `keep_ranks` leaves them the ranks of the whole lists"
        notes.append(f"{len(held.units)} {nouns} are ranked by all runs ({_counts(held)}); {how}.")
    if not held.whole:
        notes += _shared_anew(held)
    for run in held.runs:
        published = run.index.published
        if run.setup is None and published is not None and published.partial:
            notes.append(f"{run.name} is {published.partial}.")
    return tuple(dict.fromkeys(notes))


def _shared_anew(held: Comparison) -> list[str]:
    """Return which complete lists of the same units are printed with another rule of ties."""
    ids = [unit.id for unit in held.units]
    anew = [
        label
        for label, each, ranks in zip(held.labels, held.lists, held.ranks, strict=True)
        if len(each.ranks) == len(ids) and [each.ranks[name] for name in ids] != list(ranks)
    ]
    rule = rule_of_ties(held.runs)
    return (
        [f"Ranks of {enumerated(anew)} are shared by ties = {rule}, not as printed."]
        if anew
        else []
    )


def _counts(held: Comparison) -> str:
    """Return how many units each run ranks, and of how many that is a part."""
    if len(held.runs) > 2 and all(each.complete for each in held.lists):
        counts = [each.size for each in held.lists]
        return f"each ranks {min(counts)} to {max(counts)}"
    return ", ".join(
        f"{len(each.ranks)}{'' if each.complete else f' of {each.size_in_words}'} in {label}"
        for each, label in zip(held.lists, held.labels, strict=True)
    )
