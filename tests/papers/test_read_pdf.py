"""PDF files: layout undone, tables by their lines, scans and damage refused, within bounds of time and memory."""

from __future__ import annotations

import zlib

import pytest

from workflows.errors import Refused
from workflows.papers.pdf_text import pdf_text
from workflows.papers.read_file import read_file
from workflows.plans.read_text import read_text

from .pages import plan_pdf, scanned_pdf


@pytest.fixture(scope="module")
def plan() -> bytes:
    return plan_pdf(rows=30)


def test_a_plan_reads_whole_through_the_confined_process(plan: bytes) -> None:
    document = read_text(read_file(plan, "ke-hoach.pdf"))
    assert (document.issuer.name, document.number, document.place) == ("Sở Nội vụ", 8, "Lâm Sơn")
    assert document.title is not None and document.title.endswith("trên địa bàn tỉnh năm 2026")
    assert [section.title for section in document.sections] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "NHIỆM VỤ",
        "TỔ CHỨC THỰC HIỆN",
    ]
    assert [one.raw for one in document.recipients] == [
        "UBND tỉnh (báo cáo);",
        "Giám đốc, các PGĐ Sở;",
        "Các sở, ban, ngành, đoàn thể và các cơ quan trung ương đóng trên địa bàn tỉnh;",
        "Lưu: VT, CCHC.",
    ]
    signer = document.signer
    assert (signer.authority, signer.position, signer.name) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Minh Hạnh")
    (report,) = document.reports
    assert (report.addressee, report.via) == ("Sở Nội vụ", "Phòng Cải cách hành chính")


def test_a_table_over_pages_is_one_table(plan: bytes) -> None:
    tasks = read_text(pdf_text(plan, "x.pdf")).tasks
    assert [task.no for task in tasks] == [str(number) for number in range(1, 33)]
    assert {task.group for task in tasks} == {"Kiểm tra trực tiếp"}
    assert tasks[1].title == "Kiểm tra trực tiếp lần 2 tại các xã, phường trên địa bàn tỉnh"
    assert tasks[0].rows[0].coop == ("Văn phòng Sở", "các phòng chuyên môn")
    assert [task.rows[0].lead for task in tasks[-2:]] == [("Thanh tra tỉnh",), ("Thanh tra tỉnh",)]
    assert [task.title for task in tasks[-2:]] == ["Kiểm tra đột xuất", "Kiểm tra đột xuất"]


def test_page_numbers_are_dropped_and_paragraphs_joined_over_pages(plan: bytes) -> None:
    lines = pdf_text(plan, "x.pdf").split("\n")
    assert not [line for line in lines if line.strip().isdigit()]
    assert sum(line.endswith("nhân rộng trong toàn tỉnh.") and line[1] == ")" for line in lines) == 13


def test_a_scan_is_told_from_a_text() -> None:
    with pytest.raises(Refused) as refused:
        read_file(scanned_pdf(), "quet.pdf")
    assert (refused.value.code, refused.value.facts) == ("SCAN", {"filename": "quet.pdf", "pages": 2})


def test_a_truncated_file_is_refused_or_read_in_part(plan: bytes) -> None:
    for share in (0.2, 0.6, 0.98):
        try:
            read_file(plan[: int(len(plan) * share)], "x.pdf")
        except Refused as refused:
            assert refused.code in ("NOT_A_DOCUMENT", "EMPTY")


def stream_bomb() -> bytes:
    """A page whose content unpacks to a gigabyte."""
    packer = zlib.compressobj(1)
    content = b"".join(packer.compress(bytes(8_000_000)) for _ in range(120)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(content) + content + b"\nendstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, shape in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj" % number + shape + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def test_a_bomb_is_held_by_the_bounds() -> None:
    with pytest.raises(Refused) as refused:
        read_file(stream_bomb(), "bom.pdf")
    assert refused.value.code in ("TOO_COMPLEX", "NOT_A_DOCUMENT", "EMPTY")
