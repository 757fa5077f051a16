"""A report on an index, or on one country in it, composed of the answers to other questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from shlex import quote

from softpower import defaults
from softpower.answer import Table, facts
from softpower.api.auditing import yardsticks
from softpower.api.reporting import findings, method, origins, results, shifts
from softpower.api.reporting.absence import (
    RESCORED,
    absences,
    refuse_ineffective,
    refuse_people,
    refuse_unknown,
    too_long,
    why_absent,
)
from softpower.api.reporting.pages import countries, standing
from softpower.api.reporting.profile import PROFILE, profile
from softpower.api.reporting.subject import Choices, Subject, run_words
from softpower.api.space import Bounds, Within
from softpower.api.varying import seed_of
from softpower.api.words import Named, as_run
from softpower.document import Document, Section
from softpower.engine.run import scored_once
from softpower.errors import SoftpowerError, UsageError
from softpower.given import Names, names, optional_count
from softpower.version import __version__
from softpower.watch import Watch, unwatched

Make = Callable[[Subject], Section | None]

WHOLE: dict[str, Make] = {
    "about": method.about,
    "ranking": results.ranking,
    "method": method.method,
    "weights": method.tree,
    "coverage": results.coverage,
    "published": results.published,
    "yardstick": shifts.yardstick,
    "variants": shifts.variants,
    "choices": shifts.choices,
    "robustness": shifts.robustness,
    "audit": findings.audit,
    "countries": countries,
    "sources": origins.sources,
}
"""The sections of a report on an index, in order; the last says how it is computed again."""


def report(
    run: Named,
    *,
    country: Names = (),
    section: Names = (),
    title: str | None = None,
    top: int | None = None,
    region: Names = (),
    yardstick: Named | Sequence[Named] | None = None,
    weights: str | None = None,
    levels: Names = defaults.LEVELS,
    within: Within = None,
    bounds: Bounds = (),
    ratio: Bounds = (),
    order: Names = (),
    draws: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    watch: Watch = unwatched,
) -> Document:
    """Return a report on an index, or a profile of countries in it, to be written to a file.

    Parameters
    ----------
    run
        A run, an index, or the name of a run.
    country
        A profile of these countries instead: where each score comes from, and what would move it.
    section
        These sections only: ``about``, ``ranking``, ``method``, ``weights``, ``coverage``,
        ``published``, ``yardstick``, ``variants``, ``choices``, ``robustness``, ``audit``,
        ``countries``, ``sources`` and ``reproduction``; of a profile ``standing``, ``pillars``,
        ``strengths``, ``choices``, ``certainty``, ``figures``, ``method``, ``sources`` and
        ``reproduction``.
    title
        What stands above it, if not the title of the index.
    top
        How many rows are drawn, and shown of a long table before it is unfolded; 20 if left out.
    region
        The countries of these regions, subregions, income groups or groups that countries join
        only.
    yardstick
        Runs that are said to measure the same, or ``none``; as for :func:`audit` if left out.
    weights, levels, within, bounds, ratio, order, draws, seed, threads
        How weights vary, and how often they are drawn: as for :func:`robustness`.
    watch
        Hands the sections on as they are made, so that progress can be shown.

    Raises
    ------
    SoftpowerError
        If anything named is not known, or a section that was asked for cannot be computed.

    Examples
    --------
    >>> import softpower, pathlib, tempfile
    >>> document = softpower.report("hdi-2022", section=["ranking", "method"])
    >>> document.section("ranking").says.partition(",")[0]
    'Switzerland (0.967) is the best of 193 ranked countries'
    >>> document.save(pathlib.Path(tempfile.mkdtemp()) / "hdi.html")
    """
    asked = as_run(run)
    people, chosen = names(country, "country"), names(section, "section")
    usual = levels == defaults.LEVELS
    how = {
        "weights": weights,
        "levels": None if usual else ",".join(names(levels, "levels")),
        "within": within,
        "bounds": bounds or None,
        "ratio": ratio or None,
        "order": order or None,
        "draws": optional_count(draws, "draws"),
        "seed": None if seed is None else seed_of(seed),
        "threads": optional_count(threads, "threads"),
    }
    drawing = {word: value for word, value in how.items() if value is not None}
    refuse_people(weights)
    choices = Choices(optional_count(top, "top"), names(region, "region"), drawing)
    if people and choices.region:
        raise UsageError(
            "A profile is of the countries that are named.", mend="Leave `region` or `country` out."
        )
    subject = Subject(asked, yardsticks(asked, yardstick), choices)
    makers, heading, lead = _profiles(subject, people) if people else _of_index(subject)
    known = [*makers, "reproduction"]
    refuse_unknown(chosen, known)
    wanted = [name for name in makers if not chosen or name in chosen]
    refuse_ineffective(
        subject, wanted, {**how, "yardstick": yardstick, "region": choices.region or None}
    )
    with scored_once():
        if drawing.keys() - {"draws", "seed", "threads"}:
            subject.robustness  # noqa: B018  what is stated of it is wrong before all else is done
        made = list(watch(len(wanted), _made(subject, makers, wanted, chosen), "sections"))
    sections = [section for section, _ in made if section is not None]
    if not chosen or "reproduction" in chosen:
        options = _options(subject, people, chosen, title, yardstick)
        command = " ".join(["softpower report", *run_words(asked), *options, "-o report.html"])
        sections.append(origins.reproduction(subject, command, _commands(sections)))
    absent = [name for name, (section, _) in zip(wanted, made, strict=True) if section is None]
    return Document(
        title=title or heading,
        lead=lead,
        facts=_facts(subject),
        sections=tuple(sections),
        notes=absences(subject, absent),
        provenance={**asked.provenance(), "sections": [section.name for section in sections]},
        complete=all(well for _, well in made),
    )


def _of_index(subject: Subject) -> tuple[dict[str, Make], str, str]:
    """Return the sections of a report on an index, its title and its first sentence."""
    lead = (
        f"Who is ranked where, how the ranking is made, how far it depends on what was chosen, "
        f"and where each of its {subject.nouns} stands."
    )
    return dict(WHOLE), subject.title, lead


def _profiles(subject: Subject, people: Sequence[str]) -> tuple[dict[str, Make], str, str]:
    """Return the sections of a profile, its title and its first sentence."""
    found = [subject.explained(name) for name in people]
    called = [answer.title.partition(f" in {subject.title}")[0] for answer in found]
    codes = [str(answer.provenance["country"]) for answer in found]
    if len(set(codes)) < len(codes):
        raise UsageError(f"{called[-1]} is named twice.", mend="Name it once.")
    makers: dict[str, Make] = {}
    if len(found) == 1:
        makers = {name: _about(make, codes[0]) for name, make in PROFILE.items()}
    else:
        makers = {f"country-{code}": _about(profile, code) for code in codes}
    makers |= {name: WHOLE[name] for name in ("method", "sources")}
    *others, last = called
    heading = f"{', '.join(others)}{' and ' if others else ''}{last} in {subject.title}"
    return makers, heading, " ".join(standing(answer) for answer in found)


def _about(make: Callable[[Subject, str], Section | None], code: str) -> Make:
    return lambda subject: make(subject, code)


def _made(
    subject: Subject, makers: dict[str, Make], wanted: Sequence[str], chosen: Sequence[str]
) -> Iterator[tuple[Section | None, bool]]:
    """Yield each section, ``None`` where it has no object, and whether it could be computed.

    A section that was asked for by name is refused where there is none.
    """
    for name in wanted:
        try:
            if subject.costly and name in RESCORED and name not in chosen:
                raise too_long(subject, name)
            section = makers[name](subject)
        except SoftpowerError as error:
            if chosen:
                raise
            says = f"This could not be computed. {error}"
            yield Section(name, name.capitalize(), says), False
            continue
        if section is None and name in chosen:
            raise UsageError(f"There is no section {name}, for {why_absent(subject, name)}.")
        yield section, True


def _options(
    subject: Subject,
    people: Sequence[str],
    chosen: Sequence[str],
    title: str | None,
    yardstick: Named | Sequence[Named] | None,
) -> list[str]:
    """Return what was asked for beside the run, as it is typed."""
    choices = subject.choices
    beside = [run.name for run in subject.yardsticks] or ["none"]
    return [
        *(f"--country {quote(name)}" for name in people),
        *(f"--section {name}" for name in chosen),
        *([f"--title {quote(title)}"] if title else []),
        *([f"--top {choices.top}"] if choices.top else []),
        *subject.region_words(),
        *(f"--yardstick {quote(name)}" for name in beside if yardstick is not None),
        *choices.draw_words,
    ]


def _commands(sections: Sequence[Section]) -> Iterator[str]:
    """Yield the commands of everything that is shown, in order."""
    for section in sections:
        for exhibit in section.exhibits():
            if exhibit.credit is not None:
                yield exhibit.credit.command


def _facts(subject: Subject) -> Table:
    """Return what stands beneath the title: whose index it is, and which version."""
    run = subject.run
    declared = run.index.declared
    items = [
        ("Index", run.name),
        ("Publisher", declared.publisher),
        ("Of", subject.years),
        ("Ranked", f"{subject.ranked} {subject.nouns}"),
        ("Computed with", f"softpower {__version__}"),
        ("Hash of the index", run.index.hash),
    ]
    return facts("facts", "About this report", items)
