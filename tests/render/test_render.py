import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import ANSWER, BUMP, CHART, RANKING, calm
from softpower.answer import Answer, Table
from softpower.errors import InputError, UsageError
from softpower.render.printing import print_note, show, show_notes
from softpower.render.saving import ENDINGS, write
from softpower.render.text import FORMATS, to_text


def printed(answer, format_, encoding="utf-8", **more):
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    err = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    show(answer, format_, out, err, **more)
    out.flush()
    err.flush()
    return out.buffer.getvalue(), err.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_written_in_the_format_of_its_ending(tmp_path, ending):
    path = tmp_path / f"answer{ending}"
    write(ANSWER, path)
    data = path.read_bytes()
    write(ANSWER, path)
    assert data
    assert path.read_bytes() == data


@pytest.mark.parametrize("ending", [".md", ".tex", ".txt", ".html", ".json"])
def test_a_document_has_the_notes_of_the_answer(tmp_path, ending):
    path = tmp_path / f"answer{ending.upper()}"
    write(ANSWER, path)
    assert "All figures are made up." in path.read_text(encoding="utf-8")


def test_a_format_that_is_given_overrides_the_ending(tmp_path):
    write(ANSWER, tmp_path / "answer.data", "json")
    assert json.loads((tmp_path / "answer.data").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["answer.odt", "answer"])
def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path, name):
    with pytest.raises(UsageError) as caught:
        write(ANSWER, tmp_path / name)
    assert all(ending in str(caught.value) for ending in ENDINGS)


def test_an_unknown_format_is_refused_with_a_suggestion(tmp_path):
    with pytest.raises(UsageError, match="Did you mean markdown"):
        to_text(ANSWER, "markdwn")
    with pytest.raises(UsageError, match="Did you mean xlsx"):
        write(ANSWER, tmp_path / "a", "xslx")
    with pytest.raises(UsageError, match="Known"):
        to_text(ANSWER, "?")


def test_what_cannot_be_shown_leaves_no_file(tmp_path):
    with pytest.raises(UsageError, match="no chart"):
        write(Answer("", (RANKING,)), tmp_path / "a.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        write(ANSWER, tmp_path / "none" / "a.csv")


@pytest.mark.parametrize("format_", FORMATS)
def test_stdout_has_the_answer_and_stderr_its_notes(format_):
    out, err = printed(ANSWER, format_)
    assert out.decode() == to_text(ANSWER, format_)
    assert err.startswith("note: All figures are made up.\n")


def test_csv_says_which_tables_it_leaves_out_and_how_to_get_them():
    _, err = printed(ANSWER, "csv")
    assert "leaves out the table method." in err
    assert "-f json" in err
    two = Answer("", (*ANSWER.tables, RANKING))
    assert "leaves out the tables method, ranking." in printed(two, "csv")[1]
    assert printed(Answer("", (RANKING,)), "csv")[1] == ""


def test_the_notes_of_a_written_answer_can_be_shown_too():
    err = io.StringIO()
    show_notes(ANSWER, "xlsx", err)
    assert err.getvalue() == "note: All figures are made up.\n"


def test_a_note_cannot_steer_the_terminal():
    err = io.StringIO()
    show_notes(Answer("", (), notes=("a\x1b[31m\nb",)), "table", err)
    assert err.getvalue() == "note: a\ufffd[31m b\n"


def test_charts_are_drawn_where_they_are_asked_for_and_nothing_else_changes():
    plain, _ = printed(ANSWER, "table")
    drawn, err = printed(ANSWER, "table", charts=True)
    assert drawn.startswith(plain)
    assert "│" in drawn.removeprefix(plain).decode()
    assert err == printed(ANSWER, "table")[1]
    for format_ in FORMATS[1:]:
        assert printed(ANSWER, format_, charts=True) == printed(ANSWER, format_)


def test_charts_in_a_pipe_are_80_columns_wide_and_have_no_colour():
    chart = replace(CHART, title="imaginary " * 20)
    out, _ = printed(Answer("", (), (chart,)), "table", charts=True)
    lines = out.decode().splitlines()
    assert max(map(len, lines)) == 80
    assert "\x1b" not in out.decode()


def test_a_stream_that_has_no_braille_gets_charts_in_ascii():
    out, _ = printed(Answer("", (), (BUMP,)), "table", "latin-1", charts=True)
    assert out.isascii()
    assert b"----" in out


def test_a_stream_that_has_no_arrows_gets_ascii_ones():
    out, _ = printed(ANSWER, "table", "latin-1")
    text = out.decode("latin-1")
    assert "^3" in text
    assert "Côte d?Atlantis" in text


@pytest.mark.parametrize("format_", ["csv", "json", "markdown", "latex"])
def test_a_machine_format_is_never_altered_by_the_encoding_of_the_stream(format_):
    for encoding in ("ascii", "cp1252", "utf-16"):
        assert printed(ANSWER, format_, encoding)[0].decode() == to_text(ANSWER, format_)


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def on_screen(**more):
    out = Screen()
    show(ANSWER, "table", out, io.StringIO(), width=80, **more)
    return out.getvalue()


def test_a_terminal_is_recognised_and_coloured(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert on_screen() == to_text(ANSWER, "table", terminal=True, width=80, colour=True)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_no_colour_gets_none(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert "\x1b" not in on_screen()


def test_what_is_asked_for_is_not_found_out():
    assert on_screen(terminal=False) == to_text(ANSWER, "table")
    assert "█" not in on_screen(unicode=False, colour=False)


def test_a_reader_that_has_gone_away_is_left_to_the_caller():
    class Gone(io.StringIO):
        def write(self, _):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        show(ANSWER, "csv", Gone(), io.StringIO())


def test_importing_the_floor_imports_nothing_heavy():
    code = (
        "import sys, softpower.render;"
        "print([name for name in ('rich', 'numpy', 'xlsxwriter', 'matplotlib', 'csv', 'json')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


NOTED = Table("other", "Other", RANKING.columns, RANKING.rows, RANKING.notes)


@pytest.mark.parametrize("format_", ["table", "markdown", "latex"])
def test_what_several_parts_of_an_answer_note_is_said_once(format_):
    answer = Answer("", (RANKING, NOTED), notes=(*RANKING.notes, "New.", "New."))
    out, err = printed(answer, format_)
    assert out.decode().count("El Dorado was not found.") == 1
    assert err == "note: New.\n"


def test_json_keeps_the_notes_of_every_table():
    out, _ = printed(Answer("", (RANKING, NOTED)), "json")
    tables = json.loads(out)["tables"].values()
    assert [table["notes"] for table in tables] == [["El Dorado was not found."]] * 2


@given(columns=st.integers(20, 120), words=st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True)))
@calm
def test_a_note_is_broken_between_words_at_any_width_of_a_terminal(columns, words):
    err = Screen()
    with mock.patch.dict(os.environ, {"COLUMNS": str(columns)}):
        print_note(" ".join(words), err)
    rows = err.getvalue().splitlines()
    assert all(len(row) <= columns for row in rows)
    assert " ".join(rows).split() == ["note:", *words]
