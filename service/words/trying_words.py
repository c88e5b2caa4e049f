"""Words about sending a notice to oneself as a trial: how it ended, and why it may not go now."""

from __future__ import annotations

from collections.abc import Mapping

TRIED_OUTCOME: Mapping[str, str] = {
    "pending": "Đang chờ gửi; hãy tải lại trang sau ít giây",
    "sending": "Đang gửi; hãy tải lại trang sau ít giây",
    "sent": "Đã gửi đi và nơi chuyển đã nhận",
    "retry": "Chưa gửi được; hệ thống sẽ thử lại",
    "dead": "Không gửi được",
    "superseded": "Không gửi nữa",
}
TRYING: Mapping[str, str] = {
    "TRIED_JUST_NOW": "Vừa gửi thử bằng cách này. Hãy chờ một phút rồi gửi thử lại.",
    "NO_MAIL_OF_ONE": "Đồng chí chưa có địa chỉ thư điện tử. Hãy báo văn phòng bổ sung rồi gửi thử lại.",
}
