"""What an answer records of its run repeats the run."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import softpower
from helpers.made_methods import STEPS, made
from softpower.cli import main
from softpower.errors import UsageError
from softpower.index.request import write_value

ATLAS = """\
id = "atlas"
title = "Atlas"
publisher = "The Cartographers"
summary = "It ranks lands that nobody has found."
citation = "None."
licence = "None."
units = "other"
[methodology]
coverage = { country = 0, pillar = 0 }
[pillars.land]
title = "Land"
weight = 60
[pillars.sea]
title = "Sea"
weight = 40
[frameworks.other]
title = "Other"
[frameworks.other.pillars.all]
title = "All"
[variants.ranks]
title = "Ranks"
methodology = { normalise = "rank" }
[variants.land-first]
title = "Land first"
weights = { land = 80 }
[variants.no-towers]
title = "No towers"
omit = { indicators = ["towers"] }
"""
INDICATORS = """\
id,title,pillar,pillar:other,weight
gold,Gold,land,all,25
towers,Towers,land,all,75
fish,Fish,sea,all,50
pearls,Pearls,sea,all,50
"""
FIGURES = """\
unit,gold,towers,fish,pearls
Atlantis,80,12,9000.5,3
Lemuria,15,7,5000.25,8
Mu,33,9,100,2
Thule,40,2,40,7
Ys,10,1,900,1
"""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indices") / "atlas"
    folder.mkdir()
    (folder / "index.toml").write_text(ATLAS, encoding="utf-8")
    (folder / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    softpower.load(str(folder))
    return str(folder)


def asked(run):
    """Return what a provenance says of a run, in bytes and back."""
    record = json.loads(json.dumps(run.provenance()))
    return softpower.load(record["run"], **record["changes"])


def scores(run):
    ranking = run.score()
    return [unit.id for unit in ranking.units], ranking.scores.tolist(), ranking.ranks.tolist()


@pytest.mark.parametrize(("step", "method"), STEPS, ids=str)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_run_with_any_method_is_repeated_from_its_provenance(atlas, step, method, data):
    expected = data.draw(made(method))
    keys = {
        "transform": ("indicators.gold.transform",),
        "treat": ("treat", "indicators.gold.treat"),
        "weight": ("weight", "weight.1"),
        "aggregate": ("aggregate", "aggregate.2"),
        "normalise": ("normalise", "scale"),
        "weights": (),
    }.get(step, (step,))
    table = expected.model_dump(mode="json", exclude_none=True)
    for key in keys:
        for value in (expected, table, str(expected)):
            try:
                run = softpower.load(atlas, set={key: value})
            except UsageError:  # no method of scores, or one that names what there is not
                continue
            again = asked(run)
            assert again.setup.methodology == run.setup.methodology
            assert again.setup.framework == run.setup.framework
            assert again.provenance() == run.provenance()
            assert again.changes == run.changes
            assert run.provenance()["changes"] == {"set": {key: str(expected)}}


CHANGES = [
    {},
    {"set": {"normalise": "zscore:mean=100:sd=10"}},
    {"set": {"normalise": {"high": 1}, "coverage.pillar": 0.5, "round": 2}},
    {"set": {"weight": ["equal", "equal"], "aggregate": "geometric/arithmetic"}},
    {"set": {"weight": {"method": "ahp", "judgements": {"land/sea": 3, "gold/towers": "1/3"}}}},
    {"set": {"weight.2": {"method": "drivers", "outcome": "gold", "better": "lower"}}},
    {"set": {"aggregate": [{"method": "owa", "weights": [0.7, 0.3]}, "arithmetic"]}},
    {"set": {"framework": "other"}, "omit": ["Mu", "fish"]},
    {"set": {"indicators.gold.treat": "fences", "indicators.fish.treat": ""}},
    {"set": {"indicators.gold.transform": "none", "indicators.fish.direction": "lower"}},
    {"set": {"indicators.gold.target": 50, "indicators.fish.goalposts": "0..10000"}},
    {"weights": {"land": 100 / 3}, "omit": ["pearls", "Thule", "Ys"]},
]
NAMES = ["", "@ranks", "@ranks+no-towers"]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
@pytest.mark.parametrize("variants", NAMES)
def test_a_run_is_repeated_from_its_provenance(atlas, variants, changes):
    run = softpower.load(atlas + variants, **changes)
    again = asked(run)
    assert scores(again) == scores(run)
    assert again.provenance() == run.provenance()
    assert again.name == atlas + variants


def words(provenance):
    """Return a recorded run as it is typed."""
    changes = provenance["changes"]
    return [
        provenance["run"],
        *(f"--set={key}={write_value(value)}" for key, value in changes.get("set", {}).items()),
        *(f"--weight={key}={weight!r}" for key, weight in changes.get("weights", {}).items()),
        *(f"--omit={name}" for name in changes.get("omit", ())),
    ]


def printed(command, *arguments):
    """Return the JSON of a command without the line that was typed, which may be put otherwise."""
    result = CliRunner().invoke(main, [command, *arguments, "--format=json"])
    assert result.exit_code == 0, result.output
    typed = r'^    "command": "softpower .*"$'
    shown, lines = re.subn(typed, "", result.stdout, flags=re.MULTILINE)
    assert lines == 1
    return shown.replace(",\n\n  }\n}", "\n  }\n}")


TYPED = [
    "--set=normalise=zscore:mean=100:sd=10",
    "--set=aggregate={ method = 'power', p = 0.5 }",
    "--set=indicators.gold.treat=fences",
    "--set=indicators.gold.transform=none",
    "--weight=land=70",
    "--omit=Mu",
]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("score", ["--stages", "--weights"]),
        ("show", []),
        ("explain", ["Thule"]),
        ("explain", ["Thule", "--versus=Ys"]),
        ("claim", ["Atlantis above Ys", "--weights=bounds:50", "--draws=100"]),
        ("robustness", ["--weights=dirichlet:20", "--draws=100", "--vary=impute=none,mean"]),
        (
            "sensitivity",
            ["--vary=normalise=minmax,zscore:90:9", "--vary=aggregate=geometric,power:2"],
        ),
    ],
    ids=str,
)
def test_json_repeats_the_command_that_it_comes_from(atlas, command, arguments):
    first = printed(command, f"{atlas}@ranks", *arguments, *TYPED)
    provenance = json.loads(first)["provenance"]
    run, *changes = words(provenance)
    assert printed(command, run, *arguments, *changes) == first
    loaded = softpower.load(provenance["run"], **provenance["changes"])
    assert {**provenance, **json.loads(json.dumps(loaded.provenance()))} == provenance


def test_json_of_a_comparison_repeats_both_runs(atlas):
    for more in ([], ["--why=Thule"]):
        first = printed("compare", atlas, *more, *TYPED)
        one, other = json.loads(first)["provenance"]["runs"]
        run, *changes = words(other)
        assert words(one) == [atlas]
        assert printed("compare", run, *more, *changes) == first


def test_json_of_two_scores_repeats_both(atlas):
    first = printed("score", atlas, f"--against={atlas}@ranks", *TYPED)
    provenance = json.loads(first)["provenance"]
    run, *changes = words(provenance)
    (other,) = words(provenance["against"])
    assert printed("score", run, f"--against={other}", *changes) == first


@pytest.mark.parametrize("command", ["score", "show", "reproduce"])
def test_json_of_a_shipped_index_repeats_the_command(command):
    first = printed(command, "hdi-2022")
    assert printed(command, *words(json.loads(first)["provenance"])) == first


def test_a_unit_with_the_id_of_an_indicator_is_left_out_by_its_name(atlas, tmp_path):
    folder = tmp_path / "atlas"
    shutil.copytree(atlas, folder)
    (folder / "units.csv").write_text(
        "id,name\ngold,Atlantis\nl,Lemuria\nm,Mu\nt,Thule\ny,Ys\n", encoding="utf-8"
    )
    run = softpower.load(str(folder), omit=["Atlantis", "Mu"])
    assert run.provenance()["changes"] == {"omit": ["Atlantis", "m"]}
    assert scores(asked(run)) == scores(run)


def test_a_published_ranking_is_repeated_without_changes():
    run = softpower.load("gspi-2026")
    assert run.provenance()["changes"] == {}
    assert asked(run).provenance() == run.provenance()
