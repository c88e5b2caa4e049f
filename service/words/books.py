"""Words of the two registers and of electronic exchange: columns of the books (NĐ 30/2020 Phụ lục IV), statuses."""

from __future__ import annotations

from collections.abc import Mapping

# Heading and width in characters; the ten columns of each book.
OUT_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Số, ký hiệu văn bản", 16),
    ("Ngày tháng văn bản", 12),
    ("Tên loại và trích yếu nội dung văn bản", 44),
    ("Người ký", 20),
    ("Nơi nhận văn bản", 40),
    ("Đơn vị, người nhận bản lưu", 14),
    ("Số lượng bản", 9),
    ("Ngày chuyển", 12),
    ("Ký nhận", 10),
    ("Ghi chú", 28),
)
IN_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Ngày đến", 12),
    ("Số đến", 8),
    ("Tác giả", 28),
    ("Số, ký hiệu văn bản", 16),
    ("Ngày tháng văn bản", 12),
    ("Tên loại và trích yếu nội dung văn bản", 44),
    ("Đơn vị hoặc người nhận", 26),
    ("Ngày chuyển", 12),
    ("Ký nhận", 10),
    ("Ghi chú", 28),
)
OUT_TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
IN_TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"
YEAR, DAYS, NUMBERS, PRINTED = "Năm: {}", "Từ ngày {} đến ngày {}", "Từ số {} đến số {}", "In lúc {}; {} dòng"
OFFICE_KEEPS = "VT"

RELATION: Mapping[str, str] = {"dinh_chinh": "Đính chính", "thu_hoi": "Thu hồi", "thay_the": "Thay thế"}
AMENDMENT: Mapping[str, str] = {
    "dinh_chinh": "Đính chính",
    "thay_the": "Thay thế",
    "gui_them": "Gửi thêm",
    "thu_hoi": "Thu hồi",
}
CORRECTION_OF = "Đính chính Kế hoạch số {}"
BY_DOCUMENT = "{} bằng {}"
GIVEN_UP = "Số bỏ: {}"
RESERVED = "Đã giữ số"
RECALLED = "Đã thu hồi, bản điện tử đã hủy"
CONFIRMED_LATE = "Xác nhận tiếp nhận chậm {} ngày"
DUE_BY = "hạn {}"

INCOMING_STATUS: Mapping[str, str] = {
    "da_vao_so": "Đã vào sổ",
    "da_giao": "Đã giao xử lý",
    "dang_xu_ly": "Đang xử lý",
    "da_xu_ly": "Đã xử lý xong",
    "da_thu_hoi": "Đã thu hồi",
}

# What an envelope or a status says, in the history of a line of Nơi nhận.
MESSAGE: Mapping[str, str] = {
    "moi": "Gửi văn bản",
    "thay_the": "Gửi văn bản thay thế",
    "thu_hoi": "Yêu cầu thu hồi (13)",
    "cap_nhat": "Báo thay đổi nơi nhận",
    "01": "Đã đến (01)",
    "02": "Từ chối tiếp nhận (02)",
    "03": "Đã tiếp nhận (03)",
    "04": "Đã phân công xử lý (04)",
    "05": "Đang xử lý (05)",
    "06": "Đã xử lý xong (06)",
    "13": "Yêu cầu thu hồi (13)",
    "15": "Đồng ý thu hồi (15)",
    "16": "Không đồng ý thu hồi (16)",
}
ENVELOPE_STATE: Mapping[str, str] = {
    "pending": "chờ gửi",
    "sending": "đang gửi",
    "retry": "sẽ gửi lại",
    "sent": "đã gửi",
    "dead": "không gửi được",
    "waiting": "chờ xử lý",
    "entered": "đã vào sổ",
    "refused": "đã trả lại",
    "recalled": "đã hủy theo yêu cầu thu hồi",
    "noted": "đã ghi nhận",
}


def message_name(message: str) -> str:
    """A message by its code, without what makes it unique."""
    return MESSAGE.get(message.partition("-")[0], message)


OPINIONS_COVER = "Đã xin ý kiến {} cơ quan, đơn vị; {} đã trả lời, trong đó {} nhất trí."
