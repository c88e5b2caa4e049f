"""Gửi văn bản: each line of Nơi nhận is resolved to bodies in office that day, frozen, and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.actions.channel import channel_to
from workflows.actions.order_signatures import standing
from workflows.plans.document import Recipient as Line
from workflows.plans.recipients import read_recipients
from workflows.store import directory, distributing, issuing, plans, telling
from workflows.store.directory import Body

from .end_predecessor import end_predecessor
from .job import Job


def distribute(job: Job) -> Mapping[str, Any] | None:
    """Freeze the addressees of the issued plan and put one letter a body into the outbox; the plan is in force.

    None while the agency's digital signature is still being made: what is sent is the sealed document.
    """
    work, plan = job.work, plans.plan(job.work.connection, job.number("ke_hoach"))
    if not standing(work.connection, "plan", plan.id).is_settled:
        return None
    version = plans.version(work.connection, plan.id, plan.version)
    added = read_recipients(
        [(number, line.lstrip("-–+ ")) for number, line in enumerate(plan.added_recipients, 1)], version.document.issuer
    )
    lines = [*version.document.recipients, *added]
    rows = [row for number, line in enumerate(lines, 1) for row in _rows(job, plan.office_id, number, line)]
    issuing.add_recipients(work.connection, [{"subject": "plan", "subject_id": plan.id, **row} for row in rows])
    for recipient in issuing.recipients_of(work.connection, "plan", plan.id):
        if recipient.channel == "mail":
            distributing.tell_line(work.connection, recipient.id, work.now, office_id=plan.office_id, plan_id=plan.id)
    plans.change_plan(work.connection, plan.id, status="in_force")
    end_predecessor(work, plan)
    telling.tell(
        work.connection,
        "plan_issued",
        f"issued:{plan.id}",
        work.now,
        office_id=plan.office_id,
        plan_id=plan.id,
        case_id=job.case.id,
        data={},
    )
    return {"so_noi_nhan": len(rows)}


def _rows(job: Job, office_id: int, number: int, line: Line) -> Iterator[Mapping[str, Any]]:
    """One row for each body behind a line; a name that nobody answers to goes on paper, so that văn thư sees it."""
    base = {"line": number, "raw": line.raw, "qualifier": line.qualifier}
    if line.qualifier == "lưu":
        yield base | {"body_id": None, "body_name": "; ".join(line.names), "channel": "keep", "status": "luu"}
        return
    seen: dict[int, str] = {}
    for name in dict.fromkeys(line.names):
        found = directory.find_body(job.work.connection, office_id, name, job.work.today)
        if found is None:
            yield base | {"body_id": None, "body_name": name, "channel": "paper", "status": "chua_gui"}
            continue
        for body in _members(job, found):
            if body.id not in seen:
                seen[body.id] = body.name
                alike = list(seen.values()).count(body.name)
                called = body.name if alike == 1 else f"{body.name} ({alike})"
                channel = channel_to(job.work, office_id, body)
                yield base | {"body_id": body.id, "body_name": called, "channel": channel, "status": "chua_gui"}


def _members(job: Job, body: Body) -> list[Body]:
    members = directory.expand_group(job.work.connection, body.id, job.work.today)
    return members or [body]
