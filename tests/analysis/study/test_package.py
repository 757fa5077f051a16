"""A package is valid to those who made the formats: data packages, research objects, citations."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import frictionless
import jsonschema
import pytest
import yaml
from rocrate.rocrate import ROCrate

from helpers.studies import archive, contents, study, write_study
from softpower.analysis.study.archive import MOST_BYTES, unpacked
from softpower.analysis.study.changes import change_log, changes_between
from softpower.errors import InputError

SCHEMA = Path(__file__).parents[2] / "data" / "cff-1.2.0.schema.json"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    packed = study("pack", write_study(folder), "-o", folder / "study.zip")
    assert packed.exit_code == 0, packed.stderr
    with zipfile.ZipFile(folder / "study.zip") as made:
        made.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_it_is_a_valid_data_package_with_the_hash_of_every_file(package):
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    resources = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    files = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    described = {each["path"] for each in resources}
    assert files - described == {"datapackage.json", "ro-crate-metadata.json"}


def test_it_is_a_research_object_that_says_which_command_made_which_file(package):
    crate = ROCrate(package)
    assert crate.name == "Which land leads?"
    action = crate.dereference("#question-1")
    assert action.properties()["description"] == "softpower score lost-lands --pillars"
    assert {each.id for each in action["result"]} >= {"table1.tex", "figure1.svg", "answers/1.json"}
    assert {each.id for each in action["object"]} >= {"lost-lands/figures.csv", "people.csv"}
    for entity in crate.data_entities:
        assert (package / entity.id).is_file()


@pytest.mark.skipif(shutil.which("rocrate-validator") is None, reason="needs an older rich")
def test_it_is_valid_to_the_validator_of_research_objects(package):
    words = ["rocrate-validator", "-y", "validate", "-p", "ro-crate-1.1", "--offline", str(package)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_it_can_be_cited(package):
    cited = yaml.safe_load((package / "CITATION.cff").read_text(encoding="utf-8"))
    cited["date-released"] = str(cited["date-released"])
    jsonschema.validate(cited, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [each["name"] for each in cited["authors"]] == ["A. Cartographer", "B. Sailor"]
    assert [each["title"] for each in cited["references"]] == [
        "softpower",
        "Human Development Index 2022",
        "Lost Lands 1",
    ]


@pytest.mark.parametrize("name", ["../out.csv", "/out.csv", "a\\..\\..\\out.csv", "C:out.csv"])
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path, name):
    path = archive(tmp_path / "bad.zip", {name: b"x"})
    with pytest.raises(InputError, match="leads out of the package"):
        unpacked(path)


def test_an_archive_that_would_fill_the_disk_is_refused(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(2):
            info = zipfile.ZipInfo(f"{number}.csv")
            made.writestr(info, b"")
            info.file_size = MOST_BYTES
    with pytest.raises(InputError, match="at most"):
        unpacked(path)


@pytest.mark.parametrize("data", [b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_refused(tmp_path, data):
    (tmp_path / "bad.zip").write_bytes(data)
    with pytest.raises(InputError, match="no archive that can be read"):
        unpacked(tmp_path / "bad.zip")


def test_an_archive_of_something_else_is_refused(tmp_path):
    result = study("verify", archive(tmp_path / "other.zip", {"a.txt": b"a"}))
    assert result.exit_code == 1
    assert "it has no study.json" in result.stderr


def test_a_file_that_is_gone_is_named(package, tmp_path):
    shutil.copytree(package, tmp_path / "less")
    (tmp_path / "less" / "table1.tex").unlink()
    result = study("verify", tmp_path / "less")
    assert result.exit_code == 1
    assert "It has no file 'table1.tex'" in result.stderr


def test_the_change_log_is_read_by_its_marks():
    text = """
# Changes

## 1.2.0

- Draws come
  from another stream. <!-- numbers: robustness sensitivity -->
- Help is shorter.

## 1.1.0
- All tables say more. <!-- words: all -->

## 1.0.0
- It began. <!-- numbers: all -->
"""
    found = changes_between("1.0.0", "1.2.0", text)
    assert [(each.version, each.what) for each in found] == [
        ("1.2.0", "Draws come from another stream."),
        ("1.1.0", "All tables say more."),
    ]
    assert [each.version for each in found if each.concerns("robustness")] == ["1.2.0", "1.1.0"]
    assert changes_between("1.2.0", "1.2.0", text) == []
    assert isinstance(change_log(), str)


def test_contents_are_read_back_as_they_were_packed(package, tmp_path):
    assert study("verify", package).exit_code == 0
    again = archive(tmp_path / "again.zip", unpacked(package))
    assert contents(again) == unpacked(package)
