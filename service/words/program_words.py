"""What programs that call the interface are told, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

PROGRAMS: Mapping[str, str] = {
    "BAD_CALL_KEY": "Khóa Idempotency-Key phải có từ 1 đến {most} ký tự ASCII in được.",
    "CALL_DIFFERS": "Khóa “{key}” đã dùng cho một yêu cầu khác trong 24 giờ qua. Hãy gửi yêu cầu này với khóa mới.",
    "CALL_REPEATED": (
        "Yêu cầu mang khóa “{key}” đã hoặc đang được thực hiện, nhưng chưa có câu trả lời để gửi lại. "
        "Hãy xem hiện trạng trước khi gửi yêu cầu với khóa mới."
    ),
    "CASE_MOVED_ON": (
        "Hồ sơ đã thay đổi từ lúc được xem (nay ở lần ghi {revision}). Không có gì được thực hiện; hãy xem lại."
    ),
    "NO_REVISION_HERE": "Địa chỉ này không thuộc một hồ sơ nào nên không dùng được If-Match.",
    "NO_SUCH_PLACE": "Không đọc được vị trí “{after}” của trang. Hãy dùng đúng giá trị next của trang trước.",
    "REASON_OF_OTHERS": "Tự trả việc về nhóm thì không cần lý do; lấy việc của người khác về nhóm thì gọi “free”.",
    "SEAL_UNKNOWN": (
        "Không mở được bí mật trong cơ sở dữ liệu bằng khóa hiện có. Hãy đặt lại đúng KEHOACH_SECRET_KEY hoặc tệp "
        "secret.key của bản cài đặt (xem docs/howto/keep-a-machine.md)."
    ),
    "SEAL_KEY_SHORT": "Khóa trong KEHOACH_SECRET_KEY hoặc secret.key phải có ít nhất {shortest} ký tự.",
    "TOO_MANY_TOKENS": "Mỗi người có nhiều nhất {most} mã truy cập còn hiệu lực. Hãy thu hồi mã không dùng nữa.",
}
