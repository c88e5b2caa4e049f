"""What the page Số liệu, the year of a plan and their charts say."""

from __future__ import annotations

from service.charts.picture import Part
from service.languages.current import SOURCE, current
from workflows.store.screens import cycle_progress, work_by_month

# In the order in which a bar is built; the keys are the states of the figures.
WORK = {
    work_by_month.ON_TIME: Part("c-done", "Đúng hạn"),
    work_by_month.LATE: Part("c-late", "Xong muộn"),
    work_by_month.OVERDUE: Part("c-over", "Quá hạn, chưa xong"),
    work_by_month.OPEN: Part("c-open", "Còn hạn"),
}
REPORTS = {
    cycle_progress.IN_TIME: Part("c-done", "Gửi đúng hạn"),
    cycle_progress.SENT_LATE: Part("c-late", "Gửi muộn"),
    cycle_progress.MISSING: Part("c-over", "Quá hạn, chưa gửi"),
    cycle_progress.WAITED_FOR: Part("c-open", "Chưa tới hạn"),
}
BY_MONTH = "Việc theo tháng, năm {}"
BY_UNIT = "Việc theo đơn vị, năm {}"
CYCLES = "Các kỳ báo cáo đến hạn trong năm {}"
REPORTS_BY_UNIT = "Báo cáo theo đơn vị, năm {}"
DAYS = "Ngày làm việc ở từng bước: {}, năm {}"
YEAR_OF_PLAN = "Kế hoạch trong năm {}"
INDICES = "Số liệu các đơn vị báo cáo, cộng theo kỳ"
ISSUED = "ban hành kế hoạch"
PERIOD_ENDS = "hết thời kỳ của kế hoạch"
UNITS_REPORT = "các đơn vị gửi báo cáo kỳ {}"
OFFICE_REPORTS = "cơ quan gửi báo cáo kỳ {}"
DONE_ON = "{} ngày {}"
UNIT = "Đơn vị"
REPORT_CYCLE = "Kỳ báo cáo"
SINGLE_PERSON = "Giao đích danh"
CYCLE = "{} – {}"
STEP_COLUMNS = ("Bước", "Ngày mỗi hồ sơ", "Lâu nhất", "Số hồ sơ", "Số lượt", "Đang chờ")
STEPS_BY_PROCESS = "Quy trình"
SHEETS = {
    "thang": BY_MONTH,
    "don-vi": BY_UNIT,
    "ky": CYCLES,
    "bao-cao": REPORTS_BY_UNIT,
    "buoc": "Ngày ở từng bước, {}",
}


def days_words(days: float) -> str:
    """12,5 ngày."""
    return f"{days_number(days)} ngày"


def days_number(days: float) -> str:
    """12,5; in English 12.5."""
    written = f"{days:.1f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if current() == SOURCE else written
