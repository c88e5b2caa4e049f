"""Report cycles open by themselves: the units are asked, with their day and the office's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import clockwork, directory, plans, reporting, telling
from workflows.store.directory import Body

from .desk import Desk, Swept, Work
from .handle import start_case
from .one_by_one import one_by_one


def open_cycles(desk: Desk, limit: int = 500) -> Swept:
    """Open the cycles whose day has come, oldest first, each in a transaction of its own; twice is once."""
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = reporting.cycles_to_open(connection, Calendar().local_day(desk.now), limit)
    swept = one_by_one(clock, [partial(_open, cycle=cycle) for cycle in due])
    if swept.failed:
        _tell_failed(clock, due)
    return swept


def _tell_failed(desk: Desk, due: Sequence[reporting.Cycle]) -> None:
    """The clerks hear once a day of each cycle that could not be opened."""
    with desk.open() as work:
        for cycle in due:
            if reporting.cycle(work.connection, cycle.id).opened_at is None:
                telling.tell(
                    work.connection,
                    "cycle_failed",
                    f"cycle-failed:{cycle.id}:{work.today.isoformat()}",
                    work.now,
                    office_id=cycle.office_id,
                    plan_id=cycle.plan_id,
                    data={"cycle_id": cycle.id},
                )


def _open(work: Work, cycle: reporting.Cycle) -> None:
    if not reporting.claim_cycle(work.connection, cycle.id, work.now):
        raise Stale(cycle=cycle.id)
    rule = reporting.rule(work.connection, cycle.rule_id)
    plan = plans.plan(work.connection, cycle.plan_id)
    units = _in_office(work, rule.units)
    focal = _in_office(work, [rule.focal_body_id, plan.drafting_unit_id])
    reporting.add_submissions(
        work.connection,
        [
            {
                "cycle_id": cycle.id,
                "body_id": unit.id,
                "body_name": unit.name,
                "status": "chua_gui",
                "figures": {},
                "late": False,
            }
            for unit in units
        ],
    )
    calendar = clockwork.calendar_of(work.connection, cycle.office_id)
    variables = {
        "ky": cycle.id,
        "ke_hoach": plan.id,
        "co_quan": cycle.office_id,
        "dau_moi": focal[0].id if focal else rule.focal_body_id,
        "don_vi": [unit.id for unit in units],
        "nguoi_ky": plan.signer_role,
        "han_don_vi": calendar.end_of(cycle.unit_due).isoformat(),
        "chot_so_lieu": calendar.end_of(_cutoff(cycle, calendar)).isoformat(),
        "han_co_quan": calendar.end_of(cycle.office_due).isoformat(),
    }
    handled = start_case(
        work, "bao_cao", variables, business_key=f"bao_cao:{cycle.id}", office_id=cycle.office_id, plan_id=plan.id
    )
    reporting.change_cycle(work.connection, cycle.id, case_id=handled.case_id)


def _in_office(work: Work, body_ids: Sequence[int]) -> list[Body]:
    """Each body, or whichever followed it; two that were merged are one, one that nobody followed is left out."""
    found = [
        directory.in_office(work.connection, directory.body(work.connection, body_id), work.today)
        for body_id in body_ids
    ]
    return list({body.id: body for body in found if body is not None}.values())


def _cutoff(cycle: reporting.Cycle, calendar: Calendar) -> date:
    """The last day for late units: the working day before the office's own day, never before the units' day."""
    before = calendar.local_day(calendar.add_working_days(calendar.end_of(cycle.office_due), -1))
    return max(before, cycle.unit_due)
