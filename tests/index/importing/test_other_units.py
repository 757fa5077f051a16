"""What is ranked may be regions, cities or firms: they are taken as they are written."""

import pytest

import softpower
from softpower.api.importing import import_files
from softpower.errors import InputError, UsageError
from softpower.index.reading.folder import inspect

TABLE = """\
Survey of imaginary regions

Region;Code;Schools (%);Income
;;%;crowns
Northmark;N1;81,5 %;1200
Southmark;S1;n/a;900
Georgia;G1;64 %;1010
Average;;72,8 %;1036,7
* from 2024
"""


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "regions.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_regions_are_taken_by_their_codes_with_their_names_beside(table, tmp_path):
    answer = import_files(table, into=tmp_path / "marks", units="other")
    assert answer.title.endswith("2 indicators, 5 figures")
    assert "1 name left out: Average." in answer.notes
    assert "The newest figure of each unit is taken." in answer.notes
    units = (tmp_path / "marks" / "units.csv").read_text(encoding="utf-8")
    assert units == "id,name\nN1,Northmark\nS1,Southmark\nG1,Georgia\n"
    assert "says no year of schools, income." in " ".join(answer.notes)
    _, problems = inspect(tmp_path / "marks")
    assert "no direction yet" in str(problems[0])
    indicators = tmp_path / "marks" / "indicators.csv"
    indicators.write_text(indicators.read_text().replace(",?,", ",higher,"), encoding="utf-8")
    ranked = softpower.load(str(tmp_path / "marks")).score()
    assert ranked["Northmark"].rank == 1
    assert {unit.name for unit in ranked.units} == {"Northmark", "Southmark", "Georgia"}


def test_a_folder_says_itself_what_is_ranked(table, tmp_path):
    folder = tmp_path / "marks"
    import_files(table, into=folder, units="other")
    table.write_text(TABLE.replace("1200", "1300"), encoding="utf-8")
    again = import_files(table, into=folder, series="Income", as_="income")
    (changed,) = again.table("changes").records()
    assert (changed["code"], changed["before"], changed["after"]) == ("N1", "1200", "1300")
    with pytest.raises(UsageError, match=r"index\.toml says other"):
        import_files(table, into=folder, units="countries")


def test_what_has_no_code_or_the_code_of_another_is_asked_about(table, tmp_path):
    table.write_text(TABLE.replace("S1", "").replace("G1", "N1"), encoding="utf-8")
    rows = import_files(table, units="other").table("unknown").records()
    assert [row["what"] for row in rows] == [
        '"Southmark" has no code, and the others have.',
        'The code "N1" is that of "Northmark" and of "Georgia".',
    ]
    with pytest.raises(InputError, match="2 names are not clear"):
        import_files(table, into=tmp_path / "marks", units="other")


def test_names_that_are_no_countries_lead_to_the_option(table):
    table.write_text(TABLE.replace("G1", "H1"), encoding="utf-8")
    with pytest.raises(InputError, match=r"no countries\. If they are what is ranked, say `units="):
        import_files(table, into=table.parent / "marks")
    with pytest.raises(UsageError, match=r"`units` is 'cities'\. Known: countries and other"):
        import_files(table, units="cities")


ROWS = "Paris,gold,1\nRome,gold,3\nRome,ships,2\n"


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (f"city,indicator,value\n{ROWS}", "row-per-figure"),
        (f"unit,indicator,value\n{ROWS}", "row-per-figure"),
        ("country,city,gold,ships\nX,Paris,1,\nX,Rome,3,2\n", "row-per-country"),
        (
            "city,series,2019,2020\nParis,gold,,1\nRome,gold,,3\nRome,ships,,2\n",
            "years-across",
        ),
        ("gold_2019,gold_2020,ships_2020,city\n,1,,Paris\n,3,2,Rome\n", "series-year"),
    ],
)
def test_what_is_ranked_is_found_in_each_layout(tmp_path, text, layout):
    file = tmp_path / "cities.csv"
    file.write_text(text, encoding="utf-8")
    assert import_files(file, units="other").table("files").records()[0]["layout"] == layout
    import_files(file, into=tmp_path / "towns", units="other")
    rows = (tmp_path / "towns" / "figures.csv").read_text(encoding="utf-8").splitlines()[1:]
    found = {tuple(row.split(",")[:3]) for row in rows}
    assert found == {("Paris", "gold", "1"), ("Rome", "gold", "3"), ("Rome", "ships", "2")}


@pytest.mark.parametrize("other", ["unit", "country"])
def test_what_figures_are_counted_in_is_not_ranked(tmp_path, other):
    file = tmp_path / "cities.csv"
    file.write_text(f"{other},city,indicator,value\nkg,Paris,gold,1\nkg,Rome,gold,3\n")
    import_files(file, into=tmp_path / "towns", units="other")
    units = (tmp_path / "towns" / "units.csv").read_text(encoding="utf-8")
    assert units == "id,name\nParis,Paris\nRome,Rome\n"


def test_units_whose_figures_are_of_other_years_are_counted(tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text("city,2019,2020\nParis,1,2\nRome,3,\n", encoding="utf-8")
    answer = import_files(file, units="other", year=2020)
    assert "Units with figures of other years only: cities 1." in answer.notes


def test_a_table_without_countries_leads_to_the_option(tmp_path):
    file = tmp_path / "cities.csv"
    file.write_text("city,gold\nParis,1\nRome,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be told") as caught:
        import_files(file)
    assert 'of what else is ranked, with `units="other"`' in caught.value.mend
    file.write_text("spot,gold\nParis,1\nRome,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be told") as caught:
        import_files(file, units="other")
    assert "a column of names, called name, region or the like" in caught.value.mend


def test_codes_of_countries_are_not_said_of_something_else(table):
    with pytest.raises(UsageError, match="`codes` is about codes of countries"):
        import_files(table, units="other", codes="iso")
