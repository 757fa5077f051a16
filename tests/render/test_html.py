import re
from html.parser import HTMLParser

from hypothesis import given

from helpers.imaginary_answers import ANSWER, CHART, answers, calm, one
from softpower.answer import Answer, Column
from softpower.charts import RankChart
from softpower.render.html import to_html

VOID = {"meta", "rect", "line", "path", "circle"}
KNOWN = re.compile(
    "html|head|meta|title|style|body|main|section|h[12]|div|table|thead|tbody|t[rhd]|span|bdi|ul|li|"
    "figure|figcaption|svg|g|desc|text|rect|line|path|circle|p|details|summary|pre"
)


class Reader(HTMLParser):
    """Collects the elements of a page and insists that they are nested."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.seen = set()
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        assert not any(name in {"href", "src"} for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(answer):
    reader = Reader()
    reader.feed(to_html(answer))
    reader.close()
    assert reader.open == []
    return reader


@calm
@given(answers)
def test_no_text_becomes_an_element(answer):
    page = to_html(answer)
    assert "<script" not in page
    assert page.encode()
    assert all(map(KNOWN.fullmatch, read(answer).seen))


def test_a_page_needs_nothing_else():
    page = to_html(ANSWER)
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert '<html lang="en">' in page
    assert '<meta name="viewport"' in page
    assert "<title>Ranking of imaginary places</title>" in page


def test_a_page_shows_tables_notes_charts_and_provenance():
    text = "".join(read(ANSWER).text)
    for part in (
        "12,345.6",
        "▲ 3",
        "\u00a0\u00a0Côte d’Atlantis",
        "El Dorado was not found.",
        "All figures are made up.",
        "Scores of imaginary places",
        '"name": "mean"',
    ):
        assert part in text


def test_a_column_with_bars_has_one_in_each_row():
    rows = to_html(ANSWER).partition("<tbody>")[2]
    assert rows.count('<td class="bar" aria-hidden="true">') == 4
    assert 'style="width:100.00%"' in to_html(ANSWER)


def test_movements_have_a_colour_and_an_arrow():
    page = to_html(ANSWER)
    assert '<td class="up">▲ 3</td>' in page
    assert '<td class="down">▼ 12</td>' in page


def test_a_chart_stands_in_the_page_with_its_title_its_caption_and_a_text_for_who_cannot_see_it():
    page = to_html(Answer("", (), (CHART,)))
    assert "<h2>Scores of imaginary places</h2>" in page
    assert '<p class="caption">Made up.</p>' in page
    assert "<desc>Score, bars of 2. Highest: Ruritania, 80.0." in page
    assert "<figure" not in to_html(Answer("", (), (RankChart("r", "Empty", ("a",), ()),)))


def test_an_answer_without_a_title_has_a_page_with_one():
    assert "<title>softpower</title>" in to_html(one(("x",), columns=(Column("x", "X"),)))
