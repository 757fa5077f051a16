"""The table has every country once, with all that is known of it."""

import re
from collections import Counter

import pytest

from softpower.countries import all_countries, get
from softpower.errors import UsageError

INCOME_GROUPS = {"", "High income", "Upper middle income", "Lower middle income", "Low income"}


def test_it_has_the_249_entries_of_iso_3166_and_kosovo():
    assert len(all_countries()) == 250
    assert get("XKX").name == "Kosovo"


def test_it_has_the_193_members_of_the_united_nations():
    assert sum(country.un_member for country in all_countries()) == 193


@pytest.mark.parametrize("field", ["iso3", "iso2", "name"])
def test_no_two_countries_share_a_code_or_a_name(field):
    counts = Counter(getattr(country, field) for country in all_countries())
    assert set(counts.values()) == {1}


def test_it_is_in_order_of_code():
    codes = [country.iso3 for country in all_countries()]
    assert codes == sorted(codes)


def test_codes_have_the_form_that_the_standard_gives_them():
    for country in all_countries():
        assert re.fullmatch(r"[A-Z]{3}", country.iso3)
        assert re.fullmatch(r"[A-Z]{2}", country.iso2)
        assert re.fullmatch(r"\d{3}", country.numeric) or country.iso3 == "XKX"


def test_every_country_but_antarctica_has_a_region():
    without = {country.iso3 for country in all_countries() if not country.region}
    assert without == {"ATA"}


def test_every_member_of_the_united_nations_has_an_income_group():
    assert {country.income for country in all_countries()} == INCOME_GROUPS
    assert all(country.income for country in all_countries() if country.un_member)


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("CIV", "Côte d'Ivoire"),
        ("COD", "DR Congo"),
        ("CZE", "Czechia"),
        ("GBR", "United Kingdom"),
        ("IRN", "Iran"),
        ("KOR", "South Korea"),
        ("LAO", "Laos"),
        ("RUS", "Russia"),
        ("SYR", "Syria"),
        ("TUR", "Türkiye"),
        ("USA", "United States"),
        ("VNM", "Vietnam"),
    ],
)
def test_a_name_is_the_short_one_that_readers_know(iso3, name):
    assert get(iso3).name == name
    assert get(iso3).label == f"{name} ({iso3})"


def test_a_country_cannot_be_changed():
    with pytest.raises(AttributeError, match="name"):
        get("FRA").name = "Gaul"


def test_an_unknown_code_is_answered_with_similar_ones():
    with pytest.raises(UsageError, match="FRX") as caught:
        get("FRX")
    assert "FRA" in caught.value.mend
