"""Which ranks can admissible weights give a country at best and at worst, and which weights do?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from softpower.analysis.reach.search import MOST_SHOWN, Reached, searched
from softpower.analysis.reach.tables import (
    asked_units,
    chart,
    rank_table,
    settings,
    weights_table,
)
from softpower.analysis.shared.admissible import Admissible, counted_note, notes_on_weights
from softpower.analysis.shared.formatting import titled, unit_noun
from softpower.analysis.shared.proven import ENDS
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer
from softpower.engine.exact.averages import score_moments
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.ranks import ExtremeRank
from softpower.engine.run import Run
from softpower.watch import Watch, unwatched


def reach(
    run: Run,
    admissible: Admissible,
    selection: Selection | None = None,
    *,
    seconds: float,
    watch: Watch = unwatched,
) -> Answer:
    """Return the best and the worst rank that admissible weights give each country.

    Parameters
    ----------
    run
        The run whose weights move.
    admissible
        Which of them, and how far.
    selection
        Whose ranks are asked for; those of all by default.
    seconds
        How long a single rank is searched for; after that its proven bound is told.
    watch
        Hands on what is found, so that progress can be shown. If it is interrupted, the answer is
        about the countries that were done by then.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, or what is stated of the weights cannot be.
    MethodError
        If the ranks of this methodology cannot be solved for.
    """
    form = admissible.form(run)
    selection = selection or Selection()
    units = asked_units(form, selection)
    found: list[Reached] = []
    partial = False
    outcomes = searched(run, form, units, seconds)
    try:
        for each in watch(len(units), outcomes, unit_noun(run, plural=True)):
            found.append(each)  # noqa: PERF402  what there is by then counts
    except KeyboardInterrupt:
        if not found:
            raise
        partial = True
    ends = [end for each in found for end in each.ends]
    proven = all(end.extreme.proven and end.confirmed for end in ends)
    mark = f" ({len(found)} of {len(units)}, partial)" if partial else ""
    title = f"{titled(run)}: ranks within reach{mark}"
    tables = [rank_table(run, form, found, title)]
    if len(found) <= MOST_SHOWN:
        tables.append(weights_table(form, found))
    tables.append(settings(form, admissible, found, seconds))
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=(chart(form, found),),
        notes=(
            *_notes(form, found, seconds),
            *selection.remarks(form.batch.ranking.units, len(units)),
        ),
        provenance={
            **run.provenance(),
            "reach": _record(form, admissible, found, seconds, partial),
        },
        complete=proven and not partial,
    )


def _notes(form: WeightForm, found: Sequence[Reached], seconds: float) -> list[str]:
    notes = []
    ends = [(form.units[each.unit].name, end) for each in found for end in each.ends]
    open_ = [(name, end.extreme) for name, end in ends if not end.extreme.proven]
    reasons = {
        True: (f"in {seconds:g} seconds", "Take more `seconds`."),
        False: ("for weights next to zero", "Keep weights off zero (`bounds`)."),
    }
    for spent, (how, mend) in reasons.items():
        if of := [(name, extreme) for name, extreme in open_ if extreme.spent is spent]:
            notes.append(f"Not proven {how}: {_open_rank(*of[0])}.{_and_more(of)} {mend}")
    odd = [name for name, end in ends if not end.confirmed]
    if odd:
        notes.append(
            f"Scored anew under the weights that were found, {odd[0]} has another rank: the weight "
            "of something is zero there, which changes who has enough figures to be ranked. Keep "
            "weights off zero (`bounds`)."
        )
    if score_moments(form) is not None:
        notes.append(
            "Means and spreads are over all weights, each set as likely: of scores the mean under "
            "equal weights and the root of var(y) / (k + 1)."
        )
    if not open_ and not odd:
        notes.append("Every rank is proven, and was scored anew under the weights that attain it.")
    return [*notes, *counted_note(form), *notes_on_weights(form)]


def _open_rank(name: str, extreme: ExtremeRank) -> str:
    return f"rank {extreme.rank:g} of {name}, which may be as far as {extreme.bound:g}"


def _and_more(found: Sequence[object]) -> str:
    return f" So are {len(found) - 1} more." if len(found) > 1 else ""


def _record(
    form: WeightForm,
    admissible: Admissible,
    found: Sequence[Reached],
    seconds: float,
    partial: bool,
) -> dict[str, Any]:
    return {
        **admissible.record(),
        "seconds": seconds,
        "certificates": {
            form.units[each.unit].id: {
                name: {"rank": end.extreme.rank, "bound": end.extreme.bound, "weights": end.percent}
                for name, end in zip(ENDS, each.ends, strict=True)
            }
            for each in found
        },
        **({"partial": True} if partial else {}),
    }
