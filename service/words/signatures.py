"""What verification found in a file, in words for people who are no experts."""

from __future__ import annotations

from collections.abc import Mapping

# State of a file: tone of the notice, title, and what it means.
STATE: Mapping[str, tuple[str, str, str]] = {
    "good": ("good", "Chữ ký số hợp lệ, văn bản còn nguyên vẹn", "Không có gì được thêm hay sửa sau khi ký."),
    "untrusted": (
        "care",
        "Văn bản còn nguyên vẹn nhưng chưa xác nhận được người ký",
        "Chứng thư của người ký không do tổ chức chứng thực mà hệ thống này tin cậy cấp, hoặc không còn giá trị.",
    ),
    "changed": (
        "bad",
        "Không được tin tệp này: nội dung hoặc chữ ký không còn như lúc ký",
        "Hãy yêu cầu cơ quan ban hành gửi lại văn bản, hoặc tải bản đúng từ địa chỉ in trên văn bản.",
    ),
    "unsigned": (
        "care",
        "Tệp này không có chữ ký số",
        "Bản không ký số chỉ để tham khảo, không thay cho văn bản gốc.",
    ),
    "not_pdf": ("bad", "Tệp này không phải là PDF đọc được", "Hãy chọn đúng tệp PDF của văn bản."),
}

FAULT: Mapping[str, str] = {
    "HEADER_MISPLACED": "Có dữ liệu lạ trước phần đầu của tệp.",
    "BYTES_AFTER_END": "Có dữ liệu lạ sau phần kết thúc của tệp.",
    "ACTIVE_CONTENT": "Tệp chứa mã lệnh tự chạy, có thể làm nội dung hiện khác đi.",
    "XFA_FORM": "Tệp chứa biểu mẫu động (XFA), có thể làm nội dung hiện khác đi.",
    "EMBEDDED_FILES": "Tệp chứa tệp khác đính bên trong.",
    "HIDDEN_LAYERS": "Tệp có lớp nội dung ẩn, có thể làm nội dung hiện khác đi.",
    "REVISIONS_BEFORE_SIGNATURE": "Tệp đã được sửa nhiều lần trước khi ký và còn giữ nội dung cũ bị che.",
    "RANGE_BROKEN": "Chữ ký không bao trùm toàn bộ văn bản.",
    "VALUE_ELSEWHERE": "Giá trị chữ ký không nằm đúng chỗ của nó.",
    "NO_SIGNATURE_IN_FIELD": "Ô chữ ký được điền bằng thứ không phải là chữ ký.",
    "SIGNATURE_BROKEN": "Chữ ký hỏng, không kiểm tra được.",
    "CONTENT_CHANGED_AFTER_SIGNING": "Nội dung đã bị sửa sau khi ký, hoặc chữ ký lấy từ tệp khác.",
    "ADDED_AFTER_SIGNING": "Có nội dung được thêm vào tệp sau chữ ký cuối cùng.",
    "CHANGED_BETWEEN_SIGNATURES": "Có nội dung được thêm hoặc sửa giữa hai lần ký.",
    "UNREADABLE": "Cấu trúc của tệp hỏng nên không đọc được.",
    "TOO_COMPLEX": "Tệp quá phức tạp nên không kiểm tra được.",
}

# Why a signer is not trusted, by the standard's sub-indication (ETSI EN 319 102-1).
WEAKNESS: Mapping[str, str] = {
    "NO_CERTIFICATE_CHAIN_FOUND": "chứng thư không do tổ chức được tin cậy cấp",
    "REVOKED": "chứng thư đã bị thu hồi",
    "REVOKED_NO_POE": "chứng thư đã bị thu hồi",
    "EXPIRED": "chứng thư đã hết hạn",
    "OUT_OF_BOUNDS_NO_POE": "chứng thư không có hiệu lực vào lúc ký",
    "OUT_OF_BOUNDS_NOT_REVOKED": "chứng thư không có hiệu lực vào lúc ký",
}
WEAKNESS_UNKNOWN = "chưa xác nhận được chứng thư"

ORDER_ROLE: Mapping[str, str] = {"ky": "Người có thẩm quyền", "co_quan": "Cơ quan"}
ORDER_STATE: Mapping[str, str] = {
    "waiting": "đang chờ ký số",
    "signing": "đang ký số",
    "done": "đã ký số",
    "given_up": "không ký số",
}
# How the signatures of a document stand, on its page.
STANDING: Mapping[str, str] = {
    "none": "Văn bản này không mang chữ ký số.",
    "waiting": "Đang chờ chữ ký số của người có thẩm quyền.",
    "signed": "Đã có chữ ký số của người có thẩm quyền; chưa có chữ ký số của cơ quan.",
    "sealing": "Đang chờ chữ ký số của cơ quan; văn bản được gửi sau khi ký xong.",
    "sealed": "Đã có chữ ký số của người có thẩm quyền và của cơ quan.",
    "given_up": "Việc ký số đã dừng; văn bản không mang đủ chữ ký số.",
}


def weakness(code: str) -> str:
    """Why a signer is not trusted."""
    return WEAKNESS.get(code, WEAKNESS_UNKNOWN)
