"""Does a claim hold for all admissible weights, for none, or which small change turns it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from softpower import defaults
from softpower.analysis.claim.kinds import Above, Claim, InTop, LeadsBy, RankBetween, RankIs
from softpower.analysis.claim.together import Together
from softpower.analysis.shared.admissible import Admissible, shift_in_words
from softpower.analysis.shared.variation import Variation
from softpower.engine.exact.averages import is_score
from softpower.engine.exact.changes import Change, smallest_change
from softpower.engine.exact.extremes import change_to_rank, extreme_rank
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import least_of
from softpower.engine.exact.places import change_to_lead, most_places
from softpower.engine.exact.satisfied import APART
from softpower.engine.run import Run
from softpower.errors import MethodError, SoftpowerError
from softpower.index.units import Unit
from softpower.methods.model import Floats
from softpower.methods.sample import Bounds
from softpower.methods.space import WeightSpace
from softpower.methods.ties import rank


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of one claim."""

    word: str = ""
    """``all``, ``none`` or ``some`` weights; empty where nothing is proven."""
    told: str = ""
    """The same as a sentence, with the smallest change that turns the answer."""
    size: float | None = None
    """The sum of the changes of weights that turn it."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What is proven of all claims, and of which weights."""

    proofs: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """Return what was proven as plain JSON values."""
        if not self.proofs:
            return {}
        found = [{"for": proof.word, "smallest_change": proof.size} for proof in self.proofs]
        return {"proven": {**self.about, "nodes": defaults.NODES, "claims": found}}


def prove(run: Run, claims: Sequence[Claim], variation: Variation) -> Proofs:
    """Return what is proven of claims, each of which can be judged under the run.

    Where the ranks of all weights that vary cannot be solved for, it is about those of the pillars.
    """
    how = variation.weights
    space = how if isinstance(how, WeightSpace) else WeightSpace.stated()
    if isinstance(how, Bounds):
        space = WeightSpace.stated(within=how.percent)
    levels = None if variation.levels == ("all",) and space.names() else variation.levels
    note = ""
    try:
        try:
            admissible = Admissible(space, levels)
            form = _linear(admissible, run)
        except MethodError:
            admissible, note = Admissible(space), ", those of the pillars only"
            form = _linear(admissible, run)
    except SoftpowerError as error:
        return Proofs(notes=(f"Nothing is proven for all weights: {error.what}",))
    proofs = tuple(_proof(form, claim) for claim in claims)
    told = (
        "Proven for: whether a claim holds under all, some or none of the values of "
        f"{admissible.told(form)}{note}; solved, not drawn."
    )
    return Proofs(proofs, (told,), admissible.record())


def _linear(admissible: Admissible, run: Run) -> WeightForm:
    form = admissible.form(run)
    form.comparisons(0)
    return form


def _proof(form: WeightForm, claim: Claim) -> Proof:
    try:
        if isinstance(claim, Above):
            return _of_form(form, *_lead(form, claim))
        if isinstance(claim, LeadsBy) and claim.counts_points and is_score(form):
            return _of_form(form, _beyond(form, claim), ">=")
        if isinstance(claim, LeadsBy) and not claim.counts_points:
            return _of_places(form, claim)
        if isinstance(claim, InTop) and claim.end == "top":
            return _of_ranks(form, claim.unit, 1, claim.count, negated=claim.negated)
        if isinstance(claim, InTop) and form.batch.methodology.ties == "competition":
            turned = replace(form, values=-form.values)
            return _of_ranks(turned, claim.unit, 1, claim.count, negated=claim.negated)
        if isinstance(claim, RankIs):
            return _of_ranks(form, claim.unit, claim.place, claim.place, negated=claim.negated)
        if isinstance(claim, RankBetween):
            return _of_ranks(form, claim.unit, claim.low, claim.high, negated=claim.negated)
        if isinstance(claim, Together):
            return _of_all([_proof(form, part) for part in claim.parts], form, claim)
    except MethodError:
        pass
    return Proof()


def _of_all(parts: Sequence[Proof], form: WeightForm, claim: Together) -> Proof:
    """Return what is proven of claims together from what is proven of each."""
    words = [part.word for part in parts]
    if "none" in words or set(words) == {"all"}:
        return _settled(every="none" not in words)
    if not claim.holds(form.batch.ranking):
        return _made_true(form, claim.parts)
    if "" in words:
        return Proof()
    turned = [part for part in parts if part.size is not None]
    return min(turned, key=lambda part: part.size or 0.0, default=Proof("some"))


def _made_true(form: WeightForm, parts: Sequence[Claim]) -> Proof:
    """Return what is proven of claims about two units each, which do not hold together."""
    pairs = [
        each for each in parts if isinstance(each, Above) and each.relation in {*"<>", "<=", ">="}
    ]
    if len(pairs) < len(parts):
        return Proof()
    rows = [_lead(form, each) for each in pairs]
    forms = np.vstack([ahead for ahead, _ in rows])
    strict = np.array([relation == ">" for _, relation in rows])
    change = smallest_change(form.region, forms, margins=strict * APART * np.abs(forms).max(axis=1))
    return _settled(every=False) if change is None else _turned(form, change, holds=False)


def _at(form: WeightForm, unit: Unit) -> int:
    return next(i for i, each in enumerate(form.units) if each.id == unit.id)


def _lead(form: WeightForm, claim: Above) -> tuple[Floats, str]:
    """Return the comparison of two units (1, k), and the relation to zero that is claimed of it."""
    relation = claim.relation
    ahead = form.comparisons(_at(form, claim.second))[[_at(form, claim.first)]]
    if relation in {"<", "<="}:
        return -ahead, ">" if relation == "<" else ">="
    return ahead, relation


def _beyond(form: WeightForm, claim: LeadsBy) -> Floats:
    """Return by how much a lead is larger than claimed (1, k): weights have sum 1."""
    ahead = form.comparisons(_at(form, claim.second))[[_at(form, claim.first)]]
    return np.asarray(ahead - claim.by)


def _of_form(form: WeightForm, ahead: Floats, relation: str) -> Proof:
    """Return what is proven of a form and zero, by the least and the largest that it is."""
    noise = APART * float(np.abs(ahead).max(initial=0.0))
    low, high = float(least_of(form.region, ahead)[0]), -float(least_of(form.region, -ahead)[0])
    own = float(ahead[0] @ form.region.nominal)
    verdicts = {
        ">": (low > noise, high <= noise, own > noise),
        ">=": (low >= -noise, high < -noise, own >= -noise),
        "=": (high <= noise and low >= -noise, low > noise or high < -noise, abs(own) <= noise),
        "!=": (low > noise or high < -noise, high <= noise and low >= -noise, abs(own) > noise),
    }
    every, none, holds = verdicts[relation]
    if every or none:
        return _settled(every=every)
    level = abs(own) <= noise
    towards = -ahead if own > 0 else ahead
    change = None if level else smallest_change(form.region, towards)
    return _turned(form, change, holds=holds)


def _of_ranks(form: WeightForm, unit: Unit, low: int, high: int, *, negated: bool) -> Proof:
    """Return what is proven of a unit whose rank is claimed to lie between two."""
    row = _at(form, unit)
    best = extreme_rank(form, row, "best", nodes=defaults.NODES)
    worst = extreme_rank(form, row, "worst", nodes=defaults.NODES)
    inside = low <= best.bound and worst.bound <= high
    outside = best.bound > high or worst.bound < low
    if inside or outside:
        return _settled(every=inside is not negated)
    if not (best.proven and worst.proven):
        ends = f"{best.bound:g} and {worst.bound:g}"
        late = f"in {defaults.NODES:,} nodes of a program: softpower reach searches on."
        return Proof(told=f"No more is proven than a rank between {ends} {late}")
    size = np.abs(form.values).max(initial=0.0)
    nominal = form.scores(form.region.nominal)
    place = rank(nominal, form.batch.methodology.ties, magnitude=size)[row]
    holds = bool(low <= place <= high)
    changes = []
    if holds:
        changes.append(change_to_rank(form, row, high + 1, end="worst", nodes=defaults.NODES))
        if low > 1:
            changes.append(change_to_rank(form, row, low - 1, nodes=defaults.NODES))
    elif place > high:
        changes.append(change_to_rank(form, row, high, nodes=defaults.NODES))
    else:
        changes.append(change_to_rank(form, row, low, end="worst", nodes=defaults.NODES))
    return _smallest(form, changes, holds=holds is not negated)


def _of_places(form: WeightForm, claim: LeadsBy) -> Proof:
    """Return what is proven of the places that one unit is ahead of another."""
    first, second = _at(form, claim.first), _at(form, claim.second)
    most, high = most_places(form, first, second, defaults.NODES)
    least, low = (-each for each in most_places(form, second, first, defaults.NODES))
    if low >= claim.by or high < claim.by:
        return _settled(every=low >= claim.by)
    if (most, least) != (high, low):
        ends = f"{low:g} and {high:g} places"
        late = f"in {defaults.NODES:,} nodes of a program."
        return Proof(told=f"No more is proven than a lead between {ends} {late}")
    places = rank(
        form.scores(form.region.nominal),
        form.batch.methodology.ties,
        magnitude=np.abs(form.values).max(initial=0.0),
    )
    holds = bool(places[second] - places[first] >= claim.by)
    step = 0.5 if form.batch.methodology.ties == "average" else 1.0
    change = (
        change_to_lead(form, second, first, step - claim.by, defaults.NODES)
        if holds
        else change_to_lead(form, first, second, claim.by, defaults.NODES)
    )
    return _smallest(form, [change], holds=holds)


def _smallest(form: WeightForm, changes: Sequence[Change | None], *, holds: bool) -> Proof:
    """Return that the smallest of some changes turns the answer, if it is proven to be."""
    found = [each for each in changes if each is not None]
    smallest = min(found, key=lambda change: change.size, default=None)
    if smallest and min(each.bound for each in found) < smallest.size - 1e-6:
        late = f"The smallest change is not found in {defaults.NODES:,} nodes"
        return Proof("some", f"{late}: softpower flip searches on.")
    return _turned(form, smallest, holds=holds)


def _settled(*, every: bool) -> Proof:
    if every:
        return Proof("all", "No admissible weights break it.")
    return Proof("none", "No admissible weights make it true.")


def _turned(form: WeightForm, change: Change | None, *, holds: bool) -> Proof:
    if change is None or change.size <= 0:
        return Proof("some")
    does = "breaks it" if holds else "makes it true"
    return Proof("some", f"{shift_in_words(form, change.weights)} {does}.", change.size)
