"""Names and heads of the lists that are taken away as files."""

from __future__ import annotations

OUT_BOOK = "Sổ văn bản đi {}"
IN_BOOK = "Sổ văn bản đến {}"
UNCONFIRMED = "Chưa xác nhận"
LATE_REPORTS = "Chậm báo cáo"
DUTIES = "Nhiệm vụ"
RECIPIENTS = "Nơi nhận kế hoạch {}"
PLANS = "Kế hoạch"
CYCLES = "Kỳ báo cáo"
SETTING_CHANGES = "Thay đổi thiết lập"
PLAN_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Số, ký hiệu", 16),
    ("Ngày văn bản", 14),
    ("Tên kế hoạch", 60),
    ("Cơ quan", 30),
    ("Đơn vị soạn thảo", 30),
    ("Tình trạng", 18),
    ("Đang ở bước", 24),
    ("Người giữ", 30),
    ("Hạn", 18),
)
CYCLE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Kỳ", 16),
    ("Kế hoạch", 60),
    ("Số liệu từ", 12),
    ("Số liệu đến", 12),
    ("Mở", 12),
    ("Hạn đơn vị", 12),
    ("Hạn cơ quan", 12),
    ("Đơn vị đã gửi", 14),
    ("Cơ quan gửi lên", 18),
)
CHANGE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Thiết lập", 30),
    ("Trước", 40),
    ("Sau", 40),
    ("Người đổi", 24),
    ("Lúc", 18),
    ("Cơ quan", 30),
)
