"""Duties without anybody who leads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument

from .finding import PlanFinding


def check_bodies(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """Each task has a body that leads it, and none that both leads and helps."""
    del on
    for task in document.tasks:
        rows = [(row.lead, row.coop, row.line) for row in task.rows] or [(task.lead, task.coop, task.first_line)]
        for lead, coop, line in rows:
            if not lead and not task.lead:
                yield PlanFinding(
                    line, "DUTY_WITHOUT_BODY", f"Nhiệm vụ {task.no} chưa giao cho đơn vị nào chủ trì.", "error"
                )
            for name in sorted(set(lead) & set(coop)):
                words = f"Nhiệm vụ {task.no}: “{name}” vừa chủ trì vừa phối hợp."
                yield PlanFinding(line, "LEADS_AND_HELPS", words)
