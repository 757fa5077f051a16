"""Which direction the words of a title suggest: a proposal that a person takes or leaves."""

from __future__ import annotations

import re

LOWER = (
    "mortality", "deaths?", "dying", "unemploy", "poverty", "poor", "inflation", "corrupt",
    "emission", "pollut", "pm2", "homicide", "crime", "murder", "inequal", "gini", "undernourish",
    "malnutrition", "stunting", "wasting", "hunger", "hiv", "aids", "tuberculosis", "malaria",
    "disease", "incidence of", "prevalence of", "out[ -]of[ -]school", "drop-?out", "illitera",
    "violen", "terror", "conflict", "suicide", "tariff", "time required", "time to ", "debt",
    "adolescent fertility", "adolescent birth", "loss", "deforestation", "slum", "vulnerab",
    "fragil", "dependency ratio", "without access", "open defecation", "risk of",
)  # fmt: skip
HIGHER = (
    "life expectancy", "literacy", "enrol", "schooling", "per capita", "income", "access to",
    "freedom", "renewable", "patent", "internet", "democra", "rule of law", "effectiveness",
    "safely managed", "improved", "completion rate", "attainment", "research", "publications",
    "museum", "heritage", "students?", "visa-free", "human development", "coverage",
)  # fmt: skip

_LOWER = re.compile("|".join(rf"\b{word}" for word in LOWER))
_HIGHER = re.compile("|".join(rf"\b{word}" for word in HIGHER))


def suggested(title: str) -> str:
    """Return ``lower`` or ``higher`` if words of a title suggest it, or else nothing.

    >>> suggested("Mortality rate, infant"), suggested("Life expectancy"), suggested("Population")
    ('lower', 'higher', '')
    """
    folded = title.casefold()
    if _LOWER.search(folded):
        return "lower"
    return "higher" if _HIGHER.search(folded) else ""
