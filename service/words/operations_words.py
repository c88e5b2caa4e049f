"""What the operations page says of each light."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {"good": "Tốt", "watch": "Nên xem", "bad": "Hỏng"}
NAME: Mapping[str, str] = {
    "database": "Cơ sở dữ liệu",
    "queue": "Tin chờ gửi",
    "mail": "Kênh gửi tin",
    "sweeps": "Việc định kỳ",
    "incidents": "Sự cố",
    "prefect": "Prefect",
    "backup": "Sao lưu",
    "certificates": "Chứng thư số",
    "disk": "Đĩa",
    "version": "Phiên bản chương trình",
}
DATABASE_GOOD = "Trả lời, đúng lược đồ"
DATABASE_BAD = "Không trả lời hoặc sai lược đồ; chạy kehoach doctor"
QUEUE = "{waiting} tin chờ, {dead} tin không gửi được"
OLDEST = "; cũ nhất đến hạn {}"
CHANNEL_GOOD = "Mọi kênh thông"
CHANNEL_BAD = "{channel} hỏng: {error}"
SWEEPS_GOOD = "Đúng giờ"
SWEEPS_BAD = "Chậm hoặc lỗi: {}"
SWEEP: Mapping[str, str] = {
    "open_duties": "mở nhiệm vụ tới kỳ",
    "open_cycles": "mở kỳ báo cáo",
    "turn_years": "rà soát năm",
    "sign_documents": "ký số",
    "run_jobs": "bước tự động",
    "distribute": "phát hành văn bản",
    "fire_timers": "hẹn giờ của quy trình",
    "escalate": "nhắc việc",
    "tell_authority": "ủy quyền đến hạn",
    "chase_receipts": "đôn đốc xác nhận nhận văn bản",
    "exchange": "gửi nhận văn bản điện tử",
    "deliver": "gửi tin",
    "read_attachments": "đọc tệp đính kèm",
    "archive_plans": "lưu hồ sơ",
    "checkpoint_log": "chốt nhật ký",
}
INCIDENTS = "{} sự cố đang mở"
PREFECT_GOOD = "Vòng gần nhất bắt đầu {}"
PREFECT_AWAY = "Mười phút qua không chạy vòng nào; chương trình tự làm thay các việc định kỳ"
BACKUP = "Bản sao lưu gần nhất {}"
BACKUP_NONE = "Chưa có bản nào bằng lệnh kehoach backup"
CERTIFICATE = "Hết hạn sớm nhất: {holder}, {end} (còn {days} ngày)"
CERTIFICATE_OVER = "Đã hết hạn: {holder}, {end}; không ký được bằng chứng thư này"
CERTIFICATE_NONE = "Chưa đăng ký chứng thư nào"
SENT_AGAIN = "{} tin được gửi lại."
DISK = "Còn {free} GB trong {total} GB"
