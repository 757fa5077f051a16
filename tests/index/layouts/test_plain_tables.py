"""Tables as anybody makes them: a row for each country, or a row for each figure.

All figures are invented.
"""

import csv

import pytest

from helpers.imports import directed, figures, imported, saved, table, workbook
from softpower.api.importing import import_files
from softpower.errors import InputError, UsageError
from softpower.index.reading.delimited import LONGEST_CELL
from softpower.index.reading.folder import read


def test_a_row_for_each_figure(tmp_path):
    text = (
        "Area Code (M49),Area,Item,Element,Year,Unit,Value,Flag\n"
        "152,Chile,Ships,Number,2020,no,12,A\n152,Chile,Ships,Weight,2020,t,3.5,E\n"
        "4,Afghanistan,Ships,Number,2020,no,1,A\n"
    )
    index = imported(tmp_path, saved(tmp_path, "fao.csv", text))
    assert figures(index) == {
        ("CHL", "ships_number", "2020"): "12",
        ("CHL", "ships_weight", "2020"): "3.5",
        ("AFG", "ships_number", "2020"): "1",
    }


def test_a_row_for_each_figure_with_columns_that_it_does_not_need(tmp_path):
    text = "country,indicator,year,value,colour\nPeru,ships,2020,3,red\n"
    [row] = import_files(saved(tmp_path, "a.csv", text)).table("left_out").records()
    assert row["names"] == "column colour"


def test_a_column_behind_all_others_is_no_year_code_or_note_that_a_file_lacks(tmp_path):
    text = "country,indicator,value,crew\nPeru,ships,3,2020\nChile,ships,4,FRA\n"
    answer = import_files(saved(tmp_path, "a.csv", text), into=tmp_path / "fleet")
    assert figures(tmp_path / "fleet") == {("PER", "ships", ""): "3", ("CHL", "ships", ""): "4"}
    assert [*table(tmp_path / "fleet" / "figures.csv")[0]] == [
        "country",
        "indicator",
        "value",
        "year",
    ]
    assert not any("code" in note for note in answer.notes)
    assert "Left out of the file: column crew." in answer.notes


@pytest.mark.parametrize("title", ["value", "indicator"])
def test_a_series_may_be_called_as_a_column_of_the_figures(tmp_path, title):
    text = f"country,{title},rank\nPeru,5,2\nChile,7,1\n"
    index = imported(tmp_path, saved(tmp_path, "a.csv", text))
    assert figures(index)["CHL", title, ""] == "7"
    values = read(directed(index)).figures.columns([title, "rank"])
    assert values.tolist() == [[7, 1], [5, 2]]


def test_a_row_that_ends_before_its_name_has_none(tmp_path):
    text = "ships_2019,ships_2020,country\n1,2,Peru\n3,4\n"
    [row] = import_files(saved(tmp_path, "a.csv", text)).table("unknown").records()
    assert row["what"] == "A name of a country is missing."


def test_a_row_for_each_country_and_year(tmp_path):
    text = "Country,Year,Ships (t),Docks,Region\nPeru,2019,3,1,South\nPeru,2020,4,,South\n"
    index = imported(tmp_path, saved(tmp_path, "a.csv", text))
    assert figures(index) == {("PER", "ships_t", "2020"): "4", ("PER", "docks", "2019"): "1"}
    assert [row["unit"] for row in table(index / "indicators.csv")] == ["t", ""]
    assert "Region" in (index / "README.md").read_text()


def test_years_across_are_one_series_that_is_called_as_the_file(tmp_path):
    text = "My fleet\n\nCountry,2019,2020\nPeru,3,4\nChile,5,n/a\nSource: sailors,,\n"
    index = imported(tmp_path, saved(tmp_path, "big fleet.csv", text))
    assert figures(index) == {("PER", "big_fleet", "2020"): "4", ("CHL", "big_fleet", "2019"): "5"}


def test_countries_are_told_by_what_they_are_where_no_heading_says_so(tmp_path):
    text = "Wer,Schiffe\nPeru,1\nChile,2\nFrance,3\n"
    assert set(figures(imported(tmp_path, saved(tmp_path, "a.csv", text)))) == {
        ("PER", "schiffe", ""), ("CHL", "schiffe", ""), ("FRA", "schiffe", ""),
    }  # fmt: skip


def test_titles_merged_headings_and_units_stand_above_the_figures(tmp_path):
    path = workbook(tmp_path / "survey.xlsx", {
        "Notes": [["About this survey"], ["Nothing else"]],
        "Data": [
            ["Table 3. Centres and visitors"],
            [],
            ["Country", "Centres", None, "Visitors", None],
            [None, 2023, 2024, 2023, 2024],
            [None, "number", "number", "thousands", "thousands"],
            ["Germany (1)", 12, 13, 1.5, 2.25],
            ["Morocco [a]", 1, 2, 0.1, "n/a"],
            ["Source: sailors"],
        ],
    })  # fmt: skip
    index = imported(tmp_path, path)
    assert figures(index) == {
        ("DEU", "centres", "2024"): "13",
        ("MAR", "centres", "2024"): "2",
        ("DEU", "visitors", "2024"): "2.25",
        ("MAR", "visitors", "2023"): "0.1",
    }
    assert [row["unit"] for row in table(index / "indicators.csv")] == ["number", "thousands"]
    text = (index / "README.md").read_text()
    assert '"Germany (1)", "Morocco [a]": a mark of a footnote behind the name is taken' in text
    assert "sheet Notes: no table of countries." in text


def test_several_sheets_with_figures_are_asked_about(tmp_path):
    rows = [["country", "ships"], ["Peru", 1]]
    path = workbook(tmp_path / "two.xlsx", {"Old": rows, "New": rows})
    with pytest.raises(UsageError, match=r'2 sheets with figures: "Old", "New"') as caught:
        import_files(path)
    assert caught.value.mend == 'Say which is meant: `sheet="Old"`.'
    index = imported(tmp_path, path, sheet="New")
    assert figures(index) == {("PER", "ships", ""): "1"}


def test_the_line_of_the_headings_may_be_said(tmp_path):
    text = "name,wanted\nship,sail\nwho,many\nPeru,1\nChile,2\nFrance,3\n"
    file = saved(tmp_path, "a.csv", text)
    assert {key[1] for key in figures(imported(tmp_path, file, header=3))} == {"many"}
    with pytest.raises(InputError, match="Line 9 is empty or beyond"):
        import_files(file, header=9)


def test_a_heading_that_stands_there_again_is_told_by_its_letter(tmp_path):
    file = saved(tmp_path, "a.csv", "country,ships,ships\nPeru,1,2\n")
    assert figures(imported(tmp_path, file)) == {
        ("PER", "ships", ""): "1", ("PER", "ships_column_c", ""): "2",
    }  # fmt: skip
    assert 'The heading "ships" stands there again: "ships (column C)".' in import_files(file).notes


def test_years_across_beside_names_of_series(tmp_path):
    text = (
        "WEO Country Code\tISO\tWEO Subject Code\tCountry\tSubject Descriptor\tUnits\tScale\t2019"
        "\t2020\tEstimates Start After\n"
        '293\tPER\tSHIPS\tPeru\tShips at sea\tNumber\tBillions\t"1,234.5"\t--\t2018\n'
        "228\tCHL\tSHIPS\tChile\tShips at sea\tNumber\tBillions\t12.25\tn/a\t2018\n"
        "228\tCHL\tDOCKS\tChile\tDocks\tNumber\t\t7\t8\t2018\n"
    )
    index = imported(tmp_path, saved(tmp_path, "weo.csv", text, "utf-16"))
    assert figures(index) == {
        ("PER", "ships", "2019"): "1234.5", ("CHL", "ships", "2019"): "12.25",
        ("CHL", "docks", "2020"): "8",
    }  # fmt: skip
    ships, docks = table(index / "indicators.csv")
    assert (ships["title"], ships["unit"], docks["unit"]) == (
        "Ships at sea", "Number, Billions", "Number",
    )  # fmt: skip


def test_a_year_that_stands_over_each_of_its_columns(tmp_path):
    text = (
        "Worldwide Imaginary Indicators\n\nCountry/Territory,Code,2022,2022,2023,2023\n"
        ",,Estimate,Rank,Estimate,Rank\nPeru,PER,0.5,1,0.75,2\nChile,CHL,0.25,2,1.5,1\n"
    )
    index = imported(tmp_path, saved(tmp_path, "a.csv", text), series="Estimate")
    assert figures(index) == {
        ("PER", "estimate", "2023"): "0.75", ("CHL", "estimate", "2023"): "1.5",
    }  # fmt: skip


def test_a_year_that_stands_beneath_the_headings_and_columns_of_footnotes(tmp_path):
    text = (
        ",,Ships,,Docks,\nRank,Country,Value,,(t),\n,,2022,,2021,a\n1,Peru,3,,4,b\n2,Chile,5,,6,\n"
    )
    index = imported(tmp_path, saved(tmp_path, "a.csv", text))
    found = figures(index)
    assert found["PER", "ships_value", "2022"] == "3"
    assert found["CHL", "docks_t", "2021"] == "6"


def test_a_value_alone_is_called_as_the_file_and_lines_of_footnotes_are_left_out(tmp_path):
    text = (
        "Country or Area,Year,Value,Value Footnotes\nPeru,2019,3,1\nChile,2019,4,\n\n"
        "footnoteSeqID,Footnote\n1,Ships of wood\n"
    )
    index = imported(tmp_path, saved(tmp_path, "big ships.csv", text))
    assert figures(index) == {("PER", "big_ships", "2019"): "3", ("CHL", "big_ships", "2019"): "4"}


def test_a_file_without_countries_is_refused_with_what_it_says(tmp_path):
    file = saved(tmp_path, "a.csv", "colour,ships\nred,1\nblue,2\n")
    with pytest.raises(InputError, match=r"cannot be told\. The first line says: colour, ships"):
        import_files(file)


def test_a_layout_may_be_said_and_must_fit(tmp_path):
    file = saved(tmp_path, "a.csv", "country,indicator,value\nPeru,ships,1\n")
    with pytest.raises(InputError, match="It does not have the layout owid"):
        import_files(file, layout="owid")
    with pytest.raises(UsageError, match="Did you mean owid"):
        import_files(file, layout="owdi")
    assert import_files(file, layout="row-per-figure").table("files").rows


@pytest.mark.parametrize("heading", ["Ships {}", "Ships_{}", "Ships ({})", "Ships, {}"])
def test_two_years_of_one_series_side_by_side_are_years_of_it(tmp_path, heading):
    text = f'country,"{heading.format(2019)}","{heading.format(2020)}",Docks 2020\nPeru,1,2,3\n'
    index = imported(tmp_path, saved(tmp_path, "a.csv", text), all_years=True)
    assert figures(index)["PER", "ships", "2020"] == "2"
    assert figures(index, "history.csv") == {("PER", "ships", "2019"): "1"}


def test_a_code_that_differs_by_country_is_none_of_a_series(tmp_path):
    text = (
        "SERIES_CODE,COUNTRY,INDICATOR,SCALE,2019,2020\n"
        "PER.SHP.A,Peru,Ships,Billions,1,2\nCHL.SHP.A,Chile,Ships,Billions,3,4\n"
    )
    index = imported(tmp_path, saved(tmp_path, "imf.csv", text))
    assert {key[1] for key in figures(index)} == {"ships"}


def test_names_in_a_column_that_is_called_as_one_of_codes_are_names(tmp_path):
    text = "Location,Ships\nPeru,1\nCôte d'Ivoire,2\n"
    assert [key[0] for key in figures(imported(tmp_path, saved(tmp_path, "a.csv", text)))] == [
        "CIV", "PER",
    ]  # fmt: skip


def test_flags_beside_years_and_numbers_with_an_apostrophe_are_the_fao_s(tmp_path):
    text = (
        "Area Code,Area Code (M49),Area,Item Code,Item,Element,Unit,Y2019,Y2019F,Y2020,Y2020F\n"
        "170,'604,Peru,15,Wheat,Ships,t,1,A,2,E\n40,'152,Chile,15,Wheat,Ships,t,3,A,,M\n"
    )
    file = saved(tmp_path, "fao.csv", text)
    assert figures(imported(tmp_path, file)) == {
        ("PER", "wheat_ships", "2020"): "2",
        ("CHL", "wheat_ships", "2019"): "3",
    }


def test_series_that_differ_in_their_unit_only_are_two(tmp_path):
    text = "country,indicator,unit,value\nPeru,Ships,t,1\nPeru,Ships,no,2\nChile,Ships,no,3\n"
    file = saved(tmp_path, "a.csv", text)
    index = imported(tmp_path, file)
    before = figures(index)
    assert set(before) == {("PER", "ships", ""), ("PER", "ships_no", ""), ("CHL", "ships_no", "")}
    import_files(file, into=index)
    assert figures(index) == before


@pytest.mark.parametrize("row", ["Peru,1,5", "Peru,1,5E+06", '"Peru",1,,x'])
def test_a_row_with_a_cell_beyond_the_headings_is_refused(tmp_path, row):
    file = saved(tmp_path, "a.csv", f"country,ships\nChile,2\n{row}\n")
    with pytest.raises(InputError, match=r"a\.csv, line 3: It has . cells, and the headings are 2"):
        import_files(file)
    titled = saved(
        tmp_path, "b.csv", f"Ships, docks, sails, 2024\n\ncountry,ships\nChile,2\n{row}\n"
    )
    with pytest.raises(InputError, match=r"b\.csv, line 5: It has . cells"):
        import_files(titled)
    assert import_files(saved(tmp_path, "c.csv", "country,ships\nChile,2,,\nPeru,1,\n"))


def test_a_column_of_figures_without_a_heading_is_left_out_and_said(tmp_path):
    file = saved(tmp_path, "a.csv", "country,,ships,\nChile,2,3,\nPeru,1,4,\n")
    answer = import_files(file)
    assert answer.table("left_out").records() == [
        {"why": "it has no heading", "count": 1, "names": "column B"}
    ]
    assert [row["title"] for row in answer.table("series").records()] == ["ships"]


def test_the_letter_of_a_column_whose_heading_stands_there_again_is_no_unit(tmp_path):
    file = saved(tmp_path, "a.csv", "country,x (tonnes),x (tonnes)\nChile,2,3\n")
    rows = import_files(file).table("series").records()
    assert [row["unit"] for row in rows] == ["tonnes", "tonnes"]


def test_tables_side_by_side_are_refused(tmp_path):
    text = "Rank,Country,Score,Rank,Country,Score\n1,Peru,5,3,Ghana,3\n2,Chile,4,,,\n"
    with pytest.raises(InputError, match=r'line 2, column E: "Ghana" stands beside "Peru"'):
        import_files(saved(tmp_path, "a.csv", text))
    same = saved(tmp_path, "b.csv", "Country,sails,Country,docks\nPeru,5,Peru,3\nChile,4,Chile,1\n")
    assert import_files(same).table("files").records()[0]["figures"] == 4


@pytest.mark.parametrize("limit", [10, 2**30])
def test_a_cell_is_as_long_as_is_allowed_here_whatever_the_process_has(tmp_path, limit):
    before = csv.field_size_limit(limit)
    try:
        text = "country,ships of a fleet\nPeru,3\nChile,4\n"
        assert import_files(saved(tmp_path, "a.csv", text)).table("series").rows
        long = saved(tmp_path, "b.csv", text.replace("Peru", "P" * (LONGEST_CELL + 1)))
        with pytest.raises(InputError, match="A cell has more than 131,072 characters"):
            import_files(long)
        assert csv.field_size_limit() == limit
    finally:
        csv.field_size_limit(before)
