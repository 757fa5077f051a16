"""A new index folder is whole from the start, and is made whole or not at all."""

from pathlib import Path

import pytest

from helpers.books import write
from softpower.engine.loading import load
from softpower.errors import FolderError, InputError, UsageError
from softpower.index.reading.folder import inspect
from softpower.index.skeleton import COUNTRIES, create


def test_a_new_folder_has_nothing_wrong(tmp_path):
    paths = create(tmp_path / "my-index")
    assert sorted(path.name for path in paths) == sorted(
        path.name for path in (tmp_path / "my-index").iterdir()
    )
    index, problems = inspect(tmp_path / "my-index")
    assert [str(problem) for problem in problems] == []
    assert index.id == "my-index"


def test_a_new_folder_can_be_scored_with_each_variant(tmp_path):
    create(tmp_path / "my-index")
    ranking = load(str(tmp_path / "my-index")).score()
    assert {unit.id for unit in ranking.units} == set(COUNTRIES)
    assert min(ranking.ranks) == 1
    for variant in load(str(tmp_path / "my-index")).index.variants:
        load(f"{tmp_path / 'my-index'}@{variant}").score()


def test_a_new_folder_may_be_made_in_the_folder_where_one_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    create(Path("my-index"))
    assert [path.name for path in tmp_path.iterdir()] == ["my-index"]


@pytest.mark.parametrize("name", ["My Index", "ümläut", "a--b", "-a", "a.b", "[red]", "a\x1bb"])
def test_a_name_that_is_no_id_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="cannot be the name of an index"):
        create(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path):
    (tmp_path / "my-index").mkdir()
    (tmp_path / "my-index" / "index.toml").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        create(tmp_path / "my-index")
    assert (tmp_path / "my-index" / "index.toml").read_text() == "mine"


def test_a_folder_in_no_folder_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        create(tmp_path / "nowhere" / "my-index")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(*_args, **_settings):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(InputError, match="No space left on device"):
        create(tmp_path / "my-index")
    assert list(tmp_path.iterdir()) == []


def test_the_name_may_have_capitals(tmp_path):
    create(tmp_path / "ASEAN-2024")
    assert inspect(tmp_path / "ASEAN-2024")[0].id == "ASEAN-2024"
    with pytest.raises(UsageError, match="HDI-2022 is the name of an index"):
        create(tmp_path / "HDI-2022")


def test_a_folder_of_a_workbook_is_the_same_index(tmp_path):
    path = write(tmp_path / "North.xlsx")
    paths = create(tmp_path / "my-north", path)
    assert {each.name for each in paths} == {
        "index.toml",
        "README.md",
        "figures.csv",
        "indicators.csv",
    }
    index, problems = inspect(tmp_path / "my-north")
    assert [problem for problem in problems if problem.level == "error"] == []
    assert index.id == "my-north"
    assert load(tmp_path / "my-north").setup == load(path).setup


def test_a_workbook_with_problems_makes_no_folder(tmp_path):
    path = write(tmp_path / "north.xlsx", figures=[["country", "music"], ["Norwy", 1]])
    with pytest.raises(FolderError, match="Norway"):
        create(tmp_path / "my-north", path)
    assert not (tmp_path / "my-north").exists()


def test_a_workbook_of_something_else_makes_no_folder(tmp_path):
    path = write(tmp_path / "north.xlsx", methodology=None, figures=None)
    with pytest.raises(FolderError, match="no sheet methodology"):
        create(tmp_path / "my-north", path)
    assert not (tmp_path / "my-north").exists()
