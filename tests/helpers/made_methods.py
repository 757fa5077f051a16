"""Methods with parameters that hypothesis makes, for what must hold of every method."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import ValidationError

from softpower.analysis.methods import methods_by_step
from softpower.methods.documentation import example, parameters

STEPS = [(step, method) for step, methods in methods_by_step().items() for method in methods]
"""Every method with the step that chooses it."""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)
AWKWARD = st.sampled_from(
    ["a:b", "a/b", "a,b", "a=b", "a*2", " a ", "{a", '"a"', "a'b", "a\\b", "true", "3", "#", "a  b"]
)
NUMBERS = st.one_of(
    st.integers(0, 100).map(float),
    st.floats(0, 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
JUDGEMENTS = st.dictionaries(
    st.sampled_from(["a/b", "a/c", "b/c", "culture/digital-3"]), st.floats(0.1, 9), min_size=1
)


def values(annotation):
    """Return a strategy for the values of a parameter of this type."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values(args[0])
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, UnionType):
        return st.one_of(*(values(part) for part in args if part is not type(None)))
    if origin is tuple:
        return st.lists(values(args[0]), min_size=1, max_size=6).map(tuple)
    return {
        bool: st.booleans(),
        int: st.integers(0, 30),
        float: NUMBERS,
        str: st.one_of(TEXTS, AWKWARD),
    }.get(annotation, JUDGEMENTS)


def valid(method, stated):
    """Return the method with these parameters, or nothing where they make no sense."""
    try:
        return method(**stated)
    except ValidationError:
        return None


def made(method):
    """Return a strategy for a method with some of its parameters stated."""
    fields = method.model_fields
    optional = {name: values(fields[name].annotation) for name in parameters(method)}
    return (
        st.fixed_dictionaries({}, optional=optional)
        .map(lambda stated: valid(method, example(method) | stated))
        .filter(bool)
    )
