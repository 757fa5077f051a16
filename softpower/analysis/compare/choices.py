"""Every choice that can be made otherwise in a run, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import isclose
from types import MappingProxyType
from typing import Any, Literal

from softpower.engine.loading import changed, load
from softpower.engine.run import Run
from softpower.errors import Problem, SoftpowerError
from softpower.index.methodology import Methodology
from softpower.index.name import stack_name
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.documentation import example
from softpower.methods.model import Method, methods_of
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.short_form import as_word, stating

Kind = Literal["variant", "omission", "normalisation", "aggregation", "weight"]

NOT_TRIED: Mapping[str, str] = MappingProxyType(
    {
        "kemeny": "it may look for the best order for a minute",
        "distance-to-reference": "it needs a unit to be named",
    }
)
"""Methods that are not tried among the others, and why."""

DECIMALS = 2
"""To so many decimals of a percent weights are moved, so that they can be typed again."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One thing done otherwise than in a run."""

    label: str
    """As titles have it: ``@geometric``, ``normalise=zscore``, ``culture=40``, ``without culture``.
    """
    kind: Kind
    about: str
    """The title of the variant, the pillar or the indicator; empty for a method."""
    changes: Mapping[str, Any]
    """What `load` is given beside the run, to make the choice."""
    run: Run | None
    """The run with the choice made; ``None`` if it makes no sense."""
    refusal: str = ""
    """Why it makes none."""


def single_choices(run: Run, step: float) -> Iterator[Choice]:
    """Yield every choice of a computed run that can be made otherwise.

    These are each variant; each pillar and indicator left out; each normalisation, and each
    aggregation for all levels of the tree and for one; and each weight moved up and down. Methods
    have their defaults; a parameter without one is that of the method's example.

    Parameters
    ----------
    run
        The run, which is computed and not only published.
    step
        By how many percentage points a weight within its parent is moved.
    """
    setup = run.setup
    assert setup is not None  # noqa: S101
    yield from _variants(run)
    yield from _omissions(run, setup)
    yield from _normalisations(run, setup)
    yield from _aggregations(run, setup)
    yield from _weights(run, setup, step)


def _choice(
    label: str, kind: Kind, about: str, changes: Mapping[str, Any], make: Callable[[], Run]
) -> Choice:
    try:
        return Choice(label, kind, about, changes, make())
    except SoftpowerError as error:
        return Choice(label, kind, about, changes, None, str(Problem(error.what, error.location)))


def _variants(run: Run) -> Iterator[Choice]:
    for name, variant in run.index.variants.items():
        if name not in run.variants:
            make = partial(changed, run, {}, variants=[name])
            said = {"variants": [name]}
            yield _choice(stack_name([name]), "variant", variant.title, said, make)


def _omissions(run: Run, setup: Setup) -> Iterator[Choice]:
    for depth, node in setup.framework.root.walk():
        if depth:
            make = partial(changed, run, {}, omit=[node.id])
            said = {"omit": [node.id]}
            yield _choice(f"without {node.id}", "omission", node.title, said, make)


def _set(run: Run, kind: Kind, key: str, method: type[Method]) -> Choice:
    """Return the choice of another method, with parameters only where it has no defaults."""
    needed = {n: v for n, v in example(method).items() if method.model_fields[n].is_required()}
    written = stating(method, needed)
    make = partial(changed, run, {key: written})
    return _choice(f"{key}={written}", kind, "", {"set": {key: written}}, make)


def _normalisations(run: Run, setup: Setup) -> Iterator[Choice]:
    own = setup.methodology.normalise.name()
    units = {indicator.unit for indicator in setup.framework.indicators()}
    for method in methods_of(Methodology.model_fields["normalise"].annotation):
        if method is NoNormalisation and own != method.name() and len(units) > 1:
            why = f"The indicators are in {len(units)} units, which cannot be added up as they are."
            yield Choice("normalise=none", "normalisation", "", {}, None, why)
        elif method.name() not in (own, *NOT_TRIED):
            yield _set(run, "normalisation", "normalise", method)


def _aggregations(run: Run, setup: Setup) -> Iterator[Choice]:
    levels = setup.framework.root.depth()
    own = [setup.methodology.aggregation_at(level).name() for level in range(levels)]
    for method in methods_of(Methodology.model_fields["aggregate"].annotation):
        if not issubclass(method, Aggregation) or method.name() in NOT_TRIED:
            continue
        several = levels > 1 and not method.top
        if several and any(name != method.name() for name in own):
            yield _set(run, "aggregation", "aggregate", method)
        for level in range(levels if several else 1):
            if own[level] != method.name():
                key = f"aggregate.{level + 1}" if levels > 1 else "aggregate"
                yield _set(run, "aggregation", key, method)


def _weights(run: Run, setup: Setup, step: float) -> Iterator[Choice]:
    root = setup.framework.root
    for pillar in (root, *root.pillars()):
        total = sum(child.weight for child in pillar.children)
        for child in pillar.children if len(pillar.children) > 1 else ():
            share = 100 * child.weight / total
            for moved in (share + step, share - step):
                percent = round(min(max(moved, 0.0), 100.0), DECIMALS)
                if isclose(percent, share, abs_tol=10**-DECIMALS):
                    continue
                weights = _stated(run, pillar, child.id, percent)
                make = partial(load, run, weights=weights)
                label = f"{child.id}={as_word(percent)}"
                yield _choice(label, "weight", child.title, {"weights": weights}, make)


def _stated(run: Run, pillar: Pillar, moved: str, percent: float) -> dict[str, float]:
    """Return the weights that move one; its siblings share the rest in their proportions.

    Where some of these have weights that the run was asked for, all of them are stated.
    """
    siblings = {child.id: child.weight for child in pillar.children if child.id != moved}
    total = sum(siblings.values())
    if siblings.keys().isdisjoint(run.asked.weights) or not total:
        return {moved: percent}
    rest = {name: weight * (100 - percent) / total for name, weight in siblings.items()}
    return {moved: percent, **rest}
