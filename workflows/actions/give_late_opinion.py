"""A body answers after the round is closed: the opinion is kept and marked late, as long as the plan is not signed."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import consultation, issuing

from .desk import Desk
from .forms.opinion import OUTCOMES
from .opinions import opinion_of, record_opinion, require_unanswered


def give_late_opinion(desk: Desk, plan_id: int, body_id: int, outcome: str, text: str) -> None:
    """Keep the late opinion of the body that the actor speaks for."""
    if outcome not in OUTCOMES:
        raise Refused("BAD_FIELD", field="ket_qua", value=outcome, allowed=list(OUTCOMES))
    if outcome != "nhat_tri" and not text.strip():
        raise Refused("FIELD_REQUIRED", field="noi_dung")
    with desk.open() as work:
        if not {f"thanh_vien@{body_id}", f"can_bo@{body_id}", f"thu_truong@{body_id}"} & desk.by.groups:
            raise Refused("NOT_YOURS", body=body_id)
        round_ = consultation.latest_round(work.connection, plan_id)
        if round_ is None:
            raise NotFound("round", plan=plan_id)
        approvals = issuing.standing_approvals(work.connection, "plan", plan_id)
        if any(approval.role == "ky" for approval in approvals):
            raise Refused("ALREADY_SIGNED", plan=plan_id)
        require_unanswered(opinion_of(work, round_, body_id))
        record_opinion(work, round_, body_id, outcome, text.strip())
