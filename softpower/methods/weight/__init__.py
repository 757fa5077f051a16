"""Weighting: how much each child of a pillar counts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from softpower.methods.model import Short
from softpower.methods.weight.ahp import AnalyticHierarchy
from softpower.methods.weight.base import Siblings, Weighting
from softpower.methods.weight.components import PrincipalComponents
from softpower.methods.weight.doubt import BenefitOfTheDoubt
from softpower.methods.weight.drivers import Drivers
from softpower.methods.weight.factors import FactorAnalysis
from softpower.methods.weight.spread import Critic, Entropy, Gini, StandardDeviation
from softpower.methods.weight.stated import Equal, EqualPerPillar, Given
from softpower.methods.weight.target import TargetImportance

Weight = Annotated[
    Given
    | Equal
    | EqualPerPillar
    | PrincipalComponents
    | FactorAnalysis
    | Entropy
    | Critic
    | StandardDeviation
    | Gini
    | AnalyticHierarchy
    | BenefitOfTheDoubt
    | Drivers
    | TargetImportance,
    Field(discriminator="method"),
    Short(),
]
"""Any weighting."""

__all__ = [
    "AnalyticHierarchy",
    "BenefitOfTheDoubt",
    "Critic",
    "Drivers",
    "Entropy",
    "Equal",
    "EqualPerPillar",
    "FactorAnalysis",
    "Gini",
    "Given",
    "PrincipalComponents",
    "Siblings",
    "StandardDeviation",
    "TargetImportance",
    "Weight",
    "Weighting",
]
