"""What robustness is asked instead of draws: a curve, gaps, confidence sets, people, omissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from softpower.answer import Answer
from softpower.api.varying import refuse_beside_people, refuse_idle, seed_of, variation
from softpower.errors import UsageError, did_you_mean
from softpower.given import count, name, optional_count, percent
from softpower.index.people import is_people
from softpower.index.reading.people import read_people
from softpower.watch import Watch

if TYPE_CHECKING:
    from softpower.analysis.shared.propagation import Propagation
    from softpower.analysis.shared.selection import Selection
    from softpower.engine.run import Run
    from softpower.methods.space import WeightSpace

MOST_SETS = 100_000
"""Confidence sets are from no more draws."""

LEFT_OUT = ("indicators", "pillars", "countries")
"""What can be left out one at a time."""

SOURCES = ("errors", "covariance", "respondents")
"""Where the errors of scores may be from."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a run, with all that was stated."""

    run: Run
    selection: Selection
    space: WeightSpace | None
    """Of which weights something is stated."""
    stated: Mapping[str, Any]
    """The parameters by name; one that says nothing is ``None``, or as usual."""
    watch: Watch

    def answered(self) -> Answer | None:
        """Return the answer, or nothing where it is from draws.

        Raises
        ------
        UsageError
            If something is stated that has no effect on it, or is not known.
        """
        weights = self.stated["weights"]
        if self._says("curve"):
            return self._curve()
        if self._says("gaps"):
            return self._gaps()
        if self._says("confidence", "propagation", "covariance", "respondents"):
            return self._sets()
        if weights is not None and is_people(str(weights)):
            return self._by_people(weights)
        if self._says("clusters"):
            raise UsageError(
                "`clusters` are of people.",
                mend='Give the weights they stated: `weights="people.csv"`.',
            )
        return self._leave_out() if self._says("leave_out") else None

    def _says(self, *words: str) -> bool:
        return any(self.stated[word] is not None for word in words)

    def _refuse_all_but(self, *words: str, why: str) -> None:
        """Refuse what is stated to no effect, which is all else."""
        refuse_idle(why, **{k: v for k, v in self.stated.items() if k not in words})

    def _curve(self) -> Answer:
        """Return the ranks of one country under every combination of choices."""
        from softpower.analysis.robustness.curve import specification_curve

        self._refuse_all_but("curve", "vary", why="a curve is of choices alone")
        country, vary = name(self.stated["curve"], "curve"), self.stated["vary"]
        refuse_idle(
            "a curve is of one country",
            country=self.selection.countries or None,
            region=self.selection.groups or None,
            top=self.selection.top,
        )
        if self.run.setup is None or not vary:
            raise UsageError(
                "`curve` is of choices of method that vary.",
                mend='Such as `vary="normalise=minmax,zscore"`, for an index that is computed.',
            )
        return specification_curve(self.run, variation(vary=vary), country, self.watch)

    def _gaps(self) -> Answer:
        """Return the ranks that missing figures leave open."""
        from softpower.analysis.robustness.gaps import gaps

        self._refuse_all_but("gaps", why="missing figures are filled")
        return gaps(self.run, self.selection, self.watch)

    def _sets(self) -> Answer:
        """Return confidence sets for ranks from the one source of errors that is named."""
        from softpower.analysis.robustness.confidence import Uncertainty, confidence_sets

        stated = self.stated
        used = ("confidence", "propagation", *SOURCES, "draws", "seed", "first")
        self._refuse_all_but(*used, why="confidence sets follow from errors of scores")
        source = self._source()
        if source != "errors":
            refuse_idle("errors of scores are given", propagation=stated["propagation"])
        if source == "respondents":
            refuse_idle("exact sets are not drawn", draws=stated["draws"], seed=stated["seed"])
        draws, table = stated["draws"], stated["covariance"]
        return confidence_sets(
            self.run,
            self.selection,
            Uncertainty(
                _propagation(stated["propagation"]),
                None if table is None else Path(table),
                optional_count(stated["respondents"], "respondents"),
            ),
            confidence=percent(stated["confidence"], "confidence"),
            first=stated["first"],
            draws=None if draws is None else count(draws, "draws", least=100, most=MOST_SETS),
            seed=seed_of(stated["seed"]),
            watch=self.watch,
        )

    def _source(self) -> str:
        """Return where the errors of scores are from."""
        named = [word for word in SOURCES if self._says(word)]
        if not self._says("confidence"):
            raise UsageError(
                "Errors of scores are for confidence sets of ranks.",
                mend="Give their level as well: `confidence=95`.",
            )
        if not named:
            raise UsageError(
                "`confidence` is about sets of ranks that follow from standard errors.",
                mend="Say `errors` as well (or `covariance`, or `respondents`); the share of draws "
                "in an interval is `interval`.",
            )
        if len(named) > 1:
            both = " and ".join(f"`{word}`" for word in named)
            raise UsageError(f"{both} give errors twice.", mend="Say one of them.")
        return named[0]

    def _by_people(self, table: str) -> Answer:
        """Return the ranks under the weights that each of some people stated."""
        from softpower.analysis.robustness.people import by_people

        stated = self.stated
        refuse_beside_people(
            vary=stated["vary"],
            space=self.space,
            rounding=stated["rounding"],
            errors=stated["errors"],
        )
        used = ("weights", "clusters", "first")
        self._refuse_all_but(*used, why="people stated these weights")
        people, groups = read_people(Path(table)), stated["clusters"]
        return by_people(self.run, people, self.selection, first=stated["first"], groups=groups)

    def _leave_out(self) -> Answer:
        """Return the ranks without each indicator, pillar or country in turn."""
        from softpower.analysis.robustness.leave_out import leave_out

        what = self.stated["leave_out"]
        other = ("vary", "weights", "rounding", "errors", "versus", "acceptability")
        if self._says(*other) or self.space is not None:
            raise UsageError("`leave_out` goes with `top`, `country`, `region` and `first` only.")
        if name(what, "leave_out") not in LEFT_OUT:
            raise UsageError(
                f"{what!r} cannot be left out one at a time.", mend=did_you_mean(what, LEFT_OUT)
            )
        self._refuse_all_but("leave_out", "first", why="nothing is drawn")
        return leave_out(self.run, what, self.selection, self.stated["first"])


def _propagation(how: Any) -> Propagation:
    """Return how errors of figures are carried to scores."""
    from softpower.analysis.shared.propagation import PROPAGATIONS

    if how is not None and name(how, "propagation") not in PROPAGATIONS:
        raise UsageError(
            f"Errors are not carried to scores by {how!r}.",
            mend=did_you_mean(how, PROPAGATIONS) or f"Take one of {', '.join(PROPAGATIONS)}.",
        )
    return how or "auto"
