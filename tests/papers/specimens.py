"""One good file of each format that is read without another program, for tests that damage them."""

from __future__ import annotations

from .pages import plan_pdf
from .test_read_docx import office_plan, saved

_TEXT = """ỦY BAN NHÂN DÂN\nXÃ ĐỨC TÂN\nSố: 16/KH-UBND\nĐức Tân, ngày 20 tháng 02 năm 2026\n\nKẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2026\n\nCăn cứ Kế hoạch số 35/KH-UBND ngày 05/02/2026 của UBND tỉnh;
I. NHIỆM VỤ\n1. Họp dân. Đơn vị chủ trì: Văn phòng; Thời gian: Quý I/2026; Sản phẩm: Biên bản.
| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian |\n|---|---|---|---|---|
| 1 | Tập huấn | Phòng Kinh tế | Các thôn | 02 lần/năm |\nII. TỔ CHỨC THỰC HIỆN
1. Các thôn báo cáo UBND xã trước ngày 15/11/2026./.\n\nNơi nhận:\n- Đảng ủy xã;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Ba
"""


def specimens() -> dict[str, bytes]:
    """File names with their bytes."""
    page = "".join(f"<p>{line}</p>" for line in _TEXT.split("\n"))
    table = "<table><tr><td>TT<td>Nhiệm vụ<td>Chủ trì</tr><tr><td>1<td>Họp<td>Phòng A</tr></table>"
    return {
        "a.docx": saved(office_plan()),
        "a.pdf": plan_pdf(),
        "a.txt": _TEXT.encode(),
        "b.txt": _TEXT.encode("utf-16"),
        "a.md": _TEXT.encode(),
        "a.html": f"<html><body>{page}{table}</body></html>".encode(),
    }
