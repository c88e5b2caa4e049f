"""Thu hồi, thay thế, gửi thêm: what happens to a document after its issue (NĐ 30/2020 Điều 18), on record."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.papers.edxml_model import ADDED, UPDATE, Affair, Receiver
from workflows.plans.numbering import format_number
from workflows.store import directory, distributing, issuing, plans

from .after_issue import RECALL, REPLACEMENT, issued_line, relate, tell_addressees
from .automation.job import plan_key
from .channel import channel_to
from .desk import Desk, Message
from .exchanging.seal import announce_receivers, announce_replacement, ask_for_return
from .handle import send_message
from .outgoing_line import require_clerk
from .reasons import reason_in


def recall_document(desk: Desk, plan_id: int, reason: str) -> None:
    """Thu hồi an issued plan; only whoever may sign for its office. A plan that is in force is stopped with it.

    Its number stays in the register. By exchange each addressee is asked to destroy its copy and to say so; what has
    not left yet does not leave; the others get a letter.
    """
    reason_in(reason)
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        if not {f"chu_tich@{plan.office_id}", f"pho_chu_tich@{plan.office_id}"} & desk.by.groups:
            raise Refused("NOT_YOURS", office=plan.office_id)
        line = issued_line(work, plan_id)
        if any(each.relation == RECALL for each in issuing.relations_of(work.connection, [line.id])):
            raise Refused("ALREADY_RECALLED", number=format_number(line.number, line.symbol))
        relation_id = relate(work, line.id, RECALL, reason, None)
        for recipient in issuing.recipients_of(work.connection, "plan", plan_id):
            if recipient.channel == "edxml":
                ask_for_return(work, recipient, reason.strip())
        tell_addressees(work, plan_id, plan.office_id, relation_id)
        if plan.status in ("routing", "in_force"):
            send_message(work, Message("dung_ke_hoach", plan_key(plan_id), {"ly_do_dung": reason.strip()}))


def replace_document(desk: Desk, plan_id: int, by_plan_id: int, reason: str) -> None:
    """Note that an issued plan is replaced by another issued one of the same office; văn thư only.

    Whoever has the new one by exchange, or gets it from now on, is told which document it replaces (Bussiness 3).
    """
    reason_in(reason)
    with desk.open() as work:
        locked = {each: plans.plan(work.connection, each, lock=True) for each in sorted({plan_id, by_plan_id})}
        plan, new = locked[plan_id], locked[by_plan_id]
        require_clerk(work, plan.office_id)
        line, by = issued_line(work, plan_id), issued_line(work, by_plan_id)
        if plan.office_id != new.office_id or plan_id == by_plan_id:
            raise Refused("BAD_FIELD", field="thay_the", value=str(by_plan_id))
        if any(each.relation == REPLACEMENT for each in issuing.relations_of(work.connection, [line.id])):
            raise Refused("ALREADY_REPLACED", number=format_number(line.number, line.symbol))
        relation_id = relate(work, line.id, REPLACEMENT, reason, by.id)
        tell_addressees(work, plan_id, plan.office_id, relation_id)
        for each in issuing.recipients_of(work.connection, "plan", by_plan_id):
            if each.channel == "edxml":
                announce_replacement(work, each)


def add_receiver(desk: Desk, plan_id: int, body_id: int, reason: str) -> int:
    """Send an issued plan to one more body; those who have it by exchange are told (Bussiness 2). Its line's id."""
    reason_in(reason)
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_clerk(work, plan.office_id)
        line = issued_line(work, plan_id)
        if any(each.relation == RECALL for each in issuing.relations_of(work.connection, [line.id])):
            raise Refused("ALREADY_RECALLED", number=format_number(line.number, line.symbol))
        body = directory.body(work.connection, body_id)
        before = issuing.recipients_of(work.connection, "plan", plan_id)
        if any(each.body_id == body_id for each in before):
            raise Refused("ALREADY_ADDRESSED", name=body.name)
        channel = channel_to(work, plan.office_id, body)
        row = {
            "subject": "plan",
            "subject_id": plan_id,
            "line": max((each.line for each in before), default=0) + 1,
            "raw": f"- {body.name};",
            "body_id": body_id,
            "body_name": body.name,
            "channel": channel,
            "status": "chua_gui",
        }
        issuing.add_recipients(work.connection, [row])
        added = next(
            each for each in issuing.recipients_of(work.connection, "plan", plan_id) if each.body_id == body_id
        )
        if channel == "mail":
            distributing.tell_line(work.connection, added.id, work.now, office_id=plan.office_id, plan_id=plan_id)
        affair = Affair(UPDATE, reason.strip(), receivers=(Receiver(ADDED, body.organ_code or body.name),))
        for each in before:
            if each.channel == "edxml":
                announce_receivers(work, each, affair)
        return added.id
