"""An occasion becomes notices: one for each who should hear, with the time of its letter; machines are told too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.engine.calendar import Calendar
from workflows.store import clockwork, notices, plans, telling, worklist
from workflows.store.notices import Fate, NewNotice
from workflows.store.preferences import preferences
from workflows.store.telling import Occasion
from workflows.store.worklist import TaskRow

from .addressee import AddressBook, Addressee, Books
from .audience import TASK_KINDS, audience_of, office_of, task_of
from .bells import ring
from .compose import subject_of
from .due_words import day_of
from .events import CODE, event_of, is_urgent
from .letter_times import APART, fate_of
from .letterhead import Writer
from .links import (
    COMMENTS_PAGE,
    DUE_REQUEST_PAGE,
    DUTIES_PAGE,
    HOME_PAGE,
    OWN_PAGES,
    PLAN_PAGE,
    TASK_PAGE,
)
from .machines import tell_machines
from .writers import writer_of

# The step of a plan may be reminded of on many days, but once a day.
REMINDERS = ("task_due", "task_late")
# About a plan's duties rather than one task of them.
DUTY_REASONS = ("duty_opened", "duty_changed", "duty_ended", "duties_unclear", "duties_missed", "duties_failed")
# A code is drawn when its letter is written.
CODE_KINDS = ("link_code", "sign_code")
CODE_SUBJECT = "Mã xác nhận"


@dataclass(frozen=True)
class Heard:
    """What was found out about an occasion when it was noted, so that a letter written at once need not ask again."""

    occasion: Occasion
    book: AddressBook
    addressees: list[Addressee]
    writer: Writer | None = None  # None for a code, which is drawn with its letter


def hear(connection: Connection, occasion: Occasion, now: datetime, books: Books | None = None) -> Heard:
    """Who should hear of the occasion as of now; nothing is kept. `books` are those opened in this transaction."""
    book = (books or Books(connection, now)).of(office_of(connection, occasion))
    return Heard(occasion, book, audience_of(book, occasion))


def note(connection: Connection, occasion: Occasion, now: datetime) -> Heard:
    """Keep a notice for everybody who should hear. Whom nobody can tell, the clerks hear of."""
    heard = hear(connection, occasion, now)
    tell_machines(connection, occasion, heard.book.office_id, now)
    if not heard.addressees:
        _tell_of_nobody(heard.book, occasion)
        return heard
    noting = _Noting(heard.book, occasion)
    for to in heard.addressees:
        if to.can_be_told:
            noting.note(to)
        else:
            tell_clerks(heard.book, occasion, to.name, f"{to.body_id}")
    return replace(heard, writer=noting.writer)


class _Noting:
    """What all notices of one occasion have in common."""

    def __init__(self, book: AddressBook, occasion: Occasion) -> None:
        self.book, self.occasion = book, occasion
        self.writer: Writer | None = None if occasion.kind in CODE_KINDS else writer_of(book, occasion)
        self.task: TaskRow | None = (
            worklist.task(book.connection, occasion.task_id) if occasion.task_id is not None else None
        )
        self.calendar: Calendar = clockwork.calendar_of(book.connection, book.office_id)

    def note(self, to: Addressee) -> None:
        """Keep the notice of one addressee and ring the bells that it wants rung."""
        occasion, connection, now = self.occasion, self.book.connection, self.book.now
        event, subject = CODE, CODE_SUBJECT
        if self.writer is not None:
            message = self.writer(to, "")
            event, subject = event_of(message, self.task), subject_of(message)
        urgent = is_urgent(event, occasion, self.task, self.calendar, now)
        fate: Fate = "waiting"
        due_at = now
        kept = None
        if to.person_id is not None:
            kept = preferences(connection, to.person_id, self.book.office_id)
            last = None
            if occasion.plan_id is not None:
                last = notices.last_letter_at(connection, to.person_id, occasion.plan_id, now - APART)
            fate, due_at = fate_of(event, kept, urgent=urgent, now=now, last_letter=last)
        new = NewNotice(
            outbox_id=occasion.id,
            person_id=to.person_id,
            body_id=to.body_id,
            matter=matter_of(occasion),
            reason=occasion.kind,
            period=period_of(occasion, now),
            office_id=self.book.office_id,
            plan_id=occasion.plan_id,
            task_id=occasion.task_id,
            event=event,
            subject=subject,
            path=path_of(occasion),
            urgent=urgent,
            fate=fate,
            due_at=due_at,
        )
        added = notices.add_notice(connection, new, now)
        if added is not None and kept is not None and to.person_id is not None:
            ring(connection, occasion, to.person_id, kept.choice(event), new, now)


def matter_of(occasion: Occasion) -> str:
    """What the occasion is about, as the unique key of notices knows it."""
    if occasion.task_id is not None:
        return f"viec:{occasion.task_id}"
    return f"ke_hoach:{occasion.plan_id}" if occasion.plan_id is not None else f"tin:{occasion.key}"


def period_of(occasion: Occasion, now: datetime) -> str:
    """A reminder once a day; everything else is an event of its own."""
    return day_of(now).isoformat() if occasion.kind in REMINDERS else occasion.key


def path_of(occasion: Occasion) -> str:
    """The page inside the house where the matter is looked at."""
    if occasion.kind in TASK_KINDS and occasion.task_id is not None:
        return TASK_PAGE.format(occasion.task_id)
    if occasion.kind in DUTY_REASONS:
        return DUTIES_PAGE.format(occasion.plan_id)
    if occasion.kind == "mentioned":
        return COMMENTS_PAGE.format(occasion.plan_id)
    if occasion.kind == "due_requested":
        return DUE_REQUEST_PAGE.format(occasion.data["request_id"])
    if occasion.kind in OWN_PAGES:
        return OWN_PAGES[occasion.kind]
    return PLAN_PAGE.format(occasion.plan_id) if occasion.plan_id is not None else HOME_PAGE


def tell_clerks(book: AddressBook, occasion: Occasion, whom: str, key: str) -> None:
    """Somebody should have been told and cannot be."""
    telling.tell(
        book.connection,
        "no_address",
        f"no-address:{occasion.id}:{key}",
        book.now,
        office_id=book.office_id,
        plan_id=occasion.plan_id,
        data={"whom": whom, "what": _matter(book, occasion)},
    )


def _tell_of_nobody(book: AddressBook, occasion: Occasion) -> None:
    """An open step that nobody holds would wait for ever in silence."""
    task = task_of(book.connection, occasion) if occasion.kind in TASK_KINDS else None
    if task is not None and task.status == "open" and task.kind == "user":
        tell_clerks(book, occasion, f"Bước “{task.name}”", "nobody")


def _matter(book: AddressBook, occasion: Occasion) -> str:
    step = task_of(book.connection, occasion).name if occasion.task_id is not None else "Văn bản"
    title = plans.plan(book.connection, occasion.plan_id).title if occasion.plan_id is not None else ""
    return ": ".join(filter(None, (step, title)))
