"""An index with its variants, so that a page may compute what a reader changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from softpower.analysis.explore.starts import Starts, sentence
from softpower.analysis.shared.confidence import Tiers, tiers_of
from softpower.analysis.shared.formatting import score_digits, unit_noun
from softpower.answer import as_path
from softpower.engine.loading import arranged
from softpower.engine.run import Run
from softpower.errors import SoftpowerError, UsageError
from softpower.index.find import locate
from softpower.index.methodology import Methodology
from softpower.methods.model import methods_of
from softpower.version import __version__

OFFERED: Mapping[str, tuple[str, ...]] = {
    "normalise": ("minmax", "zscore", "rank", "percentile", "goalposts"),
    "aggregate": ("arithmetic", "geometric", "harmonic", "median", "minimum"),
    "missing": ("renormalise", "flat", "redistribute", "zero", "missing-if-any"),
}
"""What a reader may choose in place of a run's own, by the setting."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """An index to play with."""

    title: str
    data: Mapping[str, Any] = field(repr=False)
    """All that a page needs to compute rankings, as plain JSON values."""
    notes: tuple[str, ...]
    """What a reader should know of the run, and what is not in the page, in sentences."""

    def save(self, path: str | Path) -> None:
        """Write the page to a file of .html, whole or not at all.

        Raises
        ------
        UsageError
            If the ending is another.
        InputError
            If the file cannot be written.
        """
        from softpower.render.explore import to_page
        from softpower.render.files import write_whole

        target = as_path(path)
        if target.suffix.lower() not in {".html", ".htm"}:
            raise UsageError(
                "A page ends in .html.", mend=f"Such as {target.with_suffix('.html')}."
            )
        write_whole(target, to_page(self.title, self.data).encode())


def explore(run: Run, *, tiers: bool = False) -> Exploration:
    """Return a run and the variants of its index, as a page computes them.

    Parameters
    ----------
    run
        The run that a reader starts from.
    tiers
        Whether the groups are told that standard errors of figures do not tell apart.

    Raises
    ------
    SoftpowerError
        If the index is published and not computed, or a page cannot compute this run.
    """
    index = run.index
    if run.setup is None or index.figures is None:
        note = f" {index.published.note}" if index.published else ""
        raise UsageError(
            f"{index.id} cannot be recomputed, so that there is nothing to move.{note}"
        )
    starts = Starts()
    told, refused = [starts.add(run, *_named(run))], []
    for other, title, reason in _others(run):
        try:
            told.append(starts.add(other, title, reason))
        except SoftpowerError as error:
            refused.append({"name": other.name, "why": str(error)})
    tiered = tiers_of(run) if tiers else Tiers({}, ())
    choices = {setting: _choices(setting, run) for setting in OFFERED}
    left_out = [f"{each['name']} is not in the page: {each['why']}" for each in refused]
    notes = (*index.remarks, *run.doubts, *left_out)
    data = {
        "title": index.title,
        "run": run.in_a_word,
        "typed": _can_be_typed(run),
        "publisher": index.declared.publisher,
        "summary": index.declared.summary,
        "version": __version__,
        "hash": index.hash,
        "units": [{"id": unit.id, "name": unit.name} for unit in index.figures.units],
        "noun": unit_noun(run),
        "decimals": score_digits(run, run.score().scores),
        "columns": starts.columns.plain(),
        "trees": starts.trees,
        "starts": told,
        "choices": choices,
        "words": starts.words,
        "tiers": tiered.of or None,
        "notes": [*notes, *tiered.notes],
    }
    return Exploration(index.title, data, notes)


def _named(run: Run) -> tuple[str, str]:
    """Return the title of the run that a reader starts from, and the reason for it."""
    if len(run.variants) == 1 and not run.asked:
        variant = run.index.variants[run.variants[0]]
        return variant.title, variant.reason
    return run.changes or run.index.title, ""


def _can_be_typed(run: Run) -> bool:
    """Say whether a command finds the index: not one that was made from a data frame."""
    try:
        locate(run.identifier)
    except SoftpowerError:
        return False
    return True


def _others(run: Run) -> Iterator[tuple[Run, str, str]]:
    """Yield the index as it is declared and each variant, but for the run itself."""
    index = run.index
    if run.variants or run.asked:
        plain = arranged(index, (), None, run.identifier)
        yield plain, index.title, ""
    for name, variant in index.variants.items():
        if (name,) != run.variants or run.asked:
            other = arranged(index, (name,), None, run.identifier)
            yield other, variant.title, variant.reason


def _choices(setting: str, run: Run) -> list[dict[str, Any]]:
    """Return the methods that a reader may choose for a setting, with a sentence on each."""
    assert run.setup is not None  # noqa: S101
    posts = all(item.goalposts is not None for item in run.setup.framework.indicators())
    found = []
    for method in methods_of(Methodology.model_fields[setting].annotation):
        name = method.name()
        if name in OFFERED[setting] and (name != "goalposts" or posts):
            stated = method()
            plain = stated.model_dump(mode="json")
            found.append({"word": str(stated), "says": sentence(method), "method": plain})
    order = OFFERED[setting]
    return sorted(found, key=lambda each: order.index(each["method"]["method"]))
