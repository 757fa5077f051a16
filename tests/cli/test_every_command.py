"""Every command as a person meets it: its help, its examples, its answers."""

from __future__ import annotations

import itertools
import json
import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from helpers.books import write
from helpers.imports import for_examples
from helpers.studies import write_study
from softpower.cli import main
from softpower.cli.command import Command

COMMANDS = sorted(main.commands)
EXAMPLES = [
    (name, example) for name in COMMANDS for example in getattr(main.commands[name], "examples", ())
]


def ask(*words: str):
    return CliRunner().invoke(main, words)


def test_softpower_alone_welcomes_and_names_three_commands_to_try():
    result = ask()
    assert result.exit_code == 0
    for command in ("softpower list", "softpower score open-soft-power", "softpower show"):
        assert command in result.stdout


def test_python_m_softpower_is_the_same_program():
    result = subprocess.run(
        [sys.executable, "-m", "softpower", "--version"], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("softpower, version ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_line_of_help_and_two_examples(name):
    command = main.commands[name]
    assert isinstance(command, Command)
    assert command.get_short_help_str(200).endswith(".")
    assert len(command.examples) >= 2
    shown = ask(name, "--help")
    assert shown.exit_code == 0
    for example in command.examples:
        assert example in shown.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_and_belongs_to_a_group(name):
    for param in main.commands[name].params:
        assert param.help, param.name
        if isinstance(param, click.Option):
            assert param.group


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_in_the_help_works(name, example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(example)
    assert program == "softpower"
    if "my-index" in example and name not in ("new", "import"):
        assert ask("new", "my-index").exit_code == 0
    if "my.xlsx" in example:
        write(tmp_path / "my.xlsx")
    if name == "import":
        for_examples(tmp_path)
    if name == "study":
        write_study(tmp_path)
        assert ask("study", "pack", "study.toml", "-o", "study.zip").exit_code == 0
    result = ask(*words)
    assert result.exit_code == 0, result.output
    assert result.exception is None


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["scor", "hdi-2022"], "score"),
        (["score", "hdi-2202"], "hdi-2022"),
        (["score", "open-soft-power@geometrik"], "geometric"),
        (["score", "hdi-2022", "--set", "normalize_=zscore"], "normalise"),
        (["score", "hdi-2022", "--set", "normalise=zscor"], "zscore"),
        (["score", "hdi-2022", "--set", "normalise.hihg=2"], "high"),
        (["score", "open-soft-power", "-w", "cultur=40"], "culture"),
        (["score", "open-soft-power", "--omit", "Chnia"], "China"),
        (["score", "hdi-2022", "--country", "Chnia"], "China"),
        (["score", "hdi-2022", "--region", "Asai"], "Asia"),
        (["score", "open-soft-power", "--set", "framework=brandfinance"], "brand-finance"),
        (["methods", "minmx"], "minmax"),
        (["score", "hdi-2022", "--tpo", "3"], "--top"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest_known_one(words, nearest):
    result = ask(*words)
    assert result.exit_code == 2
    assert nearest in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["score", "hdi-2022", "--set", "normalise"], "KEY=VALUE"),
        (["score", "hdi-2022", "-w", "health=ten"], "not a number"),
        (["score", "hdi-2022", "-w", "health=-1"], "from 0 to"),
        (["score", "hdi-2022", "-w", "health=120"], "at most 100"),
        (["score", "hdi-2022", "--top", "0"], "0 is too small; the least is 1"),
        (["score", "gspi-2026", "-w", "culture=40"], "not public"),
        (["score", "gspi-2026", "--pillars"], "no pillars"),
        (["score", "gspi-2026", "--stages"], "published, not computed"),
        (["reproduce", "gspi-2026"], "not public"),
        (["reproduce", "open-soft-power"], "no published result"),
        (["score", "open-soft-power", "--set", "weight=equal", "-w", "culture=4"], "no effect"),
        (["score", "open-soft-power@geometric+x"], "no variant"),
        (["new", "Has Spaces"], "Use only letters, digits"),
        (["score", "hdi-2022", "-o", "table.doc"], "Did you mean .docx?"),
        (["score", "hdi-2022", "-o", "table.xlsx", "-f", "csv"], "ending .xlsx"),
        (["score", "hdi-2022", "-w", "health=10", "-w", "health=20"], "set twice"),
        (["score", "hdi-2022", "--set", "framework=[1]"], "not the name of a framework"),
        (["new", "hdi-2022"], "comes with softpower"),
        (["claim", "hdi-2022", "Norway"], "quotation marks"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_the_reason(words, message):
    result = ask(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_method_that_refuses_the_figures_names_the_indicator_and_exits_with_1():
    words = ["--set", "normalise=none", "--set", "aggregate=geometric"]
    result = ask("score", "open-soft-power", "--set", "treat=none", *words)
    assert result.exit_code == 1
    assert "not defined for values below zero" in result.stderr
    assert "minmax:1:100" in result.stderr


def test_the_geometric_mean_of_z_scores_is_taken_about_100():
    result = ask(
        "score", "open-soft-power", "--set", "normalise=zscore", "--set", "aggregate=geometric",
        "-w", "culture=30", "-f", "json",
    )  # fmt: skip
    assert result.exit_code == 0
    used = json.loads(result.stdout)["provenance"]["methodology"]
    assert (used["normalise"]["mean"], used["normalise"]["sd"]) == (100.0, 10.0)


def test_a_reproduction_that_differs_exits_with_3():
    assert ask("reproduce", "hdi-2022").exit_code == 0
    changed = ask("reproduce", "hdi-2022", "--set", "aggregate=arithmetic")
    assert changed.exit_code == 3
    assert "differs beyond rounding" in changed.stdout


def test_the_json_answer_can_be_repeated_from_its_provenance():
    answer = json.loads(ask("score", "hdi-2022", "--top", "1", "-f", "json").stdout)
    provenance = answer["provenance"]
    assert provenance["index"] == "hdi-2022"
    assert len(provenance["hash"]) == 32
    assert provenance["methodology"]["aggregate"][0]["method"] == "geometric"
    assert provenance["softpower"]


def test_a_parameter_follows_a_method_that_is_written_in_short():
    words = ["--set", "normalise.low=1", "--set", "normalise=minmax:0:50", "-f", "json"]
    used = json.loads(ask("score", "open-soft-power", *words).stdout)["provenance"]["methodology"]
    assert used["normalise"] == {"method": "minmax", "low": 1.0, "high": 50.0, "over": "sample"}


def test_scores_on_another_scale_are_not_subtracted():
    changes = ["--set", "normalise=zscore", "--set", "round=none", "--set", "aggregate=arithmetic"]
    changed = ask("score", "hdi-2022", *changes, "--against", "hdi-2022", "-f", "csv")
    assert changed.exit_code == 0
    assert "change" not in changed.stdout.splitlines()[0]
    assert "different scales" in changed.stderr


def test_a_pillar_without_weight_does_not_keep_a_country_from_being_ranked():
    words = ["-w", "education=0", "--country", "Libya", "-f", "csv"]
    row = ask("score", "open-soft-power@without-media", *words)
    assert row.stdout.splitlines()[1].split(",")[0].isdigit()


def test_a_folder_may_have_an_at_sign_in_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ask("new", "my-index").exit_code == 0
    (tmp_path / "my-index").rename(tmp_path / "my@index")
    assert ask("score", "./my@index").exit_code == 0
    assert "@geometric" in ask("score", "./my@index@geometric").stdout


def test_at_variant_alone_means_the_same_index():
    alone = ask("score", "open-soft-power", "--against", "@geometric", "--top", "5")
    full = ask("score", "open-soft-power", "--against", "open-soft-power@geometric", "--top", "5")
    assert alone.stdout == full.stdout
    assert alone.exit_code == 0


def test_the_same_request_gives_the_same_bytes(tmp_path):
    path, found = tmp_path / "a.xlsx", []
    for _ in range(2):
        assert ask("score", "hdi-2022", "--stages", "-o", str(path)).exit_code == 0
        found.append(path.read_bytes())
        path.unlink()
    assert found[0] == found[1]


def test_the_schema_is_json_and_names_the_methods():
    schema = json.loads(ask("schema").stdout)
    assert schema["title"] == "softpower index.toml"
    assert "winsorise" in json.dumps(schema)


def test_a_new_index_passes_check_and_is_ranked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = ask("new", "my-index")
    assert made.exit_code == 0
    assert len(made.stdout.splitlines()) == 4
    checked = ask("check", "my-index")
    assert checked.exit_code == 0
    assert checked.output.count("no errors, 1 warning") == 1
    ranked = ask("score", "my-index", "-f", "csv")
    assert ranked.exit_code == 0
    assert len(ranked.stdout.splitlines()) == 11
    again = ask("new", "my-index")
    assert again.exit_code == 2
    assert "there already" in again.stderr


def test_a_partial_edition_says_so_wherever_it_is_shown():
    assert "partial" in ask("list").stdout
    for words in (["score", "gspi-2024"], ["show", "gspi-2024"]):
        assert "(partial)" in ask(*words).stdout.splitlines()[0]
    assert "gspi-2025 is partial" in ask("score", "gspi-2026", "--against", "gspi-2025").stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["robustness", "hdi-2022", "--vary", "ties=dense,average", "--draws", "9"], "--draws has"),
        (["robustness", "hdi-2022", "--leave-out", "pillars", "--seed", "2"], "--seed has"),
        (
            ["robustness", "hdi-2022", "--rounding", "0.1", "--levels", "pillars"],
            "--levels has no effect, for no weights are drawn",
        ),
        (
            ["sensitivity", "hdi-2022", "--vary", "ties=dense,average", "--seed", "2",
             "--confidence", "90"],
            "--seed and --confidence have no effect, for nothing is drawn",
        ),
        (
            ["claim", "hdi-2022", "Norway > Italy", "--weights", "none", "--draws", "9"],
            "--draws has no effect, for nothing is drawn",
        ),
        (["claim", "gspi-2026", "China > Japan", "--levels", "pillars"], "--levels has"),
        (["robustness", "hdi-2022", "--draws", "1.5"], "'1.5' is not a whole number"),
        (["robustness", "hdi-2022", "--draws", "many"], "'many' is not a whole number"),
        (["robustness", "hdi-2022", "--draws", "0"], "0 is too small"),
    ],
)  # fmt: skip
def test_an_option_without_effect_is_refused(words, message):
    result = ask(*words)
    assert result.exit_code == 2
    assert message in result.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("score hdi-2022 --top 3 --top 5", "--top is given twice"),
        ("score hdi-2022 -f csv --format csv", "--format is given twice"),
        ("score hdi-2022 -o a.csv -o b.csv", "--output is given twice"),
        ("robustness hdi-2022 --seed 1 --seed 2", "--seed is given twice"),
        ("score hdi-2022 --stages -f csv", "not for what --stages adds"),
        ("score hdi-2022 --weights -o a.csv", "not for what --weights adds"),
        ("claim hdi-2022 'Norway > Italy' --stack --all -f csv", "not for what --all adds"),
        ("robustness hdi-2022 --acceptability -f csv", "not for what --acceptability adds"),
        ("robustness hdi-2022 --country Norway --versus Italy -f csv", "what --versus adds"),
        ("sensitivity hdi-2022 --of Norway --of Italy -f csv", "not for what --of adds"),
        ("robustness hdi-2022 --rounding 1 --rounding 2", "step of all figures is set twice"),
        ("robustness hdi-2022 --rounding gni_per_head=1 --rounding gni_per_head=2", "set twice"),
        ("robustness hdi-2022 --leave-out pillars --threads 2", "--threads has no effect"),
        ("claim hdi-2022 'Norway > Italy' --weights none --threads 2", "--threads has no effect"),
        ("score hdi-2022 --set normalise=zscore --set normalize=rank", "set twice"),
        ("score hdi-2022 --set aggregate.1=median --set aggregate.top=median", "set twice"),
        ("score hdi-2022 --set ties=dense --set methodology.ties=average", "set twice"),
        ("robustness hdi-2022 --vary normalize.low=1,2 --vary normalise.low=3,4", "varies twice"),
        ("score open-soft-power@geometric+geometric", "geometric is named twice"),
        ("score hdi-2022 --set aggregate.3=median", "beneath level 2, the lowest of hdi-2022"),
        ("score hdi-2022 --set aggregate=median/median/median", "beneath level 2"),
        ("score hdi-2022 --set weight.4=equal", "weight.4 has no effect beneath level 2"),
        ("score hdi-2022 --country Norway --country Japan --top 1", "--top has no effect beside"),
        ("score hdi-2022 --country Norway --top 3", "--top has no effect beside --country"),
        ("compare hdi-2022 gspi-2026 --country Norway --top 3", "--top has no effect beside"),
        ("robustness hdi-2022 --draws 9 --country Norway --top 3", "--top has no effect beside"),
        ("reach elcano-2021 China --top 3", "--top has no effect beside --country"),
        (
            "score hdi-2022 --country Japan --region Europe --top 1",
            "Japan is not among the first 1 of what is shown",
        ),
        ("robustness gspi-2026 --rounding 0.1 --levels pillars", "for no weights are drawn"),
        ("reach elcano-2021 China --draws 9 --seconds 3", "for ranks are drawn"),
        ("flip elcano-2021 Germany Japan --seconds 3", "--seconds has no effect"),
        ("flip elcano-2021 --all --seconds 3", "--seconds has no effect"),
        ("flip elcano-2021 Germany Japan --rank 1", "More than one change is asked for"),
        ("infer hdi-2022 --against hdi-2022", "hdi-2022 is held against itself"),
        ("explain hdi-2022 Norway --country NOR", "Norway is named twice"),
        ("score hdi-2022 --omit income --set indicators.gni_per_head.transform=", "left out"),
        ("score hdi-2022 --omit education --set pillars.education.aggregate=median", "left out"),
        ("score hdi-2022 --stages -o a.svg", "does not show what --stages adds"),
        ("score hdi-2022 --weights -o a.svg", "does not show what --weights adds"),
        ("score open-soft-power --tiers -o a.png", "does not show what --tiers adds"),
        ("robustness hdi-2022 --country Norway --versus Italy -o a.svg", "what --versus adds"),
        ("export hdi-2022 --to coinr -o a.xlsx", "takes a folder, and a.xlsx ends as a file does"),
        ("schema -o a.toml", "let a.toml end in .json"),
        ("score hdi-2022 --top 3 --chart -f csv", "--chart draws below a table"),
        ("score hdi-2022 --top 3 --chart -o a.txt", "--chart draws below a table"),
        ("claim hdi-2022 'Norway > Italy' --all", "--all lists stacks"),
        ("claim gspi-2024 'China > Japan' --weights simplex", "--weights has no effect"),
    ],
)
def test_nothing_that_was_asked_for_is_passed_over(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = ask(*shlex.split(words))
    assert result.exit_code == 2
    assert message in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_option_may_be_repeated_where_it_says_no_other_thing():
    once = ask("score", "hdi-2022", "--top", "1", "--pillars")
    again = ask("score", "hdi-2022", "--top", "1", "--pillars", "--pillars")
    assert (once.exit_code, once.stdout) == (0, again.stdout)


def test_a_country_is_left_out_once_by_whichever_name():
    result = ask("score", "hdi-2022", "--omit", "Norway", "--omit", "NOR", "--top", "1")
    assert result.stdout.splitlines()[0] == "Human Development Index 2022 (omit=NOR)"


@pytest.mark.parametrize("digits", ["²", "٣", "01", "9" * 5_000, "1_0"])
def test_a_level_is_a_number_in_plain_digits(digits):
    result = ask("score", "hdi-2022", "--set", f"aggregate.{digits}=geometric")
    assert result.exit_code == 2
    assert "Levels count from 1 at the top." in result.stderr


@pytest.mark.parametrize("number", ["nan", "inf", "1e400", "²", "0", "100", "-5", ""])
@pytest.mark.parametrize(
    "words", ["robustness hdi-2022 --interval", "sensitivity hdi-2022 --confidence"]
)
def test_a_share_is_a_number_between_0_and_100_percent(words, number):
    result = ask(*words.split(), number)
    assert result.exit_code == 2
    assert f"Invalid value for '{words.split()[-1]}'" in result.stderr


@pytest.mark.parametrize("step", ["nan", "inf", "1e400", "²", "9" * 5_000, "life_expectancy=1e400"])
def test_a_step_of_rounding_is_a_finite_number(step):
    result = ask("robustness", "hdi-2022", "--rounding", step)
    assert result.exit_code == 2
    assert "is not a step, such as 0.1" in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("count", [1_023, 1_025])
@pytest.mark.parametrize("command", ["robustness", "sensitivity"])
def test_a_thousand_choices_are_too_many(command, count):
    choices = [word for at in range(count) for word in ("--vary", f"a{at}=x,y")]
    result = ask(command, "hdi-2022", *choices)
    assert result.exit_code == 2
    assert "countless combinations; 100,000 is the most" in result.stderr


def test_a_concentration_next_to_nothing_lets_one_pillar_decide():
    scored = "hdi-2022 --omit Monaco --omit PRK --country Norway"
    drawn = "--weights dirichlet:1e-307 --levels pillars --draws 100 -f json"
    answer = json.loads(ask("robustness", *scored.split(), *drawn.split()).stdout)
    row = answer["tables"]["robustness"]["rows"][0]
    ranks = []
    for weights in itertools.permutations((100, 0, 0)):
        health, education, income = weights
        alone = f"-w health={health} -w education={education} -w income={income} -f csv"
        ranks.append(
            int(ask("score", *scored.split(), *alone.split()).stdout.splitlines()[1].split(",")[0])
        )
    assert [row["best"], row["median"], row["worst"]] == sorted(set(ranks))


def test_a_current_folder_that_is_gone_is_no_traceback(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = ask("check", ".")
    assert result.exit_code == 1
    said = "Error: The system refuses this: No such file or directory.\n"
    assert result.stderr == f"{said}See: softpower guide system-refuses\n"


def test_what_there_is_no_memory_for_is_no_traceback(monkeypatch):
    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr("softpower.engine.loading.load", full)
    result = ask("score", "hdi-2022")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There is not enough memory for this.")


@pytest.mark.parametrize("draws", ["1e3", "1_000"])
def test_draws_may_be_written_in_several_ways(draws):
    result = ask("robustness", "hdi-2022", "--draws", draws, "-f", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["provenance"]["robustness"]["draws"] == 1000


def test_help_names_every_command_under_its_question_on_a_line_of_its_own():
    lines = ask("--help").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    for name, command in main.commands.items():
        (line,) = (line for line in lines if line.split()[:1] == [name])
        assert line.endswith(".")
        assert "..." not in line
        assert command.get_short_help_str(100) in line
    titles = [line for line in lines if line.endswith("?")]
    assert titles == list(main.questions)
    assert sorted(name for names in main.questions.values() for name in names) == sorted(
        main.commands
    )
