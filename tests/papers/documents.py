"""Documents to lay out: small ones with every part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflows.plans.official_document import (
    Appendix,
    Block,
    Heading,
    Letterhead,
    OfficialDocument,
    Table,
    Text,
)

WORDS = "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện nghiêm túc Kế hoạch này. "
TABLE = Table(
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
    (("I", "Nhóm nhiệm vụ chung", "", ""), *((str(at), WORDS.strip(), "Phòng Nội vụ", "Quý I") for at in range(1, 31))),
    groups=(0,),
)
BODY: tuple[Block, ...] = (
    Text("Căn cứ Luật Tổ chức chính quyền địa phương;", "basis"),
    Text("Căn cứ Nghị định số 30/2020/NĐ-CP.", "basis"),
    Heading("I. MỤC ĐÍCH, YÊU CẦU", 1),
    Heading("1. Mục đích", 2),
    *[Text(WORDS * 4)] * 6,
    Heading("II. TỔ CHỨC THỰC HIỆN", 1),
    Text(WORDS + "/."),
)
ISSUED = OfficialDocument(
    letterhead=Letterhead(("ỦY BAN NHÂN DÂN", "XÃ ĐỨC TÂN")),
    symbol="KH-UBND",
    number=5,
    place="Đức Tân",
    day=date(2026, 2, 5),
    type_name="KẾ HOẠCH",
    subject="Tuyên truyền cải cách hành chính trên địa bàn xã năm 2026",
    body=BODY,
    signature=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Trần Lê Vương Vũ",
    recipients=("TT. Đảng ủy, TT. HĐND xã;", "Các thôn;", "Lưu: VT."),
)
WITH_APPENDIX = replace(
    ISSUED,
    appendices=(
        Appendix(
            "Danh mục nhiệm vụ", "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026)", (TABLE,), landscape=True
        ),
    ),
)
DRAFT = replace(ISSUED, number=None, day=None, draft=True, year=2026, month=2, written_on=date(2026, 1, 20))
