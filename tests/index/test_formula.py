"""Formulas of indicators are small sums of ids and numbers, and can do nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.index.formula import FormulaError, UndefinedError, parse_formula

FIGURES = {"a": 6.0, "b": 4.0, "NY.GDP": 2.0, "life-years": 9.0, "5g": 3.0}


def value(text):
    return float(parse_formula(text).value(lambda name: np.array([FIGURES[name]]))[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", 14),
        ("(a + b) * 2", 20),
        ("a - b - 1", 1),
        ("a / b / 3", 0.5),
        ("2 ^ 3 ^ 2 * a", 3072),
        ("-a ^ 2", -36),
        ("a ** -1", 1 / 6),
        ("2--a", 8),
        ("NY.GDP * 1.5e2", 300),
        ("`life-years` - `5g`", 6),
        ("log(a) + exp(0) * sqrt(b)", math.log(6) + 2),
        ("min(a, b, 5) + MAX(a, 10) + abs(-b)", 18),
        (".5 * a", 3),
    ],
)
def test_a_formula_has_the_value_that_it_has_on_paper(text, expected):
    assert value(text) == pytest.approx(expected)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "2", "0.5"]),
        lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        max_leaves=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_a_formula_is_computed_as_python_computes_it(text):
    expected = eval(f"{text} + a", {"a": 6.0, "b": 4.0})  # noqa: S307  of signs drawn above
    assert value(f"{text} + a") == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "what", "mend"),
    [
        ("(a + b", "the formula stops short", "close its brackets"),
        ("a +", "the formula stops short", "Complete it"),
        ("a b", "the formula has a 'b' where none can stand", "Write a sign between"),
        ("a)", r"the formula has a '\)' where", "a bracket for each"),
        ("a + 2,3", "the formula has a ',' where", "decimal point"),
        ("(a, b)", "a comma in brackets that belong to no function", "decimal point"),
        ("power(a, 2)", "there is no function power", "Known: log, exp, sqrt"),
        ("log(a, b)", "log takes one term", "commas"),
        ("min(a)", "min takes two terms or more", "commas"),
        ("a.__class__", r"cannot be read from '\.__class__' on|where none", ""),
        ("5g + a", "cannot be read from '5g", "backticks"),
        ("a % b", "cannot be read from '% b' on", "ids"),
        ("a; b", "cannot be read from '; b' on", "ids"),
        ("(" * 60 + "a" + ")" * 60, "nested too deeply", "two indicators"),
        ("-" * 60 + "a", "nested too deeply", "two indicators"),
        ("a+" * 600 + "a", "has 1,201 letters", "1,000"),
    ],
)
def test_what_is_no_formula_is_refused_with_a_mend(text, what, mend):
    if text == "a.__class__":  # an id may have points, and there is none of this name
        assert parse_formula(text).ids() == ("a.__class__",)
        return
    with pytest.raises(FormulaError, match=what) as caught:
        parse_formula(text)
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a / (b - 4)", "divides by zero"),
        ("log(b - 4)", "takes log of what is not above zero"),
        ("sqrt(-a)", "takes sqrt of what is below zero"),
        ("(-a) ^ 0.5", "raises to a power what has none"),
        ("exp(a * 1000)", "is too large a number"),
    ],
)
def test_a_formula_without_a_value_says_why(text, what):
    with pytest.raises(UndefinedError, match=what):
        value(text)


def test_a_gap_in_any_operand_is_a_gap():
    columns = {"a": np.array([1.0, np.nan, 3.0]), "b": np.array([np.nan, 0.0, 2.0])}
    term = parse_formula("max(a, b) * 1 + 0 * a")
    assert np.isnan(term.value(columns.__getitem__)).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("a + b", "years"),
        ("(a + 2) * 3", "years"),
        ("a / b", ""),
        ("a / c", "years per km"),
        ("a * c", "years × km"),
        ("2 * c / 3", "km"),
        ("max(a, b)", "years"),
        ("a + c", None),
        ("log(a)", None),
        ("1 / a", None),
        ("d * a", None),
    ],
)
def test_a_formula_has_a_unit_where_it_can_be_told(text, unit):
    assert parse_formula(text).unit({"a": "years", "b": "years", "c": "km", "d": ""}) == unit


def test_a_sum_of_different_units_is_told():
    units = {"a": "years", "c": "km"}
    assert parse_formula("2 * (a + c)").mixed(units) == ("years", "km")
    assert parse_formula("2 + a").mixed(units) is None
