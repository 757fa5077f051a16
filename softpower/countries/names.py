"""The index of names, and the lists of names that are not the name of one country.

The files hold names that are folded already, so that nothing is folded at run time but the
text that is looked up. The last column of each keeps one spelling of the name as somebody
writes it.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from softpower.countries.table import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

Reason = Literal["unknown", "ambiguous", "aggregate", "part", "former"]


class Refusal(NamedTuple):
    """Why a known name does not stand for one country, and which countries may be meant."""

    kind: Reason
    because: str
    iso3s: tuple[str, ...]


@cache
def iso3_by_name() -> Mapping[str, str]:
    """Return the alpha-3 code of every folded name."""
    return MappingProxyType({folded: iso3 for folded, iso3, _ in read_rows("names")})


@cache
def refusals() -> Mapping[str, Refusal]:
    """Return the folded names that are known not to be the name of one country."""
    groups = {
        folded: Refusal("aggregate", "It is a group.", ()) for folded, _ in read_rows("aggregates")
    }
    return MappingProxyType(
        groups | _read("part", "parts") | _read("former", "former") | _read("ambiguous")
    )


def _read(kind: Reason, file: str = "") -> dict[str, Refusal]:
    return {
        folded: Refusal(kind, because, tuple(iso3s.split()))
        for folded, iso3s, because, _ in read_rows(file or kind)
    }
