"""Every method says what it computes and where it comes from, and none is forgotten."""

import importlib
import pkgutil
import tomllib

import pytest

import softpower.methods
from softpower.analysis.methods import list_methods, methods_by_step
from softpower.errors import UsageError
from softpower.index.indicator_row import IndicatorRow
from softpower.index.methodology import LEVELLED, Methodology
from softpower.index.request import parse_sample, parse_value
from softpower.index.settings import patched
from softpower.methods.coverage import Coverage
from softpower.methods.documentation import documented, example
from softpower.methods.model import Method
from softpower.methods.short_form import as_toml


def every_method(cls=Method):
    """Yield the subclasses of Method, at any depth, that a methodology can name."""
    for module in pkgutil.walk_packages(softpower.methods.__path__, "softpower.methods."):
        importlib.import_module(module.name)
    for child in cls.__subclasses__():
        if "method" in child.model_fields:
            yield child
        yield from every_method(child)


METHODS = sorted(set(every_method()), key=lambda cls: cls.__qualname__)


def test_the_catalogue_lists_every_method():
    listed = [method for methods in methods_by_step().values() for method in methods]
    assert set(listed) == set(METHODS)
    assert len(listed) == len(METHODS) > 25


def test_a_step_names_each_method_as_the_class_does():
    families = {
        family for method in METHODS for family in method.__mro__ if family.__dict__.get("members")
    }
    assert len(families) == 8
    for family in families:
        for name in family.members:
            assert family.member(name).name() == name
            assert issubclass(family.member(name), family)


def test_no_two_methods_of_a_step_have_the_same_name():
    for methods in methods_by_step().values():
        names = [method.name() for method in methods]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("method", [*METHODS, Coverage], ids=lambda cls: cls.__qualname__)
def test_a_method_states_its_formula_and_its_source(method):
    said = documented(method)
    assert said.summary.endswith(".")
    assert said.formula.endswith(".")
    assert len(said.source) > 10


@pytest.mark.parametrize(
    "method", [*METHODS, Coverage, Methodology], ids=lambda cls: cls.__qualname__
)
def test_every_parameter_is_described(method):
    bare = [
        name
        for name, field in method.model_fields.items()
        if name != "method" and not field.description
    ]
    assert bare == []


@pytest.mark.parametrize("method", METHODS, ids=lambda cls: cls.__qualname__)
def test_a_method_is_called_by_the_only_name_that_it_takes(method):
    assert method(**example(method)).method == method.name()


def told(step, method):
    (table,) = list_methods(step, method.name()).tables
    return {row["fact"]: row["value"] for row in table.records()}


@pytest.mark.parametrize(
    ("step", "method"),
    [(step, method) for step, methods in methods_by_step().items() for method in methods],
    ids=str,
)
def test_what_is_told_of_a_method_is_its_docstring_its_parameters_and_examples_that_work(
    step, method
):
    facts = told(step, method)
    said = documented(method)
    expected = method(**example(method))
    assert facts["What it does"] == said.summary
    assert {"Formula", "Source"} <= set(facts)
    for name in method.model_fields:
        assert name == "method" or facts[name].endswith(")")
    if step == "transform":
        short = facts["indicators.csv"].split()[0]
        assert IndicatorRow(id="a", transform=short).transform == expected
        return
    option, written = facts["Command line"].split(" ", 3)[-1].split(" ", 1)
    if step == "weights":
        assert option == "--weights"
        assert parse_sample(written) == expected
        return
    assert option == "--set"
    key, _, value = written.strip("'").partition("=")
    on_the_command_line = patched(Methodology(), {key.strip(): parse_value(value.strip())})
    in_the_file = patched(Methodology(), tomllib.loads(facts["index.toml"]))
    for methodology in (on_the_command_line, in_the_file):
        found = getattr(methodology, step)
        if getattr(method, "top", False):
            assert [each.name() for each in found[1:]] == ["arithmetic"]
        assert (found[0] if step in LEVELLED else found) == expected


def test_limits_of_parameters_are_told():
    by_step = {m.name(): told(step, m) for step, ms in methods_by_step().items() for m in ms}
    assert "(default 5; from 1 on)" in by_step["winsorise"]["points"]
    assert "(default 25; above 0; up to 100)" in by_step["bounds"]["percent"]
    assert "one of mid, lower" in by_step["median"]["kind"]
    assert "required" in by_step["power"]["p"]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("minmx",), "no method or step 'minmx'"),
        (("normalise", "geometric"), "no method of the step normalise 'geometric'"),
        (("normalyse", "minmax"), "no step 'normalyse'"),
    ],
)
def test_a_method_that_does_not_exist_is_refused(names, message):
    with pytest.raises(UsageError, match=message):
        list_methods(*names)


def test_a_method_of_another_step_is_named_with_its_step():
    with pytest.raises(UsageError, match="one of the step aggregate: softpower methods aggregate"):
        list_methods("normalise", "geometric")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ties", "one of competition, modified, dense, average, ordinal"),
        ("constant", "one of error, drop, mid"),
        ("round", "none; from 0 on; up to 12"),
        ("coverage.below", "one of unranked, missing"),
        ("framework", "softpower show INDEX"),
        ("scale", "minmax, "),
        ("renormalise", "minmax, "),
        ("direction", "one of higher, lower"),
        ("tiebreak", "ids of pillars and indicators"),
    ],
)
def test_a_setting_that_is_asked_for_is_told_with_its_values(name, values):
    table = list_methods(name).tables[0]
    facts = {row["fact"]: row["value"] for row in table.records()}
    assert values in facts["Values"]
    if name == "framework":
        return
    key, _, value = facts["Command line"].split(" --set ")[1].partition("=")
    changed = patched(Methodology(), {key: parse_value(value)})
    assert changed == patched(Methodology(), tomllib.loads(facts["index.toml"]))


def test_values_are_written_as_toml_reads_them():
    value = {"a/b": 3, "c": [1.5, "x"], "yes": True}
    assert tomllib.loads(f"v = {as_toml(value)}")["v"] == value


@pytest.mark.parametrize("method", METHODS, ids=lambda cls: cls.__qualname__)
def test_the_short_form_gives_parameters_that_the_method_has(method):
    assert set(method.positional) <= set(method.model_fields)
    assert "method" not in method.positional
