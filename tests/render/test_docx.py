import io
from zipfile import ZipFile

from docx import Document

from helpers.imaginary_answers import ANSWER
from softpower.answer import Column, Table, facts
from softpower.render.docx import add_notes, add_table, new_document, saved

RANKING = ANSWER.tables[0]


def written(*tables):
    document = new_document("Atlantis & others")
    for table in tables:
        add_table(document, table)
    return saved(document)


def read(*tables):
    return Document(io.BytesIO(written(*tables)))


def test_a_document_has_every_cell_of_a_table_as_it_is_printed():
    texts = [[cell.text for cell in row.cells] for row in read(RANKING).tables[0].rows]
    assert texts[0] == ["Rank", "Country", "Score", "Change", "Places", "Weight"]
    assert len(texts) == 1 + len(RANKING.rows)
    assert any("12,345.6" in row for row in texts)


def test_the_heading_of_a_table_is_repeated_on_every_page_and_no_row_is_cut():
    xml = ZipFile(io.BytesIO(written(RANKING))).read("word/document.xml").decode()
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 1 + len(RANKING.rows)
    assert 'w:tblCaption w:val="' in xml


def test_facts_have_no_heading_and_columns_of_detail_are_left_out():
    table = Table("t", "", (Column("a", "A"), Column("b", "B", detail=True)), (("x", "y"),))
    one, other = read(facts("f", "", [("Run", "x")]), table).tables
    assert [cell.text for cell in one.rows[0].cells] == ["Run", "x"]
    assert [cell.text for cell in other.rows[1].cells] == ["x"]


def test_text_is_never_markup_and_what_a_document_cannot_hold_is_made_visible():
    table = Table("t", "", (Column("a", "<b>&"),), (("</w:t><w:br/>\x00 {}",),))
    texts = [row.cells[0].text for row in read(table).tables[0].rows]
    assert texts == ["<b>&", "</w:t><w:br/>\ufffd {}"]


def test_columns_fill_the_page_whatever_they_hold():
    many = Table("t", "", tuple(Column(f"c{n}", "Long heading") for n in range(30)), ())
    for table in (RANKING, many):
        widths = [each.width.twips for each in read(table).tables[0].columns]
        assert abs(sum(widths) - 9354) <= len(widths)


def test_the_same_contents_are_the_same_bytes():
    assert written(RANKING) == written(RANKING)


def test_notes_are_paragraphs():
    document = new_document("Atlantis")
    add_notes(document, ["All figures\nare made up."])
    assert document.paragraphs[-1].text == "All figures are made up."
