"""The runs that a reader may start from, as what their scores are computed from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softpower.analysis.explore.carried import (
    aggregations,
    derives,
    not_carried,
    prepares,
    tree_of,
)
from softpower.analysis.explore.columns import Columns
from softpower.engine.asked import as_arguments
from softpower.engine.cache import Cache
from softpower.engine.context import Contexts, divisors, evidence, is_logarithm
from softpower.engine.loading import arranged
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.score import prepared
from softpower.errors import MethodError
from softpower.index.index import MAIN
from softpower.index.methodology import Methodology, unrepeated
from softpower.index.patch import Setup, apply
from softpower.index.request import write_value
from softpower.index.stacked import left_out
from softpower.index.variant import Omit
from softpower.methods.model import Floats, Method
from softpower.methods.normalise import Goalposts
from softpower.methods.normalise.fixed import GoalpostScale


@dataclass
class Starts:
    """Runs of one index as plain data, with the trees and columns that they share."""

    columns: Columns = field(default_factory=Columns)
    trees: list[dict[str, Any]] = field(default_factory=list)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Every method that occurs, by how it is written, with a sentence on it."""
    _places: dict[str, int] = field(default_factory=dict)
    _cache: Cache = field(default_factory=Cache)

    def add(self, run: Run, title: str, reason: str) -> dict[str, Any]:
        """Return a computed run as plain data.

        Raises
        ------
        SoftpowerError
            If it cannot be scored, or not by a page.
        """
        setup, index = run.setup, run.index
        assert setup is not None  # noqa: S101
        assert index.figures is not None  # noqa: S101
        if refusal := not_carried(setup):
            raise MethodError(f"{refusal[:1].upper()}{refusal[1:]}.")
        ranking = run.score(self._cache)
        kept = {unit.id for unit in setup.figures.units}
        stacked = arranged(index, run.variants, None, run.identifier).patch
        return {
            "name": run.name,
            "title": title,
            "reason": reason,
            **_asked(run),
            "tree": self._tree(run),
            "rows": [i for i, unit in enumerate(index.figures.units) if unit.id in kept],
            "countries": [unit.id for unit in index.figures.units if unit.id not in kept],
            "methodology": self._methodology(setup.methodology),
            "written": {
                name: write_value(unrepeated(getattr(setup.methodology, name)))
                for name in Methodology.model_fields
            },
            "weights": dict(stacked.weights),
            "left": {name: sorted(top) for name, top in left_out(stacked).items()},
            "derived": _derived(setup, ranking),
            "prepared": None if prepares(setup) else self._prepared(run, setup, ranking),
        }

    def _methodology(self, methodology: Methodology) -> dict[str, Any]:
        said = methodology.model_dump(mode="json")
        for name in ("normalise", "scale", "missing"):
            self._note(getattr(methodology, name), said[name])
        for name in ("aggregate", "weight", "renormalise"):
            for plain, method in zip(said[name], getattr(methodology, name), strict=True):
                self._note(method, plain)
        return said

    def _note(self, method: Method, plain: dict[str, Any]) -> None:
        self.words[str(method)] = {"method": plain, "says": sentence(type(method))}

    def _tree(self, run: Run) -> int:
        """Return the place of the whole tree of a run, with nothing left out nor weighed anew."""
        whole = run.patch.model_copy(update={"weights": {}, "omit": Omit(), "on_top": {}})
        setup = apply(run.index, whole)
        figures, indicators = setup.figures, setup.framework.indicators()
        raw = figures.columns([indicator.id for indicator in indicators])
        x, known = raw / divisors(figures, indicators), evidence(figures, indicators)
        posts = _goalposts(setup)
        told: dict[str, dict[str, Any]] = {}
        for j, indicator in enumerate(indicators):
            values = x[:, j] if indicator.transform is None else indicator.transform(x[:, j])
            if (np.isnan(values) == known.found[:, j]).any():
                raise MethodError(f"A transform of {indicator.id} loses figures.")
            told[indicator.id] = {
                "column": self.columns.add(values, known.silent[:, j]),
                "direction": indicator.direction,
                "treat": indicator.treat and indicator.treat.model_dump(mode="json"),
                "normalise": indicator.normalise and indicator.normalise.model_dump(mode="json"),
                "goalposts": posts.get(indicator.id),
                "logarithm": is_logarithm(indicator),
            }
        tree = {
            "framework": run.patch.framework or MAIN,
            "restated": restated(run),
            "root": tree_of(setup.framework.root),
            "indicators": told,
        }
        place = self._places.setdefault(json.dumps(tree), len(self.trees))
        if place == len(self.trees):
            self.trees.append(tree)
        return place

    def _prepared(self, run: Run, setup: Setup, ranking: Ranking) -> dict[str, Any]:
        """Return the figures that are added up, where a page cannot prepare them itself."""
        assert run.index.figures is not None  # noqa: S101
        y, _ = prepared(ranking, setup.methodology)
        at = {unit.id: i for i, unit in enumerate(ranking.units)}
        rows = [at.get(unit.id, -1) for unit in run.index.figures.units]
        full: Floats = np.where(np.array(rows)[:, None] >= 0, y[rows], np.nan)
        ids = [indicator.id for indicator in ranking.framework.indicators()]
        return {
            "columns": {name: self.columns.add(full[:, j]) for j, name in enumerate(ids)},
            "ranked": np.flatnonzero(~np.isnan(full).all(axis=1)).tolist(),
            "imputed": setup.methodology.impute.name() != "none",
            "positive": any(method.needs_positive() for method in aggregations(setup)),
        }


def sentence(method: type[Method]) -> str:
    """Return what a method does, as the first sentence of its documentation says it."""
    return (method.__doc__ or "").partition("\n")[0].replace("``", "")


def restated(run: Run) -> dict[str, Any]:
    """Return what a run states anew of indicators and pillars, as plain data."""
    return {
        kind: {name: change.model_dump(mode="json") for name, change in changes.items()}
        for kind, changes in (("indicators", run.patch.indicators), ("pillars", run.patch.pillars))
    }


def _asked(run: Run) -> dict[str, Any]:
    """Return what is asked of a run beside its variants, as it is typed and as it is computed."""
    changes = as_arguments(run.index, run.asked)
    countries = len(run.asked.omit.countries)
    omitted = changes.get("omit", [])
    nodes = omitted[: len(omitted) - countries]
    return {
        "set": [[key, write_value(value, key)] for key, value in changes.get("set", {}).items()],
        "without": omitted[len(nodes) :],
        "asked": {"weights": changes.get("weights", {}), "omit": nodes},
    }


def _derived(setup: Setup, ranking: Ranking) -> dict[str, float] | None:
    """Return the weights within parents where they are computed by what a page has not."""
    if not derives(setup.methodology):
        return None
    return {name: weight for name, weight in ranking.local_weights.items() if name}


def _goalposts(setup: Setup) -> dict[str, tuple[float, float]]:
    """Return the goalposts of indicators that have some, after their transforms."""
    stated = [item for item in setup.framework.indicators() if item.goalposts is not None]
    contexts = Contexts(GoalpostScale(), setup.figures, [])
    found: dict[str, Goalposts | None] = {
        item.id: contexts(item, logged=False).goalposts for item in stated
    }
    return {name: tuple(map(float, posts)) for name, posts in found.items() if posts is not None}  # type: ignore[misc]
