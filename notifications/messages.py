"""What is said: one frozen dataclass a kind; its fields are exactly the variables of its three templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Message:
    """What every letter says: whom it greets and how, and which office writes."""

    template: ClassVar[str]
    event: ClassVar[str] = "khac"  # what people choose a way for (notifications/events.py)
    greeting: str  # "đồng chí Nguyễn Văn A, Chủ tịch UBND xã Đức Phong"
    you: str  # đồng chí | ông (bà) | quý cơ quan
    office: str


@dataclass(frozen=True)
class Linked(Message):
    """A letter with one button."""

    url: str  # absolute


@dataclass(frozen=True)
class AboutPlan(Linked):
    """A letter about one plan; `called` stands before its title in the subject."""

    called: ClassVar[str] = "KH "
    title: str  # trimmed in the subject only


@dataclass(frozen=True)
class AboutTask(AboutPlan):
    """A letter about one step; the five duties of a plan that begin on one day need five subjects."""

    about: str  # in the subject: the title of the duty, else that of the plan


@dataclass(frozen=True)
class TaskOpened(AboutTask):
    """M01: a step waits for the person."""

    template = "task_opened"
    event = "viec_moi"
    mark: str  # "Cần ký, hạn 20/11"
    step: str
    number: str  # "16/KH-UBND" or "chưa có số"
    unit: str  # that drafts the plan
    due: str


@dataclass(frozen=True)
class OpinionAsked(AboutPlan):
    """M07: a body is asked for its opinion of a draft; `by_code` when it answers without an account."""

    template = "opinion_asked"
    event = "viec_moi"
    mark: str  # "đến 25/11"
    unit: str
    version: int
    due: str
    by_code: bool


@dataclass(frozen=True)
class ReportAsked(AboutPlan):
    """M09: a report cycle is open and the unit's report is awaited."""

    template = "report_asked"
    event = "viec_moi"
    mark: str  # "năm 2026, hạn 15/11"
    period: str  # "năm 2026"
    number: str
    due: str


@dataclass(frozen=True)
class TaskDue(AboutTask):
    """M02: the last day of the holder's step is near or today."""

    template = "task_due"
    event = "sap_han"
    mark: str  # "Còn 1 ngày"
    step: str
    number: str
    due: str


@dataclass(frozen=True)
class TaskLate(AboutTask):
    """M03, M10: the holder's step is overdue."""

    template = "task_late"
    event = "qua_han"
    mark: str  # "Quá hạn 2 ngày"
    step: str
    number: str
    due: str


@dataclass(frozen=True)
class TaskLateAbove(AboutTask):
    """M04: a superior hears that somebody else's step is overdue."""

    template = "task_late_above"
    event = "cap_duoi_cham"
    holder: str  # "đ/c Nguyễn Văn A"
    late: str  # "quá hạn 3 ngày"
    step: str
    number: str
    unit: str  # of the holder
    since: str  # dd/mm/yyyy
    due: str
    outside: bool  # the holder is no part of this office


@dataclass(frozen=True)
class CourteousReminder(AboutTask):
    """Towards the Mặt trận, party bodies and bodies outside the office: a reminder that asks and never orders."""

    template = "courteous_reminder"
    event = "sap_han"
    step: str
    unit: str
    due: str


@dataclass(frozen=True)
class TaskReturned(AboutTask):
    """M05: what the holder had finished came back, with a reason."""

    template = "task_returned"
    event = "tra_lai"
    by: str
    reason: str
    step: str
    due: str


@dataclass(frozen=True)
class ApprovalVoided(AboutPlan):
    """A draft was edited after the person had approved it, which voids the approval (NĐ 30/2020 Điều 11)."""

    template = "approval_voided"
    event = "huy_duyet"
    version: int


@dataclass(frozen=True)
class PlanIssued(AboutPlan):
    """M06: the plan has its number and is issued."""

    template = "plan_issued"
    event = "ban_hanh"
    called = ""  # the symbol in its number says it
    number: str
    issued_on: str
    unit: str


@dataclass(frozen=True)
class DocumentSent(AboutPlan):
    """M08: a document comes to one of its Nơi nhận."""

    template = "document_sent"
    event = "van_ban"
    called = ""
    document: str  # Kế hoạch | Báo cáo
    number: str
    issued_on: str
    line: str  # of Nơi nhận, as printed


@dataclass(frozen=True)
class ReceiptReminder(AboutPlan):
    """A document that was sent on an earlier day is not confirmed yet; it asks, and never orders those outside."""

    template = "receipt_reminder"
    event = "van_ban"
    called = ""
    document: str  # Kế hoạch | Báo cáo
    number: str
    issued_on: str
    sent_on: str
    ask: str  # kính đề nghị | đề nghị


@dataclass(frozen=True)
class DocumentChanged(AboutPlan):
    """A document that was sent is corrected, recalled or replaced (NĐ 30/2020 Điều 18)."""

    template = "document_changed"
    event = "van_ban"
    called = ""
    what: str  # Đính chính | Thu hồi | Thay thế
    number: str
    issued_on: str
    reason: str
    by: str  # "số 12/UBND-VP ngày 20/11/2026" or ""
    ask: str  # what the addressee is asked to do


@dataclass(frozen=True)
class DocumentArrived(Linked):
    """The clerks hear that an envelope came, or that its sender asks for it back."""

    template = "document_arrived"
    event = "van_ban"
    what: str  # Văn bản mới đến | Yêu cầu thu hồi
    sender: str
    number: str
    issued_on: str
    title: str


@dataclass(frozen=True)
class ReportSent(AboutPlan):
    """The office's own clerks hear that its report has gone up."""

    template = "report_sent"
    event = "bao_cao"
    period: str
    number: str
    parent: str
    sent_at: str
    missing: str  # the units that sent nothing, or "không có"


@dataclass(frozen=True)
class ReportArrived(AboutPlan):
    """The parent office's clerks hear that a report has come."""

    template = "report_arrived"
    event = "bao_cao"
    sender: str
    period: str
    number: str
    sent_at: str


@dataclass(frozen=True)
class PlanStopped(AboutPlan):
    """The plan was stopped, with a reason."""

    template = "plan_stopped"
    event = "dung"
    number: str
    reason: str


@dataclass(frozen=True)
class NewLink(AboutTask):
    """M14: the link that was asked for."""

    template = "new_link"
    event = "ma"
    step: str
    due: str


@dataclass(frozen=True)
class LinkCode(Message):
    """The second letter of a person without account: the code that is typed on the page of the link."""

    template = "link_code"
    event = "ma"
    title: str
    code: str
    minutes: int


@dataclass(frozen=True)
class SignCode(Message):
    """The code that a person types before a signature, where the office allows codes by mail."""

    template = "sign_code"
    event = "ma"
    code: str
    minutes: int


@dataclass(frozen=True)
class NoAddress(Linked):
    """The clerks hear that somebody who should be told has no address."""

    template = "no_address"
    event = "he_thong"
    whom: str
    what: str


@dataclass(frozen=True)
class Undelivered(Linked):
    """M16: letters that nobody could take for three days."""

    template = "undelivered"
    event = "he_thong"
    count: int
    whom: str


@dataclass(frozen=True)
class Gathered(AboutPlan):
    """Several things about one plan within a quarter of an hour: one letter, the newest last."""

    template = "gathered"
    count: int
    lines: tuple[str, ...]
    first: str  # the newest of them


@dataclass(frozen=True)
class Digest(Linked):
    """M12: what the person wanted to hear once a day; for the clerks also what is late in the office."""

    template = "digest"
    event = "tong_hop"
    day: str  # "18/11"
    mark: str  # "5 việc, 1 quá hạn"
    lines: tuple[str, ...]
    more: int  # that are not listed
    office_lines: tuple[str, ...]
    office_more: int


@dataclass(frozen=True)
class CycleFailed(AboutPlan):
    """The clerks hear that a report cycle should have opened and could not."""

    template = "cycle_failed"
    event = "he_thong"
    period: str
    opens_on: str  # dd/mm/yyyy


@dataclass(frozen=True)
class ReportGap(AboutPlan):
    """The clerks hear of what a person must look at in a report cycle: a unit that is no more, a second report."""

    template = "report_gap"
    event = "he_thong"
    period: str
    gap: str  # what it is, without a full stop


@dataclass(frozen=True)
class WebhookDisabled(Linked):
    """The administrators hear that a webhook is given up after days of failures."""

    template = "webhook_disabled"
    event = "he_thong"
    host: str
    since: str
    error: str


KINDS: tuple[type[Message], ...] = (
    TaskOpened,
    OpinionAsked,
    ReportAsked,
    TaskDue,
    TaskLate,
    TaskLateAbove,
    CourteousReminder,
    TaskReturned,
    ApprovalVoided,
    PlanIssued,
    DocumentSent,
    ReceiptReminder,
    DocumentChanged,
    DocumentArrived,
    ReportSent,
    ReportArrived,
    PlanStopped,
    NewLink,
    LinkCode,
    SignCode,
    NoAddress,
    Undelivered,
    Gathered,
    Digest,
    CycleFailed,
    ReportGap,
    WebhookDisabled,
)
