"""Groups that countries join and leave have the members that they had in each year."""

from __future__ import annotations

import pytest

from softpower.countries import country_groups, find_group, get, group_names, with_year
from softpower.errors import UsageError


def members(text: str) -> set[str]:
    group, year = find_group(text)
    return set(group.members(year))


@pytest.mark.parametrize(
    ("text", "count"),
    [  # the number of members that each group's own site states
        ("EU", 27), ("ASEAN", 11), ("BRICS", 10), ("G7", 7), ("G20", 19), ("NATO", 32),
        ("OECD", 38), ("African Union", 55), ("Commonwealth", 56), ("Mercosur", 6),
        ("Gulf Cooperation Council", 6),
    ],
)  # fmt: skip
def test_a_group_has_as_many_countries_as_it_says(text, count):
    assert len(members(text)) == count


def test_every_group_that_is_offered_is_counted_above():
    assert len(group_names()) == 11


@pytest.mark.parametrize(
    ("text", "joined", "absent"),
    [
        ("EU@2019", "GBR", "ALB"),
        ("EU@2020", "HRV", "GBR"),
        ("BRICS@2010", "BRA", "ZAF"),
        ("BRICS@2011", "ZAF", "EGY"),
        ("BRICS@2024", "ETH", "IDN"),
        ("BRICS", "IDN", "SAU"),
        ("NATO@2022", "MKD", "FIN"),
        ("Commonwealth@1993", "PAK", "ZAF"),
        ("Commonwealth@1994", "ZAF", "FJI"),
        ("Commonwealth@2017", "RWA", "GMB"),
        ("African Union@2016", "SSD", "MAR"),
        ("Mercosur@2023", "VEN", "BOL"),
        ("ASEAN@2024", "KHM", "TLS"),
    ],
)
def test_members_are_those_at_the_end_of_the_year(text, joined, absent):
    assert joined in members(text)
    assert absent not in members(text)


@pytest.mark.parametrize(
    "text", ["european union", "eu", "GCC", "g-20", "Group of Seven", " brics @2010 "]
)
def test_a_group_is_found_by_any_of_its_names(text):
    assert find_group(text) is not None


@pytest.mark.parametrize("text", ["", "@2010", "Asia", "BRICS 2010", "BRICS@10", "BRICS@"])
def test_what_is_no_group_is_none(text):
    assert find_group(text) is None


def test_a_year_after_a_blank_is_written_after_an_at():
    assert with_year("eu 2019") == with_year("EU in 2019") == "EU@2019"
    assert with_year("Asia 2019") == with_year("EU") == ""


@pytest.mark.parametrize("text", ["BRICS@2008", "EU@1957", "EU@2100"])
def test_a_year_of_which_no_members_are_known_is_refused(text):
    group, year = find_group(text)
    with pytest.raises(UsageError, match=f"in {year} is not known: members are known from"):
        group.members(year)


def test_nobody_joins_a_group_twice_at_a_time_or_leaves_it_before_joining():
    for group in country_groups():
        for iso3 in {spell.iso3 for spell in group.spells}:
            assert get(iso3)
            end = 0
            for spell in sorted(
                (spell for spell in group.spells if spell.iso3 == iso3), key=lambda s: s.since
            ):
                assert spell.since > end
                end = 9999 if spell.until is None else spell.until
                assert end >= spell.since
