"""Tiếp thu, giải trình: every opinion gets an answer; a changed draft is checked again, and may go round again."""

from __future__ import annotations

from workflows.actions.consulting.dispositions import answer, unanswered
from workflows.actions.consulting.submission_gate import against_phan_bien
from workflows.actions.versions import keep_new_version
from workflows.errors import Reason, Refused
from workflows.plans.consultation import ASKED_AGAIN
from workflows.store import issuing

from .filing import Filed, Filing


def dispose(filing: Filing) -> Filed:
    """Answer each opinion (accepted, in part, or explained in words), keep a new text if there is one, choose the next
    round and whom it asks; a phản biện xã hội that is not done keeps the draft here."""
    work = filing.work
    again = filing.agreed("lay_lai")
    missing: list[Reason] = []
    for opinion in unanswered(work, filing.plan_id):
        missing += answer(work, opinion, filing.text)
    if not again:
        missing += against_phan_bien(work, filing.plan_id)
    if missing:
        raise Refused.because(missing)
    text = filing.text("van_ban")
    if text:
        keep_new_version(work, filing.plan_id, text, "Tiếp thu ý kiến góp ý")
    edited = bool(issuing.lost_checks(work.connection, "plan", filing.plan_id))
    asks = filing.choice("hoi_ai", ASKED_AGAIN) if again and filing.text("hoi_ai") else ASKED_AGAIN[0]
    variables = {"lay_lai": again, "da_gop_y": not again, "du_thao_da_sua": edited, "hoi_ai": asks}
    return Filed("lay_lai" if again else "trinh_ky", variables)
