"""Nơi nhận and signature, apart, side by side, and run into one line."""

from __future__ import annotations

import pytest

from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Issuer
from workflows.plans.read_text import read_recipient_line, read_text

BODY = "KẾ HOẠCH\n\nTuyên truyền năm 2026\n\nI. NHIỆM VỤ\n1. Họp\n- Chủ trì: Văn phòng xã\n\nYêu cầu thực hiện./.\n\n"
XA = Issuer("Ủy ban nhân dân xã Đức Tân", "xã")


@pytest.mark.parametrize(
    "end",
    [
        "Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n(đã ký)\n\nTrần Văn Ba",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn Ba\n\nNơi nhận:\n- UBND huyện;\n- Lưu: VT.",
        "Nơi nhận:          TM. ỦY BAN NHÂN DÂN\n- UBND huyện;          KT. CHỦ TỊCH\n"
        "- Lưu: VT.          PHÓ CHỦ TỊCH\n\n          Trần Văn Ba",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- UBND huyện; KT. CHỦ TỊCH\n PHÓ CHỦ TỊCH\n- Lưu: VT. Trần Văn Ba",
        "| Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n| - UBND huyện; | KT. CHỦ TỊCH |\n"
        "| - Lưu: VT. | PHÓ CHỦ TỊCH |\n| | ThS. Trần Văn Ba |",
    ],
)
def test_whatever_the_layout(end: str) -> None:
    document = read_text(BODY + end)
    assert [one.raw for one in document.recipients] == ["UBND huyện;", "Lưu: VT."]
    signer = document.signer
    assert (signer.on_behalf, signer.authority, signer.position, signer.name) == (
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Văn Ba",
    )


@pytest.mark.parametrize(
    ("line", "names", "qualifier"),
    [
        ("- TT. ĐU, TT. HĐND xã;", ("Thường trực Đảng ủy xã", "Thường trực HĐND xã"), None),
        ("CT, các PCT UBND xã", ("Chủ tịch UBND xã", "các Phó Chủ tịch UBND xã"), None),
        ("TT. Đảng ủy (b/c);", ("Thường trực Đảng ủy xã",), "báo cáo"),
        ("Các thôn để thực hiện;", ("Các thôn",), "thực hiện"),
        ("Lưu: VT, VHTT.", ("Văn thư (lưu)", "Phòng Văn hóa và Thông tin (lưu)"), "lưu"),
        ("Đài truyền thanh tuyên truyền;", ("Đài truyền thanh xã",), None),
        ("Sở Văn hóa, Thể thao và Du lịch;", ("Sở Văn hóa, Thể thao và Du lịch",), None),
    ],
)
def test_names_of_a_line(line: str, names: tuple[str, ...], qualifier: str | None) -> None:
    recipient = read_recipient_line(line, XA)
    assert (recipient.names, recipient.qualifier) == (names, qualifier)


def test_a_line_without_words_is_nobody() -> None:
    assert read_recipient_line(" - ;").names == ()


def doubts(document: PlanDocument) -> set[str]:
    return {doubt.code for doubt in document.doubts}


def test_what_is_missing_is_a_doubt() -> None:
    bare = doubts(read_text(BODY))
    assert {"NO_RECIPIENTS", "NO_SIGNER_NAME", "NO_NUMBER_LINE"} <= bare


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BÁO CÁO\n\nKết quả năm 2025", "NOT_A_PLAN"),
        ("Danh sách lớp 5A", "NO_DOC_TYPE"),
        ("Số: 12/SNV-CCHC\nV/v báo cáo quý III\nKính gửi: Các sở\n\nSở Nội vụ ban hành Kế hoạch", "NOT_A_PLAN"),
        ("Thực hiện Chỉ thị số 05/CT-TTg, UBND xã ban hành Kế hoạch như sau:\n1. Họp", "DOC_TYPE_GUESSED"),
        (BODY.replace("1. Họp", "1. Họp ngày 31/02/2026"), "BAD_DATE"),
        (BODY.replace("xã\n", "xã\n- Thời gian: Khi có hướng dẫn\n", 1), "TIME_UNCLEAR"),
        (BODY.replace("năm 2026", ""), "NO_PERIOD"),
    ],
)
def test_other_doubts(text: str, code: str) -> None:
    assert code in doubts(read_text(text))
