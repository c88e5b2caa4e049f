"""The head of a document: which line is its kind, and which only names a body."""

from __future__ import annotations

from workflows.plans.header import read_head
from workflows.plans.read_text import read_text


def test_a_body_that_is_named_after_a_scheme_is_not_the_kind() -> None:
    lines = [
        "TỔ CÔNG TÁC TRIỂN KHAI",
        "ĐỀ ÁN 06 PHƯỜNG NAM CẢNG",
        "Số: 03/KH-TCT",
        "",
        "KẾ HOẠCH",
        "Triển khai Đề án 06",
    ]
    head = read_head(lines)
    assert (head.doc_type, head.type_line) == ("KẾ HOẠCH", 5)
    assert head.number is not None and head.number.number == 3


def test_a_scheme_is_a_scheme_where_no_plan_stands_below() -> None:
    assert read_head(["ỦY BAN NHÂN DÂN", "XÃ AN PHÚ", "ĐỀ ÁN 06 PHƯỜNG NAM CẢNG", "Nội dung"]).doc_type == "ĐỀ ÁN"


def test_a_narrow_cell_of_a_web_page_cut_the_body_and_the_place() -> None:
    head = "ỦY\nBAN NHÂN DÂN\nTỈNH TIỀN SƠN\n-------\n|\nSố: 383/KH-UBND\n|\nTiền\nSơn, ngày 07 tháng 12 năm 2022\n|\n"
    plan = read_text(f"{head}KẾ HOẠCH\nCHUYỂN ĐỔI SỐ NĂM 2023\n")
    assert (plan.issuer.name, plan.place) == ("Ủy ban nhân dân tỉnh Tiền Sơn", "Tiền Sơn")


def test_a_text_that_begins_with_its_issuing_sentence_has_no_title() -> None:
    plan = read_text(
        "Thực hiện Chỉ thị số 05/CT-TTg ngày 06/3/2019 của Thủ tướng,\nUBND xã ban hành Kế hoạch như sau:\n"
    )
    assert plan.title is None
    assert [one.number for one in plan.legal_bases_block] == ["05/CT-TTg"]


def test_a_whole_title_on_the_line_of_the_kind_ends_there() -> None:
    plan = read_text("KẾ HOẠCH TRIỂN KHAI THÁNG HÀNH ĐỘNG NĂM 2021\n\nThực hiện Chỉ thị số 34/CT-TTg, UBND phường …\n")
    assert plan.title == "TRIỂN KHAI THÁNG HÀNH ĐỘNG NĂM 2021"


def test_a_letter_is_told_by_whom_it_addresses() -> None:
    letter = read_text("Số: 12/SNV-CCHC\nV/v báo cáo quý III\nHà Sơn, ngày 05 tháng 9 năm 2024\nKính gửi: Các sở\n")
    assert (letter.doc_type, letter.title) == (None, "báo cáo quý III")


def test_a_year_behind_the_word_electronic_is_the_year_of_the_plan() -> None:
    plan = read_text("KẾ HOẠCH\nGiải quyết thủ tục trên môi trường điện tử năm 2023\n\nCăn cứ Luật A năm 2015;\n")
    assert plan.period is not None and plan.period.years == range(2023, 2024)
