"""What is said about plans, documents and reports."""

from __future__ import annotations

from workflows.errors import NotFound
from workflows.store import issuing, reporting
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .due_words import day_of
from .facts import PlanFacts, missing_units, moment, number_of, period_of, plan_facts
from .letterhead import Writer, letterhead
from .messages import (
    ApprovalVoided,
    CycleFailed,
    DocumentSent,
    Message,
    PlanIssued,
    PlanStopped,
    ReceiptReminder,
    ReportArrived,
    ReportGap,
    ReportSent,
)


def approval_voided(book: AddressBook, occasion: Occasion) -> Writer:
    """An edit after approval voided it (NĐ 30/2020 Điều 11)."""
    plan, version = _plan(book, occasion), int(occasion.data["version"])

    def write(to: Addressee, url: str) -> Message:
        return ApprovalVoided(*letterhead(book, to, url), plan.title, version)

    return write


def plan_issued(book: AddressBook, occasion: Occasion) -> Writer:
    """M06."""
    plan = _plan(book, occasion)

    def write(to: Addressee, url: str) -> Message:
        return PlanIssued(*letterhead(book, to, url), plan.title, plan.number, plan.issued_on, plan.unit)

    return write


def document_sent(book: AddressBook, occasion: Occasion) -> Writer:
    """M08: the document of a plan, or the report of a cycle."""
    recipient = issuing.recipient(book.connection, occasion.data["recipient_id"])
    line = issuing.register_line_of(book.connection, recipient.subject, recipient.subject_id)
    if recipient.subject == "report":
        cycle = reporting.cycle(book.connection, recipient.subject_id)
        document, plan, number = "Báo cáo", plan_facts(book.connection, cycle.plan_id), number_of(cycle)
    else:
        document, plan = "Kế hoạch", plan_facts(book.connection, recipient.subject_id)
        number = plan.number
    issued_on = f"{line.document_on:%d/%m/%Y}" if line is not None else plan.issued_on

    if occasion.kind == "receipt_reminder":
        sent_on = f"{day_of(recipient.sent_at or occasion.at):%d/%m/%Y}"
        outside = recipient.body_id is not None and book.is_outside(recipient.body_id)
        ask = "kính đề nghị" if outside else "đề nghị"

        def remind(to: Addressee, url: str) -> Message:
            return ReceiptReminder(*letterhead(book, to, url), plan.title, document, number, issued_on, sent_on, ask)

        return remind

    def write(to: Addressee, url: str) -> Message:
        return DocumentSent(*letterhead(book, to, url), plan.title, document, number, issued_on, recipient.raw)

    return write


def report_sent(book: AddressBook, occasion: Occasion) -> Writer:
    """The report went up: the office's own clerks and those of the parent hear it each in their words."""
    cycle = reporting.cycle(book.connection, occasion.data["cycle_id"])
    parent_id = reporting.rule(book.connection, cycle.rule_id).parent_body_id
    parent = book.known(parent_id).name if parent_id is not None else "cơ quan cấp trên"
    plan, period, number = plan_facts(book.connection, cycle.plan_id), period_of(cycle), number_of(cycle)
    sent_at = moment(cycle.sent_at or occasion.at)
    missing = missing_units(book.connection, cycle.id)

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        if to.part == "parent":
            return ReportArrived(*head, plan.title, book.office_name(), period, number, sent_at)
        return ReportSent(*head, plan.title, period, number, parent, sent_at, missing)

    return write


def plan_stopped(book: AddressBook, occasion: Occasion) -> Writer:
    """The plan ends before its time."""
    plan, reason = _plan(book, occasion), str(occasion.data["reason"] or "")

    def write(to: Addressee, url: str) -> Message:
        return PlanStopped(*letterhead(book, to, url), plan.title, plan.number, reason)

    return write


def cycle_failed(book: AddressBook, occasion: Occasion) -> Writer:
    """A report cycle should have opened and could not."""
    plan, cycle = _plan(book, occasion), reporting.cycle(book.connection, int(occasion.data["cycle_id"]))

    def write(to: Addressee, url: str) -> Message:
        return CycleFailed(*letterhead(book, to, url), plan.title, period_of(cycle), f"{cycle.opens_on:%d/%m/%Y}")

    return write


def report_gap(book: AddressBook, occasion: Occasion) -> Writer:
    """Something in a report cycle needs a person."""
    plan, cycle = _plan(book, occasion), reporting.cycle(book.connection, int(occasion.data["cycle_id"]))

    def write(to: Addressee, url: str) -> Message:
        return ReportGap(*letterhead(book, to, url), plan.title, period_of(cycle), str(occasion.data["what"]))

    return write


def _plan(book: AddressBook, occasion: Occasion) -> PlanFacts:
    if occasion.plan_id is None:
        raise NotFound("plan", id=None)
    return plan_facts(book.connection, occasion.plan_id)
