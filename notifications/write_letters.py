"""One occasion becomes its letters: addressees, links, words, rows; all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.store import plans, telling
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.telling import Occasion

from . import about_deadlines, about_documents, about_letters, about_plans, about_tasks, about_work
from .addressee import AddressBook, Addressee
from .audience import TASK_KINDS, audience, office_of, task_of
from .compose import compose, host_of
from .letterhead import Writer
from .links import COMMENTS_PAGE, DUE_REQUEST_PAGE, HOME_PAGE, INCOMING_PAGE, PLAN_PAGE, TASK_PAGE, make_link

# Those for whom the letter's link is the way to act; the others get a page to look at.
ACTING = ("holder", "courtesy", "asker")

_WRITERS: dict[str, Callable[[AddressBook, Occasion], Writer]] = {
    "task_opened": about_tasks.opened,
    "task_due": about_tasks.due_or_late,
    "task_late": about_tasks.due_or_late,
    "task_returned": about_tasks.returned,
    "task_asked": about_work.asked,
    "task_answered": about_work.answered,
    "task_passed": about_work.passed,
    "mentioned": about_work.mentioned,
    "plan_moved": about_work.plan_moved,
    "new_link": about_tasks.new_link,
    "approval_voided": about_plans.approval_voided,
    "plan_issued": about_plans.plan_issued,
    "document_sent": about_plans.document_sent,
    "receipt_reminder": about_plans.document_sent,
    "document_changed": about_documents.document_changed,
    "document_arrived": about_documents.document_arrived,
    "report_sent": about_plans.report_sent,
    "plan_stopped": about_plans.plan_stopped,
    "asked_no_more": about_deadlines.asked_no_more,
    "late_opinion_came": about_deadlines.late_opinion_came,
    "due_requested": about_deadlines.due_requested,
    "due_moved": about_deadlines.due_moved,
    "due_refused": about_deadlines.due_refused,
    "no_address": about_letters.no_address,
    "undelivered": about_letters.undelivered,
}


def write_letters(
    connection: Connection, occasion: Occasion, now: datetime, *, base_url: str, tokens: Callable[[], str]
) -> int:
    """Write a letter to everybody who should hear; how many. Whom nobody can tell, the clerks hear of."""
    addressees = audience(connection, occasion, now)
    book = AddressBook(connection, office_of(connection, occasion), now)
    if not addressees:
        _tell_of_nobody(book, occasion)
        return 0
    if occasion.kind == "link_code":
        writer = about_letters.link_code(book, occasion, tokens())
    elif occasion.kind == "sign_code":
        writer = about_letters.sign_code(book, occasion, tokens())
    else:
        writer = _WRITERS[occasion.kind](book, occasion)
    written = 0
    for to in addressees:
        if not to.can_be_told:
            _tell_clerks(book, occasion, to.name, f"{to.body_id}")
            continue
        written += _write(book, occasion, to, writer, base_url=base_url, tokens=tokens)
    return written


def _write(
    book: AddressBook,
    occasion: Occasion,
    to: Addressee,
    writer: Writer,
    *,
    base_url: str,
    tokens: Callable[[], str],
) -> int:
    """Keep the letter; of two people who share a mailbox the second reads it in the house."""
    message = writer(to, base_url.rstrip("/") + _way(book, occasion, to, tokens))
    letter = Letter(
        outbox_id=occasion.id,
        person_id=to.person_id,
        body_id=to.body_id,
        name=to.name,
        address=to.address or f"nguoi:{to.person_id}",
        channel="mail" if to.address else "inbox",
        **vars(
            compose(
                message,
                key=occasion.key,
                address=to.address or f"nguoi:{to.person_id}",
                host=host_of(base_url),
                now=book.now,
                plan_id=occasion.plan_id,
            )
        ),
    )
    added = add_delivery(book.connection, letter, book.now)
    if added is None and to.address and to.person_id is not None:
        return _write(book, occasion, replace(to, address=""), writer, base_url=base_url, tokens=tokens)
    return int(added is not None)


def _way(book: AddressBook, occasion: Occasion, to: Addressee, tokens: Callable[[], str]) -> str:
    """The path behind the letter's button."""
    if occasion.kind in ("document_sent", "document_changed", "receipt_reminder"):
        recipient_id = int(occasion.data["recipient_id"])
        return make_link(
            book.connection,
            token=tokens(),
            now=book.now,
            recipient_id=recipient_id,
            person_id=to.person_id,
            body_id=to.body_id,
        )
    if occasion.kind in TASK_KINDS and to.part in ACTING:
        task = task_of(book.connection, occasion)
        if not to.address:
            return TASK_PAGE.format(task.id)
        draft = plans.current_version(book.connection, task.plan_id) if task.plan_id is not None else None
        return make_link(
            book.connection,
            token=tokens(),
            now=book.now,
            task_id=task.id,
            version=draft.version if draft else None,
            content_hash=draft.content_hash if draft else None,
            due=task.due,
            person_id=to.person_id,
            body_id=to.body_id,
        )
    if occasion.kind == "mentioned":
        return COMMENTS_PAGE.format(occasion.plan_id)
    if occasion.kind == "due_requested":
        return DUE_REQUEST_PAGE.format(occasion.data["request_id"])
    if occasion.kind == "document_arrived":
        return INCOMING_PAGE
    return PLAN_PAGE.format(occasion.plan_id) if occasion.plan_id is not None else HOME_PAGE


def _tell_of_nobody(book: AddressBook, occasion: Occasion) -> None:
    """An open step that nobody holds would wait for ever in silence."""
    task = task_of(book.connection, occasion) if occasion.kind in TASK_KINDS else None
    if task is not None and task.status == "open" and task.kind == "user":
        _tell_clerks(book, occasion, f"Bước “{task.name}”", "nobody")


def _tell_clerks(book: AddressBook, occasion: Occasion, whom: str, key: str) -> None:
    telling.tell(
        book.connection,
        "no_address",
        f"no-address:{occasion.id}:{key}",
        book.now,
        office_id=book.office_id,
        plan_id=occasion.plan_id,
        data={"whom": whom, "what": _matter(book, occasion)},
    )


def _matter(book: AddressBook, occasion: Occasion) -> str:
    step = task_of(book.connection, occasion).name if occasion.task_id is not None else "Văn bản"
    title = plans.plan(book.connection, occasion.plan_id).title if occasion.plan_id is not None else ""
    return ": ".join(filter(None, (step, title)))
