"""A row with a code and a name is about the unit that both name, by ISO 3166."""

import pytest
from click.testing import CliRunner

from helpers.whole_folder import DECLARATION, write_index
from softpower.cli import main
from softpower.engine.loading import load
from softpower.errors import FolderError
from softpower.index.reading.folder import inspect, read

OTHER = DECLARATION.partition("[pillars.land]")[0]
WORLD = OTHER.replace('units = "other"\n', "")
GOLD = "id,source\ngold,Atlas\n"


def index_of(tmp_path, figures, *, declaration=WORLD, **tables):
    tables = {"indicators": GOLD, "figures": figures} | tables
    return write_index(tmp_path, declaration=declaration, **tables)


def table(header, *rows):
    """Return a table whose last column counts its rows from 1."""
    return "\n".join([header, *(f"{row},{n}" for n, row in enumerate(rows, start=1)), ""])


def units_of(folder):
    return [unit.id for unit in read(folder).figures.units]


def problems_of(folder, level):
    return [str(problem) for problem in inspect(folder)[1] if problem.level == level]


def test_a_code_and_a_name_that_agree_are_one_unit(tmp_path):
    figures = table("country,iso3,gold", "Niger,NER", "Nigeria,nga", "Germany,DE", "Congo,COD")
    folder = index_of(tmp_path, figures)
    assert units_of(folder) == ["NER", "NGA", "DEU", "COD"]
    assert problems_of(folder, "warning") == []


@pytest.mark.parametrize("header", ["country,iso3", "name,code", "unit,iso3"])
def test_a_code_and_a_name_that_differ_are_an_error_with_both(tmp_path, header):
    figures = table(f"{header},gold", "Niger,NGA", "Nigeria,NER")
    name, code = header.split(",")
    folder = index_of(tmp_path, figures)
    first, second = problems_of(folder, "error")
    assert first == (
        f'lost-lands/figures.csv, line 2, column {code}: The {code} "NGA" is Nigeria, and the '
        f'{name} "Niger" is Niger. Correct the one that is wrong.'
    )
    assert f'line 3, column {code}: The {code} "NER" is Niger' in second
    done = CliRunner().invoke(main, ["score", str(folder)])
    assert (done.exit_code, done.stdout) == (1, "")


@pytest.mark.parametrize(
    ("name", "code"), [("Europe", "DEU"), ("Congo", "CHL"), ("Yugoslavia", "FRA"), ("World", "FRA")]
)
def test_a_name_that_may_not_mean_the_country_of_the_code_contradicts_it(tmp_path, name, code):
    folder = index_of(tmp_path, table("country,iso3,gold", f"{name},{code}", "Italy,ITA"))
    with pytest.raises(FolderError, match=rf'"{code}" is .*, and the country "{name}" is not\.'):
        read(folder)


@pytest.mark.parametrize(
    ("scheme", "rows"),
    [
        ("FIPS 10-4", ["Austria,AU", "Australia,AS", "Germany,GM", "China,CH"]),
        ("the Correlates of War project", ["Austria,AUS", "Australia,AUL", "Nigeria,NIG"]),
        ("the IOC", ["Bahrain,BRN", "Iran,IRI", "Switzerland,SUI"]),
    ],
)
def test_a_column_of_another_scheme_is_named_where_it_contradicts_the_names(tmp_path, scheme, rows):
    folder = index_of(tmp_path, table("country,code,gold", *rows))
    match = rf"line 2, column code: .*; the codes of the column fit {scheme} better than ISO 3166\."
    with pytest.raises(FolderError, match=match):
        read(folder)


def test_a_code_that_is_not_known_counts_for_nothing_beside_a_name(tmp_path):
    rows = ("Germany,GER", "Niger,NIG", "France,", "Oman,OMA", "Bhutan,BHU")
    folder = index_of(tmp_path, table("country,code,gold", *rows))
    assert units_of(folder) == ["DEU", "NER", "FRA", "OMN", "BTN"]
    unknown, empty = problems_of(folder, "warning")[:2]
    assert unknown.startswith(
        'lost-lands/figures.csv, line 3, column code: "NIG" is no code of ISO 3166, and the codes '
        "of the column fit the IOC better; the name beside it counts. The same in line 6."
    )
    assert empty.startswith(
        "lost-lands/figures.csv, line 4, column code: The code is empty; the name beside it counts."
    )
    notes = [str(note) for note in load(str(folder)).score().notes]
    assert notes == [unknown, empty]


def test_so_does_an_answer_that_is_only_published(tmp_path):
    published = "country,iso3,rank\nGermany,,1\nFrance,FRA,2\n"
    more = '\n[published]\nnote = "As printed."\n'
    tables = {"indicators": None, "figures": None, "published": published}
    folder = write_index(tmp_path, declaration=WORLD, more=more, **tables)
    notes = [str(note) for note in load(str(folder)).score().notes]
    said = "As printed. lost-lands/published.csv, line 2, column iso3: The code is empty; the name"
    assert any(note.startswith(said) for note in notes)


def test_a_name_that_is_not_known_counts_for_nothing_beside_a_code(tmp_path):
    folder = index_of(tmp_path, table("country,iso3,gold", "Deutschlnd,DEU", ",FRA"))
    assert units_of(folder) == ["DEU", "FRA"]
    [warning] = problems_of(folder, "warning")
    assert 'column country: The name "Deutschlnd" is not known; the code beside it' in warning


def test_where_neither_is_known_the_name_is_at_fault(tmp_path):
    folder = index_of(tmp_path, table("country,iso3,gold", "Germny,XYX", ",", "Italy,ITA"))
    name, empty = problems_of(folder, "error")
    assert 'line 2, column country: "Germny" is not a country' in name
    assert "line 3, column iso3: The cell is empty." in empty


def test_numbers_of_m49_must_agree_with_the_names(tmp_path):
    rows = ["Germany,276", "Algeria,12", "Niger,562"]
    folder = index_of(tmp_path, table("country,code,gold", *rows))
    assert units_of(folder) == ["DEU", "DZA", "NER"]
    assert problems_of(folder, "warning") == []
    (folder / "figures.csv").write_text(table("country,code,gold", *rows, "Nigeria,562"))
    with pytest.raises(FolderError, match='"562" is Niger, and the country "Nigeria" is Nigeria'):
        read(folder)


def test_numbers_that_are_no_codes_count_for_nothing(tmp_path):
    folder = index_of(tmp_path, table("country,code,gold", "Algeria,1", "Germany,2", "Italy,4"))
    assert units_of(folder) == ["DZA", "DEU", "ITA"]
    [warning] = problems_of(folder, "warning")
    assert 'line 2, column code: "1" is not the M49 number of the country; the name' in warning
    assert "The same in lines 3 and 4." in warning


@pytest.mark.parametrize("column", ["code", "country", "iso3"])
def test_a_column_of_codes_alone_is_not_read_by_iso_where_another_scheme_fits_better(
    tmp_path, column
):
    folder = index_of(tmp_path, table(f"{column},gold", "AU", "AS", "JA", "UK", "SP", "RS"))
    austria = problems_of(folder, "error")[0]
    assert austria == (
        f'lost-lands/figures.csv, line 2, column {column}: "AU" is Australia in ISO 3166 but '
        "Austria as a code of FIPS 10-4, which the column fits better. Write AUS for Australia, "
        "AUT for Austria, or the name."
    )


def test_so_it_is_where_the_names_beside_it_are_not_known(tmp_path):
    rows = ("Ostarrichi,AU", "Germany,GM", "Japan,JA", "Spain,SP")
    folder = index_of(tmp_path, table("country,code,gold", *rows))
    with pytest.raises(FolderError, match='"AU" is Australia in ISO 3166 but Austria as a code of'):
        read(folder)


def test_half_of_the_numbers_that_are_right_are_enough_to_read_the_others(tmp_path):
    folder = index_of(tmp_path, table("country,code,gold", "Germany,276", "Niger,566"))
    with pytest.raises(FolderError, match='"566" is Nigeria, and the country "Niger" is Niger'):
        read(folder)


def test_a_column_of_codes_that_fits_iso_best_is_read_by_it(tmp_path):
    folder = index_of(tmp_path, table("code,gold", "AU", "AS", "UK", "CH", "DE", "US"))
    assert units_of(folder) == ["AUS", "ASM", "GBR", "CHE", "DEU", "USA"]


def test_a_code_of_other_schemes_alone_is_an_error_that_names_them(tmp_path):
    folder = index_of(tmp_path, table("code,gold", "DEU", "NIG", "FRA", "ITA"))
    [error] = problems_of(folder, "error")
    assert error.endswith(
        '"NIG" is no code of ISO 3166. It is Niger for the IOC and FIFA, and Nigeria for the '
        "Correlates of War project and Gleditsch and Ward. Did you mean Niger (NER) or Nigeria "
        "(NGA)?"
    )


LONG = """\
country,unit,indicator,value
Germany,%,gold,1
France,USD,gold,2
"""


def test_units_of_measurement_are_not_ranked(tmp_path):
    folder = index_of(tmp_path, LONG)
    assert units_of(folder) == ["DEU", "FRA"]
    assert problems_of(folder, "warning") == []


def test_units_of_measurement_are_not_ranked_where_other_things_are(tmp_path):
    text = LONG.replace("Germany,%", "Atlantis,GBP").replace("France,USD", "Lemuria,EUR")
    folder = index_of(tmp_path, text, declaration=OTHER)
    assert units_of(folder) == ["Atlantis", "Lemuria"]
    [note] = load(str(folder)).score().notes
    assert "The column unit is taken for what figures are counted in" in str(note)


def test_the_unit_beside_a_code_is_its_name_if_it_names_units(tmp_path):
    text = LONG.replace("country,unit", "iso3,unit")
    named = text.replace("Germany,%", "DEU,Germany").replace("France,USD", "FRA,Niger")
    with pytest.raises(FolderError, match='iso3 "FRA" is France, and the unit "Niger" is Niger'):
        read(index_of(tmp_path, named))
    measured = text.replace("Germany", "DEU").replace("France", "FRA")
    (tmp_path / "lost-lands" / "figures.csv").write_text(measured)
    assert units_of(tmp_path / "lost-lands") == ["DEU", "FRA"]


@pytest.mark.parametrize(
    ("unit", "expected"), [("USD", ["NER", "NGA"]), ("NER", None), ("", ["NER", "NGA"])]
)
def test_so_it_is_in_a_wide_table(tmp_path, unit, expected):
    figures = table("unit,country,gold", f"{unit},Niger", f"{unit},Nigeria")
    folder = index_of(tmp_path, figures)
    if expected is not None:
        assert units_of(folder) == expected
    else:
        with pytest.raises(FolderError, match='unit "NER" is Niger, and the country "Nigeria" is'):
            read(folder)


def test_what_is_ranked_may_have_a_country_beside_it(tmp_path):
    figures = table("unit,country,gold", "Rungholt,Germany", "Vineta,Germany", "Ys,France")
    folder = index_of(tmp_path, figures, declaration=OTHER)
    assert units_of(folder) == ["Rungholt", "Vineta", "Ys"]
    (folder / "units.csv").write_text("id\nRungholt\nVineta\nYs\n")
    assert units_of(folder) == ["Rungholt", "Vineta", "Ys"]
    assert problems_of(folder, "warning") == []


@pytest.mark.parametrize(
    ("declaration", "row", "says"),
    [
        (WORLD, "France,Germany", '"France" is France, and the name "Germany" is Germany'),
        (OTHER, "Italy,Germany", '"Italy" and "Germany" stand beside others in other rows'),
    ],
)
def test_all_columns_of_names_must_agree(tmp_path, declaration, row, says):
    figures = table("country,name,gold", "Italy,Italia", row)
    folder = index_of(tmp_path, figures, declaration=declaration)
    with pytest.raises(FolderError, match=f"line 3, column country: .*{says}"):
        read(folder)


def test_a_second_name_that_is_not_known_counts_for_nothing(tmp_path):
    folder = index_of(tmp_path, table("country,name,gold", "France,Gallia", "Italy,"))
    assert units_of(folder) == ["FRA", "ITA"]
    [warning] = problems_of(folder, "warning")
    assert 'column name: The name "Gallia" is not known; the other name beside it' in warning


def test_a_unit_that_names_another_country_than_the_row_contradicts_it(tmp_path):
    text = "unit,country,indicator,value\nFR,Germany,gold,10\nIT,Italy,gold,5\n"
    folder = index_of(tmp_path, text)
    with pytest.raises(FolderError, match='unit "FR" is France, and the country "Germany" is'):
        read(folder)


@pytest.mark.parametrize("column", ["country", "iso3"])
def test_a_unit_of_measurement_that_is_also_a_code_is_none(tmp_path, column):
    rows = [f"{name},kg,gold,1" for name in ("DEU", "FRA", "ITA")]
    folder = index_of(tmp_path, "\n".join([f"{column},unit,indicator,value", *rows, ""]))
    assert units_of(folder) == ["DEU", "FRA", "ITA"]
    assert problems_of(folder, "warning") == []


def test_names_are_ranked_rather_than_units_of_measurement(tmp_path):
    figures = table("unit,country,gold", "GBP,Alpha", "EUR,Beta")
    folder = index_of(tmp_path, figures, declaration=OTHER)
    assert units_of(folder) == ["Alpha", "Beta"]
    [warning] = problems_of(folder, "warning")
    assert (
        "The column unit is taken for what figures are counted in, as there is a column country"
        in (warning)
    )


def test_what_is_left_out_beside_what_is_ranked_is_said(tmp_path):
    figures = table("unit,country,gold", "Rungholt,Germany", "Vineta,Germany")
    folder = index_of(tmp_path, figures, declaration=OTHER)
    [warning] = problems_of(folder, "warning")
    assert "The column country counts for nothing, as the column unit names what is" in warning


def test_a_code_is_ranked_with_a_note_of_the_unit_beside_it(tmp_path):
    text = "unit,code,indicator,value\nGBP,A,gold,1\nEUR,B,gold,2\n"
    folder = index_of(tmp_path, text, declaration=OTHER)
    assert units_of(folder) == ["A", "B"]
    [warning] = problems_of(folder, "warning")
    assert (
        "The column unit is taken for what figures are counted in, as there is a column code"
        in (warning)
    )


def test_a_code_of_what_is_no_country_need_not_be_of_iso(tmp_path):
    folder = index_of(tmp_path, table("code,name,gold", "A,Alpha", ",Beta"), declaration=OTHER)
    [warning] = problems_of(folder, "warning")
    assert warning.endswith("the name beside it counts. Write it, or remove the column.")


def test_listed_units_must_agree_too(tmp_path):
    units = "id,name\nATL,Atlantis\nLEM,Lemuria\n"
    figures = table("code,name,gold", "ATL,Atlantis", "LEM,Atlantis")
    folder = index_of(tmp_path, figures, declaration=OTHER, units=units)
    with pytest.raises(FolderError, match='"LEM" is Lemuria, and the name "Atlantis" is Atlantis'):
        read(folder)


def test_units_that_are_listed_nowhere_have_one_code_and_one_name_each(tmp_path):
    rows = ("ATL,Atlantis", "LEM,Lemuria", "MU,Lemuria")
    folder = index_of(tmp_path, table("code,name,gold", *rows), declaration=OTHER)
    with pytest.raises(FolderError, match=r'line 4, .*"MU" and "Lemuria" stand beside others'):
        read(folder)
    (folder / "figures.csv").write_text(table("code,name,gold", *rows[:2]))
    assert units_of(folder) == ["ATL", "LEM"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("history", "country,iso3,indicator,year,value\nNiger,NGA,gold,1990,1\n"),
        ("published", "country,iso3,score\nNiger,NGA,1\n"),
        ("units", "id,name\nNGA,Niger\n"),
    ],
)
def test_every_table_with_codes_and_names_is_checked(tmp_path, name, text):
    folder = index_of(tmp_path, table("country,gold", "Niger", "Nigeria"), **{name: text})
    match = rf'lost-lands/{name}\.csv, line 2.*"NGA" is Nigeria, and the .* "Niger" is Niger'
    with pytest.raises(FolderError, match=match):
        read(folder)


def test_units_that_are_called_as_their_ids_are_offered_once(tmp_path):
    units = "id,name\nAtlantis,Atlantis\nThule,Thule\nMu,Land of Mu\n"
    figures = table("unit,gold", "Thule", "Zyx")
    folder = index_of(tmp_path, figures, declaration=OTHER, units=units)
    [problem] = problems_of(folder, "error")
    assert problem.endswith("Known: Atlantis, Thule, Mu, Land of Mu.")
