"""Words of the inbox: filters by due date, saved filters, feeds, and how a decision is taken back at once."""

from __future__ import annotations

from collections.abc import Mapping

DUE_FILTER: Mapping[str, str] = {"tre": "Quá hạn", "hom_nay": "Đến hết hôm nay", "tuan": "Trong 7 ngày tới"}
FIELD: Mapping[str, str] = {"ten_bo_loc": "Tên bộ lọc"}
FEED_TITLE = "Việc cần xử lý"
FILE_NAME = "Việc cần xử lý"
FILE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Việc", 24),
    ("Về", 60),
    ("Số, ký hiệu", 16),
    ("Đơn vị trình", 30),
    ("Hạn", 28),
    ("Người giữ", 24),
    ("Xử lý thay", 24),
    ("Đến từ", 18),
)
DUE_WORDS = "hạn {}"
NO_FEED = "Không có nguồn tin này.\n"
OPENING: Mapping[str, str] = {"nhiem_vu": "Nhiệm vụ mở", "ky_bao_cao": "Kỳ báo cáo mở"}
UNDONE = "Hủy duyệt ngay sau khi bấm"
INBOX: Mapping[str, str] = {
    "NOTHING_FILTERED": "Chưa lọc gì nên không có gì để lưu. Hãy chọn điều kiện lọc trước; “Tất cả” luôn có sẵn.",
    "TOO_MANY_FILTERS": "Mỗi người lưu được nhiều nhất {most} bộ lọc. Hãy xóa bớt bộ lọc không dùng nữa.",
    "FILLED_IN_AGAIN": "Nội dung nhập trước khi hết phiên đã được điền lại và chưa gửi. Hãy xem lại rồi bấm gửi.",
    "UNDO_TOO_LATE": (
        "Đã quá {seconds} giây nên không hủy duyệt được nữa. "
        "Chưa ai mở việc tiếp theo thì vẫn “Thu hồi” được, có ghi lý do."
    ),
}
DONE: Mapping[str, str] = {"loc": "Đã lưu bộ lọc.", "bo-loc": "Đã xóa bộ lọc."}


def page_words(page: int, pages: int, *, over: bool) -> str:
    """Trang 2/7; where counting stopped, that there are more."""
    return f"Trang {page}/{'trên ' if over else ''}{pages}"
