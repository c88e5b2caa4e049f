"""Which writer says each kind of occasion."""

from __future__ import annotations

from collections.abc import Callable

from workflows.store.telling import Occasion

from . import (
    about_accounts,
    about_authority,
    about_channels,
    about_deadlines,
    about_documents,
    about_duties,
    about_letters,
    about_plans,
    about_security,
    about_tasks,
    about_work,
    about_years,
    digests,
)
from .addressee import AddressBook
from .letterhead import Writer

_WRITERS: dict[str, Callable[[AddressBook, Occasion], Writer]] = {
    "task_opened": about_tasks.opened,
    "task_due": about_tasks.due_or_late,
    "task_late": about_tasks.due_or_late,
    "report_reminded": about_tasks.due_or_late,
    "task_returned": about_tasks.returned,
    "task_asked": about_work.asked,
    "task_answered": about_work.answered,
    "task_passed": about_work.passed,
    "task_withdrawn": about_work.withdrawn,
    "security_changed": about_security.security_changed,
    "mentioned": about_work.mentioned,
    "plan_moved": about_work.plan_moved,
    "asked_no_more": about_deadlines.asked_no_more,
    "late_opinion_came": about_deadlines.late_opinion_came,
    "due_requested": about_deadlines.due_requested,
    "due_moved": about_deadlines.due_moved,
    "due_refused": about_deadlines.due_refused,
    "new_link": about_tasks.new_link,
    "approval_voided": about_plans.approval_voided,
    "plan_issued": about_plans.plan_issued,
    "document_sent": about_plans.document_sent,
    "receipt_reminder": about_plans.document_sent,
    "document_changed": about_documents.document_changed,
    "document_arrived": about_documents.document_arrived,
    "report_sent": about_plans.report_sent,
    "plan_stopped": about_plans.plan_stopped,
    "no_address": about_letters.no_address,
    "undelivered": about_letters.undelivered,
    "cycle_failed": about_plans.cycle_failed,
    "authority_moved": about_authority.authority_moved,
    "report_gap": about_plans.report_gap,
    "webhook_disabled": about_channels.webhook_disabled,
    "duty_opened": about_duties.news,
    "duty_changed": about_duties.news,
    "duty_ended": about_duties.news,
    "duties_unclear": about_duties.unclear,
    "duties_missed": about_duties.missed,
    "duties_failed": about_duties.failed,
    "successor_drafted": about_years.successor_drafted,
    "retention_due": about_years.retention_due,
    "account_invited": about_accounts.account_invited,
    "digest": digests.digest,
}


def writer_of(book: AddressBook, occasion: Occasion) -> Writer:
    """The writer of this occasion; a code is drawn when its letter is written, so it has none here."""
    return _WRITERS[occasion.kind](book, occasion)
