"""The inbox of a person, the work of a case, jobs, and who waits for a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Text, and_, cast, select, update

from tests.store.case_of import start, write
from tests.store.office import NOW, enter_office
from workflows.engine import events
from workflows.engine.events import TaskOpened
from workflows.store import inbox as inboxes
from workflows.store import worklist
from workflows.store.database import Database
from workflows.store.tables.processes import cases as case_rows
from workflows.store.tables.worklist import incidents, task_groups, tasks

CHAIRMEN = "chu_tich@1"
END_OF_TODAY = datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)  # 23:59:59 in Asia/Ho_Chi_Minh

OF_A_LIST = ("offered", "due", "priority", "opened_at", "follow_up", "excludes")


def opened(number: int, **more: Any) -> TaskOpened:
    return TaskOpened(str(number), f"buoc_{number}", **{"candidate_groups": (CHAIRMEN,), **more})


def names(found: inboxes.Inbox) -> list[str]:
    return [each.element for each in found.tasks]


def inbox(
    connection: Connection, person: str = "7", groups: tuple[str, ...] = (CHAIRMEN,), **more: Any
) -> inboxes.Inbox:
    return inboxes.inbox(connection, person, groups, NOW, **more)


def test_a_task_comes_back_whole(database: Database) -> None:
    ladder = ((-2, "nguoi_giu"), (1, "thu_truong"))
    event = opened(2, due=END_OF_TODAY, escalation=ladder, variables={"co_quan": 5}, form_key="ky", excluded=("9",))
    with database.write() as connection:
        case = start(connection, event, plan_id=12)
        row = worklist.task(connection, f"{case.id}-2")
        assert worklist.task(connection, "9-9") is None
    assert row is not None
    assert (row.task_id, row.case_id, row.plan_id, row.status, row.form) == ("2", case.id, 12, "open", "ky")
    assert (row.escalation, row.excluded, row.groups, row.variables) == (ladder, ("9",), (CHAIRMEN,), {"co_quan": 5})
    assert (row.due, row.opened_at, row.closed_at, row.round) == (END_OF_TODAY, NOW, None, 1)


def test_the_inbox_holds_what_the_person_may_do(database: Database) -> None:
    with database.write() as connection:
        start(
            connection,
            opened(2),
            opened(3, assignee="7", candidate_groups=()),
            opened(4, assignee="8"),
            opened(5, candidate_groups=("van_thu@1",)),
            opened(6, candidate_groups=(), candidate_users=("7",)),
            opened(7, excluded=("7", "8")),
            opened(8, excluded=("17",)),
            opened(9, kind="job", topic="cap_so"),
        )
        assert names(inbox(connection)) == ["buoc_2", "buoc_3", "buoc_6", "buoc_8"]
        assert inboxes.inbox(connection, 7, [], NOW).total == 2
        assert names(inbox(connection, person="8")) == ["buoc_2", "buoc_4", "buoc_8"]


def test_who_closes_or_takes_it_removes_it_for_the_others(database: Database) -> None:
    with database.write() as connection:
        case = start(connection, opened(2), opened(3))
        case = write(connection, case, events.TaskAssigned("2", "buoc_2", "8"))
        assert names(inbox(connection)) == ["buoc_3"]
        case = write(connection, case, events.TaskClosed("3", "buoc_3", person="8"))
        assert inbox(connection).tasks == ()
        write(connection, case, events.TaskAssigned("2", "buoc_2", None, how="released"))
        assert names(inbox(connection)) == ["buoc_2"]


def test_the_most_urgent_stand_first_and_a_page_begins_behind_a_task(database: Database) -> None:
    day = timedelta(days=1)
    with database.write() as connection:
        case = start(
            connection,
            opened(2),
            opened(3, due=END_OF_TODAY + 8 * day),
            opened(4, due=END_OF_TODAY + 7 * day),
            opened(5, due=END_OF_TODAY + day),
            opened(6, due=END_OF_TODAY),
            opened(7, due=NOW - timedelta(seconds=1)),
            opened(8, due=END_OF_TODAY, priority=80),
        )
        found = inbox(connection)
        assert names(found) == ["buoc_7", "buoc_8", "buoc_6", "buoc_5", "buoc_4", "buoc_3", "buoc_2"]
        assert (found.total, found.more, found.uncounted) == (7, False, False)
        page = inbox(connection, limit=2, after=found.tasks[0].id)
        assert (names(page), page.total, page.more) == (["buoc_8", "buoc_6"], 7, True)
        last = inbox(connection, limit=2, after=found.tasks[4].id)
        assert (names(last), last.more) == (["buoc_3", "buoc_2"], False)
        write(connection, case, events.TaskClosed("7", "buoc_7", person="8"))
        assert names(inbox(connection, limit=2, after=found.tasks[0].id)) == ["buoc_8", "buoc_6"], "its place is known"
        assert names(inbox(connection, limit=0)) == [] and inbox(connection, limit=0).total == 6


def test_counting_stops_and_pages_go_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "COUNTED", 3)
    days = [None if number % 4 == 0 else END_OF_TODAY + timedelta(days=number % 3) for number in range(12)]
    with database.write() as connection:
        start(connection, *(opened(number + 2, due=day, priority=number % 2) for number, day in enumerate(days)))
        whole = [each.id for each in inbox(connection, limit=100).tasks]
        seen: list[str] = []
        while len(seen) < 12:
            page = inbox(connection, limit=2, after=seen[-1] if seen else None)
            assert (page.total, page.uncounted, page.more) == (3, True, len(seen) < 10)
            seen += [each.id for each in page.tasks]
    assert seen == whole and len(set(seen)) == 12


def test_what_stands_beside_the_groups_is_what_the_task_is(database: Database) -> None:
    """However a task comes to change, lists find it by what it is now."""
    with database.write() as connection:
        case = start(connection, opened(2, due=NOW), opened(3, assignee="8"), opened(4, excluded=("9",)), opened(5))
        case = write(connection, case, events.TaskAssigned("2", "buoc_2", "8"))
        case = write(connection, case, events.TaskAssigned("3", "buoc_3", None, how="released"))
        case = write(connection, case, events.PersonsExcluded("3", "buoc_3", ("7",)))
        case = write(connection, case, events.TaskRescheduled("4", "buoc_4", END_OF_TODAY, "lùi", None))
        write(connection, case, events.TaskRevised("5", "buoc_5", candidate_groups=("van_thu@1",)))
        beside = select(*(task_groups.c[name] for name in OF_A_LIST)).order_by(task_groups.c.task_id)
        its_own = select(
            and_(tasks.c.status == "open", tasks.c.kind == "user", tasks.c.assignee.is_(None)),
            *(tasks.c[name] for name in OF_A_LIST[1:-1]),
            cast(tasks.c.excluded, Text) != "[]",
        ).order_by(tasks.c.id)
        assert connection.execute(beside).all() == connection.execute(its_own).all()
        assert names(inbox(connection, person="8")) == ["buoc_2", "buoc_4", "buoc_3"]
        assert names(inbox(connection, person="7", groups=("van_thu@1",))) == ["buoc_5"]


def test_an_inbox_of_one_office(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        start(connection, opened(2), office_id=office.commune)
        start(connection, opened(3), office_id=office.province)
        assert names(inbox(connection, office_id=office.province)) == ["buoc_3"]
        assert [each.element for each in worklist.late_tasks(connection, office.commune, NOW, 5)] == []


def test_an_empty_inbox_counts_nothing(database: Database) -> None:
    with database.read() as connection:
        found = inbox(connection, groups=())
    assert (found.tasks, found.total, found.more, found.uncounted) == ((), 0, False, False)


def test_the_work_of_a_case_and_of_a_plan(database: Database) -> None:
    with database.write() as connection:
        one = start(connection, opened(2), opened(10), opened(3, kind="job", topic="x"), plan_id=12)
        other = start(connection, opened(2), plan_id=12)
        start(connection, opened(2), plan_id=13)
        one = write(connection, one, events.TaskClosed("2", "buoc_2", person="7"))
        of_plan = worklist.open_tasks_of(connection, plan_id=12)
        assert [each.id for each in of_plan] == [f"{one.id}-10", f"{other.id}-2"]
        assert [each.id for each in worklist.open_tasks_of(connection, case_id=one.id)] == [f"{one.id}-10"]
        assert [each.task_id for each in worklist.tasks_of_case(connection, one.id)] == ["2", "10"]
        with pytest.raises(TypeError):
            worklist.open_tasks_of(connection)


def test_what_a_person_has_done_latest_first(database: Database) -> None:
    with database.write() as connection:
        case = start(connection, opened(2), opened(3), opened(4))
        case = write(connection, case, events.TaskClosed("3", "buoc_3", person="7"))
        case = write(connection, case, events.TaskClosed("2", "buoc_2", person="7"), now=NOW + timedelta(minutes=1))
        write(connection, case, events.TaskClosed("4", "buoc_4", how="cancelled", person="7"))
        worklist.note_outcome(connection, f"{case.id}-2", "tra_lai", "Chưa đủ căn cứ")
        done = worklist.done_by(connection, 7, 5)
        assert [(each.task_id, each.outcome, each.remark) for each in done] == [
            ("2", "tra_lai", "Chưa đủ căn cứ"),
            ("3", None, None),
        ]
        assert len(worklist.done_by(connection, "7", 1)) == 1


def test_jobs_that_failed_too_often_wait_for_help(database: Database) -> None:
    with database.write() as connection:
        case = start(
            connection,
            opened(2, kind="job", topic="cap_so"),
            opened(3, kind="job", topic="cap_so", retries=2),
            opened(4, kind="job", topic="gui"),
            opened(5),
        )
        case = write(connection, case, events.TaskFailed("4", "buoc_4", "máy thư không trả lời", 0))
        assert [each.task_id for each in worklist.open_jobs(connection, 9)] == ["2", "3"]
        failed = worklist.task(connection, f"{case.id}-4")
        assert failed is not None
        assert (failed.status, failed.retries, failed.remark) == ("open", 0, None)  # why stands in the event
        connection.execute(update(case_rows).values(suspended=True))
        assert worklist.open_jobs(connection, 9) == []


def test_who_waits_for_a_message(database: Database) -> None:
    def waits(number: int, kind: str, name: str, key: str | None = None) -> events.SubscriptionOpened:
        return events.SubscriptionOpened(str(number), "1", f"tin_{number}", kind, name, key)

    with database.write() as connection:
        both = (waits(2, "message", "tra_loi", "a"), waits(3, "signal", "tra_loi"))
        one = start(connection, *both, business_key="plan:1")
        other = start(connection, waits(2, "message", "tra_loi"), waits(3, "message", "khac"))
        found = worklist.subscriptions(connection, "message", "tra_loi")
        assert [(each.case_id, each.key, each.business_key) for each in found] == [
            (one.id, "a", "plan:1"),
            (other.id, None, None),
        ]
        with_key = worklist.subscriptions(connection, "message", "tra_loi", "b")
        assert [each.case_id for each in with_key] == [other.id]
        write(connection, other, events.SubscriptionClosed("2", "tin_2", delivered=True))
        assert [each.case_id for each in worklist.subscriptions(connection, "message", "tra_loi")] == [one.id]


def test_incidents_wait_until_they_are_resolved(database: Database) -> None:
    with database.write() as connection:
        case = start(connection, events.IncidentRaised("5", "NO_HOLDER", "ky", "không có ai", {"command": "FireTimer"}))
        (found,) = connection.execute(select(incidents)).all()
        assert (found.case_id, found.incident_id, found.code) == (case.id, "5", "NO_HOLDER")
        assert (found.element, found.message) == ("ky", "không có ai")
        write(connection, case, events.IncidentResolved("5", "đã bổ nhiệm"))
        assert connection.execute(select(incidents)).all() == []
