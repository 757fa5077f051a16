"""Files of the World Bank, as its interface and the DataBank give them out.

Figures of ships and docks are invented.
"""

from helpers.imports import WORLD_BANK, figures, imported, saved, table

SERIES = """\
Time,Time Code,Country Name,Country Code,"Ships (% of all) [IS.SHP.ZS]",Docks [IS.DCK]
2019,YR2019,Chile,CHL,12.5,..
2020,YR2020,Chile,CHL,..,7
2020,YR2020,Channel Islands,CHI,3,4

Data from database: World Development Indicators
Last Updated: 12/16/2021
"""

YEARS = """\
Country Name,Country Code,Series Name,Series Code,2019 [YR2019],2020 [YR2020]
"Korea, Rep.",KOR,Ships,IS.SHP,3,4
World,WLD,Ships,IS.SHP,30,40
,,,,,
Data from database: Imaginary Indicators,,,,,
"""


def test_the_interface_gives_a_column_for_each_year(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "gdp.csv", WORLD_BANK))
    assert figures(index) == {
        ("ABW", "ny_gdp_pcap_cd", "2011"): "25324.7203624669",
        ("AFG", "ny_gdp_pcap_cd", "2016"): "561.778746269502",
        ("CHL", "ny_gdp_pcap_cd", "2016"): "13792.9260543892",
        ("KOR", "ny_gdp_pcap_cd", "2016"): "27538.8061282212",
        ("VEN", "ny_gdp_pcap_cd", "2013"): "12237.2240641963",
    }
    [row] = table(index / "indicators.csv")
    assert row["title"] == "GDP per capita (current US$)"
    assert row["unit"] == "current US$"
    assert row["direction"] == "?"
    assert row["year"] == "2011-2016"
    assert row["source"].startswith(
        "World Bank, World Development Indicators, series NY.GDP.PCAP.CD; gdp.csv, sha256 "
    )
    assert row["source"].endswith("; updated 2017-09-18")
    assert "Arab World: it is a group of countries." in (index / "README.md").read_text()


def test_the_databank_gives_a_column_for_each_series_or_for_each_year(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "bank.csv", SERIES), all_years=True)
    assert figures(index) == {
        ("CHL", "is_shp_zs", "2019"): "12.5",
        ("CHL", "is_dck", "2020"): "7",
    }
    assert [row["unit"] for row in table(index / "indicators.csv")] == ["% of all", ""]
    assert "updated 12/16/2021" in table(index / "indicators.csv")[0]["source"]


def test_the_databank_gives_years_across_too(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "bank.csv", YEARS), all_years=True)
    assert figures(index) == {("KOR", "is_shp", "2020"): "4"}
    assert figures(index, "history.csv") == {("KOR", "is_shp", "2019"): "3"}
    assert "Imaginary Indicators" in table(index / "indicators.csv")[0]["source"]
