"""What a person types, read and written: settings, weights, choices, samples, steps of rounding."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from softpower.errors import UsageError
from softpower.index.messages import validation_messages
from softpower.index.methodology import LEVELLED, Methodology, canonical, levels_of
from softpower.methods.model import Method, Model, family_of
from softpower.methods.short_form import as_toml, as_word, levels_form, split_outside

if TYPE_CHECKING:
    from softpower.methods.sample import WeightSampling

NONE = "none"
"""The value that leaves something out: a variant, an omission, a drawing of weights."""

VARIANT = "variant"
"""The key that adds a variant of the index."""

KEY = re.compile(r"[A-Za-z][\w.-]*")
"""The key of a setting or of a weight, as it begins a part of a list of them."""

PARTED = re.compile(rf"(?P<key>{KEY.pattern})\s*(?::|\s)\s*(?P<value>[\w.%-]+)")
"""A key and its value, with another sign between them than there should be."""

SHARE = re.compile(r"((?P<how>bounds|dirichlet)[= ]+)?(?P<share>\d+(\.\d+)?)\s*%?")
"""A number that is to say how far weights vary, without the mark before it."""

LEAST_WEIGHT = 1e-6
"""No value counts less than this, nor more than one over it."""


def parse_value(text: str) -> Any:
    """Return the value that a text on the command line stands for, as TOML would read it.

    What is not TOML is a word: ``0.5`` is a number, ``zscore`` a word. A line break is a blank, so
    that a table can be pasted as it stands in a file.
    """
    text = re.sub(r"\s*\n\s*", " ", text)
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def write_value(value: Any, key: str = "") -> str:
    """Return a value as a person types it, for `parse_value` to read.

    Where it is that of a setting, ``key``, every method is in its short form.
    """
    methods = _methods(key, value)
    if methods:
        return levels_form(methods)
    if isinstance(value, Model):
        return as_toml(value.model_dump())
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return write_value(",".join(value)) if value else NONE
    if isinstance(value, str):
        return value if parse_value(value) == value == value.strip() else as_toml(value)
    return as_toml(value) if isinstance(value, dict | list | tuple) else as_word(value)


def plain_value(value: Any, key: str = "") -> Any:
    """Return a value as JSON has it, with every method in its short form."""
    if _methods(key, value):
        return write_value(value, key)
    if isinstance(value, dict):
        return {name: plain_value(part) for name, part in value.items()}
    return list(map(plain_value, value)) if isinstance(value, list | tuple) else value


def _methods(key: str, value: Any) -> list[Method]:
    """Return the methods that the value of a setting is or names in whatever form, if any."""
    parts = list(value) if isinstance(value, list | tuple) else [value]
    if all(isinstance(part, Method) for part in parts):
        return parts
    field, *rest = canonical(key).split(".")
    family = family_of(getattr(Methodology.model_fields.get(field), "annotation", None))
    levelled = field in LEVELLED
    partial = isinstance(value, dict) and "method" not in value
    if family is None or partial or len(rest) > levelled:
        return []
    if levelled and not rest and isinstance(value, str):
        parts = levels_of(value)
    adapter = TypeAdapter(family)
    try:
        return [adapter.validate_python(part) for part in parts]
    except ValidationError:  # it is written as it stands, and refused elsewhere
        return []


def _pair(text: str, what: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        mend = f"Write {text[1:]}." if text[:1] == "=" and "=" in text[1:] else ""
        if parted := PARTED.fullmatch(text.strip()):
            mend = f"Write {parted['key']}={parted['value']}."
        raise UsageError(f"{text!r} is not of the form {what}.", mend=mend)
    return key.strip(), value.strip()


def _refuse_several(text: str, parameter: str) -> None:
    """Refuse a text that states several keys, each of which is stated by itself."""
    between = next((mark for mark in ",; " if len(split_outside(text, mark)) > 1), ",")
    parts = [part.partition("=") for part in split_outside(text, between)]
    if len(parts) > 1 and all(KEY.fullmatch(key.strip()) and value for key, _, value in parts):
        stated = {key.strip(): value.strip() for key, _, value in parts}
        raise UsageError(
            f"{text!r} states {len(parts)} keys at once.",
            mend=f"State each by itself: `{parameter}={stated}`.",
        )


def _pairs(texts: Iterable[str], what: str, parameter: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        _refuse_several(text, parameter)
        key, value = _pair(text, what)
        if key in pairs:
            raise UsageError(f"{key!r} is set twice.")
        pairs[key] = value
    return pairs


def parse_settings(texts: Iterable[str]) -> dict[str, Any]:
    """Return the settings that texts such as ``normalise=zscore`` stand for.

    Raises
    ------
    UsageError
        If a text is not of that form, or a key is set twice.
    """
    pairs = _pairs(texts, "KEY=VALUE, such as normalise=zscore", "set")
    return {key: parse_value(value) for key, value in pairs.items()}


def parse_weights(texts: Iterable[str]) -> dict[str, float]:
    """Return the weights, in percent, that texts such as ``culture=40`` stand for.

    Raises
    ------
    UsageError
        If a text is not of that form, or an id has two weights.
    """
    weights: dict[str, float] = {}
    for key, value in _pairs(texts, "ID=PERCENT, such as culture=40", "weights").items():
        try:
            weights[key] = float(value.removesuffix("%"))
        except ValueError:
            raise UsageError(f"{value!r} for {key!r} is not a number.") from None
    return weights


def parse_sample(text: str) -> WeightSampling | None:
    """Return the way to draw weights that a text such as ``dirichlet:50`` stands for.

    ``culture=10..40,culture>=digital`` stands for all weights of which that is true.

    Raises
    ------
    UsageError
        If it is not known; ``none`` stands for no drawing.
    """
    from softpower.methods.sample import WeightSampling
    from softpower.methods.space import WeightSpace
    from softpower.methods.statements import is_statement

    if text == NONE:
        return None
    if (number := SHARE.fullmatch(text.strip())) is not None:
        usual = f"{number['how'] or 'bounds'}:{number['share']}"
        raise UsageError(f"{text!r} is no way to draw weights.", mend=f'Write `weights="{usual}"`.')
    if is_statement(text):
        return WeightSpace.parse([text])
    try:
        return TypeAdapter(WeightSampling).validate_python(text)
    except ValidationError as error:
        first = validation_messages(error, WeightSampling)[0]
        where = ".".join(("weights", *first.path))
        raise UsageError(f"{where}: {first.what}", mend=first.mend) from error


def parse_levels(text: str) -> tuple[str, ...]:
    """Return the levels and pillars whose weights vary, such as ``pillars,culture``."""
    return tuple(part.strip() for part in text.split(","))


def parse_steps(texts: Iterable[str]) -> tuple[dict[str, float], float | None]:
    """Return the steps of rounding by indicator that ``ID=0.1`` states, and that of all figures.

    Raises
    ------
    UsageError
        If a text is not of that form, or a step is stated twice.
    """
    steps: dict[str, float] = {}
    everywhere = None
    for text in texts:
        name, equals, number = text.rpartition("=")
        try:
            step = float(number)
        except ValueError:
            step = math.nan
        if not math.isfinite(step):
            raise UsageError(f"{text!r} is not a step, such as 0.1 or ID=0.1.")
        if name.strip() in steps or (not equals and everywhere is not None):
            raise UsageError(
                f"The step of {name.strip() or 'all figures'} is set twice.",
                mend="Keep one of them.",
            )
        if equals:
            steps[name.strip()] = step
        else:
            everywhere = step
    return steps, everywhere


class Factor(NamedTuple):
    """A setting and the values that it takes in turn."""

    key: str
    values: tuple[str, ...]
    weights: tuple[float, ...] = ()
    """How much each value counts; all alike if left out."""

    def __str__(self) -> str:
        return f"{self.key}={','.join(self.written())}"

    def written(self) -> tuple[str, ...]:
        """Return the values as they are written, with their weights."""
        if not self.weights:
            return self.values
        return tuple(
            value if weight == 1 else f"{value}*{weight:.12g}"
            for value, weight in zip(self.values, self.weights, strict=True)
        )

    def shares(self) -> tuple[Fraction, ...]:
        """Return the share of each value in the whole."""
        weights = [Fraction(str(weight)) for weight in self.weights or (1,) * len(self.values)]
        return tuple(weight / sum(weights) for weight in weights)


def parse_factor(text: str) -> Factor:
    """Return the choice that ``normalise=minmax,zscore`` stands for.

    A value that ends in ``*2`` counts twice as much as one without. A comma within brackets
    belongs to a value.

    Raises
    ------
    UsageError
        If the text is not of that form, or has fewer than two different values.
    """
    key, equals, rest = text.partition("=")
    key, written = key.strip(), [value.strip() for value in split_outside(rest, ",")]
    key = canonical(key)
    if not equals or not key or not all(written):
        raise UsageError(
            f"{text!r} is not a choice.", mend="Write KEY=VALUE,VALUE: normalise=minmax,zscore."
        )
    values, weights = zip(*(_weighed(key, value) for value in written), strict=True)
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        raise UsageError(f"{key} has the value {twice} twice.", mend="Name each value once.")
    if len(values) < 2 and not (key == VARIANT and "*" in rest):
        raise UsageError(
            f"{key} has one value only, and so does not vary.",
            mend=f'Add another after a comma, or fix it with `set={{"{key}": "{values[0]}"}}`.',
        )
    return Factor(key, values, weights if set(weights) != {1.0} else ())


def _weighed(key: str, written: str) -> tuple[str, float]:
    """Return a value and its weight, such as 2 in ``minmax*2``."""
    value, star, number = (part.strip() for part in written.rpartition("*"))
    pattern = key == VARIANT and not number.replace(".", "", 1).isdecimal()
    try:
        weight = float(number)
    except ValueError:
        return written, 1.0
    if pattern or not value or not star:
        return written, 1.0
    if not LEAST_WEIGHT <= weight <= 1 / LEAST_WEIGHT:
        raise UsageError(
            f"{number} in {written!r} is no weight of a value.",
            mend=f"Write a number above zero, such as {value}*2.",
        )
    return value, weight
