"""Versions of a plan's text: a new one voids every approval of the old one (NĐ 30/2020 Điều 11)."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.plans.read_text import read_text
from workflows.store import issuing, plans, telling

from .desk import Work


def keep_new_version(work: Work, plan_id: int, text: str, note: str | None) -> int:
    """Keep `text` as the plan's next version and void what was approved before; the version's number.

    A text that is the same as the current one makes no version. A signed plan may not be edited any more: it goes back
    to its signer first.
    """
    plan = plans.plan(work.connection, plan_id)
    current = plans.version(work.connection, plan_id, plan.version)
    if plans.content_hash(text) == current.content_hash:
        return current.version
    standing = issuing.standing_approvals(work.connection, "plan", plan_id)
    if any(approval.role == "ky" for approval in standing):
        raise Refused("ALREADY_SIGNED", plan=plan_id)
    number = current.version + 1
    document = read_text(text)
    plans.add_version(work.connection, plan_id, number, document, text, work.now, work.by.name, note)
    plans.change_plan(work.connection, plan_id, version=number, title=document.title or plan.title)
    voided = issuing.void_approvals(work.connection, "plan", plan_id, work.now)
    if voided:
        people = sorted({approval.person for approval in voided})
        telling.tell(
            work.connection,
            "approval_voided",
            f"voided:{plan_id}:{number}",
            work.now,
            office_id=plan.office_id,
            plan_id=plan_id,
            data={"version": number, "people": people},
        )
    return number
