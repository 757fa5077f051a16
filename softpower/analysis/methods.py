"""Which methods are there? Read from the classes themselves, so that no list can go stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from softpower.analysis.method_costs import cost
from softpower.analysis.method_properties import properties
from softpower.analysis.shared.formatting import enumerated
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.errors import UsageError, did_you_mean
from softpower.index.indicator_row import IndicatorRow
from softpower.index.methodology import Methodology
from softpower.methods.coverage import Coverage
from softpower.methods.documentation import documented, example, parameters
from softpower.methods.model import Method, methods_of
from softpower.methods.normalise import Normalisation
from softpower.methods.sample import WeightSampling
from softpower.methods.short_form import AMERICAN, as_toml, as_word, stating

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

STEPS = {
    "transform": "Transforms, indicator by indicator (column transform of indicators.csv)",
    "treat": "Treatment of outliers",
    "impute": "Imputation of missing figures",
    "normalise": "Normalisation",
    "weight": "Weighting",
    "missing": "What a value that is still missing means to the pillar above it",
    "aggregate": "Aggregation",
    "weights": "Draws of weights, where it is asked what they decide (option --weights)",
}
"""The steps that choose a method, in the order of the pipeline; ``scale`` takes normalisations."""

BOUNDS = {"Ge": "from {} on", "Gt": "above {}", "Le": "up to {}", "Lt": "below {}"}
"""How a bound of a parameter is said, by the name of its class."""


def methods_by_step() -> dict[str, tuple[type[Method], ...]]:
    """Return the methods that each step chooses from."""
    annotations: dict[str, Any] = {
        name: field.annotation for name, field in Methodology.model_fields.items()
    }
    annotations["transform"] = IndicatorRow.model_fields["transform"].annotation
    annotations["weights"] = WeightSampling
    return {step: methods_of(annotations[step]) for step in STEPS}


def list_methods(*names: str) -> Answer:
    """Return all methods, those of a step, or everything about the methods of a name.

    Parameters
    ----------
    names
        Nothing for all; a step (``normalise``); a method (``minmax``); or both, where several
        steps have a method of that name.

    Raises
    ------
    UsageError
        If there is no method and no step of this name.
    """
    steps = methods_by_step()
    if not names:
        overview = [_overview(step, steps[step]) for step in steps]
        return Answer("Methods", (*overview, _other_settings()))
    first = AMERICAN.get(names[0], names[0])
    if len(names) == 1:
        if first in steps:
            return Answer(STEPS[first], (_overview(first, steps[first]),))
        named = [each for each in _settings() if first in (each.name, each.name.partition(".")[0])]
        if named:
            alike = [(step, method) for step, method in _all(steps) if method.name() == first]
            details = (_detail(step, method) for step, method in alike)
            return Answer(first, (*map(_setting, named), *details))
    elif first not in steps:
        mend = did_you_mean(first, steps) or f"Known: {', '.join(steps)}."
        raise UsageError(f"There is no step {first!r}.", mend=mend)
    among = steps if len(names) == 1 else {first: steps[first]}
    name = AMERICAN.get(names[-1], names[-1])
    found = [(step, method) for step, method in _all(among) if method.name() == name]
    if not found:
        known = [*(among if len(names) == 1 else ()), *_names(among)]
        what = "method or step" if len(names) == 1 else f"method of the step {first}"
        others = [step for step, method in _all(steps) if method.name() == name]
        mend = did_you_mean(name, known) or " ".join(["See: softpower methods", *names[:-1]])
        if others:
            mend = (
                f"It is one of the step {enumerated(others)}: softpower methods {others[0]} {name}"
            )
        raise UsageError(f"There is no {what} {name!r}.", mend=mend)
    return Answer(name, tuple(_detail(step, method) for step, method in found))


def _names(steps: dict[str, tuple[type[Method], ...]]) -> list[str]:
    return list(dict.fromkeys(method.name() for _, method in _all(steps)))


@dataclass(frozen=True, slots=True)
class _Setting:
    """A setting that chooses no method, or chooses one of another step's."""

    name: str
    default: str
    meaning: str
    values: str
    """What it may be, in words."""
    example: str


def _settings() -> list[_Setting]:
    found = []
    for name, field in Methodology.model_fields.items():
        if name == "coverage":
            found += [_stated(f"coverage.{key}", i) for key, i in Coverage.model_fields.items()]
        elif name not in STEPS:
            found.append(_stated(name, field))
    meaning = "Which arrangement of the indicators is scored."
    values = "one of the frameworks that softpower show INDEX lists"
    return [*found, _Setting("framework", "main", meaning, values, "NAME")]


def _stated(name: str, field: FieldInfo) -> _Setting:
    """Return a setting with what its field says of it."""
    default, names = as_word(field.default), _literals(field.annotation)
    values = "; ".join(limits(field.annotation, field.metadata))
    if name == "tiebreak":
        values, names = "none, or ids of pillars and indicators with commas between", ["ID"]
    elif default == "none":
        values, names = f"none; {values}", ["1"]
    if methods := methods_of(field.annotation):
        # A score is all that is known of scores.
        made = [cls(**example(cls)) for cls in methods]
        names = [m.name() for m in made if isinstance(m, Normalisation) and not m.needs()]
        values, names = f"one of {', '.join(names)}", ["minmax"]
    other = next((each for each in names if each != default), default)
    return _Setting(name, default, field.description or "", values, other)


def _setting(setting: _Setting) -> Table:
    """Return everything about one setting."""
    name, value = setting.name, setting.example
    key, _, part = name.partition(".")
    written = value if value[0].isdigit() else f'"{value}"'
    in_file = f"{key} = {{ {part} = {written} }}" if part else f"{key} = {written}"
    items: list[tuple[str, Cell]] = [
        ("What it sets", setting.meaning),
        ("Values", setting.values),
        ("Default", setting.default),
        ("index.toml", in_file if key in Methodology.model_fields else None),
        ("Command line", f"softpower score INDEX --set {name}={value}"),
    ]
    return facts(name, name, items)


def _other_settings() -> Table:
    """Return the settings that choose no method, or choose one of another step's."""
    rows = [(each.name, each.default, each.meaning) for each in _settings()]
    columns = (
        Column("setting", "Setting", whole=True),
        Column("default", "Default"),
        Column("meaning", "What it sets"),
    )
    return Table("settings", "Other settings, for --set as well", columns, tuple(rows))


def _all(steps: dict[str, tuple[type[Method], ...]]) -> list[tuple[str, type[Method]]]:
    return [(step, method) for step, methods in steps.items() for method in methods]


def _overview(step: str, methods: tuple[type[Method], ...]) -> Table:
    columns = (
        Column("method", step, whole=True),
        Column("summary", "What it does"),
        Column("parameters", "Parameters", detail=True),
    )
    rows = tuple(
        (method.name(), documented(method).summary, ", ".join(parameters(method)))
        for method in methods
    )
    return Table(step, STEPS[step], columns, rows)


def _detail(step: str, method: type[Method]) -> Table:
    said = documented(method)
    items: list[tuple[str, Cell]] = [("What it does", said.summary), *said.more]
    if held := properties(step, method(**example(method))):
        items.append(("Properties", held))
    if taken := cost(step, method.name()):
        items.append(("Draws", taken))
    for name in parameters(method):
        field = method.model_fields[name]
        usual = None if field.default in ({}, ()) else field.default
        default = "required" if field.is_required() else f"default {as_word(usual)}"
        about = "; ".join([default, *limits(field.annotation, field.metadata)])
        items.append((name, f"{field.description or ''} ({about})".strip()))
    items += _written(step, method)
    return facts(f"{step}-{method.name()}", f"{step}: {method.name()}", items)


def limits(annotation: Any, metadata: Iterable[Any]) -> list[str]:
    """Return what values a parameter may have, in words."""
    names = _literals(annotation)
    said = [f"one of {', '.join(names)}"] if names else []
    for part in (*metadata, *_within(annotation)):
        words = BOUNDS.get(type(part).__name__)
        if words is not None:
            limit = getattr(part, type(part).__name__.lower())
            said.append(words.format(f"{limit:g}"))
    return said


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    return [name for part in get_args(annotation) for name in _literals(part)]


def _within(annotation: Any) -> list[Any]:
    """Return the bounds that an annotation carries at any depth."""
    found: list[Any] = []
    for part in getattr(annotation, "__metadata__", ()):
        found += getattr(part, "metadata", [part])
    for part in get_args(annotation):
        found += _within(part)
    return found


def _written(step: str, method: type[Method]) -> list[tuple[str, Cell]]:
    """Return how a method is called in a file and on the command line, by example."""
    values = example(method)
    short = stating(method, values)
    table = as_toml({"method": method.name(), **values} if values else method.name())
    plain = not short.startswith("{")
    if getattr(method, "top", False):  # beneath it, pillars need values that can be added up
        short, table = f"{short}/arithmetic", f'[{table}, "arithmetic"]'
    if step == "transform":
        return [("indicators.csv", f"{short} in the column transform")]
    if step == "weights":
        return [("Command line", f"softpower robustness INDEX --weights {short}")]
    set_to = f"{step}={short}" if plain else f"'{step} = {table}'"
    return [
        ("index.toml", f"{step} = {table}"),
        ("Command line", f"softpower score INDEX --set {set_to}"),
    ]
