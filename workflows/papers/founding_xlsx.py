"""The sheet in which offices are written down that are to be founded: empty but for a line as an example."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflows.plans.founding_sheet import COLUMNS

from .book_csv import write_csv
from .book_xlsx import write_book

TITLE = "THÀNH LẬP CÁC CƠ QUAN"
# How to fill it in; no line of it may look like a heading.
HELP = (
    "Mỗi dòng một cơ quan, nhiều nhất 1.000 dòng. Bắt buộc có tên, cấp, người quản trị đầu tiên và thư của người ấy.",
    "Cấp: tỉnh, thành phố, sở, huyện, quận, thị xã, xã, phường, thị trấn, đặc khu, khác.",
    "Ghi cấp trên bằng tên hoặc mã định danh; có thể là cơ quan ở dòng khác trong cùng tệp, trước hay sau đều được.",
    "Mẫu đơn vị: Xã, Phường, Đặc khu, Sở, Chỉ chức danh; hoặc “như” và tên một cơ quan đã có. Trống: theo cấp.",
    "Các quy trình dùng chung cho mọi cơ quan, không phải ghi.",
)
_WIDTHS: Mapping[str, int] = {
    "ten_co_quan": 38, "cap": 11, "cap_tren": 34, "mau_to_chuc": 20, "quan_tri": 26, "thu_quan_tri": 32,
}  # fmt: skip
_EXAMPLE: Mapping[str, str] = {
    "ten_co_quan": "Ủy ban nhân dân xã Tân Lập",
    "cap": "xã",
    "quan_tri": "Nguyễn Văn Mẫu",
    "thu_quan_tri": "mau.nv@tanlap.example",
    "dien_thoai": "0900 000 000",
}


def template_xlsx(now: datetime) -> bytes:
    """The workbook, with how to fill it in above its headings."""
    columns = [(title, _WIDTHS.get(key, 16)) for key, title in COLUMNS.items()]
    return write_book(TITLE, HELP, columns, [_line()], now)


def template_csv() -> bytes:
    """The same as CSV."""
    return write_csv(list(COLUMNS.values()), [_line()])


def _line() -> list[str]:
    return [_EXAMPLE.get(key, "") for key in COLUMNS]
