"""Which comparisons hold for all admissible weights, and how firmly the others do?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.reach.pair_tables import chart_of_order, order_table, pair_table
from softpower.analysis.reach.tables import asked_units
from softpower.analysis.shared.admissible import Admissible, counted_note, notes_on_weights
from softpower.analysis.shared.comparisons import FIRM, Relations, relations
from softpower.analysis.shared.formatting import titled, unit_noun
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Cell, Table, facts
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.watch import Watch, unwatched


def pairs(
    run: Run, admissible: Admissible, selection: Selection, watch: Watch = unwatched
) -> Answer:
    """Return what holds between countries for all admissible weights: tiers and pairs.

    Parameters
    ----------
    run
        The run whose weights move.
    admissible
        Which of them, and how far.
    selection
        Between which countries; all by default.
    watch
        Hands on what is found, so that progress can be shown.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, or there are no two.
    MethodError
        If scores are no linear form of the weights.
    """
    form = admissible.form(run)
    units = asked_units(form, selection)
    if len(units) < 2:
        raise UsageError("There is no pair to compare.", mend="Name two countries, or take `all`.")
    found = relations(form, units, watch, unit_noun(run, plural=True))
    title = f"{titled(run)}: comparisons that hold for all admissible weights"
    return Answer(
        title=title,
        tables=(
            order_table(run, found, title),
            pair_table(found),
            _settings(admissible, found),
        ),
        charts=(chart_of_order(found),),
        notes=(*_notes(found), *selection.remarks(form.batch.ranking.units, len(units))),
        provenance={**run.provenance(), "reach": {**admissible.record(), "pairs": True}},
        complete=not found.open,
    )


def _settings(admissible: Admissible, found: Relations) -> Table:
    ahead = np.triu(np.ones_like(found.always), k=1)
    pairs = int(ahead.sum())
    holding, firmness = found.always | found.always.T, found.firmness
    firm = ahead & (np.fmax(firmness, firmness.T) >= FIRM)
    items: list[tuple[str, Cell]] = [
        ("May move", admissible.told(found.form)),
        ("Pairs", f"{pairs:,} of {len(found.units)} units"),
        ("Hold for all these weights", _share(int((holding & ahead).sum()), pairs)),
        (
            f"Hold until {FIRM:.0%} is in others",
            _share(int(firm.sum()), pairs) if found.form.linear else None,
        ),
        ("Tiers", f"{max(found.order.tiers)}"),
    ]
    return facts("settings", "What was asked", items)


def _share(count: int, pairs: int) -> str:
    return f"{100 * count / pairs:.1f} % ({count:,})"


def _notes(found: Relations) -> list[str]:
    how = (
        "counted"
        if found.order.exact
        else "by the local partial order model (LPOMext), shares of orders by its balance"
    )
    belief = (
        "Belief in others: r = A / (A + B), the share of belief that any other admissible weights "
        "may have before the pair turns."
    )
    notes = [
        f"Average ranks are among those shown, over all orders that agree with this one: {how}."
    ]
    if found.form.linear:
        notes.append(belief)
    else:
        notes += [*counted_note(found.form), "Of quotients there is no belief in closed form."]
    if found.open:
        notes.append(f"Of {found.open:,} comparisons it is not proven whether they hold.")
    notes += notes_on_weights(found.form)
    if found.wins is None:
        notes.append(
            "Over these weights there is no mean rank in closed form: softpower robustness draws "
            "them."
        )
    else:
        notes.append("Mean ranks are among those shown, over all weights, each set as likely.")
    return notes
