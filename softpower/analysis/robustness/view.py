"""What a study of robustness asks of the draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from softpower import defaults
from softpower.analysis.shared.selection import Selection
from softpower.errors import UsageError


@dataclass(frozen=True, slots=True)
class RobustnessView:
    """What is asked of the draws."""

    selection: Selection = field(default_factory=Selection)
    versus: Sequence[str] = ()
    """Countries that each selected one is held against."""
    interval: float = defaults.INTERVAL
    """How many percent of the draws an interval of ranks holds."""
    first: int = defaults.FIRST
    """The places that count as the top."""
    acceptability: bool = False
    """Whether the share of every rank and the central weights are listed."""

    def __post_init__(self) -> None:
        if not 0 < self.interval < 100:
            raise UsageError(
                f"{self.interval:g} % of the draws are no interval.",
                mend="Take a number between 0 and 100, such as 90.",
            )

    def ends(self) -> tuple[float, float]:
        """Return the shares of draws below which an interval starts and ends."""
        rest = (1 - self.interval / 100) / 2
        return rest, 1 - rest
