"""The sections of a report that say how a ranking was made."""

from __future__ import annotations

from softpower.answer import Cell, Column, Table, facts
from softpower.api.reporting.subject import Subject
from softpower.counting import counted
from softpower.document import Exhibit, Section
from softpower.engine.score import resolved
from softpower.methods.documentation import documented

STEPS = {
    "coverage": "Who is scored",
    "treat": "Extreme figures",
    "impute": "Gaps in the figures",
    "normalise": "Figures of every kind onto one scale",
    "renormalise": "Pillars onto one scale",
    "weight": "Weights",
    "missing": "What a gap means to its pillar",
    "aggregate": "Adding up",
    "scale": "The scale of the score",
    "round": "Rounding",
    "direction": "Which end is best",
    "tiebreak": "Order among equal scores",
    "ties": "Ranks of equal scores",
    "constant": "Indicators without differences",
}
"""What each setting of a methodology decides, in the order in which a score is made."""


def about(subject: Subject) -> Section:
    """Return what the index is, as its publisher says."""
    table = subject.shown.table("about")
    known = {str(row["fact"]): row["value"] for row in table.records()}
    summary = str(known.get("What it is") or f"{subject.title} ranks {subject.nouns}.")
    first = summary.split(". ", maxsplit=1)[0].rstrip(".") + "."
    rest = summary[len(first) :].strip()
    kept = [item for item in table.rows if item[0] != "What it is"]
    items = [(str(name), value) for name, value in kept]
    return Section(
        "about",
        "What the index is",
        first,
        (*([rest] if rest else []), Exhibit(facts("about", "About the index", items))),
    )


def method(subject: Subject) -> Section | None:
    """Return how a score is made, step by step in words."""
    if not subject.computed:
        return None
    table = subject.shown.table("methodology")
    rows: list[tuple[Cell, ...]] = []
    for row in table.records():
        setting = str(row["setting"])
        step, _, level = setting.partition(".")
        heading = STEPS.get(step, step) + (f" (level {level})" if level else "")
        rows.append((len(rows) + 1, heading, row["words"], f"{setting} = {row['choice']}"))
    columns = (
        Column("step", "Step", "integer"),
        Column("about", "What is decided"),
        Column("words", "In words"),
        Column("setting", "Setting", whole=True),
    )
    shown = Table("method", "How a score is made, step by step", columns, tuple(rows))
    parts = [Exhibit(shown, subject.credit("show"))]
    if (formulas := _formulas(subject)).rows:
        parts.append(Exhibit(formulas))
    return Section("method", "How it is made", _in_a_sentence(subject), tuple(parts))


def _in_a_sentence(subject: Subject) -> str:
    """Return the main choices of a methodology as a sentence."""
    choices = {
        str(row["setting"]): row["choice"] for row in subject.shown.table("methodology").records()
    }
    tree = subject.shown.table("tree").records()
    indicators = sum(1 for row in tree if row["direction"])
    pillars = len(tree) - indicators
    under = f" under {counted(pillars, 'pillar')}" if pillars else ""

    def chosen(step: str) -> str:
        return ", then ".join(
            dict.fromkeys(str(v) for k, v in choices.items() if k.partition(".")[0] == step)
        )

    scale = chosen("normalise")
    scaled = "taken as they are" if scale == "none" else f"brought onto one scale ({scale})"
    verb = "is" if indicators == 1 else "are"
    return (
        f"{counted(indicators, 'indicator')}{under} {verb} {scaled}, weighted "
        f"({chosen('weight')}) and added up ({chosen('aggregate')})."
    )


def _formulas(subject: Subject) -> Table:
    """Return the formula and the source of each method that is used."""
    setup = subject.run.setup
    columns = (
        Column("method", "Method", whole=True),
        Column("formula", "Formula"),
        Column("source", "Source"),
    )
    rows: dict[str, tuple[Cell, ...]] = {}
    if setup is not None:
        known = resolved(setup.methodology, setup.framework)
        for step in ("treat", "impute", "normalise", "weight", "missing", "aggregate", "scale"):
            chosen = getattr(known, step)
            for each in chosen if isinstance(chosen, tuple) else (chosen,):
                if each.name() != "none" and (says := documented(type(each))).formula:
                    rows[f"{step}={each.name()}"] = (
                        f"{step} = {each.name()}", says.formula, says.source,
                    )  # fmt: skip
    return Table(
        "formulas", "The formulas, and where they come from", columns, tuple(rows.values())
    )


def tree(subject: Subject) -> Section | None:
    """Return what is added up, and how much each part counts."""
    if not subject.computed:
        return None
    answer = subject.shown
    table = answer.table("tree")
    kept = [
        at for at, column in enumerate(table.columns) if column.key not in ("stated", "coverage")
    ]
    shown = Table(
        table.name,
        table.title,
        tuple(table.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in table.rows),
        table.notes[-1:] if table.notes[-1].startswith("Carried") else (),
    )
    credit = subject.credit("show")
    charts = [Exhibit(chart, credit) for chart in answer.charts]
    return Section(
        "weights",
        "What is added up, and how much it counts",
        _heaviest(table),
        (*charts, Exhibit(shown, credit)),
        notes=answer.notes,
    )


def _heaviest(table: Table) -> str:
    """Return which indicator counts most and which least, with the pillars' weights."""
    known = [row for row in table.records() if isinstance(row["effective"], float)]
    leaves = sorted((r for r in known if r["direction"]), key=lambda r: -_weight(r))
    tops = [row for row in known if not row["direction"] and not str(row["title"]).startswith(" ")]
    said = []
    if tops:
        low, high = min(map(_weight, tops)), max(map(_weight, tops))
        span = f"{low:.1%}" if round(low, 4) == round(high, 4) else f"{low:.1%} to {high:.1%}"
        who = f"Each of {len(tops)} pillars" if len(tops) > 1 else "The one pillar"
        said.append(f"{who} has {span} of the weight.".replace("%", " %"))
    if leaves:
        most, least = leaves[0], leaves[-1]
        if round(_weight(most), 4) == round(_weight(least), 4):
            each = "Each indicator" if len(leaves) > 1 else str(most["title"]).strip()
            said.append(f"{each} counts {_weight(most):.1%}.".replace("%", " %"))
        else:
            span = f"{_weight(least):.1%} to {_weight(most):.1%}".replace("%", " %")
            said.append(f"An indicator counts {span}.")
    return " ".join(said) or "No weights are known."


def _weight(row: dict[str, Cell]) -> float:
    value = row["effective"]
    return float(value) if isinstance(value, int | float) else 0.0
