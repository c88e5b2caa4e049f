"""Words about report rules, figures, cycles and their archive, and the sentences of their refusals."""

from __future__ import annotations

from collections.abc import Mapping

REPORTS: Mapping[str, str] = {
    "FIGURE_UNREADABLE": (
        "{label}: không hiểu “{value}” là số. Hãy viết như 1.234 hoặc 12,5 "
        "(dấu chấm ngăn hàng nghìn, dấu phẩy thập phân)."
    ),
    "FIGURE_IN_OTHER_UNIT": "{label}: tính bằng {unit}, không phải {given}. Hãy đổi sang {unit} rồi nhập lại.",
    "FIGURE_NOT_WHOLE": "{label}: phải là số nguyên, “{value}” thì không. Hãy nhập lại.",
    "FIGURE_OUT_OF_RANGE": "{label}: phải {range}, “{value}” thì không. Hãy kiểm tra lại số liệu.",
    "LINE_REQUIRED": "{label}: chưa có. Hãy nhập số liệu, kể cả khi bằng 0; để trống không được tính là 0.",
    "FORM_COLUMN": "Biểu, dòng {line}: không hiểu “{value}”. Hãy xem cách viết ở phần hướng dẫn bên cạnh.",
    "FORM_FAULT": "Biểu, dòng {line}: {fault}. Hãy sửa dòng này.",
    "FORM_TOO_LONG": "Biểu có nhiều hơn {most} dòng. Hãy bỏ bớt dòng hoặc tách thành hai báo cáo.",
    "DUE_UNREADABLE": "Không hiểu “{value}” là ngày hạn. Hãy viết như “trước 16/11”, “20/11” hoặc “ngày 15”.",
    "DAYS_IN_WRONG_ORDER": "Ngày {other} sớm hơn ngày {first} phải có trước đó. Hãy sửa lại các ngày.",
    "UNIT_GONE": "{name} không còn hoạt động. Hãy bỏ khỏi danh sách hoặc chọn đơn vị kế thừa.",
    "PLAN_OVER": "Kế hoạch này: {status}. Chế độ báo cáo không thay đổi được nữa.",
    "NOT_IN_FORCE": "Chỉ mở được báo cáo chuyên đề, đột xuất cho kế hoạch đang thực hiện; kế hoạch này: {status}.",
    "REPORT_ALREADY_SENT": (
        "Báo cáo đã gửi lúc {at} ({by}); không ghi lần thứ hai. Muốn sửa thì đề nghị đơn vị đầu mối trả lại báo cáo."
    ),
    "NOT_SENT": "{name} chưa gửi báo cáo nên không có gì để trả lại. Hãy tải lại trang.",
    "STILL_AWAITED": "Báo cáo của {name} không ở trạng thái phải mở lại. Hãy tải lại trang để xem trạng thái mới nhất.",
    "CYCLE_CLOSED": "Báo cáo của kỳ này đã được cấp số hoặc đã đóng ({at}) nên không trả lại, mở lại được nữa.",
    "NOTHING_TO_REMIND": "Không có đơn vị nào còn phải gửi báo cáo để nhắc. Hãy tải lại trang.",
    "ALREADY_REMINDED": "{name} đã được {by} nhắc hôm nay, lúc {at}; mỗi ngày một lần. Hãy nhắc lại từ ngày mai.",
    "BAD_THRESHOLD": "“{value}” không phải là mức thay đổi. Hãy nhập số phần trăm nguyên từ 1 đến {most}, ví dụ 20.",
    "BAD_YEAR": "Năm {value} không hợp lệ. Hãy nhập năm có bốn chữ số.",
}

RULE_KIND: Mapping[str, str] = {"dinh_ky": "Định kỳ", "chuyen_de": "Chuyên đề", "dot_xuat": "Đột xuất"}
RHYTHM: tuple[tuple[str, str], ...] = (
    ("month", "Hằng tháng"),
    ("quarter", "Hằng quý"),
    ("six", "6 tháng đầu năm"),
    ("half", "6 tháng một lần"),
    ("nine", "9 tháng"),
    ("year", "Hằng năm"),
)
EVENT_OF_SUBMISSION: Mapping[str, str] = {
    "gui": "Gửi báo cáo",
    "den": "Báo cáo đã ký của cơ quan đến",
    "den_lai": "Báo cáo đến lần nữa, chưa thay báo cáo đã có",
    "tra_lai": "Trả lại",
    "mo_lai": "Mở lại để gửi muộn",
}
FORM_FIELD: Mapping[str, str] = {
    "don_vi": "Đơn vị báo cáo",
    "bieu": "Biểu số liệu",
    "ngay_chot": "Ngày chốt số liệu",
    "ten_bao_cao": "Tên báo cáo",
    "loai": "Loại báo cáo",
    "tu_ngay": "Số liệu từ ngày",
    "den_ngay": "Số liệu đến ngày",
    "mo_ngay": "Ngày mở",
    "han_don_vi": "Hạn của đơn vị",
    "han_co_quan": "Hạn của cơ quan",
    "dau_moi": "Đơn vị đầu mối",
    "cap_tren": "Nơi nhận báo cáo",
    "de_nghi": "Đề nghị",
    "chi_so": "Chỉ số",
    "gia_tri": "Giá trị",
    "xep_hang": "Xếp hạng",
    "chi_tieu": "Chỉ tiêu",
    "nguon": "Nguồn",
    "don_vi_tinh": "Đơn vị tính",
    "loai_ho_so": "Loại hồ sơ",
    "so_nam": "Số năm lưu trữ",
    "can_cu": "Căn cứ pháp lý",
    "can_cu_luu_tru": "Căn cứ pháp lý của thời hạn lưu trữ",
    "nguong": "Mức thay đổi",
}
NO_FIGURE = "chưa báo cáo"
LATE_LIST = "DANH SÁCH ĐƠN VỊ CHẬM GỬI BÁO CÁO"
LATE_COLUMNS: tuple[tuple[str, int], ...] = (
    ("TT", 6),
    ("Đơn vị", 36),
    ("Kế hoạch", 50),
    ("Kỳ báo cáo", 20),
    ("Hạn", 14),
    ("Số ngày chậm", 12),
    ("Người đang giữ", 30),
    ("Lần nhắc cuối", 20),
)
FIGURES_OF = "BẢNG TỔNG HỢP SỐ LIỆU"
UNIT_COLUMN, TOTAL_ROW, REPORTED_ROW = "Đơn vị", "Tổng", "Số đơn vị đã báo cáo"
# The lines of a form as an example: their names and units.
EXAMPLE_LINES = (("Hồ sơ tiếp nhận", "hồ sơ"), ("Tỷ lệ đúng hạn", "%"), ("Kiến nghị", ""))
PROPOSAL: Mapping[str, str] = {
    "giu": "Giữ nguyên cho năm tới",
    "sua_doi": "Sửa đổi, bổ sung",
    "thay_the": "Thay thế bằng kế hoạch mới",
}
FILE_KIND: Mapping[str, str] = {
    "ke_hoach_nam": "Kế hoạch của một năm",
    "ke_hoach_nhieu_nam": "Kế hoạch nhiều năm",
}
