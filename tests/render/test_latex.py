import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given

from helpers.imaginary_answers import ANSWER, RANKING, answers, calm, dimensions, one
from softpower.answer import Answer, Column, Table
from softpower.cli import main
from softpower.render.printing import show_notes
from softpower.render.tex import escape, strangers
from softpower.render.text import to_text

HARSH = one(
    ("[2pt] 5 % of A&B_C #1 $x$ {y} ~ ^ \\ < > | \" ' ` * ]",),
    ("▲▼→←−–—…≤≥≠≈×·±²³√∑αβλμρστ° \u202f\ufffd",),
    ("Côte d’Ivoire Ångström e\u0301 Việt Nam Þór Ąę đ «x» „y“ ½ ⅓ №",),
    columns=(Column("x", "% of [X], CO₂ and x²"),),
)
SCRIPTS = Answer(
    "",
    (
        Table(
            "scripts",
            "Привет, Ўўйё, Ελλάδα Αΐ μέσα τ, CO₂",
            (Column("x", "Κείμενο β"), Column("y", "Числа ₃", "number")),
            (("Україна ґ Ќ", 1.0), ("βήτα Ω", None)),
            ("Ђорђе και β.",),
        ),
    ),
)


@calm
@given(answers)
def test_braces_are_balanced_and_no_special_character_is_left(answer):
    lines = to_text(answer, "latex").split("\n")
    body = "\n".join(row for row in lines if not row.startswith("%"))
    bare = re.sub(r"\\[\\{}&%$#_^]|\$\^\S+\$", "", body)
    assert bare.count("{") == bare.count("}")
    assert not set("#_^%") & set(bare)


@calm
@given(answers)
def test_every_row_has_one_separator_less_than_columns_and_none_is_lost(answer):
    tables = to_text(answer, "latex").split(r"\begin{longtable}{@{}")[1:]
    found = []
    for text in tables:
        letters = text.split("@{}}\n", 1)[0]
        columns = len(re.sub(r">{\\raggedright\\arraybackslash}p{.+?}", "p", letters))
        body = text.split("\\endfoot\n", 1)[1].split("\\end{longtable}", 1)[0]
        rows = [row for row in body.split("\n") if row.endswith(r" \\")]
        counts = {len(re.findall(r"(?<!\\)&", row)) for row in rows if "{no rows}" not in row}
        assert counts <= {columns - 1}
        found.append(len(rows))
    assert set(found) == {max(len(table.rows), 1) for table in answer.tables}


def test_special_characters_are_escaped():
    assert escape("5 % of A&B_C #1 $x$ {y} ~ ^ \\ < >") == (
        r"5 \% of A\&B\_C \#1 \$x\$ \{y\} \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{} \textless{} \textgreater{}"
    )


def test_arrows_signs_and_indentation_are_commands():
    assert escape("   ▲ 3") == r"\quad{}\enspace{}$\uparrow$ 3"
    assert escape("−0.4 – x--y") == "$-$0.4 -- x-{}-y"


def test_greek_is_a_symbol_by_itself_and_letters_of_its_own_encoding_in_a_word():
    assert escape("τ-b, Δ") == r"$\tau$-b, $\Delta$"
    assert escape("ας Ά") == (
        r"{\fontencoding{LGR}\selectfont\textalpha\textfinalsigma} "
        r"{\fontencoding{LGR}\selectfont\'{\textAlpha}}"
    )


def test_cyrillic_and_letters_that_a_plain_document_lacks_have_an_encoding():
    assert escape("Ќй") == r"{\fontencoding{T2A}\selectfont\'{\CYRK}\cyrishrt}"
    assert escape("Þór") == r"{\fontencoding{T1}\selectfont\TH}ór"
    assert escape("ąệ") == r"{\fontencoding{T1}\selectfont\k{a}}\d{\^{e}}"


def test_indices_and_fractions_are_set_and_variants_of_letters_are_those_letters():
    assert escape("CO₂ x² ⅓ Ⅳ") == (r"CO\textsubscript{2} x\textsuperscript{2} 1$/$3 IV")


def test_a_long_word_may_be_broken_behind_its_signs_and_else_anywhere():
    assert escape("soft@equal pillars", 6) == r"soft@\allowbreak{}equal p" + "".join(
        rf"\allowbreak{{}}{mark}" for mark in "illars"
    )
    assert escape("soft@equal") == "soft@equal"


def test_what_pdflatex_cannot_set_is_told_in_the_document_and_beside_it():
    answer = one(("日本 ấ Türkiye Привет",), columns=(Column("x", "X"),))
    told = "pdflatex cannot set 日本ấ: use xelatex or lualatex, with a font that has them."
    assert strangers("日本 日 Türkiye") == "日本"
    assert f"% {told}\n" in to_text(answer, "latex")
    beside = io.StringIO()
    show_notes(answer, "latex", beside)
    assert beside.getvalue() == f"note: {told}\n"
    assert "cannot set" not in to_text(SCRIPTS, "latex")


def test_a_row_cannot_begin_with_what_would_be_an_option_of_the_row_before():
    text = to_text(one(("[2pt] Atlantis",), ("* Ruritania",), columns=(Column("x", "X"),)), "latex")
    assert r"  {[}2pt{]} Atlantis \\" in text
    assert r"  {*} Ruritania \\" in text


def test_a_table_has_rules_a_caption_a_label_and_headings_on_every_page():
    text = to_text(Answer("Places & powers", (RANKING,)), "latex")
    assert text.startswith(
        "% Needs \\usepackage{array,booktabs,longtable}\n% Places \\& powers\n".replace("\\&", "&")
    )
    for part in (
        r"\caption{Ranking of imaginary places}\label{tab:ranking-",
        r"\begin{longtable}{@{}rlrrrr@{}}",
        r"1 & Ruritania & 80.1 & +1.2 & $\uparrow$ 3 & 16.7 \% \\",
        r"\bottomrule \endfoot",
        "El Dorado was not found.",
    ):
        assert part in text
    head = re.search(r"\\endfirsthead(.+)\\endhead", text, re.DOTALL)
    assert "{Rank} & {Country} & {Score}" in head[1]


def test_labels_differ_where_answers_do_and_are_the_same_where_they_are():
    def labels(*answers):
        return [re.findall(r"\\label{(.+?)}", to_text(answer, "latex")) for answer in answers]

    fewer = Answer("Places", (replace(RANKING, rows=RANKING.rows[:2]),))
    whole = Answer("Places", (RANKING,))
    turned = Answer("Places", (replace(RANKING, rows=RANKING.rows[::-1]),))
    (first,), (second,), (again,), (third,) = labels(whole, fewer, whole, turned)
    assert first == again
    assert len({first, second, third}) == 3
    assert len(set(*labels(Answer("Places", (RANKING, RANKING))))) == 2


def test_a_document_loads_the_encodings_of_the_scripts_that_are_there():
    assert (
        r"% and for Cyrillic and Greek \usepackage[T2A,LGR,\encodingdefault]{fontenc}"
        in to_text(SCRIPTS, "latex")
    )
    assert "fontenc" not in to_text(ANSWER, "latex")


def test_a_wide_table_gets_smaller_letters_and_then_parts_that_repeat_its_first_columns():
    assert r"\footnotesize\setlength" not in to_text(dimensions(3), "latex")
    assert r"\footnotesize\setlength" in to_text(dimensions(6), "latex")
    text = to_text(dimensions(40), "latex")
    parts = re.findall(r"\\begin{longtable}.+?\\end{longtable}", text, re.DOTALL)
    count = len(parts)
    assert count > 1
    for at, part in enumerate(parts, start=1):
        assert rf"\caption{{Dimensions ({at} of {count})}}" in part
        assert "United" in part
    shown = [re.search(r"El Dorado & (.+) \\\\", part)[1].split(" & ") for part in parts]
    figures = [float(figure.replace("$-$", "-")) for row in shown for figure in row]
    assert figures == [86.0 - at for at in range(40)]


def test_a_long_text_is_a_paragraph_and_keeps_every_word_and_its_place_in_a_tree():
    long = " ".join(f"word{at}" for at in range(60))
    text = to_text(one((f"  {long}", 1.0), columns=(Column("x", "X"), Column("y", "Y"))), "latex")
    assert r">{\raggedright\arraybackslash}p{" in text
    assert rf"\leftskip1em {long} &" in text


def test_a_table_without_rows_says_so():
    assert r"\multicolumn{1}{l}{no rows} \\" in to_text(one(columns=(Column("x", "X"),)), "latex")


def test_a_break_in_a_title_does_not_leave_the_comment():
    assert "\n\\input" not in to_text(Answer("Places\n\\input{x}", (RANKING,)), "latex")


def test_notes_of_the_answer_stand_below_the_last_table_of_a_file():
    assert "All figures are made up." in to_text(ANSWER, "latex", notes=True)
    assert "All figures are made up." not in to_text(ANSWER, "latex")


def set_by(engine, source, path, size="10pt"):
    """Return the log of an engine on a document with what the source says that it needs."""
    packages = "\n".join(re.findall(r"\\usepackage.+", source))
    document = f"\\documentclass[{size}]{{article}}\n{packages}\n\\begin{{document}}\n"
    (path / "try.tex").write_text(f"{document}{source}\\end{{document}}\n", encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "try.tex"]
    for _ in range(2):  # the second time longtable knows its widths
        done = subprocess.run(command, cwd=path, capture_output=True, check=False)
        output = done.stdout.decode("utf-8", "replace")
        assert done.returncode == 0, output[-2000:]
    return (path / "try.log").read_text(encoding="utf-8", errors="replace")


def overfull(log):
    """Return by how many points boxes stick out of a page, where it is more than one."""
    found = re.findall(r"Overfull \\[hv]box \(([\d.]+)pt", log)
    return [each for each in found if float(each) > 1]


def needs(engine):
    absent = not shutil.which(engine)
    return pytest.param(engine, marks=pytest.mark.skipif(absent, reason=f"there is no {engine}"))


@pytest.mark.parametrize("engine", [needs(each) for each in ("pdflatex", "xelatex", "lualatex")])
def test_every_engine_sets_every_letter_and_nothing_sticks_out(engine, tmp_path):
    parts = (ANSWER, dimensions(9), dimensions(40), HARSH, SCRIPTS)
    source = "\n".join(to_text(part, "latex", notes=True) for part in parts)
    log = set_by(engine, source, tmp_path)
    assert not overfull(log)
    assert "Missing character" not in log
    assert "multiply defined" not in log


COMMANDS = (
    "list",
    "methods",
    "methods minmax",
    "show hdi-2022",
    "score open-soft-power --pillars",
    "score gspi-2026 --against gspi-2025",
    "score sea-survey-2024 --stages --weights",
    "explain open-soft-power China",
    "compare open-soft-power --all --top 60",
    "compare open-soft-power @geometric --why China",
    "reproduce hdi-2022",
    "claim open-soft-power Germany>France",
    "robustness open-soft-power --draws 200 --top 20",
    "sensitivity open-soft-power --vary normalise=minmax,zscore --vary treat=none,winsorise",
)
"""One of every command that prints tables, and the widest of their answers."""


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="there is no pdflatex")
@pytest.mark.parametrize("size", ["10pt", "12pt"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_tables_of_every_command_fit_their_pages(command, size, tmp_path):
    done = CliRunner().invoke(main, [*command.split(), "-f", "latex"])
    assert done.exit_code in {0, 3}, done.output
    log = set_by("pdflatex", done.stdout, tmp_path, size)
    assert not overfull(log)
