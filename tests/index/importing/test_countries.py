"""Codes of one scheme for each file, names with marks of footnotes, and what is no country.

All figures are invented.
"""

import pytest

from helpers.imports import figures, imported, saved
from softpower.api.importing import import_files
from softpower.errors import InputError, UsageError
from softpower.index.importing.places import places_of


def countries_of(tmp_path, text, **said):
    return [key[0] for key in figures(imported(tmp_path, saved(tmp_path, "a.csv", text), **said))]


@pytest.mark.parametrize(
    ("pairs", "scheme", "expected"),
    [
        ([("GER", "Germany"), ("NIG", "Niger"), ("SUI", "Switzerland")], "ioc",
         ["DEU", "NER", "CHE"]),
        ([("NIG", "Nigeria"), ("NIR", "Niger"), ("UKG", "United Kingdom")], "cow",
         ["NGA", "NER", "GBR"]),
        ([("255", "Germany"), ("475", "Nigeria")], "cow-number", ["DEU", "NGA"]),
        ([("260", "Germany"), ("340", "Serbia")], "gw-number", ["DEU", "SRB"]),
        ([("276", "Germany"), ("4", "Afghanistan")], "m49", ["DEU", "AFG"]),
        ([("276", "Sudan"), ("79", "Germany")], "fao", ["SDN", "DEU"]),
        ([("111", "United States"), ("134", "Germany")], "imf", ["USA", "DEU"]),
        ([("EL", "Greece"), ("UK", "United Kingdom"), ("DE", "Germany")], "eurostat",
         ["GRC", "GBR", "DEU"]),
        ([("GM", "Germany"), ("AU", "Austria")], "fips", ["DEU", "AUT"]),
        ([("ROM", "Romania"), ("ZAR", "Congo, Dem. Rep."), ("FRA", "France")], "worldbank",
         ["ROU", "COD", "FRA"]),
        ([("DEU", "Germany"), ("XKX", "Kosovo")], "iso", ["DEU", "XKX"]),
        ([("EQG", "Equatorial Guinea"), ("TRI", "Trinidad and Tobago"), ("CTA", "")], "fifa",
         ["GNQ", "TTO", "CAF"]),
    ],
)  # fmt: skip
def test_the_scheme_of_codes_is_told_by_the_names_beside_them(pairs, scheme, expected):
    places = places_of(pairs, "a.csv")
    assert places.scheme.id == scheme
    assert [place.iso3 for place in places.found] == expected


def test_codes_alone_that_schemes_read_otherwise_are_asked_about(tmp_path):
    text = "code,ships\n276,1\n4,3\n"
    file = saved(tmp_path, "a.csv", text)
    with pytest.raises(UsageError, match="its codes may be of") as caught:
        import_files(file)
    assert "`codes='fao'`" in caught.value.mend
    assert countries_of(tmp_path, text, codes="fao") == ["DZA", "SDN"]


def test_codes_are_never_mixed(tmp_path):
    text = "code,country,ships\nGER,Germany,1\nSUI,Switzerland,2\nAUS,Austria,3\n"
    file = saved(tmp_path, "a.csv", text)
    with pytest.raises(InputError, match='"AUS" is Australia for the IOC, and the name "Austria"'):
        imported(tmp_path, file)


def test_a_scheme_that_is_not_known_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(UsageError, match="no scheme of codes 'uefa'") as caught:
        import_files(saved(tmp_path, "a.csv", "code,ships\nDEU,1\n"), codes="uefa")
    assert "fifa" in caught.value.mend


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Serbia (1)", "SRB"), ("Morocco [a]", "MAR"), ("Tanzania 3", "TZA"), ("China*", "CHN"),
     ("France¹ ²", "FRA"), ("Italy (a)", "ITA"), ("Kosovo*", "XKX"), ("Peru2", "PER"),
     ("Chile †", "CHL")],
)  # fmt: skip
def test_marks_of_footnotes_are_taken_off_with_a_note(name, iso3):
    [place] = places_of([("", name)], "a.csv").found
    assert place.iso3 == iso3
    assert "footnote" in place.why or name.startswith(("France", "Kosovo", "China", "Chile"))


def test_names_that_are_not_known_are_refused_unless_they_are_left_out(tmp_path):
    text = "country,ships\nPeru,1\nAtlantis,2\nGermny,3\n"
    file = saved(tmp_path, "a.csv", text)
    rows = import_files(file).table("unknown").records()
    assert [row["name"] for row in rows] == ["Atlantis", "Germny"]
    assert "Germany (DEU)" in rows[1]["mend"]
    with pytest.raises(InputError, match="2 names are no country that can be told") as caught:
        imported(tmp_path, file)
    assert "`omit='Atlantis'`" in str(caught.value)
    assert not (tmp_path / "imported").exists()
    assert countries_of(tmp_path, text, omit=["Atlantis", "Germny"]) == ["PER"]


def test_a_name_that_two_countries_share_is_refused_without_a_code(tmp_path):
    with pytest.raises(InputError, match='"Congo" is not clear'):
        countries_of(tmp_path, "country,ships\nPeru,1\nCongo,2\n")
    assert countries_of(tmp_path, "country,code,ships\nPeru,PER,1\nCongo,COG,2\n") == ["COG", "PER"]


def test_groups_parts_and_former_countries_are_left_out_and_said(tmp_path):
    text = "country,code,ships\nPeru,PER,1\nEuro area,EMU,2\nScotland,,3\nUSSR,OWID_USS,4\n"
    answer = import_files(saved(tmp_path, "a.csv", text))
    assert [(row["count"], row["names"]) for row in answer.table("left_out").records()] == [
        (1, "Euro area"), (1, "Scotland"), (1, "USSR"),
    ]  # fmt: skip
    assert answer.table("files").records()[0]["figures"] == 1
    answer = import_files(tmp_path / "a.csv", into=tmp_path / "fleet")
    assert "3 names left out: Euro area, Scotland and USSR." in answer.notes


def test_two_names_of_one_country_with_two_figures_are_refused(tmp_path):
    text = "country,ships\nSwaziland,1\nEswatini,2\n"
    with pytest.raises(InputError, match='"Eswatini" has a second figure for ships: 2, and 1'):
        countries_of(tmp_path, text)
    assert countries_of(tmp_path, "country,ships\nSwaziland,1\nEswatini,1\n") == ["SWZ"]


def test_a_file_about_something_else_is_refused_as_such(tmp_path):
    text = "name,ships\nLeeds,1\nBath,2\nYork,3\nPeru,4\n"
    with pytest.raises(InputError, match="Most of the names are no countries"):
        countries_of(tmp_path, text)


def test_codes_that_are_of_no_scheme_count_for_nothing_beside_names(tmp_path):
    rows = "".join(f"{name},{n},{n}\n" for n, name in enumerate(["Peru", "Chile", "Mexico"], 2))
    file = saved(tmp_path, "a.csv", f"country_name,country_id,ships\n{rows}")
    answer = import_files(file)
    assert answer.table("files").records()[0]["codes"] == "none"
    assert '"2", "3", "4": the code is not known; the name beside it counts.' in answer.notes


def test_of_several_columns_of_codes_the_one_with_those_of_iso_counts(tmp_path):
    text = "country_name,country_id,country_text_id,ships\nPeru,4,PER,1\nChile,79,CHL,2\n"
    answer = import_files(saved(tmp_path, "a.csv", text))
    assert answer.table("files").records()[0]["codes"] == "ISO 3166"


@pytest.mark.parametrize("heading", ["NOC", "Abbreviation"])
def test_codes_under_any_heading_are_of_one_scheme(tmp_path, heading):
    # Bahrain is BRN for the IOC, which is Brunei in ISO 3166.
    text = f"{heading},gold\nBRN,1\nGER,2\nSUI,3\nGRE,4\nFRA,5\n"
    assert countries_of(tmp_path, text) == ["BHR", "CHE", "DEU", "FRA", "GRC"]


def test_a_number_that_is_no_code_of_the_scheme_is_told_of_that_scheme(tmp_path):
    file = saved(tmp_path, "a.csv", "ccode,ships\n2,1\n255,2\n260,3\n")
    [row] = import_files(file, codes="cow-number").table("unknown").records()
    assert row["what"] == '"260" is no code of the Correlates of War project, in numbers.'
    assert "French" not in row["mend"]


def test_numbers_of_countries_are_codes_and_no_figures(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ISO numeric,ships\nFrance,250,1\nBrazil,76,3\n")
    answer = import_files(file)
    assert [row["title"] for row in answer.table("series").records()] == ["ships"]
    assert answer.table("files").records()[0]["codes"] == "the United Nations (M49)"


def test_the_heading_of_codes_names_their_scheme(tmp_path):
    # All four are codes of ISO 3166 too: the Gambia, Britain, American Samoa and Australia.
    fips = "FIPS,ships\nGM,1\nUK,2\nAS,3\nAU,4\n"
    assert countries_of(tmp_path, fips) == ["AUS", "AUT", "DEU", "GBR"]
    noc = saved(tmp_path, "b.csv", "NOC,gold\nBRN,1\nFRA,2\n")
    [row] = import_files(noc).table("files").records()
    assert row["codes"] == "the IOC"


def test_names_beside_codes_count_more_than_the_heading(tmp_path):
    text = "FIPS,country,ships\nGM,Gambia,1\nAS,American Samoa,3\nAU,Australia,4\n"
    assert countries_of(tmp_path, text) == ["ASM", "AUS", "GMB"]
