"""Words of the lines of Nơi nhận: what was done with them, the delivery book of papers, what is not confirmed."""

from __future__ import annotations

from collections.abc import Mapping

STEP: Mapping[str, str] = {
    "again": "gửi lại",
    "channel": "đổi cách gửi",
    "handed": "giao bản giấy",
    "chased": "nhắc xác nhận",
    "told": "gửi bản giấy báo đính chính, thu hồi, thay thế",
}
WAY: Mapping[str, str] = {"mail": "Thư điện tử", "edxml": "Liên thông điện tử", "paper": "Bản giấy"}
SHEET_TITLE = "Nơi nhận và xác nhận"
SHEET_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Dòng", 7),
    ("Nơi nhận trên văn bản", 40),
    ("Cơ quan, đơn vị", 34),
    ("Gửi qua", 16),
    ("Trạng thái", 18),
    ("Gửi lúc", 17),
    ("Nhận lúc", 17),
    ("Người nhận", 24),
    ("Ghi chú", 30),
)
SLIP_TITLE = "Sổ chuyển giao văn bản giấy"
SLIP_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Ngày chuyển", 12),
    ("Số, ký hiệu văn bản", 16),
    ("Nơi nhận văn bản", 44),
    ("Số lượng bản", 9),
    ("Ký nhận (họ tên, ngày giờ)", 36),
    ("Ghi chú", 20),
)
LATE_TITLE = "Văn bản chưa xác nhận"
LATE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Số, ký hiệu", 16),
    ("Trích yếu", 44),
    ("Cơ quan chưa xác nhận", 34),
    ("Gửi qua", 16),
    ("Gửi lúc", 17),
    ("Số ngày", 9),
    ("Đã nhắc", 9),
)
DONE = "Đã ghi."
