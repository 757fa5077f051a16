"""A text is recognised by rule or refused with a reason, and never guessed at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.countries import CountryError, all_countries, find, fold, recognise
from softpower.countries.names import iso3_by_name
from softpower.errors import SoftpowerError

AGGREGATES = """
World|Sub-Saharan Africa|European Union|Euro area|OECD members|High income|Low income
Lower middle income|Upper middle income|Low & middle income|Latin America & Caribbean
Latin America & Caribbean (excluding high income)|Arab World|East Asia & Pacific
East Asia & Pacific (excluding high income)|East Asia & Pacific (IDA & IBRD countries)
Least developed countries: UN classification|IDA total|IDA & IBRD total|IBRD only|Channel Islands
Not classified|Middle East & North Africa|Middle East and North Africa|South Asia (IDA & IBRD)
Middle East, North Africa, Afghanistan & Pakistan|Africa Eastern and Southern|Small states
Africa Western and Central|Caribbean small states|Central Europe and the Baltics
Early-demographic dividend|Fragile and conflict affected situations|North America
Heavily indebted poor countries (HIPC)|Pacific island small states|Europe & Central Asia
Africa|Asia|Europe|Oceania|Americas|The Caribbean|South-eastern Asia|Western Asia|Polynesia
Small island developing States (SIDS)|Landlocked developing countries (LLDCs)|Less developed regions
Advanced economies|Emerging market and developing economies|ASEAN-5|Middle East and Central Asia
G7|G20|ASEAN|NATO|BRICS|EU27|EU-28|EU|OPEC|African Union|Commonwealth of Independent States (CIS)
WLD|EUU|EMU|OED|SSF|LCN|All countries|Rest of the world|UN members
""".strip().replace("\n", "|")

AMBIGUOUS = {
    "Congo": ("Republic of the Congo (COG)", "DR Congo (COD)"),
    "the Congo": ("Republic of the Congo (COG)", "DR Congo (COD)"),
    "Korea": ("South Korea (KOR)", "North Korea (PRK)"),
    "Corée": ("South Korea (KOR)", "North Korea (PRK)"),
    "Virgin Islands": ("US Virgin Islands (VIR)", "British Virgin Islands (VGB)"),
    "St. Martin": ("Saint Martin (French part) (MAF)", "Sint Maarten (SXM)"),
    "Guiana": ("Guyana (GUY)", "French Guiana (GUF)"),
    "Micronesia": ("Federated States of Micronesia (FSM)",),
    "ROC": ("Taiwan (TWN)", "Russia (RUS)"),
}


def refusal(text):
    with pytest.raises(CountryError, match=r"\S") as caught:
        recognise(text)
    return caught.value


@pytest.mark.parametrize("country", all_countries(), ids=lambda country: country.iso3)
def test_every_country_is_recognised_by_its_codes_its_name_and_its_label(country):
    written = [country.iso2, country.iso3, country.name, country.label]
    for text in [*written, *map(str.lower, written), *map(str.upper, written)]:
        assert recognise(text) is country


@pytest.mark.parametrize("name", AGGREGATES.split("|"))
def test_a_group_of_countries_is_not_a_country(name):
    error = refusal(name)
    assert error.reason == "aggregate"
    assert error.candidates == ()
    assert str(error) == (
        f'"{name}" is a group of countries, not a country. '
        "Leave the row out, or list it in units.csv."
    )


@pytest.mark.parametrize(("name", "candidates"), AMBIGUOUS.items())
def test_a_name_of_two_countries_is_refused_with_both(name, candidates):
    error = refusal(name)
    assert error.reason == "ambiguous"
    assert error.candidates == candidates
    assert error.mend == f"Write {' or '.join(candidates)}."


@pytest.mark.parametrize("name", ["England", "Scotland", "Wales", "Northern Ireland", "ENG"])
def test_a_part_of_the_united_kingdom_is_refused_with_the_whole(name):
    error = refusal(name)
    assert error.reason == "part"
    assert error.candidates == ("United Kingdom (GBR)",)
    assert "It is a part of the United Kingdom." in str(error)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Soviet Union", ()),
        ("Yugoslavia", ()),
        ("Czechoslovakia", ("Czechia (CZE)", "Slovakia (SVK)")),
        ("German Democratic Republic", ("Germany (DEU)",)),
        ("Serbia and Montenegro", ("Serbia (SRB)", "Montenegro (MNE)")),
    ],
)
def test_a_former_country_is_refused_with_those_that_followed_it(name, candidates):
    error = refusal(name)
    assert error.reason == "former"
    assert error.candidates == candidates


@pytest.mark.parametrize(
    ("mistyped", "first"),
    [
        ("Untied States", "United States (USA)"),
        ("Lybia", "Libya (LBY)"),
        ("Nigerria", "Nigeria (NGA)"),
        ("Phillipines", "Philippines (PHL)"),
        ("Kazahkstan", "Kazakhstan (KAZ)"),
        ("Lichtenstien", "Liechtenstein (LIE)"),
    ],
)
def test_a_mistyped_name_is_refused_with_a_suggestion(mistyped, first):
    error = refusal(mistyped)
    assert error.reason == "unknown"
    assert error.candidates[0] == first
    assert error.what == f'"{mistyped}" is not a country that softpower knows.'
    assert error.mend.startswith(f"Did you mean {first}")


@pytest.mark.parametrize("code", ["GER", "SUI", "NED", "CRO"])
def test_a_code_of_sport_is_recognised_where_iso_3166_leaves_it_free(code):
    assert recognise(code).iso3 in {"DEU", "CHE", "NLD", "HRV"}


@pytest.mark.parametrize(("code", "iso3"), [("BRN", "BRN"), ("MAC", "MAC"), ("GEO", "GEO")])
def test_iso_3166_wins_over_other_codes(code, iso3):
    assert recognise(code).iso3 == iso3


@pytest.mark.parametrize("code", ["NIG", "SLO", "BUR", "LIB", "BAH", "CHI"])
def test_a_code_of_sport_that_suggests_another_country_is_refused(code):
    assert refusal(code).text == code


def test_a_number_is_no_country_but_an_m49_number_brings_a_suggestion():
    assert refusal("840").candidates == ("United States (USA)",)
    assert refusal("4").candidates == ()
    assert refusal("12.5").candidates == ()


@pytest.mark.parametrize("text", ["", " ", "\t\n", "—", "(*)"])
def test_an_empty_name_is_called_missing(text):
    assert refusal(text).what == "A name of a country is missing."


@pytest.mark.parametrize("text", ["[red]", "[/red]Atlantis", "\x00", "\x1b[31mAtlantis", "a\r\nb"])
def test_a_message_holds_no_control_characters(text):
    assert str(refusal(text)).isprintable()
    assert refusal(text).text == text


def test_a_very_long_name_is_cut_in_the_message():
    assert len(str(refusal("Atlantis " * 10_000))) < 120


def test_a_refusal_is_an_error_of_softpower():
    assert issubclass(CountryError, SoftpowerError)


def test_finding_gives_the_same_country_or_none():
    assert find("Korea, Rep.") is recognise("KOR")
    assert find("Congo") is None
    assert find("Atlantis") is None


@settings(deadline=None)  # the search for a suggestion takes longest where there is none
@given(st.text())
def test_a_text_is_no_country_unless_it_is_a_code_or_a_known_name(text):
    codes = {country.iso2 for country in all_countries()}
    codes |= {country.iso3 for country in all_countries()}
    written = text.strip()
    coded = written.isascii() and written.upper() in codes  # "ß" is SS in capitals, and no code
    known = fold(text) in iso3_by_name() or coded
    try:
        recognise(text)
    except CountryError:
        assert not known
    else:
        assert known


@given(st.sampled_from(sorted(iso3_by_name())), st.characters(categories=["Ll"]))
def test_a_known_name_with_a_letter_too_many_is_not_guessed_at(name, letter):
    country = find(name + letter)
    assert country is None or fold(name + letter) in iso3_by_name() or len(name) < 3
