"""The five real plans against calendars that were made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plans.calendars import PLANS, Cycle, Entry, calendar_of
from workflows.plans.cycles import plan_cycles
from workflows.plans.document import PlanDocument
from workflows.plans.duties import duties_of, report_rules_of
from workflows.plans.read_text import read_text
from workflows.plans.times import occurrences
from workflows.store import clockwork
from workflows.store.database import Database

TEXTS = Path(__file__).with_name("texts")


def document(plan: str) -> PlanDocument:
    return read_text((TEXTS / f"{plan}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("plan", PLANS)
def test_what_must_open_when_and_be_due_when(plan: str) -> None:
    read = document(plan)
    assert read.period is not None
    found = [
        Entry(duty.no, one.key, one.opens, one.due, one.count)
        for duty in duties_of(read)
        for one in occurrences(duty.time, read.period)
    ]
    assert sorted(found, key=str) == sorted(calendar_of(plan).duties, key=str)


def test_who_must_report_by_when(memory: Database) -> None:
    with memory.write() as connection:
        clockwork.seed_calendar(connection, range(2020, 2026))
        working_days = clockwork.calendar_of(connection, None)
    for plan in PLANS:
        read = document(plan)
        assert read.period is not None
        found = [
            Cycle(each.key, each.unit_due, each.office_due)
            for rule in report_rules_of(read)
            for each in plan_cycles(
                rule.every, rule.unit_due_json(), rule.office_due_json(), read.period, working_days, only=rule.only
            )
        ]
        assert found == calendar_of(plan).cycles, plan
