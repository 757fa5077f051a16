"""Treatment of outliers: what is done to an indicator that a few extreme figures dominate."""

from __future__ import annotations

from softpower.methods.model import Method
from softpower.methods.treat.base import NoTreatment, Treated, Treatment

__all__ = ["NoTreatment", "Treated", "Treatment"]


def __getattr__(name: str) -> type[Method]:
    """Return the class of a method, which is imported when it is asked for."""
    return Treatment.member_class(name)
