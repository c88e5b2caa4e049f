"""The Word file: the same layout as XML, editable, and the same bytes for the same document."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.papers.documents import DRAFT, ISSUED, WITH_APPENDIX
from workflows.papers.read_file import read_file
from workflows.papers.write_docx import docx_bytes
from workflows.plans.official_document import OfficialDocument, Text


def word(document: OfficialDocument) -> Any:
    return Document(BytesIO(docx_bytes(document)))


def millimetres(length: Any) -> float:
    return round(length.mm, 1)


def test_paper_margins_and_font() -> None:
    made = word(ISSUED)
    section = made.sections[0]
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    assert (millimetres(section.left_margin), millimetres(section.right_margin)) == (30, 15)
    assert (millimetres(section.top_margin), millimetres(section.bottom_margin)) == (20, 20)
    style = made.styles["Normal"]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert (style.font.size, style.paragraph_format.space_after) == (Pt(14), Pt(6))


def test_the_page_number_is_a_field_from_the_second_page() -> None:
    section = word(ISSUED).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert "PAGE" in section.header._element.xml
    assert '<w:jc w:val="center"/>' in section.header._element.xml


def test_head_and_ending_are_two_columns_without_rules() -> None:
    head, *_, ending = word(ISSUED).tables
    assert [cell.text.split("\n")[0] for cell in head.rows[0].cells] == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert head.rows[1].cells[0].text.startswith("Số: 05/KH-UBND")
    assert head.rows[1].cells[1].text == "Đức Tân, ngày 05 tháng 02 năm 2026"
    left, right = ending.rows[0].cells
    assert left.text.split("\n") == ["Nơi nhận:", *(f"- {each}" for each in ISSUED.recipients)]
    assert [line for line in right.text.split("\n") if line] == [*ISSUED.signature, ISSUED.signer]
    runs = [run for paragraph in left.paragraphs for run in paragraph.runs]
    assert (runs[0].font.size, runs[0].bold, runs[0].italic) == (Pt(12), True, True)
    assert {run.font.size for run in runs[1:]} == {Pt(11)}
    assert not ending._tbl.tblPr.findall(qn("w:tblBorders"))


def test_tables_have_exact_widths_and_repeat_their_header() -> None:
    made = word(WITH_APPENDIX)
    table = made.tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert not table.autofit
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert abs(sum(grid) - Mm(297 - 45).twips) < 20
    assert made.sections[1].page_width > made.sections[1].page_height
    assert made.sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_draft_says_so() -> None:
    assert "DỰ THẢO" in word(DRAFT).tables[0].rows[1].cells[0].text
    assert "DỰ THẢO" not in word(ISSUED).tables[0].rows[1].cells[0].text


def test_the_same_document_gives_the_same_bytes() -> None:
    assert docx_bytes(WITH_APPENDIX) == docx_bytes(WITH_APPENDIX)
    with ZipFile(BytesIO(docx_bytes(ISSUED))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert word(ISSUED).core_properties.created.date() == ISSUED.day


def test_words_are_never_markup() -> None:
    words = "a < b & c > d {{ trich_yeu }} <w:t>"
    assert words in read_file(docx_bytes(replace(ISSUED, body=(Text(words),))), "a.docx")
