"""Files as publishers lay them out, and what the import makes of them, read by other means."""

import csv
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from helpers.documentation import console
from softpower.api.importing import import_files


def saved(folder, name, text, encoding="utf-8"):
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def imported(folder, files, **said):
    """Import files into a new folder of an index, and return its path."""
    import_files(files, into=folder / "imported", **said)
    return folder / "imported"


def table(path):
    """Return the rows of a table, by another reader than the package's."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(index, name="figures.csv"):
    """Return the figures of a folder: value as text by country, indicator and year."""
    rows = table(index / name) if (index / name).exists() else []
    found = {(row["country"], row["indicator"], row["year"]): row["value"] for row in rows}
    assert len(found) == len(rows)
    return found


def directed(index, direction="higher"):
    """State a direction for every indicator, as a person would."""
    path = index / "indicators.csv"
    path.write_text(path.read_text().replace(",?,", f",{direction},"))
    return index


def workbook(path, sheets):
    """Write a workbook whose sheets have these rows, and return its path."""
    with xlsxwriter.Workbook(path) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def for_examples(folder):
    """Write the files that examples of the help name; their figures are invented."""
    head = "Country Name,Country Code,Indicator Name,Indicator Code"
    rows = "Peru,PER,Ships (t),IS.SHP,3,4\nChile,CHL,Ships (t),IS.SHP,5,\n"
    saved(folder, "world-bank.csv", f"{head},2019,2020\n{rows}")
    saved(folder, "fdi.csv", f"{head},2019,2020\n{rows}")
    saved(folder, "owid.csv", "Entity,Code,Year,Docks\nPeru,PER,2020,3\nChile,CHL,2020,4\n")
    sheet = [["Survey"], ["of imaginary things"], ["Country", "Sails"], ["Peru", 1], ["Chile", 2]]
    workbook(folder / "survey.xlsx", {"Data 2024": sheet})


WORLD_BANK = """\
\ufeff"Data Source","World Development Indicators",\r
\r
"Last Updated Date","2017-09-18",\r
\r
"Country Name","Country Code","Indicator Name","Indicator Code","1960","2011","2013","2016",\r
"Aruba","ABW","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"","25324.7203624669","","",\r
"Afghanistan","AFG","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"59.7773265083934","603.53702306241","631.744970641527","561.778746269502",\r
"Arab World","ARB","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"","6856.59367845743","7435.88912093028","6153.06954728785",\r
"Chile","CHL","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"532.616266826495","14705.6924209903","15941.3972192355","13792.9260543892",\r
"Korea, Rep.","KOR","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"158.236636232018","24079.788523886","25890.0186698906","27538.8061282212",\r
"Venezuela, RB","VEN","GDP per capita (current US$)","NY.GDP.PCAP.CD",\
"1072.43199656743","10741.5763839947","12237.2240641963","",\r
"""
"""World Bank, World Development Indicators, NY.GDP.PCAP.CD, of 2017-09-18 (CC BY 4.0): some rows
and years."""


def tried(*commands):
    """Print commands and what they show, in a folder that has the file ``gdp.csv``."""
    with TemporaryDirectory() as folder, chdir(folder):
        saved(Path(folder), "gdp.csv", WORLD_BANK)
        for command in commands:
            console(command)
