"""Which part of a ranking is looked at: the first N, some countries, some groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from softpower import countries
from softpower.analysis.shared.formatting import unit_noun
from softpower.analysis.shared.lists import Listed
from softpower.engine.asked import nodes_of
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import SoftpowerError, UsageError
from softpower.index.ids import spelled
from softpower.index.tree import Pillar
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
        nodes = nodes_of(run.index)
        if (node := spelled(text, nodes)) in nodes:
            kind = "a pillar" if isinstance(nodes[node], Pillar) else "an indicator"
            raise UsageError(
                f"{node} is {kind} of {run.index.id}, and no {unit_noun(run)}.",
                mend=f"See: softpower show {run.name}",
            ) from None
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
    raise _not_ranked(unit.name, f"it {why}", f" by {run.name}")


def refuse_row_unranked(ranking: Ranking, row: int, mend: str = "Name another.") -> None:
    """Refuse a unit, by its row in a ranking, that has no rank there, with the reason.

    Raises
    ------
    UsageError
        If it has none.
    """
    if not ranking.ranks[row] > 0:
        unit = ranking.units[row]
        why = ranking.unranked.get(unit.id, "")
        raise _not_ranked(unit.name, f"it {why}" if why else "", mend=mend)


def _unknown(name: str, run: Run, listed: Listed) -> UsageError:
    known = f"{len(listed.ranks)} of {listed.size_in_words} are"
    return _not_ranked(name, f"its rank is not known; {known}", f" by {run.name}")


def _not_ranked(name: str, why: str, by: str = "", mend: str = "Name another.") -> UsageError:
    """Return what is said of a unit that has no rank."""
    return UsageError(f"{name} is not ranked{by}{f': {why}' if why else ''}.", mend=mend)


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
        for text in self.countries:
            refuse_row_unranked(ranking, ranking.units.index(find_unit(ranking.units, text)))

    def among(self, units: Sequence[Unit], order: list[int]) -> list[int]:
        """Return the rows that are looked at, in their order.

        Raises
        ------
        UsageError
            If a country or group is not among the units, or the first N lack a country that was
            asked for.
        """
        if self.countries and not self.groups and self.top is not None:
            raise UsageError(
                "`top` has no effect beside `country`: those that are named are shown.",
                mend="Leave one of the two out.",
            )
        if self.countries or self.groups:
            shown = {find_unit(units, text).id for text in self.countries}
            for text in self.groups:
                shown |= in_group(units, text)
            order = [i for i in order if units[i].id in shown]
            self._refuse_beyond_top(units, order)
        return order[: self.top]

    def remarks(self, units: Sequence[Unit], shown: int) -> list[str]:
        """Return whom the groups count that countries join and leave, and whether more was asked.

        Parameters
        ----------
        units
            All units.
        shown
            How many rows are shown.
        """
        said = [remark for text in self.groups if (remark := group_remark(units, text))]
        if self.top is not None and 0 < shown < self.top:
            there, all_are = ("is", "it is") if shown == 1 else ("are", "all are")
            said.append(
                f"There {there} {shown:,} to show, and `top` is {self.top:,}: {all_are} shown."
            )
        return said

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
