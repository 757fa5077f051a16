"""Adding a tree up, level by level, from its indicators to the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from softpower.engine.entries import Entries
from softpower.engine.ranking import Note
from softpower.errors import Location, MethodError
from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Pillar
from softpower.index.units import Unit
from softpower.methods.coverage import Evidence
from softpower.methods.model import Floats, Mask
from softpower.methods.moments import is_constant
from softpower.methods.weight import Siblings, Weighting


@dataclass(slots=True)
class Aggregated:
    """The values of every pillar, by id; the index itself is ``""``."""

    values: dict[str, Floats] = field(default_factory=dict)
    entered: dict[str, Floats] = field(default_factory=dict)
    """By id, the values of those that were changed before they were added up."""
    local_weights: dict[str, float] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    individual: dict[str, Floats] = field(default_factory=dict)
    unit_weights: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    contributions: Floats | None = None
    notes: list[Note] = field(default_factory=list)


def aggregate(
    framework: Framework,
    methodology: Methodology,
    y: Floats,
    evidence: Evidence,
    figure: Callable[[str], Floats] | None = None,
    units: Sequence[Unit] = (),
) -> Aggregated:
    """Return the values of all pillars and of the index.

    Parameters
    ----------
    framework
        The tree; its indicators are the columns of ``y``, from left to right.
    methodology
        Says how children are weighted and added up, and what a missing one means.
    y
        Normalised figures, units x indicators; NaN is missing.
    evidence
        Which of them were found, not imputed.
    figure
        The figures (units) of any indicator of the index by its id; only a weighting asks.
    units
        The units; only a normalisation between levels that compares with one of them asks.

    Raises
    ------
    MethodError
        If an aggregation refuses the values, naming the pillar.
    """
    entries = Entries(framework.root, methodology, y, units)
    return _Sum(framework, methodology, y, evidence, figure, entries).result()


class _Sum:
    def __init__(
        self,
        framework: Framework,
        methodology: Methodology,
        y: Floats,
        evidence: Evidence,
        figure: Callable[[str], Floats] | None,
        entries: Entries,
    ) -> None:
        self.root = framework.root
        self.methodology = methodology
        self.y = y
        self.evidence = evidence
        self.figure = figure or _unknown
        self.entries = entries
        self.senses = framework.root.senses(methodology.sense)
        self.column = {indicator.id: j for j, indicator in enumerate(framework.indicators())}
        self.shares: dict[str, Floats] = {}
        self.totals: dict[str, float] = {}
        """For each pillar, what the weights of its children sum to as they count."""
        self.known: dict[str, Floats] = {}
        """For each pillar, the share of the weight beneath it for which there is a value."""
        self.sizes: dict[str, float] = {}
        """For each pillar on the scale of its children, the size of the largest of their values."""
        self.linear = True
        self.out = Aggregated()

    def result(self) -> Aggregated:
        """Add the tree up and work out what each indicator has in the whole."""
        self._value(self.root, 0)
        self.out.weights[""] = 1.0
        self.out.unit_weights = np.zeros(self.y.shape)
        points = np.where(np.isnan(self.y), 0.0, self.y)
        self._descend(self.root, 1.0, np.ones(self.y.shape[0]), points)
        self.out.unit_weights[np.isnan(self.out.values[""])] = np.nan
        if self.linear:
            self.out.contributions = self.out.unit_weights * points
        return self.out

    def _value(self, pillar: Pillar, level: int) -> Floats:
        """Return the value of a pillar, having worked out those beneath it."""
        children, told = self._children(pillar, level)
        weights = self._weights(pillar, level, told)
        present = ~np.isnan(children)
        known = np.column_stack(
            [
                self.known[child.id] if isinstance(child, Pillar) else there
                for child, there in zip(pillar.children, present.T, strict=True)
            ]
        )
        shares = self.methodology.missing(weights, known)
        if pillar is not self.root:
            shares[~self._covered(pillar)] = 0.0
        scored = np.atleast_1d(shares.any(axis=1))
        self.known[pillar.id] = known_beneath(weights, known, scored)
        value = np.full(scored.shape, np.nan)
        method = pillar.aggregate or self.methodology.aggregation_at(level)
        self.linear &= method.linear and self._shares_out(pillar, shares * ~present)
        weighting = self.methodology.weighting_at(level)
        self.totals[pillar.id] = total_weight(pillar, weighting) if method.undivided else 1.0
        filled = np.where(present, children, 0.0)
        name = pillar.id or "the index"
        lost, said = self.methodology.missing.remark(weights, known), ""
        if lost and self.senses[pillar.id] < 0:
            lost += ", and low values are good here"
        try:
            if scored.any():
                counted = shares[scored] * self.totals[pillar.id]
                value[scored] = method(filled[scored], counted)
                said = method.remark(filled[scored], counted)
        except MethodError as error:
            raise MethodError(error.what, location=Location(key=name), mend=error.mend) from error
        for step, text in (("missing", lost), ("aggregate", said)):
            if text:
                self.out.notes.append(Note(step, name, text))
        if method.rowwise:
            self.sizes[pillar.id] = float(np.abs(filled).max(initial=0.0))
        self.shares[pillar.id] = shares
        self.out.values[pillar.id] = value
        self._keep_weights(pillar, weights, np.where(scored[:, None] & present, shares, np.nan))
        return value

    def _keep_weights(self, pillar: Pillar, weights: Floats, own: Floats) -> None:
        """Keep the weights of children, and each unit's ``own`` if units have some."""
        usual = weights
        if weights.ndim == 2:
            usual = _mean_parts(weights[~np.isnan(self.out.values[pillar.id])])
            for k, child in enumerate(pillar.children):
                self.out.individual[child.id] = own[:, k]
        for child, weight in zip(pillar.children, usual, strict=True):
            self.out.local_weights[child.id] = float(weight)

    def _children(self, pillar: Pillar, level: int) -> tuple[Floats, Floats]:
        """Return the values of children as they are added up, and as they are weighed by."""
        children = np.column_stack(
            [
                self._value(child, level + 1)
                if isinstance(child, Pillar)
                else self.y[:, self.column[child.id]]
                for child in pillar.children
            ]
        )
        told = self._told_apart(pillar, children)
        if pillar.id not in self.entries:
            return children, told
        entered = self._entered(pillar, told)
        return entered, entered

    def _shares_out(self, pillar: Pillar, lost: Floats) -> bool:
        """Say whether what enters a pillar is what the indicators beneath it bring.

        A whole pillar that is missing and counts as zero by ``lost`` weight brings nothing, also
        where that is turned further up.
        """
        below = [isinstance(child, Pillar) for child in pillar.children]
        turned = bool(self.entries) and bool(lost[:, below].any())
        return not turned and not self.entries.compares(pillar.id)

    def _entered(self, pillar: Pillar, children: Floats) -> Floats:
        """Return the values of children as they enter a pillar, and keep those that changed."""
        entered = self.entries(pillar.id, children)
        for k, child in enumerate(pillar.children):
            self.out.entered[child.id] = entered[:, k]
        return entered

    def _told_apart(self, pillar: Pillar, children: Floats) -> Floats:
        """Return values that are the same in a pillar that is the same but for noise."""
        told = children.copy()
        for k, child in enumerate(pillar.children):
            values = told[:, k]
            if child.id in self.sizes and is_constant(values, self.sizes[child.id]):
                there = ~np.isnan(values)
                values[there] = values[there][:1]
        return told

    def _weights(self, pillar: Pillar, level: int, values: Floats) -> Floats:
        stated = np.array([child.weight for child in pillar.children])
        sizes = np.array(
            [
                float(len(child.indicators())) if isinstance(child, Pillar) else 1.0
                for child in pillar.children
            ]
        )
        name = pillar.id or "the index"
        if not np.isfinite(stated).all() or (stated < 0).any() or stated.sum() <= 0:
            raise MethodError(
                "Its weights must be zero or above and not all zero.", location=Location(key=name)
            )
        method = self.methodology.weighting_at(level)
        siblings = Siblings(
            pillar.id, tuple(child.id for child in pillar.children), stated, sizes, self.figure
        )
        try:
            weights = method(siblings, values)
            said = method.remark(siblings, values, weights)
        except MethodError as error:
            raise MethodError(error.what, location=Location(key=name), mend=error.mend) from error
        if said:
            self.out.notes.append(Note("weight", name, said))
        return weights

    def _covered(self, pillar: Pillar) -> Mask:
        """Return which units have enough figures in a pillar for it to have a value."""
        if self.methodology.coverage.below == "unranked":
            return np.ones(self.y.shape[0], dtype=bool)
        columns = [self.column[indicator.id] for indicator in pillar.indicators()]
        return self.evidence.beneath(columns).values.reaches(self.methodology.coverage.pillar)

    def _descend(self, pillar: Pillar, weight: float, own: Floats, points: Floats) -> None:
        """Multiply weights down the tree: nominal ones, and each unit's own.

        ``points`` (units x indicators), which a pillar adds up, are turned where it is.
        """
        turned = self.entries.turned(pillar.id)
        for k, child in enumerate(pillar.children):
            effective = weight * self.out.local_weights[child.id]
            self.out.weights[child.id] = effective
            share = own * self.shares[pillar.id][:, k]
            if isinstance(child, Pillar):
                self._descend(child, effective, share, points)
                if child.id in turned:
                    below = [self.column[indicator.id] for indicator in child.indicators()]
                    points[:, below] = self.entries.whole - points[:, below]
            else:
                self.out.unit_weights[:, self.column[child.id]] = share
        columns = [self.column[indicator.id] for indicator in pillar.indicators()]
        points[:, columns] *= self.totals[pillar.id]


def total_weight(pillar: Pillar, weighting: Weighting) -> float:
    """Return what the weights of the children of a pillar sum to where they are not divided.

    That is what is stated; weights that follow from anything else have a mean of 1, unless each
    unit has its own, which are no parts of a sum.
    """
    if weighting.individual:
        return 1.0
    if weighting.takes([child.id for child in pillar.children]):
        return pillar.unit * sum(child.weight for child in pillar.children)
    return float(len(pillar.children))


def _mean_parts(weights: Floats) -> Floats:
    """Return the mean over units of what each child has of the sum of a unit's weights."""
    if not len(weights):
        return np.full(weights.shape[1], 1.0 / weights.shape[1])
    return (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)


def known_beneath(weights: Floats, known: Floats | Mask, scored: Mask) -> Floats:
    """Return the share of the weight of all children for which there is a value."""
    share = np.sum(weights * known, axis=-1) / np.sum(weights, axis=-1)
    return np.where(scored, share, 0.0)


def _unknown(identifier: str) -> Floats:
    raise MethodError(f"There are no figures of {identifier!r}.")
