"""The catalogue: every Vietnamese word or sentence that Python code, rather than a template, shows to people."""

from __future__ import annotations

from collections.abc import Mapping

NO_DUE = "không có hạn"
NO_NUMBER = "chưa có số"
UNKNOWN = "Không rõ"
SYSTEM = "Hệ thống"

INBOX_GROUPS: Mapping[str, str] = {
    "late": "Quá hạn",
    "today": "Hôm nay",
    "soon": "7 ngày tới",
    "later": "Sau",
    "none": "Không có hạn",
}

PLAN_STATUS: Mapping[str, str] = {
    "draft": "Dự thảo, chưa trình",
    "routing": "Đang trình",
    "in_force": "Đang thực hiện",
    "closed": "Đã kết thúc",
    "stopped": "Đã dừng",
}

_REPORT_FORMS = (
    *("bao_cao_don_vi", "tong_hop", "kiem_tra_bao_cao", "ky_bao_cao", "cap_so_bao_cao"),
    *("ra_soat", "duyet_ra_soat"),
)
# The eight steps of a plan's life (DESIGN 5) and the forms that belong to each.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Soạn thảo", ("soan_thao", "kiem_tra")),
    ("Lấy ý kiến", ("gop_y", "thieu_y_kien")),
    ("Tiếp thu, giải trình", ("tiep_thu",)),
    ("Trình ký", ("ky",)),
    ("Cấp số, phát hành", ("cap_so", "phat_hanh")),
    ("Thực hiện", ("thuc_hien", "xac_nhan")),
    ("Báo cáo", _REPORT_FORMS),
    ("Kết thúc", ("ket_thuc",)),
)

# The verb on the row, the page and the button of each form.
FORM_VERB: Mapping[str, str] = {
    "soan_thao": "Trình dự thảo",
    "kiem_tra": "Kiểm tra dự thảo",
    "gop_y": "Cho ý kiến",
    "thieu_y_kien": "Quyết định khi thiếu ý kiến",
    "tiep_thu": "Tiếp thu, giải trình",
    "ky": "Ký ban hành",
    "cap_so": "Cấp số",
    "phat_hanh": "Phát hành",
    "ket_thuc": "Kết thúc kế hoạch",
    "bao_cao_don_vi": "Gửi báo cáo",
    "tong_hop": "Tổng hợp báo cáo",
    "kiem_tra_bao_cao": "Kiểm tra báo cáo",
    "ky_bao_cao": "Ký báo cáo",
    "cap_so_bao_cao": "Cấp số báo cáo",
    "ra_soat": "Rà soát kế hoạch",
    "duyet_ra_soat": "Quyết định về rà soát",
    "thuc_hien": "Báo kết quả nhiệm vụ",
    "xac_nhan": "Xác nhận kết quả",
    "hoi_them": "Trả lời câu hỏi",
    "chuyen_tiep": "Xem và chuyển lại",
}

# Forms that several bodies fill in side by side: the engine counts each as a round, people do not.
ONE_A_BODY = frozenset({"gop_y", "bao_cao_don_vi"})

OUTCOME: Mapping[str, str] = {
    "trinh": "đã trình",
    "trinh_ky": "đã trình ký",
    "lay_lai": "đã gửi lấy ý kiến lại",
    "dat": "đạt",
    "tra_lai": "trả lại",
    "nhat_tri": "nhất trí",
    "nhat_tri_co_y_kien": "nhất trí và có ý kiến",
    "khong_nhat_tri": "không nhất trí",
    "tu_choi": "không phản biện",
    "khong_co_y_kien": "không có ý kiến trong hạn",
    "gia_han": "gia hạn",
    "khong_gia_han": "không gia hạn",
    "ky": "đã ký",
    "chuyen": "chuyển người ký",
    "cap_so": "đã cấp số",
    "phat_hanh": "đã phát hành",
    "ket_thuc": "đã kết thúc",
    "da_gui": "đã gửi",
    "gui_muon": "gửi muộn",
    "xong": "đã báo kết quả",
    "thu_hoi": "đã thu hồi",
    "da_tra_loi": "đã trả lời",
    "dong_y": "đồng ý",
    "khong_dong_y": "không đồng ý",
}

TASK_STATUS: Mapping[str, str] = {
    "open": "Đang chờ",
    "completed": "Đã xong",
    "cancelled": "Đã hủy",
    "failed": "Gặp lỗi",
}

OPINION_TASK_STATE: Mapping[str, str] = {
    "": "Chưa trả lời",
    "nhat_tri": "Nhất trí",
    "nhat_tri_co_y_kien": "Nhất trí và có ý kiến",
    "khong_nhat_tri": "Không nhất trí",
    "khong_co_y_kien": "Không có ý kiến trong hạn",
    "tu_choi": "Không phản biện (có văn bản)",
}

DISPOSITION: Mapping[str, str] = {
    "": "Chưa trả lời",
    "tiep_thu": "Tiếp thu",
    "tiep_thu_mot_phan": "Tiếp thu một phần",
    "giai_trinh": "Giải trình",
}

MODE: Mapping[str, str] = {"gop_y": "Góp ý", "phan_bien": "Phản biện xã hội"}

SIGNER_ROLE: Mapping[str, str] = {"chu_tich": "Chủ tịch", "pho_chu_tich": "Phó Chủ tịch (KT. Chủ tịch)"}

ROLE: Mapping[str, str] = {
    "chu_tich": "Chủ tịch",
    "pho_chu_tich": "Phó Chủ tịch",
    "thu_truong": "Thủ trưởng",
    "can_bo": "Cán bộ",
    "van_thu": "Văn thư",
    "the_thuc": "Người kiểm tra thể thức",
    "quan_tri": "Quản trị hệ thống",
    "thanh_vien": "Thành viên",
}

RECEIPT_STATUS: Mapping[str, str] = {
    "chua_gui": "Chưa gửi",
    "da_gui": "Đã gửi",
    "da_den": "Đã đến",
    "da_tiep_nhan": "Đã tiếp nhận",
    "tu_choi": "Từ chối tiếp nhận",
    "loi": "Lỗi khi gửi",
    "luu": "Lưu, không gửi",
    "dang_xu_ly": "Đang xử lý",
    "da_xu_ly": "Đã xử lý xong",
    "da_thu_hoi": "Đã thu hồi",
}

CHANNEL: Mapping[str, str] = {
    "web": "trang",
    "link": "liên kết trong thư",
    "mail": "thư điện tử",
    "edxml": "liên thông điện tử",
    "paper": "bản giấy",
    "keep": "lưu",
    "clock": "hệ thống",
    "command": "dòng lệnh",
    "worker": "máy làm việc tự động",
    "api": "giao diện lập trình",
    "simulation": "chạy thử",
    "demo": "dữ liệu mẫu",
}

REGISTER_STATUS: Mapping[str, str] = {"reserved": "Đã giữ số", "issued": "Đã cấp", "given_up": "Số bỏ"}

SUBMISSION_STATUS: Mapping[str, str] = {
    "chua_gui": "Chưa gửi",
    "da_gui": "Đã gửi",
    "tra_lai": "Trả lại, chờ gửi lại",
    "khong_gui": "Không gửi",
    "khong_con": "Đơn vị không còn, không có đơn vị kế thừa",
}

EVERY: Mapping[str, str] = {
    "year": "hằng năm",
    "half": "6 tháng một lần",
    "six": "6 tháng đầu năm",
    "nine": "9 tháng",
    "quarter": "hằng quý",
    "month": "hằng tháng",
    "once": "một lần",
}

APPROVAL_ROLE: Mapping[str, str] = {
    "noi_dung": "Nội dung",
    "the_thuc": "Thể thức",
    "ky": "Ký ban hành",
    "co_quan": "Dấu cơ quan",
}

STEP_BACK: Mapping[str, str] = {
    "soan_thao": "Soạn thảo",
    "lay_y_kien": "Lấy ý kiến",
    "tiep_thu": "Tiếp thu, giải trình",
    "kiem_tra_the_thuc": "Kiểm tra thể thức",
}

# What an event of the case's chain is called in the history.
EVENT: Mapping[str, str] = {
    "CaseStarted": "Bắt đầu quy trình",
    "CaseEnded": "Kết thúc quy trình",
    "CaseSuspended": "Tạm dừng quy trình",
    "CaseResumed": "Cho quy trình chạy tiếp",
    "TokensMoved": "Chuyển bước để sửa sai",
    "CaseMigrated": "Chuyển sang phiên bản quy trình khác",
    "TaskRevised": "Sửa việc theo phiên bản mới",
    "RowsRebuilt": "Dựng lại danh sách việc theo nhật ký",
    "TaskReminded": "Nhắc hạn",
    "TaskRescheduled": "Đổi hạn",
    "TimerRescheduled": "Đổi giờ hẹn",
    "InstanceAdded": "Hỏi thêm cơ quan",
    "InstanceDropped": "Thôi hỏi cơ quan",
    "TaskOpened": "Giao việc",
    "TaskAssigned": "Đổi người giữ việc",
    "TaskClosed": "Xong việc",
    "TaskFailed": "Việc của hệ thống gặp lỗi",
    "TimerArmed": "Đặt hẹn giờ",
    "TimerDisarmed": "Hẹn giờ kết thúc",
    "NodeEntered": "Vào bước",
    "NodeLeft": "Rời bước",
    "NodePassed": "Đi qua",
    "FlowsTaken": "Đi theo đường nối",
    "MessageThrown": "Gửi tin",
    "SignalThrown": "Phát tín hiệu",
    "ErrorThrown": "Báo lỗi nghiệp vụ",
    "EscalationThrown": "Báo lên cấp trên",
    "IncidentRaised": "Gặp sự cố",
    "IncidentResolved": "Đã xử lý sự cố",
    "PersonsExcluded": "Loại trừ người đã làm bước trước",
    "StepReturned": "Trả lại bước trước",
    "StepHandedOn": "Chuyển tiếp, còn thu hồi được",
    "StepWithdrawn": "Thu hồi",
}
# Told in the plain history; the rest is the engine's own bookkeeping and is shown on demand.
EVENTS_FOR_PEOPLE = frozenset(
    {
        "CaseStarted",
        "CaseEnded",
        "TaskOpened",
        "TaskAssigned",
        "TaskClosed",
        "TaskFailed",
        "IncidentRaised",
        "IncidentResolved",
        "ErrorThrown",
        "EscalationThrown",
        "CaseSuspended",
        "CaseResumed",
        "TokensMoved",
        "CaseMigrated",
        "RowsRebuilt",
        "StepReturned",
        "StepWithdrawn",
        "TaskReminded",
        "TaskRescheduled",
        "InstanceAdded",
        "InstanceDropped",
    }
)

PAPER: Mapping[str, str] = {
    "ke_hoach": "Kế hoạch",
    "phu_luc": "Phụ lục nhiệm vụ",
    "xin_y_kien": "Công văn xin ý kiến",
    "tiep_thu": "Bảng tổng hợp, tiếp thu, giải trình ý kiến",
    "to_trinh": "Tờ trình",
    "phieu_trinh": "Phiếu trình",
    "phieu_gui": "Phiếu gửi",
    "dinh_chinh": "Công văn đính chính",
    "thu_hoi": "Công văn thu hồi",
    "bao_cao": "Báo cáo",
}
DRAFT_MARK = "DỰ THẢO"
FILE_ROLE: Mapping[str, str] = {
    "source": "Tệp gốc đã nhập",
    "text": "Nội dung dạng chữ",
    "pdf": "Bản PDF",
    "docx": "Bản Word",
    "signed": "Bản đã ký số",
    "sealed": "Bản có chữ ký số của cơ quan",
    "appendix": "Phụ lục",
    "sealed_appendix": "Phụ lục có chữ ký số của cơ quan",
    "withdrawn": "Phụ lục đã bỏ",
    "attachment": "Tệp kèm theo",
}

PLAN_TABS: tuple[tuple[str, str], ...] = (
    ("", "Tổng quan"),
    ("tien-trinh", "Tiến trình"),
    ("so-do", "Sơ đồ"),
    ("y-kien", "Ý kiến"),
    ("phien-ban", "Phiên bản"),
    ("nhiem-vu", "Nhiệm vụ"),
    ("ca-nam", "Cả năm"),
    ("van-ban", "Văn bản"),
    ("noi-nhan", "Nơi nhận"),
    ("bao-cao", "Báo cáo"),
    ("trao-doi", "Trao đổi"),
    ("nhat-ky", "Nhật ký"),
)

# What differs between two versions of a process: fields of the model (workflows/bpmn/model.py).
ASPECT: Mapping[str, str] = {
    "name": "tên", "documentation": "mô tả", "version_tag": "nhãn phiên bản", "lane": "làn", "kind": "loại",
    "source": "đi từ", "target": "đi tới", "condition": "điều kiện", "language": "ngôn ngữ biểu thức",
    "assignee": "người làm", "candidate_groups": "nhóm được giao", "candidate_users": "người được giao",
    "due": "hạn", "follow_up": "ngày theo dõi", "priority": "độ ưu tiên", "form_key": "biểu mẫu",
    "form_fields": "ô của biểu mẫu", "escalation": "các mức nhắc", "exclude": "người không được làm",
    "topic": "chủ đề việc tự động", "retries": "số lần thử", "listeners": "hàm được gọi", "events": "sự kiện",
    "interrupting": "ngắt bước", "attached_to": "gắn vào bước", "default": "đường mặc định", "multi": "lặp nhiều bản",
    "loop": "vòng lặp", "sequential": "lần lượt", "collection": "tập hợp để lặp", "inputs": "dữ liệu vào",
    "outputs": "dữ liệu ra", "text": "biểu thức", "decision": "quyết định", "element": "quy trình được gọi",
    "scope": "nằm trong", "starter_groups": "nhóm được bắt đầu", "starter_users": "người được bắt đầu",
    "properties": "thuộc tính", "completion_condition": "điều kiện xong", "values": "dữ liệu ban đầu",
}  # fmt: skip
CASE_STATUS: Mapping[str, str] = {
    "active": "đang chạy",
    "completed": "đã xong",
    "terminated": "đã chấm dứt",
    "cancelled": "đã hủy",
    "failed": "đã dừng vì lỗi",
}
WAITS_FOR: Mapping[str, str] = {
    "user": "Người làm việc",
    "job": "Máy làm việc",
    "timer": "Đến giờ",
    "message": "Tin gửi tới",
    "signal": "Tín hiệu",
}
OTHER_ASPECT = "thiết lập khác"

SIGN_OUT_DONE = "Đồng chí đã đăng xuất."
LINK_SENT = "Đã gửi liên kết mới vào hộp thư của đồng chí. Thư thường đến trong vài phút."
CODE_SENT = "Đã gửi mã xác nhận vào hộp thư. Mã có 6 chữ số và dùng được trong thời gian ngắn."


def step_of(form: str | None) -> int | None:
    """The number, from 1, of the step that a form belongs to."""
    for number, (_, forms) in enumerate(STEPS, start=1):
        if form in forms:
            return number
    return None


def numbered(number: int | None, symbol: str | None) -> str:
    """ "05/KH-UBND", or "chưa có số" (numbers below 10 are written with a zero: NĐ 30/2020 Phụ lục I)."""
    return NO_NUMBER if number is None or symbol is None else f"{number:02d}/{symbol}"
