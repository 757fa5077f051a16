"""How a run comes about: of its name, of an index that has been read, or of another run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any
from warnings import warn

from softpower.engine.asked import as_patch, nodes_of
from softpower.engine.run import Run
from softpower.errors import DoubtWarning, InputError, SoftpowerError, UsageError, did_you_mean
from softpower.given import Names, mapping, names
from softpower.index.find import identified, locate, shipped
from softpower.index.ids import spelled
from softpower.index.index import MAIN, Index
from softpower.index.name import is_folder, parse_name, stack_name
from softpower.index.patch import apply, refuse_contradiction, refuse_said_of_left_out
from softpower.index.reading.folder import read
from softpower.index.reweighting import made_room
from softpower.index.stacked import left_out, overlay, stack
from softpower.index.variant import Patch


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

    Warns
    -----
    DoubtWarning
        Of changes that may have been meant otherwise, such as a weight of 0.4.

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
    told = name.doubts if isinstance(name, Run) else ()
    for doubt in run.doubts:
        if doubt not in told:
            warn(doubt, DoubtWarning, stacklevel=2)
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
