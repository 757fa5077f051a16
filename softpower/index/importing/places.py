"""Which country each code and name of a file means, by the scheme that its codes are of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from softpower import countries
from softpower.countries.names import refusals
from softpower.errors import InputError, Location, Problem, UsageError
from softpower.index.importing.codes import country_title, named, scheme_told
from softpower.index.text import shown

_FOOTNOTE = re.compile(
    r"\s*(?:\([0-9]{1,2}\)|\([a-z]\)|\[[A-Za-z0-9]{1,2}\]|[*†‡§¹²³⁰⁴-⁹]+|(?<=\D)\s[0-9]{1,2}"
    r"|(?<=[^\W\d])[0-9]{1,2}|\s[a-z]/)$"
)
"""A mark of a footnote behind a name."""

_GROUP_CODE = re.compile(
    r"OWID_.+|ZZ[A-K]\..+|(EU|EA|EEA|G)[0-9]{1,2}(_[0-9]{4})?|G[0-9]{3}|OECD.*|[WX][0-9]{2}"
)
"""Codes that publishers give to groups of countries."""

NAMESAKES = {("m49", "159"), ("fao", "351")}
"""Codes of groups that bear the name of a country: the FAO's China with Hong Kong, Macao and
Taiwan, beside which it has China, mainland."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a code and a name together mean."""

    code: str
    name: str
    iso3: str = ""
    """The country; empty if it is none."""
    kind: str = "country"
    """``country``; ``group``, ``part``, ``former`` or ``omitted``; or one of `UNREADABLE`."""
    why: str = ""
    """Why it is left out, or what is to be said of how it was read."""
    mend: str = ""

    @property
    def written(self) -> str:
        """Return the name as the file writes it, or the code where it has none."""
        return self.name or self.code


@dataclass(frozen=True, slots=True)
class Places:
    """All places of a file, in the order of its keys."""

    scheme: countries.Scheme | None
    """What the codes are of; ``None`` if there are none that are known."""
    found: tuple[Place, ...]

    def left(self, *kinds: str) -> list[Place]:
        """Return the places of some kinds."""
        return [place for place in self.found if place.kind in kinds]


LONGEST_CODE = 3
"""A longer text that stands alone in a column of codes is a name."""

MARK = "a mark of a footnote behind the name is taken off"
NAME = "the name alone is not clear; its code counts"
CODE = "the code is not known; the name beside it counts"
"""What is to be said of how a country was recognised."""

SUMS = frozenset({"total", "sum", "average", "mean", "median", "overall", "all"})
"""Names of rows that are about all others, folded."""

MANY = 3
"""From so many names that are no countries on, the file may be about something else."""

UNREADABLE = ("unknown", "ambiguous", "contradiction")
"""The kinds of places of which a person must say what is meant."""


def places_of(
    keys: Sequence[tuple[str, str]],
    file: str,
    *,
    stated: countries.Scheme | None = None,
    headed: str = "",
    omit: Collection[str] = (),
    groups: Collection[tuple[str, str]] = (),
    coded: bool = False,
) -> Places:
    """Return what the codes and names of a file mean.

    Parameters
    ----------
    keys
        Code and name, each pair once; either may be empty.
    file
        The name of the file, for messages.
    stated
        The scheme of the codes, where a person says so.
    headed
        The scheme that the heading of the codes names, which counts where it fits as well as any.
    omit
        Codes and names that are left out.
    groups
        Keys that the file says are those of groups.
    coded
        Whether every country has a code, so that a name that is not known and has none is none.

    Raises
    ------
    UsageError
        If the codes may be of several schemes that read them otherwise; the mend names them.
    """
    keys = [
        (code, name) if name or len(code) <= LONGEST_CODE else ("", code) for code, name in keys
    ]
    if stated is not None and not any(code for code, _ in keys):
        raise UsageError(
            f"{file} has no codes of countries.", mend="Leave `codes` out; names are recognised."
        )
    scheme = stated or scheme_told(keys, file, headed)
    left = {countries.fold(text) for text in omit}
    found = tuple(
        Place(code, name, kind="omitted", why="it is left out, as stated")
        if countries.fold(name) in left or countries.fold(code) in left
        else Place(code, name, kind="group", why="the file says that it is a group")
        if (code, name) in groups
        else _place(code, name, scheme, coded=coded)
        for code, name in keys
    )
    return Places(scheme, found)


def places_as_written(keys: Sequence[tuple[str, str]], omit: Collection[str] = ()) -> Places:
    """Return what is ranked as a file writes it, where it is no countries.

    The code is the id, and the name where there is no code. Sums over the others are left out.

    Parameters
    ----------
    keys
        Code and name, each pair once; either may be empty.
    omit
        Codes and names that are left out.
    """
    left = {countries.fold(text) for text in omit}
    coded = any(code for code, _ in keys)
    named_before: dict[str, str] = {}
    found = []
    for code, name in keys:
        folds = {countries.fold(text) for text in (code, name) if text}
        own = code or name
        before = named_before.setdefault(own, name)
        if folds & left:
            place = Place(code, name, kind="omitted", why="it is left out, as stated")
        elif folds & SUMS:
            place = Place(code, name, kind="group", why="by its name it is a figure of all")
        elif coded and not code:
            what = f"{shown(name)} has no code, and the others have."
            place = Place(code, name, "", "unknown", what, f"Give it one, or say `omit={name!r}`.")
        elif before != name:
            what = f"The code {shown(own)} is that of {shown(before)} and of {shown(name)}."
            place = Place(code, name, "", "contradiction", what, "Correct the one that is wrong.")
        else:
            place = Place(code, name, own)
        found.append(place)
    return Places(None, tuple(found))


def refuse_unreadable(places: Places, file: str, *, other: bool = False) -> None:
    """Refuse a file with names of which it is not known what they mean.

    Raises
    ------
    InputError
        With each of them.
    """
    wrong = places.left(*UNREADABLE)
    if not wrong:
        return
    problems = [Problem(place.why, Location(file), place.mend) for place in wrong[:20]]
    more = [f"  and {len(wrong) - 20:,} more."] if len(wrong) > 20 else []
    listed = "\n".join([*(f"  {problem}" for problem in problems), *more])
    verb = "name is" if len(wrong) == 1 else "names are"
    mend = f"Correct them in the file, or leave them out: `omit={wrong[0].written!r}`."
    if not other and len(wrong) >= MANY and len(wrong) > len(places.left("country")):
        mend = (
            'Most of the names are no countries. If they are what is ranked, say `units="other"`; '
            "else say by `codes`, `sheet` or `header` how the file is to be read."
        )
    what = "not clear" if other else "no country that can be told"
    raise InputError(f"{file}: {len(wrong):,} {verb} {what}:\n{listed}\n{mend}")


def _place(code: str, name: str, scheme: countries.Scheme | None, *, coded: bool) -> Place:
    """Return what a code and a name mean, if they agree or only one of them is known."""
    if scheme is not None and (scheme.id, code.lstrip("'")) in NAMESAKES:
        why = "it is a group of countries that bears the name of one"
        return Place(code, name, kind="group", why=why)
    by_code = countries.meant(scheme, code) if scheme is not None and code else ""
    by_name, bare = _name(name)
    if by_code and by_name and by_code != by_name:
        title = scheme.title if scheme is not None else ""
        what = (
            f"The code {shown(code)} is {country_title(by_code)} for {title}, and the name "
            f"{shown(name)} is {country_title(by_name)}."
        )
        mend = "Correct the one that is wrong, or say by `codes` of which scheme the codes are."
        return Place(code, name, "", "contradiction", what, mend)
    if by_code:
        refused = _refused(name)
        if refused is not None and refused.kind == "group":
            what = (
                f"The code {shown(code)} is {country_title(by_code)}, and {shown(name)} is a group."
            )
            return Place(code, name, "", "contradiction", what, "Correct the one that is wrong.")
        unclear = NAME if name and not by_name else ""
        return Place(code, name, by_code, why=unclear or (MARK if bare else ""))
    if by_name:
        return Place(code, name, by_name, why=CODE if code else MARK if bare else "")
    found = _no_country(code, name, scheme)
    if coded and found.kind == "unknown" and scheme is not None:
        return Place(code, name, kind="group", why="the publisher gives it no code of a country")
    return found


def _name(name: str) -> tuple[str, str]:
    """Return the country of a name, and the name without a mark of a footnote if it has one."""
    if not name:
        return "", ""
    if found := named(name):
        return found, ""
    bare = _FOOTNOTE.sub("", name)
    while bare != name:
        if found := named(bare):
            return found, bare
        name, bare = bare, _FOOTNOTE.sub("", bare)
    return "", ""


def _refused(text: str) -> Place | None:
    """Return why a text is no country, if that is known."""
    refusal = refusals().get(countries.fold(text)) if text else None
    if refusal is None:
        return None
    if refusal.kind == "aggregate":
        return Place("", text, kind="group", why="it is a group of countries")
    if refusal.kind == "ambiguous":
        labels = " or ".join(countries.get(iso3).label for iso3 in refusal.iso3s)
        what = f"{shown(text)} is not clear. {refusal.because}"
        return Place("", text, "", "ambiguous", what, f"Write {labels}.")
    because = refusal.because.rstrip(".")
    return Place("", text, kind=refusal.kind, why=f"{because[:1].lower()}{because[1:]}")


def _no_country(code: str, name: str, scheme: countries.Scheme | None) -> Place:
    """Return why neither the code nor the name is a country."""
    by_name = _refused(name) or _refused(_FOOTNOTE.sub("", name))
    by_code = _refused(code)
    for found in (by_name, by_code):
        if found is not None and found.kind not in UNREADABLE:
            return Place(code, name, "", found.kind, found.why)
    if _GROUP_CODE.fullmatch(code or name):
        return Place(code, name, "", "group", "its code is that of a group of countries")
    found = by_name or by_code
    if found is not None:
        return Place(code, name, "", found.kind, found.why, found.mend)
    if scheme is not None and scheme.id != "iso" and not name:
        what = f"{shown(code)} is no code of {scheme.title}."
        return Place(code, name, "", "unknown", what, f"Correct it, or say `omit={code!r}`.")
    try:
        countries.recognise(name or code)
    except countries.CountryError as error:
        return Place(code, name, "", "unknown", error.what, error.mend)
    what = f"{shown(name or code)} is a code of another scheme."
    return Place(code, name, "", "unknown", what, "Say by `codes` of which scheme the codes are.")
