"""What separates two runs of one index: a list of choices that can be taken one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from softpower.engine.resolving import resolved
from softpower.engine.run import Run
from softpower.index.index import MAIN
from softpower.index.methodology import LEVELLED, levels_held, unrepeated
from softpower.index.request import NONE, write_value
from softpower.index.stacked import KEPT_EMPTY, NodePatch, Stacked, left_out
from softpower.index.tree import Framework, Indicator
from softpower.index.units import find_unit
from softpower.index.variant import IndicatorPatch, Omit, PillarPatch

FRAMEWORK, METHODOLOGY, WEIGHT, INDICATOR, PILLAR, OMIT = (
    "framework",
    "methodology",
    "w",
    "indicator",
    "pillar",
    "omit",
)
"""The kinds of settings of a patch."""


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which the second run differs from the first.

    ``settings`` holds, for each key of a patch, what the first run and the second say of it;
    ``None`` where a run says nothing.
    """

    title: str
    before: str
    after: str
    settings: Mapping[tuple[str, str], tuple[Any, Any]] = field(compare=False)

    @property
    def family(self) -> str:
        """The first word of the title, by which choices of a kind are known."""
        return self.title.replace(".", " ").split()[0]

    def __str__(self) -> str:
        return f"{self.title}: {self.before} → {self.after}" if self.before else self.title


def changes_between(first: Run, second: Run) -> list[Change]:
    """Return what separates two runs of the same index, in the order of the pipeline.

    Weights that are set for all children of a pillar are one choice, for they count only in
    relation to each other; a weight that is set on its own, in percent, is one by itself.
    """
    return [
        *_framework(first, second),
        *_omitted(first, second),
        *_indicators(first, second),
        *_pillars(first, second),
        *_methodology(first, second),
        *_weights(first, second),
    ]


def _framework(first: Run, second: Run) -> Iterable[Change]:
    before, after = first.patch.framework or MAIN, second.patch.framework or MAIN
    if before != after:
        yield Change(
            "framework",
            before,
            after,
            {(FRAMEWORK, ""): (first.patch.framework, second.patch.framework)},
        )


def _omitted(first: Run, second: Run) -> Iterable[Change]:
    before, after = omitted(first), omitted(second)
    for kind, name in sorted(before.keys() ^ after.keys()):
        pair = (before.get((kind, name)), after.get((kind, name)))
        title = f"{'put back' if pair[1] is None else 'leave out'} {name}"
        yield Change(title, "", "", {(OMIT, f"{kind}.{name}"): pair})


def omitted(run: Run) -> dict[tuple[str, str], frozenset[str]]:
    """Return what a run leaves out, on top of which weights; countries by their ids."""
    figures = run.index.figures
    units = figures.units if figures is not None else ()
    found = {("pillars", name): stated for name, stated in left_out(run.patch).items()}
    for name in run.patch.omit.countries:
        found["countries", find_unit(units, name).id] = frozenset()
    return found


def _indicators(first: Run, second: Run) -> Iterable[Change]:
    """Yield one choice for each field of indicators, all indicators together."""
    before, after = first.patch.indicators, second.patch.indicators
    old, new = _prepared(first), _prepared(second)
    settings: dict[tuple[str, str], tuple[Any, Any]] = {}
    for name in sorted({*before, *after}):
        pair = (before.get(name), after.get(name))
        if pair[0] != pair[1] and not (name in old and old[name] == new.get(name)):
            settings[INDICATOR, name] = pair
    if len(settings) == 1:
        ((_, name),) = settings
        pair = (before.get(name, IndicatorPatch()), after.get(name, IndicatorPatch()))
        fields = [key for key in IndicatorPatch.model_fields if _differ(*pair, key)]
        if len(fields) == 1:
            said = [getattr(change, fields[0]) for change in pair]
            nothing = f"the general {fields[0]}" if fields[0] in KEPT_EMPTY else NONE
            was, is_ = ("as declared" if s is None else write_value(s) or nothing for s in said)
            yield Change(f"indicators.{name}.{fields[0]}", was, is_, settings)
        else:
            yield Change(f"figures of {name}", "as declared", "restated", settings)
    elif settings:
        yield Change(f"figures of {len(settings)} indicators", "as declared", "restated", settings)


def _pillars(first: Run, second: Run) -> Iterable[Change]:
    """Yield one choice for each pillar of which something is stated anew."""
    before, after = first.patch.pillars, second.patch.pillars
    for name in sorted({*before, *after}):
        pair = (before.get(name, PillarPatch()), after.get(name, PillarPatch()))
        fields = [key for key in PillarPatch.model_fields if _differ(*pair, key)]
        if len(fields) == 1:
            said = [getattr(change, fields[0]) for change in pair]
            was, is_ = ("as declared" if s is None else write_value(s) or NONE for s in said)
            yield Change(f"pillars.{name}.{fields[0]}", was, is_, {(PILLAR, name): pair})
        elif fields:
            yield Change(f"pillars.{name}", "as declared", "restated", {(PILLAR, name): pair})


def _prepared(run: Run) -> dict[str, Indicator]:
    """Return how the figures of indicators are prepared; their weights are another matter."""
    found = run.setup.framework.indicators() if run.setup is not None else ()
    return {indicator.id: replace(indicator, weight=1.0) for indicator in found}


def _differ(one: NodePatch, other: NodePatch, key: str) -> bool:
    return bool(getattr(one, key) != getattr(other, key))


def _methodology(first: Run, second: Run) -> Iterable[Change]:
    """Yield one choice for each field of the methodology that ends up different."""
    if first.setup is None or second.setup is None:
        return
    a, b = first.setup.methodology, second.setup.methodology
    for name in type(a).model_fields:
        if getattr(a, name) != getattr(b, name):
            before, after = (write_value(unrepeated(getattr(each, name))) for each in (a, b))
            pair = (a.model_dump()[name], b.model_dump()[name])
            yield Change(name, before, after, {(METHODOLOGY, name): pair})


def following(first: Run, second: Run) -> list[Change]:
    """Return the settings of which both runs say the same, and that differ for what they go with.

    Min-max ends at 1 rather than 0, for one, where an aggregation takes logarithms. They are no
    choices of their own, and nothing has a share in a movement but what they follow from.
    """
    if first.setup is None or second.setup is None:
        return []
    stated = [run.setup.methodology for run in (first, second) if run.setup is not None]
    used = [resolved(s.methodology, s.framework) for s in (first.setup, second.setup)]
    found = []
    for name in type(used[0]).model_fields:
        before, after = (getattr(each, name) for each in used)
        if getattr(stated[0], name) == getattr(stated[1], name) and before != after:
            written = (write_value(unrepeated(before)), write_value(unrepeated(after)))
            found.append(Change(f"{name} (follows)", *written, {}))
    return found


def _weights(first: Run, second: Run) -> Iterable[Change]:
    before, after = first.patch.weights, second.patch.weights
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if not changed or first.setup is None or second.setup is None:
        return
    old, new = within(first.setup.framework), within(second.setup.framework)
    for parent, siblings in _families(second.setup.framework, first.setup.framework):
        named = [name for name in siblings if name in changed]
        settings = {(WEIGHT, name): (before.get(name), after.get(name)) for name in named}
        if named and any(set(siblings) <= set(given) for given in (before, after)):
            title = f"weights within {parent or 'the index'}"
            yield Change(title, "as before", "restated", settings)
            continue
        for name in named:
            single = {(WEIGHT, name): settings[WEIGHT, name]}
            yield Change(f"weights.{name}", _share(old, name), _share(new, name), single)


def _share(shares: Mapping[str, float], name: str) -> str:
    return f"{shares[name]:.3f}" if name in shares else "none"


def _families(*frameworks: Framework) -> Iterable[tuple[str, list[str]]]:
    """Yield each pillar with its children, those of the first framework that has them."""
    seen: set[str] = set()
    for framework in frameworks:
        for pillar in (framework.root, *framework.root.pillars()):
            children = [child.id for child in pillar.children if child.id not in seen]
            seen.update(children)
            if children:
                yield pillar.id, children


def within(framework: Framework) -> dict[str, float]:
    """Return the stated weight of every node as a share of its siblings'."""
    shares: dict[str, float] = {}
    for pillar in (framework.root, *framework.root.pillars()):
        total = sum(child.weight for child in pillar.children)
        shares.update({child.id: child.weight / total for child in pillar.children})
    return shares


def mixture(first: Run, taken: Iterable[Change]) -> Stacked:
    """Return the patch of the first run with some choices made as in the second.

    ``first`` must be computed, not only published.
    """
    patch, setup = first.patch, first.setup
    framework = patch.framework
    methodology = {} if setup is None else setup.methodology.model_dump()
    weights = dict(patch.weights)
    indicators: dict[str, IndicatorPatch] = dict(patch.indicators)
    pillars: dict[str, PillarPatch] = dict(patch.pillars)
    left = {f"{kind}.{name}": stated for (kind, name), stated in omitted(first).items()}
    for choice in taken:
        for (kind, name), (_, after) in choice.settings.items():
            if kind == FRAMEWORK:
                framework = after
            elif kind == METHODOLOGY:
                methodology[name] = after
            elif kind == WEIGHT:
                _put(weights, name, after)
            elif kind == INDICATOR:
                _put(indicators, name, after)
            elif kind == PILLAR:
                _put(pillars, name, after)
            else:
                _put(left, name, after)
    deepest = first.index.frameworks[framework or MAIN].root.depth()
    methodology |= {
        key: methodology[key][: levels_held(key, deepest)] for key in LEVELLED if key in methodology
    }
    omit: dict[str, list[str]] = {"pillars": [], "countries": []}
    on_top: dict[str, frozenset[str]] = {}
    for key, stated in sorted(left.items()):
        kind, _, name = key.partition(".")
        omit[kind].append(name)
        on_top[name] = stated
    return Stacked(
        framework=framework,
        methodology=methodology,
        weights=weights,
        indicators=indicators,
        pillars=pillars,
        omit=Omit.model_validate(omit),
        on_top=on_top,
    )


def _put(settings: dict[str, Any], name: str, value: Any) -> None:
    """Set a key, or remove it where the value is nothing."""
    if value is None:
        settings.pop(name, None)
    else:
        settings[name] = value


def bundle(taken: list[Change]) -> Change:
    """Return several choices as one, for those that make sense only together."""
    return Change(
        " + ".join(str(choice) for choice in taken),
        "",
        "",
        {key: pair for choice in taken for key, pair in choice.settings.items()},
    )
