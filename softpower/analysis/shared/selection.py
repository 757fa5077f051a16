"""Which part of a ranking is looked at: the first N, some countries, some groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from softpower import countries
from softpower.analysis.shared.lists import Listed
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import SoftpowerError, UsageError
from softpower.index.units import Unit, find_unit, group_remark, in_group


def find_listed(units: Sequence[Unit], text: str, run: Run, ranking: Ranking) -> Unit:
    """Return the unit that a person means, where what a run ranks may be known in part only.

    Raises
    ------
    UsageError
        If none of these units is meant, or a country of which nothing is known.
    """
    try:
        return find_unit(units, text)
    except UsageError:
        listed = Listed.of(run, ranking)
        if listed.complete or run.index.declared.units != "countries":
            raise
        try:
            country = countries.recognise(text)
        except SoftpowerError:
            country = None
        if country is None:
            raise
        raise _unknown(country.name, run, listed) from None


def refuse_unranked_by(run: Run, ranking: Ranking, unit: Unit) -> None:
    """Refuse a unit that has no rank in a run, with the reason.

    Raises
    ------
    UsageError
        If it has none.
    """
    listed = Listed.of(run, ranking)
    if unit.id in listed.ranks:
        return
    if not listed.complete:
        raise _unknown(unit.name, run, listed)
    why = ranking.unranked.get(unit.id) or f"is not among its {len(ranking.units)} units"
    raise UsageError(f"{unit.name} is not ranked by {run.name}: it {why}.", mend="Name another.")


def _unknown(name: str, run: Run, listed: Listed) -> UsageError:
    known = f"{len(listed.ranks)} of {listed.size_in_words} are"
    return UsageError(
        f"{name} is not ranked by {run.name}: its rank is not known; {known}.",
        mend="Name another.",
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that a reader asked for; all of them by default."""

    top: int | None = None
    countries: Sequence[str] = ()
    groups: Sequence[str] = ()

    def refuse_unranked(self, ranking: Ranking) -> None:
        """Refuse countries that have no rank, with the reason.

        Raises
        ------
        UsageError
            If a country that was asked for is not known, or not ranked.
        """
        ranked = {u.id for u, rank in zip(ranking.units, ranking.ranks, strict=True) if rank > 0}
        for text in self.countries:
            unit = find_unit(ranking.units, text)
            if unit.id not in ranked:
                why = ranking.unranked.get(unit.id)
                raise UsageError(
                    f"{unit.name} is not ranked{f': it {why}' if why else ''}.",
                    mend="Name another.",
                )

    def among(self, units: Sequence[Unit], order: list[int]) -> list[int]:
        """Return the rows that are looked at, in their order.

        Raises
        ------
        UsageError
            If a country or group is not among the units, or the first N lack a country that was
            asked for.
        """
        if self.countries or self.groups:
            shown = {find_unit(units, text).id for text in self.countries}
            for text in self.groups:
                shown |= in_group(units, text)
            order = [i for i in order if units[i].id in shown]
            self._refuse_beyond_top(units, order)
        return order[: self.top]

    def remarks(self, units: Sequence[Unit]) -> list[str]:
        """Return whom the groups count that countries join and leave."""
        return [said for text in self.groups if (said := group_remark(units, text))]

    def _refuse_beyond_top(self, units: Sequence[Unit], order: list[int]) -> None:
        """Refuse to leave out a country that was asked for."""
        left_out = {units[i].name for i in order[len(order) if self.top is None else self.top :]}
        for text in self.countries:
            name = find_unit(units, text).name
            if name in left_out:
                raise UsageError(
                    f"{name} is not among the first {self.top} of what is shown.",
                    mend="Leave `top` out, or show more.",
                )
