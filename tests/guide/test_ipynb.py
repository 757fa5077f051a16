"""Notebooks as pages of the guide."""

import json

from softpower.guide.ipynb import _cell, notebook_pages

HTML = """<div class="softpower"><table><thead><tr><th>Rank</th><th>Country</th>
<td aria-hidden="true"></td></tr></thead><tbody><tr><td>1</td><td>Thule &amp; isles</td>
<td aria-hidden="true">x</td></tr><tr><td>10</td><td>Ys</td></tr></tbody></table></div>"""


def code(source, **data):
    return {"cell_type": "code", "source": [source], "outputs": [{"data": data}]}


def test_every_notebook_is_a_page_with_its_title():
    pages = {page.address: page.title for page in notebook_pages()}
    assert pages["tutorials/student-notebook"] == "Who is first, and who says so?"
    assert set(pages) == {"tutorials/researcher-notebook", "tutorials/student-notebook"}


def test_an_answer_is_shown_as_an_aligned_table():
    cell = code("answer", **{"text/html": [HTML], "text/plain": ["<Answer>"]})
    assert list(_cell(cell)) == [
        "```python\nanswer\n```",
        "```text\nRank  Country\n   1  Thule & isles\n  10  Ys\n```",
    ]


def test_another_value_is_shown_as_its_text():
    assert list(_cell(code("1 + 1", **{"text/plain": ["2"]})))[1] == "```text\n2\n```"
    assert list(_cell(json.loads('{"cell_type": "markdown", "source": ["a\\n", "b"]}'))) == ["a\nb"]
