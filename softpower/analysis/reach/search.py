"""The best and the worst rank of each unit, with what proves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from softpower.analysis.shared.proven import ENDS, Certificate, certified
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run

MOST_SHOWN = 3
"""The weights of so many units are printed; those of more are in every other form."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What one unit can reach."""

    unit: int
    """The position among the units of the form."""
    best: Certificate
    worst: Certificate

    @property
    def ends(self) -> tuple[Certificate, Certificate]:
        """Both ends, the best first."""
        return self.best, self.worst


def searched(run: Run, form: WeightForm, units: Sequence[int], seconds: float) -> Iterator[Reached]:
    """Yield what each unit can reach; weights are scored anew for a few units only."""
    anew = len(units) <= MOST_SHOWN
    for unit in units:
        ends = (certified(run, form, unit, end, seconds=seconds, anew=anew) for end in ENDS)
        yield Reached(unit, *ends)
