"""Chốt số liệu: units that have not reported by now are named, and never counted as zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.store import reporting

from .job import Job


def close_cycle_figures(job: Job) -> Mapping[str, Any]:
    """Mark the missing submissions; the names of the units go into the case."""
    missing = []
    for submission in reporting.submissions_of(job.work.connection, job.number("ky")):
        if submission.status == "chua_gui":
            reporting.change_submission(job.work.connection, submission.id, status="khong_gui")
            missing.append(submission.body_name)
    return {"don_vi_khong_gui": missing}
