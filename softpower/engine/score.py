"""``score``: a pure function from figures, a tree and a methodology to a ranking.

The steps run in one order: select, denominate, transform, check coverage, treat outliers and
impute (in the order that the imputation states), normalise (the direction is applied there),
weight, aggregate level by level (scores of pillars may be normalised again, or turned, before they
are added up), rescale, rank. Each is a stage of the ranking by its name.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from softpower.engine.aggregation import Aggregated, aggregate
from softpower.engine.cache import Cache
from softpower.engine.context import (
    Contexts,
    context_of_scores,
    divisors,
    evidence,
    figure_of,
    is_logarithm,
    sheet_of,
)
from softpower.engine.incompatible import refuse_incompatible
from softpower.engine.ranking import Note, Ranking, Stage
from softpower.engine.refusals import at, refuse_lost, refuse_overflow
from softpower.engine.resolving import above_zero, settled
from softpower.errors import Location, MethodError
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Pillar, without
from softpower.methods.coverage import Evidence
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise import ConstantIndicatorError
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import rank, rounded, significant

AGAIN = "as it was, for its figures are logarithms already"
"""What is said where the general treatment would take the logarithm of logarithms."""


def score(
    figures: Figures,
    framework: Framework,
    methodology: Methodology,
    cache: Cache | None = None,
) -> Ranking:
    """Return the ranking of the units of ``figures`` under a methodology.

    Parameters
    ----------
    figures
        Units x indicators.
    framework
        The tree, with the weights that the index states.
    methodology
        Every choice between the two.
    cache
        Where results on single indicators are kept for further scores; the ranking is the same.

    Raises
    ------
    MethodError
        If a method refuses the figures, naming the indicator or pillar and the reason.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _Calculation(figures, framework, methodology, cache or Cache()).ranking()


def score_setup(setup: Setup, cache: Cache | None = None) -> Ranking:
    """Return the ranking of a setup, as `score` does."""
    return score(setup.figures, setup.framework, setup.methodology, cache)


def prepared(ranking: Ranking, methodology: Methodology) -> tuple[Floats, Evidence]:
    """Return what was added up to a ranking, and what was known (units x indicators).

    The former are normalised figures, with gaps filled if they were; a figure that there is
    nothing to divide by counts as none.
    """
    stages, indicators = ranking.stages, ranking.framework.indicators()
    ids = tuple(indicator.id for indicator in indicators)
    late = getattr(methodology.impute, "stage", None) == "normalised"
    last = stages["imputed" if late else "normalised"]
    columns = [stages["selected"].ids.index(name) for name in ids]
    raw = stages["selected"].values[:, columns]
    found = ~np.isnan(raw) & ~np.isnan(stages["denominated"].values[:, columns])
    known = Evidence.of(raw, found, [indicator.zero_fill for indicator in indicators])
    return last.values[:, [last.ids.index(name) for name in ids]], known


class _Calculation:
    """One calculation: what is known so far, and the stages behind it."""

    def __init__(
        self, figures: Figures, framework: Framework, methodology: Methodology, cache: Cache
    ) -> None:
        self.figures = figures
        self.cache = cache
        positive = above_zero(methodology, framework)
        self.framework = replace(framework, root=settled(framework.root, positive=positive))
        self.methodology = methodology.settled(positive=positive)
        refuse_incompatible(self.methodology, self.framework)
        self.indicators = self.framework.indicators()
        self.ids = tuple(indicator.id for indicator in self.indicators)
        self.stages: dict[str, Stage] = {}
        self.notes = [Note("read", "", doubt) for doubt in figures.doubts]
        self.unranked: dict[str, str] = {}
        self.logged: set[str] = set()
        self.normalisations = {
            i.id: i.normalise or self.methodology.normalise for i in self.indicators
        }
        self.contexts = {
            method: Contexts(method, figures, self.notes)
            for method in dict.fromkeys(self.normalisations.values())
        }
        self.senses = self.framework.root.senses(self.methodology.sense)
        self.final = context_of_scores(self.methodology.scale, figures.units)
        self.imputed = np.zeros((len(figures.units), len(self.ids)), dtype=bool)
        self.evidence = evidence(figures, self.indicators)
        self.ranked = self._covered()

    def ranking(self) -> Ranking:
        """Run the steps and return what they led to."""
        x = self._keep("selected", "Figures as they were found", self._select())
        x = self._impute(x, "raw")
        x = self._keep("denominated", "Figures divided by their denominators", self._denominate(x))
        x = self._keep("transformed", "Figures after their transforms", self._transform(x))
        x = np.where(self.ranked[:, None], x, np.nan)
        x = self._impute(x, "transformed")
        x = self._keep("treated", "Figures after the treatment of outliers", self._treat(x))
        x = self._impute(x, "treated")
        y = self._normalise(x)
        y = self._keep("normalised", "Figures on the common scale", y)
        return self._finish(self._impute(y, "normalised"))

    def _keep(
        self, name: str, title: str, values: Floats, ids: tuple[str, ...] | None = None
    ) -> Floats:
        values.flags.writeable = False
        self.stages[name] = Stage(name, title, self.ids if ids is None else ids, values)
        return values

    def _note(self, step: str, subject: str, text: str, brief: str = "") -> None:
        self.notes.append(Note(step, subject, text, brief))

    def _select(self) -> Floats:
        return self.figures.columns(self.ids).copy()

    def _divisors(self) -> Floats:
        """Return what each figure is divided by: 1 without a denominator, NaN for lack of it."""
        return divisors(self.figures, self.indicators)

    def _denominate(self, x: Floats) -> Floats:
        by = self._divisors()
        lost = np.isnan(by) & ~np.isnan(x)
        for j in np.flatnonzero(lost.any(axis=0)):
            divisor = self.indicators[j].denominator
            self._note(
                "denominate",
                self.ids[j],
                f"no {divisor} to divide by for {self._names(lost[:, j])}",
            )
        out = x / by
        for k, indicator in enumerate(self.indicators):
            refuse_lost(out[:, k], x[:, k], by[:, k], indicator)
        return out

    def _names(self, rows: Mask, most: int = 5) -> str:
        names = [unit.name for unit, there in zip(self.figures.units, rows, strict=True) if there]
        more = f" and {len(names) - most} more" if len(names) > most else ""
        return ", ".join(names[:most]) + more

    def _transform(self, x: Floats) -> Floats:
        x = x.copy()
        for j, indicator in enumerate(self.indicators):
            if indicator.transform is not None:
                with at(indicator):
                    x[:, j] = indicator.transform(x[:, j])
        return x

    def _covered(self) -> Mask:
        """Return which units have enough figures to be scored, noting why others have not."""
        coverage = self.methodology.coverage
        weighty = self._weighty(self.framework.root, 0)
        counted = [j for j, name in enumerate(self.ids) if name in weighty or not weighty]
        known = self.evidence.beneath(counted)
        short = ~known.reaches(coverage.country) | ~known.found.any(axis=1)
        for i in map(int, np.flatnonzero(short)):
            self.unranked[self.figures.units[i].id] = known.short(i)
        if coverage.below == "unranked":
            for pillar in self.framework.root.pillars():
                columns = [j for j in self._columns_of(pillar) if j in counted]
                known = self.evidence.beneath(columns).values
                for i in map(int, np.flatnonzero(~known.reaches(coverage.pillar))):
                    why = known.short(i, pillar.title)
                    self.unranked.setdefault(self.figures.units[i].id, why)
        kept = np.array([unit.id not in self.unranked for unit in self.figures.units], dtype=bool)
        if not kept.any():
            raise MethodError(
                "No unit has enough figures to be scored.",
                mend="Lower coverage.country or coverage.pillar, or leave sparse indicators out.",
            )
        self._note_silent(kept)
        return kept

    def _note_silent(self, kept: Mask) -> None:
        """Note who has nothing in a pillar but zeros of lists that do not name it."""
        for pillar in self.framework.root.pillars():
            known = self.evidence.beneath(self._columns_of(pillar))
            alone = kept & known.found.any(axis=1) & ~known.counted.any(axis=1)
            if alone.any():
                names = self._names(alone, most=len(alone))
                self._note("coverage", pillar.id, names, self._names(alone, most=3))

    def _weighty(self, pillar: Pillar, level: int) -> set[str]:
        """Return the indicators that can influence the index: those without weight do not count."""
        found: set[str] = set()
        ids = [child.id for child in pillar.children]
        stated = self.methodology.weighting_at(level).takes(ids)
        for child in pillar.children:
            if child.weight == 0 and stated:
                continue
            found |= self._weighty(child, level + 1) if isinstance(child, Pillar) else {child.id}
        return found

    def _columns_of(self, pillar: Pillar) -> list[int]:
        position = {name: j for j, name in enumerate(self.ids)}
        return [position[indicator.id] for indicator in pillar.indicators()]

    def _treat(self, x: Floats) -> Floats:
        x = x.copy()
        for j, indicator in enumerate(self.indicators):
            figures, method = x[:, j], indicator.treat or self.methodology.treat
            with at(indicator):
                treated = self.cache(method, figures, partial(method, figures))
            if treated.logged and indicator.treat is None and is_logarithm(indicator):
                self._note("treat", indicator.id, AGAIN)
                continue
            if treated.remark:
                self._note("treat", indicator.id, treated.remark)
            if treated.logged:
                self.logged.add(indicator.id)
            x[:, j] = treated.values
        return x

    def _impute(self, x: Floats, stage: str) -> Floats:
        method, there = self.methodology.impute, self.ranked
        if getattr(method, "stage", None) != stage:
            return x
        step = (method, self.ids, self.figures, there.tobytes())
        try:
            found = self.cache(
                step, x[there], partial(method, x[there], sheet_of(self.figures, self.ids, there))
            )
        except MethodError as error:
            raise MethodError(
                error.what, location=Location(key="impute"), mend=error.mend
            ) from error
        filled = x.copy()
        filled[there] = found.values
        self.imputed = np.isnan(x) & ~np.isnan(filled)
        count = int(np.count_nonzero(self.imputed))
        noun = "figure" if count == 1 else "figures"
        if count:
            self._note("impute", "", f"{count} missing {noun} imputed ({method.name()})")
        for name, text in found.remarks.items():
            self._note("impute", name, text)
        return self._keep("imputed", "Figures with gaps filled in", filled)

    def _normalise(self, x: Floats) -> Floats:
        y = np.full(x.shape, np.nan)
        dropped: list[str] = []
        for j, indicator in enumerate(self.indicators):
            figures, method = x[:, j], self.normalisations[indicator.id]
            logged, sense = indicator.id in self.logged, self.senses[indicator.id]
            try:
                with at(indicator):
                    context = self.contexts[method](indicator, logged=logged, sense=sense)
                    known = partial(method, figures, context)
                    y[:, j] = self.cache((method, context), figures, known)
            except ConstantIndicatorError as error:
                if self.methodology.constant == "error":
                    raise
                if self.methodology.constant == "drop":
                    dropped.append(indicator.id)
                    self._note("normalise", indicator.id, f"left out. {error.what}")
                else:
                    y[:, j] = np.where(np.isnan(figures), np.nan, method.middle())
                    self._note("normalise", indicator.id, f"all get the middle. {error.what}")
            else:
                refuse_overflow(y[:, j], ~np.isnan(figures), f"indicator {indicator.id}")
                said = partial(method.remark, figures, context)
                text = self.cache(("remark", method, context), figures, said)
                if text:
                    self._note("normalise", indicator.id, text)
        return self._without(dropped, y) if dropped else y

    def _without(self, dropped: list[str], y: Floats) -> Floats:
        root = without(self.framework.root, set(dropped))
        if not root.children:
            raise MethodError("Every indicator is constant.", mend="Check the figures.")
        self.framework = Framework(
            self.framework.id, self.framework.title, root, self.framework.source
        )
        refuse_incompatible(self.methodology, self.framework)
        kept = [j for j, name in enumerate(self.ids) if name not in dropped]
        self.evidence, self.imputed = self.evidence.beneath(kept), self.imputed[:, kept]
        self.indicators = self.framework.indicators()
        self.ids = tuple(indicator.id for indicator in self.indicators)
        return y[:, kept]

    def _finish(self, y: Floats) -> Ranking:
        """Aggregate, rescale, round and rank."""
        result = aggregate(
            self.framework, self.methodology, y, self.evidence, self._figure, self.figures.units
        )
        self.notes.extend(result.notes)
        pillars = {p.id: result.values[p.id] for p in self.framework.root.pillars()}
        totals = result.values[""]
        if pillars:
            table = np.column_stack(list(pillars.values()))
            self._keep("aggregated", "Pillar scores", table, tuple(pillars))
        if result.entered:
            table = np.column_stack(list(result.entered.values()))
            title = "Values as they enter what is above them"
            self._keep("renormalised", title, table, tuple(result.entered))
        for i, unit in enumerate(self.figures.units):
            if np.isnan(totals[i]) and unit.id not in self.unranked:
                missing = [n for j, n in enumerate(self.ids) if np.isnan(y[i, j])]
                why = f"{', '.join(missing)} missing" if missing else "too few figures were found"
                self.unranked[unit.id] = f"has no score: {why}"
        if np.isnan(totals).all():
            raise MethodError("No unit has a score.", mend="Set impute to fill the gaps.")
        magnitude = self._magnitude(result)
        plain = isinstance(self.methodology.scale, NoNormalisation)
        clean = totals if plain else significant(totals, magnitude=magnitude)
        try:
            scores = self.methodology.scale(clean, self.final)
        except MethodError as error:
            mend = "Set scale to none, or to a method that these scores allow."
            raise MethodError(error.what, location=Location(key="scale"), mend=mend) from error
        if self.methodology.round is not None:
            scores = rounded(scores, self.methodology.round)
        refuse_overflow(scores, ~np.isnan(totals), "the score")
        self._keep("scaled", "Final scores", scores[:, None], ("score",))
        ranks = rank(
            scores,
            self.methodology.ties,
            descending=self.methodology.sense > 0,
            magnitude=magnitude if plain else 0.0,
            breaks=self._breaks(result, y),
        )
        self._keep("ranked", "Ranks", ranks[:, None], ("rank",))
        imputed = self.imputed & ~np.isnan(y)
        for array in (scores, ranks, result.unit_weights, imputed, *result.values.values()):
            array.flags.writeable = False
        return Ranking(
            units=self.figures.units,
            scores=scores,
            ranks=ranks,
            framework=self.framework,
            pillars=pillars,
            weights=result.weights,
            local_weights=result.local_weights,
            unit_weights=result.unit_weights,
            totals=totals,
            contributions=result.contributions,
            stages=self.stages,
            imputed=imputed,
            unranked=self.unranked,
            notes=tuple(self.notes),
            individual=result.individual,
            sense=self.methodology.sense,
        )

    def _breaks(self, result: Aggregated, y: Floats) -> list[Floats]:
        """Return the values that put equal scores in order, higher ones first."""
        known = {**result.values, **dict(zip(self.ids, y.T, strict=True))}
        return [known[name] * self.senses[name] for name in self.methodology.tiebreak]

    def _figure(self, identifier: str) -> Floats:
        return figure_of(self.figures, identifier, self.ranked)

    def _magnitude(self, result: Aggregated) -> float:
        """Return how large the parts are that were added up to scores; 0 if they were not."""
        if result.contributions is None:
            return 0.0
        return float(np.nanmax(np.sum(np.abs(result.contributions), axis=1)))
