"""The sentences of refusals about delegations, absences and hand-overs, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

AUTHORITY: Mapping[str, str] = {
    "CAPACITY_NEEDED": "Đồng chí làm được việc này với nhiều tư cách. Hãy chọn tư cách cho lần này rồi gửi lại.",
    "CAPACITY_GONE": "Tư cách đã chọn không còn dùng được cho việc này. Hãy tải lại trang và chọn lại.",
    "DELEGATION_OVER": (
        "Ủy quyền của {principal} không còn hiệu lực hoặc không bao gồm việc này. Hãy báo người đó hoặc văn phòng."
    ),
    "SELF_DELEGATION": "Người nhận ủy quyền phải khác người ủy quyền. Hãy chọn người khác.",
    "BORROWER_ELSEWHERE": (
        "{person} không giữ chức danh nào ở cơ quan này. Chỉ ủy quyền được cho người của cơ quan mình "
        "(Nghị định 30/2020/NĐ-CP, Điều 13)."
    ),
    "DOCUMENT_NEEDED": (
        "TUQ. cần văn bản ủy quyền (Nghị định 30/2020/NĐ-CP, Điều 13). Hãy ghi số, ký hiệu và ngày của văn bản đó."
    ),
    "KT_NEEDS_DEPUTY": (
        "KT. chỉ dành cho cấp phó của {post}; {person} không giữ chức danh đó. Hãy chọn cấp phó, hoặc dùng TL. hay TUQ."
    ),
    "TOO_LONG_A_TIME": "Ủy quyền dài nhất {most} ngày theo cài đặt của cơ quan. Hãy chọn ngày kết thúc sớm hơn.",
    "OVERLAPS": (
        "Phần này đã ủy quyền cho {person} từ {valid_from} đến {valid_to}. Hãy chọn thời gian khác hoặc thu hồi trước."
    ),
    "ALREADY_OVER": "Thời gian này đã qua. Hãy chọn ngày kết thúc sau hôm nay.",
    "NOT_IN_FORCE": "Ủy quyền này đã hết hiệu lực hoặc đã thu hồi. Không cần làm gì thêm.",
    "UNKNOWN_PLAN": "Không có kế hoạch {plan} ở cơ quan này. Hãy kiểm tra lại số của kế hoạch.",
    "NOBODY_MEANWHILE": (
        "Trong thời gian vắng, không ai làm được: {names}. Hãy ủy quyền, hoặc xác nhận đúng các việc này."
    ),
    "ABSENCE_CANCELLED": "Lịch vắng này đã hủy từ trước. Không cần làm gì thêm.",
    "ALREADY_ABSENT": "{person} đã có lịch vắng từ {first_day} đến {last_day}. Hãy hủy lịch đó hoặc chọn ngày khác.",
    "STILL_HELD": "Còn chưa có người nhận: {names}. Hãy chọn người nhận cho từng mục rồi bàn giao.",
    "HAND_OVER_CHANGED": "Danh sách bàn giao vừa thay đổi. Hãy xem lại danh sách mới rồi xác nhận.",
    "RECEIVER_NOT_FIT": "{person} không nhận được việc “{name}”. Hãy chọn người khác trong danh sách.",
    "ALREADY_LEFT": "{person} đã nghỉ từ {left_on}. Không cần bàn giao lần nữa.",
    "LEAVES_ONESELF": "Đồng chí không tự khóa tài khoản của mình được. Hãy nhờ người quản trị khác làm bàn giao.",
}
