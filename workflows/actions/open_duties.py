"""Duties whose day has come become tasks: one case an occurrence, for the body that leads it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import duties, plans

from .desk import Desk, Swept, Work
from .duties.tell_of_duties import OPENED, tell_coordinators, tell_failed, tell_missed, tell_what_is_unclear
from .handle import start_case
from .one_by_one import one_by_one


def open_duties(desk: Desk, limit: int = 500) -> Swept:
    """Open the occurrences that are due to open, oldest first, each in a transaction of its own; twice is once.

    After a clock that stood still or jumped, everything that was missed opens now, and people are told so.
    """
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = plans.occurrences_to_open(connection, Calendar().local_day(desk.now), limit)
    swept = one_by_one(clock, [partial(_open, occurrence=occurrence) for occurrence in due])
    _tell(clock, due if swept.failed else ())
    return swept


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
    opened = duties.occurrence(work.connection, occurrence.id)
    tell_coordinators(work, OPENED, occurrence.duty, opened, occurrence.office_id)
    tell_missed(work, occurrence)


def _tell(desk: Desk, due: Sequence[plans.DueOccurrence]) -> None:
    """Which of these could not be opened, and which duties of any plan still wait to be settled."""
    with desk.open() as work:
        for each in due:
            if duties.occurrence(work.connection, each.id).opened_at is None:
                tell_failed(work, each)
        for plan_id, office_id in duties.plans_to_settle(work.connection).items():
            tell_what_is_unclear(work, plan_id, office_id)
