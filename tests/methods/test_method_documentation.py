"""Every method says what it computes and where it comes from, and none is forgotten."""

import importlib
import pkgutil

import pytest

import softpower.methods
from softpower.analysis.catalogue import documented, methods_by_step
from softpower.index.methodology import Methodology
from softpower.methods.coverage import Coverage
from softpower.methods.model import Method


def every_method(cls=Method):
    """Yield the subclasses of Method, at any depth, that a methodology can name."""
    for module in pkgutil.iter_modules(softpower.methods.__path__):
        importlib.import_module(f"softpower.methods.{module.name}")
    for child in cls.__subclasses__():
        if "method" in child.model_fields:
            yield child
        yield from every_method(child)


METHODS = sorted(set(every_method()), key=lambda cls: cls.__qualname__)


def test_the_catalogue_lists_every_method():
    listed = [method for methods in methods_by_step().values() for method in methods]
    assert set(listed) == set(METHODS)
    assert len(listed) == len(METHODS) > 25


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
    required = {"p": 2.0, "at": 1.0, "weights": [1.0]}
    needed = {
        name: required[name] for name, field in method.model_fields.items() if field.is_required()
    }
    assert method(**needed).method == method.name()


@pytest.mark.parametrize("method", METHODS, ids=lambda cls: cls.__qualname__)
def test_the_short_form_gives_parameters_that_the_method_has(method):
    assert set(method.positional) <= set(method.model_fields)
    assert "method" not in method.positional
