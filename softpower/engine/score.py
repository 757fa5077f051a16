"""``score``: a pure function from figures, a tree and a methodology to a ranking.

The steps run in one order: select, denominate, transform, check coverage, treat outliers and
impute (in the order that the imputation states), normalise (the direction is applied there),
weight, aggregate level by level, rescale, rank. Each is a stage of the ranking by its name.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from softpower.engine.aggregation import Aggregated, aggregate
from softpower.engine.memo import Memo
from softpower.engine.misfits import refuse_misfits
from softpower.engine.ranking import Note, Ranking, Stage
from softpower.errors import MethodError, Place, did_you_mean
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Indicator, Pillar, without
from softpower.methods.coverage import share_available
from softpower.methods.impute import Imputation
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Goalposts,
    GoalpostScale,
    NoNormalisation,
)
from softpower.methods.ties import rank


def score(
    figures: Figures,
    framework: Framework,
    methodology: Methodology,
    memo: Memo | None = None,
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
    memo
        Where results on single indicators are kept for further scores; the ranking is the same.

    Raises
    ------
    MethodError
        If a method refuses the figures, naming the indicator or pillar and the reason.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _Calculation(figures, framework, methodology, memo or Memo()).ranking()


def settled(methodology: Methodology, framework: Framework) -> Methodology:
    """Return the methodology with nothing left open, as it is used for a framework."""
    own = [pillar.aggregate for pillar in (framework.root, *framework.root.pillars())]
    return methodology.settled(positive=any(a is not None and a.needs_positive() for a in own))


def prepared(ranking: Ranking, methodology: Methodology) -> tuple[Floats, Mask]:
    """Return what was added up to a ranking, and where there was a figure (units x indicators).

    The former are normalised figures, with gaps filled if they were; a figure that there is
    nothing to divide by counts as none.
    """
    stages = ranking.stages
    ids = tuple(indicator.id for indicator in ranking.framework.indicators())
    late = getattr(methodology.impute, "stage", None) == "normalised"
    last = stages["imputed" if late else "normalised"]
    columns = [stages["selected"].ids.index(name) for name in ids]
    found = ~np.isnan(stages["selected"].values) & ~np.isnan(stages["denominated"].values)
    return last.values[:, [last.ids.index(name) for name in ids]], found[:, columns]


class _Calculation:
    """One calculation: what is known so far, and the stages behind it."""

    def __init__(
        self, figures: Figures, framework: Framework, methodology: Methodology, memo: Memo
    ) -> None:
        self.figures = figures
        self.memo = memo
        self.framework = framework
        self.methodology = settled(methodology, framework)
        refuse_misfits(self.methodology, framework)
        self.indicators = framework.indicators()
        self.ids = tuple(indicator.id for indicator in self.indicators)
        self.stages: dict[str, Stage] = {}
        self.notes: list[Note] = []
        self.unranked: dict[str, str] = {}
        self.logged: set[str] = set()
        raw = figures.columns(self.ids)
        self.available = ~np.isnan(raw) & ~np.isnan(self._divisors())
        """Where there is a figure, and something to divide it by."""
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

    def _note(self, step: str, subject: str, text: str) -> None:
        self.notes.append(Note(step, subject, text))

    def _select(self) -> Floats:
        return self.figures.columns(self.ids).copy()

    def _divisors(self) -> Floats:
        """Return what each figure is divided by: 1 without a denominator, NaN for lack of it."""
        by = np.ones((len(self.figures.units), len(self.ids)))
        for j, indicator in enumerate(self.indicators):
            if indicator.denominator is not None:
                divisor = self.figures.columns([indicator.denominator.figure])[:, 0]
                by[:, j] = np.where(divisor > 0, divisor, np.nan) / indicator.denominator.per
        return by

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
        return x / by

    def _names(self, rows: Mask, most: int = 5) -> str:
        names = [unit.name for unit, there in zip(self.figures.units, rows, strict=True) if there]
        more = f" and {len(names) - most} more" if len(names) > most else ""
        return ", ".join(names[:most]) + more

    def _transform(self, x: Floats) -> Floats:
        x = x.copy()
        for j, indicator in enumerate(self.indicators):
            if indicator.transform is not None:
                with _at(indicator):
                    x[:, j] = indicator.transform(x[:, j])
        return x

    def _covered(self) -> Mask:
        """Return which units have enough figures to be scored, noting why others have not."""
        coverage = self.methodology.coverage
        figures = np.where(self.available, 0.0, np.nan)
        weighty = self._weighty(self.framework.root)
        counted = [j for j, name in enumerate(self.ids) if name in weighty or not weighty]
        enough = share_available(figures[:, counted]) >= coverage.country - 1e-12
        for i in np.flatnonzero(~enough | ~self.available[:, counted].any(axis=1)):
            have, of = int(self.available[i, counted].sum()), len(counted)
            self.unranked[self.figures.units[i].id] = f"has figures for {have} of {of} indicators"
        if coverage.below == "unranked":
            for pillar in self.framework.root.pillars():
                columns = [j for j in self._columns_of(pillar) if j in counted]
                short = share_available(figures[:, columns]) < coverage.pillar - 1e-12
                for i in np.flatnonzero(short):
                    have = int(self.available[i, columns].sum())
                    self.unranked.setdefault(
                        self.figures.units[i].id,
                        f"has figures for {have} of {len(columns)} indicators in {pillar.title}",
                    )
        kept = np.array([unit.id not in self.unranked for unit in self.figures.units], dtype=bool)
        if not kept.any():
            raise MethodError(
                "No unit has enough figures to be scored.",
                mend="Lower coverage.country or coverage.pillar, or leave sparse indicators out.",
            )
        return kept

    def _weighty(self, pillar: Pillar) -> set[str]:
        """Return the indicators that can influence the index: those without weight do not count."""
        found: set[str] = set()
        for child in pillar.children:
            if child.weight == 0 and self.methodology.weight.stated:
                continue
            found |= self._weighty(child) if isinstance(child, Pillar) else {child.id}
        return found

    def _columns_of(self, pillar: Pillar) -> list[int]:
        position = {name: j for j, name in enumerate(self.ids)}
        return [position[indicator.id] for indicator in pillar.indicators()]

    def _treat(self, x: Floats) -> Floats:
        x, method = x.copy(), self.methodology.treat
        for j, indicator in enumerate(self.indicators):
            figures = x[:, j]
            with _at(indicator):
                treated = self.memo(method, figures, partial(method, figures))
            if treated.remark:
                self._note("treat", indicator.id, treated.remark)
            if treated.logged:
                self.logged.add(indicator.id)
            x[:, j] = treated.values
        return x

    def _impute(self, x: Floats, stage: str) -> Floats:
        method = self.methodology.impute
        if getattr(method, "stage", None) != stage:
            return x
        filled = x.copy()
        filled[self.ranked] = method(x[self.ranked], self._groups(method))
        count = int(np.count_nonzero(np.isnan(x) & ~np.isnan(filled)))
        noun = "figure" if count == 1 else "figures"
        if count:
            self._note("impute", "", f"{count} missing {noun} imputed ({method.name()})")
        return self._keep("imputed", "Figures with gaps filled in", filled)

    def _groups(self, method: Imputation) -> list[str]:
        units = [u for u, there in zip(self.figures.units, self.ranked, strict=True) if there]
        by = getattr(method, "by", None)
        if by is None:
            return [""] * len(units)
        known = sorted({key for unit in units for key in unit.groups})
        if by not in known:
            raise MethodError(
                f"There is no grouping {by!r}.",
                mend=f"Known: {', '.join(known)}." if known else "Add a column to units.csv.",
            )
        return [unit.groups.get(by, "") for unit in units]

    def _normalise(self, x: Floats) -> Floats:
        method = self.methodology.normalise
        y = np.full(x.shape, np.nan)
        dropped: list[str] = []
        for j, indicator in enumerate(self.indicators):
            figures, posts = x[:, j], self._goalposts(indicator)
            as_said: dict[str, Any] = {"direction": indicator.direction, "goalposts": posts}
            step = (method, indicator.direction, posts)
            try:
                with _at(indicator):
                    y[:, j] = self.memo(step, figures, partial(method, figures, **as_said))
            except ConstantIndicatorError as error:
                if self.methodology.constant == "error":
                    raise
                if self.methodology.constant == "drop":
                    dropped.append(indicator.id)
                    self._note("normalise", indicator.id, f"left out. {error.what}")
                else:
                    y[:, j] = np.where(np.isnan(figures), np.nan, method.middle())
                    self._note("normalise", indicator.id, "has no differences: all get the middle")
            else:
                _refuse_overflow(y[:, j], ~np.isnan(figures), f"indicator {indicator.id}")
                text = method.remark(figures, **as_said)
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
        kept = [j for j, name in enumerate(self.ids) if name not in dropped]
        self.available = self.available[:, kept]
        self.indicators = self.framework.indicators()
        self.ids = tuple(indicator.id for indicator in self.indicators)
        return y[:, kept]

    def _goalposts(self, indicator: Indicator) -> Goalposts | None:
        """Return the goalposts on the scale of the transformed figures."""
        posts = indicator.goalposts
        if posts is None or not isinstance(self.methodology.normalise, GoalpostScale):
            return None
        if indicator.id in self.logged:
            raise MethodError(
                "Its figures were logged as outliers, so that its goalposts no longer fit.",
                place=Place(key=indicator.id),
                mend="State the transform log for it, or set treat to none.",
            )
        if indicator.transform is None:
            return posts
        try:
            return Goalposts(*indicator.transform(np.array(posts)))
        except MethodError as error:
            raise MethodError(
                f"The transform {indicator.transform.name()} does not take its goalposts "
                f"{posts.low:g}..{posts.high:g}.",
                place=Place(key=f"indicator {indicator.id}"),
                mend="State goalposts that it takes, before the transform.",
            ) from error

    def _finish(self, y: Floats) -> Ranking:
        """Aggregate, rescale, round and rank."""
        result = aggregate(self.framework, self.methodology, y, self.available, self._figure)
        self.notes.extend(result.notes)
        pillars = {p.id: result.values[p.id] for p in self.framework.root.pillars()}
        totals = result.values[""]
        if pillars:
            table = np.column_stack(list(pillars.values()))
            self._keep("aggregated", "Pillar scores", table, tuple(pillars))
        for i, unit in enumerate(self.figures.units):
            if np.isnan(totals[i]) and unit.id not in self.unranked:
                missing = [n for j, n in enumerate(self.ids) if np.isnan(y[i, j])]
                why = f"{', '.join(missing)} missing" if missing else "too few figures were found"
                self.unranked[unit.id] = f"has no score: {why}"
        if np.isnan(totals).all():
            raise MethodError("No unit has a score.", mend="Set impute to fill the gaps.")
        try:
            scores = self.methodology.scale(totals)
        except MethodError as error:
            mend = "Set scale to none, or to a method that these scores allow."
            raise MethodError(error.what, place=Place(key="scale"), mend=mend) from error
        if self.methodology.round is not None:
            scores = np.round(scores, self.methodology.round)
        _refuse_overflow(scores, ~np.isnan(totals), "the score")
        self._keep("scaled", "Final scores", scores[:, None], ("score",))
        ranks = rank(scores, self.methodology.ties, magnitude=self._magnitude(result))
        self._keep("ranked", "Ranks", ranks[:, None], ("rank",))
        for array in (scores, ranks, result.own, *result.values.values()):
            array.flags.writeable = False
        return Ranking(
            units=self.figures.units,
            scores=scores,
            ranks=ranks,
            framework=self.framework,
            pillars=pillars,
            weights=result.weights,
            within=result.within,
            own=result.own,
            totals=totals,
            contributions=result.contributions,
            stages=self.stages,
            unranked=self.unranked,
            notes=tuple(self.notes),
        )

    def _figure(self, identifier: str) -> Floats:
        if identifier not in self.figures.ids:
            mend = did_you_mean(identifier, self.figures.ids)
            raise MethodError(f"There are no figures of {identifier!r}.", mend=mend)
        return np.where(self.ranked, self.figures.columns([identifier])[:, 0], np.nan)

    def _magnitude(self, result: Aggregated) -> float:
        """Return how large the parts are that were added up to scores; 0 if they were not."""
        if result.contributions is None or not isinstance(self.methodology.scale, NoNormalisation):
            return 0.0
        return float(np.nanmax(np.sum(np.abs(result.contributions), axis=1)))


def _refuse_overflow(values: Floats, there: Mask, about: str) -> None:
    """Refuse values that have left the range of numbers."""
    if not np.isfinite(values[there]).all():
        raise MethodError(
            "Its values are too large to compute with.",
            place=Place(key=about),
            mend="Take smaller parameters.",
        )


class _at:  # noqa: N801  reads as a preposition
    """Gives an error of a method the indicator that it is about."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, MethodError) and not str(error.place):
            place = Place(key=f"indicator {self.indicator.id}")
            raise type(error)(error.what, place=place, mend=error.mend) from error
