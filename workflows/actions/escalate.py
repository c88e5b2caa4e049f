"""Remind and escalate: each rung of a task's ladder is told once, to a target found in the organisation."""

from __future__ import annotations

from datetime import datetime

from workflows.store import clockwork, telling
from workflows.store.due import due_escalations, levels_told, record_levels
from workflows.store.escalation_policies import ladder_of, policy_of
from workflows.store.escalation_times import Level
from workflows.store.worklist import TaskRow

from .desk import Desk, Swept, Work


def escalate(desk: Desk, limit: int = 500) -> Swept:
    """Tell the rungs that are due of up to `limit` open tasks, in one transaction.

    After a standstill several rungs of a task are due at once: all are noted, and each target is told the latest only.
    """
    with desk.as_clock().open() as work:
        due = due_escalations(work.connection, work.now, limit)
        told = levels_told(work.connection, [task.id for task in due])
        reached: list[tuple[str, Level]] = []
        next_at: dict[str, datetime | None] = {}
        for task in due:
            ladder = _ladder(work, task)
            fresh = [rung for rung in ladder if rung.at <= work.now and (rung.days, rung.target) not in told[task.id]]
            reached += [(task.id, rung) for rung in fresh]
            next_at[task.id] = min((rung.at for rung in ladder if rung.at > work.now), default=None)
            for rung in {rung.target: rung for rung in fresh}.values():
                _tell(work, task, rung)
        record_levels(work.connection, reached, next_at, work.now)
        return Swept(len(due), len(due))


def _ladder(work: Work, task: TaskRow) -> list[Level]:
    calendar = clockwork.calendar_of(work.connection, task.office_id)
    return ladder_of(task, policy_of(work.connection, task.office_id), calendar)


def _tell(work: Work, task: TaskRow, rung: Level) -> None:
    assert task.due is not None, "only a task with a due date has a ladder"
    telling.tell(
        work.connection,
        "task_late" if rung.days > 0 else "task_due",
        f"late:{task.id}:{task.due:%Y%m%d}:{rung.days}:{rung.target}",
        work.now,
        office_id=task.office_id,
        plan_id=task.plan_id,
        case_id=task.case_id,
        task_id=task.id,
        data={"level": rung.days, "target": rung.target},
    )
