"""An imaginary index whose figures have standard errors."""

import pytest

import softpower


@pytest.fixture
def places():
    """Return an index of which some figures have standard errors, in long form."""
    pd = pytest.importorskip("pandas")
    figures = {"Atlantis": (90, 10), "Lemuria": (48, 48), "Ruritania": (20, 70), "Thule": (5, 5)}
    rows = [
        {"unit": unit, "indicator": name, "value": value, "standard_error": error}
        for unit, both in figures.items()
        for name, value, error in zip(("music", "ships"), both, (3.0, 4.0), strict=True)
    ]
    return softpower.index_from(
        pd.DataFrame(rows),
        id="places",
        units="other",
        methodology={"coverage": {"country": 0, "pillar": 0}, "normalise": "none"},
    )
