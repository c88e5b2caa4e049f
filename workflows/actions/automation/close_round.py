"""Chốt vòng: silence becomes an outcome of its own, which is never consent of the Mặt trận or a party body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.plans.consultation import missing
from workflows.store import consultation

from .job import Job


def close_round(job: Job) -> Mapping[str, Any]:
    """Close the round, record who was silent, and say whether a mandatory body still has to answer."""
    connection, now = job.work.connection, job.work.now
    current = consultation.latest_round(connection, job.number("ke_hoach"))
    assert current is not None, "mo_vong opened it"
    consultation.change_round(connection, current.id, closed_at=now)
    answered = []
    for opinion in consultation.opinions_of(connection, current.id):
        if opinion.outcome is None:
            consultation.change_opinion(connection, opinion.id, outcome="khong_co_y_kien")
        elif opinion.outcome != "khong_co_y_kien":
            answered.append(opinion.body_id)
    silent = list(missing(current.mandatory, answered))
    return {"thieu_bat_buoc": bool(silent), "co_quan_thieu": silent}
