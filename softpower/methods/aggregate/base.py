"""What every aggregation has in common: the children of a pillar in, its value out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple, Protocol

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask, Method
from softpower.methods.ties import significant

Pace = Literal["products", "values", "units", "pairs", "each"]
"""What many draws of weights take: products of matrices, the order of a unit's values, every unit
held against all by one child after the other, or by all of them for each pair; or a call each."""


class RefusedDrawsError(MethodError):
    """Some of many draws are refused."""

    def __init__(self, draws: int, errors: Mapping[int, MethodError]) -> None:
        """Say of how many draws which are refused, and why each of them."""
        first = next(iter(errors.values()))
        super().__init__(first.what, mend=first.mend)
        self.draws = draws
        self.errors = errors


class Voters(NamedTuple):
    """A child of many draws by which units are held against each other; each is 1 or draws long."""

    weights: Floats
    values: Floats
    """Draws or 1 x units, NaN where missing."""
    leads: Floats
    """What a difference is above that is a lead."""


class Children(Protocol):
    """The values of children in many draws of weights: what is missing leaves its weight.

    All results are draws x units, NaN where a unit has no child with a value.
    """

    weights: Floats
    """Draws (or 1 for all) x children, all above zero, those of the leaves first."""
    leaves: Floats
    """The values of children that are the same in all draws (leaves x units), NaN where missing."""
    below: Mapping[int, Floats]
    """Those of the others (draws or 1 x units), by their position in ``weights``."""

    @property
    def whole(self) -> bool:
        """Whether every unit has a value of every child."""

    def won(self, voters: Sequence[Voters], even: float) -> Floats | None:
        """Return how many others each unit beats by votes, less how many beat it, if that is fast.

        Votes of a pair are divided by the weight of what both have; those for and against that
        differ by no more than ``even`` are a tie.
        """

    def stacked(self) -> Floats:
        """Return the values, draws (or 1 for all) x units x children."""

    def quantiles(self, shares: Sequence[float]) -> list[Floats]:
        """Return the lowest values up to which children have such shares of the weight."""

    def alike(self) -> Children:
        """Return the same with equal weights."""

    def counts(self) -> Floats:
        """Return how many children have a value."""

    def lowest(self) -> Floats:
        """Return the lowest value."""

    def mean(self) -> Floats:
        """Return the weighted mean."""

    def variance(self, mean: Floats) -> Floats:
        """Return the weighted mean of squared distances from ``mean``."""


class Aggregation(Method):
    """Values and weights of the children of one pillar in, the value of the pillar out."""

    members: ClassVar[Mapping[str, str]] = {
        "arithmetic": "means.Arithmetic",
        "sum": "means.Sum",
        "geometric": "means.Geometric",
        "harmonic": "means.Harmonic",
        "power": "means.Power",
        "median": "positions.WeightedMedian",
        "minimum": "positions.Minimum",
        "owa": "positions.OrderedWeights",
        "mean-min": "penalties.MeanMin",
        "mazziotta-pareto": "penalties.MazziottaPareto",
        "topsis": "distances.Topsis",
        "vikor": "distances.Vikor",
        "promethee": "flows.Promethee",
        "borda": "votes.BordaCount",
        "copeland": "votes.Copeland",
        "kemeny": "kemeny.Kemeny",
    }

    linear: ClassVar[bool] = False
    """Whether the value is a weighted sum, so that contributions add up."""

    rowwise: ClassVar[bool] = True
    """Whether a unit's value depends on its own row alone, and not on the other units."""

    stacked: ClassVar[bool] = False
    """Whether many draws (draws x units x children, or 1 of values that do not vary) can be given
    at once where units are compared."""

    draws_by: ClassVar[Pace] = "products"
    """What many draws of weights take, where they are taken at once."""

    undivided: ClassVar[bool] = False
    """Whether weights count as they are stated, not as parts of their sum."""

    top: ClassVar[bool] = False
    """Whether it only ranks, so that it has no place below the index itself."""

    monotone: ClassVar[bool] = True
    """Whether a better value never lowers a unit's own result, whatever the parameters."""

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return one value per row.

        Parameters
        ----------
        y
            Values, units x children, all finite. Where a value is missing its weight is zero,
            and what stands there does not count.
        w
            Weights of the same shape, each row with sum 1, or with that of the stated weights
            where they are undivided. A child that has a weight for some units, and none for
            others, is missing for these.
        """
        raise NotImplementedError

    @property
    def batched(self) -> bool:
        """Whether many draws of weights are taken at once: not where it is called for each."""
        own = type(self).of_draws is not Aggregation.of_draws
        return own or self.stacked or self.exponent() is not None

    @property
    def pace(self) -> Pace:
        """What draws of weights take."""
        return self.draws_by if self.batched else "each"

    def of_draws(self, children: Children) -> Floats | None:
        """Return the values in many draws at once (draws x units), where it has a form for that."""
        del children
        return None

    def needs_positive(self) -> bool:
        """Say whether it takes values above zero, so that open normalisations leave zero out."""
        return False

    def refuses_negative(self) -> bool:
        """Say whether values below zero are refused."""
        return False

    def negative(self, *, beneath: bool) -> bool:
        """Say whether a value below zero is certain to come out.

        ``beneath`` says that one is certain to go in, as where indicators have a mean of zero.
        """
        del beneath
        return False

    def misfit(self, children: int) -> str:
        """Return why it cannot take so many children, if it cannot."""
        del children
        return ""

    def by_shared(self) -> bool:
        """Say whether weights are divided by what two units both have."""
        return False

    def ready(self, y: Floats, w: Floats) -> Floats:
        """Return the values as they are averaged; refuse those that the mean is not defined for."""
        del w
        return y

    def exponent(self) -> float | None:
        """Return the exponent if this is a weighted power mean, 0 for the geometric mean."""
        return None

    def remark(self, y: Floats, w: Floats) -> str:
        """Return what a reader should know of this aggregation of these values, if anything."""
        del y, w
        return ""


def told_apart(y: Floats) -> Floats:
    """Return values without the noise of rounding, so that those that are equal are the same."""
    return significant(y, magnitude=np.abs(y).max(axis=-2, keepdims=True, initial=0.0))


def above_lowest(y: Floats) -> Floats:
    """Return how far values are above the lowest of all, zero where that is noise of rounding."""
    above = y - y.min(axis=-2, keepdims=True)
    span = above.max(axis=-2, keepdims=True)
    span = np.where(span > 1e-12 * np.abs(y).max(axis=-2, keepdims=True), span, 0.0)
    return significant(np.where(span > 0, above, 0.0), magnitude=span)


def lacking(w: Floats) -> Mask:
    """Return where a value is missing: no weight there, but one for another unit."""
    return (w == 0) & (w > 0).any(axis=-2, keepdims=True)


def refuse_gaps(method: Aggregation, w: Floats, mend: str = "") -> None:
    """Refuse weights that say that values are missing."""
    count = int(np.count_nonzero(lacking(w).any(axis=-1), axis=-1).max(initial=0))
    if count:
        units = "unit has" if count == 1 else "units have"
        raise MethodError(
            f"The {method.name()} aggregation needs every value of every unit, and {count} {units} "
            "gaps.",
            mend='Fill them (`set={"impute": "mean"}`), leave those units out '
            f'(`set={{"missing": "missing-if-any"}}`){mend}.',
        )
