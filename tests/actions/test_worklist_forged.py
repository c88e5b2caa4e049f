"""What lists, the clock and messages look at: each column that somebody forges, each row that is cut or slipped in, is
named with what the events say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Column, Connection, Table, select, text

from tests.conftest import ON_POSTGRES
from tests.databases import SqliteTemplate
from tests.store.case_of import ACTOR
from tests.store.office import NOW, enter_office
from tests.store.rows_of_every_kind import forge, row_of
from workflows.actions import Desk
from workflows.actions.escalate import escalate
from workflows.engine import State, events, state_to_json
from workflows.engine.actor import CLOCK
from workflows.engine.evolve import apply
from workflows.store import cases, worklist
from workflows.store.beside.found import Beside
from workflows.store.beside.row_log import key_of
from workflows.store.beside.rules import REMINDED, STATE, rule_of
from workflows.store.beside_log import compare_beside
from workflows.store.database import Database
from workflows.store.jobs import set_lock
from workflows.store.log_proof import prove_log
from workflows.store.tables.worklist import (
    escalations,
    incidents,
    subscriptions,
    task_groups,
    tasks,
    timers,
)

FORGED_TABLES = (tasks, task_groups, escalations, timers, subscriptions, incidents)
COMPARED = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in FORGED_TABLES
    for column in table.c
    if rule_of(table.name, column.name, column.primary_key) in {STATE, REMINDED, "kept"}
]
DUE = NOW + timedelta(days=9)
LADDER = ((-2, "nguoi_giu"), (0, "nguoi_giu"), (1, "van_thu"))
HAPPENED = (
    events.NodeEntered("1", "ky", "0"),
    events.TaskOpened(
        "1",
        "ky",
        "Trình ký",
        candidate_groups=("chu_tich@2", "pho_chu_tich@2"),
        candidate_users=("7",),
        due=DUE,
        due_days=7,
        escalation=LADDER,
        excluded=("9",),
        variables={"so": 1, "gap": True},
        form_key="trinh_ky",
    ),
    events.TaskAssigned("1", "ky", "7"),
    events.TaskOpened("2", "soan", candidate_groups=("can_bo@2",), due=DUE, escalation=LADDER),
    events.TaskOpened("3", "may", kind="job", topic="cap_so", retries=2),
    events.TaskFailed("3", "may", "máy thư không trả lời", 1),
    events.TaskClosed("2", "soan", person="8"),
    events.TimerArmed("4", "1", "han", DUE),
    events.TimerRescheduled("4", "han", DUE + timedelta(days=1), "nghỉ lễ"),
    events.SubscriptionOpened("5", "1", "tin", "message", "tra_loi", "k"),
    events.IncidentRaised("6", "NO_OUTGOING_FLOW", "ky", "không có đường đi"),
)


@pytest.fixture(scope="module", params=["memory", ON_POSTGRES])
def house(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate) -> Iterator[Database]:
    """A case without any plan that has everything open, of which somebody was reminded."""
    if request.param == "memory":
        yield from _filled(sqlite_template.memory())
    else:
        with request.getfixturevalue("postgres").clean_database() as url:
            yield from _filled(Database(url))


def _filled(database: Database) -> Iterator[Database]:
    with database.write() as connection:
        office = enter_office(connection)
        row = cases.insert_definition(connection, key="P", name="P", xml="<x/>", now=NOW, by=None)
        case = cases.new_case(
            connection, definition_id=row.id, process="P", now=NOW, office_id=office.commune, business_key="k"
        )
        happened, state = (events.CaseStarted(str(row.id), "P", business_key="k"), *HAPPENED), State()
        for event in happened:
            apply(state, event)
        cases.append(connection, case, happened, state=state_to_json(state), now=NOW, actor=ACTOR)
        worklist.note_outcome(connection, f"{case.id}-2", "trinh", "Dự thảo lần 1", "9")
        set_lock(connection, f"{case.id}-3", "m1", NOW)
    assert escalate(Desk(database, DUE, CLOCK)).done == 1
    yield database
    database.close()


@contextmanager
def shell(database: Database) -> Iterator[Connection]:
    """Somebody with a database shell, who asks no foreign key and no trigger, and whose work is undone."""
    sqlite = database.is_sqlite
    with database.engine.connect() as connection:
        if sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.rollback()


def found(connection: Connection) -> list[Beside]:
    assert prove_log(connection).intact  # nobody touched an event
    return compare_beside(connection)


def a_row(connection: Connection, table: Table) -> str:
    """The key of a row of this table: of tasks the one that is done."""
    row = connection.execute(select(table).order_by(*table.primary_key).limit(2)).all()
    return key_of(table, row[-1 if table is tasks else 0]._mapping)


def test_what_the_program_wrote_is_what_the_events_say(house: Database) -> None:
    with shell(house) as connection:
        assert found(connection) == []
        assert all(connection.execute(select(table)).all() for table in FORGED_TABLES)


@pytest.mark.parametrize(("table", "column"), COMPARED)
def test_each_column_that_is_forged_is_named(house: Database, table: Table, column: Column[object]) -> None:
    with shell(house) as connection:
        forged = a_row(connection, table)
        forge(connection, table, column, forged)
        named, about = {(each.code, each.about, each.field) for each in found(connection)}, f"{table.name} {forged}"
        if column.primary_key or column.name == "case_id":
            assert ("MISSING", about, None) in named and "SURPLUS" in {code for code, _, _ in named}
        elif rule_of(table.name, column.name) == "kept":
            assert ("CHANGED", about, None) in named
        else:
            assert ("FIELD", about, column.name) in named


@pytest.mark.parametrize("table", FORGED_TABLES, ids=str)
def test_each_row_that_is_cut_is_named(house: Database, table: Table) -> None:
    with shell(house) as connection:
        gone = a_row(connection, table)
        named = " || ':' || ".join(each.name for each in table.primary_key)
        connection.execute(text(f"DELETE FROM {table.name} WHERE {named} = :gone"), {"gone": gone})
        assert ("MISSING", f"{table.name} {gone}") in {(each.code, each.about) for each in found(connection)}


@pytest.mark.parametrize("case_id", [1, 77], ids=["in a case that is there", "in none"])
@pytest.mark.parametrize("table", FORGED_TABLES, ids=str)
def test_each_row_that_is_slipped_in_is_named(house: Database, table: Table, case_id: int) -> None:
    with shell(house) as connection:
        row = row_of(table, 9) | {"case_id": case_id, "id": f"{case_id}-9", "task_id": f"{case_id}-2"}
        connection.execute(table.insert().values({name: row[name] for name in row if name in table.c}))
        key = ":".join(str(row[each.name]) for each in table.primary_key)
        assert ("SURPLUS", f"{table.name} {key}") in {(each.code, each.about) for each in found(connection)}


def test_what_a_row_holds_and_what_the_log_says_stand_beside_each_other(house: Database) -> None:
    with shell(house) as connection:
        connection.execute(text("UPDATE tasks SET assignee = '8' WHERE id = '1-1'"))
        (named,) = (each for each in found(connection) if each.about == "tasks 1-1")
        assert replace(named, plan_id=None) == Beside("FIELD", "tasks 1-1", None, "assignee", "8", "7")


@pytest.mark.parametrize("planted", ["NULL", "'2031-01-01 00:00:00+00'"], ids=["never", "years later"])
def test_who_silences_the_reminders_of_a_task_is_found(house: Database, planted: str) -> None:
    with shell(house) as connection:
        connection.execute(text(f"UPDATE tasks SET next_escalation_at = {planted} WHERE id = '1-1'"))
        assert [(each.about, each.field) for each in found(connection)] == [("tasks 1-1", "next_escalation_at")]


def test_a_case_that_is_moved_to_another_office_with_all_its_tasks_is_named(house: Database) -> None:
    with shell(house) as connection:
        connection.execute(text("UPDATE cases SET office_id = 1"))
        connection.execute(text("UPDATE tasks SET office_id = 1"))
        named = {(each.code, each.about, each.field) for each in found(connection)}
        assert ("CASE", "case 1", None) in named
        assert ("FIELD", "tasks 1-1", "office_id") in named


def test_true_is_not_one(house: Database) -> None:
    with shell(house) as connection:
        connection.execute(text("UPDATE tasks SET variables = '{\"so\": true, \"gap\": 1}' WHERE id = '1-1'"))
        assert [(each.about, each.field) for each in found(connection)] == [("tasks 1-1", "variables")]
