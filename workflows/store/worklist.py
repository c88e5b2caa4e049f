"""What is open: the inbox of a person, the work of a case or plan, and what waits for a worker or a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Text,
    and_,
    case,
    func,
    or_,
    select,
    update,
)

from workflows.plans.authority import by_name

from .beside.row_log import line_of
from .directory.groups import PERSON
from .driver import Reading, read_rows
from .refusals import text_without_nul
from .steps import Change, Insert
from .suspending import goes_on
from .tables.processes import cases
from .tables.worklist import subscriptions as subscriptions_table
from .tables.worklist import task_groups, tasks


@dataclass(frozen=True)
class TaskRow:
    """A work item; ids of people are text, `groups` the keys of those who may take it.

    What one more person was asked inside a task names that task in `asked_in`, which waits for it when `blocking`.
    """

    id: str
    case_id: int
    process: str
    element: str
    name: str
    kind: str
    topic: str | None
    form: str | None
    office_id: int | None
    plan_id: int | None
    status: str
    assignee: str | None
    due: datetime | None
    due_days: int | None
    follow_up: datetime | None
    priority: int
    variables: Mapping[str, Any]
    escalation: tuple[tuple[int, str], ...]
    excluded: tuple[str, ...]
    next_escalation_at: datetime | None
    round: int
    retries: int | None
    locked_by: str | None
    locked_until: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    closed_for: str | None
    outcome: str | None
    remark: str | None
    asked_in: str | None
    blocking: bool
    groups: tuple[str, ...]

    @property
    def task_id(self) -> str:
        """The task's id inside its case, by which the engine knows it."""
        return self.id.partition("-")[2]

    @property
    def candidate_users(self) -> tuple[str, ...]:
        """The people who may take it by name."""
        return tuple(key.partition("@")[2] for key in self.groups if key.startswith(f"{PERSON}@"))

    @property
    def candidate_groups(self) -> tuple[str, ...]:
        """The groups whose members may take it."""
        return tuple(key for key in self.groups if not key.startswith(f"{PERSON}@"))


_COLUMNS = tuple(name for name in TaskRow.__dataclass_fields__ if name != "groups")
_TASK = Reading(
    f"SELECT {', '.join(_COLUMNS)} FROM tasks WHERE id = ?1",  # noqa: S608 - names of our own columns
    [tasks.c[name].type for name in _COLUMNS],
)
_GROUPS = Reading("SELECT group_key FROM task_groups WHERE task_id = ?1 ORDER BY group_key", [Text()])
DIGITS = 19  # a larger number is no row of any table


@dataclass(frozen=True)
class Waiting:
    """A case that waits for a message or signal; what correlation needs to choose among several."""

    case_id: int
    subscription_id: str
    element: str
    kind: str
    name: str
    key: str | None
    business_key: str | None
    office_id: int | None


def case_of(task_id: str) -> int:
    """The case that this id of a task names; 0, which is none, for what is no such id."""
    case, dash, _ = text_without_nul(task_id).partition("-")
    return int(case) if dash and case.isascii() and case.isdecimal() and len(case) < DIGITS else 0


def task(connection: Connection, task_id: str) -> TaskRow | None:
    """This work item, open or not; None when there is none."""
    rows = read_rows(connection, _TASK, (text_without_nul(task_id),))
    if not rows:
        return None
    groups = [key for (key,) in read_rows(connection, _GROUPS, (task_id,))]
    return _task(dict(zip(_COLUMNS, rows[0], strict=True)), groups)


def tasks_called(connection: Connection, task_ids: Sequence[str]) -> list[TaskRow]:
    """These tasks in this order; those that there are not are left out."""
    if not task_ids:
        return []
    found = {row.id: row for row in _tasks(connection, select(tasks).where(tasks.c.id.in_(task_ids)))}
    return [found[each] for each in task_ids if each in found]


def open_tasks_of(connection: Connection, *, case_id: int | None = None, plan_id: int | None = None) -> list[TaskRow]:
    """The open user tasks of a case, or of all cases of a plan, most urgent first."""
    if (case_id is None) == (plan_id is None):
        raise TypeError("name either a case or a plan")
    of = tasks.c.case_id == case_id if plan_id is None else tasks.c.plan_id == plan_id
    return _tasks(connection, select(tasks).where(_open_for_people(), of).order_by(*urgency()))


def open_tasks_of_plans(connection: Connection, plan_ids: Sequence[int], process: str) -> list[TaskRow]:
    """The open user tasks of this process for these plans, oldest first."""
    of = (tasks.c.plan_id.in_(plan_ids), tasks.c.process == process, tasks.c.asked_in.is_(None))
    return _tasks(connection, select(tasks).where(_open_for_people(), *of).order_by(tasks.c.opened_at, tasks.c.id))


def requests_in(connection: Connection, task_id: str) -> list[TaskRow]:
    """What one more person was asked inside this task, open or not, oldest first."""
    wanted = select(tasks).where(tasks.c.asked_in == task_id)
    return _tasks(connection, wanted.order_by(tasks.c.opened_at, tasks.c.id))


def tasks_of_case(connection: Connection, case_id: int) -> list[TaskRow]:
    """Every user task that this case ever had, in the order in which they were opened."""
    wanted = select(tasks).where(tasks.c.case_id == case_id, tasks.c.kind == "user")
    found = _tasks(connection, wanted.order_by(tasks.c.opened_at))
    return sorted(found, key=lambda each: (each.opened_at, int(each.task_id)))


def counted_tasks(connection: Connection, office_id: int) -> list[TaskRow]:
    """The open user tasks of an office whose due date was counted in working days, in the order of their due dates."""
    wanted = select(tasks).where(_open_for_people(), tasks.c.office_id == office_id, tasks.c.due_days.is_not(None))
    return _tasks(connection, wanted.order_by(*urgency()))


def open_tasks_with_form(connection: Connection, office_id: int, form: str) -> list[TaskRow]:
    """The open user tasks of an office with this form and a due date."""
    wanted = select(tasks).where(_open_for_people(), tasks.c.office_id == office_id, tasks.c.form == form)
    return _tasks(connection, wanted.where(tasks.c.due.is_not(None)).order_by(*urgency()))


def late_tasks(connection: Connection, office_id: int, now: datetime, limit: int) -> list[TaskRow]:
    """The open user tasks of an office whose due instant is over, longest late first."""
    wanted = select(tasks).where(_open_for_people(), tasks.c.office_id == office_id, tasks.c.due < now)
    return _tasks(connection, wanted.order_by(*urgency()).limit(limit))


def in_hands_of(connection: Connection, person_id: int) -> list[TaskRow]:
    """The open tasks that this person has in hand or is offered by name, most urgent first."""
    by_name_only = select(task_groups.c.task_id).where(task_groups.c.group_key == by_name(person_id))
    named = and_(tasks.c.assignee.is_(None), tasks.c.id.in_(by_name_only))
    theirs = or_(tasks.c.assignee == str(person_id), named)
    return _tasks(connection, select(tasks).where(_open_for_people(), theirs).order_by(*urgency()))


def done_by(connection: Connection, person_id: int | str, limit: int, skip: int = 0) -> list[TaskRow]:
    """The tasks that this person completed, or that another completed in their place, latest first."""
    person = str(person_id)
    by_or_for = or_(tasks.c.closed_by == person, tasks.c.closed_for == person)
    wanted = select(tasks).where(by_or_for, tasks.c.status == "completed")
    return _tasks(connection, wanted.order_by(tasks.c.closed_at.desc(), tasks.c.id.desc()).limit(limit).offset(skip))


def count_done_by(connection: Connection, person_id: int | str, most: int) -> int:
    """How many tasks `done_by` would list; counting ends at `most`."""
    person = str(person_id)
    by_or_for = or_(tasks.c.closed_by == person, tasks.c.closed_for == person)
    found = select(tasks.c.id).where(by_or_for, tasks.c.status == "completed").limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def note_outcome(
    connection: Connection, task_id: str, outcome: str | None, remark: str | None, closed_for: str | None = None
) -> None:
    """Keep with a task what was decided in it, why, and in whose place; the events hold the full record."""
    values = {"outcome": outcome, "remark": remark, "closed_for": closed_for}
    connection.execute(update(tasks).where(tasks.c.id == task_id).values(values))


def outcome_change(
    task_id: str, outcome: str | None, remark: str | None, closed_for: str | None
) -> tuple[Change, Insert]:
    """`note_outcome` as steps of one write: the row, and its line in the log of rows."""
    values = {"outcome": outcome, "remark": remark, "closed_for": closed_for}
    return Change(tasks, {"id": task_id}, values), line_of(tasks, task_id, values)


def open_jobs(connection: Connection, limit: int, *, topics: Iterable[str] | None = None) -> list[TaskRow]:
    """Jobs that a worker should do now, oldest first; those that failed too often wait for help.

    With `topics` those of plans that the program itself does, which are the ones with these topics.
    """
    may_try = or_(tasks.c.retries.is_(None), tasks.c.retries > 0)
    wanted = (
        select(tasks)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(tasks.c.status == "open", tasks.c.kind == "job", may_try, cases.c.suspended.is_(False))
        .where(goes_on(tasks.c.office_id))
    )
    if topics is not None:
        wanted = wanted.where(tasks.c.topic.in_(list(topics)), tasks.c.plan_id.is_not(None))
    return _tasks(connection, wanted.order_by(tasks.c.opened_at, tasks.c.case_id, tasks.c.id).limit(limit))


def subscriptions(connection: Connection, kind: str, name: str, key: str | None = None) -> list[Waiting]:
    """Who waits for this message or signal; with `key` those that declared this key or none."""
    table = subscriptions_table
    columns = (table.c.case_id, table.c.subscription_id, table.c.element, table.c.kind, table.c.name, table.c.key)
    wanted = (
        select(*columns, table.c.business_key, cases.c.office_id)
        .join_from(table, cases, cases.c.id == table.c.case_id)
        .where(table.c.kind == kind, table.c.name == name, cases.c.suspended.is_(False))
        .order_by(table.c.case_id, func.length(table.c.subscription_id), table.c.subscription_id)
    )
    if key is not None:
        wanted = wanted.where(or_(table.c.key == key, table.c.key.is_(None)))
    return [Waiting(*row) for row in connection.execute(wanted)]


def is_waiting(connection: Connection, case_id: int, subscription_id: str) -> bool:
    """Whether the case still waits for it; a suspended case waits for nothing."""
    table = subscriptions_table
    wanted = (
        select(table.c.case_id)
        .join_from(table, cases, cases.c.id == table.c.case_id)
        .where(table.c.case_id == case_id, table.c.subscription_id == subscription_id, cases.c.suspended.is_(False))
    )
    return connection.execute(wanted).first() is not None


def task_rows(connection: Connection, wanted: Select[Any]) -> list[TaskRow]:
    """The tasks that a query over the table of tasks finds, in its order, with their groups."""
    return _tasks(connection, wanted)


def _open_for_people() -> ColumnElement[bool]:
    return and_(tasks.c.status == "open", tasks.c.kind == "user")


def urgency(of: FromClause = tasks) -> tuple[ColumnElement[Any], ...]:
    """What tasks are ordered by, each ascending: those without a due date last, then by date, urgency, age and id."""
    undated = case((of.c.due.is_(None), 1), else_=0)
    return undated, of.c.due, -of.c.priority, of.c.opened_at, of.c.id


def _tasks(connection: Connection, wanted: Select[Any]) -> list[TaskRow]:
    rows = connection.execute(wanted).all()
    named: dict[str, list[str]] = {row.id: [] for row in rows}
    if named:
        keys = (
            select(task_groups.c.task_id, task_groups.c.group_key)
            .where(task_groups.c.task_id.in_(named))
            .order_by(task_groups.c.group_key)
        )
        for task_id, key in connection.execute(keys):
            named[task_id].append(key)
    return [_task(row._asdict(), named[row.id]) for row in rows]


def _task(row: Mapping[str, Any], groups: Iterable[str]) -> TaskRow:
    values = {name: row[name] for name in _COLUMNS}
    values["escalation"] = tuple((days, target) for days, target in values["escalation"])
    values["excluded"] = tuple(values["excluded"])
    return TaskRow(**values, groups=tuple(groups))
