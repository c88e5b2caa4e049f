"""What Word documents hold besides paragraphs: boxes, notes, hidden words, old fonts, odd tables, harm."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from workflows.errors import Refused
from workflows.papers.read_file import read_file
from workflows.plans.read_text import read_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HEADERS = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")


def docx(body: str, **parts: str) -> bytes:
    """A document of this body; `parts` are further parts by name, "__" for "/"."""
    buffer = BytesIO()
    document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml" if not name.endswith("bin") else "word/vbaProject.bin", content)
    return buffer.getvalue()


def p(words: str, properties: str = "") -> str:
    return f'<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def row(*cells: str, properties: tuple[str, ...] = ()) -> str:
    marked = [*properties, *[""] * len(cells)]
    return (
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr>{mark}</w:tcPr>{cell if cell.startswith('<') else p(cell)}</w:tc>"
            for cell, mark in zip(cells, marked, strict=False)
        )
        + "</w:tr>"
    )


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read_file(docx(body, **parts), "a.docx").split("\n") if line]


def test_a_text_box_stands_behind_its_paragraph_once() -> None:
    box = f"<w:pict><w:txbxContent>{p('trong khung')}</w:txbxContent></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert lines(f"<w:p><w:r><w:t>ngoài</w:t>{both}</w:r></w:p>{p('sau')}") == ["ngoài", "trong khung", "sau"]


def test_footnotes_come_last_in_the_order_of_their_marks() -> None:
    mark = '<w:p><w:r><w:t>Kế hoạch</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("Nghị quyết số 1")}</w:footnote></w:footnotes>'
    assert lines(mark + p("hết"), footnotes=notes) == ["Kế hoạch", "hết", "[1] Nghị quyết số 1"]


def test_hidden_words_are_no_words_and_capitals_are_shown() -> None:
    assert lines(p("ẩn", "<w:vanish/>") + p("kế hoạch", "<w:caps/>")) == ["KẾ HOẠCH"]


def test_runs_in_fonts_from_before_unicode() -> None:
    fonts = {name: f'<w:rFonts w:ascii="{name}"/>' for name in (".VnTime", ".VnTimeH", "VNI-Times")}
    body = p("Kế hoạch") + p("KÕ ho¹ch", fonts[".VnTime"]) + p("kÕ ho¹ch", fonts[".VnTimeH"])
    assert lines(body + p("Keá hoaïch", fonts["VNI-Times"])) == ["Kế hoạch", "Kế hoạch", "KẾ HOẠCH", "Kế hoạch"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Giao Phòng </w:t></w:r></w:p>"
    assert lines(first + p("Kinh tế")) == ["Giao Phòng Kinh tế"]


def test_merged_nested_and_deleted_cells() -> None:
    nested = f"<w:tbl>{row('trong')}</w:tbl><w:p/>"
    gone = row("9", "đã xóa", "Sở Z", "Quý I").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    table = (
        "<w:tbl>"
        + row(*HEADERS)
        + row("I", "Nhóm", properties=("", '<w:gridSpan w:val="3"/>'))
        + row("1", nested, "Sở A", "Quý I", properties=("", "", '<w:vMerge w:val="restart"/>'))
        + row("2", "Họp", "", "Quý II", properties=("", "", "<w:vMerge/>"))
        + gone
        + "</w:tbl>"
    )
    assert lines(table) == [
        "TT\tNhiệm vụ\tChủ trì\tThời gian",
        "I\tNhóm\t\t",
        "1\ttrong\tSở A\tQuý I",
        "2\tHọp\tSở A\tQuý II",
    ]


def test_a_whole_plan_inside_one_cell() -> None:
    inner = f"<w:tbl>{row(*HEADERS)}{row('1', 'Họp dân', 'Văn phòng', 'Quý I/2026')}</w:tbl>"
    outer = f"<w:tbl>{row(p('KẾ HOẠCH') + p('Họp dân năm 2026') + p('I. NHIỆM VỤ') + inner + p('hết'))}</w:tbl>"
    (task,) = read_text(read_file(docx(outer), "a.docx")).tasks
    assert (task.title, task.lead) == ("Họp dân", ("Văn phòng",))


def test_spans_beyond_reason_are_bounded() -> None:
    table = "".join(row("x", properties=('<w:gridSpan w:val="99999999"/>',)) for _ in range(50))
    assert len(read_file(docx(f"<w:tbl>{table}</w:tbl>{p('hết')}"), "a.docx")) < 10_000


def test_macros_links_and_entities_are_never_followed() -> None:
    link = '<w:p><w:r><w:instrText>INCLUDETEXT "http://127.0.0.1:9/x"</w:instrText><w:t>Kế hoạch</w:t></w:r></w:p>'
    assert lines(link, bin="macro") == ["Kế hoạch"]
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    hostile = BytesIO()
    with ZipFile(hostile, "w") as package:
        body = f'<w:document xmlns:w="{W}"><w:body>{p("a&x;b")}</w:body></w:document>'
        package.writestr("word/document.xml", entity + body.encode())
    assert read_file(hostile.getvalue(), "a.docx").strip() in ("ab", "a")


@pytest.mark.parametrize("depth", [300, 5000])
def test_tables_in_tables_without_end_are_read_or_refused(depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + p("sâu") + "</w:tc></w:tr></w:tbl>" * depth
    try:
        read_file(docx(body), "a.docx")
    except Refused as refused:
        assert refused.code in ("NOT_A_DOCUMENT", "TOO_COMPLEX", "EMPTY")


def test_a_large_part_is_refused_before_it_is_parsed() -> None:
    noise: Any = "".join(chr(0x100 + (number * 7919) % 500) for number in range(2_000_000))
    with pytest.raises(Refused) as refused:
        read_file(docx(p(noise * 7)), "a.docx")
    assert refused.value.code == "TOO_LARGE"
