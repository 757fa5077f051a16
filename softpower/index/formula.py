"""Formulas of indicators: ``(ladder + 2.3) * life_expectancy / footprint``, read and computed.

There are numbers, ids, ``+ - * / ^``, brackets and a few functions, and nothing else: a formula can
reach no file and no program. An id that has a hyphen or starts with a digit stands in backticks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from softpower.methods.model import Floats, Mask

LONGEST = 1_000
DEEPEST = 50
"""So many letters a formula may have, and so many brackets one within the other."""

FUNCTIONS = {"log": 1, "exp": 1, "sqrt": 1, "abs": 1, "min": 2, "max": 2}
"""The functions that there are, with the fewest arguments of each; min and max take any more."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|`(?P<quoted>[^`]+)`"
    r"|(?P<sign>\*\*|[-+*/^(),]))"
)


class FormulaError(ValueError):
    """A formula that cannot be read, with how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what = what
        self.mend = mend
        super().__init__(what, mend)


class UndefinedError(ValueError):
    """A formula that has no value for some rows."""

    def __init__(self, what: str, rows: Mask) -> None:
        self.what = what
        self.rows = rows
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Term:
    """A number, an id, or what is done with other terms."""

    does: str
    """``number``, ``id``, a sign or the name of a function."""
    of: tuple[Any, ...]
    """The number, the id, or the terms."""

    def ids(self) -> tuple[str, ...]:
        """Return the ids in it, each once, from left to right."""
        if self.does == "id":
            return (str(self.of[0]),)
        found = [name for term in self.of if isinstance(term, Term) for name in term.ids()]
        return tuple(dict.fromkeys(found))

    def value(self, figures: Callable[[str], Floats]) -> Floats:
        """Return its values, missing wherever a figure in it is.

        Raises
        ------
        UndefinedError
            If it divides by zero, or a function does not take what it is given.
        """
        if self.does == "number":
            return np.asarray(self.of[0], dtype=float)
        if self.does == "id":
            return figures(str(self.of[0]))
        values = [term.value(figures) for term in self.of]
        with np.errstate(all="ignore"):
            found = np.asarray(_DONE[self.does](*values), dtype=float)
        there = np.all([~np.isnan(value) for value in np.broadcast_arrays(*values)], axis=0)
        wrong = there & ~np.isfinite(found)
        if wrong.any():
            raise UndefinedError(self._wrong(values), wrong)
        return np.where(there, found, np.nan)

    def _wrong(self, values: list[Floats]) -> str:
        """Return why it has no value."""
        if self.does == "/" and (values[1] == 0).any():
            return "divides by zero"
        if self.does in ("log", "sqrt"):
            bound = "not above" if self.does == "log" else "below"
            return f"takes {self.does} of what is {bound} zero"
        if self.does == "^":
            return "raises to a power what has none"
        return "is too large a number"

    def unit(self, units: Mapping[str, str]) -> str | None:
        """Return the unit of its values, empty for a mere number, ``None`` if it cannot be told.

        A number that is added has the unit of what it is added to.
        """
        if self.does in ("number", "id"):
            return "" if self.does == "number" else units.get(str(self.of[0])) or None
        parts = [term.unit(units) for term in self.of]
        named = [part for part, term in zip(parts, self.of, strict=True) if term.ids()]
        if None in named or self.does in ("^", "log", "exp", "sqrt"):
            return None if named else ""
        if self.does in ("*", "/") and len(named) == 2:
            word = "×" if self.does == "*" else "per"
            return "" if word == "per" and parts[0] == parts[1] else f"{parts[0]} {word} {parts[1]}"
        alike = set(named)
        return alike.pop() if len(alike) == 1 and not (self.does == "/" and not parts[0]) else None

    def mixed(self, units: Mapping[str, str]) -> tuple[str, str] | None:
        """Return two units that are added or compared though they differ, if any are."""
        for term in self.of:
            if isinstance(term, Term) and (found := term.mixed(units)):
                return found
        if self.does not in ("+", "-", "min", "max"):
            return None
        known = dict.fromkeys(filter(None, (term.unit(units) for term in self.of if term.ids())))
        one, other, *_ = (*known, "", "")
        return (one, other) if other else None


_DONE: Mapping[str, Callable[..., Any]] = {
    "+": np.add, "*": np.multiply, "/": np.divide, "^": np.power,
    "-": lambda *parts: np.subtract(*parts) if len(parts) == 2 else np.negative(*parts),
    "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs,
    "min": lambda *parts: np.min(np.broadcast_arrays(*parts), axis=0),
    "max": lambda *parts: np.max(np.broadcast_arrays(*parts), axis=0),
}  # fmt: skip


def parse_formula(text: str) -> Term:
    """Return the formula that a text stands for.

    Raises
    ------
    FormulaError
        If it is none.

    Examples
    --------
    >>> parse_formula("(ladder + 2.3) * life / `foot-print`").ids()
    ('ladder', 'life', 'foot-print')
    """
    return _Reader(text).whole()


class _Reader:
    """A formula while it is read, from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            what = f"the formula has {len(text):,} letters"
            raise FormulaError(what, f"Write at most {LONGEST:,}.")
        self.tokens = self._tokens(text)
        self.depth = 0

    def _tokens(self, text: str) -> list[tuple[str, str]]:
        """Return the parts of the text, each with its kind, the last one first."""
        found, at = [], 0
        text = text.rstrip()
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                raise FormulaError(
                    f"the formula cannot be read from {text[at:].strip()[:20]!r} on",
                    "Use numbers with a decimal point, ids, + - * / ^ and brackets; an id that "
                    "starts with a digit or has a hyphen stands in backticks.",
                )
            kind = str(token.lastgroup)
            found.append((kind, token[kind]))
            at = token.end()
        return found[::-1]

    def next(self) -> str:
        """Return the sign that comes next; empty if it is none."""
        return self.tokens[-1][1] if self.tokens and self.tokens[-1][0] == "sign" else ""

    def whole(self) -> Term:
        """Return the whole formula."""
        term = self.sum()
        if self.tokens:
            self.refuse()
        return term

    def refuse(self) -> None:
        """Refuse what comes next."""
        if not self.tokens:
            raise FormulaError("the formula stops short", "Complete it, or close its brackets.")
        word = self.tokens[-1][1]
        mend = (
            "Write numbers with a decimal point; a comma stands between arguments of a function."
            if word == ","
            else "Write a sign between two terms, and a bracket for each that is opened."
        )
        raise FormulaError(f"the formula has a {word!r} where none can stand", mend)

    def sum(self) -> Term:
        """Return terms that are added or taken away."""
        term = self.product()
        while (sign := self.next()) in ("+", "-"):
            self.tokens.pop()
            term = Term(sign, (term, self.product()))
        return term

    def product(self) -> Term:
        """Return terms that are multiplied or divided."""
        term = self.signed()
        while (sign := self.next()) in ("*", "/"):
            self.tokens.pop()
            term = Term(sign, (term, self.signed()))
        return term

    def signed(self) -> Term:
        """Return a power, perhaps with a sign before it, which counts less."""
        if self.next() not in ("+", "-"):
            return self.power()
        sign = self.tokens.pop()[1]
        self.deeper()
        term = self.signed()
        self.depth -= 1
        return Term("-", (term,)) if sign == "-" else term

    def power(self) -> Term:
        """Return a term, perhaps with an exponent."""
        term = self.term()
        if self.next() in ("^", "**"):
            self.tokens.pop()
            self.deeper()
            term = Term("^", (term, self.signed()))
            self.depth -= 1
        return term

    def term(self) -> Term:
        """Return a number, an id, a function of terms, or what stands in brackets."""
        if not self.tokens or self.next() not in ("", "("):
            self.refuse()
        kind, word = self.tokens.pop()
        if kind == "number":
            return Term("number", (float(word),))
        if kind == "quoted" or (kind == "name" and self.next() != "("):
            return Term("id", (word,))
        arguments = self.bracket(opened=kind == "sign")
        if kind == "sign":
            return arguments[0] if len(arguments) == 1 else self._uncalled()
        fewest = FUNCTIONS.get(word.casefold())
        if fewest is None:
            raise FormulaError(
                f"there is no function {word}", f"Known: {', '.join(FUNCTIONS)}; a product has a *."
            )
        if len(arguments) < fewest or len(arguments) > fewest == 1:
            wanted = "one term" if fewest == 1 else "two terms or more"
            raise FormulaError(f"{word} takes {wanted}", "Part them with commas.")
        return Term(word.casefold(), arguments)

    def bracket(self, *, opened: bool) -> tuple[Term, ...]:
        """Return the terms in brackets, which commas part."""
        if not opened:
            self.tokens.pop()
        self.deeper()
        terms = [self.sum()]
        while self.next() == ",":
            self.tokens.pop()
            terms.append(self.sum())
        if self.next() != ")":
            self.refuse()
        self.tokens.pop()
        self.depth -= 1
        return tuple(terms)

    def deeper(self) -> None:
        """Note that something stands within something."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("the formula is nested too deeply", "Break it into two indicators.")

    def _uncalled(self) -> Term:
        raise FormulaError(
            "the formula has a comma in brackets that belong to no function",
            "Write numbers with a decimal point.",
        )
