"""Is this folder an index? Every problem at once, errors apart from warnings."""

from __future__ import annotations

from collections.abc import Iterator

from softpower.analysis.shared.formatting import enumerated
from softpower.answer import Answer, Column, Table
from softpower.engine.cache import Cache
from softpower.engine.loading import arranged
from softpower.engine.ranking import Ranking
from softpower.errors import Location, MethodError, Problem, SoftpowerError
from softpower.index.find import DECLARATION, locate
from softpower.index.index import Index
from softpower.index.reading.folder import inspect
from softpower.index.reading.store import Store
from softpower.index.reading.store_folder import store_of
from softpower.index.unsaid import UNSAID

MOST_UNITS = 20
"""So many units that will not be ranked are named; `score` names all."""


def check(name: str) -> Answer:
    """Return everything that is wrong with an index; it holds if there is no error.

    Raises
    ------
    UsageError
        If there is no such folder or workbook.
    """
    folder = locate(name)
    index, problems = inspect(folder)
    readable = all(problem.level == "warning" for problem in problems)
    store = store_of(folder)
    problems += _of_documents(store, index)
    if index is not None and readable:
        problems += _of_scores(store, index)
    errors = [problem for problem in problems if problem.level == "error"]
    warnings = [problem for problem in problems if problem.level == "warning"]
    tables = [_table("errors", "Errors", errors), _table("warnings", "Warnings", warnings)]
    counts = [_count(errors, "error")]
    if warnings or not errors:  # beside errors, not every warning is looked for
        counts.append(_count(warnings, "warning"))
    return Answer(f"{folder}: {', '.join(counts)}", tuple(tables), holds=not errors)


def _count(problems: list[Problem], noun: str) -> str:
    return f"{len(problems) or 'no'} {noun}{'' if len(problems) == 1 else 's'}"


def _table(name: str, title: str, problems: list[Problem]) -> Table:
    columns = (
        Column("place", "Place"),
        Column("what", "What is wrong"),
        Column("mend", "How to mend it"),
    )
    rows = tuple((str(problem.location), problem.what, problem.mend) for problem in problems)
    return Table(name, title, columns, rows, silent=True)


def _of_documents(store: Store, index: Index | None) -> Iterator[Problem]:
    place = store.problems.file
    if store.documented and not (store.path / "README.md").is_file():
        mend = "Say what the index is, where each figure comes from, and what is wrong with it."
        yield Problem("There is no README.md.", place("README.md"), mend, "warning")
    if index is None:
        return
    declared = index.declared
    told = ("title", "publisher", "summary", "citation", "licence")
    keys = [key for key in told if not getattr(declared, key)]
    if keys:
        mend = "Add it." if len(keys) == 1 else "Add them."
        what = f"It says nothing under {enumerated(keys)}."
        yield Problem(what, place(DECLARATION), mend, "warning")
    if begun := [key for key, text in UNSAID.items() if getattr(declared, key) == text]:
        what = f"It still says under {enumerated(begun)} what a new folder begins with."
        yield Problem(what, place(DECLARATION), "Write what is so of yours.", "warning")


def _of_scores(store: Store, index: Index) -> list[Problem]:
    """Return what keeps the index or a variant from being scored, or else units from a rank."""
    declared = store.problems.file(DECLARATION, key="methodology")
    cache, problems = Cache(), []
    ranking: Ranking | None = None
    for variant in (*([""] if index.recomputable else []), *index.variants):
        location = index.variant_places.get(variant, declared)
        try:
            scored = arranged(index, (variant,) if variant else ()).score(cache)
        except MethodError as error:
            about = f"{error.location}: " if str(error.location) else ""
            what = f"It cannot be scored. {about}{error.what}"
            problems.append(Problem(what, location, store.said(error.mend)))
        except SoftpowerError as error:
            problems.append(Problem(error.what, location, store.said(error.mend)))
        else:
            ranking = ranking or scored
    if problems or ranking is None or index.declared.units == "countries":
        return problems
    return _of_units(store, ranking)


def _of_units(store: Store, ranking: Ranking) -> list[Problem]:
    """Return that some units will not be ranked: names that are not countries may be misspelt."""
    left = [f"{u.name} ({why})" for u in ranking.units if (why := ranking.unranked.get(u.id))]
    if not left:
        return []
    return [
        Problem(
            f"{len(left):,} of {len(ranking.units):,} units will not be ranked: "
            f"{enumerated(left, MOST_UNITS)}.",
            Location(store.name),
            "Give them figures, or correct their names where these are misspelt.",
            "warning",
        )
    ]
