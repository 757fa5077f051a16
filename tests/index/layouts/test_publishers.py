"""Files of other publishers: Our World in Data, UNDP, the WHO, and those that speak SDMX.

Figures of ships and docks are invented.
"""

import json

import pytest

from helpers.imports import figures, imported, saved, table
from softpower.api.importing import import_files
from softpower.errors import InputError

OWID = """\
Entity,Code,Year,Life expectancy
Chile,CHL,2019,80.3243
Chile,CHL,2020,79.3488
Africa,,2020,62.2572
Kosovo,OWID_KOS,2020,74.2118
World,OWID_WRL,2020,71.9166
Lands of the East (imaginary),,2020,70
Micronesia (country),FSM,2020,65.8776
"""
"""Our World in Data, life expectancy at birth (CC BY 4.0): some rows."""

UNDP = """\
iso3,country,hdicode,region,hdi_rank_2022,hdi_1990,hdi_2022,le_1990,le_2022
VNM,Viet Nam,High,EAP,107,0.492,0.726,69.213,74.58
CIV,C\u9b4ce d'Ivoire,Low,SSA,166,0.425,0.534,52.603,58.916
ZZK.WORLD,World,,,,0.601,0.739,65.14486612,72.00406985
"""
"""UNDP, time series of the Human Development Report 2023-24 (CC BY 3.0 IGO): some rows and columns,
the name of a country broken as in a file that somebody passed on."""

WHO = """\
IndicatorCode,Indicator,ValueType,ParentLocationCode,ParentLocation,Location type,\
SpatialDimValueCode,Location,Period type,Period,IsLatestYear,Dim1 type,Dim1,Dim1ValueCode,\
FactValueNumeric,FactValueNumericLow,FactValueNumericHigh,Value,FactComments,DateModified
SHIPS_1,Ships (per head),numeric,AMR,Americas,Country,CHL,Chile,Year,2020,true,Sex,Both sexes,\
SEX_BTSX,3.5,3,4,3.5 [3-4],estimated,2024-01-05
SHIPS_1,Ships (per head),numeric,AMR,Americas,Country,CHL,Chile,Year,2020,true,Sex,Male,SEX_MLE,\
4.5,4,5,4.5 [4-5],,2024-01-05
SHIPS_1,Ships (per head),numeric,AMR,Americas,Country,PER,Peru,Year,2020,true,Sex,Male,SEX_MLE,,,,\
No data,,2024-01-05
SHIPS_1,Ships (per head),numeric,,,Region,AMR,Lands of the West,Year,2020,true,Sex,Male,SEX_MLE,\
5,,,5,,2024-01-05
"""

EUROSTAT = """\
DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:SHIPS(1.0),01/02/24 11:00:00,A,PC,EL,2022,12.5,e
ESTAT:SHIPS(1.0),01/02/24 11:00:00,A,PC,UK,2019,14,
ESTAT:SHIPS(1.0),01/02/24 11:00:00,A,PC,UK,2020,:,
ESTAT:SHIPS(1.0),01/02/24 11:00:00,A,PC,EU27_2020,2022,13,
"""

OECD = """\
STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,MEASURE,Measure,UNIT_MEASURE,Unit of measure,\
TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,UNIT_MULT
DATAFLOW,OECD:SHIPS(1.0),I,FRA,France,FLEET,Fleet,SH,Ships,2022,,40,,A,0
DATAFLOW,OECD:SHIPS(1.0),I,FRA,France,DOCKS,Docks,DK,Places,2022,,5,,B,3
DATAFLOW,OECD:SHIPS(1.0),I,OECD,OECD,FLEET,Fleet,SH,Ships,2022,,400,,A,0
"""

SDMX_2 = """\
LOCATION,INDICATOR,SUBJECT,MEASURE,FREQUENCY,TIME,Value,Flag Codes
AUS,SHIPS,TOT,NUM,A,2013,5.25,
AUS,SHIPS,TOT,NUM,A,2014,5.5,E
OAVG,SHIPS,TOT,NUM,A,2014,6,
"""


def test_our_world_in_data_has_groups_without_a_code_and_kosovo_with_its_own(tmp_path):
    file = saved(tmp_path, "life.csv", OWID)
    metadata = {
        "chart": {"title": "Life", "originalChartUrl": "https://ourworldindata.org/grapher/life"},
        "columns": {
            "Life expectancy": {
                "titleShort": "Life expectancy at birth",
                "unit": "years",
                "citationShort": "UN WPP (2024)",
            }
        },
        "dateDownloaded": "2025-03-01",
    }
    saved(tmp_path, "life.metadata.json", json.dumps(metadata))
    index = imported(tmp_path, file)
    assert figures(index) == {
        ("CHL", "life_expectancy", "2020"): "79.3488",
        ("XKX", "life_expectancy", "2020"): "74.2118",
        ("FSM", "life_expectancy", "2020"): "65.8776",
    }
    [row] = table(index / "indicators.csv")
    assert (row["title"], row["unit"]) == ("Life expectancy at birth", "years")
    assert row["source"].startswith("UN WPP (2024), Our World in Data, Life, series Life expect")
    assert row["source"].endswith("; downloaded 2025-03-01")
    text = (index / "README.md").read_text(encoding="utf-8")
    assert "World: it is a group of countries." in text
    assert "Lands of the East (imaginary): the publisher gives it no code of a country." in text


def test_metadata_that_are_broken_are_refused(tmp_path):
    file = saved(tmp_path, "life.csv", OWID)
    saved(tmp_path, "life.metadata.json", "{")
    with pytest.raises(InputError, match=r"life\.metadata\.json: It is not well-formed JSON"):
        imported(tmp_path, file)


def test_undp_has_a_column_for_each_series_and_year(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "hdr.csv", UNDP), series=["hdi", "le"])
    assert figures(index) == {
        ("VNM", "hdi", "2022"): "0.726",
        ("CIV", "hdi", "2022"): "0.534",
        ("VNM", "le", "2022"): "74.58",
        ("CIV", "le", "2022"): "58.916",
    }
    text = (index / "README.md").read_text(encoding="utf-8")
    assert "the name alone is not clear; its code counts." in text
    assert "World: it is a group of countries." in text


def test_the_who_breaks_series_down(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "gho.csv", WHO))
    assert figures(index) == {
        ("CHL", "ships_1_sex_btsx", "2020"): "3.5",
        ("CHL", "ships_1_sex_mle", "2020"): "4.5",
    }
    both, men = table(index / "indicators.csv")
    assert (both["title"], men["title"]) == (
        "Ships (per head), Both sexes",
        "Ships (per head), Male",
    )
    assert both["unit"] == "per head"
    assert table(index / "figures.csv")[0]["note"] == "estimated"
    text = (index / "README.md").read_text(encoding="utf-8")
    assert '1 times "No data"' in text
    assert "Lands of the West: the file says that it is a group." in text


def test_eurostat_has_codes_of_its_own_and_its_flags_are_notes(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "ships.csv", EUROSTAT), as_="ships")
    assert figures(index) == {("GRC", "ships", "2022"): "12.5", ("GBR", "ships", "2019"): "14"}
    assert [row["note"] for row in table(index / "figures.csv")] == ["", "OBS_FLAG e"]
    [row] = table(index / "indicators.csv")
    assert row["unit"] == "PC"
    assert "updated 01/02/24 11:00:00" in row["source"]
    assert "Codes of countries: Eurostat" in (index / "README.md").read_text(encoding="utf-8")


def test_the_oecd_has_labels_beside_its_codes(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "oecd.csv", OECD))
    rows = table(index / "indicators.csv")
    assert [row["id"] for row in rows] == ["ships_fleet", "ships_docks"]
    assert [(row["title"], row["unit"]) for row in rows] == [
        ("Fleet", "Ships"),
        ("Docks", "Places, times 10^3"),
    ]
    assert set(figures(index).values()) == {"40", "5"}


def test_the_older_form_of_the_oecd_is_read_too(tmp_path):
    index = imported(tmp_path, saved(tmp_path, "old.csv", SDMX_2), year=2014, omit="OAVG")
    assert list(figures(index).values()) == ["5.5"]
    assert table(index / "figures.csv")[0]["note"] == "Flag Codes E"


def test_the_ilo_has_a_source_for_each_country_and_labels_with_a_point(tmp_path):
    text = (
        "ref_area,ref_area.label,source,indicator,indicator.label,sex,time,obs_value,obs_status\n"
        "PER,Peru,BA:1,SHIPS,Ships,SEX_T,2020,7.5,\nCHL,Chile,BA:2,SHIPS,Ships,SEX_T,2020,6.5,U\n"
    )
    index = imported(tmp_path, saved(tmp_path, "ilo.csv", text))
    assert figures(index) == {("PER", "ships", "2020"): "7.5", ("CHL", "ships", "2020"): "6.5"}
    names = "ref_area.label,source.label,indicator.label,time,obs_value\nPeru,A,Ships,2020,7.5\n"
    answer = import_files(saved(tmp_path, "names.csv", names))
    assert answer.table("series").records()[0]["countries"] == 1


def test_unescos_table_of_figures_has_the_indicator_as_a_series(tmp_path):
    text = "indicatorId,geoUnit,year,value,magnitude,qualifier\n"
    text += "26637,FRA,2021,7,,\n26637,FRA,2022,8,,UIS_EST\nCR.1,PER,2022,9,,\n"
    index = imported(tmp_path, saved(tmp_path, "uis.csv", text))
    assert figures(index) == {("FRA", "26637", "2022"): "8", ("PER", "cr_1", "2022"): "9"}
    assert table(index / "figures.csv")[0]["note"] == "UIS_EST"


def test_the_scale_of_the_imf_is_part_of_the_unit_and_its_groups_are_left_out(tmp_path):
    text = "DATASET,COUNTRY,INDICATOR,TIME_PERIOD,OBS_VALUE,SCALE,UNIT\n"
    text += "IMF.RES:WEO(6.0.0),PER,NGDPD,2023,7.5,Billions,US dollar\n"
    text += "IMF.RES:WEO(6.0.0),G001,NGDPD,2023,99.5,Billions,US dollar\n"
    index = imported(tmp_path, saved(tmp_path, "imf.csv", text))
    assert [row["unit"] for row in table(index / "indicators.csv")] == ["US dollar, Billions"]
    assert figures(index) == {("PER", "ngdpd", "2023"): "7.5"}


def test_a_series_of_codes_alone_has_the_data_set_in_its_title(tmp_path):
    text = "DATAFLOW,sex,geo,TIME_PERIOD,OBS_VALUE\n"
    text += "ESTAT:SHIPS(1.0),F,FR,2022,5\nESTAT:SHIPS(1.0),M,FR,2022,6\n"
    rows = import_files(saved(tmp_path, "a.csv", text)).table("series").records()
    assert [row["title"] for row in rows] == ["SHIPS, F", "SHIPS, M"]
    bare = "geo,TIME_PERIOD,OBS_VALUE\nFR,2022,5\n"
    rows = import_files(saved(tmp_path, "fleet.csv", bare)).table("series").records()
    assert [row["title"] for row in rows] == ["fleet"]


def test_the_faos_china_with_its_regions_is_not_china(tmp_path):
    text = "Area Code (M49),Area,Item,Year,Value\n"
    text += (
        "'159,China,Wheat,2022,9\n'156,\"China, mainland\",Wheat,2022,8\n'250,France,Wheat,2022,7\n"
    )
    index = imported(tmp_path, saved(tmp_path, "fao.csv", text))
    assert figures(index) == {("CHN", "wheat", "2022"): "8", ("FRA", "wheat", "2022"): "7"}
