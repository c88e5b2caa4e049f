"""Words about duties: their states, what was written about each time of them, sheets, and refusals."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    "TIME_NOT_READ": (
        "Chưa hiểu thời hạn “{value}”. Hãy ghi như: Trước ngày 30/11/2026; Quý III/2026; 01 lần/quý; Hằng tháng; "
        "Thường xuyên."
    ),
    "NOT_UNCLEAR": "Nhiệm vụ {duty} đã rõ thời hạn và đơn vị chủ trì. Hãy tải lại trang.",
    "PLAN_NOT_IN_FORCE": (
        "Kế hoạch không ở bước thực hiện nên không giao thêm nhiệm vụ được. Bản dự thảo thì sửa ở trang Kiểm tra phần "
        "máy đọc."
    ),
    "DUTY_REPORTED": "Đơn vị đã báo kết quả, đang ở bước “{step}” nên không đổi hạn nữa. Hãy đợi thủ trưởng xác nhận.",
    "DUTY_IS_OVER": "Lần thực hiện này của nhiệm vụ {duty} đã xong hoặc đã kết thúc nên không đổi hạn được.",
}
STATE: Mapping[str, str] = {
    "chua_mo": "Chưa bắt đầu",
    "dang_lam": "Đang thực hiện",
    "cho_xac_nhan": "Chờ xác nhận",
    "xong": "Hoàn thành",
    "qua": "Không giao (trước ngày hiệu lực)",
    "thoi": "Kết thúc cùng kế hoạch",
}
BOARD: tuple[str, ...] = ("chua_mo", "dang_lam", "cho_xac_nhan", "xong")
UNCLEAR: Mapping[str, str] = {"thoi_han": "Chưa rõ thời hạn", "chu_tri": "Chưa rõ đơn vị chủ trì"}
NOTE: Mapping[str, str] = {
    "tien_do": "Cập nhật tiến độ",
    "ket_qua": "Báo kết quả",
    "dat": "Xác nhận hoàn thành",
    "tra_lai": "Trả lại",
    "hoan": "Hoãn",
    "lui_han": "Lùi hạn",
}
BUDGET: Mapping[str, str] = {
    "nguon": "Nguồn kinh phí",
    "lap": "Lập dự toán",
    "tong_hop": "Tổng hợp dự toán",
    "bo_tri": "Tham mưu bố trí",
}
SPAN: Mapping[str, str] = {"moi": "Mọi thời gian", "thang": "Tháng này", "quy": "Quý này", "nam": "Năm nay"}
ORDER: Mapping[str, str] = {"han": "Hạn", "don_vi": "Đơn vị", "nhiem_vu": "Nhiệm vụ", "tien_do": "Tiến độ"}
SHEET_TITLE = "DANH SÁCH NHIỆM VỤ THEO KẾ HOẠCH"
SHEET_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Kế hoạch", 40),
    ("STT", 8),
    ("Nhiệm vụ", 50),
    ("Chủ trì", 28),
    ("Kỳ", 16),
    ("Mở", 12),
    ("Hạn", 14),
    ("Trạng thái", 18),
    ("Đã làm", 12),
    ("Tiến độ", 10),
    ("Kết quả", 50),
)
ALL_ALONG = "thường xuyên"


def counted(done: int, required: int, unit: str | None = None) -> str:
    """ "12/48 số", "1/1"."""
    return f"{done}/{required}{f' {unit}' if unit else ''}"
