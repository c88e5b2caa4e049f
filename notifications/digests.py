"""The daily digest: called once a person and working day, at the hour that the person chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from workflows.plans.cycles import period_words
from workflows.store import clockwork, directory, notices, preferences, telling, worklist
from workflows.store.late_in_office import CycleNotOpened, cycles_not_opened, late_tasks
from workflows.store.notices import Notice
from workflows.store.suspending import suspended_offices
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .audience import TASK_KINDS
from .due_words import HANOI, day_of, in_words, short
from .letterhead import Writer, letterhead
from .messages import Digest, Message

SHOWN = 10  # lines of each part; the rest is counted
CLERK = "van_thu"


def digest_readers(connection: Connection) -> set[int]:
    """Everybody who asked for a digest, or for whom something waits for one."""
    return notices.people_for_digest(connection) | preferences.digest_people(connection)


def call_digests(connection: Connection, now: datetime) -> int:
    """Note that today's digest of each person is to be told, once its hour has come; how many are new.

    The key holds person and day, so that there is at most one, however often this is called.
    """
    called, idle = 0, suspended_offices(connection)
    for person_id in sorted(digest_readers(connection)):
        office_id = home_office(connection, person_id, now)
        if office_id in idle:
            continue
        kept = preferences.preferences(connection, person_id, office_id)
        here = now.astimezone(HANOI)
        if here.time() < kept.digest_hour:
            continue
        settle_untrue(connection, person_id, now)
        if not clockwork.calendar_of(connection, office_id).is_working(here.date()):
            continue
        if not still_true(connection, person_id) and not _office_part(connection, person_id, office_id, now):
            continue
        key = f"digest:{person_id}:{here.date().isoformat()}"
        data = {"person_id": person_id}
        called += telling.tell(connection, "digest", key, now, office_id=office_id, data=data)
    return called


def digest(book: AddressBook, occasion: Occasion) -> Writer:
    """M12: everything that waits for this person's digest as it is now."""
    person_id = int(occasion.data["person_id"])
    found = still_true(book.connection, person_id)
    office = _office_part(book.connection, person_id, book.office_id, book.now)
    late = sum(each.event == "qua_han" for each in found)
    marks = [f"{len(found)} tin"] if found else []
    marks += [f"{late} quá hạn"] if late else []
    marks += [f"{len(office)} việc của cơ quan"] if office else []

    def write(to: Addressee, url: str) -> Message:
        return Digest(
            *letterhead(book, to, url),
            day=short(day_of(book.now)),
            mark=", ".join(marks),
            lines=tuple(each.subject for each in found[:SHOWN]),
            more=max(len(found) - SHOWN, 0),
            office_lines=tuple(office[:SHOWN]),
            office_more=max(len(office) - SHOWN, 0),
        )

    return write


def is_empty(connection: Connection, occasion: Occasion, now: datetime) -> bool:
    """Whether nothing is left to say since the digest was called."""
    person_id = int(occasion.data["person_id"])
    return not still_true(connection, person_id) and not _office_part(connection, person_id, occasion.office_id, now)


def still_true(connection: Connection, person_id: int) -> list[Notice]:
    """What waits for the digest and is not settled already: a step that is done needs no line."""
    return [each for each in notices.notices_for_digest(connection, person_id) if is_true(connection, each)]


def settle_untrue(connection: Connection, person_id: int, now: datetime) -> None:
    """What waited for the digest and was done meanwhile has its end here."""
    gone = [each for each in notices.notices_for_digest(connection, person_id) if not is_true(connection, each)]
    notices.settle(connection, gone, "superseded", now)


def is_true(connection: Connection, notice: Notice) -> bool:
    """Whether a notice about a step still says something."""
    if notice.reason not in TASK_KINDS or notice.reason == "new_link" or notice.task_id is None:
        return True
    task = worklist.task(connection, notice.task_id)
    return task is not None and task.status == "open"


def _office_part(connection: Connection, person_id: int, office_id: int | None, now: datetime) -> list[str]:
    """For the clerks: cycles that should be open and are not, and steps that are late, worst first."""
    if office_id is None or f"{CLERK}@{office_id}" not in directory.groups_of(connection, person_id, now):
        return []
    lines = [_not_opened(each) for each in cycles_not_opened(connection, office_id, day_of(now))]
    for each in late_tasks(connection, office_id, now):
        lines.append(f"{each.step}{f': {each.title}' if each.title else ''} – {in_words(each.due, now)}")
    return lines


def _not_opened(cycle: CycleNotOpened) -> str:
    return f"Kỳ báo cáo {period_words(cycle.key)} chưa mở được: {cycle.title} (phải mở {cycle.opens_on:%d/%m/%Y})"


def home_office(connection: Connection, person_id: int, now: datetime) -> int | None:
    """The office of the person's highest post."""
    held = directory.posts_held(connection, person_id, day_of(now))
    if not held:
        return None
    place = directory.body(connection, held[0].body_id)
    return place.id if place.kind == "office" else place.office_id
