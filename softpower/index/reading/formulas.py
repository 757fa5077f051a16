"""Figures of indicators that are formulas of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.errors import did_you_mean
from softpower.index.figures import Figures, History
from softpower.index.formula import Term, UndefinedError, parse_formula
from softpower.index.ids import folded, spelled
from softpower.index.reading.indicators import IndicatorTable, unit_of
from softpower.index.reading.tables import Row
from softpower.index.text import listed, shown
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_NAMED = 5
COLUMN = "formula"


class Formulas:
    """The indicators of a table that state a formula.

    Parameters
    ----------
    indicator_table
        The indicators.
    """

    def __init__(self, indicator_table: IndicatorTable) -> None:
        table = self.table = indicator_table.table
        self.indicators = indicator_table.indicators
        at_id, at = table.at.get("id", 0), table.at.get(COLUMN)
        rows = table.rows if at is not None else ()
        stated = {folded(row.cells[at_id]): row for row in rows if at is not None and row.cells[at]}
        self.rows: dict[str, Row] = {
            name: stated[folded(name)] for name in self.indicators if folded(name) in stated
        }
        self.terms: dict[str, Term] = {
            name: parse_formula(self.indicators[name].formula) for name in self.rows
        }

    def computed(self, figures: Figures) -> Figures:
        """Return the figures with those of the formulas, or with errors noted."""
        problems = self.table.problems
        before = problems.count
        self._refuse_own_figures(figures)
        gaps = zip(figures.ids, np.isnan(figures.values).T, strict=True)
        order = self._order([name for name, missing in gaps if not missing.all()])
        if problems.count != before or not order:
            return figures
        ids = (*figures.ids, *(name for name in order if name not in figures.ids))
        wider = _widened(figures, ids)
        values, past = wider.values.copy(), wider.history.values.copy()
        years = wider.years.copy()
        for name in order:
            term, at = self.terms[name], ids.index(name)
            from_ = [ids.index(spelled(each, ids)) for each in term.ids()]
            values[:, at] = self._value(name, term, values, ids, [u.name for u in figures.units])
            labels = [f"{unit} in {period}" for unit, period in wider.history.rows]
            past[:, at] = self._value(name, term, past, ids, labels)
            alike = np.all(years[:, from_] == years[:, from_[:1]], axis=1)
            years[:, at] = np.where(alike & ~np.isnan(values[:, at]), years[:, from_[0]], "")
            self._doubt_units(name, term)
        history = replace(wider.history, ids=ids, values=past)
        return replace(wider, values=values, years=years, history=history)

    def _refuse_own_figures(self, figures: Figures) -> None:
        """Note an error for a formula that has figures of its own."""
        for name, row in self.rows.items():
            if name in figures.ids and not np.isnan(figures.columns([name])).all():
                self.table.error(
                    f"The indicator {name} has figures, and a formula too.",
                    "Keep one of the two.",
                    row,
                    COLUMN,
                )

    def _order(self, known: Sequence[str]) -> list[str]:
        """Return the formulas, each after those that it needs; those with errors are noted."""
        there = dict.fromkeys((*known, *self.indicators))
        needs = {
            name: [spelled(each, there) for each in term.ids()] for name, term in self.terms.items()
        }
        for name, operands in needs.items():
            if not operands:
                self._error(name, "The formula names no indicator.", "Write the id of one into it.")
            for operand in operands:
                if operand not in there:
                    mend = did_you_mean(operand, [*there]) or "Add it to indicators.csv."
                    near = [each for each in there if "-" in each and operand in each.split("-")]
                    mend = f"Write it in backticks: `{near[0]}`." if near else mend
                    self._error(name, f"There is no indicator {shown(operand)}.", mend)
        order: list[str] = []
        left = dict(needs)
        while left:
            ready = [name for name, operands in left.items() if left.keys().isdisjoint(operands)]
            if not ready:
                chain = _circle(left)
                what = f"The formula leads back to itself: {' needs '.join(chain)}."
                self._error(chain[0], what, "Give one of them figures of its own.")
                return []
            order += ready
            left = {name: operands for name, operands in left.items() if name not in ready}
        return order

    def _value(
        self, name: str, term: Term, values: Floats, ids: Sequence[str], labels: Sequence[str]
    ) -> Floats:
        """Return the values of a formula, NaN with an error noted where it has none."""
        known = {each: ids.index(spelled(each, ids)) for each in term.ids()}
        try:
            return term.value(lambda each: values[:, known[each]])
        except UndefinedError as error:
            rows = np.broadcast_to(error.rows, (len(labels),))
            where = [label for label, wrong in zip(labels, rows, strict=True) if wrong]
            what = f"The formula of {name} {error.what} for {listed(where, MOST_NAMED)}."
            self._error(name, what, "Correct the figures; where it cannot be told, leave them out.")
            return np.full(len(labels), np.nan)

    def _doubt_units(self, name: str, term: Term) -> None:
        """Note it if a formula adds what is counted in different units."""
        mixed = term.mixed({each: unit_of(each, self.indicators) for each in term.ids()})
        if mixed is not None:
            what = (
                f"The formula of {name} adds or compares {shown(mixed[0])} and {shown(mixed[1])}."
            )
            self.table.warn(what, "Correct it, or the units.", self.rows[name], COLUMN)

    def _error(self, name: str, what: str, mend: str) -> None:
        self.table.error(what, mend, self.rows[name], COLUMN)


def operands(indicator_table: IndicatorTable) -> list[str]:
    """Return all that the formulas of a table are made of."""
    formulas = filter(None, (item.formula for item in indicator_table.indicators.values()))
    return [name for formula in formulas for name in parse_formula(formula).ids()]


def with_formulas(indicator_table: IndicatorTable, figures: Figures) -> Figures:
    """Return figures with those of indicators that are formulas of others, or errors noted."""
    formulas = Formulas(indicator_table)
    return formulas.computed(figures) if formulas.terms else figures


def _circle(needs: dict[str, list[str]]) -> list[str]:
    """Return formulas each of which needs the next, the last being the first."""
    chain = [next(iter(needs))]
    while chain[-1] not in chain[:-1]:
        chain.append(next(each for each in needs[chain[-1]] if each in needs))
    return chain[chain.index(chain[-1]) :]


def _widened(figures: Figures, ids: tuple[str, ...]) -> Figures:
    """Return figures with further columns, in which everything is missing."""
    more = len(ids) - len(figures.ids)

    def wider(array: NDArray[Any], otherwise: object) -> Any:
        extra = np.full((array.shape[0], more), otherwise, dtype=array.dtype)
        return np.hstack([array, extra])

    past = figures.history
    rows = np.full((len(past.rows), len(ids)), np.nan)
    for j, name in enumerate(ids):
        if name in past.ids:
            rows[:, j] = past.values[:, past.ids.index(name)]
    return Figures(
        figures.units,
        ids,
        wider(figures.values, np.nan),
        wider(figures.years, ""),
        wider(figures.sources, ""),
        wider(figures.errors, np.nan),
        History(past.rows, ids, rows),
        figures.doubts,
    )
