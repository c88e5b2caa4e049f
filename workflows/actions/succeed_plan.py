"""A plan that its review changes: the draft that comes after it (decision 0052)."""

from __future__ import annotations

from workflows.plans.period_shift import carry_forward
from workflows.store import plans, telling, yearly
from workflows.store.yearly import Review

from .desk import Work
from .import_plan import add_draft, read_plan

REPLACE = "thay_the"


def draft_successor(work: Work, review: Review) -> int:
    """The drafting unit's draft that amends or replaces the reviewed plan; its id.

    What replaces begins in the year after the review, every day and year of the plan's own moved; what amends is of
    the same years. Number and day of signature are blank either way.
    """
    plan = plans.plan(work.connection, review.plan_id)
    current = plans.version(work.connection, plan.id, plan.version)
    period = current.document.period
    same = period.first if period else review.year
    text = carry_forward(current.text, current.document, review.year + 1 if review.proposal == REPLACE else same)
    draft_id = add_draft(work, plan.office_id, plan.drafting_unit_id, text, read_plan(text))
    yearly.change_review(work.connection, review.id, draft_plan_id=draft_id)
    telling.tell(
        work.connection,
        "successor_drafted",
        f"successor:{draft_id}",
        work.now,
        office_id=plan.office_id,
        plan_id=draft_id,
        data={"review_id": review.id},
    )
    return draft_id
