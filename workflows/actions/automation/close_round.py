"""Chốt vòng: silence becomes an outcome of its own, which is never consent of the Mặt trận or a party body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.plans.consultation import SILENCE, missing, silence_is_consent
from workflows.store import consultation, directory
from workflows.store.consultation import Round

from .job import Job


def close_round(job: Job) -> Mapping[str, Any]:
    """Close the round, record who was silent, and say whether a mandatory body still has to answer.

    Nobody waits for one whose silence is consent by the regulation that the round began with.
    """
    connection, now = job.work.connection, job.work.now
    current = consultation.latest_round(connection, job.number("ke_hoach"))
    assert current is not None, "mo_vong opened it"
    consultation.change_round(connection, current.id, closed_at=now)
    heard = _bound_to_agree(job, current)
    for opinion in consultation.opinions_of(connection, current.id):
        if opinion.answered:
            heard.append(opinion.body_id)
        elif opinion.outcome is None:
            consultation.change_opinion(connection, opinion.id, outcome=SILENCE)
    silent = list(missing(current.mandatory, heard))
    return {"thieu_bat_buoc": bool(silent), "co_quan_thieu": silent}


def _bound_to_agree(job: Job, current: Round) -> list[int]:
    """The mandatory bodies whose silence is consent, once their time is over."""
    basis, over = current.silence_basis, job.work.now >= current.deadline
    bodies = directory.bodies_by_id(job.work.connection, current.mandatory)
    return [
        body.id for body in bodies.values() if over and silence_is_consent(body.kind, allowed=True, legal_basis=basis)
    ]
