"""The inbox: what waits for a person, in which state, and what the person did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from workflows.plans.authority import by_name
from workflows.plans.duties import number_in_document
from workflows.store import handovers, worklist
from workflows.store.directory import Delegation
from workflows.store.inbox import inbox
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.reporting import cycles
from workflows.store.tables.work_items import follow_ups
from workflows.store.tables.worklist import task_groups, tasks

from .labels import PlanLabel, person_names, plan_labels

DONE_SHOWN = 50


@dataclass(frozen=True)
class InboxRow:
    """A task with its plan; `subject` says which duty or cycle.

    `holder` is who took it, `owner` who delegated it, `waits_for` those whose answer it waits for, `until` the day to
    which it is put off. `lent` names those for whom it may be done, where only a delegation gives the right. `done_for`
    is the person in whose place it was done, `done_by` who did it, each where that is somebody else.
    """

    task: worklist.TaskRow
    plan: PlanLabel | None
    subject: str = ""
    holder: str = ""
    owner: str = ""
    waits_for: tuple[str, ...] = ()
    until: datetime | None = None
    lent: tuple[str, ...] = ()
    done_for: str = ""
    done_by: str = ""


@dataclass(frozen=True)
class InboxPage:
    """One page of the inbox in order of urgency, whether another follows, and how many there are: over `total` of them
    where they are not all counted. `first` and `before` say where it stands, as in `workflows.store.inbox.Inbox`."""

    rows: tuple[InboxRow, ...]
    more: bool
    total: int
    uncounted: bool
    first: int | None = 0
    before: str = ""


def to_do(
    connection: Connection,
    person_id: int,
    own: Collection[str],
    lent: Sequence[Delegation],
    now: datetime,
    *,
    size: int,
    after: str | None = None,
    waiting: bool | None = False,
    form: str = "",
    words: str = "",
    until: datetime | None = None,
) -> InboxPage:
    """The open tasks that this person may do in the own right or for another, behind the task `after`.

    What waits for a day or an answer is left out, or with `waiting` the only thing shown.
    """
    found = inbox(
        connection,
        person_id,
        own,
        now,
        lent=lent,
        waiting=waiting,
        form=form,
        words=words,
        until=until,
        limit=size,
        after=after,
    )
    rows = with_people(connection, with_plans(connection, found.tasks), str(person_id), now)
    keys = frozenset(own) | {by_name(person_id)}
    marked = tuple(_marked(row, person_id, keys, lent) for row in rows)
    return InboxPage(marked, found.more, found.total, found.uncounted, found.first, found.before)


def _marked(row: InboxRow, person_id: int, own: frozenset[str], lent: Sequence[Delegation]) -> InboxRow:
    """The row with the names of those for whom it may be done, where the person has no right of their own to it."""
    task = row.task
    if task.assignee == str(person_id) or (task.assignee is None and own & frozenset(task.groups)):
        return row
    return replace(row, lent=tuple(dict.fromkeys(each.from_name for each in lent if each.reaches(task))))


def done(connection: Connection, person_id: int, page: int = 1) -> tuple[InboxRow, ...]:
    """What the person completed, or another in their place, latest first; pages of `DONE_SHOWN` count from 1."""
    found = worklist.done_by(connection, person_id, DONE_SHOWN, (page - 1) * DONE_SHOWN)
    names = person_names(connection, {name for task in found for name in (task.closed_by, task.closed_for)})
    return tuple(
        replace(
            row,
            done_for=names.get(row.task.closed_for or "", "") if row.task.closed_for != str(person_id) else "",
            done_by=names.get(row.task.closed_by or "", "") if row.task.closed_by != str(person_id) else "",
        )
        for row in with_plans(connection, found)
    )


def with_people(connection: Connection, rows: Collection[InboxRow], person: str, now: datetime) -> tuple[InboxRow, ...]:
    """The same rows with who holds each, for whom it waits and until when; a query each for all rows."""
    ids = [row.task.id for row in rows]
    asked = select(tasks.c.asked_in, task_groups.c.group_key).join(task_groups, task_groups.c.task_id == tasks.c.id)
    open_ones = (tasks.c.asked_in.in_(ids), tasks.c.status == "open", tasks.c.blocking.is_(True))
    waits: dict[str, list[str]] = {}
    for inside, key in connection.execute(asked.where(*open_ones).order_by(tasks.c.opened_at)):
        waits.setdefault(inside, []).append(key.partition("@")[2])
    off = select(follow_ups.c.task_id, follow_ups.c.until).where(
        follow_ups.c.person == person, follow_ups.c.task_id.in_(ids), follow_ups.c.until > now
    )
    until = {row.task_id: row.until for row in connection.execute(off)}
    latest = {each.task_id: each for each in handovers.handovers_of(connection, ids)}
    owners = {key: each.from_person or each.by_person for key, each in latest.items() if each.how == "delegated"}
    names = person_names(
        connection,
        [*(row.task.assignee for row in rows), *owners.values(), *(each for ids in waits.values() for each in ids)],
    )
    return tuple(
        replace(
            row,
            holder=names.get(row.task.assignee or "", ""),
            owner=names.get(owners.get(row.task.id) or "", ""),
            waits_for=tuple(names.get(each, "") for each in waits.get(row.task.id, ())),
            until=until.get(row.task.id) or _later(row.task.follow_up, now),
        )
        for row in rows
    )


def _later(day: datetime | None, now: datetime) -> datetime | None:
    return day if day is not None and day > now else None


def with_plans(connection: Connection, found: Collection[worklist.TaskRow]) -> tuple[InboxRow, ...]:
    """Each task with its plan and what it is about."""
    labels = plan_labels(connection, [task.plan_id for task in found])
    subjects = _subjects(connection, [task.case_id for task in found if task.process != "ke_hoach"])
    return tuple(InboxRow(task, labels.get(task.plan_id or 0), subjects.get(task.case_id, "")) for task in found)


def _subjects(connection: Connection, case_ids: Collection[int]) -> dict[int, str]:
    """Which duty, or which report cycle, a case is about."""
    duty_of = (
        select(occurrences.c.case_id, duties.c.no, duties.c.title, occurrences.c.key)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .where(occurrences.c.case_id.in_(case_ids))
    )
    said = {
        row.case_id: f"{number_in_document(row.no)}. {row.title} ({row.key})" for row in connection.execute(duty_of)
    }
    cycle_of = select(cycles.c.case_id, cycles.c.key).where(cycles.c.case_id.in_(case_ids))
    return said | {row.case_id: row.key for row in connection.execute(cycle_of)}
