"""Words about telling people: kinds of events, ways, what became of a letter, levels of escalation, and refusals."""

from __future__ import annotations

from collections.abc import Mapping

EVENT_NAME: Mapping[str, str] = {
    "ky": "Văn bản chờ đồng chí ký",
    "tra_lai": "Việc bị trả lại",
    "huy_duyet": "Phê duyệt hết hiệu lực vì dự thảo thay đổi",
    "qua_han": "Việc của đồng chí quá hạn",
    "ma": "Mã xác nhận và liên kết đã yêu cầu",
    "bao_mat": "Khóa, mã và thiết bị đăng nhập của đồng chí thay đổi",
    "viec_moi": "Việc mới, xin ý kiến, yêu cầu báo cáo",
    "sap_han": "Việc sắp đến hạn",
    "cap_duoi_cham": "Việc chậm của đơn vị, cá nhân khác",
    "phoi_hop": "Nhiệm vụ mà đơn vị của đồng chí phối hợp",
    "ban_hanh": "Kế hoạch được ban hành",
    "van_ban": "Văn bản gửi đến",
    "bao_cao": "Báo cáo đã gửi, đã nhận",
    "dung": "Kế hoạch bị dừng",
    "he_thong": "Thư không gửi được và lỗi khác của hệ thống",
    "khac": "Tin khác",
    "tong_hop": "Thư tổng hợp",
}
WHY_FIXED: Mapping[str, str] = {
    "ky": "Luôn gửi riêng: chữ ký của đồng chí quyết định việc ban hành.",
    "tra_lai": "Luôn gửi riêng: người trả lại chờ đồng chí sửa.",
    "huy_duyet": "Luôn gửi riêng: phê duyệt của đồng chí không còn giá trị (NĐ 30/2020 Điều 11).",
    "qua_han": "Luôn gửi riêng: việc do đồng chí giữ và đã quá hạn.",
    "bao_mat": "Luôn gửi riêng: nếu không phải đồng chí làm thì phải biết ngay.",
    "ma": "Luôn gửi ngay: đồng chí vừa yêu cầu và đang chờ.",
}
MAIL_CHOICE: Mapping[str, str] = {"ngay": "Gửi ngay", "tong_hop": "Trong thư tổng hợp", "tat": "Không gửi thư"}
FATE: Mapping[str, str] = {
    "waiting": "chờ gửi",
    "for_digest": "chờ thư tổng hợp",
    "lettered": "đã viết thư",
    "digested": "trong thư tổng hợp",
    "off": "không gửi thư (người nhận đã tắt)",
    "superseded": "không cần gửi nữa",
    "pending": "chờ gửi",
    "sending": "đang gửi",
    "retry": "gửi chưa được, đang thử lại",
    "sent": "đã gửi",
    "dead": "không gửi được",
}
WAY: Mapping[str, str] = {
    "mail": "thư điện tử",
    "inbox": "trang thông báo",
    "push": "chuông trên thiết bị",
    "webhook": "máy nhận tin",
    "apprise": "kênh khác",
    "": "trang thông báo",
}
REASON: Mapping[str, str] = {
    "task_opened": "Giao việc",
    "task_due": "Nhắc hạn",
    "task_late": "Báo quá hạn",
    "task_returned": "Trả lại",
    "new_link": "Liên kết mới",
    "link_code": "Mã xác nhận",
    "approval_voided": "Phê duyệt hết hiệu lực",
    "plan_issued": "Báo ban hành",
    "plan_stopped": "Báo dừng",
    "document_sent": "Gửi văn bản",
    "document_changed": "Báo thay đổi văn bản",
    "document_arrived": "Văn bản đến",
    "report_sent": "Báo cáo đã gửi",
    "no_address": "Báo thiếu địa chỉ",
    "undelivered": "Báo thư không gửi được",
    "cycle_failed": "Báo kỳ báo cáo chưa mở",
    "report_gap": "Báo kỳ báo cáo cần xem lại",
    "webhook_disabled": "Báo ngừng gửi tin",
    "authority_moved": "Ủy quyền",
    "digest": "Thư tổng hợp",
    "sign_code": "Mã xác nhận ký",
    "account_invited": "Lời mời dùng tài khoản",
    "receipt_reminder": "Nhắc xác nhận đã nhận",
    "task_asked": "Hỏi thêm, chuyển tiếp",
    "task_answered": "Trả lời",
    "task_passed": "Chuyển việc",
    "task_withdrawn": "Thu hồi việc",
    "security_changed": "Báo thay đổi bảo mật",
    "mentioned": "Nhắc tên trong trao đổi",
    "plan_moved": "Kế hoạch sang bước mới",
    "asked_no_more": "Thôi xin ý kiến",
    "late_opinion_came": "Ý kiến muộn",
    "due_requested": "Xin lùi hạn",
    "due_moved": "Đổi hạn",
    "due_refused": "Không đổi hạn",
    "duty_opened": "Báo đơn vị phối hợp: nhiệm vụ mở",
    "duty_changed": "Báo đơn vị phối hợp: đổi hạn",
    "duty_ended": "Báo đơn vị phối hợp: nhiệm vụ kết thúc",
    "duties_unclear": "Nhiệm vụ cần làm rõ",
    "duties_missed": "Báo nhiệm vụ mở muộn",
    "duties_failed": "Báo nhiệm vụ chưa mở được",
    "report_reminded": "Nhắc gửi báo cáo (người nhắc)",
    "successor_drafted": "Dự thảo kế hoạch kế tiếp",
    "retention_due": "Hồ sơ hết thời hạn lưu trữ trong năm",
}
TARGET: Mapping[str, str] = {
    "nguoi_giu": "người giữ việc",
    "thu_truong": "thủ trưởng đơn vị",
    "pho_chu_tich": "phó chủ tịch",
    "chu_tich": "chủ tịch",
    "van_thu": "văn thư",
}
COURTESY = (
    "Với Mặt trận Tổ quốc, cơ quan Đảng và cơ quan ngoài: luôn là lời nhắc lịch sự, không đôn đốc và không báo lên cấp "
    "trên của cơ quan đó."
)

TELLING: Mapping[str, str] = {
    "BAD_HOUR": "“{value}” không phải là giờ. Hãy ghi như 07:30.",
    "BAD_QUIET": "“{value}” không phải là khoảng giờ. Hãy ghi như 20:00-06:00.",
    "TOO_MANY_ADDRESSES": "Đã có {most} địa chỉ, nhiều nhất là {most}. Hãy bỏ bớt một địa chỉ rồi thêm lại.",
    "NO_EVENT": "Chưa chọn loại tin nào. Hãy chọn ít nhất một loại.",
    "ON_ITS_WAY": "Tin này đang chờ gửi nên không cần gửi lại. Hãy tải lại trang sau ít phút.",
    "BAD_ADDRESS": (
        "Địa chỉ này không dùng được: phải là https và nằm ngoài mạng nội bộ. Hãy kiểm tra lại địa chỉ của máy nhận."
    ),
    "UNKNOWN_HOST": "Không tìm thấy máy “{host}”. Hãy kiểm tra tên máy rồi thử lại.",
    "BAD_PUSH_SERVICE": "Dịch vụ báo chuông của trình duyệt này không được phép dùng. Hãy dùng trình duyệt khác.",
    "BAD_CHANNEL": (
        "Địa chỉ kênh này không dùng được. Hãy dùng một kênh được phép: Telegram (tgram://), Slack, Discord, "
        "Google Chat, Webex, LINE, Pushover hoặc ntfy."
    ),
    "NO_PUSH": "Máy chủ chưa có khóa để báo chuông. Hãy báo bộ phận kỹ thuật.",
    "BAD_LEVEL": "Số ngày phải từ {first} đến {last}. Hãy sửa lại mức này.",
    "TOO_MANY_LEVELS": "Nhiều nhất là {most} mức. Hãy bỏ bớt.",
}


def level_words(days: int, target: str) -> str:
    """One level of escalation as a sentence."""
    who = TARGET.get(target, target)
    if days < 0:
        return f"Trước hạn {-days} ngày làm việc: nhắc {who}"
    if days == 0:
        return f"Sáng ngày hạn: nhắc {who}"
    verb = "nhắc" if target == "nguoi_giu" else "báo cáo"
    return f"Quá hạn {days} ngày làm việc: {verb} {who}"
