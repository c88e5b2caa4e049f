"""Góp ý: one body's opinion in a consultation round."""

from __future__ import annotations

from workflows.actions.opinions import record_opinion
from workflows.errors import NotFound
from workflows.plans.consultation import round_is_complete
from workflows.store import consultation

from .filing import Filed, Filing

OUTCOMES = ("nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri")


def give_opinion(filing: Filing) -> Filed:
    """Record the opinion; the round may be complete with it."""
    outcome = filing.choice("ket_qua", OUTCOMES)
    words = filing.text("noi_dung") if outcome == "nhat_tri" else filing.required("noi_dung")
    connection = filing.work.connection
    current = consultation.latest_round(connection, filing.plan_id)
    if current is None:
        raise NotFound("round", plan=filing.plan_id)
    record_opinion(filing.work, current, filing.number("co_quan_hoi"), outcome, words)
    answered = [opinion.body_id for opinion in consultation.opinions_of(connection, current.id) if opinion.outcome]
    complete = round_is_complete(current.mandatory, current.others_needed, answered)
    return Filed(outcome, {"vong_da_du": complete}, words or None)
