"""Ghi hoàn thành: an occurrence of a duty is done, with its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.actions.duties.tell_of_duties import ENDED, tell_coordinators
from workflows.store import duties, plans

from .job import Job


def duty_done(job: Job) -> Mapping[str, Any]:
    """Note when the occurrence was done and what came of it; those who helped hear of it."""
    connection, number = job.work.connection, job.number("lan")
    plans.change_occurrence(connection, number, done_at=job.work.now, result=job.variables.get("ket_qua_thuc_hien"))
    occurrence = duties.occurrence(connection, number)
    duty = duties.duty(connection, occurrence.duty_id)
    tell_coordinators(job.work, ENDED, duty, occurrence, job.number("co_quan"))
    return {}
