import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import softpower
from helpers.browser import barriers, misspelt, sideways
from helpers.reports import CLOSING, HOSTILE, hostile_document
from softpower.answer import Answer
from softpower.render.delimited import to_csv
from softpower.render.documents.page import to_page
from softpower.render.documents.style import css_text
from softpower.render.saving import write


@pytest.fixture(scope="module")
def hostile():
    return to_page(hostile_document())


@pytest.fixture(scope="module")
def document():
    names = ["ranking", "weights", "variants", "countries", "sources", "reproduction"]
    africa = {"region": "Northern Africa", "top": 3}
    return softpower.report("open-soft-power", section=names, draws=50, **africa)


@pytest.fixture(scope="module")
def page(document):
    return to_page(document)


def test_what_a_stranger_writes_shows_as_text_and_is_never_an_element(hostile):
    assert "<script" not in hostile
    assert "<img" not in hostile
    assert hostile.count("</style>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile
    assert misspelt(hostile) == []


def test_a_page_is_html_without_a_fault_and_a_megabyte_and_a_half_at_most(page):
    assert misspelt(page) == []
    whole = softpower.report("open-soft-power", section=["ranking", "countries"], draws=50)
    assert len(to_page(whole).encode()) < 1_015_000  # half a megabyte is left for the rest


def test_a_page_asks_nobody_for_anything_and_says_so(page):
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:text/csv)", page)
    assert "url(" not in page
    assert "@import" not in page


def test_every_section_is_linked_from_the_contents_with_its_sentence(document, page):
    for section in document.sections:
        assert f'href="#{section.name}"' in page
        assert f'id="{section.name}"' in page
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


def test_the_figures_of_a_picture_are_there_as_csv_and_as_a_table(page):
    addresses = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    saved = {unquote(address) for address in addresses}
    ranking = softpower.score("open-soft-power", pillars=True, region="Northern Africa").tables[0]
    assert to_csv(Answer("", (ranking,))) in saved
    pictures = page.count('<figure class="chart">')
    assert pictures == 4  # bars, the map, the tree, ranks under variants
    assert page.count("<summary>Its figures</summary>") == pictures
    assert page.count('<p class="credit">Source: ') == pictures


def test_rows_beyond_the_first_are_folded_and_all_are_there(page):
    assert "All 6 rows" in page
    ranking = page[page.index('id="ranking"') : page.index('id="weights"')]
    assert ranking.count('<tr class="more">') == 3


def test_the_same_report_is_the_same_bytes(document, page):
    assert to_page(document) == page


def test_no_text_ends_what_stands_on_every_page():
    assert css_text("</style>") == r"\3c \2f style\3e "
    assert css_text('a"; } b') == r"a\22 \3b  \7d  b"
    assert css_text("Côte d'Ivoire (1)") == r"C\f4 te d\27 Ivoire (1)"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_a_browser_shows_it_without_a_barrier(opened, page, tmp_path, width, scheme):
    path = tmp_path / "report.html"
    path.write_text(page, "utf-8")
    shown = opened(path, width=width, color_scheme=scheme)
    assert sideways(shown) <= 0
    assert barriers(shown) == []


def test_a_browser_runs_nothing_that_a_stranger_wrote(opened, hostile, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(hostile, "utf-8")
    shown = opened(path)
    shown.on("dialog", lambda _: pytest.fail("a dialog opened"))
    assert shown.locator("h1").inner_text() == CLOSING
    assert HOSTILE in shown.locator("main").inner_text()


def test_a_picture_is_saved_as_csv_from_the_page_itself(opened, page, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page, "utf-8")
    shown = opened(path)
    with shown.expect_download() as saving:
        shown.locator("#ranking .credit a").first.click()
    saved = Path(saving.value.path()).read_text("utf-8-sig")
    assert saved.splitlines()[1].startswith("Egypt,45.0")


def test_a_report_is_written_whole_by_the_ending(document, tmp_path):
    write(document, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == to_page(document)
