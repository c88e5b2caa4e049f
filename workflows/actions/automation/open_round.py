"""Mở vòng lấy ý kiến: a new round for the version at hand, or a longer one for the bodies that have not answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workflows.plans.consultation import PHAN_BIEN_DAYS
from workflows.store import clockwork, consultation, directory, plans

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
    consultation.change_round(connection, current.id, deadline=deadline, closed_at=None)
    waiting = [
        opinion
        for opinion in consultation.opinions_of(connection, current.id)
        if opinion.outcome in (None, "khong_co_y_kien")
    ]
    for opinion in waiting:
        consultation.change_opinion(connection, opinion.id, outcome=None)
    return _variables([opinion.body_id for opinion in waiting], deadline)


def _open(job: Job, number: int) -> Mapping[str, Any]:
    work = job.work
    plan = plans.plan(work.connection, job.number("ke_hoach"))
    version = plans.version(work.connection, plan.id, plan.version)
    calendar = clockwork.calendar_of(work.connection, plan.office_id)
    deadline = calendar.add_working_days(work.now, plan.opinion_days)
    if plan.mode == "phan_bien":  # Luật MTTQ Điều 36: at least 15 days before it is submitted
        deadline = max(deadline, calendar.end_of(work.today + timedelta(days=PHAN_BIEN_DAYS)))
    bodies = [directory.body(work.connection, consulted.body_id) for consulted in plan.consulted]
    consultation.add_round(
        work.connection,
        {
            "plan_id": plan.id,
            "no": number,
            "version": version.version,
            "content_hash": version.content_hash,
            "mode": plan.mode,
            "others_needed": plan.others_needed,
            "opened_at": work.now,
            "deadline": deadline,
            "mandatory": [consulted.body_id for consulted in plan.consulted if consulted.mandatory],
        },
        [(body.id, body.name) for body in bodies],
    )
    return _variables([body.id for body in bodies], deadline)


def _variables(bodies: list[int], deadline: datetime) -> Mapping[str, Any]:
    return {"co_quan_vong": bodies, "han_gop_y": deadline.isoformat(), "vong_da_du": False, "han_gia_han": None}
