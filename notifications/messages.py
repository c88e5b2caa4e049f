"""What is said: one frozen dataclass a kind; its fields are exactly the variables of its three templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Message:
    """What every letter says: whom it greets and how, and which office writes."""

    template: ClassVar[str]
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
    mark: str  # "Cần ký, hạn 20/11"
    step: str
    number: str  # "16/KH-UBND" or "chưa có số"
    unit: str  # that drafts the plan
    due: str


@dataclass(frozen=True)
class OpinionAsked(AboutPlan):
    """M07: a body is asked for its opinion of a draft; `by_code` when it answers without an account."""

    template = "opinion_asked"
    mark: str  # "đến 25/11"
    unit: str
    version: int
    due: str
    by_code: bool


@dataclass(frozen=True)
class ReportAsked(AboutPlan):
    """M09: a report cycle is open and the unit's report is awaited."""

    template = "report_asked"
    mark: str  # "năm 2026, hạn 15/11"
    period: str  # "năm 2026"
    number: str
    due: str


@dataclass(frozen=True)
class TaskDue(AboutTask):
    """M02: the last day of the holder's step is near or today."""

    template = "task_due"
    mark: str  # "Còn 1 ngày"
    step: str
    number: str
    due: str


@dataclass(frozen=True)
class TaskLate(AboutTask):
    """M03, M10: the holder's step is overdue."""

    template = "task_late"
    mark: str  # "Quá hạn 2 ngày"
    step: str
    number: str
    due: str


@dataclass(frozen=True)
class TaskLateAbove(AboutTask):
    """M04: a superior hears that somebody else's step is overdue."""

    template = "task_late_above"
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
    step: str
    unit: str
    due: str


@dataclass(frozen=True)
class TaskReturned(AboutTask):
    """M05: what the holder had finished came back, with a reason."""

    template = "task_returned"
    by: str
    reason: str
    step: str
    due: str


@dataclass(frozen=True)
class ApprovalVoided(AboutPlan):
    """A draft was edited after the person had approved it, which voids the approval (NĐ 30/2020 Điều 11)."""

    template = "approval_voided"
    version: int


@dataclass(frozen=True)
class PlanIssued(AboutPlan):
    """M06: the plan has its number and is issued."""

    template = "plan_issued"
    called = ""  # the symbol in its number says it
    number: str
    issued_on: str
    unit: str


@dataclass(frozen=True)
class DocumentSent(AboutPlan):
    """M08: a document comes to one of its Nơi nhận."""

    template = "document_sent"
    called = ""
    document: str  # Kế hoạch | Báo cáo
    number: str
    issued_on: str
    line: str  # of Nơi nhận, as printed


@dataclass(frozen=True)
class ReceiptReminder(AboutPlan):
    """A document that was sent on an earlier day is not confirmed yet; it asks, and never orders those outside."""

    template = "receipt_reminder"
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
    what: str  # Văn bản mới đến | Yêu cầu thu hồi
    sender: str
    number: str
    issued_on: str
    title: str


@dataclass(frozen=True)
class ReportSent(AboutPlan):
    """The office's own clerks hear that its report has gone up."""

    template = "report_sent"
    period: str
    number: str
    parent: str
    sent_at: str
    missing: str  # the units that sent nothing, or "không có"


@dataclass(frozen=True)
class ReportArrived(AboutPlan):
    """The parent office's clerks hear that a report has come."""

    template = "report_arrived"
    sender: str
    period: str
    number: str
    sent_at: str


@dataclass(frozen=True)
class PlanStopped(AboutPlan):
    """The plan was stopped, with a reason."""

    template = "plan_stopped"
    number: str
    reason: str


@dataclass(frozen=True)
class AskedNoMore(AboutPlan):
    """A body that was being asked for its opinion is asked no more."""

    template = "asked_no_more"
    unit: str
    reason: str


@dataclass(frozen=True)
class LateOpinionCame(AboutPlan):
    """The drafter hears that words came after the round was closed, which are to be answered before the signature."""

    template = "late_opinion_came"
    body: str


@dataclass(frozen=True)
class DueRequested(AboutTask):
    """Who decides hears that a later due date is asked for."""

    template = "due_requested"
    by: str
    wanted: str
    reason: str
    step: str
    due: str


@dataclass(frozen=True)
class DueMoved(AboutTask):
    """The holders hear that their step is due on another day."""

    template = "due_moved"
    step: str
    due: str
    reason: str


@dataclass(frozen=True)
class DueRefused(AboutTask):
    """The holders hear that the due date stays as it is."""

    template = "due_refused"
    step: str
    due: str
    reason: str


@dataclass(frozen=True)
class NewLink(AboutTask):
    """M14: the link that was asked for."""

    template = "new_link"
    step: str
    due: str


@dataclass(frozen=True)
class LinkCode(Message):
    """The second letter of a person without account: the code that is typed on the page of the link."""

    template = "link_code"
    title: str
    code: str
    minutes: int


@dataclass(frozen=True)
class SignCode(Message):
    """The code that a person types before a signature, where the office allows codes by mail."""

    template = "sign_code"
    code: str
    minutes: int


@dataclass(frozen=True)
class NoAddress(Linked):
    """The clerks hear that somebody who should be told has no address."""

    template = "no_address"
    whom: str
    what: str


@dataclass(frozen=True)
class Undelivered(Linked):
    """M16: letters that nobody could take for three days."""

    template = "undelivered"
    count: int
    whom: str


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
    AskedNoMore,
    LateOpinionCame,
    DueRequested,
    DueMoved,
    DueRefused,
    NewLink,
    LinkCode,
    SignCode,
    NoAddress,
    Undelivered,
)
