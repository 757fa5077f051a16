"""The notebooks of the guide show what their cells give, and every answer shows itself in one."""

import json
import re

import nbformat
import pandas as pd
import pytest

import softpower
from helpers.notebooks import NOTEBOOKS, executed
from softpower.answer import WHOLE

LANDS = softpower.index_from(
    pd.DataFrame(
        {"gold": [80.0, 15, 40, 22], "ships": [12.0, 7, 20, 1]},
        index=["Atlantis", "Lemuria", "Thule", "Avalon"],
    ),
    units="other",
    variants={"geometric": {"title": "Geometric", "methodology": {"aggregate": "geometric"}}},
)


def answers(folder):
    """Yield the answer of every question that can be asked in Python."""
    yield softpower.audit(LANDS)
    yield softpower.check("gspi-2020")
    yield softpower.claim(LANDS, ["Thule > Lemuria"])
    yield softpower.compare(LANDS, all=True)
    yield softpower.explain(LANDS, "Thule")
    yield softpower.export("hdi-2022", to="coinr", output=folder / "hdi")
    yield softpower.flip(LANDS, ["Atlantis", "Thule"])
    (folder / "table.csv").write_text("country,gold\nPeru,3\nChile,4\n", encoding="utf-8")
    yield softpower.import_files(folder / "table.csv")
    yield softpower.indices()
    yield softpower.infer("sea-survey-2024")
    yield softpower.reach(LANDS, all=True)
    yield softpower.reproduce("hdi-2022")
    yield softpower.robustness(LANDS, weights="simplex", draws=50)
    yield softpower.score(LANDS)
    yield softpower.sensitivity(
        LANDS, vary="aggregate=arithmetic,geometric", weights="simplex", draws=64
    )
    yield softpower.show(LANDS)


QUESTIONS = [
    name
    for name in softpower.__all__
    if callable(each := getattr(softpower, name))
    and getattr(each, "__annotations__", {}).get("return") == "Answer"
]


def compared(page):
    """Return what is to be read on a part of a page; how it looks is tested elsewhere."""
    return re.sub(r"<style>.*?</style>|<figure.*?</figure>|<[^>]*>", " ", page, flags=re.DOTALL)


def told(outputs):
    """Return what outputs say."""
    for output in outputs:
        data = output.get("data", {"text/plain": output.get("text", [])})
        yield "".join(data["text/plain"]), compared("".join(data.get("text/html", [])))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_its_cells_give(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(stored))
    for cell, again in zip(stored["cells"], executed(stored)["cells"], strict=True):
        if cell["cell_type"] == "code":
            assert list(told(cell["outputs"])) == list(told(again["outputs"]))


def test_there_is_a_notebook_for_each_audience_and_it_is_small():
    assert [path.stem for path in NOTEBOOKS] == ["researcher", "student"]
    assert all(path.stat().st_size < 100_000 for path in NOTEBOOKS)


def test_every_answer_shows_itself_as_a_page_of_its_tables_and_pictures(tmp_path):
    found = list(answers(tmp_path))
    assert len(found) == len(QUESTIONS)
    for answer in found:
        page = answer._repr_html_()
        told = [table for table in answer.tables if not table.says_nothing]
        assert page.count("<table") == page.count("</table>") == len(told)
        assert page.count("<svg") == page.count("</svg>") == len(answer.charts)
        assert page.startswith('<div class="softpower">')
        assert ":root" not in page  # what is around it keeps its look
        assert len(repr(answer).splitlines()) < 10
        for table in answer.tables:
            frame = table.to_frame()
            assert list(frame.columns) == [column.key for column in table.columns]
            assert len(frame) == len(table.rows)
            for column in table.columns:
                cells = frame[column.key].dropna()
                if column.kind in WHOLE and (cells % 1 == 0).all():
                    assert frame[column.key].dtype == "Int64", (table.name, column.key)
