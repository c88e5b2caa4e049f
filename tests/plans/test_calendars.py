"""The five real plans against calendars that were made by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
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
    assert sorted(found, key=str) == sorted(calendar_of(plan)[0], key=str)


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
            for each in plan_cycles(rule.every, rule.unit_due_json(), rule.office_due_json(), read.period, working_days)
        ]
        assert found == calendar_of(plan)[1], plan


def test_the_simulation_opens_just_that() -> None:
    """The plan with every shape of time, from January to the day when February has opened."""
    plan = "004_095502a10b21373e"
    command = ["simulate", str(TEXTS / f"{plan}.txt"), "--late", "0", "--to", "2024-02-02", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", "from service.cli.main import main; main()", *command],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    said = json.loads(done.stdout)
    (sent,) = [each["at"] for each in said["happened"] if each["kind"] == "distributed"]
    in_force = date.fromisoformat(sent[:10])
    by_hand = {(each.no, each.key): each for each in calendar_of(plan)[0]}
    assert {(each["no"], each["key"]) for each in said["duties"]} == set(by_hand)
    for each in said["duties"]:
        entry = by_hand[each["no"], each["key"]]
        assert (each["due"], each["required"]) == (entry.due and entry.due.isoformat(), entry.count)
        if each["passed_over"]:
            assert entry.due is not None and entry.due < in_force and each["opened"] is None
            continue
        assert each["opens"] == max(entry.opens, in_force).isoformat()
        assert bool(each["opened"]) == (entry.opens <= date(2024, 2, 2)), each
