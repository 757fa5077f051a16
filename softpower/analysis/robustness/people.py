"""How far do people agree with a ranking, and with each other, under weights of their own?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.shared.agreement import kendall_tau_b, spearman
from softpower.analysis.shared.charts import spans_of
from softpower.analysis.shared.formatting import cell, rank_cell, rank_kind, titled, unit_column
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.counting import counted
from softpower.engine.people import PeopleRanks, clusters, medoid
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.people import People
from softpower.methods.model import Floats
from softpower.methods.ties import rank

MOST_PRINTED = 20
"""So many persons are printed; more are in every other form."""


def by_people(
    run: Run, people: People, selection: Selection, *, first: int, groups: int | None = None
) -> Answer:
    """Return how countries rank under the weights that each person stated.

    Parameters
    ----------
    run
        The run.
    people
        Who stated which weights.
    selection
        Which countries are shown.
    first
        The places that count as the top.
    groups
        How many clusters of people are told apart, if any.

    Raises
    ------
    UsageError
        If the run is only published, or a country is not ranked.
    FolderError
        If the weights are none of its tree.
    MethodError
        If a method refuses the figures.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: it has no weights.")
    if groups is not None and groups > len(people.names):
        raise UsageError(
            f"{len(people.names)} people do not make {groups} clusters.", mend="Ask for fewer."
        )
    found = PeopleRanks.of(run.setup, people)
    ranking = found.batch.ranking
    selection.refuse_unranked(ranking)
    apart = found.apart()
    labels = None if groups is None else clusters(apart, groups)
    title = f"{titled(run)}: under the weights of {_counted(people)}"
    tables = [_countries(run, found, selection, first, title), _weights(found, medoid(apart))]
    tables.append(_persons(found, apart, labels))
    if labels is not None:
        tables.append(_clusters(found, apart, labels))
    tables.append(_summary(found, apart, first))
    unranked = int(np.isnan(found.ranks).any(axis=0).sum())
    notes = ["Points count by their shares within a pillar, whatever their sum."]
    if unranked:
        who = counted(unranked, "country is", "countries are")
        notes.append(f"{who} not ranked under everybody's weights.")
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=spans_of(
            tables[0],
            ("best", "worst"),
            middle="mean",
            terms=("best to worst of anybody", "mean", "rank"),
        ),
        notes=(*notes, *selection.remarks(ranking.units, len(tables[0].rows))),
        provenance={
            **run.provenance(),
            "people": {**people.record(), "clusters": groups},
        },
    )


def _under_mean(found: PeopleRanks) -> Floats:
    mean = {name: weights[None, :] for name, weights in found.mean().items()}
    return np.asarray(found.batch.ranks(found.batch.scores(mean), mean)[0])


def _countries(run: Run, found: PeopleRanks, selection: Selection, first: int, title: str) -> Table:
    ranking, scored = found.batch.ranking, found.batch.scored.tolist()
    order = [row for row in ranking.order() if not np.isnan(ranking.ranks[row])]
    mean = _under_mean(found)
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(run),
        Column("mean", "Mean rank", "number", 1),
        Column("best", "Best", rank_kind(found.ranks)),
        Column("worst", "Worst", rank_kind(found.ranks)),
        Column("first", f"In first {first}", "percent", 0),
        Column("of_mean", "Under mean weights", rank_kind(mean)),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in selection.among(ranking.units, order):
        at = scored.index(row)
        ranks = found.ranks[:, at]
        known = ranks[~np.isnan(ranks)]
        ends: list[Cell] = [None, None, None]
        if known.size:
            ends = [float(known.mean()), rank_cell(known.min()), rank_cell(known.max())]
        rows.append(
            (
                rank_cell(ranking.ranks[row]),
                ranking.units[row].name,
                *ends,
                float(np.count_nonzero(known <= first) / len(ranks)),
                rank_cell(mean[at]),
            )
        )
    return Table("robustness", title, columns, tuple(rows))


def _weights(found: PeopleRanks, middle: int) -> Table:
    titles = {node.id: node.title for _, node in found.batch.root.walk()}
    columns = (
        Column("title", "Weight of"),
        Column("id", "Id", whole=True),
        Column("own", "As stated", "number", 2, "%"),
        Column("mean", "Mean", "number", 2, "%"),
        Column("least", "Least", "number", 2, "%"),
        Column("most", "Most", "number", 2, "%"),
        Column("medoid", f"{found.people.names[middle]} (medoid)", "number", 2, "%"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            titles[name],
            name,
            float(100 * found.batch.weights[pillar][k]),
            *(float(100 * part) for part in (w.mean(), w.min(), w.max(), w[middle])),
        )
        for pillar, weights in found.local.items()
        for k, (name, w) in enumerate(zip(found.batch.children[pillar], weights.T, strict=True))
    )
    return Table("weights", "Weights that people stated", columns, rows)


def _persons(found: PeopleRanks, apart: Floats, labels: list[int] | None) -> Table:
    nominal = found.batch.nominal.ranks
    names = [found.batch.ranking.units[row].name for row in found.batch.scored]
    columns = [
        Column("person", "Person"),
        Column("spearman", "Spearman", "number", 3),
        Column("kendall", "Kendall", "number", 3),
        Column("first", "First"),
        Column("moved", "Weight off the others", "percent"),
    ]
    if labels is not None:
        columns.append(Column("cluster", "Cluster", "integer"))
    others = max(len(apart) - 1, 1)
    rows = []
    for at, person in enumerate(found.people.names):
        both = ~np.isnan(found.ranks[at])
        pair = (rank(-nominal[both], "average"), rank(-found.ranks[at][both], "average"))
        row: list[Cell] = [
            person,
            spearman(*pair),
            kendall_tau_b(*pair),
            names[int(np.nanargmin(found.ranks[at]))],
            float(apart[at].sum() / others),
        ]
        rows.append((*row, *(() if labels is None else (labels[at],))))
    title = "Each person's ranking beside the stated one"
    return Table("persons", title, tuple(columns), tuple(rows), detail=len(rows) > MOST_PRINTED)


def _clusters(found: PeopleRanks, apart: Floats, labels: list[int]) -> Table:
    ids = [name for pillar in found.local for name in found.batch.children[pillar]]
    whole = np.concatenate(list(found.local.values()), axis=1)
    columns = (
        Column("cluster", "Cluster", "integer"),
        Column("people", "People", "integer"),
        Column("medoid", "Medoid"),
        *(Column(f"mean_{name}", name, "number", 1, "%") for name in ids),
    )
    rows: list[tuple[Cell, ...]] = []
    for label in sorted(set(labels)):
        members = [at for at, each in enumerate(labels) if each == label]
        middle = members[medoid(apart[np.ix_(members, members)])]
        means = 100 * whole[members].mean(axis=0)
        rows.append((label, len(members), found.people.names[middle], *map(float, means)))
    return Table("clusters", "Clusters of people, by mean weights", columns, tuple(rows))


def _counted(people: People) -> str:
    count = len(people.names)
    return f"{count} {'person' if count == 1 else 'people'}"


def _summary(found: PeopleRanks, apart: Floats, first: int) -> Table:
    nominal, ranks = found.batch.nominal.ranks, found.ranks
    count = len(found.people.names)
    top = nominal == 1
    agree = int(np.count_nonzero((ranks[:, top] == 1).any(axis=1)))
    same = int(np.count_nonzero(((ranks <= first) == (nominal <= first)).all(axis=1)))
    items: list[tuple[str, Cell]] = [
        ("People", f"{count}, of {found.people.file}"),
        ("Medoid", f"{found.people.names[medoid(apart)]}, the nearest to all others"),
        ("Same first place", f"for {agree} of {count}"),
        (f"Same top {first}", f"for {same} of {count}"),
    ]
    if count > 1:
        mean = cell(float(apart.sum() / (count * (count - 1))))
        items.append(("Between two people", f"{100 * (mean or 0.0):.1f} % of the weight is other"))
    return facts("summary", "How far people agree", items)
