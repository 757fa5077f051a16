"""An index is named by its id, or by the path of its folder."""

import pytest

from helpers.whole_folder import write_index
from softpower.errors import UsageError
from softpower.index.find import locate, shipped, shipped_folder
from softpower.index.name import parse_name
from softpower.index.reading.folder import inspect


def test_shipped_indices_are_listed_in_order():
    assert "open-soft-power" in shipped()
    assert list(shipped()) == sorted(shipped())


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_index_is_found_and_has_nothing_wrong(name):
    assert locate(name) == shipped_folder() / name
    _, problems = inspect(locate(name))
    assert [str(problem) for problem in problems] == []


def test_a_folder_is_found_by_its_path(tmp_path, monkeypatch):
    folder = write_index(tmp_path)
    assert locate(str(folder)) == folder
    monkeypatch.chdir(tmp_path)
    assert locate("lost-lands").resolve() == folder
    monkeypatch.chdir(folder)
    assert locate(".").resolve() == folder


@pytest.mark.parametrize("name", ["hdi-2022@", "hdi-2022@a+", "hdi-2022@+a", "hdi-2022@a++b"])
def test_a_variant_that_is_announced_must_be_named(name):
    with pytest.raises(UsageError, match="does not say which variant"):
        parse_name(name)


def test_a_mistyped_index_brings_up_the_nearest():
    with pytest.raises(UsageError, match="Did you mean open-soft-power"):
        locate("open-softpower")


@pytest.mark.parametrize("name", ["", "nowhere", "a\0b", "x" * 5000, "index.toml", "../../nowhere"])
def test_what_is_no_folder_is_no_index(name):
    with pytest.raises(UsageError, match="There is no index"):
        locate(name)


def test_a_neighbour_is_found_by_its_id_alone(tmp_path):
    folder = write_index(tmp_path)
    other = write_index(tmp_path, name="old-lands")
    assert locate("old-lands", near=folder) == other
    assert locate("hdi-2022", near=folder) == shipped_folder() / "hdi-2022"
    with pytest.raises(UsageError, match="There is no index"):
        locate("new-lands", near=folder)
