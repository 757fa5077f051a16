"""A study is run, packed and verified in one call each, and says what differs and where."""

import json
import socket
import sys
import zipfile
from collections import Counter

import pytest
from click.testing import CliRunner

from helpers.studies import PEOPLE, STUDY, archive, contents, outcome, study, write_study
from softpower.analysis.study import changes
from softpower.cli import main
from softpower.engine.score import _Calculation
from softpower.errors import MissingExtraError
from softpower.index.reading.folder import _Folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder of a study that was run and packed, in which nothing is changed."""
    folder = tmp_path_factory.mktemp("study")
    path = write_study(folder)
    ran = study("run", path)
    assert ran.exit_code == 0, ran.stderr
    packed = study("pack", path, "-o", folder / "study.zip")
    assert packed.exit_code == 0, packed.stderr
    return folder


def test_a_study_writes_every_output_as_its_command_does(made, monkeypatch):
    monkeypatch.chdir(made)
    for line, name in {
        "score lost-lands --pillars": "table1.json",
        "score hdi-2022 --omit income --top 3": "table2.txt",
        "robustness lost-lands --weights people.csv": "table3.csv",
    }.items():
        before = (made / name).read_bytes()
        assert CliRunner().invoke(main, [*line.split(), "-o", name]).exit_code == 0
        assert (made / name).read_bytes() == before


def test_a_second_run_changes_nothing_and_says_what_is_answered_with_no(tmp_path):
    text = STUDY.replace("'Atlantis > Thule'", "'Thule > Atlantis'")
    path = write_study(tmp_path, text)
    first, second = (study("run", path, "-f", "json") for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert {row["state"] for row in outcome(first).values()} == {"new"}
    assert {row["state"] for row in outcome(second).values()} == {"unchanged"}
    assert {n for n, row in outcome(second).items() if row["answered"] == "with no"} == {"claim.md"}
    (tmp_path / "claim.md").write_text("mine", encoding="utf-8")
    assert outcome(study("run", path, "-f", "json"))["claim.md"]["state"] == "changed"


def test_an_index_is_read_once_and_a_run_is_scored_once(tmp_path, monkeypatch):
    done = Counter()
    for home, name in ((_Folder, "read"), (_Calculation, "ranking")):
        original = getattr(home, name)

        def counted(*words, _original=original, _name=name, **named):
            done[_name] += 1
            return _original(*words, **named)

        monkeypatch.setattr(home, name, counted)
    lines = "score hdi-2022", "score hdi-2022 --top 3", "compare hdi-2022 hdi-2022,health=40"
    questions = "".join(
        f'[[questions]]\ncommand = "{line}"\noutputs = ["{n}.csv"]\n'
        for n, line in enumerate(lines)
    )
    (tmp_path / "study.toml").write_text(f'title = "A study"\n{questions}', encoding="utf-8")
    assert study("run", tmp_path / "study.toml").exit_code == 0
    assert done == {"read": 1, "ranking": 2}


def test_a_package_is_the_same_bytes_again_and_holds_all_that_it_speaks_of(made, tmp_path):
    assert study("pack", made / "study.toml", "-o", tmp_path / "again.zip").exit_code == 0
    assert (tmp_path / "again.zip").read_bytes() == (made / "study.zip").read_bytes()
    files = contents(made / "study.zip")
    manifest = json.loads(files["study.json"])
    assert set(manifest["files"]) < set(files)
    assert manifest["versions"].keys() >= {"softpower", "python", "numpy", "scipy"}
    assert [each["command"] for each in manifest["questions"]][2] == (
        "softpower score hdi-2022 --omit income --top 3"
    )
    assert {"README.md", "CITATION.cff", "LICENCES.md", "people.csv"} < set(files)
    assert {"lost-lands/figures.csv", "indices/hdi-2022/index.toml"} < set(files)
    assert "Thule" in files["answers/1.json"].decode()


def test_a_package_is_verified_from_itself_alone_without_a_network(made, monkeypatch, tmp_path):
    def refuse(*_words, **_named):
        raise AssertionError("a network is asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.chdir(tmp_path)
    files = contents(made / "study.zip")
    changed = files["indices/hdi-2022/figures.csv"].replace(b"\nCHE,", b"\nXKX,", 1)
    assert changed != files["indices/hdi-2022/figures.csv"]
    found = study("verify", made / "study.zip", "-f", "json")
    assert found.exit_code == 0, found.stderr
    assert {row["result"] for row in outcome(found).values()} == {"same bytes"}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_a_package_is_verified_as_well(made, tmp_path):
    with zipfile.ZipFile(made / "study.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    assert study("verify", tmp_path / "unpacked").exit_code == 0


def test_other_figures_are_told_with_what_they_make_different(made, tmp_path):
    files = contents(made / "study.zip")
    name = "lost-lands/figures.csv"
    files[name] = files[name].replace(b"Thule,gold,40", b"Thule,gold,41")
    found = study("verify", archive(tmp_path / "other.zip", files), "-f", "json")
    assert found.exit_code == 3
    answer = json.loads(found.stdout)
    assert [row["file"] for row in answer["tables"]["altered"]["rows"]] == [name]
    rows = outcome(found)
    assert rows["table2.txt"]["result"] == "same bytes"
    assert rows["table1.tex"]["result"] == "numbers differ"
    # gold is 25 % of land and land 60 % of the whole; gold runs from 15 to 80 tonnes
    assert float(rows["table1.json"]["largest"]) == pytest.approx(100 / 65 * 0.25, rel=1e-2)
    assert answer["notes"] == [
        f"Altered since it was packed, from which a difference may come: {name}."
    ]


def test_what_a_package_tells_its_reader_is_held_against_its_hash(made, tmp_path):
    files = contents(made / "study.zip")
    files["README.md"] += b"Atlantis is last.\n"
    files["CITATION.cff"] = files["CITATION.cff"].replace(b"A. Cartographer", b"C. Pirate")
    del files["LICENCES.md"]
    found = study("verify", archive(tmp_path / "other.zip", files), "-f", "json")
    assert found.exit_code == 3
    answer = json.loads(found.stdout)
    told = ["README.md", "LICENCES.md", "CITATION.cff"]
    assert [row["file"] for row in answer["tables"]["altered"]["rows"]] == sorted(told)
    said = "Altered since it was packed, though nothing is computed from it"
    assert answer["notes"] == [f"{said}: {', '.join(sorted(told))}."]
    assert {row["result"] for row in outcome(found).values()} == {"same bytes"}


def test_a_file_that_was_not_packed_is_named_and_changes_no_verdict(made, tmp_path):
    files = contents(made / "study.zip") | {"notes.txt": b"ours"}
    found = study("verify", archive(tmp_path / "more.zip", files), "-f", "json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["notes"] == ["Not packed, but there now: notes.txt."]


def test_the_change_log_says_why_a_later_release_differs(made, tmp_path, monkeypatch):
    files = contents(made / "study.zip")
    now = json.loads(files["study.json"])["versions"]["softpower"]
    for name in ("study.json", "answers/2.json"):
        files[name] = files[name].replace(f'"softpower": "{now}"'.encode(), b'"softpower": "0.0.9"')
    files["answers/2.json"] = files["answers/2.json"].replace(b"Holds by", b"Stands by")
    files["claim.md"] = files["claim.md"].replace(b"Holds by", b"Stands by")
    packed = archive(tmp_path / "older.zip", files)
    log = f"## {now}\n- Claims stand. <!-- words: claim -->\n- Other. <!-- numbers: flip -->\n"
    monkeypatch.setattr(changes, "change_log", lambda: log)
    found = study("verify", packed, "-f", "json")
    answer = json.loads(found.stdout)
    assert found.exit_code == 3
    assert outcome(found)["claim.md"]["result"] == "words differ"
    assert [row["what"] for row in answer["tables"]["changes"]["rows"]] == ["Claims stand."]
    monkeypatch.setattr(changes, "change_log", lambda: "")
    notes = json.loads(study("verify", packed, "-f", "json").stdout)["notes"]
    assert any("No entry of the change log says why" in note for note in notes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title = ", "titel = ", 'line 1, titel: The key "titel" is not known. Did you mean title'),
        ("{lands} --pillars", "{land} --pillars", "There is no run {land}. Did you mean lands?"),
        ("score {lands} --pillars", "scor {lands}", "line 13, questions.1.command: "),
        ("score {lands} --pillars", "score {lands} --topp 3", "--topp"),
        ("score {lands} --pillars", "score {lands} -f csv", "-f is said by the outputs"),
        ("score {lands} --pillars", "list", "list is no question of a study"),
        ("score {lands} --pillars", "new x", "new is no question of a study"),
        ("score {lands} --pillars", "score 'a", "A quotation mark is opened"),
        ("score {lands} --pillars", "score nowhere", "There is no index 'nowhere'"),
        ('"table1.tex"', '"../table1.tex"', "is no place beside the study"),
        ('"table1.tex"', '"table1.doc"', "does not say what to write"),
        ('"table1.tex"', '"claim.md"', "claim.md is written twice, first by question 1"),
        ('"table1.tex"', '"indices/t.tex"', "is a name that a package has of its own"),
        ('"claim.md"', '"claim.svg"', "no chart to draw"),
    ],
)
def test_what_is_wrong_with_a_study_is_told_with_its_place_and_nothing_is_written(
    tmp_path, old, new, said
):
    path = write_study(tmp_path, STUDY.replace(old, new, 1))
    before = sorted(tmp_path.rglob("*"))
    result = study("run", path)
    assert result.exit_code == 1
    assert said in result.stderr
    assert str(path) in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STUDY.replace("date = 2026-11-27\n", ""), 'The key "date" is missing'),
        (STUDY.replace('lands = "lost-lands"', 'lands = "../elsewhere"'), "not beside the study"),
        (STUDY.replace("people.csv", "../people.csv"), "people.csv is not beside the study"),
        (STUDY.replace('"claim.md"', '"README.md"'), "README.md is a name that a package has"),
    ],
)
def test_what_a_package_cannot_hold_is_refused(tmp_path, text, said):
    from helpers.whole_folder import write_index

    folder = tmp_path / "paper"
    folder.mkdir()
    write_index(tmp_path, name="elsewhere")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    result = study("pack", write_study(folder, text), "-o", folder / "study.zip")
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (folder / "study.zip").exists()


WORD = STUDY.replace('"table1.tex"', '"table1.docx", "table1.tex"')


def test_an_output_that_needs_a_library_is_named_and_the_others_are_made(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    result = study("run", write_study(tmp_path, WORD), "-f", "json")
    assert result.exit_code == 3
    states = {name: row["state"] for name, row in outcome(result).items()}
    assert states.pop("table1.docx") == "not made"
    assert set(states.values()) == {"new"}
    assert all((tmp_path / name).is_file() for name in states)
    assert not (tmp_path / "table1.docx").exists()
    answer = json.loads(result.stdout)
    assert answer["title"] == "Which land leads?: 4 questions, 9 of 10 files"
    assert answer["notes"] == [f"table1.docx: {MissingExtraError('python-docx')}"]
    assert result.stderr.endswith("Less was computed than was asked for.\n")


def test_a_package_is_verified_but_for_what_needs_a_library(tmp_path, monkeypatch):
    path = write_study(tmp_path, WORD)
    assert study("pack", path, "-o", tmp_path / "study.zip").exit_code == 0
    monkeypatch.setitem(sys.modules, "docx", None)
    found = study("verify", tmp_path / "study.zip", "-f", "json")
    assert found.exit_code == 3
    results = {name: row["result"] for name, row in outcome(found).items()}
    assert results.pop("table1.docx") == "not made"
    assert set(results.values()) == {"same bytes"}
    answer = json.loads(found.stdout)
    assert answer["title"].endswith("9 of 10 outputs came out again")
    assert "-m pip install python-docx" in answer["notes"][-1]
    refused = study("pack", path, "-o", tmp_path / "other.zip")
    assert refused.exit_code == 1
    assert "questions.1.command: table1.docx cannot be made here. This needs" in refused.stderr
    assert not (tmp_path / "other.zip").exists()


def test_on_a_terminal_the_questions_of_a_package_are_told_once(tmp_path, monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _stream: True)
    said = study("pack", write_study(tmp_path), "-o", tmp_path / "study.zip").stderr
    assert [said.count(f"Question {number} of 4") for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert "computed again from the package" in said


def test_a_study_that_asks_for_more_than_its_package_has_is_refused(made, tmp_path):
    files = contents(made / "study.zip")
    files["study.toml"] += b'[[questions]]\ncommand = "score lost-lands"\noutputs = ["x.csv"]\n'
    found = study("verify", archive(tmp_path / "more.zip", files))
    assert found.exit_code == 1
    assert "It asks for answers/5.json, which is not in the package." in found.stderr


def test_pack_needs_a_name_for_the_package(tmp_path):
    assert study("pack", write_study(tmp_path)).exit_code == 2
    assert study("run", tmp_path / "study.toml", "-o", tmp_path / "x.zip").exit_code == 2
    other = study("pack", tmp_path / "study.toml", "-o", tmp_path / "x.csv")
    assert other.exit_code == 2
    assert "A package ends in .zip" in other.stderr


def test_what_is_wrong_with_one_question_is_told_alone(tmp_path):
    path = tmp_path / "study.toml"
    for outputs, said in {"[]": "It is empty. Give at least one.", '"a.csv"': "a list"}.items():
        question = f'command = "score hdi-2022"\noutputs = {outputs}'
        path.write_text(f'title = "A study"\n[[questions]]\n{question}', encoding="utf-8")
        told = study("run", path).stderr
        assert "has 1 problem." in told
        assert said in told


def test_a_package_that_asks_for_files_elsewhere_is_refused(made, tmp_path):
    files = contents(made / "study.zip")
    (tmp_path / "secret.csv").write_text(PEOPLE, encoding="utf-8")
    files["study.toml"] = files["study.toml"].replace(
        b"people.csv", str(tmp_path / "secret.csv").encode()
    )
    found = study("verify", archive(tmp_path / "sly.zip", files))
    assert found.exit_code == 1
    assert "not beside the study" in found.stderr


@pytest.mark.parametrize(
    ("words", "outputs", "said"),
    [
        ("--theme dark", '"figure.svg", "table.csv"', "--theme says how a picture looks"),
        ("--columns rank", '"figure.svg"', "a picture has none"),
        ("--bom", '"table.csv", "table.tex"', "--bom marks a file of CSV"),
        ("--chart", '"table.csv"', "--chart is said by the outputs"),
    ],
)
def test_words_that_do_not_go_with_an_output_are_refused_as_they_are_typed(
    tmp_path, words, outputs, said
):
    question = f'command = "score hdi-2022 --top 3 {words}"\noutputs = [{outputs}]'
    path = tmp_path / "study.toml"
    path.write_text(f'title = "A study"\n[[questions]]\n{question}', encoding="utf-8")
    result = study("run", path)
    assert result.exit_code == 1
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_the_look_of_a_picture_and_the_mark_of_a_table_are_those_of_the_command(tmp_path):
    lines = {"one.svg": "--theme dark", "two.csv": "--bom --columns rank,country"}
    text = "".join(
        f'[[questions]]\ncommand = "score hdi-2022 --top 3 {words}"\noutputs = ["{name}"]\n'
        for name, words in lines.items()
    )
    (tmp_path / "study.toml").write_text(f'title = "A study"\n{text}', encoding="utf-8")
    assert study("run", tmp_path / "study.toml").exit_code == 0
    for name, words in lines.items():
        typed = [
            "score",
            "hdi-2022",
            "--top",
            "3",
            *words.split(),
            "-o",
            str(tmp_path / f"x{name}"),
        ]
        assert CliRunner().invoke(main, typed).exit_code == 0
        assert (tmp_path / f"x{name}").read_bytes() == (tmp_path / name).read_bytes()


def test_what_questions_share_changes_none_of_their_answers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = (
        "score hdi-2022",
        "infer hdi-2022",
        "score hdi-2022 -w health=40",
        "reproduce hdi-2022",
    )
    text = "".join(
        f'[[questions]]\ncommand = "{line}"\noutputs = ["{n}.json"]\n'
        for n, line in enumerate(lines)
    )
    (tmp_path / "study.toml").write_text(f'title = "A study"\n{text}', encoding="utf-8")
    assert study("run", "study.toml").exit_code == 0
    for n, line in enumerate(lines):
        shared = (tmp_path / f"{n}.json").read_bytes()
        CliRunner().invoke(main, [*line.split(), "-o", f"{n}.json"])
        assert (tmp_path / f"{n}.json").read_bytes() == shared
