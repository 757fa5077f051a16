"""How long a search may go on: by the clock, or by what it does, which no machine changes."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


@dataclass(slots=True)
class Budget:
    """What is left to a search, which it spends on mixed-integer programs."""

    until: float = float("inf")
    """When it ends, on the clock of `monotonic`."""
    nodes: float = float("inf")
    """So many nodes of programs are left; a program takes one at least."""

    @classmethod
    def of(cls, seconds: float, nodes: float = float("inf")) -> Budget:
        """Return what is left from now on."""
        return cls(monotonic() + seconds, nodes)

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.nodes <= 0 or monotonic() >= self.until

    def options(self) -> dict[str, float]:
        """Return what is left in the words of the solver."""
        found: dict[str, float] = {}
        if self.until < float("inf"):
            found["time_limit"] = max(self.until - monotonic(), 0.01)
        if self.nodes < float("inf"):
            found["node_limit"] = max(int(self.nodes), 1)
        return found

    def spend(self, nodes: int) -> None:
        """Take off what a program took."""
        self.nodes -= max(nodes, 1)
