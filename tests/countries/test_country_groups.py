"""A group is named by a region of the United Nations or an income group of the World Bank."""

import pytest

from softpower.countries import all_countries, group_members, groups
from softpower.countries.groups import OTHER_NAMES
from softpower.errors import UsageError


def test_the_groups_are_those_of_the_table():
    in_table = {
        group
        for country in all_countries()
        for group in (country.region, country.subregion, country.intermediate, country.income)
    }
    assert set(groups()) == in_table - {""}
    assert len(groups()) == len(set(groups()))


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Central Asia", {"KAZ", "KGZ", "TJK", "TKM", "UZB"}),
        ("Australia and New Zealand", {"AUS", "CCK", "CXR", "HMD", "NFK", "NZL"}),
        ("Northern America", {"BMU", "CAN", "GRL", "SPM", "USA"}),
    ],
)
def test_a_group_has_the_members_that_m49_gives_it(name, members):
    assert group_members(name) == members


@pytest.mark.parametrize(
    ("iso3", "names"),
    [
        ("NGA", ["Africa", "Sub-Saharan Africa", "Western Africa", "West Africa"]),
        ("BRA", ["Americas", "Latin America", "latin america & the caribbean", "South America"]),
        ("JPN", ["Asia", "Eastern Asia", "East Asia", "High income", "high-income countries"]),
        ("VNM", ["South-eastern Asia", "Southeast Asia", "South-East Asia"]),
        ("XKX", ["Europe", "Southern Europe"]),
    ],
)
def test_a_group_is_found_by_any_way_of_writing_its_name(iso3, names):
    assert all(iso3 in group_members(name) for name in names)


def test_the_regions_share_out_all_countries_but_antarctica():
    regions = [group_members(name) for name in ("Africa", "Americas", "Asia", "Europe", "Oceania")]
    assert sum(map(len, regions)) == len(frozenset.union(*regions)) == 249


@pytest.mark.parametrize(("other", "name"), OTHER_NAMES.items())
def test_every_other_name_leads_to_a_group(other, name):
    assert group_members(other) == group_members(name)


def test_an_unknown_group_is_answered_with_similar_ones():
    with pytest.raises(UsageError, match="Westeros") as caught:
        group_members("Westeros")
    assert "Western" in caught.value.mend


def test_an_unknown_group_like_no_other_is_answered_with_all():
    with pytest.raises(UsageError, match="Known: High income,"):
        group_members("xyz")
