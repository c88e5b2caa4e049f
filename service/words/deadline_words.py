"""Words of consultation rounds and due dates: how days were counted, what was asked, why the clock stands still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from workflows.engine.calendar import Calendar, DayCounted

from .dates import day_words, local_day

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAY_HEADS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WORKED_INSTEAD, HALF = "làm bù", "nửa ngày"
AFTER_HOURS = "đến sau giờ làm việc nên tính như đến"
# Longer counts are said by their first and last days.
SPELLED_OUT = 12

ROUND_FORM: Mapping[str, str] = {
    "hoi-them": "Hỏi thêm cơ quan",
    "thoi-hoi": "Thôi hỏi cơ quan",
    "nhap-thay": "Nhập thay ý kiến bản giấy",
}
LINE_STATE: Mapping[str, str] = {
    "bo": "Thôi hỏi",
    "tra_loi": "Đã trả lời",
    "muon": "Trả lời muộn",
    "im_lang": "Không có ý kiến trong hạn",
    "da_xem": "Đã mở, chưa trả lời",
    "chua_xem": "Chưa mở",
}
CHANGE: Mapping[str, str] = {
    "them": "Hỏi thêm",
    "rut": "Thôi hỏi",
    "lui_han": "Lùi hạn",
    "nhac": "Nhắc",
    "chuyen": "Chuyển người trong cơ quan",
}
EVERYBODY = "mọi cơ quan chưa trả lời"
REQUEST: Mapping[str, str] = {"cho": "đang chờ quyết định", "dong_y": "đồng ý", "tu_choi": "không đồng ý"}
DAY_KIND: Mapping[str, str] = {"off": "Nghỉ", "work": "Làm việc (làm bù)", "half": "Làm việc nửa ngày"}
WEEK_KIND: Mapping[str, str] = {"work": "Cả ngày", "half": "Nửa ngày", "off": "Nghỉ"}
STOP: Mapping[str, str] = {
    "tra_lai": "Kế hoạch bị trả lại đơn vị soạn thảo",
    "ben_ngoai": "Kế hoạch đang ở cơ quan khác để lấy ý kiến",
    "tam_dung": "Quy trình bị tạm dừng",
}
POLICY: Mapping[str, str] = {
    "cho_du": "Chờ đủ số cơ quan theo quy tắc",
    "dung_khi_khong_nhat_tri": "Đóng vòng ngay khi có cơ quan không nhất trí",
}
ASKED_AGAIN: Mapping[str, str] = {
    "tat_ca": "Tất cả cơ quan đã hỏi",
    "co_y_kien": "Cơ quan có ý kiến hoặc không nhất trí (và Mặt trận)",
    "khong_nhat_tri": "Chỉ cơ quan không nhất trí (và Mặt trận)",
}

REFUSALS: Mapping[str, str] = {
    "ROUND_CLOSED": "Không có vòng lấy ý kiến nào đang mở. Hãy mở trang kế hoạch để xem đang ở bước nào.",
    "ALREADY_ASKED": "{body} đã được hỏi hoặc là đơn vị soạn thảo. Hãy chọn cơ quan khác.",
    "LAST_BODY": "{body} là cơ quan duy nhất được hỏi nên không bỏ được. Hãy hỏi thêm cơ quan khác trước.",
    "FRONT_STAYS": "Đang phản biện xã hội nên không bỏ {body} được. Hãy chờ trả lời hoặc văn bản không phản biện.",
    "DECLINE_NEEDED": (
        "{body} là cơ quan bắt buộc; Mặt trận có quyền góp ý (Luật MTTQ Việt Nam Điều 24). Chỉ thôi hỏi khi Mặt trận "
        "đã có văn bản không tham gia ý kiến: hãy nhập số và ngày của văn bản đó."
    ),
    "REMINDED_LATELY": "Các cơ quan này vừa được nhắc lúc {at}. Mỗi cơ quan chỉ nhắc một lần trong {hours} giờ.",
    "BAD_PAPER": "Tệp không phải là PDF hay ảnh quét (JPG, PNG). Hãy chọn đúng tệp công văn.",
    "BASIS_REQUIRED": "Hãy ghi căn cứ pháp lý (số, ký hiệu văn bản, ít nhất {shortest} ký tự).",
    "TOO_MANY_POINTS": "Nhiều điểm quá. Hãy tách thành không quá {most} điểm.",
    "NOTHING_TO_ANSWER": "{body} không nêu ý kiến bằng lời nên không có gì để trả lời.",
    "ALREADY_DISPOSED": "Ý kiến của {body} đã được {by} trả lời lúc {at}. Không cần làm gì thêm.",
    "PHAN_BIEN_TOO_EARLY": (
        "Phản biện xã hội: dự thảo gửi Mặt trận ngày {sent}, phải đủ {days} ngày; trình được từ ngày {first} "
        "(Luật MTTQ Việt Nam Điều 36)."
    ),
    "PHAN_BIEN_UNANSWERED": (
        "Phản biện xã hội: Mặt trận chưa trả lời. Hãy chờ văn bản phản biện hoặc văn bản không phản biện."
    ),
    "FRONT_NEEDED": "Phản biện xã hội do Mặt trận thực hiện. Hãy chọn Mặt trận là cơ quan bắt buộc.",
    "NO_DUE": "Việc này không có hạn nên không cần lùi hạn.",
    "NOT_LATER": "Ngày {value} không sau hạn hiện nay ({due}). Hãy chọn ngày sau đó.",
    "TOO_FAR": "Hạn mới xa quá {most} ngày so với hạn cũ. Hãy chọn ngày gần hơn.",
    "REQUEST_WAITING": "Việc này đã có đề nghị lùi hạn đang chờ quyết định. Hãy chờ kết quả.",
    "NO_DECIDER": "Không có ai giữ chức danh để quyết định việc lùi hạn. Hãy báo văn phòng.",
    "ALREADY_DECIDED": "{by} đã quyết định đề nghị này lúc {at}. Không cần làm gì thêm.",
    "PREVIEW_STALE": "Có {count} thời hạn sẽ đổi. Hãy xem lại danh sách rồi xác nhận.",
    "BAD_WEEK": "Hãy chọn cho đủ bảy ngày trong tuần, ít nhất một ngày làm việc.",
    "BAD_HOURS": "“{value}” không phải giờ làm việc. Hãy ghi như 7:30-11:30, 13:30-17:00, buổi trước trước.",
    "HOURS_NEEDED": "Hãy ghi giờ làm việc thì mới tính được hạn đến hết giờ làm việc.",
    "TOO_MANY_DAYS": "Hãy nhập từ 1 đến {most} ngày mỗi lần.",
    "NOT_MOVABLE": "Hẹn giờ lặp lại theo chu kỳ riêng nên không đổi được.",
}


def counted_words(calendar: Calendar, start: datetime, days: int) -> str:
    """How a deadline was counted: "5 ngày làm việc từ thứ Hai 17/08/2026: 18, 19, 20, 21, 22/08 (làm bù)"."""
    passed = calendar.explain(start, days)
    first = local_day(start)
    head = f"{abs(days)} ngày làm việc {'từ' if days >= 0 else 'trước'} {WEEKDAYS[first.weekday()]} {day_words(first)}"
    counted = [each for each in passed if each.counted]
    if not counted:
        return head
    said = _listed(counted) if len(counted) <= SPELLED_OUT else f"{_one(counted[0])} … {_one(counted[-1])}"
    free = [each for each in passed if each.reason == "holiday"]
    off = f"; nghỉ lễ {_listed(free)}" if free else ""
    late = [f" ({AFTER_HOURS} {_one(each)})" for each in passed if each.reason == "after_hours"]
    closing = calendar.closing(counted[-1].day) if calendar.week.closes and days > 0 else None
    until = f"; đến {closing:%H:%M}" if closing is not None else ""
    return f"{head}{''.join(late)}: {said}{off}{until}"


def _listed(days: Sequence[DayCounted]) -> str:
    """Days with their month said once for each run of them."""
    said = []
    for at, each in enumerate(days):
        last_of_month = at + 1 == len(days) or _month(days[at + 1].day) != _month(each.day)
        said.append(_one(each) if last_of_month or _note(each) else f"{each.day:%d}")
    return ", ".join(said)


def _one(each: DayCounted) -> str:
    note = _note(each)
    return f"{each.day:%d/%m}" + (f" ({note})" if note else "")


def _note(each: DayCounted) -> str:
    return {"swapped": WORKED_INSTEAD, "half_day": HALF}.get(each.reason, "")


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
