"""Which country a text means: by rule, never by guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from softpower.countries.folding import fold
from softpower.countries.names import Reason, iso3_by_name, refusals
from softpower.countries.schemes import elsewhere
from softpower.countries.table import Country, all_countries, by_iso2, by_iso3, by_number, get
from softpower.errors import SoftpowerError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from softpower.countries.names import Refusal

_LONGEST_SHOWN = 60
_WORDS_OF_TWO = 30  # far more than two names have; each place to part them is tried


class CountryError(SoftpowerError):
    """A text does not name one country.

    Parameters
    ----------
    text
        The text as it was given.
    what
        What is wrong, as a sentence.
    mend
        How to mend it, as a sentence.
    reason
        ``unknown``; ``ambiguous`` (two countries go by the name); ``aggregate`` (a group of
        countries); ``part`` (it lies within a country of ISO 3166); ``former`` (it is a country
        no longer).
    candidates
        Countries that may be meant, best first, each as name and code.
    """

    def __init__(
        self, text: str, what: str, *, mend: str, reason: Reason, candidates: Sequence[str] = ()
    ) -> None:
        self.text = text
        self.reason: Reason = reason
        self.candidates = tuple(candidates)
        super().__init__(what, mend=mend)


def find(text: str) -> Country | None:
    """Return the country that a code or name means, or None where `recognise` would refuse."""
    stripped = text.strip()
    if stripped.isascii():
        code = stripped.upper()
        country = by_iso3().get(code) if len(code) == 3 else by_iso2().get(code)
        if country is not None:
            return country
    iso3 = iso3_by_name().get(fold(text))
    return None if iso3 is None else get(iso3)


def recognise(text: str) -> Country:
    """Return the country that a code or name means.

    A text of three letters is first read as an alpha-3 code and one of two letters as an alpha-2
    code, in either case of letters; every other text must be a name that the table knows, after
    folding. A number is never a country, since it is more often a rank or a figure that has
    slipped into the wrong column.

    Parameters
    ----------
    text
        A code, or a name in any of the ways and languages in which it is written.

    Returns
    -------
    Country
        The one country that is meant.

    Raises
    ------
    CountryError
        If the text is not known, or is known to mean something else than one country.

    Examples
    --------
    >>> recognise("Korea, Rep.").iso3, recognise("Côte d’Ivoire").iso3, recognise("中国").iso3
    ('KOR', 'CIV', 'CHN')
    """
    country = find(text)
    if country is not None:
        return country
    folded = fold(text)
    refusal = refusals().get(folded)
    raise _unknown(text, folded) if refusal is None else _refused(text, refusal)


def _refused(text: str, refusal: Refusal) -> CountryError:
    shown = _shown(text)
    candidates = [get(iso3).label for iso3 in refusal.iso3s]
    choice = f"Write {' or '.join(candidates)}, if that is meant." if candidates else ""
    if refusal.kind == "aggregate":
        what = f"{shown} is a group of countries, not a country."
        choice = "Leave the row out, or list it in units.csv."
    elif refusal.kind == "ambiguous":
        what = f"{shown} is not clear. {refusal.because}"
        choice = f"Write {' or '.join(candidates)}."
    else:
        what = f"{shown} is not a country of its own today. {refusal.because}"
    return CountryError(text, what, mend=choice, reason=refusal.kind, candidates=candidates)


def _unknown(text: str, folded: str) -> CountryError:
    if not folded:
        what, mend = "A name of a country is missing.", "Write a name or an ISO 3166 alpha-3 code."
        return CountryError(text, what, mend=mend, reason="unknown")
    what = f"{_shown(text)} is not a country that softpower knows."
    candidates = _with_number(folded)
    if other := elsewhere(text):
        said = [f"{get(iso3).name} for {' and '.join(who)}" for iso3, who in other.items()]
        what = f"{_shown(text)} is no code of ISO 3166. It is {', and '.join(said)}."
        candidates = [get(iso3).label for iso3 in other]
    if several := _several(text):
        what = f"{_shown(text)} is {len(several)} countries."
        labels = ", ".join(get(iso3).label for iso3 in several)
        mend = f"Name each by itself: {labels}."
        return CountryError(text, what, mend=mend, reason="unknown", candidates=several)
    candidates = candidates or _with_similar_name(folded)
    mend = f"Did you mean {' or '.join(candidates)}?" if candidates else ""
    return CountryError(text, what, mend=mend, reason="unknown", candidates=candidates)


def _several(text: str) -> list[str]:
    """Return the codes of the countries that a list names, nothing where it is no such list."""
    words = text.split()
    ways = [re.split(r"[,;&]|\band\b", text)]
    if len(words) <= _WORDS_OF_TWO:
        ways += [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    for parts in ways:
        codes = [country.iso3 for part in parts if (country := find(part)) is not None]
        if len(codes) == len(parts) > 1:
            return codes
    return []


def _with_number(folded: str) -> list[str]:
    country = by_number().get(folded)
    return [] if country is None else [country.label]


def _with_similar_name(folded: str) -> list[str]:
    """Return up to three countries with a similar name; a suggestion, never an answer."""
    if len(folded) > _LONGEST_SHOWN or folded.isdigit():
        return []
    from difflib import get_close_matches

    names = iso3_by_name()
    own = [fold(country.name) for country in all_countries()]
    close = (
        [name for name in own if name[0] == folded[0] and sorted(name) == sorted(folded)]
        or get_close_matches(folded, own, cutoff=0.85)
        or get_close_matches(folded, names, cutoff=0.85)
        or nearest(folded, own)
        or nearest(folded, names)
    )
    return [get(iso3).label for iso3 in dict.fromkeys(names[name] for name in close)]


def _shown(text: str) -> str:
    """Return the text in quotation marks, short enough and safe for one line of a message."""
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    return f'"{line[: _LONGEST_SHOWN - 1]}…"' if len(line) > _LONGEST_SHOWN else f'"{line}"'
