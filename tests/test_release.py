"""What a release says of itself is one version, is valid, and is in the change log."""

import json
import tomllib
from pathlib import Path

import jsonschema
import yaml

import softpower
from softpower.analysis.study.changes import change_log, changes_between, ordered
from softpower.cli import main

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_citation_is_valid_by_the_schema_of_its_format_and_names_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    cited["date-released"] = str(cited["date-released"])
    schema = ROOT / "tests" / "data" / "cff-1.2.0.schema.json"
    jsonschema.validate(cited, json.loads(schema.read_text(encoding="utf-8")))
    assert cited["version"] == softpower.__version__
    assert cited["license"] == PROJECT["license"]


def test_this_version_is_the_latest_of_the_change_log():
    versions = [line[3:] for line in change_log().splitlines() if line.startswith("## ")]
    assert versions[0] == softpower.__version__
    assert sorted(versions, key=ordered, reverse=True) == versions


def test_every_mark_of_the_change_log_names_commands_that_there_are():
    for change in changes_between("0", softpower.__version__):
        assert change.commands <= {"all", *main.commands}


def test_the_classifiers_name_every_python_that_is_supported():
    least = PROJECT["requires-python"].removeprefix(">=3.")
    named = [
        each.rpartition(" ")[2] for each in PROJECT["classifiers"] if ":: Python :: 3." in each
    ]
    assert named == [f"3.{minor}" for minor in range(int(least), 15)]
