import io
from zipfile import ZipFile

import docx
import pytest

import softpower
from helpers.reports import CLOSING, HOSTILE, hostile_document
from helpers.whole_folder import write_index
from softpower.render.documents.word import to_word


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = write_index(tmp_path_factory.mktemp("lands"))
    return softpower.report(folder, draws=50, top=2)


@pytest.fixture(scope="module")
def written(document):
    return to_word(document)


def test_a_document_has_headings_tables_pictures_and_their_sources(written):
    read = docx.Document(io.BytesIO(written))
    headings = [p.text for p in read.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == ["What this report says", "What the index is", "About the index"]
    texts = [p.text for p in read.paragraphs]
    assert any(text.startswith("Source: The Cartographers") for text in texts)
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    assert "Atlantis" in cells
    xml = ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    assert xml.count("<pic:pic") == 4
    assert 'descr="The first 2"' in xml


def test_pages_that_are_not_printed_are_left_out(document, written):
    read = docx.Document(io.BytesIO(written))
    headings = [p.text for p in read.paragraphs if p.style.name == "Heading 2"]
    pages = document.section("units").sections
    assert [page.printed for page in pages] == [True, True, False]
    assert pages[0].heading in headings
    assert pages[2].heading not in headings


def test_what_a_stranger_writes_shows_as_text():
    read = docx.Document(io.BytesIO(to_word(hostile_document())))
    assert CLOSING in [p.text for p in read.paragraphs]
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    assert HOSTILE in cells


def test_the_same_report_is_the_same_bytes(document, written):
    assert to_word(document) == written
