"""What a missing value means to the pillar above it: where its weight goes, or no value at all."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Mask, Method, Short


class MissingRule(Method):
    """Weights of the children of a pillar in, what each counts for each unit out."""

    def __call__(self, weights: Floats, present: Mask) -> Floats:
        """Return the weights that count for each unit (units x k).

        Each row has the sum that it was given, or is zero throughout where the unit has no value
        in this pillar.

        Parameters
        ----------
        weights
            Weights with sum 1 of the k children, or a row of them of any sum for each unit.
        present
            Where there is a value (units x k).
        """
        raise NotImplementedError


class Renormalise(MissingRule):
    """What is missing is left out, and its weight goes to its siblings in proportion to theirs.

    Formula: ``s = sum_j w_j y_j / sum_j w_j`` over the children ``j`` of a pillar that have a
    value (in logarithms for a geometric mean, and so on); a pillar without any is missing itself
    and is treated likewise one level up.

    Source: OECD/JRC Handbook (2008), ch. 3.
    """

    method: Literal["renormalise"] = "renormalise"

    def __call__(self, weights: Floats, present: Mask) -> Floats:
        """Return the weights of what is there, divided by their sum."""
        return shared_out(np.where(present, weights, 0.0), weights)


class MissingIfAny(MissingRule):
    """A value is missing if any value beneath it that has a weight is missing.

    Formula: ``s = sum_j w_j y_j`` where all ``y_j`` with ``w_j > 0`` are there, missing elsewhere.

    Source: OECD/JRC Handbook (2008), ch. 3 (case deletion); the practice of the HDI.
    """

    method: Literal["missing-if-any"] = "missing-if-any"

    def __call__(self, weights: Floats, present: Mask) -> Floats:
        """Return the weights where everything with a weight is there, and zero elsewhere."""
        lacking = np.any(~present & (weights > 0), axis=1)
        return shared_out(np.where(present & ~lacking[:, None], weights, 0.0), weights)


def shared_out(weights: Floats, of: Floats | None = None) -> Floats:
    """Return weights scaled to the sum of their row in ``of``, or to 1; rows of zeros stay."""
    total = weights.sum(axis=1, keepdims=True)
    if of is not None:
        total = total / of.sum(axis=-1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


Missing = Annotated[Renormalise | MissingIfAny, Field(discriminator="method"), Short()]
"""Any rule on missing values."""
