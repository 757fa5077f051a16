import re
import shutil
import subprocess

import pytest
from hypothesis import given

from softpower.answer import Answer, Column
from softpower.render import to_text
from softpower.render.latex import escape

from .imaginary import ANSWER, RANKING, answers, calm, dimensions, one


@calm
@given(answers)
def test_braces_are_balanced_and_no_special_character_is_left(answer):
    body = "\n".join(to_text(answer, "latex").split("\n")[2:])
    bare = re.sub(r"\\[\\{}&%$#_]|\$\^\S+\$", "", body)
    assert bare.count("{") == bare.count("}")
    assert not set("#_^%") & set(bare)


@calm
@given(answers)
def test_every_row_has_one_separator_less_than_columns(answer):
    rows = [row for row in to_text(answer, "latex").split("\n") if row.endswith(r" \\")]
    expected = [
        len(table.columns) - 1
        for table in answer.tables
        for _ in range(len(table.rows) + table.headed)
    ]
    assert [len(re.findall(r"(?<!\\)&", row)) for row in rows] == expected


def test_special_characters_are_escaped():
    assert escape("5 % of A&B_C #1 $x$ {y} ~ ^ \\ < >") == (
        r"5 \% of A\&B\_C \#1 \$x\$ \{y\} \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{} \textless{} \textgreater{}"
    )


def test_arrows_signs_and_indentation_are_commands():
    assert escape("   ▲ 3") == r"\quad{}\enspace{}$\uparrow$ 3"
    assert escape("−0.4 – x--y") == "$-$0.4 -- x-{}-y"


def test_a_row_cannot_begin_with_what_would_be_an_option_of_the_row_before():
    text = to_text(one(("[2pt] Atlantis",), ("* Ruritania",), columns=(Column("x", "X"),)), "latex")
    assert r"    {[}2pt{]} Atlantis \\" in text
    assert r"    {*} Ruritania \\" in text


def test_a_table_has_rules_a_caption_and_a_label():
    text = to_text(Answer("Places & powers", (RANKING,)), "latex")
    assert text.startswith("% Needs \\usepackage{booktabs}.\n% Places & powers\n")
    for part in (
        r"\caption{Ranking of imaginary places}",
        r"\label{tab:ranking}",
        r"\begin{tabular}{rlrrrr}",
        r"1 & Ruritania & 80.1 & +1.2 & $\uparrow$ 3 & 16.7 \% \\",
        r"\bottomrule",
        "El Dorado was not found.",
    ):
        assert part in text


def test_a_break_in_a_title_does_not_leave_the_comment():
    assert "\n\\input" not in to_text(Answer("Places\n\\input{x}", (RANKING,)), "latex")


def test_notes_of_the_answer_stand_below_the_last_table_of_a_file():
    assert "All figures are made up." in to_text(ANSWER, "latex", notes=True)
    assert "All figures are made up." not in to_text(ANSWER, "latex")


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="there is no LaTeX to try it with")
def test_plain_pdflatex_sets_it(tmp_path):
    harsh = one(
        ("[2pt] 5 % of A&B_C #1 $x$ {y} ~ ^ \\ < > | \" ' ` * ]",),
        ("▲▼→←−–—…≤≥≠≈×·±²³√∑αβλμρστ° \u202f\ufffd",),
        ("Côte d’Ivoire Ångström e\u0301",),
        columns=(Column("x", "% of [X]"),),
    )
    tables = "\n".join(to_text(part, "latex") for part in (ANSWER, dimensions(9), harsh))
    source = "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n%s\\end{document}"
    (tmp_path / "try.tex").write_text(source % tables, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "try.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
