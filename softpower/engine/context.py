"""What a normalisation may know of an indicator, put on the scale of its prepared figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.ranking import Note
from softpower.errors import Location, MethodError, SoftpowerError, did_you_mean
from softpower.index.figures import Figures, History
from softpower.index.ids import spelled
from softpower.index.text import listed
from softpower.index.tree import Indicator
from softpower.index.units import Unit, find_unit
from softpower.methods.coverage import Evidence
from softpower.methods.impute import ImputationContext
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise import Context, Goalposts, Need, Normalisation
from softpower.methods.transform import Log, Log1p, Log10

LOGARITHMS = (Log, Log10, Log1p)

NEEDED = {
    "goalposts": "its goalposts no longer fit",
    "target": "its target no longer fits",
    "history": "its figures of other periods can no longer be compared with them",
}
"""What follows for each thing that is known of figures if they are on another scale."""


def context_of_scores(
    method: Normalisation, units: Sequence[Unit], setting: str = "scale"
) -> Context:
    """Return what a normalisation that rescales the scores of some units knows of them.

    Raises
    ------
    MethodError
        If the unit that it compares others with is none of them.
    """
    return Context(reference=_row(method, units, setting))


def _row(method: Normalisation, units: Sequence[Unit], setting: str) -> int | None:
    """Return the row of the unit that a normalisation compares others with, if it does."""
    name = method.unit()
    if name is None:
        return None
    try:
        return units.index(find_unit(units, name))
    except SoftpowerError as error:
        mend = error.mend or "Name a unit that is scored."
        raise MethodError(error.what, location=Location(key=f"{setting}.to"), mend=mend) from error


def divisors(source: Figures | History, indicators: Sequence[Indicator]) -> Floats:
    """Return what each figure is divided by: 1 without a denominator, NaN for lack of it."""
    by = np.ones((source.values.shape[0], len(indicators)))
    for j, indicator in enumerate(indicators):
        if indicator.denominator is not None:
            divisor = source.columns([indicator.denominator.figure])[:, 0]
            by[:, j] = np.where(divisor > 0, divisor, np.nan) / indicator.denominator.per
    return by


def evidence(figures: Figures, indicators: Sequence[Indicator]) -> Evidence:
    """Return what the figures of indicators prove of the units (units x indicators)."""
    raw = figures.columns([indicator.id for indicator in indicators])
    found = ~np.isnan(raw) & ~np.isnan(divisors(figures, indicators))
    return Evidence.of(raw, found, [indicator.zero_fill for indicator in indicators])


def figure_of(figures: Figures, identifier: str, ranked: Mask) -> Floats:
    """Return the figures of any indicator by its id, of the units that are scored.

    Raises
    ------
    MethodError
        If there are no figures of it.
    """
    identifier = spelled(identifier, figures.ids)
    if identifier not in figures.ids:
        mend = did_you_mean(identifier, figures.ids)
        raise MethodError(f"There are no figures of {identifier!r}.", mend=mend)
    return np.where(ranked, figures.columns([identifier])[:, 0], np.nan)


def sheet_of(figures: Figures, ids: tuple[str, ...], ranked: Mask) -> ImputationContext:
    """Return what an imputation may know of the units that are scored."""
    units = [unit for unit, there in zip(figures.units, ranked, strict=True) if there]

    def groups(by: str) -> tuple[str, ...]:
        known = sorted({key for unit in units for key in unit.groups})
        by = spelled(by, known)
        if by not in known:
            near = did_you_mean(by, known) or f"Known: {', '.join(known)}."
            mend = near if known else "Add a column to units.csv."
            raise MethodError(f"There is no grouping {by!r}.", mend=mend)
        return tuple(unit.groups.get(by, "") for unit in units)

    def figure(identifier: str) -> Floats:
        return figure_of(figures, identifier, ranked)[ranked]

    return ImputationContext(tuple(unit.id for unit in units), ids, groups, figure)


def is_logarithm(indicator: Indicator) -> bool:
    """Say whether the transform of an indicator is a logarithm."""
    return isinstance(indicator.transform, LOGARITHMS)


class Contexts:
    """What one normalisation knows of each indicator."""

    def __init__(self, method: Normalisation, figures: Figures, notes: list[Note]) -> None:
        """Find the unit of reference, and see whether there is a history if one is needed.

        What a reader should know of an indicator is added to ``notes``.

        Raises
        ------
        MethodError
            If either is not there.
        """
        self._needs = method.needs()
        self._ratios = method.invariant == "scale"
        self._notes = notes
        self._history = figures.history
        self._figures = figures
        self._period = method.period()
        self._reference = _row(method, figures.units, "normalise")
        if self._period is not None:
            self._refuse_period(self._period)
        elif "history" in self._needs and not self._history.rows:
            raise MethodError(
                "There are no figures of other periods.",
                location=Location(key="normalise.over"),
                mend="Put them into history.csv (country, indicator, year, value), or set over to "
                "sample.",
            )

    def __call__(self, indicator: Indicator, *, logged: bool, sense: int = 1) -> Context:
        """Return what is known of an indicator, whose figures may have been logged as outliers.

        ``sense`` is -1 where low values are to be good.

        Raises
        ------
        MethodError
            If what is needed cannot be put on the scale of the figures.
        """
        if logged:
            self._refuse_logged(indicator)
        if self._ratios and (logged or is_logarithm(indicator)):
            text = "figures are logarithms, whose ratios depend on the unit"
            self._notes.append(Note("normalise", indicator.id, text))
        return Context(
            direction=indicator.direction * sense,
            goalposts=self._goalposts(indicator) if "goalposts" in self._needs else None,
            target=self._target(indicator) if "target" in self._needs else None,
            reference=self._reference,
            history=self._past(indicator) if "history" in self._needs else (),
        )

    @property
    def needs(self) -> bool:
        """Whether anything stated in the unit of the figures is needed."""
        return bool(self._needs)

    def _refuse_logged(self, indicator: Indicator) -> None:
        stated: dict[Need, object] = {
            "goalposts": indicator.goalposts,
            "target": indicator.target,
            "history": self._history.rows,
        }
        for need in self._needs:
            if stated[need] is not None:
                raise MethodError(
                    f"Its outliers were treated by another scale, so that {NEEDED[need]}.",
                    mend="State a transform for it, or set "
                    f"indicators.{indicator.id}.treat to none.",
                )

    def _goalposts(self, indicator: Indicator) -> Goalposts | None:
        posts = indicator.goalposts
        if posts is None or indicator.transform is None:
            return posts
        what = f"its goalposts {posts.low:g}..{posts.high:g}"
        return Goalposts(*_transformed(indicator, np.array(posts), what, "State goalposts"))

    def _target(self, indicator: Indicator) -> float | None:
        target = indicator.target
        if target is None or indicator.transform is None:
            return target
        what = f"its target {target:g}"
        return float(_transformed(indicator, np.array([target]), what, "State a target")[0])

    def _refuse_period(self, period: str) -> None:
        """Refuse a period that there are no figures of."""
        known = {when for _, when in self._history.rows} | {*self._figures.years.flat} - {""}
        if period not in known:
            raise MethodError(
                f"There are no figures of {period}.",
                location=Location(key="normalise.over"),
                mend=did_you_mean(period, ("sample", "all-periods", *sorted(known)))
                or f"Known periods: {listed(sorted(known))}.",
            )

    def _of_period(self, indicator: Indicator, period: str) -> tuple[Floats, Floats]:
        """Return the figures of a period in either table, and what they are divided by."""
        ids, sources = [indicator.id], (self._history, self._figures)
        then = np.array([when == period for _, when in self._history.rows], dtype=bool)
        now = self._figures.years[:, self._figures.positions(ids)[0]] == period
        found = [(s.columns(ids)[:, 0], divisors(s, [indicator])[:, 0]) for s in sources]
        pairs = [
            (figures[there], by[there])
            for (figures, by), there in zip(found, (then, now), strict=True)
        ]
        return np.concatenate([f for f, _ in pairs]), np.concatenate([by for _, by in pairs])

    def _past(self, indicator: Indicator) -> tuple[float, ...]:
        """Return the figures of other periods, or of the one that counts, prepared as the rest."""
        if self._period is not None:
            figures, by = self._of_period(indicator, self._period)
        else:
            figures = self._history.columns([indicator.id])[:, 0]
            by = divisors(self._history, [indicator])[:, 0]
        past = figures / by
        lost = int(np.count_nonzero(np.isnan(past) & ~np.isnan(figures)))
        if lost:
            noun = "figure" if lost == 1 else "figures"
            text = f"no {indicator.denominator} to divide {lost} {noun} of other periods by"
            self._notes.append(Note("normalise", indicator.id, text))
        past = past[~np.isnan(past)]
        if indicator.transform is not None:
            past = _transformed(indicator, past, "its figures of other periods", "Give figures")
        return tuple(past.tolist())


def _transformed(indicator: Indicator, stated: Floats, what: str, mend: str) -> Floats:
    """Return what is stated in the unit of an indicator, after its transform."""
    if indicator.transform is None:
        return stated
    try:
        return indicator.transform(stated)
    except MethodError as error:
        raise MethodError(
            f"The transform {indicator.transform.name()} does not take {what}.",
            mend=f"{mend} that it takes, before the transform.",
        ) from error
