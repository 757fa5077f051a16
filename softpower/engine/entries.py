"""How the values of the children of a pillar enter it: on one scale again, and with its sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from softpower.engine.context import context_of_scores
from softpower.errors import Location, MethodError
from softpower.index.methodology import Methodology
from softpower.index.tree import Indicator, Pillar
from softpower.index.units import Unit
from softpower.methods.model import Floats
from softpower.methods.normalise import ConstantIndicatorError, Context, Normalisation
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import significant


@dataclass(frozen=True, slots=True)
class _Entry:
    """How the children of one pillar enter it."""

    ids: tuple[str, ...]
    senses: tuple[int, ...]
    """For each child -1 if it is to be turned, else 1."""
    method: Normalisation | None
    """What puts them onto one scale again, if anything does."""
    context: Context
    sizes: tuple[float, ...]
    """For each child, how large the parts may be that its values are sums of."""


class Entries:
    """What becomes of the values of children before a pillar adds them up.

    Formula: where the scores of pillars are normalised again, ``renormalise(y)`` over all units,
    with the direction in which a child is turned. Else ``2 m - y`` for a child whose score is to
    be read the other way round than its parent's, with ``m`` the middle of the scale onto which
    figures are normalised (50 of 0..100, 0 of standard scores).
    """

    def __init__(
        self, root: Pillar, methodology: Methodology, y: Floats, units: Sequence[Unit] = ()
    ) -> None:
        """Find out what is to be done.

        Parameters
        ----------
        root
            The tree.
        methodology
            With nothing left open.
        y
            Normalised figures (units x indicators), from left to right in the tree.
        units
            The units, of which a normalisation may compare others with one.

        Raises
        ------
        MethodError
            If a normalisation compares with a unit that is none of these.
        """
        self._methodology = methodology
        self._units = units
        self._column = {indicator.id: j for j, indicator in enumerate(root.indicators())}
        self._y = y
        senses = root.senses(methodology.sense)
        self._entries = {
            node.id: found
            for level, node in root.walk()
            if isinstance(node, Pillar) and (found := self._entry(node, level, senses))
        }

    def _entry(self, pillar: Pillar, level: int, senses: dict[str, int]) -> _Entry | None:
        below = [isinstance(child, Pillar) for child in pillar.children]
        if not any(below):
            return None
        own = senses[pillar.id]
        turned = tuple(senses.get(child.id, own) * own for child in pillar.children)
        method = self._methodology.renormalisation_at(level)
        ids = tuple(child.id for child in pillar.children)
        if not isinstance(method, NoNormalisation):
            context = context_of_scores(method, self._units, "renormalise")
            return _Entry(ids, turned, method, context, tuple(map(self._size, pillar.children)))
        return _Entry(ids, turned, None, Context(), ()) if -1 in turned else None

    def _size(self, child: Pillar | Indicator) -> float:
        """Return the size of the largest value of any indicator beneath a pillar, or zero."""
        if isinstance(child, Indicator):
            return 0.0
        values = self._y[:, [self._column[indicator.id] for indicator in child.indicators()]]
        return float(np.max(np.abs(values), initial=0.0, where=~np.isnan(values)))

    def __bool__(self) -> bool:
        return bool(self._entries)

    def __contains__(self, pillar: object) -> bool:
        """Say whether values are changed before they enter the pillar of this id."""
        return pillar in self._entries

    def compares(self, pillar: str) -> bool:
        """Say whether what enters a pillar depends on the values of other units."""
        return pillar in self._entries and self._entries[pillar].method is not None

    def turned(self, pillar: str) -> tuple[str, ...]:
        """Return the children whose values are taken from twice the middle."""
        if pillar not in self._entries or self.compares(pillar):
            return ()
        entry = self._entries[pillar]
        return tuple(name for name, s in zip(entry.ids, entry.senses, strict=True) if s < 0)

    @property
    def whole(self) -> float:
        """Twice the middle of the scale."""
        return 2 * self._methodology.normalise.middle()

    def __call__(self, pillar: str, values: Floats) -> Floats:
        """Return the values of the children of a pillar as they enter it.

        Parameters
        ----------
        pillar
            Its id.
        values
            Of the children (units x children), NaN where missing; or those of many draws, draws x
            units x children.

        Raises
        ------
        MethodError
            If the scores of a child do not differ, and the normalisation needs them to.
        """
        if pillar not in self._entries:
            return values
        entry = self._entries[pillar]
        if entry.method is None:
            return np.where(np.array(entry.senses) < 0, self.whole - values, values)
        known = significant(values, magnitude=np.array(entry.sizes))
        out = np.empty(values.shape)
        for k, (name, sense) in enumerate(zip(entry.ids, entry.senses, strict=True)):
            context = entry.context._replace(direction=sense)
            out[..., k] = self._again(entry.method, known[..., k], context, name)
        return out

    def _again(self, method: Normalisation, values: Floats, context: Context, name: str) -> Floats:
        if values.ndim > 1 and not method.stacked:
            return np.stack([self._again(method, draw, context, name) for draw in values])
        try:
            return method(values, context)
        except ConstantIndicatorError as error:
            if values.ndim > 1:
                return np.stack([self._again(method, draw, context, name) for draw in values])
            if self._methodology.constant == "mid":
                return np.where(np.isnan(values), np.nan, method.middle())
            raise MethodError(
                "All its scores are the same, so that they cannot be normalised again.",
                location=Location(key=name),
                mend="Set constant to mid, renormalise to rank, or leave the pillar out.",
            ) from error
        except MethodError as error:
            raise MethodError(error.what, location=Location(key=name), mend=error.mend) from error
