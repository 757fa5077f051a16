"""What every test may ask for, and the table of proofs at the end of a run."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy comes; workers fill the cores

import numpy as np
import pytest
from hypothesis import settings

from helpers.browser import chromium, opened
from helpers.proofs import proof_of, stale, unproven, write
from softpower.guide.proofs import Proof, proofs

__all__ = ["chromium", "opened", "proof"]

PROOFS = "proof"

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def proof(record_property, request):
    """Compare what a method computes with figures from outside, and put that on record.

    ``proof(method, case, computed, expected, tolerance)``: ``method`` is the class, or a function,
    ``case`` names where the expected figures come from. None of them comes from this package.
    The list in the guide has a row for each; ``pytest --write-proofs`` writes it.
    """

    def proven(method, case, computed, expected, tolerance=1e-9):
        computed, expected = np.asarray(computed, float), np.asarray(expected, float)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=tolerance, err_msg=case)
        largest = float(np.nanmax(np.abs(computed - expected), initial=0.0))
        row = proof_of(method, case, expected, tolerance)
        assert request.config.option.write_proofs or row in proofs(), "pytest --write-proofs"
        record_property(PROOFS, (tuple(row), largest))  # plain: it travels between processes

    return proven


def pytest_addoption(parser):
    """Add what writes the list of proofs anew."""
    about = "Run what holds methods against figures from outside, and list that in the guide."
    parser.addoption("--write-proofs", action="store_true", help=about)


def pytest_collection_modifyitems(config, items):
    """Leave out what proves nothing, if the list of proofs is written."""
    if config.option.write_proofs:
        items[:] = [item for item in items if "proof" in item.fixturenames]


def recorded(reporter):
    """Return what tests put on record: rows of the list of proofs, with the largest difference."""
    return {
        (Proof(*row), largest)
        for report in reporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == PROOFS
        for row, largest in [value]
    }


def pytest_terminal_summary(terminalreporter):
    """Print a row for each method and case: the largest difference from figures from outside."""
    rows = recorded(terminalreporter)
    if not rows:
        return
    terminalreporter.section("Methods against figures from outside: largest difference")
    for row, largest in sorted(rows):
        terminalreporter.write_line(f"{row.step:<10} {row.method:<26} {largest:8.1e}  {row.source}")
    if whole(terminalreporter.config):
        held = [row for row, _ in rows]
        for step, method in unproven(held):
            terminalreporter.write_line(f"{step:<10} {method:<26}     none  no figure", red=True)
        for row in stale(held):
            said = f"{row.step:<10} {row.method:<26}  no test  {row.source}"
            terminalreporter.write_line(said, red=True)


def whole(config):
    """Say whether all tests are run, so that every method must have a row."""
    return config.args == config.getini("testpaths") and not config.option.keyword


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Write the list of proofs, or let a run of all tests fail if it is not theirs."""
    config = session.config
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if hasattr(config, "workerinput") or reporter is None or session.exitstatus != 0:
        return
    held = {row for row, _ in recorded(reporter)}
    if config.option.write_proofs:
        write(held if whole(config) else held | set(proofs()))
    elif whole(config) and (unproven(held) or stale(held)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
