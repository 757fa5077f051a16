"""Which methods are there? Read from the classes themselves, so that no list can go stale."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.errors import UsageError, did_you_mean
from softpower.index.declared import IndicatorRow
from softpower.index.methodology import Methodology
from softpower.methods.coverage import Coverage
from softpower.methods.model import Method, methods_of

STEPS = {
    "transform": "Transforms, indicator by indicator (column transform of indicators.csv)",
    "treat": "Treatment of outliers",
    "impute": "Imputation of missing figures",
    "normalise": "Normalisation",
    "weight": "Weighting",
    "missing": "What a value that is still missing means to the pillar above it",
    "aggregate": "Aggregation",
}
"""The steps that choose a method, in the order of the pipeline; ``scale`` takes normalisations."""


@dataclass(frozen=True, slots=True)
class Documented:
    """What a method's class says of itself."""

    summary: str
    formula: str
    source: str


def documented(method: type[Method]) -> Documented:
    """Return the summary, formula and source of a method, from its docstring."""
    paragraphs = [
        re.sub(r"\s+", " ", part).replace("``", "")
        for part in inspect.cleandoc(method.__doc__ or "").split("\n\n")
    ]
    by_start = dict.fromkeys(("Formula:", "Source:"), "")
    for part in paragraphs[1:]:
        for start in by_start:
            if part.startswith(start):
                by_start[start] = part.removeprefix(start).strip()
    return Documented(paragraphs[0], by_start["Formula:"], by_start["Source:"])


def methods_by_step() -> dict[str, tuple[type[Method], ...]]:
    """Return the methods that each step chooses from."""
    annotations: dict[str, Any] = {
        name: field.annotation for name, field in Methodology.model_fields.items()
    }
    annotations["transform"] = IndicatorRow.model_fields["transform"].annotation
    return {step: methods_of(annotations[step]) for step in STEPS}


def catalogue(name: str | None = None) -> Answer:
    """Return all methods, or everything about those of one name or one step.

    Raises
    ------
    UsageError
        If there is no method and no step of this name.
    """
    steps = methods_by_step()
    if name is None:
        overview = [_overview(step, steps[step]) for step in steps]
        return Answer("Methods", (*overview, _other_settings()))
    if name in steps:
        return Answer(
            STEPS[name], tuple(_detail(step_of, m) for step_of, m in _all({name: steps[name]}))
        )
    if name.partition(".")[0] in (*Methodology.model_fields, "framework"):
        return Answer(name, (_other_settings(),))
    found = [(step, method) for step, method in _all(steps) if method.name() == name]
    if not found:
        known = [*steps, *dict.fromkeys(method.name() for _, method in _all(steps))]
        raise UsageError(
            f"There is no method or step {name!r}.",
            mend=did_you_mean(name, known) or "See: softpower methods",
        )
    return Answer(name, tuple(_detail(step, method) for step, method in found))


def _other_settings() -> Table:
    """Return the settings that choose no method, or choose one of another step's."""
    rows: list[tuple[Cell, ...]] = []
    for name, field in Methodology.model_fields.items():
        if name == "coverage":
            rows += [
                (f"coverage.{key}", _default(info.default), info.description or "")
                for key, info in Coverage.model_fields.items()
            ]
        elif name not in STEPS:
            rows.append((name, _default(field.default), field.description or ""))
    rows.append(("framework", "main", "Which arrangement of the indicators is scored."))
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
        Column("parameters", "Parameters"),
        Column("summary", "What it does"),
    )
    rows = tuple(
        (method.name(), ", ".join(_parameters(method)), documented(method).summary)
        for method in methods
    )
    return Table(step, STEPS[step], columns, rows)


def _parameters(method: type[Method]) -> list[str]:
    return [name for name in method.model_fields if name != "method"]


def _detail(step: str, method: type[Method]) -> Table:
    said = documented(method)
    items: list[tuple[str, Cell]] = [
        ("What it does", said.summary),
        ("Formula", said.formula),
        ("Source", said.source),
    ]
    for name in _parameters(method):
        field = method.model_fields[name]
        default = "required" if field.is_required() else f"default {_default(field.default)}"
        items.append((name, f"{field.description or ''} ({default})".strip()))
    example = method.name()
    if method.positional:
        example += "".join(f":{name.upper()}" for name in method.positional)
    setting = f"{step} = {example}" if step == "transform" else f"--set {step}={example}"
    items.append(("Write", setting))
    return facts(f"{step}-{method.name()}", f"{step}: {method.name()}", items)


def _default(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(_default(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def in_words(method: Method) -> str:
    """Return what a method does, with its parameters, as a phrase."""
    settings = [
        f"{name} = {_default(value)}"
        for name in _parameters(type(method))
        if (value := getattr(method, name)) is not None
    ]
    summary = documented(type(method)).summary
    return f"{summary} ({', '.join(settings)})" if settings else summary
