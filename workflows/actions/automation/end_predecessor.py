"""What was amended or replaced by a plan ends when that one is issued (decision 0052)."""

from __future__ import annotations

from workflows.actions.after_issue import REPLACEMENT, issued_line, relate, tell_addressees
from workflows.actions.desk import Message, Work
from workflows.plans.numbering import format_number
from workflows.store import issuing, plans, yearly
from workflows.store.plans import Plan

from .job import plan_key

AMEND = "sua_doi"


def end_predecessor(work: Work, issued: Plan) -> None:
    """The plan of which this one is the successor ends with its issue: its line in the register says by what.

    A predecessor that is over already, or that somebody replaced by hand, is left as it is.
    """
    review = yearly.review_that_made(work.connection, issued.id)
    if review is None:
        return
    before = plans.plan(work.connection, review.plan_id, lock=True)
    old, new = issued_line(work, before.id), issued_line(work, issued.id)
    relations = issuing.relations_of(work.connection, [old.id])
    number = format_number(new.number, new.symbol)
    deed = "Được sửa đổi, bổ sung" if review.proposal == AMEND else "Được thay thế"
    reason = f"{deed} bằng Kế hoạch số {number}, theo rà soát năm {review.year}"
    if not any(each.relation == REPLACEMENT for each in relations):
        relation_id = relate(work, old.id, REPLACEMENT, reason, new.id)
        tell_addressees(work, before.id, before.office_id, relation_id)
    if before.status == "in_force":
        work.afterwards.append(Message("dung_ke_hoach", plan_key(before.id), {"ly_do_dung": reason}))
