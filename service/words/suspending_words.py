"""What is said of offices that are suspended."""

from __future__ import annotations

from collections.abc import Mapping

SUSPENDING: Mapping[str, str] = {
    "OFFICE_SUSPENDED": (
        "{name} đang tạm ngừng trên hệ thống từ {since} nên chưa đăng nhập được. Không có gì bị mất; hãy hỏi {ask}."
    ),
    "WORK_SUSPENDED": (
        "{name} đang tạm ngừng trên hệ thống từ {since} nên việc của cơ quan này chưa làm được. "
        "Không có gì bị mất; hãy hỏi {ask}."
    ),
    "ALREADY_SUSPENDED": "{name} đang tạm ngừng rồi. Không phải làm gì thêm.",
    "OFFICE_NOT_SUSPENDED": "{name} không tạm ngừng. Không phải làm gì thêm.",
    "KEEPER_STAYS": "{name} giữ hệ thống nên không tạm ngừng được. Hãy chuyển việc giữ quy trình sang nơi khác trước.",
}
DONE: Mapping[str, str] = {
    "suspended": "Đã tạm ngừng. Người của cơ quan này không đăng nhập được và không việc nào đến hạn.",
    "resumed": "Đã cho hoạt động lại. Việc đến hạn trong thời gian tạm ngừng được xử lý ở lượt tới.",
}
