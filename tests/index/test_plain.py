"""What a workbook declares is written as index.toml says it."""

import tomllib

import pytest

from helpers.books import METHODOLOGY, write
from softpower.index.plain import plain_files, to_toml
from softpower.index.reading.store_folder import store_of

STATED = {
    "id": "north",
    "summary": 'Two lines:\n"quoted" \\ and a tab\t.',
    "methodology": {"coverage": {"pillar": 0.5}, "aggregate": ["geometric", "arithmetic"]},
    "pillars": {"arts": {"title": "Arts", "weight": 60}, "sea": {"title": "Sea", "weight": 40}},
    "variants": {
        "ranks": {"title": "Ranks", "methodology": {"normalise": "rank", "scale.low": 1}},
    },
    "frameworks": {"flat": {"title": "Flat", "pillars": {"all": {"title": "All"}}}},
}


def test_what_is_written_reads_as_what_was_stated():
    assert tomllib.loads(to_toml(STATED)) == STATED


def test_the_sheet_that_holds_the_figures_is_named_no_more(tmp_path):
    rows = [*METHODOLOGY, ["files.figures.sheet", "Data", None], ["title", "North", None]]
    rows.remove(METHODOLOGY[1])
    figures = [["country", "music", "ships"], ["Norway", 1.25, None], ["Sweden", 2, 3]]
    path = write(tmp_path / "north.xlsx", methodology=rows, figures=None, Data=figures)
    files = plain_files(store_of(path), "north")
    assert files["figures.csv"].decode() == "country,music,ships\nNorway,1.25,\nSweden,2,3\n"
    assert "files" not in tomllib.loads(files["index.toml"].decode())


@pytest.mark.parametrize("name", ["hdi-2022", "soft-power-30-2015"])
def test_the_files_of_a_folder_stay_as_they_are(name):
    from softpower.index.find import locate

    folder = locate(name)
    files = plain_files(store_of(folder))
    assert files == {path.name: path.read_bytes() for path in folder.iterdir()}
