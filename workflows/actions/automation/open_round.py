"""Mở vòng lấy ý kiến: a new round for the version at hand, or a longer one for the bodies that have not answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workflows.plans.consultation import ASKED_AGAIN, PHAN_BIEN_DAYS, asked_again
from workflows.store import clockwork, consultation, directory, plans
from workflows.store.round_changes import EXTENDED, note_change
from workflows.store.silence import silence_basis

from .job import Job


def open_round(job: Job) -> Mapping[str, Any]:
    """Open the next round, or extend the one at hand when `han_gia_han` was set by the drafting unit's head."""
    extended_to = job.variables.get("han_gia_han")
    current = consultation.latest_round(job.work.connection, job.number("ke_hoach"))
    if extended_to and current is not None:
        return _extend(job, current, datetime.fromisoformat(extended_to))
    return _open(job, current.no + 1 if current else 1)


def _extend(job: Job, current: consultation.Round, deadline: datetime) -> Mapping[str, Any]:
    connection = job.work.connection
    consultation.change_round(connection, current.id, deadline=deadline, closed_at=None, working_days=None)
    waiting = [each for each in consultation.opinions_of(connection, current.id) if not each.answered]
    for opinion in waiting:
        consultation.change_opinion(connection, opinion.id, outcome=None, deadline=None)
    note_change(connection, current.id, EXTENDED, None, job.work.now, job.work.by.name, "", deadline)
    return _variables([opinion.body_id for opinion in waiting], deadline)


def _open(job: Job, number: int) -> Mapping[str, Any]:
    work = job.work
    plan = plans.plan(work.connection, job.number("ke_hoach"))
    version = plans.version(work.connection, plan.id, plan.version)
    calendar = clockwork.calendar_of(work.connection, plan.office_id)
    counted = calendar.add_working_days(work.now, plan.opinion_days)
    deadline = counted
    if plan.mode == "phan_bien":  # Luật MTTQ Điều 36: at least 15 days before it is submitted
        deadline = max(deadline, calendar.end_of(work.today + timedelta(days=PHAN_BIEN_DAYS)))
    consulted = _asked(job, plan)
    asked = [(each.body_id, directory.body(work.connection, each.body_id).name) for each in consulted]
    mandatory = [each.body_id for each in consulted if each.mandatory]
    consultation.add_round(
        work.connection,
        {
            "plan_id": plan.id,
            "no": number,
            "version": version.version,
            "content_hash": version.content_hash,
            "mode": plan.mode,
            "others_needed": min(plan.others_needed, len(consulted) - len(mandatory)),
            "opened_at": work.now,
            "deadline": deadline,
            "mandatory": mandatory,
            "working_days": plan.opinion_days if deadline == counted else None,
            "silence_basis": silence_basis(work.connection, plan.office_id),
        },
        asked,
    )
    return _variables([each.body_id for each in consulted], deadline)


def _asked(job: Job, plan: plans.Plan) -> list[plans.Consulted]:
    """Everybody, or of those asked last time the ones that the drafter chose to ask again."""
    connection = job.work.connection
    current = consultation.latest_round(connection, plan.id)
    choice = str(job.variables.get("hoi_ai") or ASKED_AGAIN[0])
    if current is None or choice == ASKED_AGAIN[0]:
        return list(plan.consulted)
    outcomes = {each.body_id: each.outcome for each in consultation.opinions_of(connection, current.id)}
    bodies = directory.bodies_by_id(connection, outcomes)
    front = [body.id for body in bodies.values() if body.kind == "front"]
    again = asked_again(choice, outcomes, front)
    return [each for each in plan.consulted if each.body_id in again] or list(plan.consulted)


def _variables(bodies: list[int], deadline: datetime) -> Mapping[str, Any]:
    last = {"han_gia_han": None, "hoi_ai": ASKED_AGAIN[0]}
    return {"co_quan_vong": bodies, "han_gop_y": deadline.isoformat(), "vong_da_du": False, **last}
