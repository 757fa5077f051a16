"""Weights from judgements on pairs: the analytic hierarchy process."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, field_validator

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.weight.base import Siblings, Weighting

RANDOM_INDEX = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""The consistency index of random judgements on 1 to 15 things: Saaty (1980)."""

DOUBTFUL, REFUSED = 0.1, 0.2
"""The consistency ratios from which on judgements are remarked upon, and refused."""


def _number(value: Any) -> Any:
    """Return the number that a text such as ``1/3`` stands for."""
    if isinstance(value, str):
        above, slash, below = value.partition("/")
        try:
            return float(above) / (float(below) if slash else 1)
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"{value!r} is no number, nor a fraction such as 1/3") from None
    return value


def _experts(value: Any) -> Any:
    """Take one table of judgements for a list of one."""
    return [value] if isinstance(value, dict) else value


Judgement = Annotated[
    float, BeforeValidator(_number, json_schema_input_type=float | str), Field(gt=0)
]
Table = dict[str, Judgement]


class AnalyticHierarchy(Weighting):
    """Weights follow from judgements on pairs, such as that culture counts three times as much.

    ``judgements = { "culture/economy" = 3, "culture/policy" = "1/3", ... }`` names siblings. One
    order of a pair is enough; every pair of siblings needs a judgement as soon as one has it, and
    siblings without any keep their stated weights. Those on what is left out are ignored.

    Formula: ``A w = lambda w`` with the largest ``lambda``, ``w`` with sum 1, where ``a_ij`` says
    how many times as much ``i`` counts as ``j``; or ``w_i`` in proportion to the geometric mean of
    row ``i``. Several experts count by the geometric mean of their judgements. ``CR = (lambda - k)
    / (k - 1) / RI`` says how far judgements contradict one another, with ``RI = 0.58, 0.90, 1.12,
    1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59`` for 3 to 15 siblings (and 1.59
    beyond), 0 for two.

    Assumes: that people can judge how many times as much one child counts as another.

    Edge cases: A ``CR`` above 0.1 is remarked upon, one above 0.2 refused.

    Source: Saaty (1980), The Analytic Hierarchy Process; OECD/JRC Handbook (2008), sec. 6.7.
    """

    stated: ClassVar[bool] = True
    scale_free: ClassVar[bool] = True
    method: Literal["ahp"] = "ahp"
    judgements: Annotated[
        tuple[Table, ...],
        BeforeValidator(_experts, json_schema_input_type=Table | list[Table]),
        Field(min_length=1),
    ] = Field(
        description="How many times as much the first of two siblings counts as the second, by "
        '"FIRST/SECOND"; a list of such tables for several experts.',
        examples=[{"culture/economy": 3, "culture/digital": "1/2", "economy/digital": "1/5"}],
    )
    estimate: Literal["eigenvector", "geometric-mean"] = Field(
        "eigenvector", description="How weights follow from judgements that are not consistent."
    )
    force: bool = Field(
        False, description="Whether judgements are used although their CR is above 0.2."
    )

    @field_validator("judgements")
    @classmethod
    def _consistent_pairs(cls, tables: tuple[Table, ...]) -> tuple[Table, ...]:
        for table in tables:
            if not table:
                raise ValueError("there is no judgement in it")
            for pair, value in table.items():
                one, slash, other = pair.partition("/")
                if not slash or not one or not other or "/" in other or one == other:
                    raise ValueError(f'{pair!r} is no pair such as "culture/economy"')
                back = table.get(f"{other}/{one}")
                if back is not None and not math.isclose(value * back, 1, rel_tol=1e-6):
                    raise ValueError(
                        f"{pair} = {value:g} and {other}/{one} = {back:g} contradict each other"
                    )
        return tables

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the weights that the judgements on these siblings lead to."""
        del values
        if not self.judged(siblings.ids):
            return siblings.stated / siblings.stated.sum()
        matrix = self.matrix(siblings.ids)
        ratio = consistency(matrix)
        if ratio > REFUSED and not self.force:
            raise MethodError(
                f"The judgements on its children contradict one another (CR {ratio:.2f}, above "
                f"{REFUSED:g}).",
                mend="Think them over, or set force = true.",
            )
        if self.estimate == "geometric-mean":
            means = np.exp(np.log(matrix).mean(axis=1))
            return means / means.sum()
        return principal_vector(matrix)[1]

    def remark(self, siblings: Siblings, values: Floats, weights: Floats) -> str:
        """Say how consistent the judgements are, if that is in doubt."""
        del values, weights
        if not self.judged(siblings.ids):
            return ""
        ratio = consistency(self.matrix(siblings.ids))
        return f"judgements contradict one another (CR {ratio:.2f})" if ratio > DOUBTFUL else ""

    def takes(self, ids: Sequence[str]) -> bool:
        """Say whether there is no judgement on these siblings."""
        return not self.judged(ids)

    def spelled(self, spelling: Callable[[str], str]) -> Self:
        """Return the judgements with the ids of their pairs spelled otherwise."""
        tables = tuple(
            {"/".join(map(spelling, pair.split("/"))): value for pair, value in table.items()}
            for table in self.judgements
        )
        return self.model_copy(update={"judgements": tables})

    def names(self) -> tuple[str, ...]:
        """Return the ids that are judged."""
        pairs = [pair.split("/") for table in self.judgements for pair in table]
        return tuple(dict.fromkeys(name for pair in pairs for name in pair))

    def fits(self, families: Sequence[tuple[str, ...]]) -> None:
        """Refuse judgements on what are no siblings, and pairs that are lacking."""
        family = {name: ids for ids in families for name in ids}
        for table in self.judgements:
            for pair in table:
                one, other = pair.split("/")
                if one in family and other in family and family[one] != family[other]:
                    raise MethodError(
                        f"The judgement {pair} compares what are no siblings.",
                        mend="Compare children of the same pillar.",
                    )
        for ids in families:
            if self.judged(ids):
                self.matrix(ids)

    def judged(self, ids: Sequence[str]) -> bool:
        """Say whether there is a judgement on any two of these siblings."""
        pairs = [pair.split("/") for table in self.judgements for pair in table]
        return any(one in ids and other in ids for one, other in pairs)

    def matrix(self, ids: Sequence[str]) -> Floats:
        """Return the judgements on siblings as a reciprocal matrix.

        Raises
        ------
        MethodError
            If there is none on some pair.
        """
        logs = np.zeros((len(ids), len(ids)))
        for i, one in enumerate(ids):
            for j in range(i):
                said = [s for table in self.judgements for s in _said(table, one, ids[j])]
                if not said:
                    raise MethodError(
                        f"There is no judgement on {ids[j]} and {one}.",
                        mend=f'Add "{ids[j]}/{one}" to judgements.',
                    )
                logs[i, j] = sum(said) / len(said)
                logs[j, i] = -logs[i, j]
        return np.exp(logs)


def _said(table: Table, one: str, other: str) -> list[float]:
    """Return the logarithm of an expert's judgement on a pair, if there is one."""
    if f"{one}/{other}" in table:
        return [math.log(table[f"{one}/{other}"])]
    return [-math.log(table[f"{other}/{one}"])] if f"{other}/{one}" in table else []


def principal_vector(matrix: Floats) -> tuple[float, Floats]:
    """Return the largest eigenvalue of a positive matrix, and its vector with sum 1."""
    values, vectors = np.linalg.eig(matrix)
    at = int(np.argmax(values.real))
    vector = np.abs(vectors[:, at].real)
    return float(values[at].real), vector / vector.sum()


def consistency(matrix: Floats) -> float:
    """Return the consistency ratio CR of a reciprocal matrix, 0 for two things."""
    k = len(matrix)
    if k < 3:
        return 0.0
    index = (principal_vector(matrix)[0] - k) / (k - 1)
    return max(index, 0.0) / RANDOM_INDEX[min(k, len(RANDOM_INDEX)) - 1]
