"""An index of other things than countries is never said to rank countries."""

import re
import shlex

import pytest
from click.testing import CliRunner

from helpers.whole_folder import FIGURES, write_index
from softpower.cli import main

VARIANTS = """
[variants.geometric]
title = "Geometric"
methodology = { aggregate = "geometric", normalise = "minmax:1:100" }
[variants.narrow]
title = "Those with figures for all"
methodology = { "coverage.country" = 1 }
"""
PUBLISHED = "unit,score,rank,Land\nAtlantis,90.1,1,90\nLemuria,40.5,2,30\n"
NAMED = re.compile(r"--country|coverage\.country|\bcountry (= )?[0-9.]+")
"""Where an option or a setting is named, which is called by one name for everything ranked."""

COMMANDS = [
    "check lands",
    "show lands",
    "score lands",
    "score lands@narrow",
    "score lands --weights",
    "score lands --stages",
    "score lands --pillars",
    "score lands --against earlier",
    "score lands --set weight=benefit-of-the-doubt --weights",
    "score lands --country Thule",
    "explain lands Thule",
    "explain lands@narrow Thule",
    "explain lands Atlantis --versus Lemuria",
    "explain lands earlier --country Atlantis",
    "explain lands@narrow earlier --country Lemuria",
    "explain lands lands@geometric --country Lemuria",
    "explain lands",
    "explain lands Nowhere",
    "compare lands @geometric @narrow",
    "compare lands @geometric --chart",
    "compare lands earlier",
    "compare lands --all",
    "compare lands --each",
    "compare lands --each --country Thule --chart",
    "compare lands -w land=10 --set aggregate=geometric --why all",
    "compare lands -w land=10 --set aggregate=geometric --why Thule",
    "compare lands --set coverage.country=1 -w land=10 --why Thule",
    "reproduce lands",
    "claim lands 'Atlantis in the top 1' 'Thule above Lemuria'",
    "claim lands 'Atlantis 2nd'",
    "robustness lands --draws 100",
    "robustness lands --draws 100 --acceptability",
    "robustness lands --draws 100 --country Thule --versus Lemuria",
    "robustness lands --draws 100 --versus Lemuria",
    "robustness lands --vary normalise=minmax,zscore --vary coverage.country=0,1",
    "robustness lands --leave-out indicators",
    "robustness lands --leave-out pillars",
    "robustness lands --leave-out countries",
    "compare lands apart",
    "explain lands earlier --country Lemuria --versus Thule",
    "sensitivity lands --vary normalise=minmax,zscore --vary aggregate=arithmetic,geometric",
    "sensitivity lands --vary normalise=minmax,zscore --weights bounds:25 --draws 64 --of Thule",
    "score lands --region Asia",
    "score lands --omit Thule",
    "score lands --set coverage.country=1.5",
]


@pytest.fixture(scope="module")
def lands(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lands")
    write_index(folder, name="lands", more=VARIANTS, published=PUBLISHED)
    write_index(folder, name="earlier", figures=FIGURES.replace("gold,80", "gold,20"))
    write_index(folder, name="apart", figures=re.sub("(?m)^(?=[ALT])", "New ", FIGURES))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_other_units_speaks_of_no_country(lands, command, monkeypatch):
    monkeypatch.chdir(lands)
    words = shlex.split(re.sub(r"\b(lands|earlier|apart)(?=[ @]|$)", r"./\1", command))
    done = CliRunner().invoke(main, words)
    assert not re.findall(r".*\bcountr.*", NAMED.sub("", done.output), flags=re.IGNORECASE)


@pytest.mark.parametrize(
    "command",
    ["score ./lands", "robustness ./lands --draws 100", "reproduce ./lands", "audit ./lands"],
)
def test_what_is_read_has_no_codes_where_units_have_none(lands, command, monkeypatch):
    monkeypatch.chdir(lands)
    for form in ("table", "markdown", "latex"):
        said = CliRunner().invoke(main, [*command.split(), "-f", form]).stdout
        assert re.search(r"\d\W+Atlantis", said) or "audit" in command
        assert not re.search(r"\bCode\b", said)
    CliRunner().invoke(main, [*command.split(), "-o", "page.html"])
    page = (lands / "page.html").read_text(encoding="utf-8")
    assert not re.search(r"<th[^>]*>Code<", page)


def test_files_for_programs_and_those_who_ask_have_the_codes_all_the_same(lands, monkeypatch):
    monkeypatch.chdir(lands)
    given = CliRunner().invoke(main, ["score", "./lands", "-f", "csv"]).stdout
    assert given.startswith("rank,id,country,score\n1,Atlantis,Atlantis,")
    asked = CliRunner().invoke(main, ["score", "./lands", "--columns", "id,country"]).stdout
    assert re.search(r"Code +Unit", asked)


def test_codes_are_told_where_one_unit_has_one(tmp_path):
    write_index(tmp_path, name="lands", figures=FIGURES.replace("Thule", "FR"))
    table = tmp_path / "lands" / "units.csv"
    table.write_text("id,name\nAtlantis,Atlantis\nLemuria,Lemuria\nFR,Farland\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["score", str(tmp_path / "lands")]).stdout
    assert re.search(r"Code +Unit", said)
    assert re.search(r"FR +Farland", said)
