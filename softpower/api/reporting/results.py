"""The sections of a report that say who stands where, and whether that is what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from softpower.answer import Cell, Column, Table
from softpower.api.ranking import reproduce, score
from softpower.api.reporting.subject import Subject, said
from softpower.countries import all_countries
from softpower.document import Exhibit, Section


def ranking(subject: Subject) -> Section:
    """Return who is ranked where."""
    answer = subject.ranking
    table = answer.tables[0]
    ranked = [row for row in table.records() if row["rank"] is not None]
    words = [*subject.region_words(), *(["--pillars"] if subject.has_pillars else [])]
    best = score(subject.run, top=subject.first, region=subject.choices.region)
    charts = [
        Exhibit(
            replace(chart, title=f"The first {min(subject.first, len(ranked))}"),
            subject.credit("score", f"--top {subject.first}", *words),
        )
        for chart in best.charts
    ]
    charts += _mapped(subject, ranked)
    return Section(
        "ranking",
        "The ranking",
        _leaders(subject, table),
        (
            *charts,
            Exhibit(
                replace(table, title="Every rank"),
                subject.credit("score", *words),
                first=subject.first,
                whole=True,
            ),
        ),
        notes=(*answer.whole_notes, *([] if ranked else ["Nobody is ranked."])),
    )


def _mapped(subject: Subject, ranked: Sequence[Mapping[str, Cell]]) -> list[Exhibit]:
    """Return a map of the ranks, where countries are ranked."""
    known = {each.iso3 for each in all_countries()}
    if not any(row["id"] in known for row in ranked):
        return []
    answer = score(subject.run, map="ranks", region=subject.choices.region)
    credit = subject.credit("score", "--map ranks", *subject.region_words())
    return [Exhibit(chart, credit) for chart in answer.charts]


def _leaders(subject: Subject, table: Table) -> str:
    """Return who leads, by how much, and how many are ranked."""
    ranked = [row for row in table.records() if row["rank"] is not None]
    places = [f"{row['country']} ({said(table, 'score', row['score'])})" for row in ranked[:3]]
    if not places:
        return f"None of the {len(table.rows)} {subject.nouns} is ranked."
    first, *others = places
    behind = f", followed by {' and '.join(others)}" if others else ""
    among = f"the {len(ranked)} shown, of " if subject.choices.region else ""
    return f"{first} is the best of {among}{subject.ranked} ranked {subject.nouns}{behind}."


def published(subject: Subject) -> Section | None:
    """Return how closely what is computed agrees with what is published, where both are there."""
    run = subject.run
    if run.index.published is None or not subject.computed:
        return None
    answer = reproduce(run)
    summary, *tables = answer.tables
    facts = {str(row["fact"]): row["value"] for row in summary.records()}
    credit = subject.credit("reproduce")
    return Section(
        "published",
        "Against the published result",
        f"Computed anew and held against what the publisher printed: {facts['Verdict']}.",
        tuple(
            Exhibit(table, credit if at == 0 else None)
            for at, table in enumerate([summary, *tables])
        ),
        notes=answer.notes,
    )


def coverage(subject: Subject) -> Section | None:
    """Return which figures are there, and who is not ranked for want of them."""
    if not subject.computed:
        return None
    about = {str(row["fact"]): row["value"] for row in subject.shown.table("about").records()}
    tree = subject.shown.table("tree")
    leaves = [row for row in tree.records() if row["direction"]]
    scarce = sorted(leaves, key=lambda row: _share(row["coverage"]))
    unranked = _unranked(subject)
    says = f"Of all figures that the index asks for, so many are known: {about['Figures']}."
    if scarce and _share(scarce[0]["coverage"]) < 1:
        least = scarce[0]
        says += (
            f" Least is known of {str(least['title']).strip()}: "
            f"{100 * _share(least['coverage']):.0f} % of the {subject.nouns}."
        )
    if unranked.rows:
        count, listed = len(unranked.rows), about[subject.nouns.capitalize()]
        says += f" {count} of {listed} {subject.nouns} {'is' if count == 1 else 'are'} not ranked."
    columns = [
        Column("title", "Indicator"),
        Column("id", "Id", whole=True),
        Column("coverage", "Coverage", "percent", 0, bar=True),
        Column("effective", "Weight in the index", "percent"),
    ]
    rows = tuple(
        (str(row["title"]).strip(), row["id"], row["coverage"], row["effective"]) for row in scarce
    )
    table = Table("coverage", "Coverage of each indicator", tuple(columns), rows, tree.notes[:2])
    parts = [Exhibit(table, subject.credit("show"), first=subject.first)]
    if unranked.rows:
        parts.append(Exhibit(unranked, subject.credit("score", "--notes")))
    return Section("coverage", "What is known, and what is missing", says, tuple(parts))


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _unranked(subject: Subject) -> Table:
    """Return who is not ranked, and why."""
    why = subject.ranking.provenance["unranked"]
    names = {unit.id: unit.name for unit in subject.run.score().units}
    rows = tuple((code, names.get(code, code), f"It {reason}.") for code, reason in why.items())
    columns = (
        Column("id", "Code", code_of="country"),
        Column("country", subject.noun.capitalize()),
        Column("why", "Why it is not ranked"),
    )
    return Table("unranked", "Not ranked", columns, rows)
