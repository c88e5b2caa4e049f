"""Words about handing on a body's link to a colleague inside the body."""

from __future__ import annotations

from collections.abc import Mapping

HANDED_ON = "Đã chuyển. Liên kết mới được gửi tới {address}; liên kết này không dùng được nữa."
HANDING: Mapping[str, str] = {
    "NOT_PASSED_ON": "Liên kết này không chuyển được. Chỉ cơ quan trả lời qua liên kết mới chuyển được.",
    "PASSED_TOO_OFTEN": "Liên kết này đã được chuyển {most} lần. Hãy trả lời, hoặc báo cơ quan đã gửi.",
    "BAD_MAIL": "“{value}” không phải là địa chỉ thư điện tử. Hãy kiểm tra lại, ví dụ ten@coquan.gov.vn.",
}
