"""How does the ranking shift under another methodology, and how far do two rankings agree?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from softpower.analysis.compare.alignment import Comparison, align
from softpower.analysis.compare.classes import class_changes
from softpower.analysis.compare.tables import (
    agreement_table,
    choice_table,
    matrix_table,
    mover_table,
    rank_table,
)
from softpower.analysis.compare.yardstick import disagreement
from softpower.analysis.shared.formatting import (
    enumerated,
    scope,
    titled,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.lists import is_same, rule_of_ties
from softpower.analysis.shared.selection import Selection, find_listed, refuse_unranked_by
from softpower.answer import Answer, Table
from softpower.charts import Line, RankChart
from softpower.engine.cache import Cache
from softpower.engine.loading import arranged
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import SoftpowerError, UsageError
from softpower.index.name import stack_name
from softpower.index.units import find_unit


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
    tables = [
        rank_table(held, rows),
        mover_table(held),
        agreement_table(held),
        *class_changes(held),
        *apart,
    ]
    said = choice_table(held)
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
    variants, asked = len(runs) - 1, len(runs) - 1 + len(refused)
    title = f"{titled(runs[0])} under every variant{scope(variants, asked, 'variants')}"
    table = matrix_table(held, rows, title)
    answer = _answer(held, focus, [table, agreement_table(held), *class_changes(held)], refused)
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
        notes=(*_notes(held), *focus.remarks(held.units, len(tables[0].rows)), *more),
        provenance={"runs": [run.provenance() for run in held.asked]},
    )


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
    notes = [*_repeated(held), *held.remarks, *unlike_published(*held.runs)]
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


def _repeated(held: Comparison) -> Iterator[str]:
    """Yield which runs are the same as one before them."""
    for at, run in enumerate(held.asked):
        same = next((k for k in range(at) if is_same(run, held.asked[k])), None)
        if same is not None:
            one, other = held.labels[at], held.labels[same]
            yield f"{one} is the same as {other}: no figure or choice differs."


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
