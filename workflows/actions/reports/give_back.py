"""A unit's report goes back to it with a reason, or one that never came is asked for again after the last day."""

from __future__ import annotations

from workflows.actions.desk import Desk
from workflows.actions.handle import Notice, start_case
from workflows.actions.reasons import reason_in
from workflows.errors import Refused
from workflows.store import clockwork, reporting, submitting

from .asking_again import AGAIN
from .keepers import consolidates
from .take_in import note

WORKING_DAYS = 2


def return_report(desk: Desk, submission_id: int, reason: str) -> int:
    """Give a report that was sent back to its unit with a reason; the case in which the unit sends it again.

    What it sent stays on record. NOT_YOURS; NOT_SENT for one that is not there; CYCLE_SIGNED once it was signed from.
    """
    return _ask_again(desk, submission_id, (submitting.SENT,), "tra_lai", reason, "NOT_SENT")


def reopen_report(desk: Desk, submission_id: int, reason: str) -> int:
    """Ask a unit that was closed out without a report to send it still; it counts as late.

    Refusals as of `return_report`, with STILL_AWAITED for one whose task is open.
    """
    return _ask_again(desk, submission_id, (submitting.NEVER,), "mo_lai", reason, "STILL_AWAITED")


def _ask_again(  # noqa: PLR0917 - one deed in two words
    desk: Desk, submission_id: int, possible: tuple[str, ...], kind: str, reason: str, else_code: str
) -> int:
    with desk.open() as work:
        found = submitting.submission(work.connection, submission_id, lock=True)
        cycle = reporting.cycle(work.connection, found.cycle_id)
        rule = reporting.rule(work.connection, cycle.rule_id)
        if not consolidates(work.by.groups, rule, cycle.office_id):
            raise Refused("NOT_YOURS", cycle=cycle.id)
        said = reason_in(reason)
        if cycle.closed_at is not None or cycle.number is not None:
            raise Refused("CYCLE_CLOSED", at=cycle.sent_at or cycle.closed_at)
        if found.status not in possible:
            raise Refused(else_code, name=found.body_name, at=found.sent_at)
        submitting.change_submission(work.connection, found.id, status=submitting.RETURNED)
        note(work, found, kind, work.names, reason=said)
        calendar = clockwork.calendar_of(work.connection, cycle.office_id)
        until = calendar.end_of(calendar.local_day(calendar.add_working_days(work.now, WORKING_DAYS)))
        variables = {
            "ky": cycle.id,
            "ke_hoach": cycle.plan_id,
            "don_vi_nop": found.body_id,
            "han_don_vi": max(until, calendar.end_of(cycle.unit_due)).isoformat(),
            "ly_do_tra_lai": said,
        }
        started = start_case(
            work,
            AGAIN,
            variables,
            business_key=f"{AGAIN}:{cycle.id}:{found.body_id}:{work.now:%Y%m%d%H%M%S}",
            office_id=cycle.office_id,
            plan_id=cycle.plan_id,
            notice=Notice("task_returned", {"by": work.names, "reason": said, "step": "Báo cáo của đơn vị"}),
        )
        return started.case_id
