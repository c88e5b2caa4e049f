"""A yes to exactly one content, in the capacity that is in force at that instant."""

from __future__ import annotations

from typing import Any

from workflows.errors import Refused
from workflows.plans.capacity import SigningCapacity, signature_block
from workflows.store import directory, issuing, plans, reporting
from workflows.store.worklist import TaskRow

from .desk import Work

# Who signs as what: the head on behalf of the collective, a deputy in the head's place (NĐ 30/2020 Điều 13).
HEAD = "chu_tich"
CAPACITIES = ((HEAD, "TM."), ("pho_chu_tich", "KT."))


def approve(work: Work, plan_id: int, role: str, task: TaskRow) -> None:
    """Bind the actor's approval in this role to the plan's current version, and to this round of the task's step."""
    plan = plans.plan(work.connection, plan_id)
    version = plans.version(work.connection, plan_id, plan.version)
    facts = _approval(work, "plan", plan_id, plan.office_id, role, version.version, version.content_hash)
    issuing.add_approval(work.connection, {**facts, "element": task.element, "round": task.round})


def approve_report(work: Work, cycle_id: int, role: str, task: TaskRow) -> None:
    """Bind the actor's approval in this role to the words and figures of a cycle's report."""
    cycle = reporting.cycle(work.connection, cycle_id)
    if cycle.report_hash is None:
        raise Refused("NO_REPORT", cycle=cycle_id)
    facts = _approval(work, "report", cycle_id, cycle.office_id, role, 1, cycle.report_hash)
    issuing.add_approval(work.connection, {**facts, "element": task.element, "round": task.round})


def signing_capacity(work: Work, office_id: int) -> SigningCapacity | None:
    """In which capacity the actor may sign for this office now; None when in none.

    In another's place it is that of the delegation; an acting head (quyền) signs "Q.".
    """
    for post, capacity in CAPACITIES:
        if f"{post}@{office_id}" in work.by.groups:
            if work.by.on_behalf_of and work.by.capacity:
                return SigningCapacity(work.by.capacity)
            return SigningCapacity("Q." if post == HEAD and _is_acting(work, office_id) else capacity)
    return None


def _is_acting(work: Work, office_id: int) -> bool:
    person = work.by.person or ""
    held = directory.posts_held(work.connection, int(person), work.today) if person.isdecimal() else []
    return any(post.acting for post in held if post.role == HEAD and post.body_id == office_id)


def _approval(  # noqa: PLR0917 - the facts of an approval
    work: Work, subject: str, subject_id: int, office_id: int, role: str, version: int, content_hash: str
) -> dict[str, Any]:
    capacity = signing_capacity(work, office_id) if role == "ky" else None
    if role == "ky" and capacity is None:
        raise Refused("NO_AUTHORITY_TO_SIGN", person=work.by.name)
    office = directory.body(work.connection, office_id)
    block = signature_block(capacity, office.name, work.by.post or "", work.by.name) if capacity else [work.by.name]
    return {
        "subject": subject,
        "subject_id": subject_id,
        "role": role,
        "version": version,
        "content_hash": content_hash,
        "person": work.by.person or "",
        "person_name": work.by.name,
        "capacity": capacity.prefix if capacity else work.by.capacity or "",
        "on_behalf_of": work.by.on_behalf_of,
        "block": list(block),
        "at": work.now,
    }
