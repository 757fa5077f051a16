import json
import subprocess
import sys
import unicodedata
from collections import Counter

import pytest
from click.testing import CliRunner

from helpers.breaking import NAME, make_whole, sibling
from helpers.broken_folders import CASES, MANY_PROBLEMS
from softpower.cli import main

RUN = CliRunner(env={"COLUMNS": "200"})


def everything_in(folder):
    """Return what is in a folder: names, kinds, sizes and times of change."""
    return {
        path.relative_to(folder): (
            path.lstat().st_mode,
            path.lstat().st_size,
            path.lstat().st_mtime_ns,
        )
        for path in folder.rglob("*")
    }


def run(*words):
    result = RUN.invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{words} raised {result.exception!r}") from result.exception
    assert "Traceback" not in result.output
    assert_printable(result.output)
    return result


def assert_printable(text):
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}
    assert not hidden, f"the output holds {hidden!r}"


def problems_of(folder):
    """Return the errors that ``softpower check`` finds, and its exit status."""
    result = run("check", folder, "-f", "json")
    tables = json.loads(result.stdout)["tables"]
    return tables.get("errors", {"rows": []})["rows"], result.exit_code


def test_the_whole_folder_has_nothing_wrong(tmp_path):
    folder = make_whole(tmp_path)
    result = run("check", folder, "-f", "json")
    assert json.loads(result.stdout)["tables"] == {}
    assert result.exit_code == 0
    scored = run("score", folder, "-f", "csv")
    assert scored.exit_code == 0
    assert scored.stdout.splitlines()[1].startswith("1,ATL,Atlantis,")


def test_the_cases_differ():
    assert len(CASES) >= 60
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_folder_is_refused_with_place_and_mend(case, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    folder = case.make(tmp_path)
    before = everything_in(tmp_path)

    if not case.only_check:
        asked = f"{folder}@bold" if "variants.bold" in case.location else folder
        scored = run("score", asked, "-o", "out.csv")
        assert scored.exit_code == 1
        assert scored.stdout == ""
        assert scored.stderr.startswith("Error: ")
        for words in (case.location, *case.says):
            assert words in scored.stderr
    printed = run("check", folder)
    problems, status = problems_of(folder)

    assert status == printed.exit_code == 1
    said = [f"{row['place']}: {row['what']} {row['mend']}" for row in problems]
    assert any(
        case.location in text and all(words in text for words in case.says) for text in said
    ), said
    assert all(row["mend"] for row in problems), "a problem is without a mend"
    assert len(set(said)) == len(said)
    assert everything_in(tmp_path) == before


def test_all_problems_of_a_folder_appear_at_once(tmp_path):
    folder = make_whole(tmp_path)
    for change, _, _ in MANY_PROBLEMS:
        change(folder)
    problems, status = problems_of(folder)
    said = [f"{row['place']}: {row['what']} {row['mend']}" for row in problems]
    assert status == 1
    for _, place, words in MANY_PROBLEMS:
        assert len([text for text in said if place in text and words in text]) == 1, words
    assert len(said) == len(MANY_PROBLEMS)
    scored = run("score", folder)
    assert scored.exit_code == 1
    assert f"has {len(MANY_PROBLEMS)} problems." in scored.stderr
    for text in said:
        assert text in scored.stderr


def test_all_mistakes_in_the_keys_appear_at_once(tmp_path):
    folder = make_whole(tmp_path)
    text = (folder / "index.toml").read_text()
    for old, new in (
        ("licence", "lisence"),
        ("weight = 40", 'weight = "ten"'),
        ("minmax", "minmx"),
    ):
        text = text.replace(old, new)
    (folder / "index.toml").write_text(text)
    problems, _ = problems_of(folder)
    assert {row["place"].rpartition(", ")[2] for row in problems} == {
        "lisence",
        "pillars.sea.weight",
        "methodology.normalise",
    }


def test_a_problem_of_many_rows_is_said_once_with_its_lines(tmp_path):
    folder = make_whole(tmp_path)
    figures = (folder / "figures.csv").read_text()
    (folder / "figures.csv").write_text(figures.replace("Lemuria", "Mu"))
    problems, _ = problems_of(folder)
    assert [row["place"] for row in problems] == ["lost-lands/figures.csv, line 7, column unit"]
    assert "The same in lines 8, 9, 10 and 11." in problems[0]["what"]


@pytest.mark.parametrize("wide", [False, True], ids=["long", "wide"])
def test_a_table_full_of_problems_is_not_read_to_its_end(tmp_path, wide):
    folder = make_whole(tmp_path)
    rows = [f"Land {n},3" if wide else f"Land {n},gold,3" for n in range(100_000)]
    header = "unit,gold" if wide else "unit,indicator,value"
    (folder / "figures.csv").write_text("\n".join([header, *rows]))
    problems, status = problems_of(folder)
    assert status == 1
    assert len(problems) < 60
    assert any("There are more problems" in row["what"] for row in problems)


def test_a_chain_of_figures_ends_somewhere(tmp_path):
    folder = make_whole(tmp_path)
    for number in range(30):
        sibling(f"land-{number}", f"land-{number + 1}")(folder)
    problems, status = problems_of(tmp_path / "land-0")
    assert status == 1
    assert "problems of its own" in problems[0]["what"]


def test_a_folder_is_read_from_within(tmp_path, monkeypatch):
    folder = make_whole(tmp_path)
    (folder / "figures.csv").unlink()
    monkeypatch.chdir(folder)
    problems, _ = problems_of(".")
    assert [row["place"] for row in problems] == [f"{NAME}/figures.csv"]


def test_a_file_that_may_not_be_read_is_an_error(tmp_path, monkeypatch):
    folder = make_whole(tmp_path)

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    problems, status = problems_of(folder)
    assert status == 1
    assert problems[0]["what"] == "It cannot be read: Permission denied."
    assert problems[0]["place"] == f"{NAME}/index.toml"


def test_what_was_written_before_stays_when_the_index_is_broken(tmp_path):
    folder = make_whole(tmp_path)
    (folder / "figures.csv").write_text("rubbish")
    (tmp_path / "out.csv").write_text("before")
    assert run("score", folder, "-o", tmp_path / "out.csv").exit_code == 1
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "out.csv"]


@pytest.mark.parametrize("name", ["n/a", "a line of 100 MB", "a spreadsheet with a cell far away"])
def test_the_command_itself_refuses_a_broken_folder(tmp_path, name):
    case = next(case for case in CASES if case.name == name)
    folder = case.make(tmp_path)
    for command in ("score", "check"):
        done = subprocess.run(
            [sys.executable, "-m", "softpower", command, str(folder)],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert NAME in done.stdout + done.stderr
