"""What varies in a study of robustness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from softpower import defaults
from softpower.index.request import Factor
from softpower.methods.sample import WeightSampling


@dataclass(frozen=True, slots=True)
class Variation:
    """What is to vary."""

    choices: tuple[Factor, ...] = ()
    weights: WeightSampling | None = None
    levels: tuple[str, ...] = (defaults.LEVELS,)
    """``all``, ``pillars``, ``indicators``, or ids of pillars whose children's weights vary."""
    rounding: Mapping[str, float] = field(default_factory=dict)
    everywhere: float | None = None
    """The step to which all figures were rounded, if they vary."""
    errors: bool = False
    draws: int = defaults.DRAWS
    seed: int = defaults.SEED

    @property
    def perturbs(self) -> bool:
        """Whether figures vary."""
        return bool(self.rounding) or self.everywhere is not None or self.errors

    @property
    def drawn(self) -> bool:
        """Whether anything is drawn at all, and not only enumerated."""
        return self.weights is not None or self.perturbs
