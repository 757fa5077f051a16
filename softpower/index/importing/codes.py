"""The scheme that the codes of a file are of: stated, or told by the names beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from softpower import countries
from softpower.errors import UsageError
from softpower.index.text import shown


def scheme_stated(name: str) -> countries.Scheme:
    """Return the scheme of a short name.

    Raises
    ------
    UsageError
        If there is none.
    """
    known = countries.all_schemes()
    if name not in known:
        raise UsageError(
            f"There is no scheme of codes {name!r}.", mend=f"Known: {', '.join(known)}."
        )
    return known[name]


def scheme_told(
    keys: Sequence[tuple[str, str]], file: str, headed: str = ""
) -> countries.Scheme | None:
    """Return the scheme that the codes of a file are of, told by the names beside them.

    The one that their heading names counts where it fits as well as any. It is ``None`` if
    there are no codes, or fewer than half are those of the names beside them.

    Raises
    ------
    UsageError
        If they may be of several that read them otherwise; the mend names them.
    """
    pairs = {(code, named(name)) for code, name in keys if code}
    if not pairs:
        return None
    found = countries.told(pairs)
    named_by = countries.all_schemes().get(headed)
    if found and named_by is not None and _fitting(named_by, pairs) >= _fitting(found[0], pairs):
        return named_by
    beside = [pair for pair in pairs if pair[1]]
    if found and 2 * sum(countries.meant(found[0], code) == iso3 for code, iso3 in beside) < len(
        beside
    ):
        return None
    if len(found) <= 1:
        return found[0] if found else None
    names = [scheme.id for scheme in found]
    differing = next(
        code
        for code, _ in sorted(pairs)
        if len({countries.meant(scheme, code) for scheme in found} - {""}) > 1
        or len({countries.meant(scheme, code) for scheme in found}) > 1
    )
    readings = " and ".join(
        f"{country_title(countries.meant(scheme, differing))} for {scheme.title}"
        for scheme in found[:3]
    )
    raise UsageError(
        f"{file}: its codes may be of {len(found)} schemes: {shown(differing)} is {readings}.",
        mend=f"Say which is meant: {' or '.join(f'`codes={name!r}`' for name in names)}.",
    )


def _fitting(scheme: countries.Scheme, pairs: Collection[tuple[str, str]]) -> int:
    """Return how many codes a scheme knows as the countries that are named beside them."""
    return sum(
        bool(found := countries.meant(scheme, code)) and beside in ("", found)
        for code, beside in pairs
    )


def country_title(iso3: str) -> str:
    """Return the name of a country, or ``nothing`` for an empty code."""
    return countries.get(iso3).name if iso3 else "nothing"


@cache
def named(name: str) -> str:
    """Return the alpha-3 code of the country that a name means; empty if it means none."""
    country = countries.find(name) if name else None
    return country.iso3 if country is not None else ""
