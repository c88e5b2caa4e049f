"""Rows through the driver: a write of many steps, its first the condition of the others, and what errors it raises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import exc, func, select

from tests.store.case_of import start
from tests.store.office import NOW
from workflows.errors import Refused
from workflows.store import telling, worklist
from workflows.store.database import Database
from workflows.store.driver import Reading, read_rows, write
from workflows.store.steps import Change, Insert, Remove, Step
from workflows.store.tables.processes import cases
from workflows.store.tables.telling import outbox
from workflows.store.tables.worklist import timers


def timer(case_id: int, timer_id: str) -> dict[str, Any]:
    return {"case_id": case_id, "timer_id": timer_id, "element": "t", "due": NOW + timedelta(days=1)}


def occasion(key: str, **data: Any) -> Insert:
    row = telling.occasion_row("note", key, NOW, office_id=None, plan_id=None, case_id=None, task_id=None, data=data)
    return telling.telling([row])


def test_all_steps_or_none(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
        old = [timer(case.id, f'"{number}",\\') for number in range(3)]
        now: list[Step] = [Insert(timers, old), occasion("a", loi="Đồng ý")]
        assert write(connection, Change(cases, {"id": case.id}, {"business_key": "k"}), now)
        gone = Remove(timers, {"case_id": case.id, "timer_id": [row["timer_id"] for row in old[1:]]})
        later: list[Step] = [gone, Insert(timers, [timer(case.id, "9")]), occasion("a"), occasion("b")]
        missed = Change(cases, {"id": case.id, "revision": 99}, {"business_key": "m", "ended_at": NOW})
        assert not write(connection, missed, later)
        assert connection.scalar(select(func.count()).select_from(timers)) == 3
        assert write(connection, Change(cases, {"id": case.id, "business_key": "k"}, {"ended_at": NOW}), later)
    with database.read() as connection:
        kept = connection.execute(select(timers.c.timer_id, timers.c.due).order_by(timers.c.timer_id)).all()
        assert [tuple(row) for row in kept] == [('"0",\\', NOW + timedelta(days=1)), ("9", NOW + timedelta(days=1))]
        assert [(each.key, each.data) for each in telling.unaddressed(connection, 9)] == [
            ("a", {"loi": "Đồng ý"}),
            ("b", {}),
        ]
        reading = Reading(
            "SELECT business_key, ended_at, suspended, state, plan_id FROM cases WHERE id = ?1",
            [cases.c[name].type for name in ("business_key", "ended_at", "suspended", "state", "plan_id")],
        )
        assert read_rows(connection, reading, (case.id,)) == [("k", NOW, False, case.state, None)]
        assert read_rows(connection, reading, (case.id + 1,)) == []


def test_what_a_database_cannot_keep_is_refused(database: Database) -> None:
    for key, data in (("\0", {}), ("a", {"b": ["\0"]}), ("a", {"\ud800": 1})):
        with pytest.raises(Refused) as caught, database.write() as connection:
            case = start(connection)
            write(connection, Change(cases, {"id": case.id}, {"plan_id": 1}), [occasion(key, **data)])
        assert caught.value.code == "BAD_TEXT"
    with pytest.raises(Refused) as caught, database.write() as connection:
        case = start(connection)
        write(connection, Change(cases, {"id": case.id}, {"plan_id": 2**70}), [])
    assert caught.value.code == "BAD_VALUE"
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(outbox)) == 0


def test_a_broken_constraint_is_the_same_error_as_sqlalchemys(database: Database) -> None:
    with pytest.raises(exc.IntegrityError), database.write() as connection:
        case = start(connection)
        twice: list[Step] = [Insert(timers, [timer(case.id, "1")]), Insert(timers, [timer(case.id, "1")])]
        write(connection, Change(cases, {"id": case.id}, {"plan_id": 1}), twice)


def test_statements_stay_prepared_though_many_transactions_are_undone(database: Database) -> None:
    for _ in range(8):
        with pytest.raises(Refused), database.write() as connection:
            connection.execute(select(cases.c.id).where(cases.c.id == 1)).all()
            worklist.task(connection, "1-1")
            raise Refused("NOT_WAITING")
    with database.write() as connection:
        assert worklist.task(connection, "1-1") is None


def test_a_reading_transaction_stays_one_when_the_driver_begins_it(database: Database) -> None:
    with database.read() as connection:
        worklist.task(connection, "1-1")
        with pytest.raises(exc.DBAPIError):
            write(connection, Change(cases, {"id": 1}, {"plan_id": 1}), [])
