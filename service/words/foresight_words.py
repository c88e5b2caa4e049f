"""What the page “Nếu … thì sao” and its command say."""

from __future__ import annotations

from collections.abc import Mapping

FORESIGHT: Mapping[str, str] = {
    "BAD_HORIZON": "Ngày xem đến phải sau hôm nay và không quá một năm.",
    "BAD_AWAY": "Ngày cuối của đợt vắng không thể trước ngày đầu.",
    "BAD_PACE": "Số ngày làm việc của mỗi bước phải từ 0 đến 250.",
    "NO_PERSON_AWAY": "Hãy chọn người vắng cho đợt vắng đã ghi ngày.",
    "FORESEEING": "Máy đang tính một giả định khác. Hãy thử lại sau một phút.",
    "BAD_ABSENCE": (
        "“{value}” không đúng mẫu tên_đăng_nhập:từ_ngày:đến_ngày, ví dụ chu_tich.ubnd-xa:2026-12-01:2026-12-10."
    ),
}
CAUSE: Mapping[str, str] = {
    "absence": "vắng mặt: {}",
    "pace": "bước này thường mất {} ngày: {}",
    "overdue": "đã quá hạn từ trước, đang ở: {}",
}
NOBODY = "chưa có người giữ chức vụ"
NEVER = "chưa xong trong thời gian xem"


def cause_words(cause: str, because: tuple[str, ...], usual: int, unit: str) -> str:
    """Why a task will be late, and because of whom."""
    who = ", ".join(because) or unit or NOBODY
    return CAUSE[cause].format(usual, who) if cause == "pace" else CAUSE[cause].format(who)
