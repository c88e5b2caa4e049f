"""Ghi hoàn thành: an occurrence of a duty is done, with its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.store import plans

from .job import Job


def duty_done(job: Job) -> Mapping[str, Any]:
    """Note when the occurrence was done and what came of it."""
    plans.change_occurrence(
        job.work.connection, job.number("lan"), done_at=job.work.now, result=job.variables.get("ket_qua_thuc_hien")
    )
    return {}
