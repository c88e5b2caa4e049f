"""Vắng mặt: before somebody is away, what nobody could do meanwhile is shown and confirmed by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from workflows.engine.coverage import ever_stuck
from workflows.errors import Refused
from workflows.plans.authority import Matter
from workflows.store import directory, organisation
from workflows.store.directory import PERSON, group, is_group, parse_group
from workflows.store.inbox import inbox
from workflows.store.local_days import local_day, start_of
from workflows.store.organisation import note_change
from workflows.store.worklist import TaskRow

from .desk import Desk, Work
from .forms.filing import LONGEST_FIELD
from .lend_authority import require_lender
from .who_is_there import crew

# Somebody with more open tasks than this is not looked at to the last one; the posts are looked at in any case.
MOST_TASKS = 2_000
# Every member of a body is in this group; what nobody of a body does is said by the posts that are named.
_MEMBER = "thanh_vien"


@dataclass(frozen=True)
class Away:
    """Who is away from the first to the last day."""

    person_id: int
    first_day: date
    last_day: date
    reason: str = ""


@dataclass(frozen=True)
class Gap:
    """What nobody can do while somebody is away: open tasks, and groups whose next task would wait."""

    tasks: tuple[TaskRow, ...]
    groups: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """How a confirmation names them."""
        return (*(task.id for task in self.tasks), *self.groups)


def enter_absence(desk: Desk, away: Away, confirmed: Collection[str] = ()) -> int:
    """Keep that somebody is away, and return the id; by the person or an administrator of the office (NOT_YOURS).

    NOBODY_MEANWHILE while something would be stuck that `confirmed` does not name; BAD_PERIOD, ALREADY_OVER,
    ALREADY_ABSENT, TOO_LONG.
    """
    if away.last_day < away.first_day:
        raise Refused("BAD_PERIOD", field="den_ngay", valid_from=away.first_day, valid_to=away.last_day)
    if len(away.reason) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="ly_do_vang", most=LONGEST_FIELD)
    with desk.open() as work:
        office_id = require_lender(work, away.person_id)
        if away.last_day < work.today:
            raise Refused("ALREADY_OVER", field="den_ngay")
        _refuse_twice(work, away)
        gap = gap_of(work.connection, away, work.now)
        unconfirmed = [key for key in gap.keys if key not in confirmed]
        if unconfirmed:
            raise Refused("NOBODY_MEANWHILE", names=_named(work.connection, gap, unconfirmed))
        entered = {"entered_at": work.now, "entered_by": work.by.name, "stuck": list(gap.keys)}
        row = {"person_id": away.person_id, "first_day": away.first_day, "last_day": away.last_day}
        absence_id = organisation.add_absence(
            work.connection, {**row, "reason": away.reason.strip() or None, **entered}
        )
        facts = {"first_day": away.first_day.isoformat(), "last_day": away.last_day.isoformat()}
        note_change(work.connection, office_id, "absent", work.now, work.by.name, facts, person_id=away.person_id)
        return absence_id


def cancel_absence(desk: Desk, absence_id: int) -> None:
    """Take an absence back; ABSENCE_CANCELLED when that was done before."""
    with desk.open() as work:
        found = organisation.absence(work.connection, absence_id)
        office_id = require_lender(work, found.person_id)
        if not organisation.cancel_absence(work.connection, absence_id, work.now, work.by.name):
            raise Refused("ABSENCE_CANCELLED")
        note_change(work.connection, office_id, "present", work.now, work.by.name, person_id=found.person_id)


def gap_of(connection: Connection, away: Away, now: datetime) -> Gap:
    """What the person may do and nobody else could, at some instant between the first and the last day."""
    begins = max(now, start_of(away.first_day))
    own = directory.groups_of(connection, away.person_id, begins)
    mine = inbox(connection, away.person_id, own, now, limit=MOST_TASKS).tasks
    posts = [Matter((key,)) for key in sorted(own) if parse_group(key)[0] != _MEMBER]
    keys = own | {key for task in mine for key in task.groups}
    crews = [
        list(crew(connection, keys, away.person_id, instant)) for instant in _instants(connection, away, keys, now)
    ]
    stuck_posts = ever_stuck(posts, crews)
    return Gap(tuple(ever_stuck(mine, crews)), tuple(each.groups[0] for each in stuck_posts))


def _refuse_twice(work: Work, away: Away) -> None:
    known = organisation.overlapping(work.connection, away.person_id, away.first_day, away.last_day)
    if known is not None:
        name = directory.person(work.connection, away.person_id).name
        raise Refused(
            "ALREADY_ABSENT", field="tu_ngay", person=name, first_day=known.first_day, last_day=known.last_day
        )


def _instants(connection: Connection, away: Away, keys: Collection[str], now: datetime) -> list[datetime]:
    """The first instant of the absence, and each within it at which somebody's authority or presence changes."""
    first, last = max(now, start_of(away.first_day)), start_of(away.last_day + timedelta(days=1))
    people = {away.person_id}
    for key in filter(is_group, keys):
        role, number = parse_group(key)
        people |= {number} if role == PERSON else directory.ever_in(connection, number)
    found = {first}
    for lent in directory.delegations_of(connection, people):
        found |= {lent.valid_from, lent.valid_to}
    for each in organisation.absences_of(connection, people, local_day(first)):
        found |= {start_of(each.first_day), start_of(each.last_day + timedelta(days=1))}
    for starts, ends in directory.terms_of(connection, people):
        found |= {start_of(day) for day in (starts, ends + timedelta(days=1) if ends else None) if day}
    return sorted(instant for instant in found if first <= instant < last)


def _named(connection: Connection, gap: Gap, keys: Collection[str]) -> list[str]:
    tasks = [task.name for task in gap.tasks if task.id in keys]
    return [*tasks, *(name_of_group(connection, key) for key in gap.groups if key in keys)]


def name_of_group(connection: Connection, key: str) -> str:
    """A group as people call it: the printed titles of its posts, and the body."""
    role, number = parse_group(key)
    if role == PERSON:
        return directory.person(connection, number).name
    titles = [each.title for each in directory.posts_of(connection, number) if key == group(each.role, number)]
    called = directory.body(connection, number).name
    return f"{titles[0]}, {called}" if titles else called
