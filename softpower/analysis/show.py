"""What is this index made of? Its tree, methodology, variants, coverage, sources and terms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from softpower.analysis.shared.formatting import titled, unit_noun, years
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.charts import TreeChart
from softpower.engine.context import evidence
from softpower.engine.ranking import Ranking
from softpower.engine.resolving import resolved
from softpower.engine.run import Run
from softpower.errors import SoftpowerError
from softpower.index.index import Index
from softpower.index.name import stack_name
from softpower.index.patch import Setup
from softpower.index.request import write_value
from softpower.index.tree import Indicator, Pillar, operands
from softpower.methods.documentation import describe_method
from softpower.methods.model import Method


def show(run: Run) -> Answer:
    """Return everything that an index declares, and how far its figures reach."""
    index = run.index
    tables = [_about(run)]
    notes: list[str] = []
    setup = run.setup
    if setup is not None:
        try:
            ranking = run.score()
        except SoftpowerError as error:
            notes.append(f"The index cannot be scored as it stands: {error}")
            ranking = None
        tables += [_tree(run, setup, ranking), _methodology(run, setup), _sources(run, setup)]
        if any(item.licence for item in setup.framework.indicators()):
            tables.append(_terms(run, setup))
    if len(index.frameworks) > 1:
        tables.append(_frameworks(index))
    if index.variants:
        tables.append(_variants(index))
    charts = (_tree_chart(run, tables[1]),) if setup is not None else ()
    return Answer(titled(run), tuple(tables), charts, tuple(notes), run.provenance())


def _classes(index: Index) -> Cell:
    """Return the classes of scores and from where on each begins."""
    entry = index.declared.classes
    if entry is None:
        return None
    first, *others = entry.names
    said = [f"{name} from {cut:g}" for name, cut in zip(others, entry.cuts, strict=True)]
    return ", ".join([f"{first} below {entry.cuts[0]:g}", *said])


def _about(run: Run) -> Table:
    index, declared = run.index, run.index.declared
    published = index.published
    items: list[tuple[str, Cell]] = [
        ("Run", run.name),
        ("Publisher", declared.publisher),
        ("Edition", declared.edition),
        ("What it is", declared.summary),
        (unit_noun(run, plural=True).capitalize(), _units(index)),
        ("Figures", _figures(run)),
        ("Reproducible", index.reproducible),
        ("Classes", _classes(index)),
    ]
    if published is not None:
        items += [
            ("Published", f"{published.known_scores} scores, {published.known_ranks} ranks"),
            ("Partial", published.partial),
            ("About the published", published.note),
        ]
    items += [
        ("Licence", declared.licence),
        ("Cite as", declared.citation),
        ("Address", declared.url),
        ("Hash", index.hash),
    ]
    return facts("about", titled(run), items)


def _units(index: Index) -> Cell:
    source = index.figures if index.figures is not None else index.published
    return len(source.units) if source is not None else None


def _figures(run: Run) -> Cell:
    if run.setup is None:
        return None
    known = evidence(run.setup.figures, run.setup.framework.indicators())
    have, of = int(np.count_nonzero(known.found)), known.found.size
    silent = int(np.count_nonzero(known.silent))
    zeros = f", {silent} of them zeros of lists" if silent else ""
    return f"{have} of {of} ({have / of:.1%}) for {known.found.shape[1]} indicators{zeros}"


def _tree(run: Run, setup: Setup, ranking: Ranking | None) -> Table:
    """Return the tree, with nominal and effective weights and the coverage of each node."""
    framework, figures = setup.framework, setup.figures
    filled = ranking is not None and "imputed" in ranking.stages
    columns = (
        Column("title", "Pillar or indicator"),
        Column("id", "Id", whole=True),
        Column("stated", "Stated weight", "number", 2),
        Column("within", "In parent", "percent"),
        Column("effective", "In index", "percent"),
        Column("direction", "Better"),
        Column("coverage", "Coverage", "percent", 0),
        *([Column("imputed", "Imputed", "percent", 0)] if filled else []),
    )
    rows: list[tuple[Cell, ...]] = []
    for depth, node in framework.root.walk():
        if depth == 0:
            continue
        items = node.indicators() if isinstance(node, Pillar) else (node,)
        ids = [item.id for item in items]
        kept = ranking is not None and node.id in ranking.local_weights
        rows.append(
            (
                "  " * (depth - 1) + node.title,
                node.id,
                float(node.weight),
                ranking.local_weights[node.id] if ranking is not None and kept else None,
                ranking.weights[node.id] if ranking is not None and kept else None,
                _direction(node),
                float(np.mean(evidence(figures, items).counted)),
                *([_share_imputed(ranking, ids)] if filled and ranking is not None else []),
            )
        )
    title = f"Framework: {framework.title}"
    noun = unit_noun(run, plural=True)
    divided = any(item.denominator is not None for item in framework.indicators())
    what = "a figure, and something to divide it by" if divided else "a figure"
    notes = [f"Coverage is the share of {len(figures.units)} {noun} that have {what}."]
    if any(item.zero_fill for item in framework.indicators()):
        notes.append("A zero which says only that a list does not name one counts as none there.")
    scored = {item.id for item in framework.indicators()}
    carried = [name for name in run.index.carried if name not in scored]
    if carried:
        notes.append(f"Carried, not scored: {', '.join(carried)}.")
    if filled:
        notes.append(f"Imputed is the share of the ranked {noun} for which one is filled in.")
    return Table("tree", title, columns, tuple(rows), tuple(notes))


def _tree_chart(run: Run, tree: Table) -> TreeChart:
    """Return the tree with the weight of each node in the index, or else in its parent."""
    records = tree.records()
    titles = [str(each["title"]) for each in records]
    known = any(each["effective"] is not None for each in records)
    shares = [each["effective"] if known else None for each in records]
    return TreeChart(
        "tree",
        f"{titled(run)}: what it is made of",
        tuple(title.strip() for title in titles),
        tuple(1 + (len(title) - len(title.lstrip())) // 2 for title in titles),
        tuple(None if share is None else 100 * float(share) for share in shares),
        axis="Effective weight in the index",
    )


def _share_imputed(ranking: Ranking, ids: list[str]) -> float | None:
    """Return the share of the figures of some indicators that were imputed, if these count."""
    known = [indicator.id for indicator in ranking.framework.indicators()]
    columns = [known.index(name) for name in ids if name in known]
    if not columns:
        return None
    return float(ranking.imputed[~np.isnan(ranking.ranks)][:, columns].mean())


def _direction(node: Pillar | Indicator) -> str:
    return {1: "higher", -1: "lower", 0: ""}[node.direction]


def _methodology(run: Run, setup: Setup) -> Table:
    methodology = resolved(setup.methodology, setup.framework)
    coverage = methodology.coverage
    short = unit_noun(run) if coverage.below == "unranked" else "pillar"
    asked = (
        f"Scored with figures for at least {coverage.country:.0%} of all indicators and "
        f"{coverage.pillar:.0%} in every pillar; a pillar short of that leaves the "
        f"{short} {coverage.below}."
    )
    shares = f"{coverage.country:.0%}, {coverage.pillar:.0%}"
    rows: list[tuple[Cell, ...]] = [("coverage", shares, asked)]
    for step in ("treat", "impute", "normalise"):
        method: Method = getattr(methodology, step)
        rows.append((step, str(getattr(setup.methodology, step)), describe_method(method)))
    depth = setup.framework.root.depth()
    if any(method.name() != "none" for method in methodology.renormalise):
        rows += _by_level("renormalise", depth - 1, methodology.renormalisation_at)
    elif depth > 1:
        rows.append(("renormalise", "none", "Scores of pillars are added up as they are."))
    rows += _by_level("weight", depth, methodology.weighting_at)
    rows.append(("missing", str(methodology.missing), describe_method(methodology.missing)))
    rows += _by_level("aggregate", depth, methodology.aggregation_at)
    rescaled = methodology.scale.name() != "none"
    best = "highest" if methodology.sense > 0 else "lowest"
    rounded = methodology.round is not None
    rows += [
        (
            "scale",
            str(setup.methodology.scale),
            describe_method(methodology.scale) if rescaled else "Scores as they are added up.",
        ),
        (
            "round",
            write_value(methodology.round),
            "Decimals of the score before ranking." if rounded else "Scores are not rounded.",
        ),
        ("direction", methodology.direction, f"The {best} scores are best."),
        *(
            [("tiebreak", ", ".join(methodology.tiebreak), "What puts equal scores in order.")]
            if methodology.tiebreak
            else []
        ),
        ("ties", methodology.ties, "How equal scores share ranks."),
        ("constant", methodology.constant, "What is done with an indicator without differences."),
    ]
    columns = (
        Column("setting", "Setting", whole=True),
        Column("choice", "Choice"),
        Column("words", "In words"),
    )
    return Table("methodology", "Methodology", columns, tuple(rows))


def _by_level(step: str, depth: int, method_at: Callable[[int], Method]) -> list[tuple[Cell, ...]]:
    """Return a row for each level of the tree from the top down, or one for all if they agree."""
    methods = [method_at(level) for level in range(depth)]
    if all(method == methods[0] for method in methods):
        return [(step, str(methods[0]), describe_method(methods[0]))]
    return [
        (f"{step}.{level}", str(method), describe_method(method))
        for level, method in enumerate(methods, start=1)
    ]


def _sources(run: Run, setup: Setup) -> Table:
    figures = setup.figures
    at = {name: j for j, name in enumerate(figures.ids)}
    used = {i.id: i for i in setup.framework.indicators()}
    needed = {name for item in used.values() for name in operands(item, run.index.carried)}
    used.update({name: item for name, item in run.index.carried.items() if name in needed})
    columns = (
        Column("id", "Id", whole=True),
        Column("prepared", "Prepared"),
        Column("years", "Years"),
        Column("source", "Source"),
        Column("unit", "Unit", detail=True),
        Column("licence", "Licence", detail=True),
        Column("url", "Address", detail=True),
        Column("note", "Note", detail=True),
    )
    rows = tuple(
        (
            item.id,
            _prepared(item),
            years([str(y) for y in figures.years[:, at[item.id]]]) or item.year,
            item.source,
            item.unit,
            item.licence,
            item.url,
            item.note,
        )
        for item in used.values()
    )
    return Table("sources", "Sources", columns, rows)


def _terms(run: Run, setup: Setup) -> Table:
    """Return the terms of the figures, with the indicators that each covers."""
    covered: dict[str, list[str]] = {}
    for item in setup.framework.indicators():
        covered.setdefault(item.licence or run.index.declared.licence, []).append(item.id)
    columns = (Column("licence", "Terms"), Column("indicators", "Indicators"))
    rows = tuple((terms, ", ".join(ids)) for terms, ids in covered.items())
    return Table("terms", "Terms of the figures", columns, rows)


def _prepared(item: Indicator) -> str:
    parts = [item.formula] if item.formula else []
    if item.denominator is not None:
        parts.append(f"per {item.denominator}")
    if item.transform is not None:
        parts.append(str(item.transform))
    if item.treat is not None:
        parts.append(f"treat {item.treat}")
    if item.normalise is not None:
        parts.append(f"normalise {item.normalise}")
    if item.zero_fill:
        parts.append("zero_fill")
    if item.goalposts is not None:
        parts.append(f"{item.goalposts.low:g}..{item.goalposts.high:g}")
    if item.target is not None:
        parts.append(f"target {item.target:g}")
    return ", ".join(parts)


def _frameworks(index: Index) -> Table:
    columns = (
        Column("id", "Framework", whole=True),
        Column("title", "Title"),
        Column("pillars", "Pillars"),
        Column("source", "Source"),
    )
    rows = tuple(
        (name, tree.title, ", ".join(pillar.title for pillar in tree.top()), tree.source)
        for name, tree in index.frameworks.items()
    )
    note = 'Take one with `set={"framework": "NAME"}`.'
    return Table("frameworks", "Frameworks", columns, rows, (note,))


def _variants(index: Index) -> Table:
    columns = (
        Column("id", "Variant", whole=True),
        Column("title", "Title"),
        Column("reason", "Reason"),
        Column("source", "Source"),
    )
    rows = tuple(
        (stack_name([name]), variant.title, variant.reason, variant.source)
        for name, variant in index.variants.items()
    )
    note = f"Call one with {index.id}@NAME, several with {index.id}@ONE+OTHER."
    return Table("variants", "Variants", columns, rows, (note,))
