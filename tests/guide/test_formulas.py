"""Formulas of docstrings as MathML, held against what was written by hand."""

from xml.etree import ElementTree as ET

import pytest

from helpers.pages import PAGES
from softpower.guide.formulas import NotAFormulaError, formulas, is_code, typeset

FORMULAS = sorted({each for page in PAGES for each in formulas(page.text)})


def words(formula):
    """Return the tree of a formula without marks: fractions as (a)/(b), indices behind _."""

    def said(node):
        parts = [said(each) for each in node]
        match node.tag:
            case "mfrac":
                return "({})/({})".format(*parts)
            case "msub":
                return "{}_{{{}}}".format(*parts)
            case "msup":
                return "{}^{{{}}}".format(*parts)
            case "msubsup":
                return "{}_{{{}}}^{{{}}}".format(*parts)
            case "msqrt":
                return f"√({parts[0]})"
        return (node.text or "") + "".join(parts)

    return said(ET.fromstring(typeset(formula)))  # noqa: S314  it is our own


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sum_j w_j y_j / sum_j w_j", "(∑_{j}w_{j}y_{j})/(∑_{j}w_{j})"),
        ("low + (high - low) (x - min) / (max - min)", "low+((high−low)(x−min))/(max−min)"),
        ("1 / sum_j (w_j / y_j)", "(1)/(∑_{j}((w_{j})/(y_{j})))"),
        ("-1/ln n sum_c p_cj ln p_cj", "−(1)/(lnn)∑_{c}p_{cj}lnp_{cj}"),
        ("(sum_j w_j y_j^p)^(1/p)", "(∑_{j}w_{j}y_{j}^{p})^{(1)/(p)}"),
        ("w_j (f*_j - y_j) / (f*_j - f-_j)", "(w_{j}(f_{j}^{∗}−y_{j}))/(f_{j}^{∗}−f_{j}^{−})"),
        ("C = D- / (D+ + D-)", "C=(D^{−})/(D^{+}+D^{−})"),
        ("sqrt(sum y^2)", "√(∑y^{2})"),
        ("psi^-1/2 R", "ψ^{−1/2}R"),
        ("mean_i |x_ci - x_di| / range_i", "(mean_{i}|x_{ci}−x_{di}|)/(range_{i})"),
        ("E[x_m | x_o]", "E[x_{m}|x_{o}]"),
        ("w0_j (1 - percent/100)", "w_{0j}(1−(percent)/(100))"),
        ("|S|! (k - |S| - 1)! / k!", "(|S|!(k−|S|−1)!)/(k!)"),
    ],
)
def test_a_formula_is_typeset_as_it_is_meant(formula, expected):
    assert words(formula) == expected


@pytest.mark.parametrize("text", ["a /", "(a", "a)", "w_", "$x$"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(NotAFormulaError):
        typeset(text)


@pytest.mark.parametrize("word", ["zero_fill", 'ties = "min"', "cap:100", "u-shape", "clip = true"])
def test_a_word_to_be_typed_is_no_formula(word):
    assert is_code(word)


def test_every_formula_of_the_guide_can_be_typeset():
    assert len(FORMULAS) > 150
    for formula in FORMULAS:
        typeset(formula)
