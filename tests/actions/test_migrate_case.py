"""Running cases go on under another version: tried out first, then one or all, with what was found about each."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, process, users
from workflows.actions import complete_task, migrate_all, migrate_case, migration_report, start_process, suspend_case
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.running_cases import running_cases
from workflows.store.tables.processes import events
from workflows.store.tables.worklist import task_groups, tasks, timers

from .field import ADMINISTRATOR, OFFICER, WORKER, Field, of_office
from .small_office import everything, refused, stored

HOUR = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"


def task(name: str, groups: str, form: str = "f", due: str = "PT1H") -> str:
    return (
        f'<userTask id="{name}" name="Bước {name}" camunda:candidateGroups="{groups}" camunda:formKey="{form}" '
        f'camunda:dueDate="{due}"/>'
    )


def boundary(to: str, name: str = "b") -> str:
    return f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="false">{HOUR}</boundaryEvent>'


OLD = process(BORDER + task("x", "can_bo@1,van_thu@1") + users("y") + boundary("x"), "s x y e", "b e")
NEW = process(
    BORDER + task("z", "thu_truong@1", "g", "PT9H") + users("y", "w") + boundary("z", "t"), "s z y w e", "t e"
)
Z = {"x": "z", "b": "t"}


@pytest.fixture
def field(database: Database) -> Field:
    return Field(database)


@pytest.fixture
def case(field: Field) -> int:
    field.sow(OLD)
    case = start_process(field.desk(), "P", {}, "K1")
    field.sow(NEW)
    return case


def test_the_rows_follow_the_case(field: Field, case: int) -> None:
    (before,) = stored(field.database, tasks)
    (timer,) = stored(field.database, timers)
    found = migrate_case(field.desk(ADMINISTRATOR), case, 2, reason=" sửa ", mapping=Z)
    assert found == ()
    (after,) = stored(field.database, tasks)
    assert (after.id, after.due, after.opened_at) == (before.id, before.due, before.opened_at)
    assert (after.element, after.name, after.form, after.status) == ("z", "Bước z", "g", "open")
    assert [row.group_key for row in stored(field.database, task_groups)] == ["thu_truong@1"]
    assert [(row.element, row.due) for row in stored(field.database, timers)] == [("t", timer.due)]
    (event,) = stored(field.database, events, type="CaseMigrated")
    assert (event.data["reason"], event.data["elements"], event.actor["person"]) == ("sửa", Z, "7")
    with field.database.read() as connection:
        (running,) = running_cases(connection, "P")
    assert (running.version, running.steps) == (2, ("z",))
    complete_task(field.desk(), after.id)
    complete_task(field.desk(), field.job(case, "y").id)
    assert field.waiting(case) == ["w"]


def test_what_forbids_it_is_told_and_nothing_changes(field: Field, case: int) -> None:
    desk = field.desk(ADMINISTRATOR)
    with refused(field.database, "BAD_MAPPING") as caught:
        migrate_case(desk, case, 2, reason="sửa", mapping={"khong": "z"})
    assert [reason.code for reason in caught.value.reasons] == ["BAD_MAPPING", "ELEMENT_GONE"]
    with refused(field.database, "REASON_REQUIRED"):
        migrate_case(desk, case, 2, reason=" ", mapping=Z)
    with refused(field.database, "NOT_FOUND"):
        migrate_case(desk, case, 9, reason="sửa", mapping=Z)
    with refused(field.database, "SAME_VERSION"):
        migrate_case(desk, case, 1, reason="sửa")
    for by in (OFFICER, WORKER):
        with refused(field.database, "NOT_YOURS"):
            migrate_case(field.desk(by), case, 2, reason="sửa", mapping=Z)
        with refused(field.database, "NOT_YOURS"):
            migrate_all(field.desk(by), "P", 2, reason="sửa", mapping=Z)


def test_a_dry_run_finds_everything_and_changes_nothing(field: Field, case: int) -> None:
    broken = process(BORDER + task("x", "${khong_co.gi}") + users("y"), "s x y e")
    field.sow(broken)
    second = start_process(field.desk(), "P", {"khong_co": {"gi": "can_bo@1"}}, "K2")
    suspend_case(field.desk(), second, "chờ")
    before = everything(field.database)
    with field.database.read() as connection:
        to_second = migration_report(connection, "P", None, 2, now=field.now)
        mapped = migration_report(connection, "P", 1, 2, now=field.now, mapping=Z)
        to_third = migration_report(connection, "P", None, 3, now=field.now)
    assert everything(field.database) == before
    assert [(each.case_id, each.business_key, each.may_go) for each in to_second] == [
        (case, "K1", False),
        (second, "K2", False),
    ]
    assert [[finding.code for finding in each.findings] for each in to_second] == [
        ["ELEMENT_GONE"],
        ["ELEMENT_GONE", "CASE_SUSPENDED"],
    ]
    assert [(each.case_id, each.findings, each.may_go) for each in mapped] == [(case, (), True)]
    assert [[finding.code for finding in each.findings] for each in to_third] == [["WAIT_DROPPED", "EXPRESSION_ERROR"]]


def test_all_are_migrated_each_by_itself(field: Field, case: int) -> None:
    field.sow(OLD)
    second, third, fourth = (start_process(field.desk(), "P", {}, None) for _ in range(3))
    complete_task(field.desk(), field.job(second, "x").id)
    suspend_case(field.desk(), third, "chờ")
    field.sow(NEW)
    results = migrate_all(field.desk(ADMINISTRATOR), "P", 4, reason="sửa", mapping=Z)
    assert [(each.case_id, each.done, [finding.code for finding in each.findings]) for each in results] == [
        (case, True, []),
        (second, True, []),
        (third, False, ["CASE_SUSPENDED"]),
        (fourth, True, []),
    ]
    with field.database.read() as connection:
        assert [each.version for each in running_cases(connection, "P")] == [4, 4, 3, 4]
        assert [each.id for each in running_cases(connection, "P", 3)] == [third]
    assert migrate_all(field.desk(), "P", 4, reason="sửa", from_version=1) == []
    with refused(field.database, "NOT_FOUND"):
        migrate_all(field.desk(), "P", 9, reason="sửa")


def test_an_administrator_migrates_the_cases_of_the_own_office_only(field: Field) -> None:
    with field.database.write() as connection:
        ours, theirs = (directory.add_body(connection, kind="office", name=name) for name in ("UBND A", "UBND B"))
        for role in ("thu_truong", "can_bo"):  # a process that nobody could do is not deployed
            post = directory.add_post(connection, ours, role, role)
            directory.hold(connection, post, directory.add_person(connection, role))
    field.sow(OLD)
    own, other = (start_process(field.desk(), "P", {}, None, office_id=office) for office in (ours, theirs))
    field.sow(NEW)
    desk = field.desk(of_office(ADMINISTRATOR, ours))
    with refused(field.database, "NOT_YOURS"):
        migrate_case(desk, other, 2, reason="sửa", mapping=Z)
    assert [each.case_id for each in migrate_all(desk, "P", 2, reason="sửa", mapping=Z)] == [own]
