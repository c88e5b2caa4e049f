"""Report cycles open by themselves: the units are asked, with their day and the office's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import clockwork, directory, plans, reporting, telling
from workflows.store.directory import Body

from .desk import Desk, Swept, Work
from .one_by_one import many_at_once
from .start_cases import Start, start_cases

TOGETHER = 100  # cycles of one transaction


def open_cycles(desk: Desk, limit: int = 500) -> Swept:
    """Open the cycles whose day has come, oldest first, some hundred a transaction; twice is once.

    Where one of them cannot be opened, each of its transaction is opened alone.
    """
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = reporting.cycles_to_open(connection, Calendar().local_day(desk.now), limit)
    portions = [due[at : at + TOGETHER] for at in range(0, len(due), TOGETHER)]
    swept = sum((many_at_once(clock, portion, _open_many, _open) for portion in portions), Swept())
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
    if not _open_many(work, [cycle]):
        raise Stale(cycle=cycle.id)


def _open_many(work: Work, found: Sequence[reporting.Cycle]) -> int:
    """Open these cycles but those that somebody else opened; how many it were."""
    mine = [cycle for cycle in found if reporting.claim_cycle(work.connection, cycle.id, work.now)]
    case_ids = start_cases(work, "bao_cao", [_asked(work, cycle) for cycle in mine])
    reporting.give_cases(work.connection, {cycle.id: case for cycle, case in zip(mine, case_ids, strict=True)})
    return len(mine)


def _asked(work: Work, cycle: reporting.Cycle) -> Start:
    """The submissions that are waited for, and the case that asks for them."""
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
    return Start(variables, f"bao_cao:{cycle.id}", cycle.office_id, plan.id)


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
