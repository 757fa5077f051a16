"""What every test may ask for, and the table of proofs at the end of a run."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy comes; workers fill the cores

import numpy as np
import pytest
from hypothesis import settings

from helpers.browser import chromium, opened
from softpower.analysis.methods import methods_by_step

__all__ = ["chromium", "opened", "proof"]

PROOFS = "proof"

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def proof(record_property):
    """Compare what a method computes with figures from outside, and put that on record.

    ``proof(method, case, computed, expected, tolerance)``: ``method`` is the class, or a function,
    ``case`` names where the expected figures come from. None of them comes from this package.
    """

    def proven(method, case, computed, expected, tolerance=1e-9):
        computed, expected = np.asarray(computed, float), np.asarray(expected, float)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=tolerance, err_msg=case)
        largest = float(np.nanmax(np.abs(computed - expected), initial=0.0))
        step = method.__module__.split(".")[2]
        name = method.name() if isinstance(method, type) else method.__name__
        record_property(PROOFS, (step, name, case, largest))

    return proven


def proofs(reporter):
    """Return what tests put on record: step, method, case and largest difference."""
    return {
        tuple(value)
        for report in reporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == PROOFS
    }


def unproven(rows):
    """Return the methods without a figure from outside, as step and name."""
    known = {
        (method.__module__.split(".")[2], method.name())
        for methods in methods_by_step().values()
        for method in methods
    }
    return sorted(known - {(step, method) for step, method, *_ in rows})


def pytest_terminal_summary(terminalreporter):
    """Print a row for each method and case: the largest difference from figures from outside."""
    rows = proofs(terminalreporter)
    if not rows:
        return
    terminalreporter.section("Methods against figures from outside: largest difference")
    for step, method, case, largest in sorted(rows):
        terminalreporter.write_line(f"{step:<10} {method:<26} {largest:8.1e}  {case}")
    if whole(terminalreporter.config):
        for step, method in unproven(rows):
            terminalreporter.write_line(f"{step:<10} {method:<26}     none  no figure", red=True)


def whole(config):
    """Say whether all tests are run, so that every method must have a row."""
    return config.args == config.getini("testpaths") and not config.option.keyword


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Let a run of all tests fail if a method has no figure from outside."""
    config = session.config
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if hasattr(config, "workerinput") or reporter is None or session.exitstatus != 0:
        return
    if whole(config) and unproven(proofs(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
