"""Treatment of outliers: what is done to an indicator that a few extreme figures dominate."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from softpower.methods.model import Short
from softpower.methods.treat.base import NoTreatment, Treated, Treatment
from softpower.methods.treat.logarithm import BoxCox, LogTreatment, shifted_log
from softpower.methods.treat.winsorise import Fences, PercentileWinsorise, Winsorise

__all__ = [
    "BoxCox",
    "Fences",
    "LogTreatment",
    "NoTreatment",
    "PercentileWinsorise",
    "Treat",
    "Treated",
    "Treatment",
    "Winsorise",
    "shifted_log",
]

Treat = Annotated[
    NoTreatment | Winsorise | LogTreatment | BoxCox | PercentileWinsorise | Fences,
    Field(discriminator="method"),
    Short(),
]
"""Any treatment of outliers."""
