"""Duties whose day has come become tasks: one case an occurrence, for the body that leads it."""

from __future__ import annotations

from functools import partial

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import plans

from .desk import Desk, Swept, Work
from .handle import start_case
from .one_by_one import one_by_one


def open_duties(desk: Desk, limit: int = 500) -> Swept:
    """Open the occurrences that are due to open, oldest first, each in a transaction of its own; twice is once."""
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = plans.occurrences_to_open(connection, Calendar().local_day(desk.now), limit)
    return one_by_one(clock, [partial(_open, occurrence=occurrence) for occurrence in due])


def _open(work: Work, occurrence: plans.DueOccurrence) -> None:
    if not plans.claim_occurrence(work.connection, occurrence.id, work.now):
        raise Stale(occurrence=occurrence.id)
    variables = {
        "nhiem_vu": occurrence.duty.id,
        "lan": occurrence.id,
        "ke_hoach": occurrence.duty.plan_id,
        "co_quan": occurrence.office_id,
        "don_vi_chu_tri": occurrence.body_id,
        "han": Calendar().end_of(occurrence.due_on).isoformat() if occurrence.due_on else None,
    }
    handled = start_case(
        work,
        "nhiem_vu",
        variables,
        business_key=f"nhiem_vu:{occurrence.id}",
        office_id=occurrence.office_id,
        plan_id=occurrence.duty.plan_id,
    )
    plans.change_occurrence(work.connection, occurrence.id, case_id=handled.case_id)
