"""Versions of a plan's text: a new one voids every approval of the old one (NĐ 30/2020 Điều 11)."""

from __future__ import annotations

from workflows.store import issuing, links, plans, telling, worklist

from .content_bound import BOUND_TO_CONTENT
from .correct_reading import with_corrections
from .desk import Work
from .import_plan import described, read_plan
from .lay_down import lay_down
from .unsigned import require_unsigned


def keep_new_version(work: Work, plan_id: int, text: str, note: str | None) -> int:
    """Keep `text` as the plan's next version and void what was approved before; the version's number.

    A text that is the same as the current one makes no version. A signed plan may not be edited any more: it goes back
    to its signer first. A draft must be confirmed anew; once it is on its way its duties follow the text, and NO_TASKS
    or UNKNOWN_BODY refuse a text whose duties nobody could be given. EMPTY, TOO_LONG, NOT_A_PLAN as at import.
    """
    document = with_corrections(work, plan_id, read_plan(text))
    plan = plans.plan(work.connection, plan_id, lock=True)
    current = plans.version(work.connection, plan_id, plan.version)
    if plans.content_hash(text) == current.content_hash:
        return current.version
    require_unsigned(work.connection, plan_id)
    number = current.version + 1
    plans.add_version(work.connection, plan_id, number, document, text, work.now, work.names, note)
    plans.change_plan(work.connection, plan_id, version=number, **described(document))
    if plan.status == "draft":
        plans.change_plan(work.connection, plan_id, confirmed_at=None)
    else:
        lay_down(work, plan, document)
    _renew_links(work, plan, number)
    void_approvals(work, plan, number, f"{number}")
    return number


def void_approvals(work: Work, plan: plans.Plan, version: int, change: str) -> None:
    """Void what was approved before this change and tell those who gave it (NĐ 30/2020 Điều 11)."""
    voided = issuing.void_approvals(work.connection, "plan", plan.id, work.now)
    if voided:
        people = sorted({approval.person for approval in voided})
        telling.tell(
            work.connection,
            "approval_voided",
            f"voided:{plan.id}:{change}",
            work.now,
            office_id=plan.office_id,
            plan_id=plan.id,
            data={"version": version, "people": people},
        )


def _renew_links(work: Work, plan: plans.Plan, number: int) -> None:
    """A link to decide on the old text is dead; whoever had one gets another, to the new text."""
    asked = [task for task in worklist.open_tasks_of(work.connection, plan_id=plan.id) if task.form in BOUND_TO_CONTENT]
    gone = links.revoke_links_to_draft(work.connection, [task.id for task in asked], number, work.now)
    for task_id, person_id, body_id in dict.fromkeys(gone):
        telling.tell(
            work.connection,
            "new_link",
            f"new_link:{task_id}:{person_id or ''}:{body_id or ''}:v{number}",
            work.now,
            office_id=plan.office_id,
            plan_id=plan.id,
            case_id=plan.case_id,
            task_id=task_id,
            data={"person_id": person_id} if person_id is not None else {"body_id": body_id},
        )
