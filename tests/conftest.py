"""What every test may ask for, and the table of proofs at the end of a run."""

import numpy as np
import pytest

PROOFS = "proof"


@pytest.fixture
def proof(record_property):
    """Compare what a method computes with figures from outside, and put that on record.

    ``proof(method, case, computed, expected, tolerance)``: ``method`` is the class, ``case`` names
    where the expected figures come from. None of them comes from this package.
    """

    def proven(method, case, computed, expected, tolerance=1e-9):
        computed, expected = np.asarray(computed, float), np.asarray(expected, float)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=tolerance, err_msg=case)
        largest = float(np.nanmax(np.abs(computed - expected), initial=0.0))
        step = method.__module__.split(".")[2]
        record_property(PROOFS, (step, method.name(), case, largest))

    return proven


def pytest_terminal_summary(terminalreporter):
    """Print a row for each method and case: the largest difference from figures from outside."""
    rows = {
        tuple(value)
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == PROOFS
    }
    if not rows:
        return
    terminalreporter.section("Methods against figures from outside: largest difference")
    for step, method, case, largest in sorted(rows):
        terminalreporter.write_line(f"{step:<10} {method:<26} {largest:8.1e}  {case}")
