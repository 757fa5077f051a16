"""A run: an index under a methodology, named ``INDEX[@VARIANT[+VARIANT...]]``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from softpower.engine.asked import as_arguments, as_patch, as_phrases, nodes_of
from softpower.engine.cache import Cache
from softpower.engine.ranking import Note, Ranking
from softpower.engine.score import resolved, score_setup
from softpower.equality import ByValue
from softpower.errors import InputError, SoftpowerError, UsageError, did_you_mean
from softpower.given import Names, mapping, names
from softpower.index.find import identified, locate, shipped
from softpower.index.ids import spelled
from softpower.index.index import MAIN, Index
from softpower.index.name import RunName, is_folder, parse_name, stack_name
from softpower.index.patch import (
    Setup,
    apply,
    lost_breaks,
    refuse_contradiction,
    refuse_said_of_left_out,
)
from softpower.index.reading.folder import read
from softpower.index.reweighting import made_room
from softpower.index.stacked import left_out, overlay, stack
from softpower.index.text import listed
from softpower.index.tree import Framework, Pillar
from softpower.index.variant import Patch
from softpower.methods.normalise import Normalisation
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.version import __version__


class Scale(NamedTuple):
    """What decides on the scale of scores."""

    method: Normalisation
    sense: int
    """1 where the highest score is best, -1 where the lowest is."""
    summed: bool
    """Whether weights are not divided by their sum."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Run(ByValue):
    """An index with the patches that were asked for, ready to be scored."""

    index: Index
    identifier: str
    """The index as it was named: a shipped id or the path of a folder or workbook."""
    variants: tuple[str, ...]
    """The variants that are stacked on it, from left to right."""
    asked: Patch
    """What was changed beside the variants."""
    patch: Patch
    """All changes together."""
    setup: Setup | None
    """What the score is computed from; ``None`` for an index that is only published."""

    def __repr__(self) -> str:
        changed = f" ({self.changes})" if self.changes else ""
        return f"<Run {self.name}: {self.index.title}{changed}>"

    def _repr_html_(self) -> str:
        """Return the run as a notebook shows it."""
        from softpower.answer import facts

        declared = self.index.declared
        table = facts(
            "run",
            self.index.title,
            [
                ("Run", self.name),
                ("Changes", ", ".join(as_phrases(self.index, self.asked))),
                ("Publisher", declared.publisher),
                ("Summary", declared.summary),
            ],
        )
        return table._repr_html_()

    @property
    def name(self) -> str:
        """The run as it is written, with its variants."""
        return str(RunName(self.identifier, self.variants))

    @property
    def scale(self) -> Scale | None:
        """What decides on the scale of the scores; ``None`` where they are as published."""
        return None if self.setup is None else scale_of(self.setup)

    @property
    def in_a_word(self) -> str:
        """The run as it is written beside others, with its changes behind its name."""
        return ", ".join([self.name, *as_phrases(self.index, self.asked)])

    @property
    def changes(self) -> str:
        """The variants and changes in short, such as ``@geometric, normalise=zscore``."""
        said = [stack_name(self.variants)] if self.variants else []
        return ", ".join([*said, *as_phrases(self.index, self.asked)])

    @property
    def doubts(self) -> tuple[str, ...]:
        """What of the changes may have been meant otherwise, a sentence each."""
        small = {name: w for name, w in self.asked.weights.items() if 0 < w <= 1}
        return (
            *(
                f"{name}={weight:.12g} is {weight:.12g} percent; if a share of one is meant, write "
                f"{name}={100 * weight:.12g}."
                for name, weight in small.items()
            ),
            *self._uneven(),
            *(
                f"{name} is left out, and puts no equal scores in order."
                for name in self.lost_breaks
            ),
        )

    def _uneven(self) -> Iterator[str]:
        """Yield of which siblings all weights are stated, and sum to something else than 100.

        Weights that are rounded to a percent each may miss it by half of one each.
        """
        stated = self.asked.weights
        root = self.setup.framework.root if self.setup is not None and stated else None
        for pillar in (root, *root.pillars()) if root is not None else ():
            ids = {child.id: None for child in pillar.children}
            total = sum(stated.get(name, 0.0) for name in ids)
            if stated.keys() >= ids.keys() and abs(total - 100) > 0.5 * len(ids):
                said = listed([f"{name}={stated[name]:g}" for name in ids], 6)
                yield (
                    f"The weights {said} sum to {total:.6g} percent, and count by their shares of "
                    "that."
                )

    @property
    def lost_breaks(self) -> tuple[str, ...]:
        """What would put equal scores in order, had it not been left out."""
        if self.setup is None:
            return ()
        return tuple(lost_breaks(self.index, self.patch.methodology, self.setup))

    def score(self, cache: Cache | None = None) -> Ranking:
        """Return the ranking: computed, or as published where it cannot be computed.

        A ``cache`` that has scored other runs of the index shares what they have in common.

        Raises
        ------
        MethodError
            If a method refuses the figures.
        """
        if self.setup is None:
            return _as_published(self.index)
        rankings = _rankings.get()
        if rankings is None:
            return score_setup(self.setup, cache)
        if self not in rankings:
            rankings[self] = score_setup(self.setup, cache)
        return rankings[self]

    def provenance(self) -> dict[str, Any]:
        """Return all that is needed to repeat the run, as plain JSON values.

        ``softpower.load(provenance["run"], **provenance["changes"])`` is the same run.
        """
        about: dict[str, Any] = {
            "softpower": __version__,
            "run": self.name,
            "changes": as_arguments(self.index, self.asked),
            "index": self.index.id,
            "title": self.index.title,
            "publisher": self.index.declared.publisher,
            "edition": self.index.declared.edition,
            "hash": self.index.hash,
        }
        if self.setup is None:
            about["published"] = True
            return about
        about["framework"] = self.setup.framework.id
        methodology = resolved(self.setup.methodology, self.setup.framework)
        about["methodology"] = methodology.model_dump(mode="json")
        about["weights"] = {
            node.id: node.weight for depth, node in self.setup.framework.root.walk() if depth
        }
        return about


_rankings: ContextVar[dict[Run, Ranking] | None] = ContextVar("rankings", default=None)


@contextmanager
def scored_once() -> Iterator[None]:
    """Remember rankings meanwhile, so that several questions of a run score it once."""
    token = _rankings.set({})
    try:
        yield
    finally:
        _rankings.reset(token)


def scale_of(setup: Setup) -> Scale:
    """Return what decides on the scale of the scores of a setup."""
    methodology = resolved(setup.methodology, setup.framework)
    sense, root = methodology.sense, setup.framework.root
    if not isinstance(methodology.scale, NoNormalisation):
        return Scale(methodology.scale, sense, summed=False)
    again = methodology.renormalisation_at(0)
    between = root.depth() > 1 and not isinstance(again, NoNormalisation)
    summed = (root.aggregate or methodology.aggregation_at(0)).undivided
    return Scale(again if between else methodology.normalise, sense, summed=summed)


def load(
    name: str | PathLike[str] | Index | Run,
    *,
    set: Mapping[str, Any] | None = None,  # noqa: A002  the same word as on the command line
    weights: Mapping[str, float] | None = None,
    omit: Names = (),
    variants: Names = (),
    reader: Callable[[Path], Index] = read,
) -> Run:
    """Return an index, under a methodology, ready to be scored.

    ``load(provenance["run"], **provenance["changes"])`` repeats the run of an answer. An index of
    a data frame has no name to be found by: there, it stands itself in place of
    ``provenance["run"]``, with its ``variants`` beside it.

    Parameters
    ----------
    name
        ``INDEX[@VARIANT[+VARIANT...]]``, where INDEX is a shipped id or the path of a folder or a
        workbook; an index, such as one that was made from a data frame; or a run, to be changed
        further.
    set
        Fields of the methodology (``{"normalise": "zscore"}``), ``framework``, and fields of an
        indicator (``{"indicators.ID.transform": "log"}``).
    weights
        Weights of pillars and indicators, in percent within the parent.
    omit
        Ids of indicators and pillars, or names of countries, to leave out.
    variants
        Variants of the index that are stacked on those of the name.
    reader
        Reads a folder; one that remembers what it has read spares further runs of an index that.

    Raises
    ------
    SoftpowerError
        If anything named is not known, or the folder has problems.

    Examples
    --------
    >>> import softpower
    >>> softpower.load("hdi-2022", set={"aggregate": "arithmetic"}, omit="health")
    <Run hdi-2022: Human Development Index 2022 (aggregate=arithmetic, omit=health)>
    """
    index, identifier, stacked, before = _found(name, reader)
    asked = as_patch(
        index,
        mapping(set, "set", {"aggregate": "geometric"}),
        mapping(weights, "weights", {"culture": 40}),
        names(omit, "omit"),
        identifier,
    )
    if before:
        both = overlay(before, asked)
        asked = Patch.model_validate({key: getattr(both, key) for key in Patch.model_fields})
    run = arranged(index, (*stacked, *names(variants, "variants")), asked, identifier)
    if run.setup is not None:
        refuse_said_of_left_out(run.setup.framework, asked)
        if lost := run.lost_breaks if "tiebreak" in asked.methodology else ():
            raise UsageError(
                f"{lost[0]} is to put equal scores in order and left out.",
                mend="Leave one of the two away.",
            )
    return run


def refuse_bare_variant(name: str, first: Run) -> None:
    """Refuse the name of a further run that is a variant's of the first one's index, without its @.

    Raises
    ------
    UsageError
        If no index has the name, and a variant does.
    """
    variant = spelled(name, first.index.variants)
    if (
        variant in first.index.variants
        and not is_folder(name)
        and identified(name) not in shipped()
    ):
        raise UsageError(
            f"There is no index {name!r}, but a variant of {first.index.id}.",
            mend=f"Write {stack_name([variant])}.",
        )
    nodes = nodes_of(first.index)
    if (node := spelled(name, nodes)) in nodes and not is_folder(name):
        raise UsageError(
            f"There is no index {name!r}, but {node} has a weight in {first.index.id}.",
            mend=f"Write {node}=40 for 40 percent.",
        )


def _found(
    name: str | PathLike[str] | Index | Run, reader: Callable[[Path], Index]
) -> tuple[Index, str, tuple[str, ...], Patch]:
    """Return the index that is meant, how it is called, its variants and its changes so far."""
    if isinstance(name, Run):
        return name.index, name.identifier, name.variants, name.asked
    if isinstance(name, Index):
        return name, name.id, (), Patch()
    if hasattr(name, "reset_index"):
        raise UsageError(
            "A data frame is no index.", mend="Make one of it: softpower.index_from(frame)."
        )
    if not isinstance(name, str | PathLike):
        raise UsageError(
            f"{name!r} is neither the name of a run nor an index.",
            mend='Name one, such as "open-soft-power@geometric".',
        )
    identifier, variants = parse_name(str(name))
    identifier = identified(identifier)
    return reader(locate(identifier)), identifier, variants, Patch()


def arranged(
    index: Index,
    variants: Sequence[str],
    asked: Patch | None = None,
    identifier: str = "",
    *,
    sound: Collection[str] = (),
) -> Run:
    """Return the run of an index that has been read, under stacked variants and further changes.

    ``sound`` are variants that are known to make sense by themselves.

    Raises
    ------
    UsageError
        If a variant is not known, or the changes contradict one another or make no sense.
    InputError
        If a variant makes no sense by itself, with its place.
    """
    identifier = identifier or index.id
    patches: list[tuple[str, Patch]] = []
    variants = [spelled(variant, index.variants) for variant in variants]
    for variant in variants:
        if variant not in index.variants:
            mend = did_you_mean(variant, index.variants) or "See: softpower show " + identifier
            raise UsageError(f"{index.id} has no variant {variant!r}.", mend=mend)
        if variants.count(variant) > 1:
            raise UsageError(f"The variant {variant} is named twice.", mend="Name it once.")
        patches.append((stack_name([variant]), index.variants[variant]))
    asked = asked or Patch()
    stacked = stack(patches)
    patch = overlay(stacked, asked)
    if (
        asked.weights
        and stacked.weights
        and (tree := index.frameworks.get(patch.framework or MAIN))
    ):
        room = made_room(tree.root, stacked.weights, asked.weights, left_out(patch))
        patch = patch.model_copy(update={"weights": {**patch.weights, **room}})
    try:
        for variant in variants:
            refuse_contradiction(index, index.variants[variant])
        setup = None if index.figures is None and not (patch or variants) else apply(index, patch)
    except UsageError:
        for variant in variants:
            if variant not in sound:
                _refuse_unsound(index, variant)
        raise
    return Run(index, identifier, tuple(variants), asked, patch, setup)


def sound_variants(index: Index) -> frozenset[str]:
    """Return the variants of an index that make sense by themselves."""
    found = []
    for name in index.variants:
        with suppress(SoftpowerError):
            _refuse_unsound(index, name)
            found.append(name)
    return frozenset(found)


def _refuse_unsound(index: Index, name: str) -> None:
    """Refuse a variant that would not make sense by itself."""
    variant = index.variants[name]
    try:
        apply(index, variant)
        refuse_contradiction(index, variant)
    except UsageError as error:
        mend = error.mend or "Correct the variant, or remove it."
        raise InputError(error.what, location=index.variant_places[name], mend=mend) from error


def changed(
    run: Run,
    set: Mapping[str, Any],  # noqa: A002  the same word as on the command line
    *,
    omit: Sequence[str] = (),
    variants: Sequence[str] = (),
) -> Run:
    """Return a run with further changes on top of those that it has.

    Raises
    ------
    UsageError
        If anything named is not known, or makes no sense.
    """
    asked = overlay(run.asked, as_patch(run.index, set, {}, omit, run.identifier))
    return arranged(run.index, (*run.variants, *variants), asked, run.identifier)


def _as_published(index: Index) -> Ranking:
    """Return the publisher's own scores and ranks as a ranking."""
    published = index.published
    if published is None:
        raise UsageError(f"{index.id} has neither figures nor published results.")
    count = len(published.units)
    notes = [f"As published by {index.publisher}, not recomputed.", published.note]
    if published.partial:
        notes.insert(0, f"{published.partial.capitalize()}.")
    return Ranking(
        units=published.units,
        scores=published.scores,
        ranks=published.ranks,
        framework=Framework("published", index.title, Pillar("", index.title)),
        pillars={},
        weights={"": 1.0},
        local_weights={},
        unit_weights=np.zeros((count, 0)),
        totals=published.scores,
        contributions=np.zeros((count, 0)),
        stages={},
        imputed=np.zeros((count, 0), dtype=bool),
        unranked={
            unit.id: "is not among the published ranks that are known"
            for unit, location in zip(published.units, published.ranks, strict=True)
            if np.isnan(location)
        },
        notes=tuple(Note("published", "", note) for note in notes if note),
        sense=index.methodology.sense,
    )
