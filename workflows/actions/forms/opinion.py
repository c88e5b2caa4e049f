"""Góp ý: one body's opinion in a consultation round."""

from __future__ import annotations

from workflows.actions.opinions import opinion_of, record_opinion, require_unanswered
from workflows.errors import NotFound, Refused
from workflows.plans.consultation import DECLINED, is_over
from workflows.store import consultation, plans

from .filing import Filed, Filing

OUTCOMES = ("nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri")


def give_opinion(filing: Filing) -> Filed:
    """Record the opinion; the round may be over with it."""
    connection = filing.work.connection
    current = consultation.latest_round(connection, filing.plan_id)
    if current is None:
        raise NotFound("round", plan=filing.plan_id)
    body_id = filing.number("co_quan_hoi")
    require_unanswered(opinion_of(filing.work, current, body_id))
    outcome = outcome_in(filing.text("ket_qua"), current.mode)
    has_paper = bool(filing.papers or filing.entry)
    must_say = outcome != "nhat_tri" and not has_paper
    words = filing.required("noi_dung") if must_say else filing.text("noi_dung")
    record_opinion(filing.work, current, body_id, outcome, words or _on_paper(outcome), filing.papers, filing.entry)
    outcomes = {each.body_id: each.outcome for each in consultation.opinions_of(connection, current.id)}
    policy = plans.plan(connection, filing.plan_id).outcome_policy
    complete = is_over(current.mandatory, current.others_needed, outcomes, policy)
    return Filed(outcome, {"vong_da_du": complete}, words or None)


def outcome_in(value: str, mode: str) -> str:
    """The outcome that was chosen; only a phản biện xã hội can be declined in writing."""
    allowed = (*OUTCOMES, DECLINED) if mode == "phan_bien" else OUTCOMES
    if not value:
        raise Refused("FIELD_REQUIRED", field="ket_qua")
    if value not in allowed:
        raise Refused("BAD_FIELD", field="ket_qua", value=value, allowed=list(allowed))
    return value


def _on_paper(outcome: str) -> str:
    """A remark that stands in the paper only is a remark all the same, and has to be answered."""
    return "" if outcome == "nhat_tri" else ON_PAPER


ON_PAPER = "Nội dung nêu trong công văn kèm theo."
