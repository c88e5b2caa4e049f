"""What the pages of process authors say: kinds of changes, what only a file can change, and their refusals."""

from __future__ import annotations

from collections.abc import Mapping

PROCESSES: Mapping[str, str] = {
    "STEP_NAME": "Hãy ghi tên bước, nhiều nhất {longest} ký tự.",
    "STEP_HAS_WAYS": (
        "Từ bước “{step}” có {count} đường đi tiếp nên không bỏ hay dời bằng bảng được. "
        "Hãy bỏ bớt đường trước, hoặc sửa bằng tệp BPMN."
    ),
    "STEP_IS_TIED": (
        "Bước “{step}” có sự kiện, tin nhắn hoặc dữ liệu gắn vào nên không bỏ hay dời bằng bảng được. "
        "Hãy sửa bằng tệp BPMN."
    ),
    "SAME_PLACE": "Bước đang ở đúng chỗ này. Hãy chọn đường nối khác.",
    "OTHER_SCOPE": "Hai bước không cùng một quy trình con nên không nối được. Hãy chọn bước khác.",
    "LAST_WAY": "Đây là đường duy nhất ra hoặc vào bước “{step}” nên không bỏ hay đổi hướng được.",
    "DEFAULT_WITH_CONDITION": "Đường mặc định không có điều kiện. Hãy xóa điều kiện hoặc bỏ chọn mặc định.",
    "SET_IN_FILE": "Bước “{step}” ghi người làm theo cách của trình vẽ khác. Hãy sửa bằng tệp BPMN.",
    "UNKNOWN_CHOICE": "Lựa chọn này không có. Hãy chọn lại trong danh sách.",
    "BAD_DAYS": "Số ngày làm việc phải là số nguyên từ 1 đến {most}.",
    "BAD_LADDER": (
        "Không đọc được các mức nhắc. Hãy viết như: -2 người giữ, 0 người giữ, +1 thủ trưởng, cách nhau bằng dấu phẩy."
    ),
    "NOT_PROCESS_KEEPER": (
        "Quy trình dùng chung cho mọi cơ quan; chỉ người quản trị của cơ quan giữ quy trình được sửa và công bố. "
        "Hãy gửi đề nghị cho cơ quan đó."
    ),
    "NO_ADMINISTRATOR": "Cơ quan này chưa có người quản trị nên không giữ quy trình được. Hãy chọn cơ quan khác.",
    "DRAFT_IS_OPEN": "Quy trình {process} đang có bản thảo. Hãy mở bản thảo đó và nạp tệp vào.",
    "OTHER_PROCESS": "Tệp không có quy trình {process} mà là {found}. Hãy chọn đúng tệp.",
    "NOTHING_TO_UNDO": "Không còn gì để hoàn tác: bản thảo đang như lúc mới mở.",
    "DRAFT_IS_OVER": "Bản thảo này đã được công bố hoặc đã bỏ nên không sửa được nữa. Hãy mở bản thảo mới.",
    "DRAFT_CHANGED": (
        "Bản thảo đã được {by} sửa lúc {at}, sau khi đồng chí mở trang. Chưa ghi gì; hãy xem bản mới rồi làm lại."
    ),
    "DRAFT_HAS_ERRORS": (
        "Bản thảo còn {count} lỗi nên chưa trình hay công bố được; hãy sửa ở bảng các bước. Lỗi đầu: “{first}”."
    ),
    "NOT_PROPOSED": "Bản thảo chưa được trình công bố. Hãy trình trước.",
    "SAME_PERSON": "Người trình không tự xác nhận được. Người quản trị thứ hai của cơ quan sẽ xác nhận công bố.",
    "BAD_PROCESS_FILE": "Không nhận được tệp quy trình; hãy sửa tệp rồi tải lên lại. Lỗi: “{first}”.",
    "NO_FORM_TO_TRY": "Bước này không có biểu mẫu mà bản chạy thử điền được; bản chạy thử dừng ở đây.",
    "NO_PLAN_TO_TRY": "Chưa chọn kế hoạch mẫu: hãy chọn một kế hoạch để chạy thử.",
    "BAD_TRY_PERIOD": "Ngày cuối phải sau ngày bắt đầu và không quá {most} ngày.",
}
# What a step holds that the table shows and does not change.
KEPT: Mapping[str, str] = {
    "boundary": "sự kiện gắn với bước",
    "multi": "làm nhiều bản",
    "loop": "vòng lặp",
    "event": "sự kiện",
    "job": "việc của máy",
    "script": "tính toán",
    "call": "gọi quy trình khác",
    "decision": "bảng quyết định",
    "listeners": "hàm được gọi",
    "mappings": "dữ liệu vào ra",
    "properties": "thuộc tính riêng",
    "compensation": "bước bù",
    "inside": "quy trình con",
    "assignee": "người làm ghi đích danh",
    "follow_up": "ngày theo dõi",
    "priority": "độ ưu tiên",
    "fields": "ô của biểu mẫu",
    "approval": "là bước duyệt",
    "draft": "là bước soạn thảo",
    "returns": "các bước được trả về",
    "withdraw": "được thu hồi",
    "distinct": "mỗi lượt một người",
}
CHANGE: Mapping[str, str] = {
    "begun": "mở bản thảo",
    "step": "sửa bước",
    "add": "thêm bước",
    "move": "dời bước",
    "remove": "bỏ bước",
    "way": "sửa đường đi",
    "add_way": "thêm đường đi",
    "remove_way": "bỏ đường đi",
    "upload": "nạp tệp",
    "undo": "hoàn tác",
}
DRAFT_STATUS: Mapping[str, str] = {
    "open": "đang soạn",
    "proposed": "chờ người thứ hai xác nhận",
    "published": "đã công bố",
    "dropped": "đã bỏ",
}
# Places of a group that only a running case knows.
PLACE: Mapping[str, str] = {
    "${co_quan}": "cơ quan của kế hoạch",
    "${don_vi_soan}": "đơn vị soạn thảo",
    "${don_vi}": "đơn vị được giao",
    "${co_quan_hoi}": "cơ quan được hỏi ý kiến",
}
TARGET: Mapping[str, str] = {
    "nguoi_giu": "người giữ",
    "thu_truong": "thủ trưởng",
    "pho_chu_tich": "phó chủ tịch",
    "chu_tich": "chủ tịch",
    "van_thu": "văn thư",
}
ADDED_KIND: Mapping[str, str] = {"userTask": "Việc của người", "exclusiveGateway": "Rẽ nhánh theo điều kiện"}
UNDONE = "Hoàn tác lần chuyển số {}"


def group_words(group: str, bodies: Mapping[int, str], roles: Mapping[str, str]) -> str:
    """ "Thủ trưởng, đơn vị soạn thảo" for `thu_truong@${don_vi_soan}`; anything else as it is written."""
    role, at, place = group.partition("@")
    if not at:
        return group
    where = PLACE.get(place) or (bodies.get(int(place)) if place.isascii() and place.isdecimal() else None)
    who = "Người ký đã chọn" if role == "${nguoi_ky}" else roles.get(role)
    return f"{who}, {where}" if who and where else group


def ladder_words(ladder: tuple[tuple[int, str], ...]) -> str:
    """ "-2 người giữ, 0 người giữ, +1 thủ trưởng": what a person reads and types."""
    return ", ".join(f"{days:+d} {TARGET.get(target, target)}" if days else f"0 {TARGET.get(target, target)}"
                     for days, target in ladder)  # fmt: skip
