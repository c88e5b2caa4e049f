"""Reminders of many open tasks at once: what is due, with all that judging it needs, and what follows, set-based."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, select, tuple_

from workflows.engine.events import TaskReminded
from workflows.engine.history import event_to_json
from workflows.errors import Stale

from .chain import Chain
from .escalation_times import Level, Reminder
from .local_days import local_day
from .many_rows import insert_many, update_many
from .shard import EVERY_OFFICE, Shard
from .suspending import goes_on
from .tables.processes import cases, events
from .tables.telling import outbox
from .tables.worklist import escalations, tasks


@dataclass(frozen=True, slots=True)
class DueTask:
    """An open task of which somebody should hear by now; its case as it stands, which nobody else can write."""

    id: str
    case_id: int
    element: str
    office_id: int | None
    plan_id: int | None
    due: datetime
    escalation: tuple[tuple[int, str], ...]
    opened_at: datetime
    next_escalation_at: datetime
    revision: int
    chain_head: str


def claim_due(
    connection: Connection, now: datetime, limit: int, after: DueTask | None, shard: Shard = EVERY_OFFICE
) -> list[DueTask]:
    """Up to `limit` tasks that are due to be spoken of, longest waiting first and behind `after`, with their cases.

    The rows belong to this transaction until it ends; what another one holds is left to it. Suspended cases stand
    still.
    """
    place = (tasks.c.next_escalation_at, tasks.c.id)
    due = [
        tasks.c.next_escalation_at <= now,
        tasks.c.status == "open",
        cases.c.suspended.is_(False),
        goes_on(tasks.c.office_id),
        shard.holds(tasks.c.office_id),
    ]
    if after is not None:
        due.append(tuple_(*place) > (after.next_escalation_at, after.id))
    of_task = [tasks.c[name] for name in DueTask.__dataclass_fields__ if name in tasks.c]
    wanted = select(*of_task, cases.c.revision, cases.c.chain_head).join_from(
        tasks, cases, cases.c.id == tasks.c.case_id
    )
    locked = wanted.where(and_(*due)).order_by(*place).limit(limit).with_for_update(of=[tasks, cases], skip_locked=True)
    found = connection.execute(locked).mappings()
    return [_due_task(row) for row in found]


def _due_task(row: RowMapping) -> DueTask:
    return DueTask(**{**row, "escalation": tuple((days, target) for days, target in row["escalation"])})


def write_reminders(
    connection: Connection,
    found: Sequence[tuple[DueTask, Reminder]],
    now: datetime,
    actor: Mapping[str, Any],
) -> None:
    """The levels that were reached, an event in each case's chain, what is to be told, and when the next one comes.

    One statement a table. `Stale`, with nothing written, when a case is not as it was claimed.
    """
    marks = [
        {"task_id": task.id, "level": rung.days, "target": rung.target}
        for task, reminder in found
        for rung in reminder.reached
    ]
    insert_many(connection, escalations, marks, {"at": now}, new=False)
    _append(connection, [(task, reminder) for task, reminder in found if reminder.reached], now, actor)
    occasions = [_occasion(task, rung, now) for task, reminder in found for rung in reminder.told]
    insert_many(connection, outbox, occasions, {"at": now}, new=False)
    update_many(connection, tasks, [{"was_id": task.id, "next_escalation_at": each.next_at} for task, each in found])


def _append(
    connection: Connection, found: Iterable[tuple[DueTask, Reminder]], now: datetime, actor: Mapping[str, Any]
) -> None:
    """An event a task; several of one case stand one behind the other in its chain."""
    rows: list[dict[str, Any]] = []
    ends: dict[int, tuple[int, str]] = {}
    was: dict[int, int] = {}
    for task, reminder in found:
        was.setdefault(task.case_id, task.revision)
        revision, head = ends.get(task.case_id, (task.revision, task.chain_head))
        levels = tuple((rung.days, rung.target) for rung in reminder.reached)
        data = event_to_json(TaskReminded(task.id.partition("-")[2], task.element, levels))
        kind, seq = data.pop("event"), revision + 1
        head = Chain(task.case_id, head, now, actor).append(seq, kind, data)
        ends[task.case_id] = (seq, head)
        rows.append({"case_id": task.case_id, "seq": seq, "revision": seq, "data": data, "hash": head})
    same = {"at": now, "type": TaskReminded.__name__, "actor": dict(actor), "content_hash": None}
    heads = [
        {"was_id": case_id, "was_revision": was[case_id], "revision": seq, "chain_head": head}
        for case_id, (seq, head) in ends.items()
    ]
    if update_many(connection, cases, heads) != len(heads):
        raise Stale(cases=sorted(ends))
    insert_many(connection, events, rows, same)


def _occasion(task: DueTask, rung: Level, now: datetime) -> dict[str, Any]:
    """What is to be told is what is so on the day of telling: after a standstill a task whose day has passed is late
    also for those whose rung came before it, and somebody who is the target of several rungs hears one thing once."""
    late = local_day(now) > local_day(task.due)
    return {
        "kind": "task_late" if late else "task_due",
        "key": f"late:{task.id}:{task.due:%Y%m%d}:{rung.days}:{rung.target}",
        "office_id": task.office_id,
        "plan_id": task.plan_id,
        "case_id": task.case_id,
        "task_id": task.id,
        "data": {"level": rung.days, "target": rung.target},
    }
