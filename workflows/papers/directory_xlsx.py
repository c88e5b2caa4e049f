"""The directory as a worksheet in the form in which it is read again, and the same empty as a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from workflows.plans.directory_sheet import COLUMNS

from .book_xlsx import write_book

TITLE = "DANH BẠ TỔ CHỨC"
# How to fill it in; no line of it may look like a heading.
HELP = (
    "Mỗi dòng: một đơn vị; hoặc một đơn vị, một chức danh và người giữ. Ô trống không làm thay đổi danh bạ.",
    "Loại: Đơn vị, Mặt trận, Cơ quan Đảng, Hội đồng nhân dân, Hội, Cơ quan khác phối hợp, Nhóm.",
    "Vai trò: Chủ tịch, Phó Chủ tịch, Thủ trưởng, Cán bộ, Văn thư, Người kiểm tra thể thức, Quản trị hệ thống.",
    "Đứng đầu, Quyền (Q.): ghi x. Ngày: ngày/tháng/năm. Thuộc nhóm: nhiều nhóm cách nhau bằng dấu chấm phẩy.",
)
_WIDTHS = {
    "don_vi": 38,
    "truc_thuoc": 30,
    "thay_bang": 30,
    "thuoc_nhom": 24,
    "chuc_danh": 26,
    "ho_ten": 26,
    "email": 28,
}


def write_directory(rows: Sequence[Mapping[str, str]], now: datetime) -> bytes:
    """The workbook; each row has its texts by column."""
    columns = [(title, _WIDTHS.get(key, 15)) for key, title in COLUMNS.items()]
    lines = [[row.get(key, "") for key in COLUMNS] for row in rows]
    return write_book(TITLE, HELP, columns, lines, now)
