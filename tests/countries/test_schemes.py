"""Codes of other schemes than ISO 3166 are known for what they are, and are read as none."""

import pytest

from softpower import countries
from softpower.countries.schemes import TITLES, all_schemes, elsewhere, iso, schemes

FIPS, IOC, FIFA, COW = list(TITLES.values())[:4]
NUMBERS = {"cow-number", "gw-number", "fao", "imf"}


def test_every_scheme_gives_its_codes_to_countries_and_each_to_one():
    known = {scheme.id: len(scheme.codes) for scheme in schemes()}
    assert known == {
        "fips": 244, "ioc": 231, "fifa": 235, "cow": 195, "cow-number": 195, "gw": 174,
        "gw-number": 195, "fao": 248, "imf": 215, "eurostat": 250,
    }  # fmt: skip
    for scheme in schemes():
        length = 2 if scheme.id in {"fips", "eurostat"} else 3
        for code, iso3 in scheme.codes.items():
            assert countries.get(iso3).iso3 == iso3
            if scheme.id in NUMBERS:
                assert code.isdecimal()
                assert not code.startswith("0")
            else:
                assert code.isascii()
                assert code.isalpha()
                assert code.isupper()
                assert len(code) == length


@pytest.mark.parametrize(
    ("title", "code", "iso3"),
    [
        (FIPS, "AU", "AUT"), (FIPS, "AS", "AUS"), (FIPS, "SZ", "CHE"), (FIPS, "CH", "CHN"),
        (FIPS, "NI", "NGA"), (FIPS, "KS", "KOR"), (FIPS, "WZ", "SWZ"), (FIPS, "VT", "VAT"),
        (IOC, "GER", "DEU"), (IOC, "BRN", "BHR"), (IOC, "NIG", "NER"), (IOC, "RSA", "ZAF"),
        (FIFA, "EQG", "GNQ"), (FIFA, "TRI", "TTO"), (FIFA, "CTA", "CAF"),
        (COW, "AUS", "AUT"), (COW, "NIG", "NGA"), (COW, "NIR", "NER"), (COW, "UKG", "GBR"),
        (COW, "SWZ", "CHE"), (COW, "SWA", "SWZ"), (COW, "MNG", "MNE"), (COW, "MON", "MNG"),
        (COW, "DRV", "VNM"), (COW, "SLV", "SVN"), (COW, "SAL", "SLV"),
    ],
)  # fmt: skip
def test_a_code_stands_for_the_country_that_its_scheme_gives_it_to(title, code, iso3):
    assert elsewhere(code)[iso3].count(title) == 1


def test_a_code_of_iso_is_known_as_such():
    assert [iso(code) for code in ("DEU", "DE", "UK", "GER", "XKX", "AU")] == [
        "DEU", "DEU", "GBR", "", "XKX", "AUS",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "title"),
    [
        ([("AU", "AUT"), ("GM", "DEU")], FIPS),
        ([("AU", ""), ("JA", "")], FIPS),
        ([("AUS", "AUT"), ("FRN", "FRA")], COW),
        ([("GER", ""), ("BRN", "")], IOC),
        ([("AU", "AUS"), ("GM", "GMB")], None),
        ([("AU", ""), ("CH", ""), ("DE", "")], None),
        ([("XX", ""), ("YY", "")], None),
        ([("NI", "NGA"), ("DE", "DEU")], None),
        ([], None),
    ],
)
def test_a_scheme_is_told_only_where_it_fits_better_than_iso(pairs, title):
    scheme = countries.scheme_of(pairs)
    assert (scheme.title if scheme is not None else None) == title


def test_a_code_of_other_schemes_is_refused_with_the_countries_that_it_may_mean():
    with pytest.raises(countries.CountryError, match="is no code of ISO 3166") as caught:
        countries.recognise("NIG")
    assert caught.value.reason == "unknown"
    assert caught.value.candidates == ("Niger (NER)", "Nigeria (NGA)")
    assert caught.value.mend == "Did you mean Niger (NER) or Nigeria (NGA)?"


def test_numbers_of_m49_are_those_of_their_countries():
    numbers = countries.by_number()
    assert (numbers["276"].iso3, numbers["004"].iso3) == ("DEU", "AFG")
    assert "" not in numbers


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [
        ("fao", "2 AFG 4 DZA 79 DEU 276 SDN 277 SSD 272 SRB 351 - 41 CHN 231 USA 299 PSE"),
        ("imf", "111 USA 112 GBR 134 DEU 924 CHN 532 HKG 967 XKX 942 SRB 943 MNE 733 SSD 528 TWN"),
        ("cow-number", "2 USA 200 GBR 255 DEU 260 - 345 SRB 347 XKX 341 MNE 679 YEM 816 VNM 817 -"),
        (
            "gw-number",
            "2 USA 260 DEU 255 - 340 SRB 347 XKX 316 CZE 678 YEM 816 VNM 950 FJI",
        ),
        ("gw", "USA USA GFR DEU SER SRB RUM ROU DRV VNM RVN - YEM YEM UKG GBR"),
        ("m49", "276 DEU 4 AFG 004 AFG 158 TWN 412 - 729 SDN 728 SSD 688 SRB 1 -"),
        ("eurostat", "EL GRC UK GBR GR - GB - XK XKX DE DEU EU27_2020 -"),
        ("worldbank", "ROM ROU ZAR COD WBG PSE XKX XKX CHI - WLD - DEU DEU DE -"),
        ("oecd", "DEU DEU OECD - EA19 - XKX XKX"),
        ("owid", "OWID_KOS XKX OWID_WRL - DEU DEU OWID_USS -"),
        ("iso", "DEU DEU DE DEU UK GBR EL - XKX XKX"),
        ("ioc", "LBN LBN LIB LBN SGP SGP SIN SGP KOS XKX RSA ZAF"),
    ],
)
def test_each_code_is_that_of_its_country_for_those_who_made_the_scheme(scheme, codes):
    # The tables of FAOSTAT, the IMF's IFS, COW (2016), Gleditsch and Ward, M49, Eurostat, the World
    # Bank, the OECD, Our World in Data, ISO 3166 and the IOC; "-" is a code that is no country.
    said = codes.split()
    for code, iso3 in zip(said[::2], said[1::2], strict=True):
        assert countries.meant(countries.all_schemes()[scheme], code) == iso3.replace("-", ""), code


def test_no_scheme_gives_a_code_to_two_countries_and_few_countries_are_without():
    known = {name: len(set(scheme.codes.values())) for name, scheme in all_schemes().items()}
    assert known == {
        "iso": 250, "worldbank": 250, "oecd": 250, "owid": 250, "m49": 249, "fips": 244, "ioc": 227,
        "fifa": 235, "cow": 195, "cow-number": 195, "gw": 174, "gw-number": 195, "fao": 248,
        "imf": 215, "eurostat": 250,
    }  # fmt: skip
