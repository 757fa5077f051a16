"""What weights that follow from the figures have in common: whole rows, and children that vary."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask
from softpower.methods.moments import exponents, is_constant
from softpower.methods.weight.base import Siblings, Weighting, in_proportion


class Cases(NamedTuple):
    """The units that have everything, and the children that tell them apart."""

    x: Floats
    """The values of the children that vary, n units x m children, the largest being about 1."""
    rows: Mask
    """Which units these are."""
    some: int
    """How many units have any value at all."""
    varying: Mask
    """Which children these are."""


class Derived(Weighting):
    """Weights that follow from the values of the units that have all of them.

    A child whose values are all the same gets no weight; an only child has all the weight.
    """

    derived: ClassVar[bool] = True

    together: ClassVar[bool] = False
    """Whether it matters how large the values of one child are beside those of another."""

    least: ClassVar[int] = 3
    """How many units must have all values."""

    def __call__(self, siblings: Siblings, values: Floats) -> Floats:
        """Return the weights that follow from the values, with sum 1."""
        if values.shape[1] == 1:
            return np.ones(1)
        cases = self.cases(siblings, values)
        strengths = np.zeros(values.shape[1])
        alone = np.count_nonzero(cases.varying) == 1
        strengths[cases.varying] = 1.0 if alone else self.strengths(siblings, cases)
        return in_proportion(strengths, siblings.ids, self.name())

    def cases(self, siblings: Siblings, values: Floats) -> Cases:
        """Return the units that have all values, and the children that vary among them.

        Raises
        ------
        MethodError
            If there are too few of these units, or no such child.
        """
        there = ~np.isnan(values)
        rows = there.all(axis=1) & self.counted(siblings, values)
        count = int(np.count_nonzero(rows))
        if count < self.least:
            units = "unit has" if count == 1 else "units have"
            raise MethodError(
                f"{count or 'No'} {units} all the values that weight = {self.name()} rests on, "
                f"and it takes {self.least}.",
                mend="Fill gaps with impute, leave out what is sparse, or set weight to another "
                "method.",
            )
        varying = np.array([not is_constant(column) for column in values[rows].T])
        if not varying.any():
            raise MethodError(
                "All its children are the same for every unit.",
                mend="Set weight to another method.",
            )
        some = int(np.count_nonzero(there.any(axis=1)))
        x = values[rows][:, varying]
        x = np.ldexp(x, -exponents(x, axis=None if self.together else 0))
        return Cases(x, rows, some, varying)

    def counted(self, siblings: Siblings, values: Floats) -> Mask:
        """Return which units have what this weighting needs beside the values."""
        del siblings
        return np.ones(values.shape[0], dtype=bool)

    def strengths(self, siblings: Siblings, cases: Cases) -> Floats:
        """Return what each child that varies counts, up to a common factor."""
        raise NotImplementedError

    def remark(self, siblings: Siblings, values: Floats, weights: Floats) -> str:
        """Return what the weights rest on."""
        if values.shape[1] == 1:
            return ""
        cases = self.cases(siblings, values)
        said = []
        if len(cases.x) < cases.some:
            said.append(f"from the {len(cases.x)} of {cases.some} units that have all values")
        constant = [name for name, v in zip(siblings.ids, cases.varying, strict=True) if not v]
        if constant:
            said.append(f"no weight for {', '.join(constant)}, without differences")
        if np.count_nonzero(cases.varying) > 1:
            said += self.further(siblings, cases, weights)
        return "; ".join(said)

    def further(self, siblings: Siblings, cases: Cases, weights: Floats) -> list[str]:
        """Return what else a reader should know of these weights."""
        del siblings, cases, weights
        return []


def names_of(siblings: Siblings, cases: Cases) -> list[str]:
    """Return the ids of the children that vary."""
    return [name for name, v in zip(siblings.ids, cases.varying, strict=True) if v]


def correlation(x: Floats) -> Floats:
    """Return the correlation matrix of the columns."""
    return np.clip(np.corrcoef(x, rowvar=False), -1.0, 1.0)
