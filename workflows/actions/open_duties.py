"""Duties whose day has come become tasks: one case an occurrence, for the body that leads it."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import duties, plans

from .desk import Desk, Swept, Work
from .duties.tell_of_duties import tell_failed, tell_of_openings, tell_what_is_unclear
from .one_by_one import many_at_once
from .start_cases import Start, start_cases


def open_duties(desk: Desk, limit: int = 500) -> Swept:
    """Open the occurrences that are due to open, oldest first, in one transaction; twice is once.

    Where one of them cannot be opened, each is opened alone. After a clock that stood still or jumped, everything that
    was missed opens now, and people are told so.
    """
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = plans.occurrences_to_open(connection, Calendar().local_day(desk.now), limit)
    swept = many_at_once(clock, due, _open_many, _open)
    _tell(clock, due if swept.failed else ())
    return swept


def _open(work: Work, occurrence: plans.DueOccurrence) -> None:
    if not _open_many(work, [occurrence]):
        raise Stale(occurrence=occurrence.id)


def _open_many(work: Work, found: Sequence[plans.DueOccurrence]) -> int:
    """Open these occurrences but those that somebody else opened; how many it were."""
    claimed = plans.claim_occurrences(work.connection, [each.id for each in found], work.now)
    mine = [each for each in found if each.id in claimed]
    case_ids = start_cases(work, "nhiem_vu", [_start(each) for each in mine])
    plans.note_opened(work.connection, {each.id: case for each, case in zip(mine, case_ids, strict=True)})
    opened = duties.occurrences_by_id(work.connection, [each.id for each in mine])
    tell_of_openings(work, [(each, opened[each.id]) for each in mine])
    return len(mine)


def _start(occurrence: plans.DueOccurrence) -> Start:
    """The case that asks the body that leads the duty."""
    variables = {
        "nhiem_vu": occurrence.duty.id,
        "lan": occurrence.id,
        "ke_hoach": occurrence.duty.plan_id,
        "co_quan": occurrence.office_id,
        "don_vi_chu_tri": occurrence.body_id,
        "han": Calendar().end_of(occurrence.due_on).isoformat() if occurrence.due_on else None,
    }
    return Start(variables, f"nhiem_vu:{occurrence.id}", occurrence.office_id, occurrence.duty.plan_id)


def _tell(desk: Desk, due: Sequence[plans.DueOccurrence]) -> None:
    """Which of these could not be opened, and which duties of any plan still wait to be settled."""
    with desk.open() as work:
        for each in due:
            if duties.occurrence(work.connection, each.id).opened_at is None:
                tell_failed(work, each)
        for plan_id, office_id in duties.plans_to_settle(work.connection).items():
            tell_what_is_unclear(work, plan_id, office_id)
