"""A table whose header is refused is told of, and nothing follows from what it would have held."""

import pytest
from click.testing import CliRunner

from helpers.whole_folder import DECLARATION, FIGURES, INDICATORS, write_index
from softpower.cli import main
from softpower.index.reading.folder import inspect

TABLES = {
    "indicators": INDICATORS,
    "figures": FIGURES,
    "history": "unit,indicator,year,value\nAtlantis,gold,1990,100\n",
    "published": "unit,score,rank,land\nAtlantis,90,1,80\n",
    "units": "id,name,coast\nAtlantis,,long\nLemuria,,short\nThule,,\n",
}
NEEDED = {
    "indicators": ("id",),
    "figures": ("unit", "indicator", "value"),
    "history": ("unit", "indicator", "year", "value"),
    "published": ("unit",),
    "units": ("id",),
}
LACKING = [(table, column) for table, columns in NEEDED.items() for column in columns]


def without(text, column):
    rows = [line.split(",") for line in text.splitlines()]
    at = rows[0].index(column)
    return "".join(",".join(row[:at] + row[at + 1 :]) + "\n" for row in rows)


def errors_of(folder):
    index, problems = inspect(folder)
    assert index is None
    return [str(problem) for problem in problems if problem.level == "error"]


@pytest.mark.parametrize(("table", "column"), LACKING)
def test_a_column_that_is_needed_and_not_there_is_the_one_error(tmp_path, table, column):
    folder = write_index(tmp_path, **TABLES | {table: without(TABLES[table], column)})
    [error] = errors_of(folder)
    assert error.startswith(f"lost-lands/{table}.csv")


@pytest.mark.parametrize(
    ("table", "column"), [pair for pair in LACKING if pair[0] not in ("figures", "history")]
)
def test_so_it_is_where_the_figures_are_those_of_another_index(tmp_path, table, column):
    write_index(tmp_path, name="old-lands", units=TABLES["units"])
    tables = {"figures": None, "history": None, table: without(TABLES[table], column)}
    more = '\n[figures]\nfrom = "old-lands"\n'
    [error] = errors_of(write_index(tmp_path, more=more, **TABLES | tables))
    assert error.startswith(f"lost-lands/{table}.csv")


@pytest.mark.parametrize("header", ["country", "country,iso3"])
def test_no_name_is_refused_while_the_list_of_units_is(tmp_path, header):
    """It may name what is not a country."""
    declaration = DECLARATION.partition("[pillars.land]")[0].replace('units = "other"\n', "")
    names = ["France,FRA", "European Union,EUU", "ASEAN,ASE", "Mercosur,MER", "Visegrad,VIS"]
    rows = [name if "," in header else name.partition(",")[0] for name in names]
    figures = "".join(f"{row},{n}\n" for n, row in enumerate(rows))
    folder = write_index(
        tmp_path,
        declaration=declaration,
        indicators="id,source\ngold,Atlas\n",
        figures=f"{header},gold\n{figures}",
        units="name\nEuropean Union\n",
    )
    [error] = errors_of(folder)
    assert error.startswith("lost-lands/units.csv: It has no column id.")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("heading", ["", "twice,twice", "<b>"])
def test_headings_that_are_none_are_refused_in_every_table(tmp_path, table, heading):
    text = TABLES[table]
    first, _, rest = text.partition("\n")
    cells = "," * len(heading.split(","))
    changed = f"{first},{heading}\n" + "".join(f"{row}{cells}x\n" for row in rest.splitlines())
    errors = errors_of(write_index(tmp_path, **TABLES | {table: changed}))
    assert all(error.startswith(f"lost-lands/{table}.csv") for error in errors)


@pytest.mark.parametrize(
    "command",
    ["check", "score", "show", "compare", "reproduce", "robustness", "sensitivity", "explain"],
)
def test_every_command_says_what_is_wrong_with_a_header(tmp_path, command):
    declaration = DECLARATION.partition("units =")[0] + '[figures]\nfrom = "hdi-2022"\n'
    folder = write_index(
        tmp_path, declaration=declaration, indicators="title\nGold\n", figures=None
    )
    options = {"compare": ["hdi-2022"], "explain": ["France"]}.get(command, [])
    done = CliRunner(env={"COLUMNS": "200"}).invoke(main, [command, str(folder), *options])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "It has no column id." in done.output
