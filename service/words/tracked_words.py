"""What is said of an uploaded Word file that still has revisions, and of the file of what changed between versions."""

from __future__ import annotations

UNACCEPTED = (
    "Tệp Word còn {number} chỗ sửa đang theo dõi (Track Changes) chưa được chấp nhận. Máy đọc như đã chấp nhận tất cả;"
    " xem lại nội dung trước khi xác nhận."
)
FILE = "Thay đổi từ phiên bản {older} đến {newer} – {title}.docx"


def unaccepted(number: int) -> str:
    """The warning; empty where every revision was accepted."""
    return UNACCEPTED.format(number=number) if number else ""
