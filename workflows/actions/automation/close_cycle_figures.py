"""Chốt số liệu: units that have not reported by now are named, and never counted as zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.store import submitting

from .job import Job


def close_cycle_figures(job: Job) -> Mapping[str, Any]:
    """Mark the missing submissions; the names of the units go into the case."""
    missing = []
    for submission in submitting.submissions_of(job.work.connection, job.number("ky")):
        if submission.status == submitting.NOT_YET:
            submitting.change_submission(job.work.connection, submission.id, status=submitting.NEVER)
        if submission.status in (submitting.NOT_YET, submitting.RETURNED):
            missing.append(submission.body_name)
    return {"don_vi_khong_gui": missing}
