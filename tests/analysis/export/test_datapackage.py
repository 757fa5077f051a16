"""An exported data package is valid by Frictionless' own validator, and is the same index."""

import json

import frictionless
import pandas as pd
import pytest

import softpower
from helpers.books import write
from softpower.errors import UsageError
from softpower.index.find import shipped, shipped_folder
from softpower.index.skeleton import create


def errors(folder):
    """Return what Frictionless says is wrong with a package and every table of it."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [report.errors, *report.flatten(["name", "type", "message"])] if not report.valid else []


@pytest.mark.parametrize("name", ["hdi-2022", "elcano-2021", "gspi-2024"])
def test_a_shipped_index_is_a_valid_package_that_scores_the_same_bytes(name, tmp_path):
    folder = tmp_path / name
    softpower.export(name, to="datapackage", output=folder)
    assert errors(folder) == []
    first, again = softpower.load(name), softpower.load(folder)
    assert again.index.hash == first.index.hash
    assert again.score() == first.score()
    for path in shipped_folder().joinpath(name).iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()


def test_a_package_says_what_its_tables_hold_and_under_which_terms(tmp_path):
    softpower.export("hdi-2022", to="datapackage", output=tmp_path / "hdi")
    package = json.loads((tmp_path / "hdi" / "datapackage.json").read_text(encoding="utf-8"))
    index = softpower.load("hdi-2022").index
    assert package["softpower"]["hash"] == index.hash
    assert package["contributors"] == [{"title": "UNDP", "role": "publisher"}]
    assert {each["title"] for each in package["sources"]} == {
        item.source for item in index.main.indicators()
    }
    assert [each["title"] for each in package["licenses"]] == list(
        dict.fromkeys([index.declared.licence, *(i.licence for i in index.main.indicators())])
    )
    figures = next(each for each in package["resources"] if each["name"] == "figures")
    types = {field["name"]: field["type"] for field in figures["schema"]["fields"]}
    assert types["country"] == "string"


def test_a_workbook_becomes_a_package_of_tables(tmp_path):
    path = write(tmp_path / "north.xlsx")
    softpower.export(path, to="datapackage", output=tmp_path / "north")
    assert errors(tmp_path / "north") == []
    one, other = softpower.load(path), softpower.load(tmp_path / "north")
    assert one.setup == other.setup


def test_tables_with_semicolons_and_commas_are_described_as_they_are(tmp_path):
    folder = tmp_path / "my-index"
    softpower.export("hdi-2022", to="datapackage", output=folder)
    text = (folder / "published.csv").read_text(encoding="utf-8").replace(",", ";")
    (folder / "published.csv").write_text(text.replace("0.", "0,"), encoding="utf-8-sig")
    softpower.export(folder, to="datapackage", output=tmp_path / "again")
    assert errors(tmp_path / "again") == []
    assert softpower.load(tmp_path / "again").score() == softpower.load(folder).score()


def test_a_workbook_among_the_tables_of_a_folder_stays_as_it_is(tmp_path):
    folder = tmp_path / "north"
    create(folder, write(tmp_path / "north.xlsx"))
    (folder / "figures.csv").unlink()
    write(folder / "figures.xlsx", indicators=None, methodology=None)
    softpower.export(folder, to="datapackage", output=tmp_path / "out")
    assert errors(tmp_path / "out") == []
    assert softpower.load(tmp_path / "out").index.hash == softpower.load(folder).index.hash


def test_an_index_of_a_frame_has_no_files(tmp_path):
    index = softpower.index_from(pd.DataFrame({"unit": ["A", "B"], "x": [1, 2]}), units="other")
    with pytest.raises(UsageError, match="made from a data frame"):
        softpower.export(index, to="datapackage", output=tmp_path / "out")


@pytest.mark.parametrize(
    ("run", "said"),
    [("hdi-2022@arithmetic", "has no variant"), ("open-soft-power@geometric", "the whole index")],
)
def test_a_variant_is_no_package(run, said, tmp_path):
    with pytest.raises(UsageError, match=said):
        softpower.export(run, to="datapackage", output=tmp_path / "out")


def test_every_shipped_index_is_named_as_a_package_may_be():
    assert all(name == name.lower() for name in shipped())
