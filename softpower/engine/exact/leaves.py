"""What movable weights multiply: values of units as they are added up, read off their ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from softpower.engine.aggregation import known_beneath
from softpower.engine.exact.region import Block
from softpower.engine.sampling.batch import Batch
from softpower.errors import MethodError
from softpower.index.tree import Indicator, Pillar
from softpower.methods.missing import Flat, MissingIfAny, Redistribute, Renormalise, Zero
from softpower.methods.model import Floats, Mask

ASK_DRAWS = "Or see what draws reach: softpower reach INDEX `all=True, draws=100000`"


class Leaves:
    """The values of one setup, put on the scale on which they are added up."""

    def __init__(self, batch: Batch, path: Sequence[str]) -> None:
        """Find the exponent of the means.

        Parameters
        ----------
        batch
            The setup.
        path
            The pillars whose children's weights move, and those above them.

        Raises
        ------
        MethodError
            If they are no power means of one exponent.
        """
        self.batch = batch
        self.path = tuple(path)
        self.exponent = self._exponent()
        self._refuse_other_steps()
        self.nodes = {node.id: node for _, node in batch.root.walk()}
        self.parent = {
            child.id: pillar
            for pillar in (batch.root, *batch.root.pillars())
            for child in pillar.children
        }

    def _exponent(self) -> float:
        methods = {name: self.batch.methods[name] for name in self.path}
        found = {method.exponent() for method in methods.values()}
        if None in found:
            name, method = next((n, m) for n, m in methods.items() if m.exponent() is None)
            where = f" of {name}" if name else ""
            raise MethodError(
                f"The {method.name()} aggregation{where} is no mean whose scores an exact answer "
                "could solve for.",
                mend=f"Set aggregate to arithmetic or geometric. {ASK_DRAWS}",
            )
        if len(found) > 1:
            names = ", ".join(dict.fromkeys(method.name() for method in methods.values()))
            raise MethodError(
                f"Weights move on levels of different means ({names}), and an exact answer needs "
                "one.",
                mend=f"Let those of one level vary (`levels`), or set aggregate. {ASK_DRAWS}",
            )
        exponent = found.pop()
        assert exponent is not None  # noqa: S101
        return exponent

    def _refuse_other_steps(self) -> None:
        methodology = self.batch.methodology
        if methodology.round is not None:
            raise MethodError(
                "Scores are rounded before they are ranked, so that an exact answer would be about "
                "other ranks.",
                mend=f'Let them be: `set={{"round": "none"}}`. {ASK_DRAWS}',
            )
        if any(name in self.batch.entries for name in self.path[:-1]):
            raise MethodError(
                "Scores are put on a scale again between levels whose weights move, and an exact "
                "answer needs them as they are.",
                mend=f"Let the weights of one level vary (`levels`). {ASK_DRAWS}",
            )
        if methodology.tiebreak:
            raise MethodError(
                "Equal scores are told apart by other values, which no exact answer weighs.",
                mend='Let them share ranks: `set={"tiebreak": "none"}`.',
            )
        if methodology.ties == "dense":
            raise MethodError(
                "Under ties = dense a rank depends on which others are level with each other.",
                mend='Take `set={"ties": "competition"}`.',
            )

    @property
    def flat_gaps(self) -> bool:
        """Whether what a pillar counts depends on the weights of what is missing beneath it."""
        return type(self.batch.methodology.missing) is Flat and bool(np.isnan(self.batch.y).any())

    def within(self, pillar: Pillar) -> tuple[Floats, Floats]:
        """Return the values that the weights of the children of one pillar multiply, and the parts.

        All other weights stay, so that a score is ``a + b q`` of the value ``q`` of the pillar.
        """
        values = self._values(pillar)
        there = ~np.isnan(values)
        some = there.any(axis=1) & self.batch.covered[pillar.id]
        top, counted = self._quotient(pillar, values)
        added, times = np.zeros(len(values)), np.ones(len(values))
        node = pillar
        while node is not self.batch.root:
            above = self.parent[node.id]
            at = above.children.index(node)
            siblings = self._values(above)
            known = (~np.isnan(siblings)).astype(np.float64)
            known[:, at] = some
            shares = self.batch.methodology.missing(self.batch.weights[above.id], known)
            shares = np.where(self.batch.covered[above.id][:, None], shares, 0.0)
            others = np.where(np.isnan(siblings), 0.0, siblings)
            others[:, at] = 0.0
            added = (shares * others).sum(axis=1) + shares[:, at] * added
            times = shares[:, at] * times
            some, node = np.asarray(shares.any(axis=1)), above
        return added[:, None] * counted + times[:, None] * top, counted

    def _quotient(self, pillar: Pillar, values: Floats) -> tuple[Floats, Floats]:
        """Return numerators and denominators of the values of a pillar (both units x children)."""
        there = ~np.isnan(values)
        filled, ones = np.where(there, values, 0.0), np.ones(values.shape)
        rule = type(self.batch.methodology.missing)
        none = ~there.any(axis=1, keepdims=True)
        if rule is Flat:
            known = np.column_stack([self._known(child) for child in pillar.children])
            return filled * known, np.where(none, 1.0, known)
        if there.all() or rule is MissingIfAny or (rule is Zero and self.exponent == 1):
            return filled, ones
        if rule is Renormalise:
            return filled, np.where(none, 1.0, there)
        missing = self.batch.methodology.missing
        if isinstance(missing, Redistribute) and not missing.in_turn:
            counts = there & (self.batch.weights[pillar.id] > 0)
            mean = (filled * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
            return np.where(there, values, mean[:, None]), ones
        raise self._not_linear("figures are missing")

    def throughout(self, root: Block) -> tuple[Floats, Floats]:
        """Return the values that weights in the whole multiply, and the parts.

        Raises
        ------
        MethodError
            If scores are no quotient of two linear forms, for what is missing.
        """
        blocks = {block.pillar: block for block in root.blocks()}
        values, counted = self._columns(blocks, len(root.columns()))
        there = ~np.isnan(values)
        for name, block in blocks.items():
            for column in block.columns():
                there[~self.batch.covered[name], column] = False
        rule = type(self.batch.methodology.missing)
        filled = np.where(there, values, 0.0)
        if rule is Flat:
            counted = np.where(there, counted, 0.0)
            return filled * counted, counted
        if there.all() or rule is MissingIfAny or (rule is Zero and self.exponent == 1):
            return filled, np.ones(values.shape)
        if rule is not Renormalise:
            raise self._not_linear("figures are missing")
        self._refuse_parts(root, there)
        return filled, there.astype(np.float64)

    def _columns(self, blocks: Mapping[str, Block], size: int) -> tuple[Floats, Floats]:
        """Return the value of each leaf, and the share of the weight beneath that has one."""
        values, counted = np.empty((len(self.batch.y), size)), np.empty((len(self.batch.y), size))
        for name, block in blocks.items():
            pillar = self.nodes[name]
            assert isinstance(pillar, Pillar)  # noqa: S101
            own = self._values(pillar)
            for k, member in enumerate(block.members):
                if not isinstance(member, Block):
                    values[:, member] = own[:, k]
                    counted[:, member] = self._known(pillar.children[k])
        return values, counted

    def _refuse_parts(self, root: Block, there: Mask) -> None:
        """Refuse units that have a part of the figures of a pillar which keeps its weight."""
        for member in root.members:
            if isinstance(member, Block):
                part = there[:, member.columns()]
                gaps = int(np.count_nonzero(part.any(axis=1) & ~part.all(axis=1)))
                if gaps:
                    lack = "1 unit lacks" if gaps == 1 else f"{gaps} units lack"
                    why = f"{lack} figures in {member.pillar}, whose weight the others share"
                    raise self._not_linear(f"{why}: scores are sums of quotients")

    def _not_linear(self, why: str) -> MethodError:
        rule = self.batch.methodology.missing.name()
        return MethodError(
            f"Scores are no linear form of these weights, for {why} (missing = {rule}).",
            mend='Fill the gaps (`set={"impute": "mean"}`), or let the weights of pillars vary, or '
            f"those within one pillar (`levels`). {ASK_DRAWS}",
        )

    def _values(self, pillar: Pillar) -> Floats:
        """Return the values of the children of a pillar as its mean adds them up."""
        raw = np.column_stack([self._raw(child) for child in pillar.children])
        if pillar.id in self.batch.entries:
            raw = self.batch.entries(pillar.id, raw)
        there = ~np.isnan(raw)
        method, p = self.batch.methods[pillar.id], self.exponent
        ready = method.ready(np.where(there, raw, 1.0), there.astype(np.float64))
        if p == 1:
            return np.where(there, ready, np.nan)
        with np.errstate(divide="ignore"):
            powers = np.log(ready) if p == 0 else np.sign(p) * ready**p
        self._refuse_zeros(pillar, ~np.isfinite(powers) & there)
        return np.where(there, powers, np.nan)

    def _refuse_zeros(self, pillar: Pillar, zero: Mask) -> None:
        if not zero.any():
            return
        row, k = np.argwhere(zero)[0]
        unit = self.batch.ranking.units[self.batch.rows[row]].name
        raise MethodError(
            f"{pillar.children[k].title} is zero for {unit}, and so is the "
            f"{self.batch.methods[pillar.id].name()} mean under any weight of it.",
            mend="Normalise from above zero (minmax:1:100), or set a floor.",
        )

    def _raw(self, node: Pillar | Indicator) -> Floats:
        batch = self.batch
        if isinstance(node, Indicator):
            return batch.y[:, batch.column[node.id]]
        return batch.ranking.pillars[node.id][batch.rows]

    def _known(self, node: Pillar | Indicator) -> Floats:
        """Return the share of the weight beneath a node for which there is a value (units)."""
        if isinstance(node, Indicator):
            return (~np.isnan(self._raw(node))).astype(np.float64)
        known = np.column_stack([self._known(child) for child in node.children])
        return known_beneath(self.batch.weights[node.id], known, ~np.isnan(self._raw(node)))
