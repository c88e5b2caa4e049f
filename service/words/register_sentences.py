"""The sentences of refusals about the registers and electronic exchange, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

REGISTERS: Mapping[str, str] = {
    "YEAR_CLOSED": (
        "Sổ năm {year} đã khóa nên không cấp số được nữa. Hãy dùng ngày của năm đang mở, hoặc nhờ người quản trị "
        "của cơ quan mở lại sổ (có lý do)."
    ),
    "YEAR_OPEN": "Sổ năm {year} đang mở. Không cần mở lại.",
    "YEAR_NOT_OVER": "Năm {year} chưa kết thúc. Sổ chỉ khóa được từ ngày 31/12 của năm đó.",
    "NUMBERS_LEFT": "Còn số đã giữ mà chưa dùng: {numbers}. Hãy ghi văn bản vào số đó hoặc hủy số, rồi khóa sổ.",
    "SERIES_IN_USE": (
        "Năm {year} đã cấp số cho loại {kinds} nên không đổi cách đánh số giữa năm được. Hãy áp dụng từ năm sau."
    ),
    "NOT_RESERVED": "Số {number} không còn là số đã giữ. Hãy tải lại trang và chọn số khác.",
    "RESERVED_FOR_ANOTHER": "Số đã giữ {number} không phải của loại văn bản, năm hoặc cơ quan này. Hãy chọn số khác.",
    "RESERVED_NUMBER_PASSED": (
        "Ngày {value} không theo thứ tự của số {number}: số đứng trước hoặc đứng sau đã dùng cho ngày khác. "
        "Hãy đổi ngày văn bản, hoặc lấy số tiếp theo và hủy số đã giữ."
    ),
    "DUPLICATE_INCOMING": (
        "Sổ đã có văn bản cùng số, ký hiệu và cơ quan ban hành (số đến {numbers}). Hãy kiểm tra; nếu vẫn là văn bản "
        "khác, đánh dấu “Vẫn vào sổ” rồi gửi lại."
    ),
    "DAY_AHEAD": "{field} {value} chưa tới. Hãy nhập hôm nay hoặc ngày đã qua.",
    "ARRIVED_BEFORE_DATED": "Ngày đến {value} trước ngày của văn bản. Hãy kiểm tra lại hai ngày.",
    "NOT_DIRECTED": "Văn bản đến số {number} chưa có đơn vị chủ trì. Hãy giao xử lý trước.",
    "ALREADY_HANDLED": "Văn bản {cited} đã được xử lý xong trước đó. Hãy tải lại trang để xem kết quả.",
    "ALREADY_RECALLED": "Văn bản {number} đã thu hồi từ trước. Không cần làm gì thêm.",
    "ALREADY_REPLACED": "Văn bản {number} đã được thay thế từ trước. Hãy xem văn bản thay thế trong sổ.",
    "ALREADY_ADDRESSED": "{name} đã có trong Nơi nhận của văn bản này. Không cần gửi thêm.",
    "NOTHING_TO_SEND_AGAIN": "Không có gì gửi hỏng tới {name}. Hãy tải lại trang để xem tình trạng mới nhất.",
    "NO_ORGAN_CODE": "{name} chưa có mã định danh nên không gửi liên thông được. Hãy bổ sung mã hoặc gửi cách khác.",
    "BAD_ORGAN_CODE": "“{organ}” không đúng dạng mã định danh (13 ký tự, ví dụ 000.00.16.H56). Hãy kiểm tra lại mã.",
    "ORGAN_CODE_TAKEN": "Mã {organ} đã là của {by}. Mã của cơ quan cũ không cấp lại cho cơ quan khác.",
    "BAD_ENVELOPE": "Gói tin điện tử không đúng chuẩn QCVN 102:2016 (phần {part}). Hãy yêu cầu bên gửi tạo lại.",
    "WRONG_SENDER": "Gói tin mang mã {organ} nhưng do {sender} chuyển tới nên không nhận. Hãy kiểm tra cấu hình.",
    "NOT_OUR_CODE": "Gói tin gửi tới mã {codes}, không phải cơ quan ở đây. Hãy báo bên gửi.",
    "UNKNOWN_DOCUMENT": "Không có văn bản {document} giữa hai cơ quan. Hãy kiểm tra mã văn bản.",
    "ENVELOPE_DIFFERS": "Văn bản {document} đã nhận trước đây với nội dung khác. Bên gửi cần dùng số mới hoặc thu hồi.",
    "SEVERAL_BODIES": "Có nhiều cơ quan tên “{name}”. Hãy dùng tên đầy đủ.",
    "BAD_PEER": "Cấu hình liên thông của {peer} sai ở phần {why}. Hãy sửa KEHOACH_EXCHANGE rồi chạy lại.",
}
