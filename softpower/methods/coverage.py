"""Coverage: how many figures a unit must have to be scored."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Model


class Coverage(Model):
    """The least share of indicators with a figure, over the whole index and in every pillar.

    Formula: a unit is scored if ``available / indicators >= country`` over all indicators, and
    ``>= pillar`` over the indicators beneath each pillar. Figures count as they were found, not
    as they were imputed, and only those of indicators that have a weight. A unit that falls short
    is listed without a score, and its figures enter no minimum, mean or other statistic.

    Source: OECD/JRC Handbook (2008), ch. 3; about two thirds is the practice of audited indices.
    """

    country: float = Field(
        0.65, ge=0, le=1, description="Least share of all indicators, from 0 to 1."
    )
    pillar: float = Field(
        0.5, ge=0, le=1, description="Least share of the indicators of each pillar, from 0 to 1."
    )
    below: Literal["unranked", "missing"] = Field(
        "unranked",
        description="A unit short in one pillar is unranked, or just has that pillar missing.",
    )


def share_available(figures: Floats) -> Floats:
    """Return for each row the share of columns that have a figure; 1 where there is no column."""
    if figures.shape[1] == 0:
        return np.ones(figures.shape[0])
    return np.mean(~np.isnan(figures), axis=1)
