"""One message of each kind with plausible facts, for the golden files and for what must hold of every kind."""

from __future__ import annotations

from datetime import UTC, datetime

from notifications.account_messages import AccountInvited
from notifications.authority_messages import AuthorityMoved
from notifications.compose import compose
from notifications.deadline_messages import AskedNoMore, DueMoved, DueRefused, DueRequested, LateOpinionCame
from notifications.duty_messages import DutiesFailed, DutiesMissed, DutiesUnclear, DutyNews
from notifications.link_messages import LinkPassed
from notifications.messages import (
    ApprovalVoided,
    CourteousReminder,
    CycleFailed,
    Digest,
    DocumentArrived,
    DocumentChanged,
    DocumentSent,
    Gathered,
    LinkCode,
    Message,
    NewLink,
    NoAddress,
    OpinionAsked,
    PlanIssued,
    PlanStopped,
    ReceiptReminder,
    ReportArrived,
    ReportAsked,
    ReportGap,
    ReportSent,
    SignCode,
    TaskDue,
    TaskLate,
    TaskLateAbove,
    TaskOpened,
    TaskReturned,
    Undelivered,
    WebhookDisabled,
)
from notifications.security_messages import SecurityChanged
from notifications.way_messages import WayTried
from notifications.work_messages import Mentioned, PlanMoved, TaskAnswered, TaskAsked, TaskPassed, TaskWithdrawn
from notifications.year_messages import RetentionDue, SuccessorDrafted
from workflows.store.deliveries import Letter

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
CHAIR = "đồng chí Đinh Văn Bé, Chủ tịch UBND xã Đức Phong"
OFFICER = "đồng chí Nguyễn Thị Hòa, Công chức Văn hóa - Xã hội"
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam xã Đức Phong"
OFFICE = "Ủy ban nhân dân xã Đức Phong"
PARENT = "Ủy ban nhân dân huyện Mộ Đức"
TITLE = "Tuyên truyền cải cách hành chính trên địa bàn xã năm 2026"
URL = "http://kehoach.ducphong.gov.vn/x/4Zc0mVJ1nYx3pQ8tLw2r5A"
DONG_CHI, BODY = "đồng chí", "quý cơ quan"

SAMPLES: tuple[Message, ...] = (
    TaskOpened(
        CHAIR,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "Cần ký, hạn 20/11",
        "Ký ban hành",
        "chưa có số",
        "Văn phòng HĐND và UBND",
        "còn 2 ngày – 20/11/2026",
    ),
    OpinionAsked(
        FRONT, BODY, OFFICE, URL, TITLE, "đến 25/11", "Văn phòng HĐND và UBND", 2, "còn 7 ngày – 25/11/2026", True
    ),
    ReportAsked(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        "năm 2026, hạn 15/11",
        "năm 2026",
        "16/KH-UBND",
        "còn 5 ngày – 15/11/2026",
    ),
    TaskDue(
        OFFICER, DONG_CHI, OFFICE, URL, TITLE, TITLE, "Còn 1 ngày", "Soạn thảo", "chưa có số", "còn 1 ngày – 19/11/2026"
    ),
    TaskLate(
        CHAIR,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "Quá hạn 2 ngày",
        "Ký ban hành",
        "chưa có số",
        "quá hạn 2 ngày – 16/11/2026",
    ),
    TaskLateAbove(
        CHAIR,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "đ/c Nguyễn Thị Hòa",
        "quá hạn 3 ngày",
        "Lập báo cáo",
        "16/KH-UBND",
        "Phòng Văn hóa - Xã hội",
        "01/11/2026",
        "quá hạn 3 ngày – 15/11/2026",
        False,
    ),
    CourteousReminder(
        FRONT, BODY, OFFICE, URL, TITLE, TITLE, "Cho ý kiến", "Văn phòng HĐND và UBND", "còn 1 ngày – 19/11/2026"
    ),
    TaskReturned(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "đ/c Đinh Văn Bé",
        "Bổ sung kinh phí cho nhiệm vụ tuyên truyền lưu động",
        "Soạn thảo",
        "còn 3 ngày – 21/11/2026",
    ),
    ApprovalVoided(CHAIR, DONG_CHI, OFFICE, URL, TITLE, 3),
    PlanIssued(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "16/KH-UBND", "20/11/2026", "Văn phòng HĐND và UBND"),
    DocumentSent(FRONT, BODY, OFFICE, URL, TITLE, "Kế hoạch", "16/KH-UBND", "20/11/2026", "- UBMTTQVN xã (p/h);"),
    ReceiptReminder(
        FRONT, BODY, OFFICE, URL, TITLE, "Kế hoạch", "16/KH-UBND", "18/11/2026", "18/11/2026", "kính đề nghị"
    ),
    DocumentChanged(
        FRONT,
        BODY,
        OFFICE,
        URL,
        TITLE,
        "Thu hồi",
        "16/KH-UBND",
        "20/11/2026",
        "Ban hành nhầm phụ lục của năm trước",
        "",
        "không sử dụng văn bản này nữa; hủy bản điện tử đã nhận và báo lại cơ quan gửi",
    ),
    DocumentArrived(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        "Văn bản điện tử mới đến",
        "Sở Nội vụ",
        "112/SNV-CCHC",
        "20/11/2026",
        "Góp ý dự thảo kế hoạch cải cách hành chính",
    ),
    ReportSent(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        "năm 2026",
        "41/BC-UBND",
        PARENT,
        "08:15 ngày 18/11/2026",
        "Trạm Y tế; Hội Nông dân",
    ),
    ReportArrived(
        "đồng chí Lê Thị Thu, Văn thư",
        DONG_CHI,
        PARENT,
        URL,
        TITLE,
        OFFICE,
        "năm 2026",
        "41/BC-UBND",
        "08:15 ngày 18/11/2026",
    ),
    PlanStopped(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "chưa có số", "Trùng với kế hoạch của huyện"),
    NewLink(FRONT, BODY, OFFICE, URL, TITLE, TITLE, "Cho ý kiến", "còn 7 ngày – 25/11/2026"),
    LinkCode(FRONT, BODY, OFFICE, TITLE, "042917", 30),
    SignCode(CHAIR, DONG_CHI, OFFICE, "407193", 10),
    NoAddress(OFFICER, DONG_CHI, OFFICE, URL, "Hội Cựu chiến binh xã", f"Cho ý kiến: {TITLE}"),
    Undelivered(OFFICER, DONG_CHI, OFFICE, URL, 2, "Hội Nông dân xã; Trạm Y tế xã"),
    Gathered(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        2,
        ("[Cần thực hiện, hạn 25/11] Phát thanh về cải cách hành chính", "[Cần thực hiện, hạn 30/11] Hội nghị"),
        "[Cần thực hiện, hạn 25/11] Phát thanh về cải cách hành chính",
    ),
    Digest(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        "18/11",
        "12 tin, 1 quá hạn, 11 việc của cơ quan",
        ("[Quá hạn 2 ngày] KH Tuyên truyền cải cách hành chính", "[Đã ban hành] Số 16/KH-UBND"),
        10,
        ("Kỳ báo cáo năm 2026 chưa mở được: Tuyên truyền (phải mở 01/11/2026)",),
        10,
    ),
    CycleFailed(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "năm 2026", "01/11/2026"),
    ReportGap(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "năm 2026", "đơn vị không còn hoạt động: Trạm Y tế"),
    WebhookDisabled(
        OFFICER, DONG_CHI, OFFICE, URL, "may-nhan.tinh.gov.vn", "08:30 ngày 13/11/2026", "máy nhận trả lời 500"
    ),
    TaskAsked(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "Hỏi thêm",
        "đ/c Đinh Văn Bé",
        "Kinh phí ở mục III đã thống nhất với Phòng Kinh tế chưa?",
        "Trả lời câu hỏi thêm",
        "còn 2 ngày – 20/11/2026",
        True,
    ),
    TaskAnswered(
        CHAIR,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "đ/c Nguyễn Thị Hòa",
        "Đã thống nhất, có biên bản kèm theo",
        "Ký ban hành",
        "còn 2 ngày – 20/11/2026",
    ),
    TaskPassed(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "Chuyển việc",
        "chuyển việc này để đồng chí xử lý",
        "đ/c Lê Thị Thu",
        "Đ/c Minh ốm đến hết tuần",
        "Soạn thảo",
        "còn 3 ngày – 21/11/2026",
    ),
    TaskWithdrawn(
        CHAIR,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "đ/c Lê Thị Thu",
        "Gửi nhầm bản chưa sửa mục II",
        "Ký ban hành",
    ),
    Mentioned(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "đ/c Đinh Văn Bé", "@Nguyễn Thị Hòa xem lại mục II"),
    PlanMoved(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        "xong bước “Kiểm tra nội dung”; đang chờ bước “Kiểm tra thể thức”",
        "Đinh Văn Bé",
    ),
    AskedNoMore(FRONT, BODY, OFFICE, URL, TITLE, "Văn phòng UBND xã", "Đã có ý kiến trong quá trình soạn thảo"),
    LateOpinionCame(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "Ủy ban MTTQ Việt Nam xã"),
    DueRequested(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        TITLE,
        "đ/c Nguyễn Văn A",
        "30/11/2026",
        "Chờ số liệu của các thôn",
        "Soạn thảo kế hoạch",
        "còn 2 ngày – 20/11/2026",
    ),
    DueMoved(FRONT, BODY, OFFICE, URL, TITLE, TITLE, "Cho ý kiến", "còn 7 ngày – 25/11/2026", "Chờ hội nghị"),
    DueRefused(FRONT, BODY, OFFICE, URL, TITLE, TITLE, "Cho ý kiến", "còn 2 ngày – 20/11/2026", "Cần kịp quý IV"),
    AuthorityMoved(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        "Ủy quyền",
        "đ/c Đinh Văn Bé ủy quyền (TUQ.) cho đ/c Lê Thị Thu",
        "từ 08:00 ngày 16/11/2026 đến 23:59 ngày 20/11/2026",
        "Văn bản số 07/GUQ-UBND ngày 13/11/2026",
        "Trong thời gian này đ/c Lê Thị Thu thấy và làm được các việc trong phần ủy quyền.",
    ),
    DutyNews(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        "Tuyên truyền trên sóng truyền thanh",
        "Phối hợp, hạn 30/11",
        "được mở",
        "Trung tâm Văn hóa - Truyền thông",
        "tháng 11/2026",
        "Các tin bài tuyên truyền",
        "còn 12 ngày – 30/11/2026",
    ),
    DutiesUnclear(OFFICER, DONG_CHI, OFFICE, URL, TITLE, 2, ("3. Hội nghị (chưa rõ thời hạn: “khi có điều kiện”)",), 1),
    DutiesMissed(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        TITLE,
        "18/11/2026",
        1,
        ("2. Phát thanh (tháng 10/2026 phải mở 01/10/2026)",),
        0,
    ),
    DutiesFailed(OFFICER, DONG_CHI, OFFICE, URL, TITLE, 1, ("4. Hội thi (quý IV/2026 phải mở 01/10/2026)",), 0),
    SecurityChanged(
        OFFICER,
        DONG_CHI,
        OFFICE,
        URL,
        "Đăng nhập từ thiết bị mới",
        "tài khoản của đồng chí được đăng nhập trên một thiết bị chưa dùng",
        "08:30 ngày 18/11/2026",
        "Firefox trên Linux",
    ),
    SuccessorDrafted(OFFICER, DONG_CHI, OFFICE, URL, TITLE, "thay thế", 2026, "Kế hoạch số 45/KH-UBND"),
    RetentionDue(OFFICER, DONG_CHI, OFFICE, URL, 2046, 3),
    WayTried(OFFICER, DONG_CHI, OFFICE, URL, "08:30 ngày 18/11/2026"),
    LinkPassed(f"Lê Thị Mai ({FRONT})", BODY, OFFICE, URL, TITLE, "Trần Thị Hoa, Chủ tịch", "Cho ý kiến", "25/11/2026"),
    AccountInvited(OFFICER, DONG_CHI, OFFICE, URL, "Ủy ban nhân dân xã Tân Lập", "hoa@tanlap.gov.vn", 7),
)


def letter_of(message: Message) -> Letter:
    """The message as it would go out."""
    composed = compose(
        message, address="be@ducphong.gov.vn", key="task:7-2", host="ducphong.gov.vn", now=NOW, plan_id=3
    )
    return Letter(1, 7, None, "Đinh Văn Bé", "be@ducphong.gov.vn", "mail", **vars(composed))
