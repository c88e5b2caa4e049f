"""Word documents as offices write them: layout tables, automatic numbers, merged cells, revisions."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement

from workflows.papers.read_file import read_file
from workflows.plans.document import PlanDocument
from workflows.plans.read_text import read_text


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Any) -> PlanDocument:
    return read_text(read_file(saved(document), "ke-hoach.docx"))


def office_plan() -> Any:
    """Head and end in tables without borders, the tasks in a table with merged cells."""
    document = Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ ĐỨC TÂN"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 16/KH-UBND"
    head.cell(1, 1).text = "Đức Tân, ngày 20 tháng 02 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Tuyên truyền cải cách hành chính năm 2026")
    document.add_paragraph("Căn cứ Kế hoạch số 35/KH-UBND ngày 05/02/2026 của UBND tỉnh;")
    document.add_paragraph("I. NHIỆM VỤ")
    rows = [
        ("TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"),
        ("I", "Truyền thông", "Truyền thông", "Truyền thông", "Truyền thông", "Truyền thông"),
        ("1", "Mở chuyên mục", "Chuyên mục", "Phòng Văn hóa - Xã hội", "Các thôn", "Quý I/2026"),
        ("1", "Mở chuyên mục", "Tin, bài", "Phòng Văn hóa - Xã hội", "", "01 lần/quý"),
        ("2", "Tập huấn", "- Kế hoạch\n- Báo cáo", "Phòng Văn hóa - Xã hội", "Văn phòng", "Trước 30/6/2026"),
    ]
    table = document.add_table(rows=len(rows), cols=6)
    for at, cells in enumerate(rows):
        for place, words in enumerate(cells):
            table.cell(at, place).text = (
                words if at != 1 and (at, place) not in {(3, 0), (3, 1), (3, 3), (4, 3)} else ""
            )
    table.cell(1, 1).merge(table.cell(1, 5))
    table.cell(1, 0).text, table.cell(1, 1).text = "I", "Truyền thông"
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(2, 1).merge(table.cell(3, 1))
    table.cell(2, 3).merge(table.cell(4, 3))
    document.add_paragraph("II. TỔ CHỨC THỰC HIỆN")
    document.add_paragraph("1. Các thôn báo cáo UBND xã trước ngày 15/11/2026./.")
    end = document.add_table(rows=1, cols=2)
    end.cell(0, 0).text = "Nơi nhận:\n- Đảng ủy xã;\n- Các thôn;\n- Lưu: VT."
    end.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nTrần Văn Ba"
    return document


def test_a_plan_in_tables_reads_whole() -> None:
    document = read(office_plan())
    assert (document.issuer.name, document.number, document.place) == ("Ủy ban nhân dân xã Đức Tân", 16, "Đức Tân")
    assert document.title == "Tuyên truyền cải cách hành chính năm 2026"
    assert [recipient.raw for recipient in document.recipients] == ["Đảng ủy xã;", "Các thôn;", "Lưu: VT."]
    assert (document.signer.on_behalf, document.signer.name) == ("TM. ỦY BAN NHÂN DÂN", "Trần Văn Ba")
    assert [report.sender for report in document.reports] == ["Các thôn"]


def test_merged_cells_are_rows_of_one_task_and_groups() -> None:
    first, second = read(office_plan()).tasks
    assert (first.no, first.title, first.group) == ("1", "Mở chuyên mục", "Truyền thông")
    assert [row.text for row in first.rows] == [("Chuyên mục",), ("Tin, bài",)]
    assert {row.lead for row in (*first.rows, *second.rows)} == {("Phòng Văn hóa - Xã hội",)}
    assert second.products == ("Kế hoạch", "Báo cáo")


def test_automatic_numbers_are_written_out() -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    for words in ("Họp dân", "Kiểm tra"):
        document.add_paragraph(words, style="List Number")
        document.add_paragraph("Chủ trì: Phòng Kinh tế", style="List Bullet")
    assert read_file(saved(document), "x.docx").split("\n")[1:] == [
        "1. Họp dân",
        "- Chủ trì: Phòng Kinh tế",
        "2. Kiểm tra",
        "- Chủ trì: Phòng Kinh tế",
    ]


def test_deleted_revisions_are_left_out_and_inserted_ones_kept() -> None:
    document = Document()
    paragraph = document.add_paragraph("Kế hoạch ")
    for kind, words in (("w:ins", "mới"), ("w:del", "cũ")):
        revision = OxmlElement(kind)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t" if kind == "w:ins" else "w:delText")
        text.text = words
        run.append(text)
        revision.append(run)
        paragraph._p.append(revision)
    assert read_file(saved(document), "x.docx") == "Kế hoạch mới"


def test_tabs_and_breaks_inside_a_paragraph() -> None:
    document = Document()
    run = document.add_paragraph().add_run("Số: 1/KH-UBND")
    run.add_tab()
    run.add_text("Đức Tân")
    run.add_break()
    run.add_text("dòng hai")
    assert read_file(saved(document), "x.docx") == "Số: 1/KH-UBND    Đức Tân\ndòng hai"
