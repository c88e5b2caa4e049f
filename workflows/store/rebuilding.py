"""The rows that say what is open in a case, written anew from its events where they are not what these lead to.

Only what follows from events is written: what was decided in a task (`outcome`, `remark`) is known to the log as a hash
and comes back with a backup alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, exc, insert, select, update

from workflows.errors import Refused

from .beside.compare_reminders import Offices, ReminderRows, compare_reminders, next_of
from .beside.compare_worklist import WorklistRows, compare_worklist, expected_rows, followed
from .beside.found import Beside
from .beside.logged_tables import UNLOGGED
from .beside.rows_of_events import RowsOfCase, rows_said_by
from .tables.processes import cases, events
from .tables.worklist import escalations, incidents, subscriptions, task_groups, tasks, timers

# A task that is written again has no line for it: what its line says that was decided stays missing, and is said.
WITHOUT_LINE = {UNLOGGED: True}


@dataclass(frozen=True)
class Wrong:
    """What is wrong with the rows of a case, and what the events say they are."""

    found: Sequence[Beside]
    said: RowsOfCase
    reminders: ReminderRows
    offices: Offices


def wrong_rows(connection: Connection, case_id: int) -> Wrong | None:
    """The rows of this case that are not what its events lead to, in the case as it stands in this transaction.

    None where no case is there, and so no events. LOG_UNREADABLE where nobody can read them.
    """
    case = connection.execute(select(cases).where(cases.c.id == case_id).with_for_update()).one_or_none()
    if case is None:
        return None
    happened = connection.execute(select(events).where(events.c.case_id == case_id).order_by(events.c.seq)).all()
    said = rows_said_by(case, happened)
    if said is None:
        raise Refused("LOG_UNREADABLE", case=case_id)
    offices, reminders = Offices(connection), ReminderRows(connection, case_id, case_id)
    rows = WorklistRows(connection, case_id, case_id)
    found = [
        *compare_worklist(rows, case_id, case.plan_id, said),
        *compare_reminders(reminders, said, case.plan_id, offices),
    ]
    return Wrong(found, said, reminders, offices)


def write_anew(connection: Connection, wrong: Wrong) -> None:
    """Write the rows of the case as the events say. ROW_IN_USE where something refers to a task that no event knows."""
    said, case_id = wrong.said, wrong.said.facts.id
    known = set(connection.scalars(select(tasks.c.id).where(tasks.c.case_id == case_id)))
    connection.execute(delete(task_groups).where(task_groups.c.task_id.in_(known)))
    _remove_tasks(connection, known - said.tasks.keys())
    named = {each.about.partition(" ")[2].partition(":")[0] for each in wrong.found}
    for task_id in [each for each in said.tasks if each in named]:
        values = {name: said.tasks[task_id][name] for name, _ in followed(tasks)}
        if task_id in known:
            connection.execute(update(tasks).where(tasks.c.id == task_id).values(values))
        else:
            connection.execute(insert(tasks).values(id=task_id, **values), execution_options=WITHOUT_LINE)
        _remind_anew(connection, wrong, task_id)
    _insert(connection, task_groups, said)
    for table in (timers, subscriptions, incidents):
        connection.execute(delete(table).where(table.c.case_id == case_id))
        _insert(connection, table, said)


def _remove_tasks(connection: Connection, surplus: Collection[str]) -> None:
    if not surplus:
        return
    try:
        connection.execute(delete(escalations).where(escalations.c.task_id.in_(surplus)))
        connection.execute(delete(tasks).where(tasks.c.id.in_(surplus)))
    except exc.IntegrityError as error:
        raise Refused("ROW_IN_USE", rows=sorted(surplus)) from error


def _remind_anew(connection: Connection, wrong: Wrong, task_id: str) -> None:
    """What was told of the task, as its events and its office's levels explain it, and what is told next."""
    task, told = wrong.said.tasks[task_id], wrong.said.reminded.get(task_id, {})
    own = f"escalations {task_id}:"
    surplus = {each.about.removeprefix(own) for each in wrong.found if each.code == "SURPLUS"}
    held = {
        level: at for level, at in wrong.reminders.marks(task_id).items() if f"{level[0]}:{level[1]}" not in surplus
    }
    marks = held | told
    connection.execute(delete(escalations).where(escalations.c.task_id == task_id))
    rows = [{"task_id": task_id, "level": days, "target": target, "at": at} for (days, target), at in marks.items()]
    if rows:
        connection.execute(insert(escalations), rows)
    is_due = task["status"] == "open" and task["due"] is not None
    next_at = next_of(task, marks, wrong.offices, task["opened_at"]) if is_due else None
    connection.execute(update(tasks).where(tasks.c.id == task_id).values(next_escalation_at=next_at))


def _insert(connection: Connection, table: Table, said: RowsOfCase) -> None:
    rows = list(expected_rows(said, table).values())
    if rows:
        connection.execute(insert(table), rows)
