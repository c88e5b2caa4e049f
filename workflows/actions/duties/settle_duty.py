"""Làm rõ nhiệm vụ: the focal unit says when a duty is due, or who leads it, where the plan does not say so clearly."""

from __future__ import annotations

from workflows.actions.desk import Desk, Work
from workflows.actions.drafters import require_drafter
from workflows.actions.reasons import note
from workflows.errors import NotFound, Refused
from workflows.plans.duties import NO_LEAD, NO_TIME, number_in_document
from workflows.plans.time_shapes import TimeShape, times_from_json, times_to_json
from workflows.plans.time_words import read_time
from workflows.store import directory, duties, plans

from .lay_out import lay_out


def settle_duty(
    desk: Desk, duty_id: int, time_words: str = "", lead_body_id: int | None = None, *, plan_id: int | None = None
) -> int:
    """Settle what is unclear, and lay its occurrences out; how many are to open from today on.

    The words are read as those of a plan are. NotFound for a duty of another plan than `plan_id`; NOT_YOURS for anybody
    outside the unit that drafted the plan; NOT_UNCLEAR when nothing is to be settled any more; PLAN_NOT_IN_FORCE before
    and after (a draft is corrected at its reading); FIELD_REQUIRED for what is missing, TIME_NOT_READ for words that
    mean no time, UNKNOWN_BODY for the lead.
    """
    words = note(time_words, "thoi_gian")
    with desk.open() as work:
        duty = duties.duty(work.connection, duty_id)
        if plan_id not in (None, duty.plan_id):
            raise NotFound("duty", id=duty_id)
        plan = plans.plan(work.connection, duty.plan_id, lock=True)
        require_drafter(work.by, plan.drafting_unit_id)
        if plan.status != "in_force":
            raise Refused("PLAN_NOT_IN_FORCE", plan=plan.id, status=plan.status)
        duty = duties.duty(work.connection, duty_id)
        if duty.unclear is None:
            raise Refused("NOT_UNCLEAR", duty=number_in_document(duty.no))
        time = _time(work, plan, duty, words)
        leads = _leads(work, plan, lead_body_id) if duty.unclear == NO_LEAD else list(duty.leads)
        duties.settle(
            work.connection,
            duty.id,
            time=times_to_json(time),
            time_raw=words or duty.time_raw,
            leads=leads,
            unclear=None,
        )
        return lay_out(work, duties.duty(work.connection, duty.id), plan)


def _time(work: Work, plan: plans.Plan, duty: plans.Duty, words: str) -> tuple[TimeShape, ...]:
    known = times_from_json(duty.time)
    if known and (duty.unclear != NO_TIME or not words):
        return known
    if not words:
        raise Refused("FIELD_REQUIRED", field="thoi_gian")
    time = read_time(words, plan.years(work.today))
    if not time:
        raise Refused("TIME_NOT_READ", field="thoi_gian", value=words)
    return time


def _leads(work: Work, plan: plans.Plan, body_id: int | None) -> list[dict[str, object]]:
    """The chosen body of the office; a group leads through its members."""
    if body_id is None:
        raise Refused("FIELD_REQUIRED", field="chu_tri")
    own = {body.id: body for body in directory.bodies_of(work.connection, plan.office_id, work.today)}
    if body_id not in own:
        raise Refused("UNKNOWN_BODY", field="chu_tri", name=str(body_id))
    members = directory.expand_group(work.connection, body_id, work.today) or [own[body_id]]
    return [{"raw": own[body_id].name, "body": member.id} for member in members]
