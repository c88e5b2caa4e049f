"""Words outside of pages: names of files and calendars, what machines show to people, names given by default."""

from __future__ import annotations

from datetime import date

CALENDAR = "Việc và kỳ báo cáo"
NO_CALENDAR = "Không có lịch này.\n"
OPINIONS_TABLE = "Bảng tổng hợp, tiếp thu, giải trình ý kiến"
LETTER = "Công văn"
REASON_EXAMPLE = "Đồng chí Minh nghỉ ốm"


def passkey_of(day: date) -> str:
    """What a passkey is called whose owner gave it no name."""
    return f"Khóa truy cập {day:%d/%m/%Y}"
