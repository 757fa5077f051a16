"""What is stated and has no effect is told before anybody relies on it."""

from helpers.whole_folder import DECLARATION, write_index
from softpower.index.reading.folder import inspect


def warnings_of(folder):
    return [str(problem) for problem in inspect(folder)[1] if "are stated" in problem.what]


def test_weights_that_the_methodology_does_not_take_are_told(tmp_path):
    equal = DECLARATION.replace("[methodology]", '[methodology]\nweight = "equal"')
    (said,) = warnings_of(write_index(tmp_path, declaration=equal))
    assert "Weights of land, sea, gold, towers are stated, and the methodology takes oth" in said
    assert "line 11, methodology.weight" in said
    assert warnings_of(write_index(tmp_path, name="as-given")) == []


def test_weights_that_a_variant_may_take_are_left_alone(tmp_path):
    equal = DECLARATION.replace("[methodology]", '[methodology]\nweight = "equal"')
    given = '[variants.own]\nmethodology = { weight = "given" }\n'
    assert warnings_of(write_index(tmp_path, declaration=equal, more=given)) == []
