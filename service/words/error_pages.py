"""What the error page of each HTTP status says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorWords:
    """Title, what happened, whether anything is lost, what to do now."""

    title: str
    happened: str
    lost: str
    do: str


_NOTHING_LOST = "Không có gì được ghi lại và không có gì bị mất."

_PAGES = {
    400: ErrorWords(
        "Yêu cầu không đọc được",
        "Nội dung gửi lên không đúng dạng.",
        _NOTHING_LOST,
        "Sửa nội dung theo phần được nêu rồi gửi lại.",
    ),
    401: ErrorWords(
        "Chưa xác thực",
        "Yêu cầu không kèm mã truy cập còn hiệu lực.",
        _NOTHING_LOST,
        "Gửi tiêu đề Authorization: Bearer với mã còn hiệu lực.",
    ),
    403: ErrorWords(
        "Không mở được trang này",
        "Trang này dành cho người khác.",
        _NOTHING_LOST,
        "Nếu đây là việc của đồng chí, hãy báo văn phòng kiểm tra chức danh và ủy quyền.",
    ),
    404: ErrorWords(
        "Không tìm thấy trang",
        "Địa chỉ này không có, hoặc đồng chí không được xem nội dung này.",
        _NOTHING_LOST,
        "Kiểm tra lại địa chỉ, hoặc đi tiếp từ các nút dưới đây.",
    ),
    405: ErrorWords(
        "Không làm được theo cách này",
        "Trang này không nhận yêu cầu như vậy.",
        _NOTHING_LOST,
        "Quay lại trang trước rồi bấm lại nút trên trang.",
    ),
    406: ErrorWords(
        "Không có dạng trả lời được yêu cầu",
        "Tiêu đề Accept loại trừ mọi dạng mà địa chỉ này trả lời.",
        _NOTHING_LOST,
        "Gửi lại với Accept có application/json, hoặc không gửi tiêu đề này.",
    ),
    409: ErrorWords(
        "Nội dung đã thay đổi",
        "Có người vừa xử lý hoặc sửa nội dung này trước đồng chí.",
        _NOTHING_LOST,
        "Mở lại trang để xem tình trạng mới nhất rồi quyết định.",
    ),
    410: ErrorWords(
        "Việc này không còn nữa",
        "Việc hoặc liên kết này đã kết thúc.",
        _NOTHING_LOST,
        "Mở Việc cần xử lý để xem những việc đang chờ.",
    ),
    413: ErrorWords(
        "Tệp hoặc nội dung quá lớn",
        "Nội dung gửi lên vượt quá dung lượng cho phép.",
        "Chưa có gì được ghi lại.",
        "Quay lại trang trước, dùng tệp nhỏ hơn hoặc dán phần văn bản cần thiết.",
    ),
    415: ErrorWords(
        "Không đọc được dạng nội dung này",
        "Tiêu đề Content-Type không phải dạng mà địa chỉ này nhận.",
        _NOTHING_LOST,
        "Gửi lại nội dung với đúng Content-Type.",
    ),
    422: ErrorWords(
        "Chưa làm được",
        "Yêu cầu thiếu hoặc sai thông tin.",
        _NOTHING_LOST,
        "Quay lại trang trước, sửa chỗ được nêu rồi gửi lại.",
    ),
    429: ErrorWords(
        "Thử quá nhiều lần",
        "Có quá nhiều lần thử trong thời gian ngắn.",
        _NOTHING_LOST,
        "Chờ ít phút rồi thử lại.",
    ),
    500: ErrorWords(
        "Hệ thống gặp lỗi",
        "Đã có lỗi ngoài dự kiến ở phía hệ thống.",
        "Việc chưa làm xong không được ghi lại; những việc trước đó vẫn còn nguyên.",
        "Thử lại sau ít phút. Nếu vẫn lỗi, đọc mã dưới đây cho bộ phận kỹ thuật.",
    ),
    503: ErrorWords(
        "Hệ thống tạm chưa phục vụ được",
        "Kho dữ liệu đang bận, đầy hoặc chưa kết nối được.",
        "Việc chưa làm xong không được ghi lại; những việc trước đó vẫn còn nguyên.",
        "Chờ nửa phút rồi tải lại trang; nội dung đang nhập vẫn còn khi quay lại. Nếu kéo dài, đọc mã dưới đây cho bộ "
        "phận kỹ thuật.",
    ),
}
# The thing to which a refused address belongs, by how the address begins.
THINGS: Mapping[str, str] = {
    "ke-hoach": "Trang kế hoạch",
    "viec": "Trang của việc này",
    "bao-cao": "Trang kỳ báo cáo",
    "nhiem-vu": "Trang nhiệm vụ",
}


def of(status: int) -> ErrorWords:
    """The words for this status; an unlisted one is spoken of like its family."""
    return _PAGES.get(status) or _PAGES[500 if status >= 500 else 422]
