"""A line that is mistyped is answered with what to type, and the line that is told works."""

from __future__ import annotations

import json
import shlex

import pytest
from click.testing import CliRunner

from helpers.signed import unsigned
from softpower.cli import main

RUN = "open-soft-power"


def refused(line):
    """Return what is said of a line that is refused as wrong usage."""
    result = CliRunner().invoke(main, shlex.split(line), prog_name="softpower")
    assert result.exit_code == 2, result.output
    return result.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("score {run} @geometric", "score {run}@geometric"),
        ("score {run}@zscore --top 3 @geometric", "score {run}@zscore+geometric --top 3"),
        ("score --top 3 {run} Geometric", "score --top 3 {run}@geometric"),
        ("explain {run} China Japan", "explain {run} China --versus Japan"),
        ("explain {run} South Korea", 'explain {run} "South Korea"'),
        ("explain {run} China --versus South Korea", 'explain {run} China --versus "South Korea"'),
        (
            "score {run} --country Sri Lanka --pillars",
            'score {run} --country "Sri Lanka" --pillars',
        ),
        ("score {run} China", "score {run} --country China"),
        ("score {run} top 20", "score {run} --top 20"),
        ("score {run} top=20", "score {run} --top=20"),
        ("score {run} 20", "score {run} --top 20"),
        ("score {run} –top 3", "score {run} --top 3"),
        ("score {run} --country “South Korea”", 'score {run} --country "South Korea"'),
        ("score {run} -w culture=40 digital=10", "score {run} -w culture=40 -w digital=10"),
        ("score {run} normalise=zscore", "score {run} --set normalise=zscore"),
        ("score {run} gspi-2026 --top 3", "score {run} --against gspi-2026 --top 3"),
        ("score --top 3", "score {run} --top 3"),
        ("score open soft power --top 3", "score {run} --top 3"),
        ("score {run} geometric zscore", "score {run}@geometric+zscore"),
        ("score {run} --weights culture=40", "score {run} -w culture=40"),
        ("score {run} -country China", "score {run} --country China"),
        ("score {run} -top=3", "score {run} --top=3"),
        ("score {run} --omit culture digital", "score {run} --omit culture --omit digital"),
        ("score {run} --region Asia Europe", "score {run} --region Asia --region Europe"),
        ("explain {run} China vs. South Korea", 'explain {run} China --versus "South Korea"'),
        ("compare {run} vs gspi-2026", "compare {run} gspi-2026"),
        ("claim 'China > Japan'", 'claim {run} "China > Japan"'),
        ("rank {run} --top 3", "score {run} --top 3"),
        ("compare {run} -- culture=40 --top 3", "compare {run} --top 3 -- culture=40"),
        ("compare {run} -- culture=40 -f csv", "compare {run} -f csv -- culture=40"),
        ("compare {run} @zscore -- --country=China", "compare {run} @zscore --country=China"),
        ("explain {run} -- China --versus Japan", "explain {run} --versus Japan -- China"),
        ("score {run} --normalise zscore --top 3", "score {run} --set normalise=zscore --top 3"),
        ("score {run} --aggregate=geometric", "score {run} --set aggregate=geometric"),
        ("{run}", "score {run}"),
        ("Germany", "explain {run} Germany"),
    ],
)  # fmt: skip
def test_the_line_that_is_told_instead_works(typed, told):
    message = refused(typed.format(run=RUN))
    line = told.format(run=RUN)
    assert f"Type: softpower {line}\n" in message
    result = CliRunner().invoke(main, shlex.split(line))
    assert result.exit_code in {0, 3}, result.output


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("score", "On hand: elcano-2021, "),
        ("countries", "Type: softpower score INDEX"),
        ("help", "Type: softpower --help"),
        ("top 10", "Type: softpower score INDEX --top 20"),
        ("SCORE hdi-2022", "Did you mean score?"),
        ("nonsense", "Commands: softpower --help"),
        ("score hdi-2022 foo bar", "no place here for 'foo' 'bar'"),
        ("score hdi-2022 --versus Norway", "It goes with: explain, robustness."),
        ("score hdi-2022 --tpo 3", "--top"),
        ("explain South Korea", f'explain {RUN} "South Korea"'),
        ("explain Norway hdi-2022", "explain hdi-2022 Norway"),
        ("score Norway", "'Norway' is a country, and no index."),
        ("score hdi-2022 -f xlsx", "-o FILE.xlsx"),
        ("score hdi-2022 -f Excel", "-o FILE.xlsx"),
        ("score hdi-2022 -f md", "Did you mean -f markdown?"),
        ("score hdi-2022 --bom", "goes with -o FILE.csv only"),
        ("list -o a.png", "no chart to draw"),
        ("score hdi-2022 -w music=40", "Known: life_expectancy, "),
        (f"score {RUN} -w music=40", "Pillars: government, culture, education"),
        (f"score {RUN} --omit music", "Pillars: government, culture, education"),
        (f"score {RUN} --set culture=40", "Write it so: -w culture=40."),
        (f"score {RUN} --set weights.culture=40", "Write it so: -w culture=40."),
        ("robustness hdi-2022 --interval 0.9", "Write it in percent: --interval 90."),
        (f"robustness {RUN} --levels culture,culture", "--levels names culture twice"),
        (f"robustness {RUN} --levels all,culture", "nothing to add"),
        ("robustness hdi-2022 --leave-out pillars --seed 1", "--seed has no effect"),
        ("claim hdi-2022 'Norway > Japan' --weights none --seed 1", "--seed has no effect"),
        ("robustness hdi-2022 --weights 25", "Write --weights bounds:25."),
        (f"score {RUN} -w culture=40,digital=10", "itself: -w culture=40 -w digital=10."),
        (f"score {RUN} --set treat=none,round=1", "itself: --set treat=none --set round=1."),
        (f"score {RUN} --country China,Japan", "Type: --country China --country Japan"),
        (f"score {RUN} --omit 'China,South Korea'", 'Type: --omit China --omit "South Korea"'),
        (f"compare {RUN} @zscore --why China,Japan", "by itself: China (CHN), Japan (JPN)."),
        (f"compare {RUN} geometric", "Write @geometric."),
        (f"compare {RUN} @zscore --together", "--together goes with --why"),
        (f"claim {RUN} China above Japan", 'Type: "China above Japan"'),
        ("score hdi-2022 --top 3.5", "'3.5' is not a whole number, such as 20"),
        ("list --top 3", "list has no option --top. It goes with: "),
        ("--top 3", "It goes with: score, "),
        (f"score {RUN}@geometric@zscore", f"Write {RUN}@geometric+zscore."),
        (f"score {RUN}@geometric,zscore", f"Write {RUN}@geometric+zscore."),
        (f"score {RUN} --variant geometric", "Type: INDEX@VARIANT"),
        (f"score {RUN} --json", "Type: -f json"),
        (f"score {RUN} -w=culture=40", "Write culture=40."),
        (f"score {RUN} --country 'China and Japan'", "by itself: China (CHN), Japan (JPN)."),
        (f"score {RUN} --country 'China Japan'", "by itself: China (CHN), Japan (JPN)."),
        (f"score {RUN} --omit culture,digital", "itself: --omit culture --omit digital."),
        ("compare China Japan", f"explain {RUN} China --versus Japan"),
        (f"compare {RUN} China", "Type: --country China"),
        (f"explain {RUN} --country China Japan", f"explain {RUN} China --versus Japan"),
        (f"robustness {RUN} --draws 1,000", "write 1000"),
        (f"robustness {RUN} --weights bounds=25", "Write --weights bounds:25."),
        (f"score {RUN} --country Asia", "show a group by --region Asia."),
        (f"score {RUN} --region 'South Korea'", 'Write --country "South Korea".'),
        ("new", "Such as: softpower new my-index"),
        ("score hdi-2022 -o a.xls", "Did you mean .xlsx"),
        (f"score {RUN} --without media", "Type: --omit NAME"),
        (f"score {RUN} -w culture:40", "Write culture=40."),
        (f"score {RUN} -w 'culture 40%'", "Write culture=40%."),
        (f"score {RUN} --set 'normalise: zscore'", "Write normalise=zscore."),
        (f"score {RUN} -w 'culture=40 digital=20'", "itself: -w culture=40 -w digital=20."),
        (f"score {RUN} -w 'culture=40; digital=20'", "itself: -w culture=40 -w digital=20."),
        (f"score {RUN} --region 'G7, Asia'", "itself: --region G7 --region Asia."),
        (f"score {RUN} --region BRICS2010", "write BRICS@2010."),
        (f"explain {RUN} Culture", f"culture is a pillar of {RUN}, and no country."),
        (f"score {RUN} --country ip_receipts", f"an indicator of {RUN}, and no country."),
        (f"compare {RUN} '@ger*'", "No variant of open-soft-power matches 'ger*'."),
        (f"compare {RUN} --each --step ten", "'ten' is not a number, such as 10"),
        ("explain gspi-2020 gspi-2026 --country Brazil", "not known; 22 of 60 are"),
        ("help score", "Type: softpower score --help"),
        ("claim gspi-2024 'Libya in the top 100'", "Libya"),
        (f"compare {RUN} Culture", "Write culture=40 for 40 percent."),
    ],
)
def test_what_is_mistyped_is_told_with_the_mend(typed, message):
    assert message in refused(typed)


def test_a_weight_that_looks_like_a_share_of_one_is_noted():
    for line in (f"score {RUN} -w culture=0.4 --top 1", f"compare {RUN} culture=0.4 --top 1"):
        result = CliRunner().invoke(main, line.split())
        assert result.exit_code == 0
        assert "note: culture=0.4 is 0.4 percent; if a share of one is meant" in result.stderr


def test_words_behind_two_dashes_are_runs_whose_titles_can_be_typed_back():
    line = f"compare {RUN} --top 1 -f json -- culture=40 normalise=zscore,culture=40"
    typed = CliRunner().invoke(main, line.split())
    runs = [run["changes"] for run in json.loads(typed.stdout)["provenance"]["runs"]]
    assert runs[1:] == [
        {"weights": {"culture": 40}},
        {"set": {"normalise": "zscore"}, "weights": {"culture": 40}},
    ]
    labels = {row["run"] for row in json.loads(typed.stdout)["tables"]["movers"]["rows"]}
    assert labels == {"culture=40", "normalise=zscore, culture=40"}
    again = CliRunner().invoke(main, ["compare", RUN, "--top", "1", "-f", "json", *sorted(labels)])
    assert unsigned(again.stdout) == unsigned(typed.stdout)


def test_the_letters_of_ids_may_be_of_either_case():
    line = "score Open-Soft-Power@Geometric -w Culture=40 --omit Digital -f json"
    as_written = "score open-soft-power@geometric -w culture=40 --omit digital -f json"
    typed, written = (CliRunner().invoke(main, each.split()) for each in (line, as_written))
    assert typed.exit_code == 0
    assert unsigned(typed.stdout) == unsigned(written.stdout)


def test_an_option_without_its_value_names_the_help_of_its_command():
    result = CliRunner().invoke(main, ["score", "hdi-2022", "--top"], prog_name="softpower")
    assert result.exit_code == 2
    assert "Try 'softpower score --help' for help." in result.output
    assert "'--top' requires an argument" in result.output
