"""Aggregation: adding the children of a pillar up to one value."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from softpower.methods.aggregate.base import Aggregation
from softpower.methods.aggregate.distances import Topsis, Vikor
from softpower.methods.aggregate.flows import Promethee
from softpower.methods.aggregate.kemeny import Kemeny
from softpower.methods.aggregate.means import Arithmetic, Geometric, Harmonic, Power, power_mean
from softpower.methods.aggregate.penalties import MazziottaPareto, MeanMin
from softpower.methods.aggregate.positions import Median, Minimum, OrderedWeights
from softpower.methods.aggregate.votes import Borda, Copeland
from softpower.methods.model import Short

__all__ = [
    "Aggregate",
    "Aggregation",
    "Arithmetic",
    "Borda",
    "Copeland",
    "Geometric",
    "Harmonic",
    "Kemeny",
    "MazziottaPareto",
    "MeanMin",
    "Median",
    "Minimum",
    "OrderedWeights",
    "Power",
    "Promethee",
    "Topsis",
    "Vikor",
    "power_mean",
]

Aggregate = Annotated[
    Arithmetic
    | Geometric
    | Harmonic
    | Power
    | Median
    | Minimum
    | OrderedWeights
    | MeanMin
    | MazziottaPareto
    | Topsis
    | Vikor
    | Promethee
    | Borda
    | Copeland
    | Kemeny,
    Field(discriminator="method"),
    Short(),
]
"""Any aggregation."""
