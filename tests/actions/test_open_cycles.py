"""open_cycles: when its day comes a report cycle asks the units that are in office that day, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from tests.actions.small_office import REASON, everything, started, stored
from tests.stories.cast import Cast, day
from workflows.actions import stop_plan
from workflows.actions.open_cycles import open_cycles
from workflows.store import directory, reporting
from workflows.store.database import Database
from workflows.store.shard import Shard
from workflows.store.tables.processes import cases
from workflows.store.tables.reporting import cycles, report_rules, submissions
from workflows.store.tables.telling import outbox

OPENS = day(2024, 10, 10)


@pytest.fixture
def in_force(cast: Cast) -> Cast:
    """The plan is in force; its one cycle has not opened."""
    cast.pass_to_force()
    return cast


def named(cast: Cast, name: str) -> int:
    with cast.database.read() as connection:
        found = directory.find_body(connection, cast.office.id, name, date(2024, 2, 5))
    assert found is not None
    return found.id


def test_nothing_opens_before_its_day(in_force: Cast) -> None:
    in_force.now = day(2024, 10, 9, 23, 59)
    before = everything(in_force.database)
    assert open_cycles(in_force.clock).found == 0
    assert everything(in_force.database) == before


def test_on_its_day_each_unit_has_a_task_until_its_last_day(in_force: Cast) -> None:
    in_force.now = OPENS
    swept = open_cycles(in_force.clock)
    assert (swept.found, swept.done, swept.failed) == (1, 1, 0)
    (cycle,) = stored(in_force.database, cycles)
    assert (cycle.opened_at, cycle.unit_due, cycle.office_due) == (OPENS, date(2024, 11, 9), date(2024, 11, 19))
    asked = in_force.open("nop_bao_cao")
    expected = stored(in_force.database, submissions, cycle_id=cycle.id)
    assert {task.variables["don_vi_nop"] for task in asked} == {row.body_id for row in expected}
    assert {row.status for row in expected} == {"chua_gui"}
    assert {task.due for task in asked} == {day(2024, 11, 9, 23, 59).replace(second=59)}


def test_a_part_of_the_offices_opens_its_own_cycles_alone(in_force: Cast) -> None:
    in_force.now = OPENS
    done = [open_cycles(in_force.clock, shard=Shard(number, 3)).done for number in range(3)]
    assert sorted(done) == [0, 0, 1]
    assert open_cycles(in_force.clock).found == 0


def test_opened_twice_is_opened_once(in_force: Cast) -> None:
    in_force.now = OPENS
    open_cycles(in_force.clock)
    before = everything(in_force.database)
    assert open_cycles(in_force.clock).found == 0
    assert everything(in_force.database) == before


def test_two_sweeps_at_once_open_one_case(database: Database) -> None:
    cast = started(database)
    cast.pass_to_force()
    cast.now = OPENS
    ready = Barrier(2)

    def sweep(_: int) -> int:
        ready.wait()
        swept = open_cycles(cast.clock)
        assert swept.failed == 0
        return swept.done

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(sweep, range(2))) == 1
    assert len(stored(database, cases, process="bao_cao")) == 1


def test_a_unit_that_ended_reports_through_its_successor_and_two_that_were_merged_report_once(in_force: Cast) -> None:
    old, heir = named(in_force, "Phòng Văn hóa"), named(in_force, "Phòng Tư pháp")
    with in_force.database.write() as connection:
        directory.end_body(connection, old, date(2024, 6, 30), heir)
    in_force.now = OPENS
    open_cycles(in_force.clock)
    asked = [task.variables["don_vi_nop"] for task in in_force.open("nop_bao_cao")]
    assert old not in asked
    assert asked.count(heir) == 1
    names = [row.body_name for row in stored(in_force.database, submissions)]
    assert "Phòng Văn hóa" not in names


def test_a_unit_that_nobody_followed_is_not_asked_but_named_and_told(in_force: Cast) -> None:
    gone = named(in_force, "Phòng Văn hóa")
    with in_force.database.write() as connection:
        directory.end_body(connection, gone, date(2024, 6, 30))
    in_force.now = OPENS
    open_cycles(in_force.clock)
    assert gone not in {task.variables["don_vi_nop"] for task in in_force.open("nop_bao_cao")}
    assert stored(in_force.database, submissions, body_id=gone)[0].status == "khong_con"
    (told,) = stored(in_force.database, outbox, kind="report_gap")
    assert "Phòng Văn hóa" in told.data["what"]


def test_a_rule_without_a_day_opens_by_its_period_and_the_clerks_hear_of_it_once(in_force: Cast) -> None:
    with in_force.database.write() as connection:
        connection.execute(report_rules.update().values(unit_due=None, office_due=None))
        (cycle,) = reporting.cycles_of_plan(connection, in_force.plan_id)
        columns = {"window_from": date(2023, 12, 15), "window_to": date(2024, 12, 14), "last": False}
        days = {"opens_on": OPENS.date(), "unit_due": cycle.unit_due, "office_due": cycle.office_due}
        of = {"rule_id": cycle.rule_id, "plan_id": cycle.plan_id, "office_id": cycle.office_id, "key": "again"}
        reporting.add_cycles(connection, [{**of, **columns, **days}])
    in_force.now = OPENS
    assert open_cycles(in_force.clock).done == 2
    (told,) = stored(in_force.database, outbox, kind="report_gap")
    assert (told.data["gap"], f"{cycle.unit_due:%d/%m/%Y}" in told.data["what"]) == ("no_day", True)


def test_without_any_unit_the_focal_point_writes_at_once(in_force: Cast) -> None:
    with in_force.database.write() as connection:
        connection.execute(report_rules.update().values(units=[]))
    in_force.now = OPENS
    assert open_cycles(in_force.clock).done == 1
    assert stored(in_force.database, submissions) == []
    (task,) = [one for one in in_force.open() if one.process == "bao_cao"]
    assert task.element == "tong_hop"
    assert task.groups[0].endswith(f"@{named(in_force, 'Văn phòng')}")


def test_a_focal_point_that_nobody_followed_is_replaced_by_the_drafting_unit(in_force: Cast) -> None:
    with in_force.database.write() as connection:
        gone = directory.add_body(
            connection, kind="unit", name="Tổ cũ", office_id=in_force.office.id, valid_to=date(2024, 1, 1)
        )
        connection.execute(report_rules.update().values(units=[], focal_body_id=gone))
    in_force.now = OPENS
    open_cycles(in_force.clock)
    (task,) = [one for one in in_force.open() if one.process == "bao_cao"]
    assert f"can_bo@{in_force.office.drafting_unit_id}" in task.groups


def test_a_stopped_plan_opens_no_cycle(in_force: Cast) -> None:
    stop_plan(in_force.desk("chu_tich"), in_force.plan_id, REASON)
    in_force.now = OPENS
    assert open_cycles(in_force.clock).found == 0


def test_one_that_cannot_open_keeps_no_other_from_opening_and_is_counted(in_force: Cast) -> None:
    with in_force.database.write() as connection:
        (first,) = reporting.cycles_of_plan(connection, in_force.plan_id)
        broken = reporting.add_rule(
            connection,
            {"plan_id": in_force.plan_id, "every": "year", "units": [10_000], "focal_body_id": 1, "assumed": False},
        )
        row = {column.name: getattr(first, column.name) for column in cycles.c if column.name != "id"}
        reporting.add_cycles(connection, [row | {"rule_id": broken, "opens_on": date(2024, 10, 1)}])
    in_force.now = OPENS
    swept = open_cycles(in_force.clock)
    assert (swept.found, swept.done, swept.failed) == (2, 1, 1)
    opened = [row.opened_at for row in stored(in_force.database, cycles)]
    assert opened == [OPENS, None]
    open_cycles(in_force.clock)
    (told,) = stored(in_force.database, outbox, kind="cycle_failed")  # once a day, for the clerks
    assert (told.plan_id, told.office_id) == (in_force.plan_id, in_force.office.id)
