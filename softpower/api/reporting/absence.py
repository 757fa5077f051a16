"""Which sections a report does not have, and what is stated to no effect on those that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from softpower.api.reporting.subject import Subject
from softpower.errors import MethodError, UsageError, did_you_mean
from softpower.index.people import is_people

ABSENT = {
    "published": "no published result lies beside what is computed",
    "yardstick": "no yardstick lists ten of the same {nouns}, or none was wanted",
    "variants": "the index declares no variant",
}
"""Why a section is absent where it is not for want of figures."""

DRAWN = ("robustness", "countries", "certainty")
"""The sections for which weights are drawn."""

RESCORED = ("variants", "choices", "audit")
"""The sections for which the index is scored anew under many choices."""

MOVED = {
    **dict.fromkeys(
        ("weights", "levels", "within", "bounds", "ratio", "order", "draws", "seed", "threads"),
        DRAWN,
    ),
    "yardstick": ("yardstick", "audit", "countries", "certainty"),
    "region": ("ranking", "yardstick", "variants", "choices", "robustness", "countries"),
}
"""The sections on which each parameter has an effect."""


def too_long(subject: Subject, name: str) -> MethodError:
    """Return why a section is not made that scores the index anew some hundred times."""
    return MethodError(
        f"It scores the index anew for every choice, which takes many minutes under "
        f"weight = {subject.costly}.",
        mend=f"Ask for it: `section={name!r}`.",
    )


def absences(subject: Subject, missing: Sequence[str]) -> tuple[str, ...]:
    """Return which sections a report has not, and why."""
    reasons: dict[str, list[str]] = {}
    for name in missing:
        reasons.setdefault(why_absent(subject, name), []).append(name)
    return tuple(
        f"{'Sections' if len(found) > 1 else 'Section'} left out, for {why}: {', '.join(found)}."
        for why, found in reasons.items()
    )


def why_absent(subject: Subject, name: str) -> str:
    """Return why a report has no section of a name."""
    if not subject.computed and name != "yardstick":
        return f"{subject.run.name} is published, not computed"
    return ABSENT.get(name, "it would say nothing").format(nouns=subject.nouns)


def refuse_unknown(chosen: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a section that there is not, with the nearest."""
    for name in chosen:
        if name not in known:
            mend = did_you_mean(name, known) or f"Known: {', '.join(known)}."
            raise UsageError(f"There is no section {name!r}.", mend=mend)


def refuse_people(weights: str | None) -> None:
    """Refuse a table of weights that people stated: a report draws them."""
    if weights is not None and is_people(str(weights)):
        raise UsageError(
            f"A report draws weights, and takes none that people stated ({weights}).",
            mend="softpower robustness takes such a file.",
        )


def refuse_ineffective(
    subject: Subject, wanted: Sequence[str], stated: Mapping[str, object]
) -> None:
    """Refuse what none of the sections that are made depends on."""
    for word, value in stated.items():
        moved = MOVED[word]
        idle = not any(name in moved or name.startswith("country-") for name in wanted)
        if value is not None and (idle or (moved is DRAWN and not subject.computed)):
            raise UsageError(
                f"`{word}` has no effect on the sections of this report.",
                mend=f"Leave it out, or take one of {', '.join(moved)}.",
            )
