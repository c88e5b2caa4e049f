"""Report rules, cycles that are opened once, and submissions, a lower office's report among them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.store.office import NOW, Office, enter_office
from tests.store.plan_of import add_plan
from workflows.errors import NotFound
from workflows.store import plans, reporting, submitting
from workflows.store.database import Database


def add_cycles(connection: Connection, office: Office, office_id: int) -> tuple[int, list[reporting.Cycle]]:
    """A plan in force with two yearly cycles, and their rows."""
    plan_id = add_plan(connection, office, status="in_force")
    rule = reporting.add_rule(
        connection,
        {
            "plan_id": plan_id,
            "every": "year",
            "units": [office.culture, office.finance],
            "focal_body_id": office.culture,
            "parent_body_id": office.province,
            "unit_due": {"month": 11, "day": 15, "rel": "before"},
            "assumed": False,
        },
    )
    rows = [
        {
            "rule_id": rule,
            "plan_id": plan_id,
            "office_id": office_id,
            "key": str(year),
            "window_from": date(year - 1, 12, 15),
            "window_to": date(year, 12, 14),
            "opens_on": date(year, 10, 15),
            "unit_due": date(year, 11, 15),
            "office_due": date(year, 11, 19),
            "last": year == 2027,
        }
        for year in (2027, 2026)
    ]
    reporting.add_cycles(connection, rows)
    return plan_id, reporting.cycles_of_plan(connection, plan_id)


def test_a_rule_comes_back(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id, _ = add_cycles(connection, office, office.commune)
        (rule,) = reporting.rules_of(connection, plan_id)
        assert reporting.rule(connection, rule.id) == rule
        assert (rule.units, rule.unit_due) == (
            (office.culture, office.finance),
            {"month": 11, "day": 15, "rel": "before"},
        )
        assert (rule.office_due, rule.assumed) == (None, False)


def test_a_cycle_is_opened_once_when_its_day_has_come(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id, rows = add_cycles(connection, office, office.commune)
        assert [(each.key, each.last) for each in rows] == [("2026", False), ("2027", True)]
        assert reporting.cycles_to_open(connection, date(2026, 10, 14), 5) == []
        (due,) = reporting.cycles_to_open(connection, date(2026, 10, 15), 5)
        assert due == rows[0] == reporting.cycle(connection, due.id)
        assert reporting.claim_cycles(connection, [due.id]) == {due.id}
        reporting.note_opened(connection, {due.id: (7, None)}, NOW)
        assert reporting.cycle(connection, due.id).opened_at == NOW
        assert reporting.claim_cycles(connection, [due.id]) == set()
        assert reporting.cycles_to_open(connection, date(2026, 10, 15), 5) == []
        plans.change_plan(connection, plan_id, status="stopped")
        assert reporting.cycles_to_open(connection, date(2027, 12, 31), 5) == []
        with pytest.raises(NotFound):
            reporting.cycle(connection, 99)


def test_each_unit_sends_once_in_a_cycle(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        _, (cycle, _later) = add_cycles(connection, office, office.commune)
        row = {"cycle_id": cycle.id, "status": "chua_gui", "figures": {}, "late": False}
        units = [(office.culture, "Phòng VH-XH"), (office.finance, "Phòng Kinh tế")]
        submitting.add_submissions(connection, [{**row, "body_id": unit, "body_name": name} for unit, name in units])
        first, second = submitting.submissions_of(connection, cycle.id)
        submitting.change_submission(
            connection, first.id, status="da_gui", text="Đã làm", figures={"hoan_thanh": 3}, sent_at=NOW, late=True
        )
        sent = submitting.submission_of(connection, cycle.id, office.culture)
        assert (sent.status, sent.figures, sent.sent_at, sent.late) == ("da_gui", {"hoan_thanh": 3}, NOW, True)
        assert submitting.submission_of(connection, cycle.id, office.finance) == second
        with pytest.raises(NotFound):
            submitting.submission_of(connection, cycle.id, office.front)


def test_a_report_sent_up_finds_the_running_cycle_of_the_parent(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        _, (cycle, _later) = add_cycles(connection, office, office.province)
        row = {"cycle_id": cycle.id, "status": "chua_gui", "figures": {}, "body_name": "UBND xã"}
        submitting.add_submissions(connection, [{**row, "body_id": office.commune}])
        expected = (connection, office.province, office.commune, "year", date(2025, 12, 15), date(2026, 12, 14))
        assert submitting.expected_above(*expected) is None
        reporting.note_opened(connection, {cycle.id: (7, None)}, NOW)
        found = submitting.expected_above(*expected)
        assert found is not None
        assert found.cycle_id == cycle.id
        assert submitting.expected_above(connection, office.commune, *expected[2:]) is None
        assert submitting.expected_above(*expected[:3], "month", *expected[4:]) is None
        submitting.change_submission(connection, found.id, status="da_gui")
        assert submitting.expected_above(*expected) == submitting.submission(connection, found.id)
