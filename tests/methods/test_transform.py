"""Transforms agree with the Handbook, with scipy and with COINr, and refuse what has none."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from scipy import special

from helpers.outside import table as columns
from softpower.errors import MethodError
from softpower.methods.transform import Cap, Log, Log1p, Log10, Sqrt

table = partial(columns, Path(__file__).parent / "data")

NAN = float("nan")
LOGS = table("handbook_logs")
POSITIVE = np.random.default_rng(3).lognormal(2, 3, 60)


@pytest.mark.parametrize("indicator", ["telephones", "electricity"])
def test_the_decimal_logarithm_rounds_to_the_table_of_the_handbook(indicator, proof):
    printed = LOGS[f"{indicator}_log_printed"]
    proof(Log10, "Handbook, Table A.2", Log10()(LOGS[indicator]), printed, 0.00501)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Log(), special.boxcox(POSITIVE, 0)),
        (Log1p(), special.boxcox1p(POSITIVE, 0)),
        (Sqrt(), special.boxcox(POSITIVE, 0.5) / 2 + 1),
        (Log10(), special.boxcox(POSITIVE, 0) / special.boxcox(np.array(10.0), 0)),
    ],
)
def test_a_transform_agrees_with_scipy(method, expected, proof):
    proof(type(method), "scipy.special: boxcox, boxcox1p", method(POSITIVE), expected, 1e-11)


def test_a_ceiling_of_ten_is_where_the_goalposts_of_coinr_stop(proof):
    coinr = table("coinr_normalisation")
    above = coinr["x"] >= 0
    ours = Cap(at=10)(coinr["x"][above])
    proof(Cap, "COINr: n_goalposts", ours, coinr["goal"][above] / 10, 1e-10)
    assert Cap(at=10)(np.array([-2.0, NAN])).tolist()[0] == -2


@pytest.mark.parametrize("method", [Log(), Log10(), Log1p(), Sqrt(), Cap(at=3)])
def test_a_missing_figure_stays_missing(method):
    assert np.isnan(method(np.array([NAN, 1.0]))).tolist() == [True, False]


@pytest.mark.parametrize("method", [Log(), Log10()])
def test_a_logarithm_of_zero_is_refused(method):
    with pytest.raises(MethodError, match="1 of its figures is not above zero"):
        method(np.array([0.0, 1.0, NAN]))


@pytest.mark.parametrize("method", [Log1p(), Sqrt()])
def test_a_negative_figure_is_refused_where_zero_is_not(method):
    assert method(np.array([0.0]))[0] == 0
    with pytest.raises(MethodError, match="2 of its figures are not zero or above"):
        method(np.array([-1e-9, 0.0, -0.5]))
