"""Timers and levels of escalation that have come due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from tests.store.case_of import start, write
from tests.store.office import NOW
from workflows.engine import events
from workflows.engine.calendar import Calendar
from workflows.store import due, worklist
from workflows.store.database import Database
from workflows.store.escalation_times import Level, levels
from workflows.store.tables.processes import cases as case_rows

DUE = datetime(2026, 3, 11, 16, 59, 59, tzinfo=UTC)
LADDER = ((-2, "nguoi_giu"), (1, "thu_truong"), (1, "van_thu"))


def armed(number: int, at: datetime) -> events.TimerArmed:
    return events.TimerArmed(str(number), "1", f"han_{number}", at)


def test_due_timers_in_the_order_of_their_instants(database: Database) -> None:
    second = timedelta(seconds=1)
    with database.write() as connection:
        case = start(connection, armed(2, NOW), armed(3, NOW - second), armed(4, NOW + second))
        found = due.due_timers(connection, NOW, 10)
        assert [(each.timer_id, each.element, each.due) for each in found] == [
            ("3", "han_3", NOW - second),
            ("2", "han_2", NOW),
        ]
        assert len(due.due_timers(connection, NOW, 1)) == 1
        case = write(connection, case, events.TimerDisarmed("3", "han_3", fired=True))
        assert [each.timer_id for each in due.due_timers(connection, NOW, 10)] == ["2"]
        connection.execute(update(case_rows).values(suspended=True))
        assert due.due_timers(connection, NOW, 10) == []


def test_an_escalation_is_due_once_a_level_and_ends_with_the_task(database: Database) -> None:
    with database.write() as connection:
        case = start(connection, events.TaskOpened("2", "ky", due=DUE, escalation=LADDER))
        task = f"{case.id}-2"
        reminder, *late = levels(Calendar(), DUE, LADDER)
        assert due.due_escalations(connection, reminder.at - timedelta(seconds=1), 10) == []
        assert [each.id for each in due.due_escalations(connection, reminder.at, 10)] == [task]
        assert due.levels_told(connection, [task]) == {task: set()}

        for _ in range(2):  # two sweeps at once: the second one changes nothing
            due.record_levels(connection, [(task, reminder)], {task: late[0].at}, reminder.at)
        assert due.levels_told(connection, [task]) == {task: {(-2, "nguoi_giu")}}
        assert due.due_escalations(connection, late[0].at - timedelta(seconds=1), 10) == []
        assert [each.id for each in due.due_escalations(connection, late[0].at, 10)] == [task]

        write(connection, case, events.TaskClosed("2", "ky", person="7"))
        assert due.due_escalations(connection, late[0].at, 10) == []
        due.record_levels(connection, [], {task: late[0].at}, late[0].at)
        closed = worklist.task(connection, task)
        assert closed is not None
        assert closed.next_escalation_at is None


def test_many_tasks_are_noted_at_once(database: Database) -> None:
    opened = [events.TaskOpened(str(number), "ky", due=DUE, escalation=LADDER) for number in range(2, 30)]
    with database.write() as connection:
        start(connection, *opened)
        found = due.due_escalations(connection, DUE, 100)
        told = [(task.id, Level(-2, "nguoi_giu", DUE)) for task in found]
        due.record_levels(connection, told, dict.fromkeys([task.id for task in found]), DUE)
        assert due.due_escalations(connection, DUE + timedelta(days=30), 100) == []
        known = due.levels_told(connection, [task.id for task in found])
    assert list(known.values()) == [{(-2, "nguoi_giu")}] * len(opened)


def test_nothing_due_writes_nothing(database: Database) -> None:
    with database.write() as connection:
        due.record_levels(connection, [], {}, NOW)
        assert due.levels_told(connection, []) == {}
