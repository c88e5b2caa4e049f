"""Report cycles open by themselves: the units are asked, with their day and the office's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import clockwork, directory, plans, reporting, submitting, telling
from workflows.store.directory import Body

from .desk import Desk, Swept, Work
from .handle import start_case
from .one_by_one import one_by_one
from .reports.take_in import tell_gap

LATE_OPENING_DAYS = 2


def open_cycles(desk: Desk, limit: int = 500) -> Swept:
    """Open the cycles whose day has come, oldest first, each in a transaction of its own; twice is once."""
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = reporting.cycles_to_open(connection, Calendar().local_day(desk.now), limit)
    swept = one_by_one(clock, [partial(open_cycle, cycle=cycle) for cycle in due])
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


def open_cycle(work: Work, cycle: reporting.Cycle) -> None:
    """Open one cycle: each unit in office has a submission and a task; Stale when somebody else opened it.

    What nobody must overlook is told to the clerks: a unit that is no more, a cycle that opens after its days.
    """
    if not reporting.claim_cycle(work.connection, cycle.id, work.now):
        raise Stale(cycle=cycle.id)
    rule = reporting.rule(work.connection, cycle.rule_id)
    plan = plans.plan(work.connection, cycle.plan_id)
    units, gone = _in_office(work, rule.units)
    focal, _ = _in_office(work, [rule.focal_body_id, plan.drafting_unit_id])
    awaited = [_row(cycle, unit, submitting.NOT_YET) for unit in units]
    submitting.add_submissions(work.connection, [*awaited, *(_row(cycle, unit, submitting.GONE) for unit in gone)])
    if gone:
        names = "; ".join(unit.name for unit in gone)
        tell_gap(work, cycle, "gone", f"đơn vị không còn hoạt động và không có đơn vị kế thừa: {names}")
    if work.today > cycle.unit_due:
        tell_gap(work, cycle, "late", f"kỳ mở sau hạn của đơn vị ({cycle.unit_due:%d/%m/%Y})")
    calendar = clockwork.calendar_of(work.connection, cycle.office_id)
    variables = {
        "ky": cycle.id,
        "ke_hoach": plan.id,
        "co_quan": cycle.office_id,
        "dau_moi": focal[0].id if focal else rule.focal_body_id,
        "don_vi": [unit.id for unit in units],
        "nguoi_ky": plan.signer_role,
        "han_don_vi": calendar.end_of(cycle.unit_due).isoformat(),
        "chot_so_lieu": calendar.end_of(_cutoff(work, cycle, calendar)).isoformat(),
        "han_co_quan": calendar.end_of(cycle.office_due).isoformat(),
    }
    handled = start_case(
        work, "bao_cao", variables, business_key=f"bao_cao:{cycle.id}", office_id=cycle.office_id, plan_id=plan.id
    )
    reporting.change_cycle(work.connection, cycle.id, case_id=handled.case_id, form=rule.form)


def _row(cycle: reporting.Cycle, unit: Body, status: str) -> Mapping[str, Any]:
    row = {"cycle_id": cycle.id, "body_id": unit.id, "body_name": unit.name}
    return {**row, "status": status, "figures": {}, "late": False}


def _in_office(work: Work, body_ids: Sequence[int]) -> tuple[list[Body], list[Body]]:
    """Each body or whichever followed it, two that were merged being one; and those that nobody followed."""
    there, gone = {}, {}
    for body_id in body_ids:
        named = directory.body(work.connection, body_id)
        found = directory.in_office(work.connection, named, work.today)
        if found is None:
            gone[named.id] = named
        else:
            there[found.id] = found
    return list(there.values()), list(gone.values())


def _cutoff(work: Work, cycle: reporting.Cycle, calendar: Calendar) -> date:
    """The last day for late units: the working day before the office's own day, never before the units' day.

    A cycle that opens late (the clock stood still) still leaves its units LATE_OPENING_DAYS working days.
    """
    before = calendar.local_day(calendar.add_working_days(calendar.end_of(cycle.office_due), -1))
    from_now = calendar.local_day(calendar.add_working_days(calendar.end_of(work.today), LATE_OPENING_DAYS))
    missed = from_now if work.today > cycle.unit_due else cycle.unit_due
    return max(before, cycle.unit_due, missed)
